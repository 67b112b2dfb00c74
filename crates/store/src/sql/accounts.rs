//! Accounts, devices and tokens.

use domain::{
    audit::Hash,
    id::{ClientId, DeviceId, UserId},
    name::Email,
    record::AnyRecord,
    records::User,
    role::Role,
};
use uuid::Uuid;

use super::{
    codec,
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::View,
};
use crate::{Account, Device, Pair, Reset, Result, SecondFactor};

codec::selects! {
    BY_EMAIL: User where "t.email = $1";
    BY_ID: User where "t.id = $1";
    NOT_CLIENTS: User where "t.roles <> $1";
}
const CLIENT_OF: Sql = Sql::same("SELECT id FROM client WHERE user_id = $1");
const PASSWORD_OF: Sql = Sql::same("SELECT hash FROM password WHERE user_id = $1");
macro_rules! pairs {
    ($rest:literal) => {
        Sql::same(concat!(
            "SELECT id, parent, user_id, device, access_hash, access_until, refresh_hash, created_at, void FROM token_pair ",
            $rest
        ))
    };
}
const PAIR_BY_ACCESS: Sql = pairs!("WHERE access_hash = $1");
const PAIR_BY_REFRESH: Sql = pairs!("WHERE refresh_hash = $1");
const PAIRS_OF: Sql = pairs!("WHERE parent = $1 ORDER BY created_at, id");
const DEVICE: Sql = Sql::same("SELECT id, user_id, name, platform, created_at, last_seen_at, ended_at FROM device WHERE id = $1");
const DEVICES: Sql = Sql::same(
    "SELECT id, user_id, name, platform, created_at, last_seen_at, ended_at FROM device \
     WHERE user_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, id DESC",
);
const RESET: Sql = Sql::same("SELECT hash, user_id, until, used_at FROM reset_token WHERE hash = $1");
const SECOND_FACTOR: Sql = Sql::same("SELECT user_id, sealed, made_at, confirmed_at, last_step FROM second_factor WHERE user_id = $1");
const RECOVERY_CODES: Sql = Sql::same("SELECT hash FROM recovery_code WHERE user_id = $1 AND used_at IS NULL ORDER BY hash");

fn pair<E: Engine>(row: &E::Row) -> Result<Pair> {
    let mut r = Reader::new(row, "token_pair");
    Ok(Pair {
        id: r.id()?,
        parent: r.opt_id()?,
        user: UserId::from_uuid(r.id()?),
        device: r.opt_id()?.map(DeviceId::from_uuid),
        access_hash: r.array()?,
        access_until: r.time()?,
        refresh_hash: r.opt_array()?,
        created_at: r.time()?,
        void: r.flag()?,
    })
}

fn device<E: Engine>(row: &E::Row) -> Result<Device> {
    let mut r = Reader::new(row, "device");
    Ok(Device {
        id: DeviceId::from_uuid(r.id()?),
        user: UserId::from_uuid(r.id()?),
        name: r.text()?.to_owned(),
        platform: r.text()?.to_owned(),
        created_at: r.time()?,
        last_seen_at: r.time()?,
        ended_at: r.opt_time()?,
    })
}

impl<E: Engine, W: Send> View<E, W> {
    async fn users(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<User>> {
        let mut users = Vec::new();
        E::each(&mut self.tx, sql, args, |row| {
            if let AnyRecord::User(user) = codec::stored(row, domain::record::Kind::User)?.held.record.as_ref() {
                users.push(user.clone());
            }
            Ok(())
        })
        .await?;
        Ok(users)
    }
    async fn completed(&mut self, user: Option<User>) -> Result<Option<Account>> {
        let Some(user) = user else { return Ok(None) };
        let client = self.row(CLIENT_OF, vec![user.id.into()], |row| Reader::new(row, "client").id()).await?;
        let password = |row: &E::Row| Reader::new(row, "password").text().map(str::to_owned);
        let password_hash = self.row(PASSWORD_OF, vec![user.id.into()], password).await?;
        Ok(Some(Account { user, client: client.map(ClientId::from_uuid), password_hash }))
    }
    pub(super) async fn account_by_email(&mut self, email: &Email) -> Result<Option<Account>> {
        let user = self.users(&BY_EMAIL, vec![email.as_str().into()]).await?.pop();
        self.completed(user).await
    }
    pub(super) async fn account(&mut self, user: UserId) -> Result<Option<Account>> {
        let user = self.users(&BY_ID, vec![user.into()]).await?.pop();
        self.completed(user).await
    }
    /// SQL passes over those who are clients and nothing else; who belongs to the staff is said by the domain.
    pub(super) async fn staff(&mut self) -> Result<Vec<Account>> {
        let clients = serde_json::to_string(&[Role::Client]).unwrap_or_default();
        let mut users = self.users(&NOT_CLIENTS, vec![clients.into()]).await?;
        users.retain(|user| user.roles.iter().any(Role::is_staff));
        users.sort_by(|a, b| a.email.cmp(&b.email));
        let mut staff = Vec::with_capacity(users.len());
        for user in users {
            staff.extend(self.completed(Some(user)).await?);
        }
        Ok(staff)
    }
    pub(super) async fn pair_by_access(&mut self, hash: &Hash) -> Result<Option<Pair>> {
        self.row(PAIR_BY_ACCESS, vec![(*hash).into()], pair::<E>).await
    }
    pub(super) async fn pair_by_refresh(&mut self, hash: &Hash) -> Result<Option<Pair>> {
        self.row(PAIR_BY_REFRESH, vec![(*hash).into()], pair::<E>).await
    }
    pub(super) async fn pairs_of(&mut self, parent: Uuid) -> Result<Vec<Pair>> {
        self.rows(PAIRS_OF, vec![parent.into()], pair::<E>).await
    }
    pub(super) async fn device(&mut self, id: DeviceId) -> Result<Option<Device>> {
        self.row(DEVICE, vec![id.into()], device::<E>).await
    }
    pub(super) async fn devices(&mut self, user: UserId) -> Result<Vec<Device>> {
        self.rows(DEVICES, vec![user.into()], device::<E>).await
    }
    pub(super) async fn reset(&mut self, hash: &Hash) -> Result<Option<Reset>> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "reset_token");
            Ok(Reset { hash: r.array()?, user: UserId::from_uuid(r.id()?), until: r.time()?, used_at: r.opt_time()? })
        };
        self.row(RESET, vec![(*hash).into()], read).await
    }
    pub(super) async fn second_factor(&mut self, user: UserId) -> Result<Option<SecondFactor>> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "second_factor");
            let user = UserId::from_uuid(r.id()?);
            let sealed = r.bytes()?.to_vec();
            Ok(SecondFactor { user, sealed, made_at: r.time()?, confirmed_at: r.opt_time()?, last_step: r.int()? })
        };
        self.row(SECOND_FACTOR, vec![user.into()], read).await
    }
    pub(super) async fn recovery_codes(&mut self, user: UserId) -> Result<Vec<Hash>> {
        self.rows(RECOVERY_CODES, vec![user.into()], |row| Reader::new(row, "recovery_code").array()).await
    }
}
