//! Jejak audit on paper: who did what with whom, and when, newest first, a group for each day.

use bridge::{AuditFilter, AuditRow};
use dioxus::prelude::*;
use domain::time::Day;

use super::{
    list::actor_name,
    state::AuditState,
    trail::{act_name, filter_text},
};
use crate::{
    pages::paper::{Column, Line, Sheet, Width, counted},
    shell::Place,
};

impl AuditState {
    /// What is looked for, in words.
    pub(crate) fn listed(self) -> String {
        self.said(&self.filter.read())
    }
    fn said(self, filter: &AuditFilter) -> String {
        let words = self.shell.words();
        let actor = filter.actor.and_then(|id| self.name_of(id));
        filter_text(&words, filter, actor).unwrap_or_else(|| words.text("audit-filter-all"))
    }
    /// Who acted, by name also where it is who prints: on paper nobody is «Anda».
    fn who(self, row: &AuditRow) -> String {
        let me = self.shell.user().filter(|user| user.user == row.entry.actor.id);
        me.map_or_else(|| actor_name(self.shell, row), |user| user.name)
    }
    /// What was found on paper; `more` where there are older acts.
    pub(crate) fn sheet(self, rows: &[AuditRow], more: bool, filter: &AuditFilter) -> Sheet {
        let (t, zone) = (self.shell.words(), self.shell.zone());
        let mut columns = Column::all(
            &t,
            [
                ("csv-number", Width::Figures),
                ("csv-actor", Width::Text),
                ("csv-act", Width::Text),
                ("csv-about", Width::Text),
                ("csv-reason", Width::Text),
            ],
        );
        columns.insert(1, Column::at(&t, "csv-at", zone));
        let line = |row: &AuditRow| {
            let entry = &row.entry;
            let mut about: Vec<&str> = row.about.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            about.dedup();
            let reason = entry.changes.iter().find_map(|change| change.reason.clone());
            let cells = vec![
                t.whole(entry.number),
                t.clock_seconds(entry.at, zone),
                self.who(row),
                act_name(&t, &entry.act),
                about.join(", "),
                reason.unwrap_or_default(),
            ];
            Line::Row(cells, false)
        };
        let mut lines = Vec::with_capacity(rows.len());
        let mut day = None::<Day>;
        for row in rows {
            let its = row.entry.at.day(zone);
            if day.replace(its) != Some(its) {
                lines.push(Line::Group(t.date_long(its)));
            }
            lines.push(line(row));
        }
        let n = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let counted = counted(&t, "print-acts", n);
        Sheet::of(
            t.text(self.shell.place_word(Place::Audit)),
            format!("{counted} · {}", self.said(filter)),
            (columns, lines),
            more.then(|| t.text("print-older")),
        )
    }
}
