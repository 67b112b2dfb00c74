//! Giving commands to the desk, for every screen that has some to give.

use bridge::{DeskError, Submit, Submitted};
use domain::{command::Command, record::RecordRef};

use crate::{components::toast::Undoing, gateway::ask};

/// Gives commands, and offers to take them back.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Giving {
    /// The undo bar.
    pub(crate) undoing: Undoing,
}

impl Giving {
    /// Gives a command about what the person has before them, and offers to take it back; `done` says what was done.
    ///
    /// # Errors
    /// What the desk says; a refusal has its details.
    pub(crate) async fn give(self, command: Command, seen: Vec<RecordRef>, done: String) -> Result<Submitted, DeskError> {
        let submitted = self.give_quietly(command, seen).await?;
        self.undoing.offer(&submitted, done);
        Ok(submitted)
    }
    /// Gives a command that nobody takes back: a note, a reading.
    ///
    /// # Errors
    /// As [`Self::give`].
    pub(crate) async fn give_quietly(self, command: Command, seen: Vec<RecordRef>) -> Result<Submitted, DeskError> {
        ask(Submit { act: command.spec().name.to_owned(), args: command.args(), seen }).await
    }
}
