//! Which section of the settings is open.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{quick_reply, setting},
};

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
    /// Balasan cepat.
    Replies,
    /// Organisasi.
    Organisation,
    /// Sinkron & data lokal.
    Data,
    /// Tentang & diagnosa.
    About,
}

impl Section {
    /// All of them, from top to bottom.
    pub(crate) const ALL: [Self; 10] = [
        Self::Notify,
        Self::Quiet,
        Self::Guard,
        Self::Tongue,
        Self::Looks,
        Self::Keys,
        Self::Replies,
        Self::Organisation,
        Self::Data,
        Self::About,
    ];

    /// Those that this person has, from top to bottom: what may not be opened is absent.
    pub(super) fn of(shell: Shell) -> Vec<Self> {
        Self::ALL.into_iter().filter(|section| section.is_for(shell)).collect()
    }
    /// Whether this person has it.
    fn is_for(self, shell: Shell) -> bool {
        match self {
            Self::Replies => shell.may(quick_reply::Save::NAME),
            Self::Organisation => shell.may(setting::Set::NAME),
            _ => true,
        }
    }

    /// The key of its name, which is also the id of its heading.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Notify => "settings-notify",
            Self::Quiet => "settings-quiet",
            Self::Guard => "settings-guard",
            Self::Tongue => "settings-tongue",
            Self::Looks => "settings-look",
            Self::Keys => "settings-keys",
            Self::Replies => "settings-replies",
            Self::Organisation => "settings-organisation",
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
            Self::Replies => "bolt",
            Self::Organisation => "flag",
            Self::Data => "sy-ok",
            Self::About => "info",
        }
    }
    /// The key of how far it reaches.
    pub(crate) const fn scope(self) -> &'static str {
        match self {
            Self::Guard => "settings-scope-guard",
            Self::About => "settings-scope-computer",
            Self::Data => "settings-scope-account",
            Self::Replies => "settings-scope-staff",
            Self::Organisation => "settings-scope-organisation",
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
                "set-notify-message",
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
            Self::Replies => &["set-reply-new"],
            Self::Organisation => &["set-uploaders", "set-retention"],
            Self::Data => &["set-hold", "set-kept-orders", "set-check", "set-wipe"],
            Self::About => &["set-welcome", "set-diagnose", "set-licences"],
        }
    }
    /// The id of its line in the list of sections.
    pub(super) fn line(self) -> String {
        format!("to-{}", self.word())
    }
    /// So many below it among these, as far as there are any.
    pub(super) fn step(self, by: isize, all: &[Self]) -> Self {
        let at = all.iter().position(|it| *it == self).unwrap_or(0);
        all.get(at.saturating_add_signed(by).min(all.len().saturating_sub(1))).copied().unwrap_or(self)
    }
}

/// Every section and every setting, where the palette leads.
pub(crate) fn places(shell: Shell) -> Vec<&'static str> {
    places_of(&Section::of(shell))
}

fn places_of(sections: &[Section]) -> Vec<&'static str> {
    let all = sections.iter().flat_map(|section| [section.word()].into_iter().chain(section.settings().iter().copied()));
    all.collect()
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
        let all = places_of(&Section::ALL);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
        let step = |from: Section, by| from.step(by, &Section::ALL);
        assert_eq!((step(Section::Notify, -1), step(Section::Notify, 1)), (Section::Notify, Section::Quiet));
        assert_eq!((step(Section::About, 1), step(Section::Quiet, isize::MAX)), (Section::About, Section::About));
        assert_eq!(step(Section::Looks, isize::MIN), Section::Notify);
        let without: Vec<Section> = Section::ALL.into_iter().filter(|it| !matches!(it, Section::Replies | Section::Organisation)).collect();
        assert_eq!(Section::Keys.step(1, &without), Section::Data, "what somebody has not is passed over");
    }
}
