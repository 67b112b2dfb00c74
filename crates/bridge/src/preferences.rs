//! What a person sets for their own window. It is read before anybody logs in, and holds nothing personal.

use domain::{
    id::CommandId,
    letters::Letters,
    quiet::QuietHours,
    time::{UtcMillis, Zone},
    words::Lang,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::RangeInclusive};

use crate::account::SessionState;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How strong edges and texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// As the system has it.
    #[default]
    System,
    /// High.
    High,
}

/// Whether things move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system has it.
    #[default]
    System,
    /// They do not.
    Reduced,
}

/// How high the rows of lists are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// 60 pixels.
    #[default]
    Roomy,
    /// 48 pixels.
    Compact,
}

/// What a person set for their own window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// How strong.
    pub contrast: Contrast,
    /// Whether things move.
    pub motion: Motion,
    /// How high the rows of lists are.
    pub density: Density,
    /// How large texts are, in percent: 90 to 130 in steps of ten.
    pub text_percent: u8,
    /// The zone in which this person reads times, has their days and their quiet hours; the organisation's where none is chosen.
    pub zone: Option<Zone>,
    /// How many seconds an act can be undone before it is sent: 0, 5, 8, 15 or 30.
    pub hold_seconds: u8,
    /// The keys of one letter: whether there are any, and which are one's own.
    pub letters: Letters,
    /// What is told of by a notification.
    pub notify: Notify,
    /// When notifications are held back.
    pub quiet: QuietHours,
    /// After how many minutes without anybody the desk locks itself: 1, 5, 10 or 30; 0 for never.
    pub lock_after: u8,
    /// How many megabytes (a million bytes each) of pictures and files are kept on this computer, to be seen without a line: one of
    /// [`Preferences::KEPT`].
    pub kept_mb: u32,
    /// How wide lists are, in pixels, by the name of their screen; where none is said, as the design has them.
    pub widths: BTreeMap<String, u16>,
    /// Whether somebody at this desk has seen the minute of the first day, or did not want it.
    pub welcomed: bool,
}

impl Preferences {
    /// What can be chosen for [`Preferences::kept_mb`].
    pub const KEPT: [u32; 4] = [100, 300, 1_000, 3_000];

    /// How wide a list can be, in pixels.
    pub const WIDE: RangeInclusive<u16> = 300..=720;
    /// For at most so many screens that is kept.
    pub const SCREENS: usize = 20;

    /// Whether all widths can be chosen.
    #[must_use]
    pub fn widths_hold(&self) -> bool {
        let holds = |(screen, width): (&String, &u16)| screen.len() <= 40 && Self::WIDE.contains(width);
        self.widths.len() <= Self::SCREENS && self.widths.iter().all(holds)
    }
    /// How many bytes of pictures and files are kept on this computer.
    #[must_use]
    pub const fn kept_bytes(&self) -> u64 {
        self.kept_mb as u64 * 1_000_000
    }
}

/// In which ways a kind of event is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Ways {
    /// By a notification of the system.
    pub system: bool,
    /// With a sound.
    pub sound: bool,
    /// In the number of what is unread, at the tray and in the title. Only requests, orders, conversations and handed-over work are counted so.
    pub count: bool,
    /// At the end of quiet hours, when it came in them. Only requests, orders, messages and handed-over work can wait so long.
    pub summary: bool,
}

impl Default for Ways {
    fn default() -> Self {
        Self { system: true, sound: false, count: true, summary: true }
    }
}

/// As a file may have it: earlier programs knew only whether a kind is told of.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Told(bool),
    Ways {
        #[serde(default = "yes")]
        system: bool,
        #[serde(default)]
        sound: bool,
        #[serde(default = "yes")]
        count: bool,
        #[serde(default = "yes")]
        summary: bool,
    },
}

const fn yes() -> bool {
    true
}

impl From<Written> for Ways {
    fn from(written: Written) -> Self {
        match written {
            Written::Told(system) => Self { system, ..Self::default() },
            Written::Ways { system, sound, count, summary } => Self { system, sound, count, summary },
        }
    }
}

/// What is told of, and how; the list in the window has everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notify {
    /// A request that waits.
    pub request: Ways,
    /// A request whose deadline is near.
    pub near: Ways,
    /// An order that nobody has taken up yet.
    pub order: Ways,
    /// A message of a client that this person has not read.
    pub message: Ways,
    /// Work that somebody handed over.
    pub assigned: Ways,
    /// A command that was refused, or came too late.
    pub decision: Ways,
    /// Commands that are not sent for long.
    pub stuck: Ways,
    /// Whether names and texts are left out at an open desk too; at a locked one they always are.
    pub hide_names: bool,
}

/// Somebody is at this window: a key was pressed, or the mouse moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {}

/// Shows a notification now, so that a person sees whether the system shows any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestToast {}

/// What the system made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestToastReply {
    /// Whether the system took it.
    pub shown: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            lang: Lang::Id,
            theme: Theme::System,
            contrast: Contrast::System,
            motion: Motion::System,
            density: Density::Roomy,
            text_percent: 100,
            zone: None,
            hold_seconds: 8,
            letters: Letters::default(),
            notify: Notify::default(),
            quiet: QuietHours::default(),
            lock_after: 0,
            kept_mb: 300,
            widths: BTreeMap::new(),
            welcomed: false,
        }
    }
}

/// Everything the window needs for its first picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {}

/// The first picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The person's own settings.
    pub preferences: Preferences,
    /// Who sits here.
    pub session: SessionState,
    /// The program's version.
    pub version: String,
    /// The server's clock as the desk estimates it.
    pub now: UtcMillis,
}

/// What was found when this session's files were opened. It stands until it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// The person has seen it: it is not told again.
    pub seen: bool,
}

/// What was found when the files were opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredReply {
    /// Commands that were held when the program ended, and are being sent.
    pub held: Vec<CommandId>,
    /// The file of the outbox was damaged; what could be saved of it.
    pub salvaged: Option<Salvaged>,
}

/// What was saved of a damaged outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvaged {
    /// Commands that were saved, from the file and from its copies.
    pub commands: u64,
    /// Of these, those that only a copy still had: they may stand there in an earlier state.
    pub from_copies: u64,
    /// Whether all of the damaged file could be read; if not, what was made since the last copy may be lost.
    pub whole: bool,
}

/// The person's own settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPreferences {}

/// Changes them; the answer is what holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPreferences {
    /// All of them.
    pub preferences: Preferences,
}
