//! What a person sets for their own window. It is read before anybody logs in, and holds nothing personal.

use domain::{id::CommandId, time::UtcMillis, words::Lang};
use serde::{Deserialize, Serialize};

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
    /// How many seconds an act can be undone before it is sent: 0, 5, 8, 15 or 30.
    pub hold_seconds: u8,
    /// Whether a notification makes a sound.
    pub sound: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { lang: Lang::Id, theme: Theme::System, contrast: Contrast::System, motion: Motion::System, hold_seconds: 8, sound: false }
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
    /// Commands that were held when the program ended, and are being sent.
    pub recovered: Vec<CommandId>,
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
