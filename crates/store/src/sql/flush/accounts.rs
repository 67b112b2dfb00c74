//! Accounts, devices and tokens, one after another in their order: they are few.

use std::sync::LazyLock;

use crate::{
    AccountWrite, Device, Pair, Result, SecondFactor,
    sql::{
        bulk::Bulk,
        engine::{
            Arg, Engine, Sql,
            Type::{Bytes, Flag, Id, Int},
        },
        view::{View, Writing},
    },
};

const PASSWORD: Sql =
    Sql::same("INSERT INTO password (user_id, hash) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash");
const DEVICE: Sql =
    Sql::same("INSERT INTO device (id, user_id, name, platform, created_at, last_seen_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
const SEEN: Sql = Sql::same("UPDATE device SET last_seen_at = $2 WHERE id = $1");
const END_DEVICE: Sql = Sql::same("UPDATE device SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL");
const END_DEVICES: Sql = Sql::same("UPDATE device SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND id <> $3");
const END_SESSIONS: Sql = Sql::same("UPDATE token_pair SET void = TRUE WHERE user_id = $1 AND device IS NULL AND id <> $2");
const VOID: Sql = Sql::each(
    "UPDATE token_pair SET void = TRUE WHERE id IN (SELECT unhex(value) FROM json_each($1))",
    "UPDATE token_pair SET void = TRUE WHERE id = ANY($1)",
);
const RESET: Sql = Sql::same("INSERT INTO reset_token (hash, user_id, until, used_at) VALUES ($1, $2, $3, $4)");
const USE_RESETS: Sql = Sql::same("UPDATE reset_token SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL");
const SECOND_FACTOR: Sql = Sql::same(
    "INSERT INTO second_factor (user_id, sealed, made_at, confirmed_at, last_step) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at, \
     confirmed_at = excluded.confirmed_at, last_step = excluded.last_step",
);
pub(super) const DROP_FACTOR: Sql = Sql::same("DELETE FROM second_factor WHERE user_id = $1");
pub(super) const DROP_CODES: Sql = Sql::same("DELETE FROM recovery_code WHERE user_id = $1");
const RECOVERY_CODE: Sql = Sql::same("INSERT INTO recovery_code (user_id, hash, used_at) VALUES ($1, $2, NULL)");
const USE_CODE: Sql = Sql::same("UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL");
static PAIR: LazyLock<Bulk> = LazyLock::new(|| {
    let of = [("id", Id), ("parent", Id), ("user_id", Id), ("device", Id)];
    let tokens = [("access_hash", Bytes), ("access_until", Int), ("refresh_hash", Bytes), ("created_at", Int), ("void", Flag)];
    Bulk::insert("token_pair", &[&of[..], &tokens[..]].concat(), "")
});

impl<E: Engine> View<E, Writing> {
    pub(super) async fn write_accounts(&mut self, writes: &[AccountWrite]) -> Result<()> {
        for write in writes {
            match write {
                AccountWrite::Password { user, hash } => self.execute(PASSWORD, vec![(*user).into(), hash.as_str().into()]).await?,
                AccountWrite::Device(device) => self.execute(DEVICE, device_cells(device)).await?,
                AccountWrite::Seen { device, at } => self.execute(SEEN, vec![(*device).into(), (*at).into()]).await?,
                AccountWrite::EndDevice { device, at } => self.execute(END_DEVICE, vec![(*device).into(), (*at).into()]).await?,
                AccountWrite::EndAll { user, except, except_pair, at } => {
                    let except = except.map_or(uuid::Uuid::nil(), domain::id::DeviceId::uuid);
                    self.execute(END_DEVICES, vec![(*user).into(), (*at).into(), except.into()]).await?;
                    self.execute(END_SESSIONS, vec![(*user).into(), except_pair.unwrap_or(uuid::Uuid::nil()).into()]).await?
                }
                AccountWrite::Pair(pair) => self.bulk(&PAIR, pair_cells(pair)).await?,
                AccountWrite::Void(ids) => self.execute(VOID, vec![Arg::Ids(ids.clone())]).await?,
                AccountWrite::Reset(reset) => {
                    let args = vec![reset.hash.into(), reset.user.into(), reset.until.into(), reset.used_at.into()];
                    self.execute(RESET, args).await?
                }
                AccountWrite::UseResets { user, at } => self.execute(USE_RESETS, vec![(*user).into(), (*at).into()]).await?,
                AccountWrite::SecondFactor(factor) => self.execute(SECOND_FACTOR, factor_cells(factor)).await?,
                AccountWrite::RecoveryCodes { user, hashes } => self.replace_codes(*user, hashes).await?,
                AccountWrite::UseRecoveryCode { user, hash, at } => {
                    self.execute(USE_CODE, vec![(*user).into(), (*hash).into(), (*at).into()]).await?
                }
                AccountWrite::DropFactor { user } => {
                    self.execute(DROP_CODES, vec![(*user).into()]).await?;
                    self.execute(DROP_FACTOR, vec![(*user).into()]).await?
                }
            };
        }
        Ok(())
    }
    async fn replace_codes(&mut self, user: domain::id::UserId, hashes: &[domain::audit::Hash]) -> Result<u64> {
        self.execute(DROP_CODES, vec![user.into()]).await?;
        for hash in hashes {
            self.execute(RECOVERY_CODE, vec![user.into(), (*hash).into()]).await?;
        }
        Ok(0)
    }
}

fn factor_cells(factor: &SecondFactor) -> Vec<Arg> {
    let what = [Arg::from(factor.user), Arg::Bytes(Some(factor.sealed.clone()))];
    let when = [Arg::from(factor.made_at), factor.confirmed_at.into(), factor.last_step.into()];
    what.into_iter().chain(when).collect()
}

fn device_cells(device: &Device) -> Vec<Arg> {
    let who = [Arg::from(device.id), device.user.into(), device.name.as_str().into(), device.platform.as_str().into()];
    let when = [Arg::from(device.created_at), device.last_seen_at.into(), device.ended_at.into()];
    who.into_iter().chain(when).collect()
}

fn pair_cells(pair: &Pair) -> Vec<Arg> {
    let of = [Arg::from(pair.id), pair.parent.into(), pair.user.into(), pair.device.into()];
    let tokens =
        [Arg::from(pair.access_hash), pair.access_until.into(), pair.refresh_hash.into(), pair.created_at.into(), pair.void.into()];
    of.into_iter().chain(tokens).collect()
}
