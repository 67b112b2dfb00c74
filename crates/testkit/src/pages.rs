//! The model's feed: cursors, lines, pages and events.

use domain::{
    facts::Held,
    record::RecordRef,
    role::Actor,
    wire::{Page, check_term},
};
use serde_json::json;
use std::{collections::BTreeSet, fmt::Write as _};

use crate::model::{Model, Row};

impl Model {
    /// A cursor: database, rights, number.
    pub fn cursor(&self, actor: &Actor, seq: i64) -> String {
        let rights: String = actor.roles.iter().map(|r| r.wire()).collect();
        format!("{}.{rights}.{seq}", self.epoch)
    }
    /// The number of a cursor, if it is of this database and these rights.
    pub fn place(&self, actor: &Actor, cursor: &str) -> Option<i64> {
        let seq = cursor.rsplit('.').next()?.parse().ok()?;
        (self.cursor(actor, seq) == cursor && seq <= self.head).then_some(seq)
    }
    fn commit_end(&self, seq: i64) -> i64 {
        self.ends.range(seq..).next().copied().unwrap_or(self.head)
    }
    fn commit_before(&self, seq: i64) -> i64 {
        self.ends.range(..seq).next_back().copied().unwrap_or(0)
    }
    /// The lines above a number, in their order.
    pub fn above(&self, actor: &Actor, after: i64) -> Vec<(i64, String)> {
        let gone =
            |(name, seq): (&RecordRef, &i64)| (*seq, format!(r#"{{"gone":{{"kind":"{}","id":"{}","seq":{seq}}}}}"#, name.kind, name.id));
        let mine = self.outcomes.values().filter(|(author, _)| *author == actor.id());
        let outcomes = mine.filter_map(|(_, o)| Some((o.seq?, json!({ "outcome": o }).to_string())));
        let puts = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(line);
        let mut all: Vec<(i64, String)> = puts.chain(self.gone.iter().map(gone)).chain(outcomes).filter(|(seq, _)| *seq > after).collect();
        all.sort();
        all
    }
    /// The puts at or below a number, downwards.
    pub fn below(&self, actor: &Actor, before: i64) -> Vec<(i64, String)> {
        let mut all: Vec<(i64, String)> = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(line).collect();
        all.retain(|(seq, _)| *seq <= before);
        all.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        all
    }
    /// Everything open, and what it names.
    pub fn open(&self, actor: &Actor) -> Vec<(i64, String)> {
        let open: Vec<&Row> = self.rows.values().filter(|r| r.held.record.is_open() && self.sees(actor, &r.held.record)).collect();
        let mut names: BTreeSet<RecordRef> = open.iter().flat_map(|r| r.held.record.names()).collect();
        names.extend(open.iter().map(|r| r.held.record.reference()));
        names.iter().filter_map(|n| self.rows.get(n)).map(line).collect()
    }
    /// A page upwards, line by line.
    pub fn up(&self, actor: &Actor, after: i64, limit: usize, check: bool) -> Vec<String> {
        let all = self.above(actor, after);
        let ends = |at: usize| all.get(at + 1).is_none_or(|next| next.0 > self.commit_end(all[at].0));
        let cut = (0..all.len()).find(|at| at + 1 >= limit && ends(*at) && at + 1 < all.len());
        let (part, seq) = match cut {
            Some(at) => (&all[..=at], self.commit_end(all[at].0)),
            None => (&all[..], self.head),
        };
        let marks = |at: usize| ends(at).then(|| self.commit_end(part[at].0));
        self.text(actor, part, marks, seq, seq < self.head, check)
    }
    /// A page downwards, line by line.
    pub fn down(&self, actor: &Actor, before: i64, limit: usize) -> Vec<String> {
        let all = self.below(actor, before);
        let ends = |at: usize| all.get(at + 1).is_none_or(|next| next.0 <= self.commit_before(all[at].0));
        let cut = (0..all.len()).find(|at| at + 1 >= limit && ends(*at) && at + 1 < all.len());
        let (part, seq) = match cut {
            Some(at) => (&all[..=at], self.commit_before(all[at].0)),
            None => (&all[..], 0),
        };
        let marks = |at: usize| ends(at).then(|| self.commit_before(part[at].0));
        self.text(actor, part, marks, seq, seq > 0, false)
    }
    /// The page of everything open, line by line.
    pub fn work(&self, actor: &Actor) -> Vec<String> {
        self.text(actor, &self.open(actor), |_| None, self.head, false, false)
    }
    fn text(
        &self,
        actor: &Actor,
        part: &[(i64, String)],
        mark: impl Fn(usize) -> Option<i64>,
        seq: i64,
        more: bool,
        check: bool,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, (_, line)) in part.iter().enumerate() {
            lines.push(line.clone());
            // The real one marks every hundred records; here often, so that cuts fall between.
            if let Some(seq) = mark(at).filter(|_| at % 3 == 2) {
                lines.push(json!({ "mark": { "cursor": self.cursor(actor, seq) } }).to_string());
            }
        }
        let (count, sum) = if check && !more { self.sum(actor) } else { (None, None) };
        let page = Page { cursor: self.cursor(actor, seq), seq, head: self.cursor(actor, self.head), more, count, sum };
        lines.push(json!({ "page": page }).to_string());
        lines
    }
    fn sum(&self, actor: &Actor) -> (Option<i64>, Option<String>) {
        let visible = self.visible(actor);
        let term = |(name, held): (&RecordRef, &Held)| check_term(name.kind.wire(), name.id, held.rev);
        let sum = visible.iter().map(term).fold(0_u64, u64::wrapping_add);
        (i64::try_from(visible.len()).ok(), Some(sum.to_string()))
    }
    /// The data of an event from this number to the head.
    pub fn event(&self, actor: &Actor, after: i64) -> Option<String> {
        let lines = self.above(actor, after);
        let mut data = format!("{{\"seq\":{},\"lines\":[", self.head);
        for (n, (_, line)) in lines.iter().enumerate() {
            let _ = write!(data, "{}{line}", if n > 0 { "," } else { "" });
        }
        (!lines.is_empty()).then(|| data + "]}")
    }
}

fn line(row: &Row) -> (i64, String) {
    let name = row.held.record.reference();
    let body = row.held.record.to_json().unwrap();
    let (rev, seq) = (row.held.rev, row.seq);
    (seq, format!(r#"{{"put":{{"kind":"{}","id":"{}","rev":{rev},"seq":{seq},"body":{body}}}}}"#, name.kind, name.id))
}
