//! Requests for a free consultation: asked, accepted, rejected, called off (R-010…R-014, M-01).

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Key, Lookup},
    id::{ClientId, ConsultationId},
    record::{Kind, RecordRef},
    records::{Consultation, ConsultationStatus, History, NotificationKind, Source},
    role::Role,
    rule::{Cx, Read, create, field, key, required_reason, source_for, writes},
    status::{CONSULTATION, Transition},
    text::{Message, Reason, RequestNote, Topic},
    time::{Day, UtcMillis, Zone},
};

/// `consultation.request`: a client asks, or the staff enters it for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Request {
    /// The id of the new request.
    pub id: ConsultationId,
    /// Whose request it is.
    pub client_id: ClientId,
    /// The day the client wants: not in the past in WIB, at most a year ahead.
    pub requested_date: Day,
    /// What it is about, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// What the client adds, at most 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How it reached us; a client's own request is always `app`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Act for Request {
    const NAME: &'static str = "consultation.request";
    const RULE: &'static str = "R-010, R-011, R-005, C-36";
    const ROLES: &'static [Role] = &[Role::Client, Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Consultation, self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![
            key(Kind::Consultation, self.id),
            key(Kind::Client, self.client_id),
            Key::Lookup(Lookup::WaitingOf(self.client_id)),
            Key::Lookup(Lookup::Settings),
        ]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let topic = field("topic", Topic::optional(self.topic.as_deref()))?;
        let note = field("note", RequestNote::optional(self.note.as_deref()))?;
        let source = source_for(cx, self.source.as_ref())?;
        check_day(self.requested_date, cx.now)?;
        let client = cx.client(self.client_id)?.record;
        if client.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        if let Some(waiting) = cx.find::<Consultation>(Lookup::WaitingOf(client.id))?.into_iter().next() {
            return Err(already_waiting(&waiting.record).into());
        }
        cx.must_be_free(RecordRef::new(Kind::Consultation, self.id))?;
        let settings = cx.settings()?;
        let consultation = Consultation {
            id: self.id,
            number: free_number(cx, self.id)?,
            client_id: client.id,
            client_user: client.user_id,
            client_name: client.name,
            client_zone: client.zone,
            source,
            requested_date: self.requested_date,
            topic,
            note,
            status: ConsultationStatus::Waiting,
            message: None,
            reason: None,
            due_at: settings.calendar().add_working(cx.now, settings.answer_minutes),
            decided_at: None,
            decided_by: None,
            claim: None,
            snooze: None,
            assignee: None,
            created_at: cx.now,
            updated_at: cx.now,
            history: History(vec![cx.history(None)]),
        };
        let told = tell(cx, &consultation, NotificationKind::ConsultationWaiting, None);
        Ok(writes([create(consultation)].into_iter().chain(told).collect()))
    }
}

/// Refuses a day that is past in WIB, or more than a year ahead.
fn check_day(day: Day, now: UtcMillis) -> Result<(), Stop> {
    let today = now.day(Zone::Wib);
    let details = || Details { field: Some("requested_date".to_owned()), ..Details::default() };
    if day < today {
        return Err(Refusal::with(Code::DateInPast, "R-036", details()).into());
    }
    if day > today.next_year() {
        return Err(Refusal::with(Code::DateTooFar, "R-010", details()).into());
    }
    Ok(())
}

pub(super) fn already_waiting(waiting: &Consultation) -> Refusal {
    let record = Some(RecordRef::new(Kind::Consultation, waiting.id));
    let details = Details { record, number: Some(waiting.number.clone()), at: Some(waiting.created_at), ..Details::default() };
    Refusal::with(Code::AlreadyWaiting, "R-010", details)
}

/// `KG-YYYYMMDD-XXXXXX`, made from the id, so that a desk shows the number the server will give. Where a desk cannot know
/// whether it is free it shows the likely one; only the server's counts (C-12).
fn free_number(cx: &Cx<'_>, id: ConsultationId) -> Result<String, Stop> {
    let mut number = String::new();
    for attempt in 0..8 {
        number = number_of(id, cx.now.day(Zone::Wib), attempt);
        match cx.find::<Consultation>(Lookup::ConsultationNumber(number.clone())) {
            Ok(taken) if !taken.is_empty() => {}
            Ok(_) | Err(Stop::Unknown(_)) => break,
            Err(stop) => return Err(stop),
        }
    }
    Ok(number)
}

/// Six of 36 letters from the hash of the id and the attempt.
fn number_of(id: ConsultationId, day: Day, attempt: u8) -> String {
    use sha2::{Digest, Sha256};
    const LETTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let hash = Sha256::new().chain_update(id.uuid().as_bytes()).chain_update([attempt]).finalize();
    let mut bits = hash[..8].iter().fold(0_u64, |n, b| (n << 8) | u64::from(*b));
    let mut letters = String::with_capacity(6);
    for _ in 0..6 {
        letters.push(char::from(LETTERS[usize::try_from(bits % 36).unwrap_or(0)]));
        bits /= 36;
    }
    format!("KG-{}-{letters}", day.to_string().replace('-', ""))
}

