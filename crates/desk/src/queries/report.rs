//! Laporan: counted from the mirror, a part at a time.

use bridge::{DeskError, Exported, Report, ReportExport, ReportReply};
use domain::{
    id::ConsultationId,
    records::Consultation,
    report::{Counting, Figures, Period, Report as Counted},
    words::{Ago, Words},
};
use mirror::queries::CountedFrom;
use std::collections::BTreeMap;

use crate::{
    desk::Desk,
    error::file_error,
    export::{Table, export},
    work::Work,
};

impl Desk {
    /// What became of the requests of a period.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn report(&self, query: Report) -> Result<ReportReply, DeskError> {
        let report = self.counted(query.period).await?;
        let work = self.inner.work().await?;
        let complete = work.engine.line().borrow().complete;
        let oldest = if complete { None } else { work.cabinet.oldest_answer(work.now()).await.map_err(file_error)? };
        Ok(ReportReply { report, as_of: work.as_of(), complete, oldest })
    }
    /// Writes the same to a file.
    ///
    /// # Errors
    /// As [`Self::report`]; `disk`.
    pub async fn report_export(&self, query: ReportExport) -> Result<Exported, DeskError> {
        let report = self.counted(query.period).await?;
        let (zone, now) = {
            let work = self.inner.work().await?;
            (work.org_zone(), work.now())
        };
        let table = table(self.inner.words(), &report);
        export(&self.inner.parts.options.downloads, "laporan", now, zone, &table, false)
    }
    /// The figures. Nobody who closes the files waits longer than for one part.
    async fn counted(&self, period: Period) -> Result<Counted, DeskError> {
        let (mut counting, from) = {
            let work = self.inner.work().await?;
            let (settings, zone) = (work.settings(), work.org_zone());
            let today = work.now().day(zone);
            (Counting::new(period, today, zone, settings.calendar()), period.begins(today).at(0, 0, zone))
        };
        // What is answered while this is read is found among the answered ones: those are read last.
        let mut waiting: BTreeMap<ConsultationId, Consultation> = BTreeMap::new();
        let mut next = Some(CountedFrom::waiting(from));
        while let Some(part) = next {
            let page = part_of(&*self.inner.work().await?, &part).await?;
            waiting.extend(page.requests.into_iter().map(|it| (it.id, it)));
            next = page.next;
        }
        let mut next = Some(CountedFrom::settled(from));
        while let Some(part) = next {
            let page = part_of(&*self.inner.work().await?, &part).await?;
            for it in &page.requests {
                waiting.remove(&it.id);
                counting.add(it);
            }
            next = page.next;
        }
        waiting.values().for_each(|it| counting.add(it));
        Ok(counting.report())
    }
}

async fn part_of(work: &Work, part: &CountedFrom) -> Result<mirror::queries::CountedPage, DeskError> {
    work.cabinet.counted(part, work.now()).await.map_err(file_error)
}

/// The columns of a file, by the keys of their names.
const COLUMNS: [&str; 11] = [
    "csv-part",
    "csv-first",
    "csv-last",
    "csv-unfinished",
    "csv-accepted",
    "csv-rejected",
    "csv-waiting",
    "csv-cancelled",
    "csv-late",
    "csv-share",
    "csv-median",
];

/// A line for each step, one for each person, and one for all of it.
fn table(words: &Words, report: &Counted) -> Table {
    let mut table = Table::new(&COLUMNS.map(|key| words.text(key)));
    for step in &report.steps {
        let unfinished = if step.unfinished { words.text("csv-yes") } else { words.text("csv-no") };
        table.push(&line(words, words.text("csv-step"), [words.date(step.first), words.date(step.last), unfinished], &step.figures));
    }
    let none = || [words.text("none"), words.text("none"), words.text("none")];
    for person in &report.people {
        table.push(&line(words, person.who.name.to_string(), none(), &person.figures));
    }
    table.push(&line(words, words.text("csv-whole"), none(), &report.whole));
    table
}

fn line(words: &Words, part: String, [first, last, unfinished]: [String; 3], it: &Figures) -> [String; 11] {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| words.text("none"));
    let n = |n: u32| n.to_string();
    [
        part,
        first,
        last,
        unfinished,
        n(it.accepted),
        n(it.rejected),
        n(it.waiting),
        n(it.cancelled),
        n(it.late),
        or_none(it.share().map(|share| format!("{share}%"))),
        or_none(it.median_ms.map(|ms| words.hours(Ago(ms)))),
    ]
}
