//! Moments, days and zones. Moments are UTC milliseconds inside and on the wire; people see a zone.
//! Nothing here reads a clock.

use jiff::{
    civil::Date,
    tz::{self, TimeZone},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

use crate::text::Invalid;

/// A moment, in UTC milliseconds since 1970. On the wire `2026-11-26T07:00:00.000Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UtcMillis(i64);

/// Milliseconds in a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

/// The last moment of the year 9999, the last one that the wire's form can write.
const LAST: i64 = 253_402_300_799_999;

impl UtcMillis {
    /// The moment so many milliseconds after 1970; what lies outside the years 0 to 9999 is moved to the edge.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        const FIRST: i64 = -62_167_219_200_000;
        Self(if ms > LAST {
            LAST
        } else if ms < FIRST {
            FIRST
        } else {
            ms
        })
    }
    /// Milliseconds since 1970.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }
    /// The moment `ms` milliseconds later (earlier when negative).
    #[must_use]
    pub const fn plus(self, ms: i64) -> Self {
        Self::from_ms(self.0.saturating_add(ms))
    }
    /// Milliseconds from `earlier` to this moment.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
    /// The same moment for calculations with the calendar.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
    /// The day and the time of day that people in `zone` read at this moment.
    #[must_use]
    pub fn local(self, zone: Zone) -> jiff::civil::DateTime {
        zone.tz().to_datetime(self.timestamp())
    }
    /// The day that people in `zone` have at this moment.
    #[must_use]
    pub fn day(self, zone: Zone) -> Day {
        Day(self.local(zone).date())
    }
}

impl fmt::Display for UtcMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = tz::Offset::UTC.to_datetime(self.timestamp());
        let (y, mo, d) = (t.year(), t.month(), t.day());
        let (h, mi, s, ms) = (t.hour(), t.minute(), t.second(), t.millisecond());
        write!(f, "{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}.{ms:03}Z")
    }
}
impl fmt::Debug for UtcMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for UtcMillis {
    type Err = Invalid;
    /// Any RFC 3339 moment is understood; an offset is turned to UTC, what is finer than milliseconds is cut off.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let stamp: jiff::Timestamp = text.parse().map_err(|_| Invalid::Malformed)?;
        let (first, last) = (Self::from_ms(i64::MIN).0, LAST);
        let ms = stamp.as_millisecond();
        if (first..=last).contains(&ms) { Ok(Self(ms)) } else { Err(Invalid::Malformed) }
    }
}

