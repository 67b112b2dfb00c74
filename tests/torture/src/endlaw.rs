//! What must hold when everybody rests (docs/sync.md).

use domain::{
    audit::Diff,
    id::CommandId,
    record::{AnyRecord, RecordRef},
    status::CommandState,
    wire::Outcome,
};
use mirror::trouble::{Contents, Row};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::Snapshot;

use crate::{
    client::Promise,
    feedlaw::{actor_at, sees},
    plan::DESKS,
    world::World,
};

type Records = Vec<(i64, Arc<AnyRecord>)>;

impl World {
    /// Looks at everything.
    pub(crate) async fn laws(&mut self) {
        let records = Self::records(&self.present).await;
        for n in 0..DESKS {
            if let Err(why) = self.mirror_is_the_server(n, &records).await {
                self.fault(format!("desk {n}: {why}"));
            }
            if let Err(why) = self.acts_have_ended(n).await {
                self.fault(format!("desk {n}: {why}"));
            }
        }
        self.desks_are_true().await;
        let lost: Vec<CommandId> = self.lost.iter().copied().collect();
        if let Some(again) = self.present.snapshot().known(&lost).await.unwrap_or_default().pop() {
            self.fault(format!("command {} was done, lost with a restored backup, and done again by itself", again.id));
        }
        if let Err(why) = self.audit_holds(&records).await {
            self.fault(why);
        }
        if let Err(why) = self.promises_are_kept(&records) {
            self.fault(why);
        }
        self.file_laws().await;
        let all = records.iter().map(|(_, record)| &**record);
        for law in testkit::laws::ALL {
            if let Err(why) = law(&mut all.clone()) {
                self.fault(why);
            }
        }
    }
    /// Every mirror is what the server has for its person, byte for byte, and nothing else.
    async fn mirror_is_the_server(&mut self, n: usize, records: &Records) -> Result<(), String> {
        let now = self.desks[n].now();
        let contents = self.of_desk(n, async move |cabinet| cabinet.contents(now).await.ok()).await;
        let Contents { rows, copies, gones, .. } = contents.ok_or("its mirror cannot be read")?;
        let actor = actor_at(&self.present, self.desks[n].person.id).await.ok_or("its person is locked out")?;
        let mut expected = BTreeMap::new();
        for (rev, record) in records {
            if sees(&self.present, &actor, record).await {
                let key = (i64::from(record.kind().code()), record.id().uuid());
                expected.insert(key, (*rev, record.to_json().unwrap_or_default()));
            }
        }
        if !copies.is_empty() || gones > 0 {
            return Err(format!("{} undo copies and {gones} losses are left over", copies.len()));
        }
        for Row { kind, id, rev, ours, body, .. } in rows {
            match expected.remove(&(kind, id)) {
                None => return Err(format!("record {kind}/{id} is left, which its person may not see")),
                Some((theirs, text)) if theirs != rev || text != body => {
                    return Err(format!("record {kind}/{id} has revision {rev}, the server's is {theirs}:\n  {body}\n  {text}"));
                }
                Some(_) if ours => return Err(format!("record {kind}/{id} is still laid over")),
                Some(_) => {}
            }
            self.trace.line(rev, &body);
        }
        match expected.keys().next() {
            Some((kind, id)) => Err(format!("record {kind}/{id} is missing")),
            None => Ok(()),
        }
    }
    /// Every act ended once, at its desk as at the server.
    async fn acts_have_ended(&mut self, n: usize) -> Result<(), String> {
        let acts = self.desks[n].acts.clone();
        let mut unsure = self.desks[n].unsure;
        for act in acts.iter().filter(|act| !act.withdrawn) {
            let state = match self.state(n, act.id).await {
                // Whoever was deciding when the program died may have decided about this one.
                None | Some(CommandState::Settled) if unsure > 0 => {
                    unsure -= 1;
                    continue;
                }
                state => state.ok_or_else(|| format!("command {} has vanished", act.id))?,
            };
            self.trace.line(0, &format!("{} {state:?}", act.id));
            let known = self.present.snapshot().known(&[act.id]).await.unwrap_or_default().pop();
            let outcome: Option<Outcome> = known.as_ref().and_then(|known| serde_json::from_str(&known.outcome).ok());
            let right = match (&known, &outcome, state) {
                (Some(known), _, CommandState::Applied) => known.applied,
                (Some(known), Some(outcome), CommandState::Refused) => !known.applied && !outcome.conflict,
                (Some(known), Some(outcome), CommandState::Conflict) => !known.applied && outcome.conflict,
                // What was answered and not stored.
                (None, _, CommandState::Refused | CommandState::Blocked | CommandState::Conflict) => true,
                // What a restored backup does not know waits for a person.
                (None, _, CommandState::Unknown) => self.restored > 0,
                // What was blocked at the desk may have been judged at the server before.
                _ => false,
            };
            if !right {
                let theirs = known.map(|known| known.outcome);
                return Err(format!("command {} is {state:?} here, the server says {theirs:?}", act.id));
            }
        }
        for id in self.not_taken.clone() {
            if let Some(state) = self.state(n, id).await {
                return Err(format!("command {id} was not taken, and is {state:?}"));
            }
        }
        Ok(())
    }
    async fn state(&self, n: usize, id: CommandId) -> Option<CommandState> {
        let now = self.desks[n].now();
        self.of_desk(n, async move |cabinet| Some(cabinet.command(id, now).await.ok()??.entry.state)).await
    }
    /// The audit's chain holds, no command took effect twice, revisions have no gap, and replaying gives the rows.
    async fn audit_holds(&self, records: &Records) -> Result<(), String> {
        server::chain::verify(&*self.house.memory).await.map_err(|broken| format!("the audit: {broken}"))?;
        let (mut done, mut revs) = (BTreeSet::new(), BTreeMap::<RecordRef, i64>::new());
        let mut fields = BTreeMap::<RecordRef, Map<String, Value>>::new();
        let mut erased = BTreeSet::new();
        let links = self.present.snapshot().chain(0, 1_000_000).await.map_err(|error| error.to_string())?;
        for row in links.into_iter().flat_map(|link| link.entries) {
            if !done.insert(row.entry.command) {
                return Err(format!("command {} took effect twice", row.entry.command));
            }
            // What an act was only about has no revision of it.
            for ((record, rev, _), value) in row.entry.values.iter().zip(row.values).filter(|((_, rev, _), _)| *rev > 0) {
                let before = revs.insert(*record, *rev).unwrap_or(0);
                if *rev != before + 1 {
                    return Err(format!("{record} went from revision {before} to {rev}"));
                }
                match value.and_then(|(_, text)| serde_json::from_str::<Diff>(&text).ok()) {
                    Some(diff) => diff.replay(fields.entry(*record).or_default()),
                    None => {
                        erased.insert(*record);
                    }
                }
            }
        }
        for (rev, record) in records {
            let name = record.reference();
            if revs.get(&name) != Some(rev) {
                return Err(format!("{name} stands in revision {rev}, the audit in {:?}", revs.get(&name)));
            }
            let replayed = fields.remove(&name).map(Value::Object);
            if !erased.contains(&name) && replayed != record.to_value().ok() {
                return Err(format!("replaying the audit of {name} gives {replayed:?}"));
            }
        }
        Ok(())
    }
    /// What a client was promised is there, once; what they were refused for good is not.
    fn promises_are_kept(&self, records: &Records) -> Result<(), String> {
        let noted = |key: &str| {
            let is = |record: &&AnyRecord| match record {
                AnyRecord::Consultation(it) => it.note.as_ref().is_some_and(|note| note.as_str() == key),
                AnyRecord::Order(it) => it.description.as_str() == key,
                AnyRecord::Message(it) => it.text.as_str() == key,
                _ => false,
            };
            records.iter().map(|(_, record)| &**record).filter(is).map(|record| record.id().to_string()).collect::<Vec<_>>()
        };
        for client in &self.clients {
            for Promise { key, id, restored } in client.promises.iter().filter(|promise| promise.restored == self.restored) {
                let (found, exists) = (noted(key), records.iter().any(|(_, record)| record.id().to_string() == *id));
                if !exists || found.iter().any(|other| other != id) {
                    return Err(format!("under {key} the client was promised {id} (history {restored}), there are {found:?}"));
                }
            }
            for (key, _) in client.refused.iter().filter(|(_, restored)| *restored == self.restored) {
                if let Some(id) = noted(key).pop() {
                    return Err(format!("{key} was refused, and made {id}"));
                }
            }
        }
        Ok(())
    }
}
