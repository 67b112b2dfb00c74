//! A passphrase that nobody remembers: the way out, and what is left behind.

use bridge::{DeskError, ErrorCode, SessionState, StartAfresh};

use super::{Out, Passphrase, Phase};
use crate::{
    desk::Desk,
    error::{io_error, told},
    folder::Last,
};

impl Desk {
    /// Gives up the files that a forgotten passphrase guards. They are set aside as they are: whoever remembers it later finds
    /// in them what was never sent. The answer is the login, or a new passphrase to choose where somebody has logged in.
    ///
    /// # Errors
    /// `bad_call` while no earlier passphrase is asked for; `disk` when the files cannot be moved: then they stay in use.
    pub async fn start_afresh(&self, _: StartAfresh) -> Result<SessionState, DeskError> {
        let _gate = self.inner.gate.lock().await;
        let phase = std::mem::replace(&mut *self.inner.phase.write().await, Phase::Closed);
        let (next, outcome) = match phase {
            Phase::Passphrase(waiting) if !waiting.choose => match waiting.entry.set_aside(self.inner.parts.clock.utc().ms()) {
                Ok(()) => (self.without_files(waiting), Ok(())),
                Err(error) => (Phase::Passphrase(waiting), Err(io_error(&error))),
            },
            other => (other, Err(told(ErrorCode::BadCall, "no passphrase is asked for"))),
        };
        match outcome {
            Ok(()) => Ok(self.inner.go(next).await),
            Err(error) => {
                *self.inner.phase.write().await = next;
                Err(error)
            }
        }
    }
    /// Whoever has logged in already chooses a passphrase for new files; anybody else logs in.
    fn without_files(&self, waiting: Passphrase) -> Phase {
        match waiting.login {
            Some(_) => Phase::Passphrase(Passphrase { choose: true, ..waiting }),
            None => Phase::Out(self.somebody_else()),
        }
    }
    /// The login of somebody whose account is not known here: all that is kept is the server.
    pub(super) fn somebody_else(&self) -> Out {
        Out { server: self.inner.folder.known().last.as_ref().map(Last::server), ..Out::default() }
    }
}
