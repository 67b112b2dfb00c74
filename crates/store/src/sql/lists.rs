//! A client's lists, and how much there is of each kind.

use domain::{
    id::UserId,
    record::{Kind, RecordRef},
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
    NOTIFICATIONS: Notification where "t.user_id = $1 ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
}
const CREATED: Sql = Sql::same("SELECT created_at FROM consultation WHERE id = $1");
const UNREAD: Sql = Sql::same("SELECT COUNT(*) FROM notification WHERE user_id = $1 AND read_at IS NULL");
static COUNTS: LazyLock<String> = LazyLock::new(|| {
    let counts = Kind::ALL.iter().map(|kind| format!("(SELECT COUNT(*) FROM \"{}\")", kind.wire()));
    format!("SELECT {}", counts.collect::<Vec<_>>().join(", "))
});

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
    pub(super) async fn consultations_of(&mut self, user: UserId, before: Option<RecordRef>, limit: u32) -> Result<Vec<Stored>> {
        let mut args: Vec<Arg> = vec![user.into(), i64::from(limit).into()];
        let Some(before) = before else { return self.list(Kind::Consultation, &CONSULTATIONS, args).await };
        if before.kind != Kind::Consultation {
            return Ok(Vec::new());
        }
        let Some(created) = self.number(CREATED, vec![before.id.into()]).await? else { return Ok(Vec::new()) };
        args.extend([created.into(), before.id.into()]);
        self.list(Kind::Consultation, &CONSULTATIONS_BEFORE, args).await
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
