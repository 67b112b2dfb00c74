//! The words. All text that people read stands in the Fluent catalogues under `locales/`, one folder a language, shared by
//! window, tray, notifications and the server's mails. Bahasa Indonesia is the language of the house; a key that lacks its
//! English is shown in Indonesian, and a test finds it.

mod format;
mod spelled;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

pub use format::{Ago, isolate};

/// The languages of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The tag for `lang="…"`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }
    const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                include_str!("../../locales/id/terms.ftl"),
                include_str!("../../locales/id/desk.ftl"),
                include_str!("../../locales/id/shell.ftl"),
                include_str!("../../locales/id/server.ftl"),
            ],
            Self::En => &[
                include_str!("../../locales/en/terms.ftl"),
                include_str!("../../locales/en/desk.ftl"),
                include_str!("../../locales/en/shell.ftl"),
                include_str!("../../locales/en/server.ftl"),
            ],
        }
    }
}

/// The catalogue of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// An argument of a text.
pub type Arg<'a> = (&'a str, Cow<'a, str>);

impl Words {
    /// Reads the catalogue of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let tag: unic_langid::LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Names are set apart where they are shown (`<bdi>`, `isolate`): marks in every text would spoil searching and copying.
        bundle.set_use_isolating(false);
        // A closure with the language in it would be none that the library takes.
        bundle.set_formatter(Some(if lang == Lang::Id {
            |value, _| counted(Lang::Id, value)
        } else {
            |value, _| counted(Lang::En, value)
        }));
        for source in Lang::Id.sources().iter().chain(if lang == Lang::Id { &[] } else { lang.sources() }) {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }
    /// The same catalogue with every text lengthened by 35 percent and accented, as a language might be that nobody has written
    /// yet (ui.md, section 11). What is filled in stays as it is.
    #[cfg(feature = "long-words")]
    #[must_use]
    pub fn lengthened(mut self) -> Self {
        self.bundle.set_transform(Some(lengthen));
        self
    }
    /// Its language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }
    /// The text of a key; the key itself where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }
    /// The text of a key with its arguments filled in. A whole number among them also chooses a plural.
    #[must_use]
    pub fn with(&self, key: &str, args: &[Arg<'_>]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, argument(value))).collect();
        self.format(key, Some(&args))
    }
    /// The text of a key with a number, by which its plural is chosen.
    #[must_use]
    pub fn count(&self, key: &str, n: i64) -> String {
        let args: FluentArgs<'_> = [("n", FluentValue::from(n))].into_iter().collect();
        self.format(key, Some(&args))
    }
    /// Whether there is a text for this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else { return key.to_owned() };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }
}

/// A text as it is filled in: a number where it is written as numbers are, so that it looks the same and its plural is known.
fn argument<'a>(value: &Cow<'a, str>) -> FluentValue<'a> {
    match value.parse::<i64>() {
        // A year or a version, too: it chooses a plural, and stands as it was given.
        Ok(n) if n.to_string() == **value => {
            let mut number = FluentNumber::from(n);
            number.options.use_grouping = false;
            FluentValue::Number(number)
        }
        _ => FluentValue::String(value.clone()),
    }
}

/// A number of things with its groups.
fn counted(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let text = number.as_string();
    number.options.use_grouping.then(|| text.parse().ok()).flatten().map(|n| format::whole(lang, n))
}

