//! What happened: as a hash, by which two runs of one seed are compared, and as lines where somebody wants to read them.

use std::{
    fmt::Write as _,
    hash::{DefaultHasher, Hasher},
};

use crate::world::Ev;

#[derive(Default)]
pub(crate) struct Trace {
    hash: DefaultHasher,
    lines: Option<Vec<String>>,
    text: String,
    pub(crate) events: u64,
}

impl Trace {
    /// With lines to be read, or without.
    pub(crate) fn new(lines: bool) -> Self {
        Self { lines: lines.then(Vec::new), ..Self::default() }
    }
    pub(crate) fn event(&mut self, now: i64, ev: &Ev) {
        self.events += 1;
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let _ = write!(text, "{ev:?}");
        self.line(now, &text);
        self.text = text;
    }
    pub(crate) fn line(&mut self, now: i64, text: &str) {
        self.hash.write_i64(now);
        self.hash.write(text.as_bytes());
        if let Some(lines) = &mut self.lines {
            let short: String = text.chars().take(400).collect();
            lines.push(format!("{now:>9}  {short}"));
        }
    }
    pub(crate) fn hash(&self) -> u64 {
        self.hash.finish()
    }
    pub(crate) fn lines(&mut self) -> Vec<String> {
        self.lines.take().unwrap_or_default()
    }
}
