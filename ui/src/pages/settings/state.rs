//! Which section of the settings is open.

use dioxus::prelude::*;

use crate::{
    browser,
    pages::rows::Pane,
    shell::{Place, Shell, task},
};

/// The sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Section {
    /// Notifikasi.
    #[default]
    Notify,
    /// Jam tenang.
    Quiet,
    /// Perangkat & kunci.
    Guard,
    /// Bahasa & zona.
    Tongue,
    /// Tampilan.
    Looks,
    /// Pintasan.
    Keys,
    /// Sinkron & data lokal.
    Data,
    /// Tentang & diagnosa.
    About,
}

impl Section {
    /// All of them, from top to bottom.
    pub(crate) const ALL: [Self; 8] =
        [Self::Notify, Self::Quiet, Self::Guard, Self::Tongue, Self::Looks, Self::Keys, Self::Data, Self::About];

    /// The key of its name, which is also the id of its heading.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Notify => "settings-notify",
            Self::Quiet => "settings-quiet",
            Self::Guard => "settings-guard",
            Self::Tongue => "settings-tongue",
            Self::Looks => "settings-look",
            Self::Keys => "settings-keys",
            Self::Data => "settings-data",
            Self::About => "settings-about",
        }
    }
    /// Its glyph.
    pub(crate) const fn glyph(self) -> &'static str {
        match self {
            Self::Notify => "bell",
            Self::Quiet => "moon",
            Self::Guard => "monitor",
            Self::Tongue => "globe",
            Self::Looks => "sun",
            Self::Keys => "keyboard",
            Self::Data => "sy-ok",
            Self::About => "info",
        }
    }
    /// The key of how far it reaches.
    pub(crate) const fn scope(self) -> &'static str {
        match self {
            Self::Guard | Self::About => "settings-scope-computer",
            Self::Data => "settings-scope-account",
            _ => "settings-scope",
        }
    }
    /// Its settings, by the ids of their controls, which are also the keys of their names.
    const fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Notify => &[
                "set-hide-names",
                "set-try",
                "set-notify-request",
                "set-notify-order",
                "set-notify-near",
                "set-notify-assigned",
                "set-notify-decision",
                "set-notify-stuck",
            ],
            Self::Quiet => &["set-quiet-now", "set-quiet-on", "set-quiet-from"],
            Self::Guard => &["set-lock-after", "set-devices", "set-password"],
            Self::Tongue => &["set-lang", "set-zone"],
            Self::Looks => &["set-theme", "set-contrast", "set-text", "set-motion", "set-density"],
            Self::Keys => &["set-letters"],
            Self::Data => &["set-hold", "set-check", "set-wipe"],
            Self::About => &["set-welcome", "set-diagnose", "set-licences"],
        }
    }
    /// The id of its line in the list of sections.
    pub(super) fn line(self) -> String {
        format!("to-{}", self.word())
    }
    /// So many below it, as far as there are any.
    pub(super) fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|it| *it == self).unwrap_or(0);
        Self::ALL[at.saturating_add_signed(by).min(Self::ALL.len() - 1)]
    }
}

/// Every section and every setting, where the palette leads.
pub(crate) fn places() -> impl Iterator<Item = &'static str> {
    Section::ALL.into_iter().flat_map(|section| [section.word()].into_iter().chain(section.settings().iter().copied()))
}

/// The settings.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct SettingsState {
    shell: Shell,
    /// The open section.
    pub(crate) section: Signal<Section>,
    /// Which pane is seen where there is room for one.
    pub(crate) pane: Signal<Pane>,
}

impl SettingsState {
    /// The first section.
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, section: Signal::default(), pane: Signal::default() }
    }
    /// Forgets where whoever sat here was.
    pub(crate) fn leave(mut self) {
        self.section.set(Section::default());
        self.pane.set(Pane::List);
    }
    /// Opens the screen where it was left. Its list of sections gets the focus, as the rows of other screens do.
    pub(crate) fn enter(self) {
        self.shell.go(Place::Settings);
        focus_soon(self.section.peek().line(), None);
    }
    /// Opens a section by its line in the list: the focus stays there.
    pub(super) fn choose(mut self, section: Section) {
        self.section.set(section);
        // The line is there already: the next key finds the focus on it.
        browser::focus(&section.line());
    }
    /// Opens a section, a setting, or another control in one of them, by its id: it gets the focus.
    pub(crate) fn open(mut self, id: &'static str) {
        let has = |section: &Section| section.word() == id || section.settings().contains(&id);
        if let Some(section) = Section::ALL.into_iter().find(has) {
            self.section.set(section);
        }
        self.pane.set(Pane::Detail);
        self.shell.go(Place::Settings);
        focus_soon(id.to_owned(), None);
    }
    /// Back to the list of sections.
    pub(super) fn back(mut self) {
        self.pane.set(Pane::List);
        focus_soon(self.section.peek().line(), None);
    }
}

/// Gives something the focus that is drawn first, and brings it into sight, with what stands around it as far as there is room.
pub(super) fn focus_soon(id: String, around: Option<&'static str>) {
    task(async move {
        browser::sleep(0).await;
        if let Some(around) = around {
            browser::show(around);
        }
        browser::show(&id);
        browser::focus(&id);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_stands_once_and_the_list_has_two_ends() {
        let all: Vec<&str> = places().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
        assert_eq!((Section::Notify.step(-1), Section::Notify.step(1)), (Section::Notify, Section::Quiet));
        assert_eq!((Section::About.step(1), Section::Quiet.step(isize::MAX)), (Section::About, Section::About));
        assert_eq!(Section::Looks.step(isize::MIN), Section::Notify);
    }
}
