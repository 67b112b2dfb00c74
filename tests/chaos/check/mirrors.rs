//! Every mirror is what the server has for its person, byte for byte, and nothing else.

use domain::{
    audience::{may_see, scope_of},
    role::Actor,
    time::UtcMillis,
};
use mirror::{Cabinet, trouble::Row};
use std::{collections::BTreeMap, path::Path};

use super::{Truth, copied};
use crate::{
    Done, said,
    seat::{actor_of, keys, user_of},
};

pub(super) async fn look(truth: &Truth, n: usize, folder: &Path, wrong: &mut Vec<String>) -> Done<()> {
    let (actor, copy) = (actor_of(&user_of(folder)?), copied(folder)?);
    let keys = keys(u8::try_from(n).unwrap_or(0));
    let now = UtcMillis::from_ms(0);
    let (cabinet, opened) = Cabinet::open(copy.path(), keys, actor.clone(), now, None).await.map_err(said)?;
    if opened.mirror_damaged || opened.salvage.is_some() {
        wrong.push(format!("desk {n}: a file is damaged"));
    }
    let contents = cabinet.contents(now).await.map_err(said)?;
    cabinet.close().await.map_err(said)?;
    if !contents.copies.is_empty() || contents.gones > 0 {
        wrong.push(format!("desk {n}: {} undo copies and {} losses are left over", contents.copies.len(), contents.gones));
    }
    let mut expected = projection(truth, &actor)?;
    for Row { kind, id, rev, ours, body, .. } in contents.rows {
        match expected.remove(&(kind, id)) {
            None => wrong.push(format!("desk {n}: record {kind}/{id} is left, which its person may not see")),
            Some((theirs, text)) if theirs != rev || text != body => {
                wrong.push(format!("desk {n}: record {kind}/{id} has revision {rev}, the server's is {theirs}:\n  {body}\n  {text}"));
            }
            Some(_) if ours => wrong.push(format!("desk {n}: record {kind}/{id} is still laid over")),
            Some(_) => {}
        }
    }
    wrong.extend(expected.keys().map(|(kind, id)| format!("desk {n}: record {kind}/{id} is missing")));
    Ok(())
}

/// What a person may see, by kind and id: revision and bytes.
fn projection(truth: &Truth, actor: &Actor) -> Done<BTreeMap<(i64, uuid::Uuid), (i64, String)>> {
    let mut all = BTreeMap::new();
    for (name, held) in &truth.records {
        let scope = scope_of(&held.record).and_then(|scope| truth.records.get(&scope));
        if may_see(actor, &held.record, scope.map(|held| &*held.record)) {
            let body = held.record.to_json().map_err(said)?;
            all.insert((i64::from(name.kind.code()), name.id.uuid()), (held.rev, body));
        }
    }
    Ok(all)
}
