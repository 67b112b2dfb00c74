//! Every act has exactly one end, the same at its desk as at the server; nothing that was taken is lost, and nothing that was refused
//! or taken back is there.

use domain::{command::Act as _, commands::file::Put, id::CommandId, record::RecordRef, status::CommandState, time::UtcMillis};
use mirror::Cabinet;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{Truth, copied};
use crate::{
    Done,
    log::{self, AtDesk},
    said,
    seat::{actor_of, keys, log_of, user_of},
};

/// What the log of a desk says of an act.
#[derive(Clone, Debug, Default)]
struct Told {
    makes: Option<RecordRef>,
    taken: bool,
    refused: bool,
    takes_back: bool,
    taken_back: bool,
    decides: bool,
    ended: Option<CommandState>,
}

type Acts = BTreeMap<CommandId, Told>;

/// Looks at one desk. Its acts are added to what was given in all.
pub(super) async fn look(
    truth: &Truth,
    n: usize,
    folder: &Path,
    given: &mut BTreeMap<CommandId, usize>,
    wrong: &mut Vec<String>,
) -> Done<()> {
    let acts = read(n, folder, wrong)?;
    let copy = copied(folder)?;
    let (actor, now) = (actor_of(&user_of(folder)?), UtcMillis::from_ms(0));
    let (cabinet, _) = Cabinet::open(copy.path(), keys(u8::try_from(n).unwrap_or(0)), actor, now, None).await.map_err(said)?;
    for (id, told) in acts {
        let state = cabinet.command(id, now).await.map_err(said)?.map(|pending| pending.entry.state);
        if let Err(why) = agree(truth, id, &told, state) {
            wrong.push(format!("desk {n}: command {id}: {why} (desk {state:?}, log {told:?}, server {:?})", truth.commands.get(&id)));
        }
        given.insert(id, n);
    }
    cabinet.close().await.map_err(said)
}

fn read(n: usize, folder: &Path, wrong: &mut Vec<String>) -> Done<Acts> {
    let (mut acts, mut shown) = (Acts::new(), BTreeSet::new());
    for line in log::read::<AtDesk>(&log_of(folder))? {
        match line {
            AtDesk::Pressed { id, makes } => {
                let makes = makes.map(|text| text.parse()).transpose().map_err(|_| "a record without a name")?;
                acts.insert(id, Told { makes, ..Told::default() });
            }
            AtDesk::Attached { .. } => {}
            AtDesk::Taken { id } => acts.entry(id).or_default().taken = true,
            AtDesk::Refused { id } => acts.entry(id).or_default().refused = true,
            AtDesk::TakesBack { id } => acts.entry(id).or_default().takes_back = true,
            AtDesk::TakenBack { id } => acts.entry(id).or_default().taken_back = true,
            AtDesk::Decides { id } => acts.entry(id).or_default().decides = true,
            AtDesk::Ended { id, state } => {
                let before = acts.entry(id).or_default().ended.replace(state);
                if before.is_some_and(|before| before != state) {
                    wrong.push(format!("desk {n}: command {id} was shown as {before:?} and then as {state:?}"));
                }
            }
            AtDesk::Told { key } => {
                if !shown.insert(key.clone()) {
                    wrong.push(format!("desk {n}: {key} was told of twice"));
                }
            }
            AtDesk::Fault { why } => wrong.push(format!("desk {n}: {why}")),
        }
    }
    Ok(acts)
}

/// Whether log, desk and server say the same of an act.
fn agree(truth: &Truth, id: CommandId, told: &Told, state: Option<CommandState>) -> Done<()> {
    let known = truth.commands.get(&id);
    let applied = known.is_some_and(|known| known.applied);
    if told.makes.is_some_and(|makes| truth.records.contains_key(&makes)) != (applied && told.makes.is_some()) {
        return Err("what it makes is there exactly if it was done; that is not so".to_owned());
    }
    let Some(state) = state else {
        // Between a press and what was made of it a desk may have been killed: then nothing was promised.
        let lost = told.taken && !told.takes_back;
        return if known.is_some() {
            Err("the server knows it, and its desk does not".to_owned())
        } else if lost {
            Err("it was taken and has vanished".to_owned())
        } else {
            Ok(())
        };
    };
    if told.refused || told.taken_back {
        return Err("it was refused or taken back, and is in the outbox".to_owned());
    }
    let right = match state {
        CommandState::Applied => applied,
        CommandState::Refused | CommandState::Conflict | CommandState::Blocked => !applied,
        CommandState::Settled => !applied && told.decides,
        CommandState::Held | CommandState::Queued | CommandState::Sent | CommandState::Unknown => false,
    };
    let as_shown = match told.ended {
        None => true,
        Some(shown) => shown == state || (state == CommandState::Settled && shown != CommandState::Applied),
    };
    match (right, as_shown) {
        (true, true) => Ok(()),
        (false, _) => Err("it has not ended as at the server".to_owned()),
        (_, false) => Err("it ended otherwise than was shown".to_owned()),
    }
}

/// What the server did for the people of the desks was given at their desks.
pub(super) fn nobody_elses(truth: &Truth, desks: &[PathBuf], given: &BTreeMap<CommandId, usize>, wrong: &mut Vec<String>) -> Done<()> {
    let users = desks.iter().map(|folder| user_of(folder).map(|user| user.id)).collect::<Done<Vec<_>>>()?;
    // A file becomes one by a command of the server's own, in the name of whoever sent it.
    let entries = truth.links.iter().flat_map(|link| &link.entries);
    let files: BTreeSet<CommandId> = entries.filter(|row| row.entry.act == Put::NAME).map(|row| row.entry.command).collect();
    let theirs = truth.commands.values().filter(|known| users.contains(&known.user) && !files.contains(&known.id));
    for known in theirs {
        if given.get(&known.id).is_none_or(|n| users[*n] != known.user) {
            wrong.push(format!("command {} was given at no desk of its person", known.id));
        }
    }
    Ok(())
}
