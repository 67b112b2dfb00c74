//! Which acts Antrean offers at this moment, for the palette: those of the screen, and those of the open request with what the
//! rulebook says against them, as its own buttons have it.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{consultation, item, note},
    record::Kind,
};

use super::state::InboxState;
use crate::{acting::Offer, actions::Act, pages::rows::Load};

impl InboxState {
    /// How an act stands now; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        if !self.chosen.read().is_empty() && act.is_for_many() {
            // The rulebook judges each of them when it is given.
            return Some(Offer { about_record: true, ..Offer::plain(act) });
        }
        match self.opened.read().record.map(|record| record.kind) {
            Some(kind) if self.chosen.read().is_empty() && (act == Act::Copy || act.is_about(kind)) => match kind {
                Kind::Order => return self.orders.offer(act),
                Kind::Conversation => return self.conversations.offer(act),
                _ => {}
            },
            _ => {}
        }
        let command = match act {
            Act::Select => return (self.cursor.read().listed && self.list.read().total() > 0).then(|| Offer::plain(act)),
            Act::SelectAll => return (self.list.read().total() > 0).then(|| Offer::plain(act)),
            Act::LetIn => return (self.list.read().newer > 0).then(|| Offer::plain(act)),
            Act::Search | Act::Filter | Act::Export | Act::Print => {
                return (self.list.read().load == Load::Here).then(|| Offer::plain(act));
            }
            Act::NewRequest | Act::SaveView => return Some(Offer::plain(act)),
            Act::Whatsapp | Act::Mail => return self.reaches(act).then(|| Offer { about_record: true, ..Offer::plain(act) }),
            Act::Copy => return self.request().map(|_| Offer { about_record: true, ..Offer::plain(act) }),
            Act::Accept => consultation::Accept::NAME,
            Act::Reject => consultation::Reject::NAME,
            Act::Cancel => consultation::Cancel::NAME,
            Act::Snooze => item::SnoozeItem::NAME,
            Act::Wake if !self.is_put_off() => return None,
            Act::Wake => item::Wake::NAME,
            Act::Assign => item::Assign::NAME,
            Act::Claim => self.claim_command(),
            Act::Note => note::Add::NAME,
            _ => return None,
        };
        self.request().filter(|_| self.chosen.read().is_empty())?;
        let word = format!("give-{}", command.replace(['.', '_'], "-"));
        self.shell.may(command).then(|| Offer { word, about_record: true, why_not: self.why_not(command) })
    }
}
