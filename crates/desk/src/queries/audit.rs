//! Jejak audit: asked of the server, with what this desk knows of the people and records in it.

use bridge::{Audit, AuditCheck, AuditExport, AuditFilter, AuditReply, AuditRow, DeskError, Exported};
use domain::{
    record::{Kind, RecordRef},
    time::{UtcMillis, Zone},
    wire::{AuditChange, AuditEntry, AuditProof},
    words::Words,
};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use sync::AuditAsk;

use crate::{
    desk::Desk,
    error::{file_error, unanswered},
    export::{Table, export},
};

/// The acts of a page.
const PAGE: u32 = 100;
/// The acts that are asked for at once where all are wanted: the most that a server gives.
const BIG: u32 = 200;
/// The most acts of a file.
const MOST: usize = 20_000;

/// What the server is asked for: days are the organisation's, whole ones.
fn ask(filter: &AuditFilter, zone: Zone, after: Option<String>, limit: u32) -> AuditAsk {
    AuditAsk {
        record: filter.record,
        actor: filter.actor,
        act: filter.act.clone(),
        from: filter.from.map(|day| day.at(0, 0, zone)),
        until: filter.until.map(|day| day.plus(1).at(0, 0, zone)),
        after,
        limit,
    }
}

impl Desk {
    /// A page of the audit, newest first.
    ///
    /// # Errors
    /// `no_session`; `unreachable` without a line; `refused` where the server says no; or when the files cannot be read.
    pub async fn audit(&self, query: Audit) -> Result<AuditReply, DeskError> {
        let (asking, zone, at) = {
            let work = self.inner.work().await?;
            (work.asking(), self.inner.zone(work.org_zone()), work.now())
        };
        let page = asking.audit(&ask(&query.filter, zone, query.after, PAGE)).await.map_err(|fault| unanswered(&fault))?;
        Ok(AuditReply { rows: self.known(page.items).await?, next: page.next, at })
    }
    /// Has the audit's chain proved.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn audit_check(&self, _: AuditCheck) -> Result<AuditProof, DeskError> {
        let asking = self.inner.work().await?.asking();
        asking.audit_proof().await.map_err(|fault| unanswered(&fault))
    }
    /// Writes what is looked for to a file.
    ///
    /// # Errors
    /// As [`Self::audit`]; `disk`.
    pub async fn audit_export(&self, query: AuditExport) -> Result<Exported, DeskError> {
        let (asking, zone, now) = {
            let work = self.inner.work().await?;
            (work.asking(), self.inner.zone(work.org_zone()), work.now())
        };
        let (mut entries, mut after) = (Vec::new(), None);
        loop {
            let page = asking.audit(&ask(&query.filter, zone, after, BIG)).await.map_err(|fault| unanswered(&fault))?;
            entries.extend(page.items);
            after = page.next;
            if after.is_none() || entries.len() >= MOST {
                break;
            }
        }
        let rows = self.known(entries).await?;
        let table = table(self.inner.words(), &rows, zone);
        export(&self.inner.parts.options.downloads, "jejak", now, zone, &table, after.is_some())
    }
    /// Lays what this desk knows of them beside the acts.
    async fn known(&self, entries: Vec<AuditEntry>) -> Result<Vec<AuditRow>, DeskError> {
        let records = entries.iter().flat_map(|entry| entry.changes.iter().map(|change| change.record));
        let people = entries.iter().map(|entry| RecordRef::new(Kind::User, entry.actor.id));
        let names: Vec<RecordRef> = records.chain(people).collect::<BTreeSet<_>>().into_iter().collect();
        let work = self.inner.work().await?;
        let titles: HashMap<RecordRef, String> = work.cabinet.titles(&names, work.now()).await.map_err(file_error)?.into_iter().collect();
        let row = |entry: AuditEntry| AuditRow {
            actor: entry.actor.name.clone().or_else(|| titles.get(&RecordRef::new(Kind::User, entry.actor.id)).cloned()),
            about: entry.changes.iter().map(|change| titles.get(&change.record).cloned().unwrap_or_default()).collect(),
            entry,
        };
        Ok(entries.into_iter().map(row).collect())
    }
}

/// The columns of a file, by the keys of their names.
const COLUMNS: [&str; 15] = [
    "csv-number",
    "csv-at",
    "csv-at-utc",
    "csv-actor",
    "csv-act",
    "csv-act-name",
    "csv-about",
    "csv-record",
    "csv-before",
    "csv-after",
    "csv-reason",
    "csv-command",
    "csv-device",
    "csv-link",
    "csv-hash",
];

/// A line for each record that an act changed; one for an act that changed none.
fn table(words: &Words, rows: &[AuditRow], zone: Zone) -> Table {
    let mut table = Table::new(&COLUMNS.map(|key| words.text(key)));
    for row in rows {
        let changes: Vec<(Option<&AuditChange>, &str)> =
            row.entry.changes.iter().zip(&row.about).map(|(change, about)| (Some(change), about.as_str())).collect();
        let changes = if changes.is_empty() { vec![(None, "")] } else { changes };
        for (change, about) in changes {
            table.push(&line(words, row, change, about, zone));
        }
    }
    table
}

fn line(words: &Words, row: &AuditRow, change: Option<&AuditChange>, about: &str, zone: Zone) -> [String; 15] {
    let entry = &row.entry;
    let key = format!("act-{}", entry.act.replace(['.', '_'], "-"));
    let or_none = |text: String| if text.is_empty() { words.text("none") } else { text };
    [
        entry.number.to_string(),
        moment(words, entry.at, zone),
        entry.at.to_string(),
        row.actor.clone().unwrap_or_else(|| words.text("none")),
        if words.has(&key) { words.text(&key) } else { entry.act.clone() },
        entry.act.clone(),
        or_none(about.to_owned()),
        or_none(change.map(|change| change.record.to_string()).unwrap_or_default()),
        or_none(values(change.and_then(|change| change.before.as_ref()))),
        or_none(values(change.and_then(|change| change.after.as_ref()))),
        or_none(change.and_then(|change| change.reason.clone()).unwrap_or_default()),
        entry.command.to_string(),
        or_none(entry.device.map(|device| device.to_string()).unwrap_or_default()),
        entry.link.to_string(),
        entry.hash.clone(),
    ]
}

/// `Kamis, 26 Nov 2026, 14:00:07 WIB`.
fn moment(words: &Words, at: UtcMillis, zone: Zone) -> String {
    format!("{}, {} {}", words.date_long(at.day(zone)), words.clock_seconds(at, zone), zone.label())
}

fn values(fields: Option<&Map<String, Value>>) -> String {
    fields.map(|fields| serde_json::to_string(fields).unwrap_or_default()).unwrap_or_default()
}
