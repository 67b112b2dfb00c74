//! What the window wears while it is looked at: language, theme, contrast, sizes of texts and of itself.

/// How the window is dressed for a round of looks. It is judged at the first size, and drawn to the others. It is opened in the first dress,
/// and puts on the others as it stands: whoever changes their language sees it everywhere.
#[derive(Clone, Copy)]
pub(crate) struct Dress {
    pub(crate) name: &'static str,
    pub(crate) situation: &'static str,
    pub(crate) sizes: &'static [(u32, u32)],
    pub(crate) judged: bool,
}
const LARGE: (u32, u32) = (1280, 800);
const SMALL: (u32, u32) = (960, 600);
/// A window of 1280 by 800 at twice its size (WCAG 1.4.10).
const ZOOMED: (u32, u32) = (640, 400);

/// Words and tones do not change with the size, so that the rules judge each dress once.
pub(crate) const DRESSES: &[Dress] = &[
    Dress { name: "id-light", situation: "lang=id&theme=light", sizes: &[LARGE, SMALL], judged: true },
    Dress { name: "en-dark", situation: "lang=en&theme=dark", sizes: &[SMALL, LARGE], judged: true },
];

/// High contrast, the largest and the smallest texts, and a window at twice its size: one screen of each kind.
pub(crate) const HARDER: &[Dress] = &[
    Dress { name: "high-light", situation: "contrast=high&theme=light", sizes: &[LARGE], judged: true },
    Dress { name: "high-dark", situation: "contrast=high&theme=dark&lang=en", sizes: &[LARGE], judged: true },
    Dress { name: "large-text", situation: "text=130&theme=light", sizes: &[LARGE], judged: true },
    Dress { name: "small-text", situation: "text=90&theme=light&lang=en", sizes: &[SMALL], judged: true },
    Dress { name: "zoomed", situation: "theme=light", sizes: &[ZOOMED], judged: true },
];

/// Every text a third longer (ui.md, section 11), at each size that the design has: in the language whose words are longer.
pub(crate) const LONGER: &[Dress] = &[Dress { name: "long", situation: "words=long&theme=light", sizes: &[LARGE, SMALL], judged: false }];
/// The other language, and a window at twice its size: one screen of each kind.
pub(crate) const LONGER_HARDER: &[Dress] = &[
    Dress { name: "long-en", situation: "words=long&theme=dark&lang=en", sizes: &[SMALL], judged: false },
    Dress { name: "long-zoomed", situation: "words=long&theme=light", sizes: &[ZOOMED], judged: false },
];
