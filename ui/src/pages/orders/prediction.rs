//! What the foot of an order says above its acts: what the next step is and what the client will read, or why nothing can be done
//! (ui.md, principles 7 and 8).

use bridge::{OrderDetailReply, VerdictState};
use domain::{
    records::{NotificationKind, OrderStatus},
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};

use super::detail::PATH;
use crate::{pages::rows::refusals, words::client_reads};

/// The situation that the sentences are about.
pub(super) struct About<'a> {
    pub(super) words: &'a Words,
    pub(super) reply: &'a OrderDetailReply,
    /// Each act of the foot, with what the rulebook says of it.
    pub(super) verdicts: &'a [(&'static str, VerdictState)],
    pub(super) now: UtcMillis,
    pub(super) zone: Zone,
}

/// The sentences, `**strong**` parts included.
pub(super) fn sentences(about: &About<'_>) -> Vec<String> {
    let (words, it) = (about.words, &about.reply.order);
    if it.deleted.is_some() {
        return vec![words.text("predict-order-deleted")];
    }
    if !it.status.is_open() {
        return vec![closed(about)];
    }
    next(about).into_iter().chain(refusals(words, about.verdicts, about.now, about.zone)).collect()
}

/// The next step along the usual way.
fn next(about: &About<'_>) -> Option<String> {
    let (words, it) = (about.words, &about.reply.order);
    let at = PATH.iter().position(|status| *status == it.status)?;
    let to: &OrderStatus = PATH.get(at + 1)?;
    let step = about.reply.steps.iter().find(|step| step.to == to.wire())?;
    Some(match step.verdict {
        VerdictState::Allowed => {
            let read = client_reads(&NotificationKind::of_order(to));
            let key = if it.client_user.is_some() { "predict-order-next" } else { "predict-order-next-unregistered" };
            words.with(key, &[("status", words.text(to.face().word).into()), ("text", read.into())])
        }
        VerdictState::ServerDecides => words.text("predict-server"),
        VerdictState::Refused { .. } => return None,
    })
}

/// Where an order stands that is done or called off, and who moved it there.
fn closed(about: &About<'_>) -> String {
    let (words, it) = (about.words, &about.reply.order);
    let status = words.text(it.status.face().word);
    if about.reply.ours {
        return words.with("predict-ours", &[("status", status.into())]);
    }
    let at = words.near_within(it.status_at, about.now, about.zone);
    let by = isolate(it.status_by.name.as_str());
    words.with("predict-decided", &[("status", status.into()), ("by", by.into()), ("at", at.into())])
}
