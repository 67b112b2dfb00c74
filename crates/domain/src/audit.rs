//! The audit and its chain. Every commit adds a link: a hash over the link before it, the last number it gave
//! out, a random salt, and the entries of its commands. Entries name people by id only; values stand beside them, each under
//! a salt of its own, so that the values of a person can be erased and the chain still holds.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    id::{CommandId, DeviceId, UserId},
    record::{AnyRecord, RecordRef},
    time::UtcMillis,
};

/// A SHA-256.
pub type Hash = [u8; 32];
/// 128 random bits.
pub type Salt = [u8; 16];

/// Who did what, when, on which device: one for each applied command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command.
    pub command: CommandId,
    /// When, by the server's clock.
    pub at: UtcMillis,
    /// Who.
    pub actor: UserId,
    /// On which device, where it is known.
    pub device: Option<DeviceId>,
    /// `area.verb`.
    pub act: String,
    /// The records it wrote, with the revision each got and the hash of the values beside it; 0 for one that it was only about.
    pub values: Vec<(RecordRef, i64, Hash)>,
}

/// What a command changed in one record: fields before and after, only those that differ. Replaying the `after` of all
/// entries in order gives the rows again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diff {
    /// The name of whoever did it, as it was then; empty where the record is nobody's ([`crate::record::Kind::stays_on_the_server`]).
    pub by: String,
    /// The fields as they were; nothing for a new record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Map<String, Value>>,
    /// The fields as they became; `null` for one that was cleared.
    pub after: Map<String, Value>,
    /// The reason that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Diff {
    /// What differs between two states of a record. What only counts is nobody's record, so it stays when somebody's data is erased
    /// it must not say who they were, or what they said.
    #[must_use]
    pub fn between(by: &str, before: Option<&AnyRecord>, after: &AnyRecord, reason: Option<String>) -> Self {
        let fields = |r: &AnyRecord| match r.to_value() {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let (by, reason) = if after.kind().stays_on_the_server() { ("", None) } else { (by, reason) };
        let new = fields(after);
        let Some(old) = before.map(fields) else {
            return Self { by: by.to_owned(), before: None, after: new, reason };
        };
        let (mut was, mut is) = (Map::new(), Map::new());
        for key in old.keys().chain(new.keys().filter(|k| !old.contains_key(*k))) {
            if old.get(key) != new.get(key) {
                was.insert(key.clone(), old.get(key).cloned().unwrap_or(Value::Null));
                is.insert(key.clone(), new.get(key).cloned().unwrap_or(Value::Null));
            }
        }
        Self { by: by.to_owned(), before: Some(was), after: is, reason }
    }
    /// That an act was about a record and left it as it was.
    #[must_use]
    pub fn mention(by: &str, reason: Option<String>) -> Self {
        Self { by: by.to_owned(), before: Some(Map::new()), after: Map::new(), reason }
    }
    /// The text that is stored and hashed.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
    /// Lays this change over a record's fields, for replaying.
    pub fn replay(&self, fields: &mut Map<String, Value>) {
        for (key, value) in &self.after {
            if value.is_null() { drop(fields.remove(key)) } else { drop(fields.insert(key.clone(), value.clone())) }
        }
    }
}

/// The hash of a value's text under its salt.
#[must_use]
pub fn value_hash(salt: &Salt, text: &str) -> Hash {
    Sha256::new().chain_update(b"meja value 1").chain_update(salt).chain_update(text.as_bytes()).finalize().into()
}

impl Entry {
    /// The hash of the entry: who, what, when, and the hashes of its values.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut h = Sha256::new().chain_update(b"meja entry 1");
        h.update(self.command.uuid().as_bytes());
        h.update(self.at.ms().to_be_bytes());
        h.update(self.actor.uuid().as_bytes());
        h.update(self.device.map_or([0; 16], |d| *d.uuid().as_bytes()));
        h.update(u32::try_from(self.act.len()).unwrap_or(u32::MAX).to_be_bytes());
        h.update(self.act.as_bytes());
        for (record, rev, hash) in &self.values {
            h.update(record.kind.code().to_be_bytes());
            h.update(record.id.uuid().as_bytes());
            h.update(rev.to_be_bytes());
            h.update(hash);
        }
        h.finalize().into()
    }
}

