//! Working time and business days (R-018, C-29, facts 4.8). Holidays are data: a dated table in the settings, with a
//! bundled table as a start.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::{
    text::Invalid,
    time::{Day, MINUTE, UtcMillis, Zone},
};

/// Why a day is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// Libur nasional.
    Public,
    /// Cuti bersama.
    JointLeave,
}

/// A day on which the business is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holiday {
    /// The day, in WIB.
    pub date: Day,
    /// Why it is free.
    pub kind: HolidayKind,
    /// What people call it.
    pub name: String,
}

impl Holiday {
    /// Reads a table with the header `date,kind,name`; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for a line of another form.
    pub fn table(csv: &str) -> Result<Vec<Self>, Invalid> {
        let rows = csv.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#') && *l != "date,kind,name");
        rows.map(|line| {
            let mut parts = line.splitn(3, ',');
            let (Some(date), Some(kind), Some(name)) = (parts.next(), parts.next(), parts.next()) else { return Err(Invalid::Malformed) };
            let kind = match kind {
                "public" => HolidayKind::Public,
                "joint_leave" => HolidayKind::JointLeave,
                _ => return Err(Invalid::Unknown),
            };
            Ok(Self { date: date.parse()?, kind, name: name.to_owned() })
        })
        .collect()
    }
    /// The table that comes with the program.
    #[must_use]
    pub fn bundled() -> Vec<Self> {
        Self::table(include_str!("../data/holidays.csv")).unwrap_or_default()
    }
}

/// The hours in which the business answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkingHours {
    /// Days of the week, 1 = Monday to 7 = Sunday.
    pub days: BTreeSet<i8>,
    /// When the day begins, in minutes after midnight.
    pub from: i16,
    /// When the day ends, in minutes after midnight; later than `from`.
    pub to: i16,
}

impl Default for WorkingHours {
    /// Monday to Friday, 08:00 to 17:00.
    fn default() -> Self {
        Self { days: (1..=5).collect(), from: 8 * 60, to: 17 * 60 }
    }
}

impl WorkingHours {
    /// Whether these hours can ever be worked: at least one day, and an end after the beginning within one day.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.days.is_empty()
            && self.days.iter().all(|d| (1..=7).contains(d))
            && 0 <= self.from
            && self.from < self.to
            && self.to <= 24 * 60
    }
}

/// When the business works: its zone, its hours, its holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    hours: WorkingHours,
    closed: BTreeSet<Day>,
}

/// The days that are searched for the next working time before giving up: a table that closes a whole year is a mistake.
const HORIZON: usize = 400;

