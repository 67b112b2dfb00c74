//! The beginning of a history: everything open (a locked desk only asks where the head is), and what the server remembers of this desk's commands.

use super::{
    core::Core,
    recover::{Break, Trouble},
};
use crate::{backoff::Backoff, fault::Fault, transport::Ask};

/// After so many answers that were cut off, what is open is not asked for in one answer any more: a line that is cut again and again
/// before that has come would never have a beginning. The walk has marks, and goes on from the last.
const CUT: u32 = 2;
/// How many commands are asked about at once; the server takes 10,000.
const ASKED: usize = 1_000;

impl Core {
    /// Sees to it that there is a first page, and that the server was asked.
    pub(super) async fn begin(&self) -> Result<(), Break> {
        let (mut backoff, mut cuts) = (Backoff::default(), 0);
        loop {
            let seen = self.wanted();
            match self.try_begin(cuts >= CUT, &mut backoff).await {
                Ok(()) => return Ok(()),
                Err(trouble) => {
                    cuts += u32::from(matches!(trouble, Trouble::Fault(Fault::Cut)));
                    self.recover(trouble, seen, &mut backoff).await?;
                }
            }
        }
    }
    async fn try_begin(&self, head_alone: bool, backoff: &mut Backoff) -> Result<(), Trouble> {
        let stand = self.files.stand().await?;
        self.link.line().complete = stand.walked;
        if stand.live.is_none() {
            self.link.line().behind = true;
            self.show();
            // Beside a mirror that is shown nothing is begun that could not be shown in its place.
            self.read(if head_alone && !stand.beside { Ask::Head } else { self.files.first() }, backoff).await?;
        }
        if !stand.asked {
            self.remember().await?;
        }
        Ok(())
    }
    /// Asks which commands the server knows, and takes in what it says. Nothing is replayed: what was done and is not known
    /// any more waits for a person.
    async fn remember(&self) -> Result<(), Trouble> {
        let mut ids = self.files.to_ask(self.now()).await?;
        if domain::planted::planted("never_asked") {
            ids.clear();
        }
        for ids in ids.chunks(ASKED) {
            let answer = self.ask_known(ids).await?;
            let known = self.files.known(&answer, self.now()).await?;
            self.tell(known.applied);
        }
        Ok(self.files.asked(self.now()).await?)
    }
}
