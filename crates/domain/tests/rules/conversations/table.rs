//! State × command × role, complete.

use super::{PEOPLE, STATES, example, reply_world, world};
use crate::table::{has_all, holds};

/// As the table of the other commands: one line a command and state, one column a person.
const TABLE: &str = "
command            state     admin      cs         expert      owner      other-client
message.send       none      not_found  not_found  not_allowed not_found  not_found
message.send       silent    ok         ok         not_allowed ok         not_found
message.send       spoken    ok         ok         not_allowed ok         not_found
message.send       completed ok         ok         not_allowed ok         not_found
message.send       cancelled ok         ok         not_allowed ok         not_found
message.send       deleted   deleted    not_found  not_allowed not_found  not_found
message.send       unlinked  no_account no_account not_allowed not_found  not_found
message.send       erased    erased     erased     not_allowed erased     not_found
conversation.read  none      not_found  not_found  not_allowed not_found  not_found
conversation.read  silent    not_found  not_found  not_allowed not_found  not_found
conversation.read  spoken    ok         ok         not_allowed ok         not_found
conversation.read  completed ok         ok         not_allowed ok         not_found
conversation.read  cancelled ok         ok         not_allowed ok         not_found
conversation.read  deleted   ok         not_found  not_allowed not_found  not_found
conversation.read  unlinked  not_found  not_found  not_allowed not_found  not_found
conversation.read  erased    ok         ok         not_allowed ok         not_found
quick_reply.save   absent    ok         ok         not_allowed not_allowed not_allowed
quick_reply.save   offered   ok         ok         not_allowed not_allowed not_allowed
quick_reply.save   removed   not_found  not_found  not_allowed not_allowed not_allowed
quick_reply.remove absent    not_found  not_found  not_allowed not_allowed not_allowed
quick_reply.remove offered   ok         ok         not_allowed not_allowed not_allowed
quick_reply.remove removed   not_found  not_found  not_allowed not_allowed not_allowed
";

const REPLIES: [&str; 3] = ["absent", "offered", "removed"];

/// The commands of this area and every state of theirs: the table above says what becomes of them.
pub(crate) fn covers(name: &str) -> bool {
    [&STATES[..], &REPLIES].iter().any(|states| has_all(TABLE, name, states))
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    holds(TABLE, &PEOPLE, |state| if REPLIES.contains(&state) { reply_world(state) } else { world(state) }, example);
}
