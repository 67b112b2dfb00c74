//! Which acts Antrean kirim offers at this moment, for the palette.

use bridge::VerdictState;
use dioxus::prelude::*;
use domain::status::Connection;

use super::{
    acts::is_editable,
    state::{OutboxState, Tab},
};
use crate::{acting::Offer, actions::Act, pages::rows::Load, words::refusal};

impl OutboxState {
    /// How an act stands now; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        let opened = self.opened.read().clone().filter(|_| (self.tab)() == Tab::Commands);
        let about = || Offer { about_record: true, ..Offer::plain(act) };
        let decides = || opened.clone().filter(|reply| reply.entry.state.needs_decision());
        match act {
            Act::Pause => {
                let paused = self.shell.status.read().as_ref().is_some_and(|status| status.connection == Connection::Paused);
                Some(Offer { word: if paused { "do-resume" } else { "do-pause" }.to_owned(), ..Offer::plain(act) })
            }
            Act::Print => ((self.tab)() == Tab::Commands && self.list.read().load == Load::Here).then(|| Offer::plain(act)),
            Act::Copy => opened.as_ref().map(|_| Offer { word: "copy-receipt".to_owned(), ..about() }),
            Act::TakeBack => opened.as_ref().filter(|reply| reply.can_undo).map(|_| about()),
            Act::EditAgain => decides().filter(|reply| is_editable(&reply.entry)).map(|_| about()),
            Act::SendAgain => decides().map(|reply| Offer { why_not: self.refused_again(reply.again.as_ref()), ..about() }),
            Act::Handled | Act::Discard => decides().map(|_| about()),
            _ => None,
        }
    }
    /// Why a command cannot be given again as it is.
    fn refused_again(self, again: Option<&VerdictState>) -> Option<String> {
        let shell = self.shell;
        match again? {
            VerdictState::Refused { code, details, .. } => Some(refusal(&shell.words(), code, details, shell.clock.minute(), shell.zone())),
            VerdictState::Allowed | VerdictState::ServerDecides => None,
        }
    }
}
