//! How this desk stands, for whoever helps: versions, states, counts, sizes, timings, and the end of the log. Nothing in it names a
//! person or says what somebody typed: everything is a number, a moment, or a word of the program's own.

mod crash;
mod log;

pub use crash::Crashes;
pub(crate) use crash::found;

use bridge::{DeskError, Diagnostics, Exported, OutboxEntry, OutboxList, OutboxReply};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::{desk::Desk, error::file_error, export::export_json, queries::files};

impl Desk {
    /// Writes how this desk stands to a file, without anything personal.
    ///
    /// # Errors
    /// `no_session`; `disk`; as [`Self::local_state`].
    pub async fn diagnostics(&self, _: Diagnostics) -> Result<Exported, DeskError> {
        let outbox = self.outbox_list(OutboxList { finished: 0 }).await?;
        let (found, now, zone) = {
            let work = self.inner.work().await?;
            (self.standing_of(&work, &outbox).await?, work.now(), self.inner.zone(work.org_zone()))
        };
        let text = serde_json::to_string_pretty(&found).unwrap_or_default();
        export_json(&self.inner.parts.options.downloads, "diagnosa", now, zone, &text)
    }
    async fn standing_of(&self, work: &crate::work::Work, outbox: &OutboxReply) -> Result<Value, DeskError> {
        let (options, clock) = (&self.inner.parts.options, &self.inner.parts.clock);
        let begun = clock.mono();
        let status = work.status(self.inner.zone(work.org_zone()), self.inner.preferences().notify).await?;
        let counted = clock.mono();
        let standing = work.cabinet.standing(work.now()).await.map_err(file_error)?;
        let read = clock.mono();
        let line = work.engine.line().borrow().clone();
        let (mirror, outbox_tables) = mirror::VERSIONS;
        let kinds: BTreeMap<String, u64> = standing.kinds.iter().map(|it| (word(&it.kind), it.records)).collect();
        let sizes: Vec<Value> = files(work.entry().path(), self.inner.folder.path())
            .into_iter()
            .map(|it| json!({ "kind": it.kind, "bytes": it.bytes, "changed_at": it.changed_at }))
            .collect();
        Ok(json!({
            "written_at": work.now(),
            "program": {
                "version": options.version, "platform": options.platform, "processor": std::env::consts::ARCH,
                "for_developers": cfg!(debug_assertions), "mirror_tables": mirror, "outbox_tables": outbox_tables,
            },
            "settings": self.inner.preferences(),
            "line": {
                "connection": status.connection, "as_of": status.as_of, "offline_since": status.offline_since, "stuck": line.stuck,
                "clock_off_ms": line.offset_ms, "paused": work.engine.is_paused(),
            },
            "mirror": {
                "complete": standing.walked, "position": standing.whole, "compared_at": standing.compared_at, "kinds": kinds,
            },
            "counts": {
                "records": status.records, "queued": status.queued, "refused": status.refused, "conflicts": status.conflicts,
                "waiting": status.waiting, "late": status.late, "unread": status.unread,
            },
            "commands": outbox.decide.iter().chain(&outbox.running).map(command).collect::<Vec<_>>(),
            "files": sizes,
            "timings_ms": { "counting": counted - begun, "kinds": read - counted },
            "log": log::tail(&self.inner.folder.path().join("log")),
        }))
    }
}

/// A command, as far as it says nothing of anybody: which act, where it stands, how often it was tried.
fn command(it: &OutboxEntry) -> Value {
    json!({ "act": word(&it.act), "state": it.state, "tries": it.tries, "made_at": it.made_at })
}

/// A word of a wire, which may come from elsewhere: what is no such word is not said.
fn word(text: &str) -> String {
    let is_word = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.');
    if is_word { text.to_owned() } else { "?".to_owned() }
}
