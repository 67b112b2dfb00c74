//! Free text that people type: trimmed, without control characters, of bounded length. The server and the screen call
//! the same constructors; records decode without them, so that an older row never becomes unreadable when a rule tightens.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What is wrong with one value. The code is stable; words for it are in the catalogue (`invalid-…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// Nothing was given where something must be.
    #[error("required")]
    Required,
    /// Fewer characters than the least.
    #[error("too_short")]
    TooShort(usize),
    /// More characters than the most.
    #[error("too_long")]
    TooLong(usize),
    /// A character that this value must not have.
    #[error("bad_character")]
    BadCharacter,
    /// Not of the form this value has.
    #[error("malformed")]
    Malformed,
    /// None of the values that exist.
    #[error("unknown")]
    Unknown,
    /// Outside what is allowed.
    #[error("out_of_range")]
    OutOfRange,
    /// A password that is guessed at once.
    #[error("too_easy")]
    TooEasy,
    /// Not what it is compared with, such as the password that holds.
    #[error("wrong")]
    Wrong,
}

impl Invalid {
    /// The stable code, as it goes over the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::BadCharacter => "bad_character",
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::OutOfRange => "out_of_range",
            Self::TooEasy => "too_easy",
            Self::Wrong => "wrong",
        }
    }
    /// The bound that was passed, in characters, where there is one.
    #[must_use]
    pub const fn bound(self) -> Option<usize> {
        match self {
            Self::TooShort(n) | Self::TooLong(n) => Some(n),
            _ => None,
        }
    }
}

/// Makes one form of a typed text: line ends become `\n`, other control characters go, the ends are trimmed.
/// Characters that only steer direction stay: names in other scripts need them, and the screen isolates them. A text of nothing that is
/// seen is an empty one.
#[must_use]
pub fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let kept: String = unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    if is_blank(&kept) { String::new() } else { kept.trim().to_owned() }
}

/// Whether a character is seen by nobody, or turns its neighbours: what Unicode calls ignorable by default, as far as people meet it,
/// and the blank of Braille. Some of them count as letters.
pub(crate) const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether nothing of a text would be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

/// [`clean`], and then one line: line ends and tabs become single spaces.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bounded(text: String, least: usize, most: usize) -> Result<String, Invalid> {
    match text.chars().count() {
        0 if least > 0 => Err(Invalid::Required),
        n if n < least => Err(Invalid::TooShort(least)),
        n if n > most => Err(Invalid::TooLong(most)),
        _ => Ok(text),
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $cleaned:ident $least:literal ..= $most:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters (Unicode scalar values) it may have.
            pub const MOST: usize = $most;
            /// Cleans and checks a typed text.
            ///
            /// # Errors
            /// [`Invalid::Required`], [`Invalid::TooShort`] or [`Invalid::TooLong`].
            pub fn new(text: &str) -> Result<Self, Invalid> {
                bounded($cleaned(text), $least, $most).map(Self)
            }
            /// Like [`Self::new`], for a value that may be left out: blank counts as left out.
            ///
            /// # Errors
            /// As [`Self::new`].
            pub fn optional(text: Option<&str>) -> Result<Option<Self>, Invalid> {
                match text.map($cleaned) {
                    Some(text) if !text.is_empty() => Self::new(&text).map(Some),
                    _ => Ok(None),
                }
            }
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) } }
        impl fmt::Debug for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:?}", self.0) } }
    )*};
}

texts! {
    /// What a consultation is about, one line (C-36: at most 200).
    Topic = clean_line 1..=200;
    /// What the client adds to a request (C-36: at most 120).
    RequestNote = clean 1..=120;
    /// Why a request was rejected or cancelled; the client reads it (ui.md: 3 to 500).
    Reason = clean 3..=500;
    /// A word to the client with the acceptance (at most 500).
    Message = clean 1..=500;
    /// A note of the staff (at most 2000).
    NoteText = clean 1..=2000;
    /// What an order shall be, or what else its client needs (at most 2000).
    Brief = clean 1..=2000;
    /// A message in a conversation (R-079; at most 4000).
    ChatText = clean 1..=4000;
    /// What a quick reply is called in the list to choose from (at most 60).
    ReplyTitle = clean_line 1..=60;
    /// What a person calls a device or a place (at most 80).
    Label = clean_line 1..=80;
    /// What a person calls a list with its search that they saved (at most 40: it stands in the sidebar).
    ViewName = clean_line 1..=40;
    /// What is looked for in a saved view (at most 200, as a topic is); blank is none.
    ViewSearch = clean_line 0..=200;
}

impl ChatText {
    /// How many characters of a message a notification shows (ui.md, section 8).
    const SHOWN: usize = 80;

    /// What a message says that carries files: it may be nothing.
    ///
    /// # Errors
    /// [`Invalid::TooLong`].
    pub fn beside_files(text: &str) -> Result<Self, Invalid> {
        bounded(clean(text), 0, Self::MOST).map(Self)
    }
    /// Whether it says nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Its first characters, as a notification shows them.
    #[must_use]
    pub fn beginning(&self) -> String {
        self.as_str().chars().take(Self::SHOWN).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds_count_characters_not_bytes() {
        assert!(Topic::new(&"é".repeat(200)).is_ok());
        assert_eq!(Topic::new(&"é".repeat(201)), Err(Invalid::TooLong(200)));
        assert_eq!(Reason::new(" ab "), Err(Invalid::TooShort(3)));
        assert_eq!(Reason::new(" \n\t "), Err(Invalid::Required));
        assert_eq!(RequestNote::optional(Some("  ")), Ok(None));
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        assert_eq!(Topic::new("\u{200b} \u{2060}\u{fe0f}"), Err(Invalid::Required));
        assert_eq!(ChatText::new("\u{3164}\n\u{2800}"), Err(Invalid::Required));
        assert_eq!(RequestNote::optional(Some("\u{202e}\u{ad}")), Ok(None));
        // Beside what is seen they stay: an emoji is made of them.
        assert_eq!(ChatText::new("\u{2764}\u{fe0f}").unwrap().as_str(), "\u{2764}\u{fe0f}");
    }

    #[test]
    fn control_characters_do_not_get_in() {
        assert_eq!(NoteText::new("a\u{0}b\r\nc\u{1b}[31m").unwrap().as_str(), "ab\nc[31m");
        assert_eq!(Topic::new("a\nb\tc").unwrap().as_str(), "a b c");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            prop_assert_eq!(clean(&clean(&text)), clean(&text));
            prop_assert_eq!(clean_line(&clean_line(&text)), clean_line(&text));
        }
    }
}
