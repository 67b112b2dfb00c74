//! Days and hours as people type them: «besok», «jum 9.30», «26 Nov», «26/11/2026», «2026-11-26» (ui.md, Date-time-zone).

use crate::{
    time::{Day, UtcMillis, Zone},
    words::Words,
};

const DAYS: [[&str; 4]; 7] = [
    ["senin", "sen", "monday", "mon"],
    ["selasa", "sel", "tuesday", "tue"],
    ["rabu", "rab", "wednesday", "wed"],
    ["kamis", "kam", "thursday", "thu"],
    ["jumat", "jum", "friday", "fri"],
    ["sabtu", "sab", "saturday", "sat"],
    ["minggu", "min", "sunday", "sun"],
];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu aug", "sep", "okt oct", "nov", "des dec"];

/// The day that a text names, seen from `today`. A weekday is the next one after today; a date without a year is the next one.
#[must_use]
pub fn day(text: &str, today: Day) -> Option<Day> {
    let text = text.trim().to_lowercase().replace(',', " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => None,
        ["hari", "ini"] | ["today"] => Some(today),
        ["besok"] | ["tomorrow"] => Some(today.plus(1)),
        ["lusa"] => Some(today.plus(2)),
        [one] => weekday(one, today).or_else(|| one.parse().ok()).or_else(|| figures(one, today)),
        [name, "depan" | "next"] | ["next", name] => weekday(name, today),
        // «Kam, 26 Nov 2026»: the weekday is only read past.
        [name, rest @ ..] if weekday(name, today).is_some() => day(&rest.join(" "), today),
        [number, month] => dated(number, month_of(month)?, None, today),
        [number, month, year] => dated(number, month_of(month)?, year.parse().ok(), today),
        _ => None,
    }
}

/// The day and the hour that a text names: «besok 14», «jum 9.30», «27 nov 08:00».
#[must_use]
pub fn moment(text: &str, today: Day) -> Option<(Day, i8, i8)> {
    let (before, last) = text.trim().rsplit_once(char::is_whitespace)?;
    let (hour, minute) = hour(last)?;
    let before = before.trim().trim_end_matches(',').trim_end_matches(" jam").trim_end_matches(" pukul").trim_end_matches(" at");
    Some((day(before, today)?, hour, minute))
}

/// An hour: `14`, `9.30`, `08:00`.
#[must_use]
pub fn hour(text: &str) -> Option<(i8, i8)> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    let number = |text: &str, most: i8| text.parse::<i8>().ok().filter(|n| (0..=most).contains(n) && text.len() <= 2);
    Some((number(hour, 23)?, number(minute, 59)?))
}

/// A day, an hour and a zone, as they stand in the parts of a field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Typed {
    /// The day; an hour may stand behind it, and goes before the one in the other part.
    pub day: String,
    /// The hour.
    pub hour: String,
    /// In which zone both are meant.
    pub zone: Zone,
}

/// Which part names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The day.
    Day,
    /// The hour.
    Hour,
}

impl Typed {
    /// A moment as the parts of a field show it: `26 Nov 2026`, `14:00`.
    #[must_use]
    pub fn of(at: UtcMillis, zone: Zone, words: &Words) -> Self {
        Self { day: words.date(at.day(zone)), hour: words.clock(at, zone), zone }
    }
    /// The moment that is meant, seen from `now`; nothing as long as no day is typed.
    ///
    /// # Errors
    /// Which part is not understood, the day first.
    pub fn read(&self, now: UtcMillis) -> Result<Option<UtcMillis>, Unread> {
        if self.day.trim().is_empty() {
            return Ok(None);
        }
        // Whoever means another zone has its days: its today may be our tomorrow.
        let today = now.day(self.zone);
        let (day, hour, minute) = match moment(&self.day, today) {
            Some(both) => both,
            None => {
                let day = day(&self.day, today).ok_or(Unread::Day)?;
                let (hour, minute) = hour(&self.hour).ok_or(Unread::Hour)?;
                (day, hour, minute)
            }
        };
        Ok(Some(day.at(hour, minute, self.zone)))
    }
    /// The day that is meant, whether or not an hour is.
    #[must_use]
    pub fn day_meant(&self, now: UtcMillis) -> Option<Day> {
        let today = now.day(self.zone);
        moment(&self.day, today).map(|(day, _, _)| day).or_else(|| day(&self.day, today))
    }
    /// The same as the house writes it; what is not understood stays as it was typed.
    #[must_use]
    pub fn settled(&self, now: UtcMillis, words: &Words) -> Self {
        match self.read(now) {
            Ok(Some(at)) => Self::of(at, self.zone, words),
            _ => self.clone(),
        }
    }
}

