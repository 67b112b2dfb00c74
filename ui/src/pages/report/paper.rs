//! Laporan on paper: its four figures, every step, and who answered, as tables whatever the screen shows.

use dioxus::prelude::*;
use domain::{
    report::{Answers, Figures, Period, Step},
    words::Words,
};

use super::{
    ReportState, period_word,
    sentences::when,
    stats,
    tables::{median, share},
};
use crate::pages::paper::{Column, Line, Sheet, Table, Width};

/// The columns of figures, as the table of the steps has them.
const FIGURES: [&str; 7] =
    ["report-accepted", "report-rejected", "report-waiting", "report-cancelled", "report-late", "report-answered", "report-median"];

fn cells(words: &Words, it: &Figures) -> impl Iterator<Item = String> {
    let counts = [it.accepted, it.rejected, it.waiting, it.cancelled, it.late].map(|n| words.whole(i64::from(n)));
    counts.into_iter().chain([share(words, it), median(words, it)])
}

fn figures(words: &Words, it: &Figures) -> Table {
    let columns = Column::all(words, [("print-figure", Width::Text), ("field-value", Width::Figures), ("print-of-what", Width::Text)]);
    let line = |(key, value, of): (&str, String, String)| Line::Row(vec![words.text(key), value, of], false);
    Table { name: None, columns, lines: stats(words, it).into_iter().map(line).collect() }
}

fn steps(words: &Words, period: Period, steps: &[Step], whole: &Figures) -> Table {
    let mut columns = Column::all(words, [("report-step", Width::Whole)]);
    columns.extend(Column::all(words, FIGURES.map(|key| (key, Width::Figures))));
    let line = |step: &Step| {
        let unfinished = if step.unfinished { format!(" {}", words.text("report-unfinished")) } else { String::new() };
        let name = format!("{}{unfinished}", when(words, period, step));
        Line::Row([name].into_iter().chain(cells(words, &step.figures)).collect(), false)
    };
    let sum = Line::Sum([words.text("report-total")].into_iter().chain(cells(words, whole)).collect());
    let name = words.text(if period == Period::FourWeeks { "report-bars-day" } else { "report-bars-week" });
    Table { name: Some(name), columns, lines: steps.iter().rev().map(line).chain([sum]).collect() }
}

fn people(words: &Words, people: &[Answers]) -> Table {
    let keys = ["report-person-answered", "report-accepted", "report-rejected", "report-late", "report-median"];
    let mut columns = Column::all(words, [("report-person", Width::Text)]);
    columns.extend(Column::all(words, keys.map(|key| (key, Width::Figures))));
    let line = |it: &Answers| {
        let of = &it.figures;
        let counts = [of.answered(), of.accepted, of.rejected, of.late].map(|n| words.whole(i64::from(n)));
        Line::Row([it.who.name.to_string()].into_iter().chain(counts).chain([median(words, of)]).collect(), false)
    };
    Table { name: Some(words.text("report-people")), columns, lines: people.iter().map(line).collect() }
}

impl ReportState {
    /// The period, in words.
    pub(crate) fn listed(self) -> String {
        self.shell.words().text(period_word((self.period)()))
    }
    /// The figures on paper; nothing where none are here.
    pub(crate) fn sheet(self) -> Option<Sheet> {
        let reply = self.reply.peek().clone()?;
        let t = self.shell.words();
        let it = &reply.report;
        let as_of = match reply.as_of {
            Some(at) => t.with("report-as-of", &[("at", t.moment(at, self.shell.zone()).into())]),
            None => t.text("report-local"),
        };
        let people = (!it.people.is_empty()).then(|| people(&t, &it.people));
        Some(Sheet {
            title: t.text("place-report"),
            listed: format!("{} · {as_of}", t.text(period_word(it.period))),
            tables: [figures(&t, &it.whole), steps(&t, it.period, &it.steps, &it.whole)].into_iter().chain(people).collect(),
            rest: (!reply.complete).then(|| t.text("report-partial-title")),
        })
    }
}
