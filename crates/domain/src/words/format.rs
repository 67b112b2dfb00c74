//! Days, times, durations and sizes as the house writes them (ui.md, section 10): `Kamis, 26 Nov 2026`, `14:00 WIB`,
//! `1 j 12 m`, `6,4 MB`.

use jiff::tz::Offset;
use std::borrow::Cow;

use super::{Lang, Words};
use crate::time::{DAY, Day, HOUR, MINUTE, SECOND, UtcMillis, Zone};

/// A span between two moments, for «18 mnt» and «3 j lalu».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago(pub i64);

/// Sets a text of unknown direction apart (Unicode FSI … PDI), so that a name cannot turn the words around it. For toasts,
/// tray and titles; the window uses `<bdi>`. What steers direction inside it goes: it could end its own isolate.
#[must_use]
pub fn isolate(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    format!("\u{2068}{}\u{2069}", text.replace(steers, ""))
}

fn number(n: impl ToString) -> Cow<'static, str> {
    Cow::Owned(n.to_string())
}

impl Words {
    /// Several things in a row: `A`, `A dan B`, `A, B, dan C`.
    #[must_use]
    pub fn listed(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first, second] => self.with("list-two", &[("first", first.into()), ("second", second.into())]),
            [many @ .., last] => self.with("list-many", &[("list", many.join(", ").into()), ("last", last.into())]),
        }
    }
    fn month(&self, day: Day) -> String {
        self.text(&format!("month-{}", day.date().month()))
    }
    fn weekday(&self, day: Day, form: &str) -> String {
        self.text(&format!("weekday-{form}-{}", day.date().weekday().to_monday_one_offset()))
    }
    /// `26 Nov 2026`.
    #[must_use]
    pub fn date(&self, day: Day) -> String {
        self.with("date", &[("day", number(day.date().day())), ("month", self.month(day).into()), ("year", number(day.date().year()))])
    }
    /// `Kamis, 26 Nov 2026`.
    #[must_use]
    pub fn date_long(&self, day: Day) -> String {
        self.with("date-long", &[("weekday", self.weekday(day, "long").into()), ("date", self.date(day).into())])
    }
    /// `Kam, 26 Nov`.
    #[must_use]
    pub fn date_short(&self, day: Day) -> String {
        let (d, m) = (number(day.date().day()), self.month(day).into());
        self.with("date-short", &[("weekday", self.weekday(day, "short").into()), ("day", d), ("month", m)])
    }
    /// `14:00`, without its zone: only where the whole view states one.
    #[must_use]
    pub fn clock(&self, at: UtcMillis, zone: Zone) -> String {
        let t = at.local(zone);
        format!("{:02}:{:02}", t.hour(), t.minute())
    }
    /// `10:42:07`, without its zone.
    #[must_use]
    pub fn clock_seconds(&self, at: UtcMillis, zone: Zone) -> String {
        format!("{}:{:02}", self.clock(at, zone), at.local(zone).second())
    }
    /// `14:00 WIB`.
    #[must_use]
    pub fn time(&self, at: UtcMillis, zone: Zone) -> String {
        format!("{} {}", self.clock(at, zone), zone.label())
    }
    /// `Kamis, 26 Nov 2026, 14:00 WIB`.
    #[must_use]
    pub fn moment(&self, at: UtcMillis, zone: Zone) -> String {
        format!("{}, {}", self.date_long(at.day(zone)), self.time(at, zone))
    }
    /// `Kamis, 26 Nov 2026, 07:00 UTC`.
    #[must_use]
    pub fn moment_utc(&self, at: UtcMillis) -> String {
        let local = Offset::UTC.to_datetime(at.timestamp());
        format!("{}, {:02}:{:02} UTC", self.date_long(Day::from_date(local.date())), local.hour(), local.minute())
    }
    /// A moment near `now`: «Hari ini, 08:54 WIB», «Kemarin, …», else the whole of it.
    #[must_use]
    pub fn near(&self, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
        match self.named_day(at, now, zone) {
            Some(day) => format!("{day}, {}", self.time(at, zone)),
            None => self.moment(at, zone),
        }
    }
    /// The same inside a sentence: «… sampai besok, 08:00 WIB».
    #[must_use]
    pub fn near_within(&self, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
        match self.named_day(at, now, zone) {
            Some(day) => format!("{}, {}", day.to_lowercase(), self.time(at, zone)),
            None => self.moment(at, zone),
        }
    }
    /// «Hari ini», «Kemarin», «Besok»: the days that are called so. The names of other days keep their capitals anywhere.
    fn named_day(&self, at: UtcMillis, now: UtcMillis, zone: Zone) -> Option<String> {
        let (day, today) = (at.day(zone), now.day(zone));
        let named = [("today", 0), ("yesterday", -1), ("tomorrow", 1)].into_iter().find(|(_, d)| today.plus(*d) == day);
        named.map(|(key, _)| self.text(key))
    }
    /// `1 j 12 m`, `18 mnt`, `12 dtk`, `3 hari`: the two largest parts of a span.
    #[must_use]
    pub fn span(&self, Ago(ms): Ago) -> String {
        let ms = ms.abs();
        match ms {
            0..MINUTE => self.with("span-seconds", &[("n", number(ms / SECOND))]),
            MINUTE..HOUR => self.with("span-minutes", &[("n", number(ms / MINUTE))]),
            HOUR..DAY if ms % HOUR < MINUTE => self.with("span-hours", &[("n", number(ms / HOUR))]),
            HOUR..DAY => {
                let minutes = format!("{:02}", ms % HOUR / MINUTE);
                self.with("span-hours-minutes", &[("h", number(ms / HOUR)), ("m", minutes.into())])
            }
            _ => self.with("span-days", &[("n", number(ms / DAY))]),
        }
    }
    /// `31 j 20 m`, `52 mnt`: a span of working time. It has no days: a working day is no day of 24 hours.
    #[must_use]
    pub fn hours(&self, Ago(ms): Ago) -> String {
        let ms = ms.abs();
        if ms < DAY {
            return self.span(Ago(ms));
        }
        let minutes = format!("{:02}", ms % HOUR / MINUTE);
        self.with("span-hours-minutes", &[("h", number(ms / HOUR)), ("m", minutes.into())])
    }
    /// `6,4 MB` (`6.4 MB` in English) or `412 KB`, from bytes.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        if bytes < 999_500 {
            return format!("{} KB", (bytes + 500) / 1_000);
        }
        let (unit, name) = if bytes < 999_950_000 { (1_000_000, "MB") } else { (1_000_000_000, "GB") };
        let tenths = (u128::from(bytes) * 10 + unit / 2) / unit;
        let point = if self.lang() == Lang::Id { ',' } else { '.' };
        format!("{}{point}{} {name}", tenths / 10, tenths % 10)
    }
    /// `1.204`: a whole number with its groups.
    #[must_use]
    pub fn whole(&self, n: i64) -> String {
        whole(self.lang(), n)
    }
}