/// The hash of a link: what every later link stands on.
#[must_use]
pub fn link_hash(previous: &Hash, last_number: i64, salt: &Salt, entries: &[Hash]) -> Hash {
    let mut h = Sha256::new().chain_update(b"meja link 1").chain_update(previous);
    h.update(last_number.to_be_bytes());
    h.update(salt);
    h.update(u32::try_from(entries.len()).unwrap_or(u32::MAX).to_be_bytes());
    for entry in entries {
        h.update(entry);
    }
    h.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        name::PersonName,
        records::{Client, Formers, User, UserStatus},
        role::Role,
        time::Zone,
    };

    fn client(name: &str, phone: Option<&str>) -> AnyRecord {
        let at = UtcMillis::from_ms(0);
        AnyRecord::Client(Client {
            id: "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap(),
            user_id: None,
            name: PersonName::new(name).unwrap(),
            phone: phone.map(|p| crate::phone::Phone::new(p).unwrap()),
            email: None,
            zone: Zone::Wib,
            consent: None,
            erased_at: None,
            removed_at: None,
            merged_into: None,
            formers: Formers::default(),
            created_at: at,
            updated_at: at,
        })
    }

    #[test]
    fn replaying_the_differences_gives_the_record_again() {
        let steps = [client("Rani", None), client("Rani", Some("081234567890")), client("Rani Kusuma", None)];
        let mut fields = Map::new();
        let mut before = None;
        for after in &steps {
            let diff = Diff::between("Dewi", before, after, None);
            let stored: Diff = serde_json::from_str(&diff.text()).unwrap();
            stored.replay(&mut fields);
            assert_eq!(Value::Object(fields.clone()), after.to_value().unwrap());
            before = Some(after);
        }
        let last = Diff::between("Dewi", Some(&steps[1]), &steps[2], None);
        assert_eq!(last.after.keys().collect::<Vec<_>>(), ["name", "phone"], "only what differs is kept");
    }

    #[test]
    fn the_chain_stands_on_every_part_of_an_entry() {
        let entry = Entry {
            command: "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap(),
            at: UtcMillis::from_ms(5),
            actor: crate::role::Actor::system().id(),
            device: None,
            act: "user.add".into(),
            values: vec![(client("Rani", None).reference(), 1, value_hash(&[1; 16], "x"))],
        };
        let base = link_hash(&[0; 32], 7, &[2; 16], &[entry.hash()]);
        let mut others = [entry.clone(), entry.clone(), entry.clone(), entry.clone()];
        others[0].at = UtcMillis::from_ms(6);
        others[1].act.push('x');
        others[2].values[0].1 = 2;
        others[3].values[0].2 = value_hash(&[1; 16], "y");
        assert!(others.iter().all(|o| link_hash(&[0; 32], 7, &[2; 16], &[o.hash()]) != base));
        assert_ne!(link_hash(&[0; 32], 8, &[2; 16], &[entry.hash()]), base);
        assert_ne!(link_hash(&[0; 32], 7, &[2; 16], &[entry.hash(), entry.hash()]), base);
    }

    #[test]
    fn a_record_without_differences_has_an_empty_difference() {
        let user = AnyRecord::User(User {
            id: "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap(),
            name: PersonName::new("Dewi").unwrap(),
            email: crate::name::Email::new("d@x.id").unwrap(),
            roles: vec![Role::Admin],
            status: UserStatus::Active,
            created_at: UtcMillis::from_ms(0),
            updated_at: UtcMillis::from_ms(0),
        });
        let diff = Diff::between("x", Some(&user), &user, None);
        assert!(diff.after.is_empty() && diff.before.is_some_and(|b| b.is_empty()));
    }
}
