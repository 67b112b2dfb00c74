//! Erasing what a person was: the last thing of a flush, so that nothing that was written before it stays.

use domain::{
    decision::Erasure,
    id::{CommandId, UserId},
    record::{Kind, RecordRef},
};

use super::accounts::{DROP_CODES, DROP_FACTOR};
use crate::{
    Result,
    erased::{forgotten, spoken},
    sql::{
        engine::{Arg, Engine, Sql},
        reader::Reader,
        view::{View, Writing},
    },
};

const VALUES_OF: Sql = Sql::each(
    "UPDATE audit_value SET salt = NULL, text = NULL WHERE kind = $1 AND id IN (SELECT unhex(value) FROM json_each($2))",
    "UPDATE audit_value SET salt = NULL, text = NULL WHERE kind = $1 AND id = ANY($2)",
);
/// Every value has the name of whoever did it, but those of what only counts.
const VALUES_BY: Sql = Sql::same(
    "UPDATE audit_value SET salt = NULL, text = NULL WHERE entry IN (SELECT n FROM audit WHERE actor = $1) AND kind <> $2 AND text IS NOT NULL",
);
/// Pairs before devices, because they name them.
const ACCOUNT: [Sql; 8] = [
    DROP_FACTOR,
    DROP_CODES,
    Sql::same("DELETE FROM password WHERE user_id = $1"),
    Sql::same("DELETE FROM token_pair WHERE user_id = $1"),
    Sql::same("DELETE FROM device WHERE user_id = $1"),
    Sql::same("DELETE FROM reset_token WHERE user_id = $1"),
    Sql::same("DELETE FROM remembered WHERE user_id = $1"),
    Sql::same("DELETE FROM upload WHERE user_id = $1"),
];
const JOBS: Sql = Sql::each("DELETE FROM job WHERE instr(payload, $1) > 0", "DELETE FROM job WHERE strpos(payload, $1) > 0");
const UPLOADS: Sql =
    Sql::each("DELETE FROM upload WHERE sha256 IN (SELECT value FROM json_each($1))", "DELETE FROM upload WHERE sha256 = ANY($1)");
/// The refusals that name them.
const REFUSALS: Sql = Sql::each(
    "SELECT id, outcome FROM command WHERE NOT applied AND instr(outcome, $1) > 0",
    "SELECT id, outcome FROM command WHERE NOT applied AND strpos(outcome, $1) > 0",
);
const SAY: Sql = Sql::same("UPDATE command SET outcome = $2 WHERE id = $1");

impl<E: Engine> View<E, Writing> {
    pub(super) async fn erase(&mut self, all: &[Erasure]) -> Result<()> {
        for Erasure { records, user, addresses, files } in all {
            self.erase_values(records).await?;
            if let Some(user) = *user {
                self.execute(VALUES_BY, vec![user.into(), Kind::Counter.into()]).await?;
                for sql in ACCOUNT {
                    self.execute(sql, vec![user.into()]).await?;
                }
                self.erase_refusals(user).await?;
            }
            for text in spoken(*user, addresses)? {
                self.execute(JOBS, vec![text.into()]).await?;
            }
            if !files.is_empty() {
                self.execute(UPLOADS, vec![Arg::Texts(files.iter().map(ToString::to_string).collect())]).await?;
            }
            self.extra.erased = true;
        }
        Ok(())
    }
    /// The values go, their hashes stay, and the chain still holds.
    async fn erase_values(&mut self, refs: &[RecordRef]) -> Result<()> {
        for kind in Kind::ALL {
            let ids: Vec<_> = refs.iter().filter(|r| r.kind == *kind).map(|r| r.id.uuid()).collect();
            if !ids.is_empty() {
                self.execute(VALUES_OF, vec![(*kind).into(), Arg::Ids(ids)]).await?;
            }
        }
        Ok(())
    }
    async fn erase_refusals(&mut self, user: UserId) -> Result<()> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "command");
            Ok((CommandId::from_uuid(r.id()?), r.text()?.to_owned()))
        };
        for (id, text) in self.rows(REFUSALS, vec![user.to_string().into()], read).await? {
            if let Some(text) = forgotten(&text, user)? {
                self.execute(SAY, vec![id.into(), text.into()]).await?;
            }
        }
        Ok(())
    }
}