/// A line in the client's list of notifications, if the client has an account.
fn tell(cx: &Cx<'_>, it: &Consultation, kind: NotificationKind, detail: Option<String>) -> Option<Write> {
    it.client_user.map(|user| cx.tell(user, kind, RecordRef::new(Kind::Consultation, it.id), None, detail))
}

/// Reads a request that this act shall move on: visible, in a state from which the table lets this person move it, and not
/// in somebody else's hands.
fn read_to_move(cx: &Cx<'_>, id: ConsultationId, act: &str) -> Result<(Read<Consultation>, ConsultationStatus), Stop> {
    let read = cx.read::<Consultation>(id)?;
    let it = &read.record;
    let may = |t: &&Transition<ConsultationStatus>| t.act == act && (cx.actor.is_system() || cx.actor.is_any(t.by));
    let Some(transition) = CONSULTATION.iter().filter(may).find(|t| t.from == it.status) else {
        let only_waiting = CONSULTATION.iter().filter(may).all(|t| t.from == ConsultationStatus::Waiting);
        let by = it.decided_by.as_ref().and_then(|p| cx.reveal(p));
        let details = Details { status: Some(it.status.wire().to_owned()), by, at: it.decided_at, ..Details::default() };
        let code = if only_waiting { Code::NotWaiting } else { Code::NotOpen };
        return Err(Refusal::with(code, "M-01", details).into());
    };
    super::item::not_claimed_by_other(cx, it)?;
    Ok((read, transition.to.clone()))
}

/// Moves a request on and tells the client, unless the client did it.
fn close(cx: &Cx<'_>, mut read: Read<Consultation>, to: ConsultationStatus, told: Option<NotificationKind>) -> Changes {
    let it = &mut read.record;
    it.status = to;
    it.decided_at = Some(cx.now);
    it.decided_by = Some(cx.actor.person.clone());
    super::item::let_go(it);
    let reason = it.reason.as_ref().map(ToString::to_string);
    cx.stamp(it, reason.as_deref());
    let detail = reason.clone().or_else(|| it.message.as_ref().map(ToString::to_string));
    let told = told.and_then(|kind| tell(cx, it, kind, detail));
    Changes { writes: [read.write()].into_iter().chain(told).collect(), reason, ..Changes::default() }
}

/// A client calls it off: whose it is by now is told, the colleague whom it was given to, or else whoever accepted it.
fn tell_whose(cx: &Cx<'_>, it: &Consultation) -> Option<Write> {
    let accepted_by = it.decided_by.as_ref().filter(|_| it.status == ConsultationStatus::Accepted);
    let whose = it.assignee.as_ref().or(accepted_by).filter(|person| person.id != cx.actor.id())?;
    let (by, record) = (cx.actor.person.clone(), RecordRef::new(Kind::Consultation, it.id));
    Some(cx.tell(whose.id, NotificationKind::ConsultationCancelled, record, Some(by), Some(it.client_name.to_string())))
}

/// `consultation.accept`: «Terima».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accept {
    /// The request.
    pub id: ConsultationId,
    /// A word to the client, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Act for Accept {
    const NAME: &'static str = "consultation.accept";
    const RULE: &'static str = "R-003, R-013, M-01";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Consultation, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let message = field("message", Message::optional(self.message.as_deref()))?;
        let (mut read, to) = read_to_move(cx, self.id, Self::NAME)?;
        read.record.message = message;
        Ok(close(cx, read, to, Some(NotificationKind::ConsultationAccepted)))
    }
}

/// `consultation.reject`: «Tolak», with a reason that the client reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reject {
    /// The request.
    pub id: ConsultationId,
    /// Why, 3 to 500 characters.
    #[serde(default)]
    pub reason: String,
}

impl Act for Reject {
    const NAME: &'static str = "consultation.reject";
    const RULE: &'static str = "R-003, R-012, R-013, M-01";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Consultation, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let reason = required_reason(&self.reason, "R-012")?;
        let (mut read, to) = read_to_move(cx, self.id, Self::NAME)?;
        read.record.reason = Some(reason);
        Ok(close(cx, read, to, Some(NotificationKind::ConsultationRejected)))
    }
}

/// `consultation.cancel`: the client or an admin calls off a waiting or accepted request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cancel {
    /// The request.
    pub id: ConsultationId,
    /// Why, 3 to 500 characters; an admin must say, a client may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Act for Cancel {
    const NAME: &'static str = "consultation.cancel";
    const RULE: &'static str = "M-01";
    const ROLES: &'static [Role] = &[Role::Client, Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Consultation, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let by_admin = cx.actor.is(&Role::Admin) || cx.actor.is_system();
        let reason = if by_admin {
            Some(required_reason(self.reason.as_deref().unwrap_or_default(), "R-012")?)
        } else {
            field("reason", Reason::optional(self.reason.as_deref()))?
        };
        let (mut read, to) = read_to_move(cx, self.id, Self::NAME)?;
        read.record.reason = reason;
        let whose = if by_admin { None } else { tell_whose(cx, &read.record) };
        let mut changes = close(cx, read, to, by_admin.then_some(NotificationKind::ConsultationCancelled));
        changes.writes.extend(whose);
        Ok(changes)
    }
}
