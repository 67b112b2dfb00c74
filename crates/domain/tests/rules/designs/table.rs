//! State × command × role, complete.

use super::{example, world};
use crate::{
    table::{has_all, holds},
    world::Who,
};

/// As the table of the other commands. `closed` is a version that was submitted, of an order that is done; `deleted` one of an order
/// that was deleted.
const TABLE: &str = "
command                 state              admin         cs            expert      owner         other-client
design.upload           none               not_found     not_found     not_allowed not_allowed   not_allowed
design.upload           uploaded           ok            ok            not_allowed not_allowed   not_allowed
design.upload           submitted          ok            ok            not_allowed not_allowed   not_allowed
design.upload           approved           ok            ok            not_allowed not_allowed   not_allowed
design.upload           revision_requested ok            ok            not_allowed not_allowed   not_allowed
design.upload           closed             not_open      not_open      not_allowed not_allowed   not_allowed
design.upload           deleted            deleted       not_found     not_allowed not_allowed   not_allowed
design.submit           none               not_found     not_found     not_allowed not_allowed   not_allowed
design.submit           uploaded           ok            ok            not_allowed not_allowed   not_allowed
design.submit           submitted          not_uploaded  not_uploaded  not_allowed not_allowed   not_allowed
design.submit           approved           not_uploaded  not_uploaded  not_allowed not_allowed   not_allowed
design.submit           revision_requested not_uploaded  not_uploaded  not_allowed not_allowed   not_allowed
design.submit           closed             not_open      not_open      not_allowed not_allowed   not_allowed
design.submit           deleted            deleted       not_found     not_allowed not_allowed   not_allowed
design.set_current      none               not_found     not_found     not_allowed not_allowed   not_allowed
design.set_current      uploaded           is_current    is_current    not_allowed not_allowed   not_allowed
design.set_current      submitted          is_current    is_current    not_allowed not_allowed   not_allowed
design.set_current      approved           is_current    is_current    not_allowed not_allowed   not_allowed
design.set_current      revision_requested is_current    is_current    not_allowed not_allowed   not_allowed
design.set_current      closed             not_open      not_open      not_allowed not_allowed   not_allowed
design.set_current      deleted            deleted       not_found     not_allowed not_allowed   not_allowed
design.purge            none               not_found     not_allowed   not_allowed not_allowed   not_allowed
design.purge            uploaded           still_open    not_allowed   not_allowed not_allowed   not_allowed
design.purge            submitted          still_open    not_allowed   not_allowed not_allowed   not_allowed
design.purge            approved           still_open    not_allowed   not_allowed not_allowed   not_allowed
design.purge            revision_requested still_open    not_allowed   not_allowed not_allowed   not_allowed
design.purge            closed             too_early     not_allowed   not_allowed not_allowed   not_allowed
design.purge            deleted            deleted       not_allowed   not_allowed not_allowed   not_allowed
design.approve          none               not_allowed   not_allowed   not_allowed not_found     not_found
design.approve          uploaded           not_allowed   not_allowed   not_allowed not_found     not_found
design.approve          submitted          not_allowed   not_allowed   not_allowed ok            not_found
design.approve          approved           not_allowed   not_allowed   not_allowed not_submitted not_found
design.approve          revision_requested not_allowed   not_allowed   not_allowed not_submitted not_found
design.approve          closed             not_allowed   not_allowed   not_allowed not_open      not_found
design.approve          deleted            not_allowed   not_allowed   not_allowed not_found     not_found
design.request_revision none               not_allowed   not_allowed   not_allowed not_found     not_found
design.request_revision uploaded           not_allowed   not_allowed   not_allowed not_found     not_found
design.request_revision submitted          not_allowed   not_allowed   not_allowed ok            not_found
design.request_revision approved           not_allowed   not_allowed   not_allowed not_submitted not_found
design.request_revision revision_requested not_allowed   not_allowed   not_allowed not_submitted not_found
design.request_revision closed             not_allowed   not_allowed   not_allowed not_open      not_found
design.request_revision deleted            not_allowed   not_allowed   not_allowed not_found     not_found
";

const PEOPLE: [Who; 5] = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
const STATES: [&str; 7] = ["none", "uploaded", "submitted", "approved", "revision_requested", "closed", "deleted"];

/// The commands of this area and every state of theirs: the table above says what becomes of them.
pub(crate) fn covers(name: &str) -> bool {
    has_all(TABLE, name, &STATES)
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    holds(TABLE, &PEOPLE, world, example);
}
