//! The report of the desk inside the window: its own requests, and in the weeks before them some that are only numbers.

use bridge::{DeskError, Exported, Report, ReportExport, ReportReply};
use domain::{
    records::{Consultation, ConsultationStatus, Settings},
    report::{Counting, Period},
    time::{DAY, MINUTE, UtcMillis},
};

use super::{
    desk::{Desk, Layer},
    sample::{BEGIN, ZONE, colleague},
    situation::Data,
};

/// How many days back the numbers reach.
const BACK: i64 = 400;
/// Where the copy is not whole: so many days back are here.
const HERE: i64 = 24;

impl Desk {
    /// What became of the requests of a period.
    pub(super) fn report(&mut self, query: &Report) -> Result<ReportReply, DeskError> {
        self.trouble()?;
        let complete = !self.situation.incomplete;
        Ok(ReportReply {
            report: self.counted(query.period),
            as_of: Some(self.now),
            complete,
            oldest: (!complete).then(|| BEGIN.plus(-HERE * DAY)),
        })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn report_export(&mut self, query: &ReportExport) -> Result<Exported, DeskError> {
        self.trouble()?;
        let report = self.counted(query.period);
        let rows = u32::try_from(report.steps.len() + report.people.len() + 1).unwrap_or(u32::MAX);
        Ok(Exported { path: "/home/dewi/Unduhan/meja-laporan-2026-11-24-1042.csv".into(), rows, more: false })
    }
    fn counted(&self, period: Period) -> domain::report::Report {
        let mut counting = Counting::new(period, self.now.day(ZONE), ZONE, Settings::default().calendar());
        self.consultations(Layer::Shown).for_each(|it| counting.add(it));
        if let (Data::Sample, Some(like)) = (self.situation.data, self.consultations(Layer::Server).next()) {
            let days = if self.situation.incomplete { HERE } else { BACK };
            (1..days)
                .flat_map(|day| (0..8 - day.rem_euclid(5)).map(move |n| (day, n)))
                .for_each(|(day, n)| counting.add(&past(like, day, n)));
        }
        counting.report()
    }
}

/// A request of a day long ago, answered by one of two.
fn past(like: &Consultation, day: i64, n: i64) -> Consultation {
    let created_at: UtcMillis = BEGIN.plus(-day * DAY - n * 37 * MINUTE);
    let rejected = (day + n).rem_euclid(6) == 0;
    let wait = (24 + (day * 13 + n * 29).rem_euclid(90) + day / 4) * MINUTE;
    Consultation {
        status: if rejected { ConsultationStatus::Rejected } else { ConsultationStatus::Accepted },
        created_at,
        due_at: created_at.plus(180 * MINUTE),
        decided_at: Some(created_at.plus(wait)),
        decided_by: Some(colleague(u32::from(n.rem_euclid(3) == 0))),
        ..like.clone()
    }
}
