//! What became of requests in a period (ui.md, Laporan; C-29): how many were answered, how soon, and by whom. Requests count on the
//! day they came, in the organisation's zone; how soon is working time, as their deadlines are. Requests that were called off before
//! anybody answered count for nobody: they stand apart.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::{
    calendar::Calendar,
    id::UserId,
    records::{Consultation, ConsultationStatus},
    role::Person,
    time::{Day, Zone},
};

/// A period up to today, in whole weeks that begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// This week and the three before it, by day.
    FourWeeks,
    /// This week and the nine before it, by week.
    #[default]
    TenWeeks,
    /// This week and the fifty-one before it, by week.
    Year,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 3] = [Self::FourWeeks, Self::TenWeeks, Self::Year];

    const fn weeks(self) -> i64 {
        match self {
            Self::FourWeeks => 4,
            Self::TenWeeks => 10,
            Self::Year => 52,
        }
    }
    /// The days of one step.
    const fn step(self) -> i64 {
        if matches!(self, Self::FourWeeks) { 1 } else { 7 }
    }
    /// Its first day.
    #[must_use]
    pub fn begins(self, today: Day) -> Day {
        let monday = today.plus(-i64::from(today.date().weekday().to_monday_zero_offset()));
        monday.plus(-7 * (self.weeks() - 1))
    }
    /// The first days of its steps; none of them lies after today.
    fn steps(self, today: Day) -> Vec<Day> {
        let (begins, step) = (self.begins(today), self.step());
        (0..).map(|n| begins.plus(n * step)).take_while(|first| *first <= today).collect()
    }
}

/// What became of some requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Accepted.
    pub accepted: u32,
    /// Rejected.
    pub rejected: u32,
    /// Called off before an answer.
    pub cancelled: u32,
    /// Not answered yet.
    pub waiting: u32,
    /// Answered after the promised moment.
    pub late: u32,
    /// The middle of the times to an answer, in milliseconds of working time; nothing where nothing was answered.
    pub median_ms: Option<i64>,
}

impl Figures {
    /// Accepted or rejected.
    #[must_use]
    pub const fn answered(&self) -> u32 {
        self.accepted + self.rejected
    }
    /// Those that wanted an answer: all but the ones that were called off.
    #[must_use]
    pub const fn wanted(&self) -> u32 {
        self.answered() + self.waiting
    }
    /// The answered share of them in whole percent, rounded; nothing where none wanted an answer.
    #[must_use]
    pub const fn share(&self) -> Option<u32> {
        let wanted = self.wanted();
        if wanted == 0 { None } else { Some((self.answered() * 200 + wanted) / (2 * wanted)) }
    }
}

/// One step of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// Whether it is not over: more will come.
    pub unfinished: bool,
    /// What became of the requests that came in it.
    pub figures: Figures,
}

/// What one person answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Who.
    pub who: Person,
    /// Only what they answered: nothing of it waits, nothing was called off.
    pub figures: Figures,
}

/// What became of the requests of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The period.
    pub period: Period,
    /// All of it.
    pub whole: Figures,
    /// Step by step, the oldest first.
    pub steps: Vec<Step>,
    /// Who answered, the most first.
    pub people: Vec<Answers>,
}

/// Some requests while they are counted: their figures, and the times to their answers.
#[derive(Clone, Debug, Default)]
struct Sum {
    figures: Figures,
    times: Vec<i64>,
}

impl Sum {
    fn add(&mut self, it: &Consultation, time: Option<i64>) {
        let figures = &mut self.figures;
        match it.status {
            ConsultationStatus::Waiting => figures.waiting += 1,
            ConsultationStatus::Accepted => figures.accepted += 1,
            ConsultationStatus::Rejected => figures.rejected += 1,
            ConsultationStatus::Cancelled => figures.cancelled += 1,
            // What a newer program calls otherwise cannot be counted as any of these.
            ConsultationStatus::Unknown(_) => {}
        }
        if let Some(time) = time {
            figures.late += u32::from(it.decided_at.is_some_and(|at| at > it.due_at));
            self.times.push(time);
        }
    }
    fn figures(&mut self) -> Figures {
        Figures { median_ms: median(&mut self.times), ..self.figures }
    }
}

/// The middle one; of an even number the mean of the two in the middle.
fn median(times: &mut [i64]) -> Option<i64> {
    times.sort_unstable();
    let (below, above) = (times.get(times.len().saturating_sub(1) / 2)?, times.get(times.len() / 2)?);
    Some(below + (above - below) / 2)
}