/// Accents on the vowels, and of every three letters one twice: words grow, not only sentences.
#[cfg(feature = "long-words")]
fn lengthen(text: &str) -> Cow<'_, str> {
    let (mut owed, mut long) = (0, String::new());
    for sign in text.chars() {
        let sign = match sign {
            'a' => 'á',
            'e' => 'ë',
            'i' => 'ï',
            'o' => 'ô',
            'u' => 'ü',
            other => other,
        };
        long.push(sign);
        owed += 35;
        if owed >= 100 && sign.is_alphabetic() {
            long.push(sign);
            owed -= 100;
        }
    }
    long.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        decision::Code,
        record::Kind,
        records::{NotificationKind, Source},
        text::Invalid,
    };
    use std::collections::BTreeMap;

    /// The keys of a language, with the arguments each text takes.
    fn keys(lang: Lang) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for source in lang.sources() {
            let mut current = String::new();
            for line in source.lines() {
                if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                    current = key.to_owned();
                    assert!(all.insert(current.clone(), Vec::new()).is_none(), "{lang:?} has {current} twice");
                }
                let args: &mut Vec<String> = all.entry(current.clone()).or_default();
                for part in line.split("{ $").skip(1) {
                    let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    if !args.contains(&name) {
                        args.push(name);
                    }
                }
                args.sort();
            }
        }
        all.remove("");
        all
    }

    #[test]
    fn numbers_of_things_have_their_groups_and_years_have_none() {
        let (id, en) = (Words::new(Lang::Id), Words::new(Lang::En));
        assert_eq!(
            (id.count("report-late-text", 2_159), en.count("report-late-text", 2_159)),
            ("dari 2.159 jawaban".into(), "of 2,159 answers".into())
        );
        assert_eq!(en.count("report-late-text", 1), "of 1 answer");
        assert!(id.date("2026-11-24".parse().unwrap()).ends_with("2026"));
    }

    #[test]
    fn the_languages_are_equal_key_by_key_and_argument_by_argument() {
        let (id, en) = (keys(Lang::Id), keys(Lang::En));
        for (key, args) in &id {
            assert_eq!(Some(args), en.get(key), "{key} differs between the languages");
        }
        assert_eq!(
            id.len(),
            en.len(),
            "English has keys that Indonesian lacks: {:?}",
            en.keys().filter(|k| !id.contains_key(*k)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_catalogues_are_valid_fluent() {
        for lang in Lang::ALL {
            for source in lang.sources() {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{lang:?}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn every_wire_name_has_words() {
        let codes = Code::KNOWN.iter().map(|c| format!("refusal-{}", c.wire().replace('_', "-")));
        let told = NotificationKind::KNOWN.iter().map(|k| format!("notification-{}", k.wire().replace('_', "-")));
        let sources = Source::KNOWN.iter().map(|s| format!("source-{}", s.wire().replace('_', "-")));
        let kinds = Kind::ALL.iter().map(|k| k.word());
        let invalid = [
            Invalid::Required,
            Invalid::TooShort(1),
            Invalid::TooLong(1),
            Invalid::BadCharacter,
            Invalid::Malformed,
            Invalid::Unknown,
            Invalid::OutOfRange,
            Invalid::TooEasy,
            Invalid::Wrong,
        ];
        let invalid = invalid.iter().map(|i| format!("invalid-{}", i.code().replace('_', "-")));
        let acts = crate::command::REGISTRY.iter().map(|s| format!("act-{}", s.name.replace(['.', '_'], "-")));
        for lang in Lang::ALL {
            let known = keys(lang);
            for key in
                codes.clone().chain(told.clone()).chain(sources.clone()).chain(kinds.clone()).chain(invalid.clone()).chain(acts.clone())
            {
                assert!(known.contains_key(&key), "{lang:?} has no words for {key}");
            }
        }
    }

    #[cfg(feature = "long-words")]
    #[test]
    fn long_words_are_a_third_longer_and_keep_what_is_filled_in() {
        let (words, long) = (Words::new(Lang::Id), Words::new(Lang::Id).lengthened());
        let (short, grown) = (words.text("predict-server"), long.text("predict-server"));
        let (short, grown) = (short.chars().count(), grown.chars().count());
        assert!((grown * 100).abs_diff(short * 135) <= 200, "{short} became {grown}");
        assert!(long.with("row-held-by", &[("name", "Hendra Wijaya".into())]).ends_with("Hendra Wijaya"));
    }

    #[test]
    fn one_is_one_also_where_a_number_is_filled_in_as_a_text() {
        let words = Words::new(Lang::En);
        let days = |n: &str| words.with("span-days", &[("n", n.to_owned().into())]);
        assert_eq!([days("1"), days("2"), days("0"), days("01"), days("1,204")], ["1 day", "2 days", "0 days", "01 days", "1,204 days"]);
        assert_eq!(words.span(Ago(crate::time::DAY)), "1 day");
        assert!(words.with("orders-label", &[("n", "1".into())]).ends_with("1 order"));
    }

    #[test]
    fn the_seeds_words_stand_as_they_are() {
        let words = Words::new(Lang::Id);
        assert_eq!(words.text("notification-consultation-waiting"), "Menunggu respon dari admin");
        assert_eq!(words.text("notification-consultation-accepted"), "Konsultasi Diterima");
        assert_eq!(words.text("notification-consultation-rejected"), "Konsultasi Ditolak");
        assert_eq!(words.text("notification-consultation-cancelled"), "Konsultasi Dibatalkan");
        assert_eq!(words.text("no-such-key"), "no-such-key");
    }
}
