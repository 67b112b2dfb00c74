//! Quiet hours: when notifications are held back, until when, and what passes all the same (ui.md, section 8). Rules about time,
//! asked with a moment and a zone.

use serde::{Deserialize, Serialize};

use crate::time::{Day, HOUR, MINUTE, UtcMillis, Zone};

/// Minutes of a day.
const MINUTES: u16 = 24 * 60;
/// A deadline nearer than this is told of at once, in milliseconds.
pub const URGENT: i64 = 30 * MINUTE;
/// When the next day begins for whoever wants rest until then, in hours after midnight.
const MORNING: i8 = 7;

/// For how long a person wants rest now: from notifications, or from syncing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// An hour.
    Hour,
    /// Until seven in the morning of the next day.
    Tomorrow,
}

impl Rest {
    /// When it ends, if it begins now.
    #[must_use]
    pub fn until(self, now: UtcMillis, zone: Zone) -> UtcMillis {
        match self {
            Self::Hour => now.plus(HOUR),
            Self::Tomorrow => now.day(zone).plus(1).at(MORNING, 0, zone),
        }
    }
}

/// What a person said about now, which counts more than what they have planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// Quiet, or not quiet although it was planned.
    pub quiet: bool,
    /// Until when.
    pub until: UtcMillis,
}

/// When a person wants quiet, by the clock of the zone that is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietHours {
    /// Whether there are any.
    pub on: bool,
    /// When they begin, in minutes after midnight: 0 to 1439.
    pub from: u16,
    /// When they end; at or before the beginning means on the next day.
    pub to: u16,
    /// On which days they begin, Monday first.
    pub days: [bool; 7],
    /// What was said about now; nothing once its time is over.
    pub spell: Option<Spell>,
}

impl Default for QuietHours {
    /// Switched off; nine in the evening to seven in the morning, every day, as soon as somebody switches them on.
    fn default() -> Self {
        Self { on: false, from: 21 * 60, to: 7 * 60, days: [true; 7], spell: None }
    }
}

impl QuietHours {
    /// Whether both are times of a day.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.from < MINUTES && self.to < MINUTES
    }
    /// Whether it is quiet at this moment.
    #[must_use]
    pub fn is_quiet(&self, now: UtcMillis, zone: Zone) -> bool {
        self.end_of_one(now, zone).is_some()
    }
    /// When it ends, if it is quiet at this moment; the end of days that follow on one another without a gap. Nothing too where
    /// they follow so for ever.
    #[must_use]
    pub fn until(&self, now: UtcMillis, zone: Zone) -> Option<UtcMillis> {
        let mut end = self.end_of_one(now, zone)?;
        for _ in 0..=self.days.len() {
            match self.end_of_one(end, zone) {
                Some(later) => end = later,
                None => return Some(end),
            }
        }
        None
    }
    /// Quiet from now on for as long as this.
    pub fn rest(&mut self, rest: Rest, now: UtcMillis, zone: Zone) {
        self.spell = Some(Spell { quiet: true, until: rest.until(now, zone) });
    }
    /// Not quiet from now on. What was planned holds again after the time that is quiet now; where that never ends, from the next day on.
    pub fn wake(&mut self, now: UtcMillis, zone: Zone) {
        self.spell = None;
        let end = self.until(now, zone).or_else(|| self.end_of_one(now, zone));
        self.spell = end.map(|until| Spell { quiet: false, until });
    }
    /// The end of the quiet time that this moment is in: of what was said about now, else of what is planned.
    fn end_of_one(&self, now: UtcMillis, zone: Zone) -> Option<UtcMillis> {
        match self.spell.filter(|spell| spell.until > now) {
            Some(spell) => spell.quiet.then_some(spell.until),
            None => self.end_of_planned(now, zone),
        }
    }
    /// The end of the latest planned quiet time that has begun by now and is not over.
    fn end_of_planned(&self, now: UtcMillis, zone: Zone) -> Option<UtcMillis> {
        if !self.on || !self.is_valid() {
            return None;
        }
        let today = now.day(zone);
        [today, today.plus(-1)].into_iter().filter(|day| self.begins_on(*day)).find_map(|day| {
            let end_day = if self.to > self.from { day } else { day.plus(1) };
            let (begin, end) = (at(day, self.from, zone), at(end_day, self.to, zone));
            (now >= begin && now < end).then_some(end)
        })
    }
    fn begins_on(&self, day: Day) -> bool {
        let weekday = usize::try_from(day.date().weekday().to_monday_zero_offset()).unwrap_or_default();
        self.days.get(weekday).copied().unwrap_or_default()
    }
}

