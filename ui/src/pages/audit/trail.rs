//! The acts as they are loaded, and what is looked for among them.

use std::rc::Rc;

use bridge::{AuditFilter, AuditReply, AuditRow, DeskError};
use domain::{
    time::{Day, UtcMillis, Zone},
    words::Words,
};

use crate::{components::list::Layout, words::kind_word};

/// The acts that are loaded, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Trail {
    /// The acts.
    pub(crate) rows: Vec<Rc<AuditRow>>,
    /// What the older ones are asked with, if there are any.
    pub(crate) next: Option<String>,
    /// When the newest ones were asked for; nothing until something has come.
    pub(crate) at: Option<UtcMillis>,
    /// Why the last question was not answered.
    pub(crate) fault: Option<DeskError>,
}

impl Trail {
    /// The newest acts have come.
    pub(crate) fn begin(reply: AuditReply) -> Self {
        Self { rows: reply.rows.into_iter().map(Rc::new).collect(), next: reply.next, at: Some(reply.at), fault: None }
    }
    /// Older ones have come. One that stands here already is not taken twice.
    pub(crate) fn extend(&mut self, reply: AuditReply) {
        let last = self.rows.last().map_or(i64::MAX, |row| row.entry.number);
        self.rows.extend(reply.rows.into_iter().filter(|row| row.entry.number < last).map(Rc::new));
        self.next = reply.next;
    }
    /// The server did not answer: what was loaded last stays, as far as it is looked for.
    pub(crate) fn keep(&mut self, filter: &AuditFilter, zone: Zone, fault: DeskError) {
        self.rows.retain(|row| fits(filter, row, zone));
        self.next = None;
        self.fault = Some(fault);
    }
    /// Where the rows stand: a group for each day.
    pub(crate) fn layout(&self, zone: Zone) -> Layout {
        Layout::new(self.days(zone).into_iter().map(|(_, n)| n))
    }
    /// The days, newest first, and how many acts of each are loaded.
    pub(crate) fn days(&self, zone: Zone) -> Vec<(Day, u32)> {
        let mut days: Vec<(Day, u32)> = Vec::new();
        for row in &self.rows {
            let day = row.entry.at.day(zone);
            match days.last_mut() {
                Some((last, n)) if *last == day => *n += 1,
                _ => days.push((day, 1)),
            }
        }
        days
    }
    /// The act in this row.
    pub(crate) fn get(&self, at: u32) -> Option<Rc<AuditRow>> {
        self.rows.get(usize::try_from(at).ok()?).cloned()
    }
    /// How many are loaded.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

/// Whether an act is one of those that are looked for.
fn fits(filter: &AuditFilter, row: &AuditRow, zone: Zone) -> bool {
    let (entry, day) = (&row.entry, row.entry.at.day(zone));
    filter.actor.is_none_or(|actor| entry.actor.id == actor)
        && filter.act.as_ref().is_none_or(|act| entry.act == *act)
        && filter.record.is_none_or(|record| entry.changes.iter().any(|change| change.record == record))
        && filter.from.is_none_or(|from| day >= from)
        && filter.until.is_none_or(|until| day <= until)
}

/// What an act is called.
pub(crate) fn act_name(words: &Words, act: &str) -> String {
    let key = crate::words::act_word(act);
    if words.has(&key) { words.text(&key) } else { act.to_owned() }
}

/// What is looked for, in words; nothing where nothing is left out. `actor` is the name of the person who is looked for.
pub(crate) fn filter_text(words: &Words, filter: &AuditFilter, actor: Option<String>) -> Option<String> {
    let day = |key, day: Option<Day>| day.map(|day| words.with(key, &[("day", words.date(day).into())]));
    let parts = [
        filter.actor.map(|_| actor.unwrap_or_else(|| words.text("audit-nobody"))),
        filter.act.as_deref().map(|act| act_name(words, act)),
        filter.record.map(|record| kind_word(words, record.kind)),
        day("audit-filter-since", filter.from),
        day("audit-filter-to", filter.until),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::ErrorCode;
    use domain::{
        wire::{AuditActor, AuditEntry},
        words::Lang,
    };

    fn row(number: i64, at: &str) -> AuditRow {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let entry = AuditEntry {
            number,
            command: id.parse().unwrap(),
            at: at.parse().unwrap(),
            actor: AuditActor { id: id.parse().unwrap(), name: None },
            device: None,
            act: "note.add".into(),
            changes: Vec::new(),
            link: number,
            hash: String::new(),
        };
        AuditRow { entry, actor: None, about: Vec::new() }
    }
    fn reply(rows: Vec<AuditRow>) -> AuditReply {
        AuditReply { rows, next: Some("1".into()), at: UtcMillis::from_ms(0) }
    }

    #[test]
    fn older_acts_are_added_once_and_stand_under_their_days() {
        let mut trail = Trail::begin(reply(vec![row(9, "2026-11-24T02:00:00Z"), row(8, "2026-11-23T17:30:00Z")]));
        trail.extend(reply(vec![row(8, "2026-11-23T17:30:00Z"), row(7, "2026-11-23T16:30:00Z")]));
        assert_eq!(trail.rows.iter().map(|row| row.entry.number).collect::<Vec<_>>(), [9, 8, 7]);
        let days: Vec<(String, u32)> = trail.days(Zone::Wib).into_iter().map(|(day, n)| (day.to_string(), n)).collect();
        assert_eq!(days, [("2026-11-24".to_owned(), 2), ("2026-11-23".to_owned(), 1)], "by the days of WIB");
    }

    #[test]
    fn without_an_answer_what_is_here_and_looked_for_stays() {
        let mut trail = Trail::begin(reply(vec![row(9, "2026-11-24T02:00:00Z"), row(7, "2026-11-23T16:30:00Z")]));
        let filter = AuditFilter { until: "2026-11-23".parse().ok(), ..AuditFilter::default() };
        trail.keep(&filter, Zone::Wib, DeskError::new(ErrorCode::Unreachable));
        assert_eq!((trail.count(), trail.next.clone(), trail.at.is_some()), (1, None, true));
        let other = AuditFilter { act: Some("note.edit".into()), ..AuditFilter::default() };
        assert!(!fits(&other, &row(1, "2026-11-24T02:00:00Z"), Zone::Wib));
    }

    #[test]
    fn a_filter_is_said_in_words() {
        let words = Words::new(Lang::Id);
        assert_eq!(filter_text(&words, &AuditFilter::default(), None), None);
        let filter = AuditFilter { act: Some("consultation.accept".into()), from: "2026-11-24".parse().ok(), ..AuditFilter::default() };
        assert_eq!(filter_text(&words, &filter, None).as_deref(), Some("Terima · sejak 24 Nov 2026"));
        let unknown = AuditFilter { act: Some("moon.land".into()), ..AuditFilter::default() };
        assert_eq!(filter_text(&words, &unknown, None).as_deref(), Some("moon.land"), "an act of a newer server has its own name");
    }
}
