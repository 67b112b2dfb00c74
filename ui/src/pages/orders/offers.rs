//! Which acts Pesanan desain offers at this moment, for the palette.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{note, order},
    records::Order,
    time::UtcMillis,
};

use super::{designs::DesignsState, state::OrdersState};
use crate::{acting::Offer, actions::Act, pages::rows::Load, shell::Place};

/// Whether an act means an order as it stands: of deleting and bringing back one is always beside the point, and only what was put off is
/// woken.
pub(super) fn is_meant(act: Act, it: &Order, now: UtcMillis) -> bool {
    match act {
        Act::Wake => it.snoozed_at(now).is_some(),
        Act::OrderDelete | Act::KeepFiles => it.deleted.is_none(),
        Act::OrderRestore => it.deleted.is_some(),
        _ => true,
    }
}

impl OrdersState {
    /// How an act stands now; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        let about = || Offer { about_record: true, ..Offer::plain(act) };
        if act.is_for_many() && *self.shell.place.peek() == Place::Orders && !self.chosen.read().is_empty() {
            // The rulebook judges each of them when it is given.
            return Some(about());
        }
        let command = match act {
            Act::Select => return (self.cursor.read().listed && self.list.read().total() > 0).then(|| Offer::plain(act)),
            Act::SelectAll => return (self.list.read().total() > 0).then(|| Offer::plain(act)),
            Act::SaveView => return Some(Offer::plain(act)),
            Act::LetIn => return (self.list.read().newer > 0).then(|| Offer::plain(act)),
            Act::Search | Act::Filter | Act::Export | Act::Print => {
                return (self.list.read().load == Load::Here).then(|| Offer::plain(act));
            }
            Act::NewOrder => return Some(Offer::plain(act)),
            Act::Whatsapp | Act::Mail => return self.reaches(act).then(about),
            act if DesignsState::knows(act) => return self.designs.offer(act, self.order().filter(|it| it.deleted.is_none())?.id),
            Act::KeepFiles => {
                let word = self.keep_word().to_owned();
                return self.opened.read().reply.as_ref().filter(|reply| reply.order.deleted.is_none()).map(|_| Offer { word, ..about() });
            }
            Act::Copy | Act::OrderStatus | Act::OrderProduct => return self.order().map(|_| about()),
            Act::OrderEdit => order::Edit::NAME,
            Act::OrderAssign => order::Assign::NAME,
            Act::OrderNote => order::SetNote::NAME,
            Act::Claim => self.claim_command(),
            Act::Snooze => order::SnoozeOrder::NAME,
            Act::Wake => order::WakeOrder::NAME,
            Act::OrderDelete => order::Delete::NAME,
            Act::OrderRestore => order::Restore::NAME,
            Act::Note => note::Add::NAME,
            Act::Reply | Act::QuickReply | Act::Attach => return self.order().map(|_| Offer { why_not: self.talk.why_not(), ..about() }),
            _ => return None,
        };
        let it = self.order()?;
        let word = format!("give-{}", command.replace(['.', '_'], "-"));
        let may = self.shell.may(command) && is_meant(act, &it, self.shell.clock.minute());
        may.then(|| Offer { word, about_record: true, why_not: self.why_not(command) })
    }
}
