//! Keys as the list of acts writes them: `J`, `Ctrl+Z`, `Shift+F6`, `PageDown`.

use crate::browser::Press;

/// The space bar, as browsers name it.
const SPACE: &str = " ";

/// A key with what is held beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chord {
    /// Control, or Command on a Mac.
    pub(crate) ctrl: bool,
    /// Shift.
    pub(crate) shift: bool,
    /// The key itself, as the browser names it.
    pub(crate) key: &'static str,
}

impl Chord {
    /// Reads a key as it is written.
    pub(crate) fn parse(text: &'static str) -> Self {
        let mut chord = Self { ctrl: false, shift: false, key: text };
        while let Some((with, rest)) = chord.key.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
            match with {
                "Ctrl" => chord.ctrl = true,
                "Shift" => chord.shift = true,
                _ => break,
            }
            chord.key = rest;
        }
        if chord.key == "Space" {
            chord.key = SPACE;
        }
        chord
    }
    /// Whether it is a single character: a letter, a figure, a sign. The space bar is none: nobody says it to a computer by mistake.
    pub(crate) fn is_character(&self) -> bool {
        !self.ctrl && self.key.chars().count() == 1 && self.key != SPACE
    }
    /// Whether it is a function key, which no field wants.
    pub(crate) fn is_function(&self) -> bool {
        self.key.len() > 1 && self.key.starts_with('F') && self.key[1..].bytes().all(|b| b.is_ascii_digit())
    }
    /// Whether this was pressed. With the capitals lock on a letter is still the same key; signs stand where a layout puts
    /// them, so Shift does not count for them.
    pub(crate) fn is(&self, press: &Press) -> bool {
        let letter = self.key.len() == 1 && self.key.bytes().all(|b| b.is_ascii_alphabetic());
        let sign = self.key.chars().count() == 1 && !letter;
        let same = if letter { self.key.eq_ignore_ascii_case(&press.key) } else { self.key == press.key };
        same && self.ctrl == press.ctrl && !press.alt && (sign || self.shift == press.shift)
    }
}

/// The parts of a key as its caps are labelled: `Ctrl`, `Z`; on a Mac `⌘`, `Z`.
pub(crate) fn label(text: &'static str, mac: bool) -> Vec<&'static str> {
    let chord = Chord::parse(text);
    let ctrl = if mac { "⌘" } else { "Ctrl" };
    let key = match chord.key {
        // Of the signs on keys the window's own font has these alone: the one for Enter would be another font's, or a box.
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        "Escape" => "Esc",
        "PageDown" => "PgDn",
        "PageUp" => "PgUp",
        SPACE => "Space",
        other => other,
    };
    [chord.ctrl.then_some(ctrl), chord.shift.then_some("Shift"), Some(key)].into_iter().flatten().collect()
}

/// The same for assistive technology: `Control+Z`.
pub(crate) fn aria(text: &str, mac: bool) -> String {
    text.replace("Ctrl", if mac { "Meta" } else { "Control" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_as_they_are_written() {
        assert_eq!((Chord::parse("Space").key, label("Space", false)), (" ", vec!["Space"]));
        assert_eq!(Chord::parse("Ctrl+Z"), Chord { ctrl: true, shift: false, key: "Z" });
        assert_eq!(Chord::parse("Shift+F6"), Chord { ctrl: false, shift: true, key: "F6" });
        assert_eq!(Chord::parse("Ctrl+,").key, ",");
        assert!(Chord::parse("F6").is_function() && !Chord::parse("F").is_function());
        assert_eq!(label("Ctrl+Z", false), ["Ctrl", "Z"]);
        assert_eq!(label("Ctrl+Z", true), ["⌘", "Z"]);
        assert_eq!(label("ArrowDown", false), ["↓"]);
        assert_eq!(aria("Ctrl+Z", false), "Control+Z");
    }
}
