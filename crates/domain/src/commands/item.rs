//! What can be done with every triaged item: claim, release, snooze, wake, assign. What it does is the same for requests, whose commands
//! stand here, and for orders, whose commands stand with the others of theirs.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::Key,
    id::{ConsultationId, UserId},
    name::PersonName,
    record::{Kind, Record, RecordRef},
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

/// What waits in Antrean and is worked on by one at a time: taken in hand for a while, and put off for everybody.
pub(crate) trait Triaged: Record {
    /// Who works on it, and until when nobody wants to see it.
    fn hands(&mut self) -> (&mut Option<Claim>, &mut Option<Snooze>);
    /// The claim that counts.
    fn claim_at(&self, now: UtcMillis) -> Option<&Claim>;
    /// The snooze that counts.
    fn snooze_at(&self, now: UtcMillis) -> Option<&Snooze>;
    /// Whose it is, where its client has an account.
    fn asked_by(&self) -> Option<UserId>;
    /// Notes the act in it.
    fn note_act(&mut self, cx: &Cx<'_>);
}

impl Triaged for Consultation {
    fn hands(&mut self) -> (&mut Option<Claim>, &mut Option<Snooze>) {
        (&mut self.claim, &mut self.snooze)
    }
    fn claim_at(&self, now: UtcMillis) -> Option<&Claim> {
        self.claimed_at(now)
    }
    fn snooze_at(&self, now: UtcMillis) -> Option<&Snooze> {
        self.snoozed_at(now)
    }
    fn asked_by(&self) -> Option<UserId> {
        self.client_user
    }
    fn note_act(&mut self, cx: &Cx<'_>) {
        cx.stamp(self, None);
    }
}

/// Renews a claim of the actor's own that still counts.
pub(crate) fn renew(it: &mut impl Triaged, actor: &Actor, now: UtcMillis) {
    if let Some(claim) = it.hands().0.as_mut().filter(|c| c.counts_at(now) && c.by.id == actor.id()) {
        claim.until = now.plus(CLAIM);
    }
}

/// What is written of it because an act beside it renews the actor's claim; nothing where they hold none.
pub(crate) fn renewed<T: Triaged>(cx: &Cx<'_>, mut read: Read<T>) -> Option<Write> {
    let before = read.record.hands().0.clone();
    renew(&mut read.record, cx.actor, cx.now);
    (*read.record.hands().0 != before).then(|| read.write())
}

/// What was decided about is in nobody's hands any more, and put off by nobody.
pub(crate) fn let_go(it: &mut impl Triaged) {
    let (claim, snooze) = it.hands();
    (*claim, *snooze) = (None, None);
}

/// What came along of itself is put off by nobody any more. A claim of somebody else's stays: they are still at it, and only whoever did it
/// lets go of their own (ADR 4).
pub(crate) fn put_down(it: &mut impl Triaged, actor: &Actor) {
    let (claim, snooze) = it.hands();
    if claim.as_ref().is_some_and(|claim| claim.by.id == actor.id()) {
        *claim = None;
    }
    *snooze = None;
}

/// Refuses while somebody else of the staff works on it, and says who and until when. A client's own act is not held up:
/// a claim orders the work of the staff, and what a client asked for stays theirs.
pub(crate) fn not_claimed_by_other(cx: &Cx<'_>, it: &impl Triaged) -> Result<(), Stop> {
    let own = it.asked_by() == Some(cx.actor.id());
    match it.claim_at(cx.now) {
        Some(claim) if claim.by.id != cx.actor.id() && !own => {
            let details = Details { by: cx.reveal(&claim.by), until: Some(claim.until), ..Details::default() };
            Err(Refusal::with(Code::ClaimedByOther, "lessons-4", details).into())
        }
        _ => Ok(()),
    }
}

/// Takes it in hand, or goes on having it so.
pub(crate) fn claim<T: Triaged>(cx: &Cx<'_>, mut read: Read<T>) -> Result<Changes, Stop> {
    not_claimed_by_other(cx, &read.record)?;
    *read.record.hands().0 = Some(Claim { by: cx.actor.person.clone(), until: cx.now.plus(CLAIM) });
    read.record.note_act(cx);
    Ok(writes(vec![read.write()]))
}

/// Lets go of it.
pub(crate) fn release<T: Triaged>(cx: &Cx<'_>, mut read: Read<T>) -> Result<Changes, Stop> {
    not_claimed_by_other(cx, &read.record)?;
    if read.record.claim_at(cx.now).is_none() {
        return Err(Refusal::new(Code::NotClaimed, "lessons-4").into());
    }
    *read.record.hands().0 = None;
    read.record.note_act(cx);
    Ok(writes(vec![read.write()]))
}

/// Refuses a moment until which nothing can be put off: one that has passed, or lies more than fourteen days ahead.
pub(crate) fn can_wait_until(cx: &Cx<'_>, until: UtcMillis) -> Result<(), Stop> {
    let details = || Details { field: Some("until".to_owned()), until: Some(cx.now.plus(SNOOZE_MOST)), ..Details::default() };
    if until <= cx.now {
        return Err(Refusal::with(Code::DateInPast, "ui", Details { until: None, ..details() }).into());
    }
    if until > cx.now.plus(SNOOZE_MOST) {
        return Err(Refusal::with(Code::DateTooFar, "ui", details()).into());
    }
    Ok(())
}

/// Puts it off for everybody.
pub(crate) fn snooze<T: Triaged>(cx: &Cx<'_>, mut read: Read<T>, until: UtcMillis) -> Changes {
    *read.record.hands().1 = Some(Snooze { by: cx.actor.person.clone(), until });
    read.record.note_act(cx);
    writes(vec![read.write()])
}

/// Has it wait again before its time.
pub(crate) fn wake<T: Triaged>(cx: &Cx<'_>, mut read: Read<T>) -> Result<Changes, Stop> {
    if read.record.snooze_at(cx.now).is_none() {
        return Err(Refusal::new(Code::NotSnoozed, "ui").into());
    }
    *read.record.hands().1 = None;
    read.record.note_act(cx);
    Ok(writes(vec![read.write()]))
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
        claim(cx, open_item(cx, self.record)?)
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
        release(cx, open_item(cx, self.record)?)
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
        can_wait_until(cx, self.until)?;
        Ok(snooze(cx, open_item(cx, self.record)?, self.until))
    }
}

/// `item.wake`: what was put off waits again, for everybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wake {
    /// The item.
    pub record: RecordRef,
}

impl Act for Wake {
    const NAME: &'static str = "item.wake";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        wake(cx, open_item(cx, self.record)?)
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
