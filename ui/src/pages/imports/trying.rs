//! The rows are tried by the rules, and those that pass are brought in.

use std::{collections::BTreeSet, rc::Rc};

use bridge::{ImportBegin, ImportCheck, ImportChecked, ImportField, ImportPlan, ImportProblem, ImportProblems, ImportTwin};
use dioxus::prelude::*;
use domain::{
    decision::Code,
    id::ImportId,
    words::{Words, isolate},
};

use super::{
    columns,
    past::focus_shown,
    result::HEAD,
    state::{At, Begun, ImportsState, Tried, Twin, Who},
};
use crate::{components::export::write_out, gateway::ask, shell::task};

impl ImportsState {
    /// Why the rows cannot be tried now.
    pub(super) fn why_not_tried(self) -> Option<String> {
        let words = self.shell.words();
        let Some(taken) = &*self.taken.read() else { return Some(words.text("import-no-file")) };
        let missing = columns::missing(&taken.columns);
        (!missing.is_empty()).then(|| columns::missing_words(&words, &missing))
    }
    /// Tries every row; whoever asked for it has the outcome before them.
    pub(crate) fn check(self) {
        match self.why_not_tried() {
            Some(why) => self.shell.tell(&why),
            None => self.try_rows(true),
        }
    }
    /// Makes a row a client of its own, or no longer; everything is tried anew, and the focus stays where it is.
    pub(super) fn set_apart(mut self, row: u32) {
        if *self.trying.peek() {
            return;
        }
        let had = self.apart.write().remove(&row);
        if !had {
            self.apart.write().insert(row);
        }
        self.try_rows(false);
    }
    fn try_rows(mut self, asked: bool) {
        let Some(plan) = self.plan().filter(|_| !*self.trying.peek()) else { return };
        self.trying.set(true);
        self.trouble.set(None);
        task(async move {
            let reply = ask(ImportCheck { plan: plan.clone() }).await;
            self.trying.set(false);
            if self.plan().as_ref() != Some(&plan) {
                // The columns were said otherwise meanwhile, or the file is gone: nothing of it holds.
                return;
            }
            match reply {
                Ok(said) => self.take_trial(said, asked),
                Err(error) => self.stand(At::Trial, error),
            }
        });
    }
    fn take_trial(mut self, said: ImportChecked, asked: bool) {
        let words = self.shell.words();
        self.shell.say(&summary(&words, &said));
        let before = self.tried.peek().clone();
        let twins = twins(&said, before.as_deref(), &self.apart.peek());
        self.tried.set(Some(Rc::new(Tried { said, twins })));
        if asked {
            focus_shown(HEAD);
        }
    }
    /// Why nothing can be begun now.
    pub(super) fn why_not_begun(self) -> Option<String> {
        let words = self.shell.words();
        match &*self.tried.read() {
            None => Some(words.text("import-not-tried")),
            Some(tried) if tried.said.good == 0 => Some(words.text("import-none-good")),
            Some(_) => None,
        }
    }
    /// Brings the rows in that pass. They are in the outbox when it is done, all of them.
    pub(crate) fn begin(mut self) {
        if let Some(why) = self.why_not_begun() {
            return self.shell.tell(&why);
        }
        let (Some(plan), Some(tried)) = (self.plan(), self.tried.peek().clone()) else { return };
        if *self.beginning.peek() || *self.trying.peek() {
            return;
        }
        self.beginning.set(true);
        self.trouble.set(None);
        task(async move {
            let reply = ask(ImportBegin { plan: plan.clone() }).await;
            self.beginning.set(false);
            match reply {
                Ok(begun) => self.have_begun(begun.import, plan, &tried.said),
                Err(error) => self.stand(At::Begin, error),
            }
        });
    }
    fn have_begun(mut self, import: ImportId, plan: ImportPlan, said: &ImportChecked) {
        let words = self.shell.words();
        let rows = words.count("import-rows-n", i64::from(said.good));
        let key = if self.shell.is_offline() { "import-begun-offline" } else { "import-begun" };
        self.shell.say(&words.with(key, &[("rows", rows.into())]));
        self.let_go();
        self.begun.set(Some(Begun { left_out: said.rows.saturating_sub(said.good), plan }));
        self.read_for(import);
    }
    /// Writes the rows that would not be taken to a file: those of the trial, or those that the import has just left out.
    pub(crate) fn write_problems(self) {
        let left_out = self.begun.peek().as_ref().map(|begun| begun.plan.clone());
        if let Some(plan) = self.plan().or(left_out) {
            write_out(self.export, ImportProblems { plan });
        }
    }
    /// How many rows that file would have.
    pub(super) fn bad_rows(self) -> u32 {
        let tried = self.tried.read().as_ref().map(|tried| tried.said.rows.saturating_sub(tried.said.good));
        tried.or_else(|| self.begun.read().as_ref().map(|begun| begun.left_out)).unwrap_or(0)
    }
}

