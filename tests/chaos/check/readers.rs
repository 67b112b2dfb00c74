//! Invariant: no late number. “No number ever appears after a higher one: what a reader has seen the head of is complete.”
//!
//! Each reader followed one instance to the head. The last it heard of every record must be how that record stands.

use domain::{
    audience::{may_see, scope_of},
    role::Actor,
};
use std::{collections::BTreeMap, path::PathBuf};

use super::{Count, Truth};
use crate::{
    Done,
    house::STAFF,
    log::{self, Heard},
};

pub(super) fn look(truth: &Truth, logs: &[PathBuf], count: &mut Count, wrong: &mut Vec<String>) -> Done<()> {
    let reader = actor(truth)?;
    for (n, path) in logs.iter().enumerate() {
        let (mut last, mut at) = (BTreeMap::new(), 0);
        // The first page tells what is open and does not rise; every later one goes on where the one before it ended.
        let (mut first, mut page) = (true, Vec::new());
        for line in log::read::<Heard>(path)? {
            match line {
                Heard::Of { record, rev, seq } => page.push((record, rev, seq)),
                Heard::Page { seq } => {
                    count.heard += page.len();
                    for (record, rev, number) in page.drain(..) {
                        if !first && (number <= at || number > seq) {
                            wrong.push(format!("reader {n} was at {at} and heard of {record} with number {number} on the way to {seq}"));
                        }
                        last.insert(record, rev);
                    }
                    (at, first) = (seq, false);
                }
            }
        }
        if at != truth.head {
            wrong.push(format!("reader {n} ended at {at}, the head is {}", truth.head));
        }
        for (name, held) in &truth.records {
            let scope = scope_of(&held.record).and_then(|scope| truth.records.get(&scope));
            let sees = may_see(&reader, &held.record, scope.map(|held| &*held.record));
            let heard = last.get(&name.to_string()).copied().filter(|rev| *rev > 0);
            if heard != sees.then_some(held.rev) {
                wrong.push(format!("reader {n} heard of {name} in revision {heard:?}, it stands in {} (to be seen: {sees})", held.rev));
            }
        }
    }
    Ok(())
}

/// Who reads, as they stand in the database.
fn actor(truth: &Truth) -> Done<Actor> {
    let users =
        truth.records.values().filter_map(|held| if let domain::record::AnyRecord::User(it) = &*held.record { Some(it) } else { None });
    let user = users.into_iter().find(|user| user.email.as_str() == STAFF[0].0).ok_or("the reader has no account")?;
    Ok(Actor::person(user.person(), user.roles.clone(), None, None))
}
