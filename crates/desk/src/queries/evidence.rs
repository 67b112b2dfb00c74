//! «Ekspor bukti»: one command as the outbox knows it, in a file: what was given, what was before the person, what the server answered.

use bridge::{DeskError, Evidence, Exported, OutboxDetail};
use serde_json::json;

use crate::{desk::Desk, export::export_json};

impl Desk {
    /// Writes out everything that is known of one command. Whoever reads it needs no desk: it is text, and says who wrote it, and when.
    ///
    /// # Errors
    /// As [`Self::outbox_detail`]; `disk`.
    pub async fn evidence(&self, query: Evidence) -> Result<Exported, DeskError> {
        let command = self.outbox_detail(OutboxDetail { id: query.id }).await?;
        let options = &self.inner.parts.options;
        let (written, now, zone) = {
            let work = self.inner.work().await?;
            let (who, now) = (work.account.who(), work.now());
            let by = json!({ "id": who.person.id, "name": who.person.name, "device": who.device_name, "server": who.server.shown });
            let written =
                json!({ "written_at": now, "written_by": by, "as_of": work.as_of(), "version": options.version, "command": command });
            (written, now, self.inner.zone(work.org_zone()))
        };
        let text = serde_json::to_string_pretty(&written).unwrap_or_default();
        export_json(&options.downloads, "bukti", now, zone, &text)
    }
}
