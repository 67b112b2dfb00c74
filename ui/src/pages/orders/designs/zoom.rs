//! How large a picture is shown. Plain functions.

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Zoom {
    /// As large as there is room.
    #[default]
    Fit,
    /// In percent: at 100 each of its pixels is one of the window.
    Percent(u16),
}

/// The steps, in percent.
const STEPS: [u16; 9] = [10, 25, 50, 75, 100, 150, 200, 300, 400];

impl Zoom {
    /// The next step that is larger (`true`) or smaller. A picture that fits is taken to stand at 100.
    pub(super) fn step(self, larger: bool) -> Self {
        let now = if let Self::Percent(now) = self { now } else { 100 };
        let next = if larger { STEPS.iter().find(|step| **step > now) } else { STEPS.iter().rev().find(|step| **step < now) };
        Self::Percent(next.copied().unwrap_or(now))
    }
    /// What a key does to it; nothing where the key is none of zooming.
    pub(super) fn by_key(self, key: &str) -> Option<Self> {
        match key {
            "+" | "=" => Some(self.step(true)),
            "-" | "_" => Some(self.step(false)),
            "0" => Some(Self::Fit),
            "1" => Some(Self::Percent(100)),
            _ => None,
        }
    }
    /// How long a side of a picture is then, in pixels of the window; nothing where it fits itself in.
    pub(super) fn of(self, side: u32) -> Option<u32> {
        match self {
            Self::Fit => None,
            Self::Percent(percent) => Some(u32::try_from(u64::from(side) * u64::from(percent) / 100).unwrap_or(u32::MAX).max(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_at_both_ends_and_keys_lead_to_them() {
        assert_eq!((Zoom::Fit.step(true), Zoom::Fit.step(false)), (Zoom::Percent(150), Zoom::Percent(75)));
        assert_eq!((Zoom::Percent(400).step(true), Zoom::Percent(10).step(false)), (Zoom::Percent(400), Zoom::Percent(10)));
        assert_eq!(Zoom::Percent(300).by_key("0"), Some(Zoom::Fit));
        assert_eq!(Zoom::Fit.by_key("1"), Some(Zoom::Percent(100)));
        assert_eq!(Zoom::Fit.by_key("j"), None);
    }

    #[test]
    fn a_side_is_never_nothing() {
        assert_eq!((Zoom::Percent(150).of(200), Zoom::Percent(10).of(3), Zoom::Fit.of(3)), (Some(300), Some(1), None));
    }
}
