//! The audit of the server that the desk inside the window plays: the histories of its records, newest first.

use bridge::{Audit, AuditCheck, AuditExport, AuditFilter, AuditReply, AuditRow, DeskError, ErrorCode, Exported};
use domain::{
    id::CommandId,
    record::RecordRef,
    records::Consultation,
    role::Role,
    wire::{AuditActor, AuditBreak, AuditChange, AuditEntry, AuditProof},
};
use serde_json::json;

use super::{
    desk::{Desk, Layer},
    sample::{ZONE, id},
    situation::{Line, Trail},
};

/// The number of the newest act.
const NEWEST: i64 = 48_211;
/// The acts of a page.
const PAGE: usize = 100;

impl Desk {
    /// The server's audit needs the line, and may be refused.
    fn reach(&self) -> Result<(), DeskError> {
        self.trouble()?;
        if self.situation.line == Line::Offline || !self.online {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        if self.situation.audit == Trail::Refused {
            return Err(DeskError { refusal: Some("not_allowed".to_owned()), ..DeskError::new(ErrorCode::Refused) });
        }
        Ok(())
    }
    /// A page of the audit.
    pub(super) fn audit(&mut self, query: &Audit) -> Result<AuditReply, DeskError> {
        self.reach()?;
        self.audits += 1;
        if self.situation.audit == Trail::Stuck && self.audits > 1 {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        let before = query.after.as_ref().and_then(|n| n.parse().ok()).unwrap_or(i64::MAX);
        let mut rows: Vec<AuditRow> = self.acts(&query.filter).into_iter().filter(|row| row.entry.number < before).collect();
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| row.entry.number.to_string());
        Ok(AuditReply { rows, next, at: self.now })
    }
    /// What a proof of the chain comes to.
    pub(super) fn audit_check(&mut self, _: &AuditCheck) -> Result<AuditProof, DeskError> {
        self.reach()?;
        let broken = (self.situation.audit == Trail::Broken).then(|| AuditBreak { why: "value".into(), link: Some(48_107), command: None });
        let until = if broken.is_some() { 48_106 } else { NEWEST };
        Ok(AuditProof { at: self.now, holds: broken.is_none(), until, links: until, values: until, erased: 0, broken })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn audit_export(&mut self, query: &AuditExport) -> Result<Exported, DeskError> {
        self.reach()?;
        let rows = u32::try_from(self.acts(&query.filter).len()).unwrap_or(u32::MAX);
        Ok(Exported { path: "/home/dewi/Unduhan/meja-jejak-2026-11-24-1042.csv".into(), rows, more: false })
    }
    /// The acts that are looked for and may be read, newest first.
    fn acts(&self, filter: &AuditFilter) -> Vec<AuditRow> {
        let all = self.consultations(Layer::Server).flat_map(|it| it.history.0.iter().enumerate().map(move |(n, entry)| (it, n, entry)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(it, n, entry)| std::cmp::Reverse((entry.at, it.id, *n)));
        let me = self.me().id;
        let reads_all = self.situation.roles.contains(&Role::Admin);
        let numbered = (0..).zip(all).map(|(n, (it, place, _))| act(NEWEST - n, it, place));
        let fits = |row: &AuditRow| {
            let (entry, day) = (&row.entry, row.entry.at.day(ZONE));
            (reads_all || entry.actor.id == me)
                && filter.actor.is_none_or(|actor| entry.actor.id == actor)
                && filter.act.as_ref().is_none_or(|act| entry.act == *act)
                && filter.record.is_none_or(|record| entry.changes.iter().any(|change| change.record == record))
                && filter.from.is_none_or(|from| day >= from)
                && filter.until.is_none_or(|until| day <= until)
        };
        numbered.filter(fits).collect()
    }
}

/// An act on a request, by its place in the history.
fn act(number: i64, it: &Consultation, place: usize) -> AuditRow {
    let entry = &it.history.0[place];
    let first = place == 0;
    let (before, after) = match entry.act.as_str() {
        _ if first => {
            (None, json!({ "number": it.number, "client_name": it.client_name, "requested_date": it.requested_date, "status": "waiting" }))
        }
        "item.claim" => (Some(json!({ "claim": null })), json!({ "claim": it.claim, "updated_at": it.updated_at })),
        "item.assign" => (Some(json!({ "assignee": null })), json!({ "assignee": it.assignee, "updated_at": it.updated_at })),
        "item.snooze" => (Some(json!({ "snooze": null })), json!({ "snooze": it.snooze, "updated_at": it.updated_at })),
        _ => (
            Some(json!({ "status": "waiting", "decided_at": null, "decided_by": null })),
            json!({ "status": it.status, "decided_at": it.decided_at, "decided_by": it.decided_by, "updated_at": it.updated_at }),
        ),
    };
    let change = AuditChange {
        record: RecordRef::new(domain::record::Kind::Consultation, it.id),
        rev: i64::try_from(place).unwrap_or(0) + 1,
        before: before.and_then(|fields| fields.as_object().cloned()),
        after: after.as_object().cloned(),
        reason: entry.reason.clone(),
        erased: false,
    };
    let command = CommandId::from_uuid(id(7, u32::try_from(number).unwrap_or(0)).uuid());
    let bits = u64::try_from(number).unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let entry = AuditEntry {
        number,
        command,
        at: entry.at,
        actor: AuditActor { id: entry.by.id, name: Some(entry.by.name.to_string()) },
        device: None,
        act: entry.act.clone(),
        changes: vec![change],
        link: number,
        hash: format!("{bits:016x}").repeat(4),
    };
    AuditRow { actor: entry.actor.name.clone(), about: vec![it.client_name.to_string()], entry }
}