fn weekday(name: &str, today: Day) -> Option<Day> {
    let wanted = DAYS.iter().position(|names| names.contains(&name))?;
    let is = |d: &Day| usize::try_from(d.date().weekday().to_monday_zero_offset()) == Ok(wanted);
    (1..=7).map(|n| today.plus(n)).find(is)
}

fn month_of(name: &str) -> Option<i8> {
    let begins = |names: &&str| names.split(' ').any(|short| name.starts_with(short) && name.len() >= 3);
    MONTHS.iter().position(begins).and_then(|n| i8::try_from(n + 1).ok())
}

/// `26/11/2026`, `26-11`, `26.11.`
fn figures(text: &str, today: Day) -> Option<Day> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [d, m] => dated(d, m.parse().ok()?, None, today),
        [d, m, y] if y.len() == 4 => dated(d, m.parse().ok()?, y.parse().ok(), today),
        _ => None,
    }
}

fn dated(number: &str, month: i8, year: Option<i16>, today: Day) -> Option<Day> {
    let number: i8 = number.parse().ok()?;
    let at = |year: i16| format!("{year:04}-{month:02}-{number:02}").parse::<Day>().ok();
    match year {
        Some(year) => at(year),
        None => {
            let this = today.date().year();
            at(this).filter(|day| *day >= today).or_else(|| at(this + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use proptest::prelude::*;
    use rstest::rstest;

    fn today() -> Day {
        "2026-11-24".parse().unwrap()
    }

    #[rstest]
    #[case("hari ini", "2026-11-24")]
    #[case("Besok", "2026-11-25")]
    #[case("lusa", "2026-11-26")]
    #[case("tomorrow", "2026-11-25")]
    #[case("selasa", "2026-12-01")]
    #[case("jum", "2026-11-27")]
    #[case("senin depan", "2026-11-30")]
    #[case("26 nov", "2026-11-26")]
    #[case("3 Mei", "2027-05-03")]
    #[case("26 November 2026", "2026-11-26")]
    #[case("Kamis, 26 Nov 2026", "2026-11-26")]
    #[case("26/11/2026", "2026-11-26")]
    #[case("1-2", "2027-02-01")]
    #[case("2026-12-31", "2026-12-31")]
    fn days_as_people_type_them(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(day(text, today()).map(|d| d.to_string()), Some(expected.to_owned()));
    }

    #[rstest]
    #[case("")]
    #[case("kapan-kapan")]
    #[case("31 feb")]
    #[case("99/99/9999")]
    #[case("26 nov 2026 14")]
    #[case("nov")]
    #[case("🗓")]
    fn what_names_no_day(#[case] text: &str) {
        assert_eq!(day(text, today()), None);
    }

    #[rstest]
    #[case("besok 14", ("2026-11-25", 14, 0))]
    #[case("jum 9.30", ("2026-11-27", 9, 30))]
    #[case("27 nov jam 08:00", ("2026-11-27", 8, 0))]
    fn moments_as_people_type_them(#[case] text: &str, #[case] (date, hour, minute): (&str, i8, i8)) {
        assert_eq!(moment(text, today()), Some((date.parse().unwrap(), hour, minute)));
    }

    #[rstest]
    #[case("besok")]
    #[case("besok 25")]
    #[case("besok 9.61")]
    #[case("14")]
    fn what_names_no_moment(#[case] text: &str) {
        assert_eq!(moment(text, today()), None);
    }

    #[test]
    fn every_date_the_house_writes_can_be_typed_again() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for n in 0..400 {
                let d = today().plus(n);
                for text in [words.date(d), words.date_long(d)] {
                    assert_eq!(day(&text, today()), Some(d), "{text}");
                }
            }
        }
    }

    /// Tuesday, 24 November 2026, 22:30 WIB: it is Wednesday already in WITA, and past midnight by half an hour in WIT.
    fn late() -> UtcMillis {
        "2026-11-24T15:30:00Z".parse().unwrap()
    }
    fn typed(day: &str, hour: &str, zone: Zone) -> Typed {
        Typed { day: day.to_owned(), hour: hour.to_owned(), zone }
    }

    #[rstest]
    #[case("besok 14", "", Zone::Wib, Ok(Some("2026-11-25T07:00:00Z")))]
    #[case("besok", "14", Zone::Wib, Ok(Some("2026-11-25T07:00:00Z")))]
    #[case("besok 14", "09:00", Zone::Wib, Ok(Some("2026-11-25T07:00:00Z")))]
    #[case("jum 9.30", "", Zone::Wita, Ok(Some("2026-11-27T01:30:00Z")))]
    // In Jayapura it is the 25th: tomorrow is the 26th.
    #[case("besok", "14", Zone::Wit, Ok(Some("2026-11-26T05:00:00Z")))]
    #[case("", "14:00", Zone::Wib, Ok(None))]
    #[case(" ", "", Zone::Wib, Ok(None))]
    #[case("kapan", "14:00", Zone::Wib, Err(Unread::Day))]
    #[case("besok", "", Zone::Wib, Err(Unread::Hour))]
    #[case("besok", "24:00", Zone::Wib, Err(Unread::Hour))]
    #[case("kapan", "", Zone::Wib, Err(Unread::Day))]
    fn the_moment_that_is_meant(#[case] day: &str, #[case] hour: &str, #[case] zone: Zone, #[case] expected: Result<Option<&str>, Unread>) {
        let expected = expected.map(|at| at.map(|at| at.parse::<UtcMillis>().unwrap()));
        assert_eq!(typed(day, hour, zone).read(late()), expected);
    }

    #[test]
    fn a_day_is_meant_before_its_hour_is_typed() {
        let meant = |day: &str| typed(day, "", Zone::Wib).day_meant(late()).map(|day| day.to_string());
        assert_eq!(meant("besok").as_deref(), Some("2026-11-25"));
        assert_eq!(meant("besok 14").as_deref(), Some("2026-11-25"));
        assert_eq!((meant(""), meant("kapan")), (None, None));
    }

    #[test]
    fn what_is_understood_is_written_as_the_house_does() {
        let words = Words::new(Lang::Id);
        assert_eq!(typed("besok 14", "", Zone::Wib).settled(late(), &words), typed("25 Nov 2026", "14:00", Zone::Wib));
        assert_eq!(typed("kapan", "14", Zone::Wib).settled(late(), &words), typed("kapan", "14", Zone::Wib));
    }

    proptest! {
        #[test]
        fn every_moment_the_house_writes_can_be_typed_again(minutes in -200_000_i64..2_000_000, zone in 0_usize..3, english in any::<bool>()) {
            let words = Words::new(if english { Lang::En } else { Lang::Id });
            let (now, zone) = (late(), Zone::ALL[zone]);
            let at = now.plus(minutes * crate::time::MINUTE);
            let shown = Typed::of(at, zone, &words);
            prop_assert_eq!(shown.read(now), Ok(Some(at)));
            prop_assert_eq!(shown.settled(now, &words), shown.clone());
            let in_one = typed(&format!("{} {}", shown.day, shown.hour), "", zone);
            prop_assert_eq!(in_one.read(now), Ok(Some(at)), "also in one part");
        }
        #[test]
        fn no_text_does_harm(text in ".{0,24}", hour_text in "[0-9:. ]{0,8}") {
            let _ = (day(&text, today()), moment(&text, today()), hour(&text));
            let _ = typed(&text, &hour_text, Zone::Wib).read(late());
        }
        #[test]
        fn an_hour_is_one_of_a_day(text in "[0-9]{1,3}[:.]?[0-9]{0,3}") {
            if let Some((hour, minute)) = hour(&text) {
                prop_assert!((0..24).contains(&hour) && (0..60).contains(&minute), "{}", text);
            }
        }
    }
}
