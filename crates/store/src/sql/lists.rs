//! A client's lists, and how much there is of each kind.

use domain::{
    id::{RecordId, UserId},
    record::Kind,
};
use std::sync::LazyLock;

use super::{
    codec,
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::View,
};
use crate::{Result, Stored};

codec::selects! {
    CONSULTATIONS: Consultation where "t.client_user = $1 ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
    CONSULTATIONS_BEFORE: Consultation where
        "t.client_user = $1 AND (t.created_at, t.id) < ($3, $4) ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
    ORDERS: Order where "t.client_user = $1 AND t.deleted IS NULL ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
    ORDERS_BEFORE: Order where
        "t.client_user = $1 AND t.deleted IS NULL AND (t.created_at, t.id) < ($3, $4) ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
    NOTIFICATIONS: Notification where "t.user_id = $1 ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
}
const CONSULTED: Sql = Sql::same("SELECT created_at FROM consultation WHERE id = $1");
const ORDERED: Sql = Sql::same("SELECT created_at FROM \"order\" WHERE id = $1");
const UNREAD: Sql = Sql::same("SELECT COUNT(*) FROM notification WHERE user_id = $1 AND read_at IS NULL");
static COUNTS: LazyLock<String> = LazyLock::new(|| {
    let counts = Kind::ALL.iter().map(|kind| format!("(SELECT COUNT(*) FROM \"{}\")", kind.wire()));
    format!("SELECT {}", counts.collect::<Vec<_>>().join(", "))
});

/// A client's own list of a kind: from the newest on, from behind a place on, and when the record of that place was made.
struct Own {
    first: &'static str,
    behind: &'static str,
    created: Sql,
}

impl Own {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Consultation => Some(Self { first: &CONSULTATIONS, behind: &CONSULTATIONS_BEFORE, created: CONSULTED }),
            Kind::Order => Some(Self { first: &ORDERS, behind: &ORDERS_BEFORE, created: ORDERED }),
            Kind::User | Kind::Client | Kind::Note | Kind::Notification | Kind::Setting | Kind::Counter | Kind::File => None,
        }
    }
}

impl<E: Engine, W: Send> View<E, W> {
    async fn list(&mut self, kind: Kind, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Stored>> {
        let mut all = Vec::new();
        E::each(&mut self.tx, sql, args, |row| {
            all.push(codec::stored(row, kind)?);
            Ok(())
        })
        .await?;
        Ok(all)
    }
    pub(super) async fn own(&mut self, kind: Kind, user: UserId, before: Option<RecordId>, limit: u32) -> Result<Vec<Stored>> {
        let Some(own) = Own::of(kind) else { return Ok(Vec::new()) };
        let mut args: Vec<Arg> = vec![user.into(), i64::from(limit).into()];
        let Some(before) = before else { return self.list(kind, own.first, args).await };
        let Some(created) = self.number(own.created, vec![before.into()]).await? else { return Ok(Vec::new()) };
        args.extend([created.into(), before.into()]);
        self.list(kind, own.behind, args).await
    }
    pub(super) async fn notifications_of(&mut self, user: UserId, limit: u32) -> Result<(Vec<Stored>, i64)> {
        let newest = self.list(Kind::Notification, &NOTIFICATIONS, vec![user.into(), i64::from(limit).into()]).await?;
        Ok((newest, self.number(UNREAD, vec![user.into()]).await?.unwrap_or(0)))
    }
    pub(super) async fn counts(&mut self) -> Result<Vec<(Kind, i64)>> {
        let mut counts = Vec::new();
        E::each(&mut self.tx, &COUNTS, Vec::new(), |row| {
            let mut r = Reader::new(row, "");
            counts = Kind::ALL.iter().map(|kind| Ok((*kind, r.int()?))).collect::<Result<_>>()?;
            Ok(())
        })
        .await?;
        Ok(counts)
    }
}
