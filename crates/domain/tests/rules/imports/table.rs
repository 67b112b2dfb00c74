//! State × command × role, complete.

use super::{example, world};
use crate::{
    table::{has_all, holds},
    world::Who,
};

/// As the table of the other commands. `there`: CS imported it; `others`: an admin did.
const TABLE: &str = "
command     state  admin          cs             expert      owner       other-client
import.rows none   ok             ok             not_allowed not_allowed not_allowed
import.rows there  already_exists already_exists not_allowed not_allowed not_allowed
import.rows others already_exists already_exists not_allowed not_allowed not_allowed
import.rows undone already_exists already_exists not_allowed not_allowed not_allowed
import.rows over   already_exists already_exists not_allowed not_allowed not_allowed
import.undo none   not_found      not_found      not_allowed not_allowed not_allowed
import.undo there  ok             ok             not_allowed not_allowed not_allowed
import.undo others ok             not_allowed    not_allowed not_allowed not_allowed
import.undo undone undone         undone         not_allowed not_allowed not_allowed
import.undo over   undo_over      undo_over      not_allowed not_allowed not_allowed
";

const STATES: [&str; 5] = ["none", "there", "others", "undone", "over"];
const PEOPLE: [Who; 5] = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];

/// The commands of this area and every state of theirs: the table above says what becomes of them.
pub(crate) fn covers(name: &str) -> bool {
    has_all(TABLE, name, &STATES)
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    holds(TABLE, &PEOPLE, world, example);
}
