//! What the figures say, in words: the names of steps, one sentence for each chart, and one for each point.

use std::borrow::Cow;

use domain::{
    report::{Period, Report, Step},
    time::Day,
    words::{Ago, Words},
};

/// `21 Sep`: a day where there is little room.
pub(super) fn short_day(words: &Words, day: Day) -> String {
    format!("{} {}", day.date().day(), words.text(&format!("month-{}", day.date().month())))
}

/// When a step is: a day, or the week that begins on one.
pub(super) fn when(words: &Words, period: Period, step: &Step) -> String {
    match period {
        Period::FourWeeks => words.date_short(step.first),
        Period::TenWeeks | Period::Year => words.with("report-week-of", &[("day", words.date(step.first).into())]),
    }
}

fn whole(words: &Words, n: u32) -> Cow<'static, str> {
    words.whole(i64::from(n)).into()
}

/// What the bars show, in one sentence: the step with the most requests.
pub(super) fn bars(words: &Words, report: &Report) -> String {
    // Of equals the newest.
    let most = report.steps.iter().max_by_key(|step| step.figures.wanted()).filter(|step| step.figures.wanted() > 0);
    match most {
        Some(step) => {
            let said = [("n", whole(words, step.figures.wanted())), ("when", when(words, report.period, step).into())];
            words.with("report-most", &said)
        }
        None => words.text("report-most-none"),
    }
}

/// What the line shows, in one sentence: the newest step with an answer.
pub(super) fn line(words: &Words, report: &Report) -> String {
    let newest = report.steps.iter().rev().find_map(|step| Some((step, step.figures.median_ms?)));
    match newest {
        Some((step, ms)) => {
            words.with("report-newest", &[("span", words.hours(Ago(ms)).into()), ("when", when(words, report.period, step).into())])
        }
        None => words.text("report-newest-none"),
    }
}

/// A point of the bars.
pub(super) fn bar_point(words: &Words, period: Period, step: &Step) -> String {
    let it = &step.figures;
    let said = [
        ("when", when(words, period, step).into()),
        ("accepted", whole(words, it.accepted)),
        ("rejected", whole(words, it.rejected)),
        ("waiting", whole(words, it.waiting)),
    ];
    words.with("report-point", &said)
}

/// A point of the line.
pub(super) fn line_point(words: &Words, period: Period, step: &Step) -> String {
    let when = when(words, period, step);
    match step.figures.median_ms {
        Some(ms) => words.with("report-point-time", &[("when", when.into()), ("span", words.hours(Ago(ms)).into())]),
        None => words.with("report-point-no-time", &[("when", when.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        report::Figures,
        time::{HOUR, MINUTE},
        words::Lang,
    };

    fn step(first: &str, accepted: u32, median_ms: Option<i64>) -> Step {
        let first: Day = first.parse().unwrap();
        Step { first, last: first.plus(6), unfinished: false, figures: Figures { accepted, median_ms, ..Figures::default() } }
    }
    fn report(steps: Vec<Step>) -> Report {
        Report { period: Period::TenWeeks, whole: Figures::default(), steps, people: Vec::new() }
    }

    #[test]
    fn a_chart_says_its_finding_in_one_sentence() {
        let words = Words::new(Lang::Id);
        let report = report(vec![
            step("2026-11-09", 62, Some(31 * HOUR + 20 * MINUTE)),
            step("2026-11-16", 40, Some(52 * MINUTE)),
            step("2026-11-23", 0, None),
        ]);
        assert_eq!(bars(&words, &report), "Terbanyak 62 permintaan, pekan 9 Nov 2026.");
        assert_eq!(line(&words, &report), "Terakhir 52 mnt, pekan 16 Nov 2026.");
        assert_eq!(line_point(&words, Period::TenWeeks, &report.steps[0]), "pekan 9 Nov 2026: 31 j 20 m.");
        assert_eq!(line_point(&words, Period::TenWeeks, &report.steps[2]), "pekan 23 Nov 2026: tidak ada jawaban.");
        assert_eq!(
            bar_point(&words, Period::FourWeeks, &report.steps[1]),
            "Sen, 16 Nov: 40 diterima, 0 ditolak, 0 menunggu.",
            "a point has all its numbers"
        );
    }

    #[test]
    fn a_period_without_requests_says_so() {
        let words = Words::new(Lang::Id);
        let report = report(vec![step("2026-11-23", 0, None)]);
        assert_eq!(bars(&words, &report), "Tidak ada permintaan dalam kurun ini.");
        assert_eq!(line(&words, &report), "Belum ada jawaban dalam kurun ini.");
    }
}