/// So many minutes after the midnight of a day. The zones of Indonesia have no summer time.
fn at(day: Day, minutes: u16, zone: Zone) -> UtcMillis {
    day.at(0, 0, zone).plus(i64::from(minutes) * MINUTE)
}

/// Whether something with this deadline is told of in spite of quiet hours, because it would be late after them.
#[must_use]
pub fn is_urgent(due: UtcMillis, now: UtcMillis) -> bool {
    due.since(now) < URGENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn moment(text: &str) -> UtcMillis {
        text.parse().unwrap()
    }
    fn nights() -> QuietHours {
        QuietHours { on: true, ..QuietHours::default() }
    }
    /// Quiet from Friday evening on, on that day alone.
    fn friday() -> QuietHours {
        QuietHours { days: [false, false, false, false, true, false, false], ..nights() }
    }

    // 27 Nov 2026 is a Friday.
    #[rstest]
    #[case::before("2026-11-27T20:59:59+07:00", None)]
    #[case::at_the_beginning("2026-11-27T21:00:00+07:00", Some("2026-11-28T07:00:00+07:00"))]
    #[case::before_midnight("2026-11-27T23:59:59+07:00", Some("2026-11-28T07:00:00+07:00"))]
    #[case::after_midnight("2026-11-28T00:00:00+07:00", Some("2026-11-28T07:00:00+07:00"))]
    #[case::the_last_moment("2026-11-28T06:59:59.999+07:00", Some("2026-11-28T07:00:00+07:00"))]
    #[case::at_the_end("2026-11-28T07:00:00+07:00", None)]
    fn a_night_goes_over_midnight(#[case] now: &str, #[case] until: Option<&str>) {
        let until = until.map(moment);
        assert_eq!(nights().until(moment(now), Zone::Wib), until);
        assert_eq!(nights().is_quiet(moment(now), Zone::Wib), until.is_some());
    }

    #[rstest]
    #[case(Zone::Wib, false)]
    #[case(Zone::Wita, true)]
    #[case(Zone::Wit, true)]
    fn the_same_moment_is_quiet_in_one_zone_and_not_in_another(#[case] zone: Zone, #[case] quiet: bool) {
        assert_eq!(nights().is_quiet(moment("2026-11-27T20:30:00+07:00"), zone), quiet, "{zone:?}");
    }

    #[rstest]
    #[case::the_evening_it_begins("2026-11-27T22:00:00+07:00", true)]
    #[case::the_morning_after("2026-11-28T06:00:00+07:00", true)]
    #[case::the_morning_of_the_day_itself("2026-11-27T06:00:00+07:00", false)]
    #[case::the_next_evening("2026-11-28T22:00:00+07:00", false)]
    fn a_night_belongs_to_the_day_on_which_it_begins(#[case] now: &str, #[case] quiet: bool) {
        assert_eq!(friday().is_quiet(moment(now), Zone::Wib), quiet);
    }

    #[test]
    fn hours_within_a_day_and_days_without_a_gap() {
        let noon = QuietHours { from: 12 * 60, to: 13 * 60, ..nights() };
        let until = noon.until(moment("2026-11-27T12:30:00+07:00"), Zone::Wib);
        assert_eq!(until, Some(moment("2026-11-27T13:00:00+07:00")));
        let weekend = QuietHours { from: 0, to: 0, days: [false, false, false, false, false, true, true], ..nights() };
        let until = weekend.until(moment("2026-11-28T09:00:00+07:00"), Zone::Wib);
        assert_eq!(until, Some(moment("2026-11-30T00:00:00+07:00")), "two whole days are one quiet time");
        let always = QuietHours { from: 0, to: 0, ..nights() };
        assert_eq!(always.until(moment("2026-11-28T09:00:00+07:00"), Zone::Wib), None);
        assert!(always.is_quiet(moment("2026-11-28T09:00:00+07:00"), Zone::Wib), "for ever");
    }

    #[test]
    fn switched_off_or_no_times_of_a_day_is_never_quiet() {
        let now = moment("2026-11-27T23:00:00+07:00");
        assert!(!QuietHours::default().is_quiet(now, Zone::Wib));
        assert!(!QuietHours { from: 2_000, ..nights() }.is_quiet(now, Zone::Wib));
    }

    #[rstest]
    #[case(0, 1_439, true)]
    #[case(1_439, 0, true)]
    #[case(1_440, 0, false)]
    #[case(0, 1_440, false)]
    #[case(u16::MAX, u16::MAX, false)]
    fn times_of_a_day_are_its_1440_minutes(#[case] from: u16, #[case] to: u16, #[case] valid: bool) {
        assert_eq!(QuietHours { from, to, ..nights() }.is_valid(), valid);
    }

    #[test]
    fn what_would_be_late_after_them_passes() {
        let now = moment("2026-11-27T23:00:00+07:00");
        assert!(is_urgent(now.plus(29 * 60_000), now) && !is_urgent(now.plus(31 * 60_000), now), "half an hour");
        assert!(is_urgent(now.plus(URGENT - 1), now) && is_urgent(now.plus(-1), now));
        assert!(!is_urgent(now.plus(URGENT), now));
    }

    #[rstest]
    #[case::an_hour(Rest::Hour, "2026-11-27T10:30:00+07:00", "2026-11-27T11:30:00+07:00")]
    #[case::tomorrow(Rest::Tomorrow, "2026-11-27T10:30:00+07:00", "2026-11-28T07:00:00+07:00")]
    #[case::at_night_tomorrow_is_the_next_day_too(Rest::Tomorrow, "2026-11-27T00:30:00+07:00", "2026-11-28T07:00:00+07:00")]
    #[case::in_a_zone_where_it_is_tomorrow_already(Rest::Tomorrow, "2026-11-27T16:30:00Z", "2026-11-29T07:00:00+08:00")]
    fn a_rest_ends_in_an_hour_or_the_next_morning(#[case] rest: Rest, #[case] now: &str, #[case] until: &str) {
        let zone = if until.ends_with("+08:00") { Zone::Wita } else { Zone::Wib };
        assert_eq!(rest.until(moment(now), zone), moment(until));
    }

    #[test]
    fn what_was_said_about_now_counts_more_than_what_is_planned_and_ends() {
        let zone = Zone::Wib;
        let noon = moment("2026-11-27T12:00:00+07:00");
        let mut never = QuietHours::default();
        never.rest(Rest::Hour, noon, zone);
        assert_eq!(never.until(noon, zone), Some(noon.plus(HOUR)), "also where no hours are planned");
        assert!(never.is_quiet(noon.plus(HOUR - 1), zone) && !never.is_quiet(noon.plus(HOUR), zone));
        never.wake(noon, zone);
        assert!(!never.is_quiet(noon, zone) && never.spell.is_none());
        let (evening, morning) = (moment("2026-11-27T20:30:00+07:00"), moment("2026-11-28T07:00:00+07:00"));
        let mut planned = nights();
        planned.rest(Rest::Hour, evening, zone);
        assert_eq!(planned.until(evening, zone), Some(morning), "what is planned goes on from there");
        let night = moment("2026-11-27T23:00:00+07:00");
        planned.wake(night, zone);
        assert_eq!(planned.spell, Some(Spell { quiet: false, until: morning }));
        assert!(!planned.is_quiet(night, zone) && !planned.is_quiet(morning, zone));
        assert!(planned.is_quiet(moment("2026-11-28T21:00:00+07:00"), zone), "the next evening is quiet again");
    }

    #[test]
    fn whoever_is_always_quiet_and_wants_to_hear_hears_for_a_day() {
        let (now, zone) = (moment("2026-11-28T09:00:00+07:00"), Zone::Wib);
        let mut always = QuietHours { from: 0, to: 0, ..nights() };
        always.wake(now, zone);
        assert!(!always.is_quiet(now, zone) && always.is_quiet(moment("2026-11-29T00:00:00+07:00"), zone));
    }

    proptest! {
        /// The end lies ahead, and it is not quiet any more then; up to it, it is.
        #[test]
        fn it_is_quiet_until_the_end_and_not_at_it(
            from in 0..MINUTES, to in 0..MINUTES, days: [bool; 7], minutes in 0..2_000_000_i64, zone in prop::sample::select(Zone::ALL.to_vec())
        ) {
            let quiet = QuietHours { on: true, from, to, days, spell: None };
            let now = moment("2026-01-01T00:00:00Z").plus(minutes * MINUTE);
            if let Some(end) = quiet.until(now, zone) {
                prop_assert!(end > now && !quiet.is_quiet(end, zone) && quiet.is_quiet(end.plus(-1), zone));
            }
        }
    }
}
