//! `client.merge`.

use serde::{Deserialize, Serialize};

use super::{carry, named, own_record};
use crate::{
    command::Act,
    commands::consultation,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Key, Lookup},
    id::ClientId,
    record::{Kind, RecordRef},
    records::{Client, Consultation, Formers, Note},
    role::Role,
    rule::{Cx, Read, at_hand, key, writes},
    text::Invalid,
};

/// The most records that are rewritten with it: it is one commit, for which everybody else waits.
pub const MOST_CARRIED: usize = 1_000;

/// `client.merge`: two records are of the same human, and become one. Everything of `from` is the other's from then on, in one commit;
/// what `from` says of them stays, with the id of whoever has it all (docs/adr/0017-a-merged-client-names-the-one-who-stays.md).
///
/// Refused where both have an account, where both wait for an answer to a request, and where too much hangs on it for one commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Merge {
    /// The client who stays. What is known of them counts; what is not is filled in from the other.
    pub id: ClientId,
    /// The client who is merged into them.
    pub from: ClientId,
}

impl Act for Merge {
    const NAME: &'static str = "client.merge";
    const RULE: &'static str = "R-005, R-017, R-019";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        let lookups = [Lookup::ConsultationsOf(self.from), Lookup::OrdersOf(self.from), Lookup::NotesOf(named(self.from))];
        [key(Kind::Client, self.id), key(Kind::Client, self.from)].into_iter().chain(lookups.map(Key::Lookup)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        if self.id == self.from {
            return Err(Refusal::invalid("from", Invalid::Unknown).into());
        }
        let mut kept = own_record(cx, cx.read::<Client>(self.id)?)?;
        let mut from = own_record(cx, cx.read::<Client>(self.from)?)?;
        if kept.record.user_id.is_some() && from.record.user_id.is_some() {
            return Err(Refusal::new(Code::TwoAccounts, "R-008").into());
        }
        self.one_request_waits(cx)?;
        let account_comes = from.record.user_id.is_some();
        let chain = self.followed(cx, &from.record)?;
        take(cx, &mut kept.record, &mut from.record)?;
        let mut carried = carry(cx, self.from, &kept.record)?;
        if account_comes {
            // Theirs to read from now on, whoever had entered it.
            carried.extend(carry(cx, self.id, &kept.record)?);
        }
        carried.extend(self.notes(cx)?);
        if carried.len() > MOST_CARRIED {
            return Err(too_many(MOST_CARRIED).into());
        }
        // First who gives the account up, then who has it.
        Ok(writes([from.write(), kept.write()].into_iter().chain(chain).chain(carried).collect()))
    }
}

impl Merge {
    /// A client has at most one waiting request: of two, somebody answers one first.
    fn one_request_waits(&self, cx: &Cx<'_>) -> Result<(), Stop> {
        let [kept, from] = [self.id, self.from].map(|client| cx.find::<Consultation>(Lookup::WaitingOf(client)));
        match (kept?.first(), from?.first()) {
            (Some(_), Some(waiting)) => Err(consultation::already_waiting(&waiting.record).into()),
            _ => Ok(()),
        }
    }
    /// Whoever was merged into `from` before names whom it is now.
    fn followed(&self, cx: &Cx<'_>, from: &Client) -> Result<Vec<Write>, Stop> {
        cx.load(from.formers.0.iter().map(|former| Key::Record(named(former.id))))?;
        let mut all = Vec::new();
        for former in &from.formers.0 {
            all.extend(cx.lookup::<Client>(former.id)?.map(|mut read| {
                (read.record.merged_into, read.record.updated_at) = (Some(self.id), cx.now);
                read.write()
            }));
        }
        Ok(all)
    }
    /// The notes about `from`, those that only their author reads among them. A desk, which is not told of these, leaves them where they
    /// are until the server has brought them over.
    fn notes(&self, cx: &Cx<'_>) -> Result<Vec<Write>, Stop> {
        let notes = at_hand(cx.find::<Note>(Lookup::NotesOf(named(self.from))))?.unwrap_or_default();
        let over = |mut note: Read<Note>| {
            note.record.record = named(self.id);
            note.write()
        };
        Ok(notes.into_iter().map(over).collect())
    }
}

/// What `kept` gets from `from`: the account, what was not known, and what was known there, so that nothing is lost.
fn take(cx: &Cx<'_>, kept: &mut Client, from: &mut Client) -> Result<(), Stop> {
    let former = from.former(cx.now);
    kept.user_id = kept.user_id.or(from.user_id.take());
    kept.phone = kept.phone.take().or_else(|| from.phone.clone());
    kept.email = kept.email.take().or_else(|| from.email.clone());
    kept.consent = kept.consent.take().or_else(|| from.consent.clone());
    kept.formers.0.append(&mut from.formers.0);
    kept.formers.0.push(former);
    if kept.formers.0.len() > Formers::MOST {
        return Err(too_many(Formers::MOST).into());
    }
    from.merged_into = Some(kept.id);
    (kept.updated_at, from.updated_at) = (cx.now, cx.now);
    Ok(())
}

fn too_many(most: usize) -> Refusal {
    let details = Details { bound: u64::try_from(most).ok(), ..Details::default() };
    Refusal::with(Code::TooMany, "R-017", details)
}