impl Calendar {
    /// A calendar from the settings. Hours that can never be worked are replaced by the default ones.
    #[must_use]
    pub fn new(zone: Zone, hours: WorkingHours, holidays: &[Holiday]) -> Self {
        let hours = if hours.is_valid() { hours } else { WorkingHours::default() };
        Self { zone, hours, closed: holidays.iter().map(|h| h.date).collect() }
    }
    /// Whether the business works on this day.
    #[must_use]
    pub fn is_business_day(&self, day: Day) -> bool {
        self.hours.days.contains(&day.date().weekday().to_monday_one_offset()) && !self.closed.contains(&day)
    }
    /// The `n`-th business day after `day`; the first one after it is day 1 (facts 4.8).
    #[must_use]
    pub fn business_days_after(&self, day: Day, n: u32) -> Day {
        let mut left = n;
        let mut at = day;
        for _ in 0..HORIZON + 7 * usize::try_from(n).unwrap_or(0) {
            if left == 0 {
                break;
            }
            at = at.plus(1);
            left -= u32::from(self.is_business_day(at));
        }
        at
    }
    /// The working time of one day: its beginning and its end.
    fn window(&self, day: Day) -> Option<(UtcMillis, UtcMillis)> {
        let minute = |m: i16| day.at(0, 0, self.zone).plus(i64::from(m) * MINUTE);
        self.is_business_day(day).then(|| (minute(self.hours.from), minute(self.hours.to)))
    }
    /// The moment at which `minutes` of working time have passed since `start`. Outside working hours time stands still,
    /// so a request of Saturday night is due on Monday.
    #[must_use]
    pub fn add_working(&self, start: UtcMillis, minutes: u32) -> UtcMillis {
        let mut left = i64::from(minutes) * MINUTE;
        let mut day = start.day(self.zone);
        let mut end = start;
        for _ in 0..HORIZON + usize::try_from(minutes).unwrap_or(0) {
            if let Some((opens, closes)) = self.window(day) {
                let from = opens.max(start);
                let room = closes.since(from);
                if room >= left {
                    return from.plus(left);
                }
                left -= room.max(0);
                end = closes;
            }
            day = day.plus(1);
        }
        end
    }
    /// Working time between two moments, in milliseconds; 0 when `end` is not after `start`.
    #[must_use]
    pub fn working_between(&self, start: UtcMillis, end: UtcMillis) -> i64 {
        let mut sum = 0;
        let mut day = start.day(self.zone);
        let last = end.day(self.zone);
        while day <= last {
            if let Some((opens, closes)) = self.window(day) {
                sum += closes.min(end).since(opens.max(start)).max(0);
            }
            day = day.plus(1);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn calendar() -> Calendar {
        Calendar::new(Zone::Wib, WorkingHours::default(), &Holiday::bundled())
    }

    #[rstest]
    #[case("2025-11-26", "2025-11-28", "2025-12-01")]
    #[case("2025-12-24", "2025-12-30", "2025-12-31")]
    #[case("2026-03-17", "2026-03-26", "2026-03-27")]
    #[case("2026-05-13", "2026-05-19", "2026-05-20")]
    #[case("2026-12-23", "2026-12-29", "2026-12-30")]
    fn business_day_vectors(#[case] from: &str, #[case] two: &str, #[case] three: &str) {
        let from: Day = from.parse().unwrap();
        assert_eq!(calendar().business_days_after(from, 2).to_string(), two, "facts 4.8");
        assert_eq!(calendar().business_days_after(from, 3).to_string(), three, "facts 4.8");
    }

    #[test]
    fn joint_leave_counts() {
        let public: Vec<Holiday> = Holiday::bundled().into_iter().filter(|h| h.kind == HolidayKind::Public).collect();
        let without = Calendar::new(Zone::Wib, WorkingHours::default(), &public);
        let from: Day = "2026-03-17".parse().unwrap();
        assert_eq!(without.business_days_after(from, 2).to_string(), "2026-03-20", "facts 4.8: wrong without cuti bersama");
        assert_eq!(without.business_days_after(from, 3).to_string(), "2026-03-23");
    }

    #[rstest]
    // Tuesday morning: three hours later the same day.
    #[case("2026-11-24T01:54:00Z", 180, "2026-11-24T04:54:00.000Z")]
    // Friday 16:00 WIB: one hour is left, two on Monday.
    #[case("2026-11-27T09:00:00Z", 180, "2026-11-30T03:00:00.000Z")]
    // Saturday night: Monday 11:00 WIB.
    #[case("2026-11-28T14:00:00Z", 180, "2026-11-30T04:00:00.000Z")]
    // Before opening hours: they begin at 08:00.
    #[case("2026-11-23T22:00:00Z", 180, "2026-11-24T04:00:00.000Z")]
    // 23 Dec 2026, 15:00 WIB; 24 and 25 are free, then the weekend.
    #[case("2026-12-23T08:00:00Z", 180, "2026-12-28T02:00:00.000Z")]
    fn deadlines(#[case] start: UtcMillis, #[case] minutes: u32, #[case] due: &str) {
        assert_eq!(calendar().add_working(start, minutes).to_string(), due);
    }

    #[rstest]
    #[case(&[6], 540, 541, true)]
    #[case(&[1, 7], 0, 1_440, true)]
    #[case(&[], 480, 1_020, false)]
    #[case(&[0], 480, 1_020, false)]
    #[case(&[8], 480, 1_020, false)]
    #[case(&[1], -1, 1_020, false)]
    #[case(&[1], 480, 480, false)]
    #[case(&[1], 1_020, 480, false)]
    #[case(&[1], 480, 1_441, false)]
    fn hours_that_can_be_worked_count_and_others_are_the_usual(
        #[case] days: &[i8],
        #[case] from: i16,
        #[case] to: i16,
        #[case] valid: bool,
    ) {
        let hours = WorkingHours { days: days.iter().copied().collect(), from, to };
        assert_eq!(hours.is_valid(), valid);
        let kept = if valid { hours.clone() } else { WorkingHours::default() };
        assert_eq!(Calendar::new(Zone::Wita, hours, &[]).hours, kept);
    }

    #[test]
    fn a_saturday_of_two_hours_is_worked_in_its_own_zone() {
        let saturdays = Calendar::new(Zone::Wit, WorkingHours { days: [6].into(), from: 9 * 60, to: 11 * 60 }, &[]);
        // Thursday, 26 Nov 2026: the next two hours of work are Saturday, 09:00 to 11:00 WIT; the third is a week later.
        let start: UtcMillis = "2026-11-26T03:00:00Z".parse().unwrap();
        assert_eq!(saturdays.add_working(start, 120).to_string(), "2026-11-28T02:00:00.000Z");
        assert_eq!(saturdays.add_working(start, 121).to_string(), "2026-12-05T00:01:00.000Z");
    }

    #[test]
    fn a_table_that_closes_everything_ends() {
        let mut holidays = Vec::new();
        let mut day: Day = "2026-01-01".parse().unwrap();
        for _ in 0..3_000 {
            holidays.push(Holiday { date: day, kind: HolidayKind::Public, name: String::new() });
            day = day.plus(1);
        }
        let closed = Calendar::new(Zone::Wib, WorkingHours::default(), &holidays);
        let start: UtcMillis = "2026-03-01T00:00:00Z".parse().unwrap();
        assert!(closed.add_working(start, 180) >= start);
        assert!(closed.business_days_after(start.day(Zone::Wib), 2) >= start.day(Zone::Wib));
    }

    #[test]
    fn bad_tables_are_refused() {
        assert_eq!(Holiday::table("2026-01-01,public"), Err(Invalid::Malformed));
        assert_eq!(Holiday::table("2026-01-01,party,x"), Err(Invalid::Unknown));
        assert_eq!(Holiday::table("2026-01-32,public,x"), Err(Invalid::Malformed));
        assert!(Holiday::bundled().len() > 60);
    }

    proptest! {
        /// Working time added is working time passed, over holidays, weekends and zones.
        #[test]
        fn adding_is_the_inverse_of_measuring(start in 1_735_664_400_000_i64..1_798_000_000_000, minutes in 0_u32..6_000, zone in 0_usize..3) {
            let c = Calendar::new(Zone::ALL[zone], WorkingHours::default(), &Holiday::bundled());
            let start = UtcMillis::from_ms(start);
            let due = c.add_working(start, minutes);
            prop_assert_eq!(c.working_between(start, due), i64::from(minutes) * MINUTE);
            prop_assert!(due >= start);
        }
        /// A later request is never due earlier.
        #[test]
        fn deadlines_keep_the_order(start in 1_735_664_400_000_i64..1_798_000_000_000, later in 0_i64..1_000_000_000, minutes in 0_u32..3_000) {
            let c = calendar();
            let (a, b) = (UtcMillis::from_ms(start), UtcMillis::from_ms(start + later));
            prop_assert!(c.add_working(a, minutes) <= c.add_working(b, minutes));
        }
        #[test]
        fn business_days_are_business_days(offset in 0_i64..1_000, n in 1_u32..30) {
            let c = calendar();
            let from = "2025-01-01".parse::<Day>().unwrap().plus(offset);
            let day = c.business_days_after(from, n);
            prop_assert!(c.is_business_day(day));
            let between = (1..=1_000).map(|d| from.plus(d)).take_while(|d| *d <= day).filter(|d| c.is_business_day(*d)).count();
            prop_assert_eq!(between, usize::try_from(n).unwrap());
        }
    }
}
