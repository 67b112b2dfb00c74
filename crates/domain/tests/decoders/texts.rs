//! Single values that people type, and the tables that come with the program.

use domain::{
    calendar::Holiday,
    name::{Email, PersonName},
    phone::Phone,
    record::{Kind, RecordRef},
    role::Principal,
    text::{Label, Message, NoteText, Reason, RequestNote, Topic},
    time::{Day, UtcMillis, Zone},
    words::isolate,
};
use hostile::{TEXTS, text_near};
use proptest::prelude::*;

use crate::{bounded, samples::ID};

/// What was taken is taken again, as the same.
fn stays<T: PartialEq + std::fmt::Debug, E: PartialEq + std::fmt::Debug>(
    text: &str,
    read: impl Fn(&str) -> Result<T, E>,
    written: impl Fn(&T) -> String,
) {
    if let Ok(taken) = bounded(text.len(), || read(text)) {
        assert_eq!(read(&written(&taken)).as_ref(), Ok(&taken), "{text:?}");
    }
}

fn typed(text: &str) {
    stays(text, PersonName::new, ToString::to_string);
    stays(text, Email::new, ToString::to_string);
    stays(text, Phone::new, |it| it.as_str().to_owned());
    stays(text, Topic::new, ToString::to_string);
    stays(text, RequestNote::new, ToString::to_string);
    stays(text, Reason::new, ToString::to_string);
    stays(text, Message::new, ToString::to_string);
    stays(text, NoteText::new, ToString::to_string);
    stays(text, Label::new, ToString::to_string);
    stays(text, str::parse::<UtcMillis>, ToString::to_string);
    stays(text, str::parse::<Day>, ToString::to_string);
    stays(text, str::parse::<Zone>, ToString::to_string);
    stays(text, str::parse::<RecordRef>, ToString::to_string);
    assert!(text.parse::<Principal>().is_err() || text.parse::<Principal>().is_ok_and(|it| it.to_string() == text));
}

#[test]
fn the_known_texts() {
    TEXTS.iter().for_each(|text| typed(text));
    typed(&"x".repeat(1 << 16));
}

/// Two addresses that look the same are one address: no letter in them is unseen, or turns its neighbours.
#[test]
fn an_address_has_no_letter_that_nobody_sees() {
    for unseen in
        ['\u{200b}', '\u{200d}', '\u{200e}', '\u{202e}', '\u{2060}', '\u{2066}', '\u{2069}', '\u{feff}', '\u{ad}', '\u{61c}', '\u{180e}']
    {
        for address in [format!("de{unseen}wi@x.id"), format!("dewi@x{unseen}.id"), format!("{unseen}dewi@x.id")] {
            assert!(Email::new(&address).is_err(), "{address:?}");
        }
    }
    assert!(Email::new("dewi.anggraini+kantor@ruang-karsa.co.id").is_ok());
}

/// Whatever a name holds, the words behind it keep their direction: nothing in it ends its isolate.
#[test]
fn nothing_leaves_its_isolate() {
    for text in TEXTS.iter().chain(&["a\u{2069}\u{202e}b", "\u{2066}\u{2067}\u{2068}\u{202a}\u{202b}\u{202d}\u{202c}x"]) {
        let set_apart = isolate(text);
        let inner = set_apart.strip_prefix('\u{2068}').and_then(|rest| rest.strip_suffix('\u{2069}')).unwrap();
        assert!(!inner.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')), "{inner:?}");
    }
    assert_eq!(isolate("Nur\u{2019}aini \u{5d0}\u{5d1}"), "\u{2068}Nur\u{2019}aini \u{5d0}\u{5d1}\u{2069}", "other scripts stay");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_is_typed(text in text_near(&["Nur'aini Al-Farizi, S.Psi.", "dewi@ruangkarsa.id", "+62 0812-3456-7890", "2026-11-26", "2026-11-26T07:00:00.000Z",
        "Asia/Jakarta", "consultation/019abf6b-9d3c-7c11-8a52-0123456789ab", "role:admin", "user:019abf6b-9d3c-7c11-8a52-0123456789ab"])) {
        typed(&text);
    }

    #[test]
    fn holiday_tables(text in text_near(&[include_str!("../../data/holidays.csv"), "date,kind,name\n2026-01-01,public,Tahun Baru, lagi\n# remark\n"])) {
        if let Ok(table) = bounded(text.len(), || Holiday::table(&text)) {
            let written: String = table.iter().map(|h| format!("{},{},{}\n", h.date, serde_json::to_value(h.kind).unwrap().as_str().unwrap(), h.name)).collect();
            prop_assert_eq!(Holiday::table(&written), Ok(table), "what was read is written as it was");
        }
    }
}

/// Each table and catalogue that comes with the program is read to its last line.
#[test]
fn the_bundled_table_is_whole() {
    let lines = include_str!("../../data/holidays.csv").lines().filter(|line| line.starts_with("20")).count();
    assert_eq!(Holiday::bundled().len(), lines);
    assert!(Kind::ALL.iter().all(|kind| kind.to_string().parse() == Ok(*kind)) && ID.len() == 36);
}