/// [`Words::whole`].
pub(super) fn whole(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let point = if lang == Lang::Id { '.' } else { ',' };
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(point);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn at(text: &str) -> UtcMillis {
        text.parse().unwrap()
    }

    #[test]
    fn moments_as_the_seeds_write_them() {
        let words = Words::new(Lang::Id);
        let t = at("2026-11-26T07:00:00Z");
        assert_eq!(words.moment(t, Zone::Wib), "Kamis, 26 Nov 2026, 14:00 WIB");
        assert_eq!(words.moment(t, Zone::Wit), "Kamis, 26 Nov 2026, 16:00 WIT");
        assert_eq!(words.moment_utc(t), "Kamis, 26 Nov 2026, 07:00 UTC");
        assert_eq!(words.moment_utc(at("2026-11-26T23:59:59Z")), "Kamis, 26 Nov 2026, 23:59 UTC", "the day is that of UTC too");
        assert_eq!(words.date_short(t.day(Zone::Wib)), "Kam, 26 Nov");
        assert_eq!(words.near(t, at("2026-11-26T10:00:00Z"), Zone::Wib), "Hari ini, 14:00 WIB");
        assert_eq!(words.near(t, at("2026-11-27T10:00:00Z"), Zone::Wib), "Kemarin, 14:00 WIB");
        assert_eq!(words.near_within(t, at("2026-11-25T10:00:00Z"), Zone::Wib), "besok, 14:00 WIB");
        assert_eq!(words.near_within(t, at("2026-11-20T10:00:00Z"), Zone::Wib), "Kamis, 26 Nov 2026, 14:00 WIB");
        assert_eq!(Words::new(Lang::En).moment(t, Zone::Wita), "Thursday, 26 Nov 2026, 15:00 WITA");
    }

    #[rstest]
    #[case(12_000, "12 dtk")]
    #[case(18 * MINUTE, "18 mnt")]
    #[case(HOUR + 12 * MINUTE, "1 j 12 m")]
    #[case(2 * HOUR + 5 * MINUTE, "2 j 05 m")]
    #[case(5 * HOUR, "5 j")]
    #[case(-3 * DAY, "3 hari")]
    fn spans(#[case] ms: i64, #[case] expected: &str) {
        assert_eq!(Words::new(Lang::Id).span(Ago(ms)), expected);
    }

    #[test]
    fn sizes_and_numbers() {
        assert_eq!(Words::new(Lang::Id).size(6_400_000), "6,4 MB");
        assert_eq!(Words::new(Lang::En).size(73_499), "73 KB");
        assert_eq!(Words::new(Lang::En).size(999_499), "999 KB");
        assert_eq!(Words::new(Lang::En).size(999_500), "1.0 MB");
        assert_eq!(Words::new(Lang::Id).whole(1_204), "1.204");
        assert_eq!(Words::new(Lang::En).whole(-1_000_000), "-1,000,000");
    }
}