/// What was found, in one sentence, for whoever does not see it.
fn summary(words: &Words, said: &ImportChecked) -> String {
    let good = words.count("import-rows-n", i64::from(said.good));
    let bad = words.whole(i64::from(said.rows.saturating_sub(said.good)));
    let known = words.whole(i64::from(said.doubles_total));
    words.with("import-tried", &[("good", good.into()), ("bad", bad.into()), ("known", known.into())])
}

/// The rows about somebody who is known, by row. One that was made a client of its own is no double any more; it stays in the list, so
/// that it can be made one again.
fn twins(said: &ImportChecked, before: Option<&Tried>, apart: &BTreeSet<u32>) -> Vec<Twin> {
    let who = |twin: &ImportTwin| match twin {
        ImportTwin::Client { name, .. } => Who::Client(name.clone()),
        ImportTwin::Row(row) => Who::Row(*row),
    };
    let mut all: Vec<Twin> =
        said.doubles.iter().map(|it| Twin { row: it.row, name: it.name.clone(), by: it.by, who: who(&it.twin) }).collect();
    let known =
        before.into_iter().flat_map(|before| before.twins.iter().cloned().chain(before.said.problems.iter().filter_map(two_clients)));
    for twin in known.filter(|twin| apart.contains(&twin.row)) {
        if all.iter().all(|it| it.row != twin.row) {
            all.push(twin);
        }
    }
    all.sort_by_key(|twin| twin.row);
    all
}

/// A row whose number is one client's and whose address another's: nobody but a person can say who is meant, or that it is a third.
pub(super) fn two_clients(problem: &ImportProblem) -> Option<Twin> {
    let is_two = Code::of_wire(&problem.code) == Code::TwoClients;
    let name = problem.details.number.clone().filter(|_| is_two)?;
    Some(Twin { row: problem.row, name: problem.value.clone(), by: ImportField::Phone, who: Who::Client(name) })
}

/// Who a row is about, in words.
pub(super) fn who_word(words: &Words, who: &Who) -> String {
    match who {
        Who::Client(name) => isolate(name),
        Who::Row(row) => words.with("import-of-row", &[("row", words.whole(i64::from(*row)).into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::ImportDouble;

    fn double(row: u32) -> ImportDouble {
        ImportDouble { row, name: format!("Baris {row}"), by: ImportField::Phone, twin: ImportTwin::Row(2) }
    }
    fn problem(row: u32, code: &str) -> ImportProblem {
        let details = domain::decision::Details { number: Some("Made Ayu".into()), ..Default::default() };
        ImportProblem { row, field: None, header: None, value: "x@y.id".into(), code: code.into(), details: Box::new(details) }
    }

    #[test]
    fn a_row_that_was_set_apart_stays_in_the_list_to_be_put_back() {
        let said = |rows: &[u32]| ImportChecked { doubles: rows.iter().map(|row| double(*row)).collect(), ..ImportChecked::default() };
        let first = twins(&said(&[3, 7]), None, &BTreeSet::new());
        let before = Tried { said: said(&[3, 7]), twins: first };
        let rows = |said, apart: &[u32]| {
            let apart: BTreeSet<u32> = apart.iter().copied().collect();
            twins(&said, Some(&before), &apart).iter().map(|twin| twin.row).collect::<Vec<_>>()
        };
        assert_eq!(rows(said(&[7]), &[3]), [3, 7]);
        assert_eq!(rows(said(&[3, 7]), &[]), [3, 7]);
        assert_eq!(rows(said(&[]), &[]), Vec::<u32>::new(), "what is no double any more for another reason is none");
    }

    #[test]
    fn a_row_of_two_clients_can_be_made_a_third_and_put_back() {
        let said = ImportChecked { problems: vec![problem(9, "two_clients"), problem(4, "invalid_args")], ..ImportChecked::default() };
        let before = Tried { twins: Vec::new(), said };
        let found = twins(&ImportChecked::default(), Some(&before), &BTreeSet::from([9, 4]));
        assert_eq!(found.iter().map(|twin| twin.row).collect::<Vec<_>>(), [9]);
    }
}
