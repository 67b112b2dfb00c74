//! What the window asks, an area each: every query of `bridge` is a method of the desk of the same name. Sessions have theirs
//! in `session`.

mod acts;
mod audit;
mod detail;
mod devices;
mod drafts;
mod evidence;
mod factor;
mod inbox;
mod line;
mod local;
mod outbox;
mod people;
mod preferences;
mod report;
mod views;

pub(crate) use local::{files, is_aside, siblings};

use bridge::VerdictState;
use mirror::Verdict;

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
