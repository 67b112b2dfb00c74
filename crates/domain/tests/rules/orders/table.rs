//! State × command × role, complete.

use super::{PEOPLE, example, world};
use crate::table::{has_all, holds};

/// As the table of the other commands: one line a command and state, one column a person. `claimed` is a pending order in the hands of the
/// other admin.
const TABLE: &str = "
command                  state       admin          cs           expert       owner        other-client
order.create             none        ok             ok           not_allowed  ok           not_found
order.create             pending     already_exists already_exists not_allowed already_exists not_found
order.create             approved    already_exists already_exists not_allowed already_exists not_found
order.create             in_progress already_exists already_exists not_allowed already_exists not_found
order.create             review      already_exists already_exists not_allowed already_exists not_found
order.create             completed   already_exists already_exists not_allowed already_exists not_found
order.create             cancelled   already_exists already_exists not_allowed already_exists not_found
order.create             deleted     already_exists already_exists not_allowed already_exists not_found
order.create             claimed     already_exists already_exists not_allowed  already_exists not_found
order.edit               none        not_found      not_found    not_allowed  not_found    not_found
order.edit               pending     ok             ok           not_allowed  ok           not_found
order.edit               approved    ok             ok           not_allowed  not_pending  not_found
order.edit               in_progress ok             ok           not_allowed  not_pending  not_found
order.edit               review      ok             ok           not_allowed  not_pending  not_found
order.edit               completed   not_open       not_open     not_allowed  not_pending  not_found
order.edit               cancelled   not_open       not_open     not_allowed  not_pending  not_found
order.edit               deleted     deleted        not_found    not_allowed  not_found    not_found
order.edit               claimed     ok           ok           not_allowed  ok           not_found
order.set_status         none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_status         pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_status         approved    not_next       not_next     not_allowed  not_allowed  not_allowed
order.set_status         in_progress ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         review      ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         completed   ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         cancelled   ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.set_status         claimed     claimed_by_other claimed_by_other not_allowed  not_allowed  not_allowed
order.set_product_status none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_product_status pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status approved    ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status review      ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status completed   reason_required not_open     not_allowed  not_allowed  not_allowed
order.set_product_status cancelled   reason_required not_open     not_allowed  not_allowed  not_allowed
order.set_product_status deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.set_product_status claimed     claimed_by_other claimed_by_other not_allowed  not_allowed  not_allowed
order.set_note           none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_note           pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           approved    ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           review      ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           completed   ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           cancelled   ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.set_note           claimed     ok           ok           not_allowed  not_allowed  not_allowed
order.assign             none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.assign             pending     ok             ok           not_allowed  not_allowed  not_allowed
order.assign             approved    ok             ok           not_allowed  not_allowed  not_allowed
order.assign             in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.assign             review      ok             ok           not_allowed  not_allowed  not_allowed
order.assign             completed   not_open       not_open     not_allowed  not_allowed  not_allowed
order.assign             cancelled   not_open       not_open     not_allowed  not_allowed  not_allowed
order.assign             deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.assign             claimed     ok           ok           not_allowed  not_allowed  not_allowed
order.claim              none        not_found    not_found    not_allowed  not_allowed  not_allowed
order.claim              pending     ok           ok           not_allowed  not_allowed  not_allowed
order.claim              approved    ok           ok           not_allowed  not_allowed  not_allowed
order.claim              in_progress ok           ok           not_allowed  not_allowed  not_allowed
order.claim              review      ok           ok           not_allowed  not_allowed  not_allowed
order.claim              completed   not_open     not_open     not_allowed  not_allowed  not_allowed
order.claim              cancelled   not_open     not_open     not_allowed  not_allowed  not_allowed
order.claim              deleted     deleted      not_found    not_allowed  not_allowed  not_allowed
order.claim              claimed     claimed_by_other claimed_by_other not_allowed  not_allowed  not_allowed
order.release            none        not_found    not_found    not_allowed  not_allowed  not_allowed
order.release            pending     not_claimed  not_claimed  not_allowed  not_allowed  not_allowed
order.release            approved    not_claimed  not_claimed  not_allowed  not_allowed  not_allowed
order.release            in_progress not_claimed  not_claimed  not_allowed  not_allowed  not_allowed
order.release            review      not_claimed  not_claimed  not_allowed  not_allowed  not_allowed
order.release            completed   not_open     not_open     not_allowed  not_allowed  not_allowed
order.release            cancelled   not_open     not_open     not_allowed  not_allowed  not_allowed
order.release            deleted     deleted      not_found    not_allowed  not_allowed  not_allowed
order.release            claimed     claimed_by_other claimed_by_other not_allowed  not_allowed  not_allowed
order.snooze             none        not_found    not_found    not_allowed  not_allowed  not_allowed
order.snooze             pending     ok           ok           not_allowed  not_allowed  not_allowed
order.snooze             approved    ok           ok           not_allowed  not_allowed  not_allowed
order.snooze             in_progress ok           ok           not_allowed  not_allowed  not_allowed
order.snooze             review      ok           ok           not_allowed  not_allowed  not_allowed
order.snooze             completed   not_open     not_open     not_allowed  not_allowed  not_allowed
order.snooze             cancelled   not_open     not_open     not_allowed  not_allowed  not_allowed
order.snooze             deleted     deleted      not_found    not_allowed  not_allowed  not_allowed
order.snooze             claimed     ok           ok           not_allowed  not_allowed  not_allowed
order.wake               none        not_found    not_found    not_allowed  not_allowed  not_allowed
order.wake               pending     not_snoozed  not_snoozed  not_allowed  not_allowed  not_allowed
order.wake               approved    not_snoozed  not_snoozed  not_allowed  not_allowed  not_allowed
order.wake               in_progress not_snoozed  not_snoozed  not_allowed  not_allowed  not_allowed
order.wake               review      not_snoozed  not_snoozed  not_allowed  not_allowed  not_allowed
order.wake               completed   not_open     not_open     not_allowed  not_allowed  not_allowed
order.wake               cancelled   not_open     not_open     not_allowed  not_allowed  not_allowed
order.wake               deleted     deleted      not_found    not_allowed  not_allowed  not_allowed
order.wake               claimed     not_snoozed  not_snoozed  not_allowed  not_allowed  not_allowed
order.delete             none        not_found      not_allowed  not_allowed  not_allowed  not_allowed
order.delete             pending     ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             approved    ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             in_progress ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             review      ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             completed   ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             cancelled   ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             deleted     deleted        not_allowed  not_allowed  not_allowed  not_allowed
order.delete             claimed     claimed_by_other not_allowed  not_allowed  not_allowed  not_allowed
order.restore            none        not_found      not_allowed  not_allowed  not_allowed  not_allowed
order.restore            pending     not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            approved    not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            in_progress not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            review      not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            completed   not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            cancelled   not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            deleted     ok             not_allowed  not_allowed  not_allowed  not_allowed
order.restore            claimed     not_deleted  not_allowed  not_allowed  not_allowed  not_allowed
note.add                 none        not_found      not_found    not_found    not_allowed  not_allowed
note.add                 pending     ok             ok           not_found    not_allowed  not_allowed
note.add                 completed   ok             ok           not_found    not_allowed  not_allowed
note.add                 deleted     ok             not_found    not_found    not_allowed  not_allowed
";

const STATES: [&str; 9] = ["none", "pending", "approved", "in_progress", "review", "completed", "cancelled", "deleted", "claimed"];

/// The commands of this area and every state of theirs: the table above says what becomes of them.
pub(crate) fn covers(name: &str) -> bool {
    has_all(TABLE, name, &STATES)
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    holds(TABLE, &PEOPLE, world, example);
}
