//! What must hold of a mirror that says it is whole, also in the middle of everything: with what is laid over it taken off, it is
//! one moment of the server, as its person may see that. So after a revocation has reached a desk nothing of it is left there, not
//! even beneath what the desk has laid over it.

use mirror::trouble::Contents;
use std::collections::BTreeMap;

use crate::{
    feedlaw::{actor_at, sees},
    world::World,
};

/// Records by kind and id, with revision and text.
type Said = BTreeMap<(i64, uuid::Uuid), (i64, String)>;

impl World {
    /// Compares the mirror of a desk with the moment it says it is.
    pub(crate) async fn is_its_moment(&self, n: usize, contents: Contents) -> Result<(), String> {
        let Contents { moment: Some(cursor), rows, copies, gones } = contents else { return Ok(()) };
        let saved = self.past.at(&cursor).ok_or_else(|| format!("its mirror stands at {cursor}, where no commit ended"))?;
        // Nobody is told that their own account was closed: their session ends.
        let Some(actor) = actor_at(saved, self.desks[n].person.id).await else { return Ok(()) };
        let mut theirs = Said::new();
        for (rev, record) in Self::records(saved).await {
            if sees(saved, &actor, &record).await {
                theirs.insert((i64::from(record.kind().code()), record.id().uuid()), (rev, record.to_json().unwrap_or_default()));
            }
        }
        let mut ours: Said = rows.into_iter().filter(|row| !row.ours).map(|row| ((row.kind, row.id), (row.rev, row.body))).collect();
        ours.extend(copies.into_iter().filter_map(|copy| Some(((copy.kind, copy.id), copy.said?))));
        if gones > 0 {
            return Err(format!("{gones} losses are kept in a whole mirror"));
        }
        match ours.iter().find(|(name, said)| theirs.get(name) != Some(said)) {
            Some(((kind, id), said)) => {
                let theirs = theirs.get(&(*kind, *id));
                Err(format!("of {kind}/{id} its whole mirror at {cursor} knows {said:?}, the server {theirs:?}"))
            }
            None => match theirs.keys().find(|name| !ours.contains_key(name)) {
                Some((kind, id)) => Err(format!("record {kind}/{id} is missing in its whole mirror at {cursor}")),
                None => Ok(()),
            },
        }
    }
}