/// Counts requests one by one.
#[derive(Clone, Debug)]
pub struct Counting {
    period: Period,
    today: Day,
    zone: Zone,
    calendar: Calendar,
    whole: Sum,
    steps: Vec<(Day, Sum)>,
    people: BTreeMap<UserId, (Person, Sum)>,
}

impl Counting {
    /// Begins with nothing.
    #[must_use]
    pub fn new(period: Period, today: Day, zone: Zone, calendar: Calendar) -> Self {
        let steps = period.steps(today).into_iter().map(|first| (first, Sum::default())).collect();
        Self { period, today, zone, calendar, whole: Sum::default(), steps, people: BTreeMap::new() }
    }
    /// Counts a request; one that came before the period, or after today, is passed over.
    pub fn add(&mut self, it: &Consultation) {
        let day = it.created_at.day(self.zone);
        let place = self.steps.partition_point(|(first, _)| *first <= day);
        if day > self.today || place == 0 {
            return;
        }
        let answered = matches!(it.status, ConsultationStatus::Accepted | ConsultationStatus::Rejected);
        let time = it.decided_at.filter(|_| answered).map(|at| self.calendar.working_between(it.created_at, at));
        self.whole.add(it, time);
        self.steps[place - 1].1.add(it, time);
        if let (Some(who), true) = (&it.decided_by, answered) {
            self.people.entry(who.id).or_insert_with(|| (who.clone(), Sum::default())).1.add(it, time);
        }
    }
    /// What it came to.
    #[must_use]
    pub fn report(mut self) -> Report {
        let step = |(first, sum): &mut (Day, Sum)| {
            let last = first.plus(self.period.step() - 1);
            Step { first: *first, last, unfinished: last >= self.today, figures: sum.figures() }
        };
        let steps = self.steps.iter_mut().map(step).collect();
        let mut people: Vec<Answers> = self.people.into_values().map(|(who, mut sum)| Answers { who, figures: sum.figures() }).collect();
        people.sort_by(|a, b| (b.figures.answered(), &a.who.name, a.who.id).cmp(&(a.figures.answered(), &b.who.name, b.who.id)));
        Report { period: self.period, whole: self.whole.figures(), steps, people }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Holiday, WorkingHours},
        name::PersonName,
        records::{History, Source},
        time::{HOUR, MINUTE, UtcMillis},
    };
    use rstest::rstest;

    fn at(text: &str) -> UtcMillis {
        text.parse().unwrap()
    }
    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn person(n: u8) -> Person {
        let id = format!("019abf6b-9d3c-7c11-8a52-0123456789{n:02x}").parse().unwrap();
        Person { id, name: PersonName::of_program(if n == 1 { "Dewi Anggraini" } else { "Hendra Wijaya" }) }
    }
    /// A request that came then, and was answered so, then, by this person.
    fn request(created: &str, answer: Option<(ConsultationStatus, &str, u8)>) -> Consultation {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let (status, decided_at, by) = match answer {
            Some((status, decided, by)) => (status, Some(at(decided)), Some(person(by))),
            None => (ConsultationStatus::Waiting, None, None),
        };
        Consultation {
            id: id.parse().unwrap(),
            number: "KG-20261124-AAAAAA".into(),
            client_id: id.parse().unwrap(),
            client_user: None,
            client_name: PersonName::of_program("Rani"),
            client_zone: Zone::Wib,
            source: Source::App,
            requested_date: day("2026-12-01"),
            topic: None,
            note: None,
            status,
            message: None,
            reason: None,
            due_at: calendar().add_working(at(created), 180),
            decided_at,
            decided_by: by,
            claim: None,
            snooze: None,
            assignee: None,
            history: History::default(),
            created_at: at(created),
            updated_at: at(created),
        }
    }
    fn calendar() -> Calendar {
        Calendar::new(Zone::Wib, WorkingHours::default(), &Holiday::bundled())
    }
    /// The report of 24 November 2026, a Tuesday.
    fn report(period: Period, requests: &[Consultation]) -> Report {
        let mut counting = Counting::new(period, day("2026-11-24"), Zone::Wib, calendar());
        requests.iter().for_each(|it| counting.add(it));
        counting.report()
    }

    #[rstest]
    #[case(Period::FourWeeks, "2026-11-02", 23, "2026-11-24", "2026-11-24")]
    #[case(Period::TenWeeks, "2026-09-21", 10, "2026-11-23", "2026-11-29")]
    #[case(Period::Year, "2025-12-01", 52, "2026-11-23", "2026-11-29")]
    fn periods_are_whole_weeks_up_to_today(
        #[case] period: Period,
        #[case] begins: &str,
        #[case] steps: usize,
        #[case] first: &str,
        #[case] last: &str,
    ) {
        let report = report(period, &[]);
        assert_eq!((report.steps[0].first, report.steps.len()), (day(begins), steps));
        let newest = report.steps.last().unwrap();
        assert_eq!((newest.first, newest.last, newest.unfinished), (day(first), day(last), true));
        assert!(report.steps[..steps - 1].iter().all(|step| !step.unfinished), "only the newest is not over");
    }

    #[rstest]
    // Within one morning: 52 minutes.
    #[case("2026-11-24T01:54:00Z", "2026-11-24T02:46:00Z", 52 * MINUTE, 0)]
    // Friday 16:00 to Monday 09:00 WIB: two working hours, not sixty-five.
    #[case("2026-11-20T09:00:00Z", "2026-11-23T02:00:00Z", 2 * HOUR, 0)]
    // At night, before the business opens: no time has passed.
    #[case("2026-11-23T20:00:00Z", "2026-11-23T21:00:00Z", 0, 0)]
    // Four working hours, and three were promised.
    #[case("2026-11-23T02:00:00Z", "2026-11-23T06:00:00Z", 4 * HOUR, 1)]
    fn time_to_an_answer_is_working_time(#[case] created: &str, #[case] decided: &str, #[case] ms: i64, #[case] late: u32) {
        let whole = report(Period::TenWeeks, &[request(created, Some((ConsultationStatus::Accepted, decided, 1)))]).whole;
        assert_eq!((whole.median_ms, whole.late), (Some(ms), late));
    }

    #[rstest]
    #[case(&mut [], None)]
    #[case(&mut [7], Some(7))]
    #[case(&mut [9, 1], Some(5))]
    #[case(&mut [30, 10, 20], Some(20))]
    #[case(&mut [4, 1, 3, 2], Some(2))]
    fn the_middle(#[case] times: &mut [i64], #[case] expected: Option<i64>) {
        assert_eq!(median(times), expected);
    }

    #[rstest]
    #[case(0, 0, 0, None)]
    #[case(0, 0, 4, Some(0))]
    #[case(2, 0, 1, Some(67))]
    #[case(1, 0, 1, Some(50))]
    #[case(199, 0, 1, Some(100))]
    fn the_answered_share(#[case] accepted: u32, #[case] rejected: u32, #[case] waiting: u32, #[case] share: Option<u32>) {
        assert_eq!(Figures { accepted, rejected, waiting, cancelled: 9, ..Figures::default() }.share(), share);
    }

    #[test]
    fn requests_count_on_the_day_they_came_and_for_whoever_answered() {
        use ConsultationStatus::{Accepted, Cancelled, Rejected};
        let all = [
            // 23:30 UTC on Sunday is Monday morning in WIB.
            request("2026-11-15T23:30:00Z", Some((Accepted, "2026-11-16T02:00:00Z", 1))),
            request("2026-11-17T02:00:00Z", Some((Rejected, "2026-11-17T03:00:00Z", 1))),
            request("2026-11-17T02:00:00Z", Some((Accepted, "2026-11-24T03:00:00Z", 2))),
            request("2026-11-18T02:00:00Z", Some((Cancelled, "2026-11-18T03:00:00Z", 2))),
            request("2026-11-24T02:00:00Z", None),
            // Before the period, and after today.
            request("2026-09-20T16:59:00Z", Some((Accepted, "2026-11-18T03:00:00Z", 1))),
            request("2026-11-24T17:00:00Z", None),
        ];
        let report = report(Period::TenWeeks, &all);
        assert_eq!((report.whole.answered(), report.whole.wanted(), report.whole.cancelled), (3, 4, 1));
        let week = report.steps.iter().find(|step| step.first == day("2026-11-16")).unwrap();
        assert_eq!((week.figures.accepted, week.figures.rejected, week.figures.waiting), (2, 1, 0));
        assert_eq!(report.steps.last().unwrap().figures.waiting, 1);
        let people: Vec<_> =
            report.people.iter().map(|line| (line.who.name.as_str(), line.figures.answered(), line.figures.late)).collect();
        assert_eq!(people, [("Dewi Anggraini", 2, 0), ("Hendra Wijaya", 1, 1)], "who called off answered nothing");
    }
}