/// A calendar day without a zone, `2026-11-26`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// Takes over a civil date.
    #[must_use]
    pub const fn from_date(date: Date) -> Self {
        Self(date)
    }
    /// The civil date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }
    /// The day `days` later (earlier when negative); stays where it is at the end of the calendar.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        jiff::Span::new().try_days(days).ok().and_then(|span| self.0.checked_add(span).ok()).map_or(self, Self)
    }
    /// The same day of the next year (28 Feb for 29 Feb).
    #[must_use]
    pub fn next_year(self) -> Self {
        self.0.checked_add(jiff::Span::new().years(1)).map_or(self, Self)
    }
    /// The moment at which `hour:minute` of this day comes in `zone`.
    #[must_use]
    pub fn at(self, hour: i8, minute: i8, zone: Zone) -> UtcMillis {
        let local = self.0.at(hour, minute, 0, 0);
        zone.tz().to_timestamp(local).map_or_else(|_| UtcMillis::default(), |t| UtcMillis::from_ms(t.as_millisecond()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}
impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Day {
    type Err = Invalid;
    /// Ten characters, `YYYY-MM-DD`, a day that exists.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let b = text.as_bytes();
        let shaped = b.len() == 10 && b.iter().enumerate().all(|(i, c)| if i == 4 || i == 7 { *c == b'-' } else { c.is_ascii_digit() });
        if !shaped {
            return Err(Invalid::Malformed);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().map_err(|_| Invalid::Malformed);
        let (y, m, d) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let small = |n: i16| i8::try_from(n).map_err(|_| Invalid::Malformed);
        Date::new(y, small(m)?, small(d)?).map(Self).map_err(|_| Invalid::Malformed)
    }
}

macro_rules! as_text {
    ($name:ident, $format:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}
as_text!(UtcMillis, "date-time");
as_text!(Day, "date");

/// The zones of Indonesia (facts 4.7). IANA rules are used, because the offsets were others before 1964 and 1988.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Zone {
    /// Waktu Indonesia Barat, UTC+7: Sumatra, Java, West and Central Kalimantan.
    #[default]
    Wib,
    /// Waktu Indonesia Tengah, UTC+8: Bali, Sulawesi, the rest of Kalimantan.
    Wita,
    /// Waktu Indonesia Timur, UTC+9: Maluku, Papua.
    Wit,
}

impl Zone {
    /// All zones, from west to east.
    pub const ALL: [Self; 3] = [Self::Wib, Self::Wita, Self::Wit];

    /// The name in the IANA database, which is also the wire's.
    #[must_use]
    pub const fn iana(self) -> &'static str {
        match self {
            Self::Wib => "Asia/Jakarta",
            Self::Wita => "Asia/Makassar",
            Self::Wit => "Asia/Jayapura",
        }
    }
    /// The label that stands behind every time on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }
    /// The city people know the zone by.
    #[must_use]
    pub const fn city(self) -> &'static str {
        match self {
            Self::Wib => "Jakarta",
            Self::Wita => "Makassar",
            Self::Wit => "Jayapura",
        }
    }
    /// The rules of the zone.
    #[must_use]
    pub fn tz(self) -> TimeZone {
        const WIB: TimeZone = tz::get!("Asia/Jakarta");
        const WITA: TimeZone = tz::get!("Asia/Makassar");
        const WIT: TimeZone = tz::get!("Asia/Jayapura");
        match self {
            Self::Wib => WIB.clone(),
            Self::Wita => WITA.clone(),
            Self::Wit => WIT.clone(),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iana())
    }
}
impl FromStr for Zone {
    type Err = Invalid;
    /// The IANA name (Pontianak counts as Jakarta) or the label.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "Asia/Jakarta" | "Asia/Pontianak" | "WIB" => Ok(Self::Wib),
            "Asia/Makassar" | "Asia/Ujung_Pandang" | "WITA" => Ok(Self::Wita),
            "Asia/Jayapura" | "WIT" => Ok(Self::Wit),
            _ => Err(Invalid::Unknown),
        }
    }
}
impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.iana())
    }
}
impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Zone {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "enum": ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_moment_in_three_zones() {
        // facts 4.7: 2025-11-26 14:00 WIB = 15:00 WITA = 16:00 WIT = 07:00Z
        let t: UtcMillis = "2025-11-26T07:00:00Z".parse().unwrap();
        let hours: Vec<i8> = Zone::ALL.iter().map(|z| t.local(*z).hour()).collect();
        assert_eq!(hours, [14, 15, 16]);
        assert_eq!(t.to_string(), "2025-11-26T07:00:00.000Z");
        let day: Day = "2025-11-26".parse().unwrap();
        assert!(Zone::ALL.iter().zip(14..).all(|(z, hour)| day.at(hour, 0, *z) == t));
    }

    #[test]
    fn the_day_turns_where_people_are() {
        let t: UtcMillis = "2026-11-25T16:30:00.000Z".parse().unwrap();
        let days: Vec<String> = Zone::ALL.iter().map(|z| t.day(*z).to_string()).collect();
        assert_eq!(days, ["2026-11-25", "2026-11-26", "2026-11-26"]);
    }

    #[test]
    fn old_offsets_follow_the_iana_rules() {
        let t: UtcMillis = "1963-06-01T00:00:00Z".parse().unwrap();
        assert_eq!(t.local(Zone::Wib).to_string(), "1963-06-01T07:30:00", "Jakarta was +07:30 before 1964");
    }

    #[test]
    fn days_are_strict() {
        for bad in ["2026-2-03", "2026-02-30", "26-02-03", "2026-02-03T00:00", "２026-02-03", "2026/02/03", "-026-02-03"] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        let leap: Day = "2028-02-29".parse().unwrap();
        assert_eq!(leap.next_year().to_string(), "2029-02-28");
        assert_eq!(leap.plus(1).to_string(), "2028-03-01");
    }

    proptest! {
        #[test]
        fn a_moment_survives_the_wire(ms in -62_167_219_200_000_i64..=LAST) {
            let t = UtcMillis::from_ms(ms);
            prop_assert_eq!(t.to_string().parse::<UtcMillis>().unwrap(), t);
        }
        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,40}") {
            let _ = text.parse::<UtcMillis>();
            let _ = text.parse::<Day>();
            let _ = text.parse::<Zone>();
        }
    }
}
