//! What the window asks, an area each: every query of `bridge` is a method of the desk of the same name. Sessions have theirs
//! in `session`.

mod acts;
mod attachments;
mod audit;
mod clients;
mod conversations;
mod designs;
mod detail;
mod devices;
mod drafts;
mod evidence;
mod factor;
mod imports;
mod inbox;
mod kept;
mod line;
mod local;
mod orders;
mod organisation;
mod outbox;
mod people;
mod pictures;
mod preferences;
mod report;
mod sheets;
mod views;

pub(crate) use attachments::Picked;
pub(crate) use local::{files, is_aside, siblings};

use bridge::VerdictState;
use domain::command::{Command, Given};
use mirror::Verdict;

use crate::work::Work;

/// The most rows of one answer of a list.
const MOST: u32 = 200;

/// Of these acts, those that this person's roles may ever do, as they would be given.
fn possible(work: &Work, acts: impl IntoIterator<Item = Command>) -> Vec<Given> {
    let (actor, (id, _)) = (work.actor(), work.would_be);
    acts.into_iter().filter(|act| act.spec().allows(&actor)).map(|command| Given { id, command }).collect()
}

/// What the rulebook says of each of these acts, from its answers in their order.
fn said_of(acts: &[Given], said: impl Iterator<Item = VerdictState>) -> Vec<bridge::Verdict> {
    let named = acts.iter().map(|given| given.command.spec().name.to_owned());
    named.zip(said).map(|(act, verdict)| bridge::Verdict { act, verdict }).collect()
}

/// What the rulebook says, as the window reads it.
fn verdict(verdict: Verdict) -> VerdictState {
    match verdict {
        Verdict::Applied => VerdictState::Allowed,
        Verdict::ServerDecides => VerdictState::ServerDecides,
        Verdict::Refused(refusal) => {
            VerdictState::Refused { code: refusal.code.wire().to_owned(), rule: refusal.rule.to_owned(), details: refusal.details }
        }
    }
}
