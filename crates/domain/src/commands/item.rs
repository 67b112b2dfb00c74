//! What can be done with every triaged item: claim, release, snooze, assign. Consultations are the first kind of item.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::Key,
    id::{ConsultationId, UserId},
    name::PersonName,
    record::{Kind, RecordRef},
    records::{Claim, Consultation, ConsultationStatus, NotificationKind, Snooze, User},
    role::{Actor, Person, Role},
    rule::{Cx, Read, key, writes},
    text::Invalid,
    time::{DAY, MINUTE, UtcMillis},
};

/// How long a claim lasts after the holder's last act, in milliseconds.
pub const CLAIM: i64 = 15 * MINUTE;
/// How far an item can be put off, in milliseconds.
pub const SNOOZE_MOST: i64 = 14 * DAY;

/// Renews a claim of the actor's own that still counts.
pub(crate) fn renew(it: &mut Consultation, actor: &Actor, now: UtcMillis) {
    if let Some(claim) = it.claim.as_mut().filter(|c| c.until > now && c.by.id == actor.id()) {
        claim.until = now.plus(CLAIM);
    }
}

/// Refuses while somebody else of the staff works on it, and says who and until when. A client's own act is not held up:
/// a claim orders the work of the staff, and a request stays its client's to withdraw.
pub(crate) fn not_claimed_by_other(cx: &Cx<'_>, it: &Consultation) -> Result<(), Stop> {
    let own_request = it.client_user == Some(cx.actor.id());
    match it.claimed_at(cx.now) {
        Some(claim) if claim.by.id != cx.actor.id() && !own_request => {
            let details = Details { by: cx.reveal(&claim.by), until: Some(claim.until), ..Details::default() };
            Err(Refusal::with(Code::ClaimedByOther, "lessons-4", details).into())
        }
        _ => Ok(()),
    }
}

/// Reads an item that is not closed for good.
fn open_item(cx: &Cx<'_>, r: RecordRef) -> Result<Read<Consultation>, Stop> {
    if r.kind != Kind::Consultation {
        return Err(Refusal::invalid("record.kind", Invalid::Unknown).into());
    }
    let read = cx.read::<Consultation>(ConsultationId::from(r.id))?;
    if matches!(read.record.status, ConsultationStatus::Waiting | ConsultationStatus::Accepted) {
        return Ok(read);
    }
    let it = &read.record;
    let by = it.decided_by.as_ref().and_then(|p| cx.reveal(p));
    let details = Details { status: Some(it.status.wire().to_owned()), by, at: it.decided_at, ..Details::default() };
    Err(Refusal::with(Code::NotOpen, "M-01", details).into())
}

/// `item.claim`: «Pegang». Others leave it alone for 15 minutes; claiming again renews it. A claim made offline counts from
/// its arrival, because rules use the server's time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimItem {
    /// The item.
    pub record: RecordRef,
}

impl Act for ClaimItem {
    const NAME: &'static str = "item.claim";
    const RULE: &'static str = "R-017, lessons-4";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = open_item(cx, self.record)?;
        not_claimed_by_other(cx, &read.record)?;
        read.record.claim = Some(Claim { by: cx.actor.person.clone(), until: cx.now.plus(CLAIM) });
        cx.stamp(&mut read.record, None);
        Ok(writes(vec![read.write()]))
    }
}

/// `item.release`: «Lepas».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Release {
    /// The item.
    pub record: RecordRef,
}

impl Act for Release {
    const NAME: &'static str = "item.release";
    const RULE: &'static str = "R-017, lessons-4";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = open_item(cx, self.record)?;
        not_claimed_by_other(cx, &read.record)?;
        if read.record.claimed_at(cx.now).is_none() {
            return Err(Refusal::new(Code::NotClaimed, "lessons-4").into());
        }
        read.record.claim = None;
        cx.stamp(&mut read.record, None);
        Ok(writes(vec![read.write()]))
    }
}

/// `item.snooze`: «Tunda», for everybody, at most 14 days; it ends when the client acts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnoozeItem {
    /// The item.
    pub record: RecordRef,
    /// Until when.
    pub until: UtcMillis,
}

impl Act for SnoozeItem {
    const NAME: &'static str = "item.snooze";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let details = || Details { field: Some("until".to_owned()), until: Some(cx.now.plus(SNOOZE_MOST)), ..Details::default() };
        if self.until <= cx.now {
            return Err(Refusal::with(Code::DateInPast, "ui", Details { until: None, ..details() }).into());
        }
        if self.until > cx.now.plus(SNOOZE_MOST) {
            return Err(Refusal::with(Code::DateTooFar, "ui", details()).into());
        }
        let mut read = open_item(cx, self.record)?;
        read.record.snooze = Some(Snooze { by: cx.actor.person.clone(), until: self.until });
        cx.stamp(&mut read.record, None);
        Ok(writes(vec![read.write()]))
    }
}

/// Work that is handed over: to whom, and the line that tells them.
pub(crate) struct Given {
    pub(crate) to: Option<Person>,
    pub(crate) told: Option<Write>,
}

/// What handing a record over surely needs.
pub(crate) fn hand_over_keys(record: RecordRef, to: Option<UserId>) -> Vec<Key> {
    let to = to.map(|to| key(Kind::User, to));
    [Key::Record(record)].into_iter().chain(to).collect()
}

/// Hands a record of this client over to a colleague who may do the work, and tells them unless they took it themselves; to nobody,
/// it is taken back.
pub(crate) fn hand_over(
    cx: &Cx<'_>,
    record: RecordRef,
    client: &PersonName,
    to: Option<UserId>,
    may: impl Fn(&User) -> bool,
) -> Result<Given, Stop> {
    let Some(to) = to else { return Ok(Given { to: None, told: None }) };
    let colleague = cx.read::<User>(to)?.record;
    if !may(&colleague) {
        return Err(Refusal::new(Code::CannotWork, "R-017").into());
    }
    let by = cx.actor.person.clone();
    let told = (to != by.id).then(|| cx.tell(to, NotificationKind::ItemAssigned, record, Some(by), Some(client.to_string())));
    Ok(Given { to: Some(colleague.person()), told })
}

/// `item.assign`: «Teruskan» to a colleague, who is told; nobody to take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assign {
    /// The item.
    pub record: RecordRef,
    /// To whom.
    #[serde(default)]
    pub to: Option<UserId>,
}

impl Act for Assign {
    const NAME: &'static str = "item.assign";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn keys(&self) -> Vec<Key> {
        hand_over_keys(self.record, self.to)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = open_item(cx, self.record)?;
        let given = hand_over(cx, self.record, &read.record.client_name, self.to, User::can_work)?;
        read.record.assignee = given.to;
        cx.stamp(&mut read.record, None);
        Ok(writes([read.write()].into_iter().chain(given.told).collect()))
    }
}
