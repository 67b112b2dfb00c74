//! What the window wears while it is looked at: language, theme, contrast, sizes of texts and of itself.

/// How the window is dressed for a round of looks. It is judged at the first size, and drawn to the others. It is opened in the first dress,
/// and puts on the others as it stands: whoever changes their language sees it everywhere.
#[derive(Clone, Copy)]
pub(crate) struct Dress {
    pub(crate) name: &'static str,
    pub(crate) situation: &'static str,
    pub(crate) sizes: &'static [(u32, u32)],
    pub(crate) judged: bool,
    /// Whether it is opened anew: where there is room for one pane only the keys lead another way.
    pub(crate) anew: bool,
}
const LARGE: (u32, u32) = (1280, 800);
const SMALL: (u32, u32) = (960, 600);
/// A window of 1280 by 800 at twice its size (WCAG 1.4.10).
const ZOOMED: (u32, u32) = (640, 400);

const ID_LIGHT: Dress = Dress { name: "id-light", situation: "lang=id&theme=light", sizes: &[LARGE, SMALL], judged: true, anew: false };
const EN_DARK: Dress = Dress { name: "en-dark", situation: "lang=en&theme=dark", sizes: &[SMALL, LARGE], judged: true, anew: false };
/// Every text a third longer (ui.md, section 11), at each size that the design has: in the language whose words are longer. Other words are
/// put on where the rules have nothing more to say.
const LONG: Dress = Dress { name: "long", situation: "words=long&theme=light", sizes: &[LARGE, SMALL], judged: false, anew: false };

/// Both languages, and what a third one might be. Words and tones do not change with the size, so that the rules judge each dress once.
pub(crate) const EVERY: &[Dress] = &[ID_LIGHT, EN_DARK, LONG];

/// High contrast, the largest and the smallest texts, a window at twice its size, and there also longer texts.
pub(crate) const HARDER: &[Dress] = &[
    Dress { name: "high-light", situation: "contrast=high&theme=light", sizes: &[LARGE], judged: true, anew: false },
    Dress { name: "high-dark", situation: "contrast=high&theme=dark&lang=en", sizes: &[LARGE], judged: true, anew: false },
    Dress { name: "large-text", situation: "text=130&theme=light", sizes: &[LARGE], judged: true, anew: false },
    Dress { name: "small-text", situation: "text=90&theme=light&lang=en", sizes: &[SMALL], judged: true, anew: false },
    Dress { name: "long-en", situation: "words=long&theme=dark&lang=en", sizes: &[SMALL], judged: false, anew: false },
    Dress { name: "zoomed", situation: "theme=light", sizes: &[ZOOMED], judged: true, anew: true },
    Dress { name: "long-zoomed", situation: "words=long&theme=light", sizes: &[ZOOMED], judged: false, anew: true },
];
