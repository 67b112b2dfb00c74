//! What a person at a desk does, at random: every kind of command a window can give, some held and taken back, and decisions about
//! what was not done.

use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{CommandId, RecordId},
    record::{Kind, RecordRef},
    time::{HOUR, UtcMillis, Zone},
};
use mirror::{
    Attachment, Given, Settled, Submission, TakenBack,
    queries::{InboxAsk, OrderAsk, View},
};
use serde_json::{Value, json};
use sync::Clock;

use crate::{
    dice::Dice,
    files::document,
    log::AtDesk,
    seat::{Seat, fresh},
};

/// Why something could not be done.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The disk is full: it may work another time.
    Full,
    /// What must not be.
    Broken(String),
}

impl From<mirror::Error> for Trouble {
    fn from(error: mirror::Error) -> Self {
        if error.retry() { Self::Full } else { Self::Broken(error.to_string()) }
    }
}
impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self::Broken(why)
    }
}

/// What becomes of an attempt.
pub(crate) type Attempt<T> = Result<T, Trouble>;

/// A person.
pub(crate) struct Hand {
    pub(crate) dice: Dice,
    me: String,
    held: Option<CommandId>,
}

/// What a person has before them.
struct Sight {
    waiting: Vec<RecordId>,
    clients: Vec<RecordId>,
    orders: Vec<RecordId>,
    colleagues: Vec<RecordId>,
    unread: Vec<RecordId>,
    now: UtcMillis,
}

impl Hand {
    pub(crate) fn new(seed: u64, me: &str) -> Self {
        Self { dice: Dice::new(seed), me: me.to_owned(), held: None }
    }
    /// Does something.
    pub(crate) async fn act(&mut self, seat: &Seat) -> Attempt<()> {
        match self.dice.below(20) {
            0 => self.take_back(seat).await,
            1 | 2 => self.decide(seat).await,
            3 => self.attach(seat).await,
            _ => self.give(seat).await,
        }
    }
    async fn give(&mut self, seat: &Seat) -> Attempt<()> {
        let sight = look(seat).await?;
        let Some((name, args, makes, about)) = self.choose(&sight) else { return Ok(()) };
        let id = fresh();
        let hold = (self.dice.below(3) == 0).then(|| seat.clock.mono() + i64::try_from(self.dice.below(2_500)).unwrap_or(0));
        let given = Given { id, name: name.to_owned(), args, seen: about.into_iter().collect(), seen_at: sight.now, held_until: hold };
        seat.log.write(&AtDesk::Pressed { id, makes: makes.map(|record| record.to_string()) })?;
        let taken = seat.cabinet.submit(given, seat.now()).await;
        self.taken(seat, id, hold, taken)
    }
    /// Ties a file to an order.
    async fn attach(&mut self, seat: &Seat) -> Attempt<()> {
        let sight = look(seat).await?;
        let Some(order) = self.dice.pick(&sight.orders) else { return Ok(()) };
        let bytes = document(&mut self.dice);
        let (id, design, sha256, size) = (fresh(), RecordId::from_uuid(fresh().uuid()), Sha256::of(&bytes), bytes.len());
        let name = FileName::new("desain.pdf").map_err(|_| "a name that is none".to_owned())?;
        let args = json!({ "id": design, "order_id": order, "sha256": sha256, "size": size, "media_type": MediaType::Pdf, "name": name });
        let file = Attachment { sha256, policy: FilePolicy::Design, name, media_type: MediaType::Pdf, bytes };
        let given = Given { id, name: "design.upload".to_owned(), args, seen: Vec::new(), seen_at: sight.now, held_until: None };
        let (design, order) = (RecordRef::new(Kind::Design, design).to_string(), RecordRef::new(Kind::Order, order).to_string());
        seat.log.write(&AtDesk::Attached { id, design: design.clone(), order, sha256 })?;
        seat.log.write(&AtDesk::Pressed { id, makes: Some(design) })?;
        let taken = seat.cabinet.attach(given, vec![file], seat.now()).await;
        self.taken(seat, id, None, taken)
    }
    /// Writes down what became of a press.
    fn taken(&mut self, seat: &Seat, id: CommandId, hold: Option<i64>, taken: mirror::Result<Submission>) -> Attempt<()> {
        match taken {
            Ok(Submission::Taken(_)) => {
                seat.log.write(&AtDesk::Taken { id })?;
                self.held = hold.map(|_| id);
                seat.engine.given();
            }
            Ok(Submission::Refused(_)) => seat.log.write(&AtDesk::Refused { id })?,
            // An error says that nothing was done, and that nothing is in the outbox.
            Err(error) => {
                seat.log.write(&AtDesk::Refused { id })?;
                return Err(error.into());
            }
        }
        Ok(())
    }
    /// A command, its arguments, the record it makes, and the one it is about.
    fn choose(&mut self, sight: &Sight) -> Option<(&'static str, Value, Option<RecordRef>, Option<RecordRef>)> {
        let new = RecordId::from_uuid(fresh().uuid());
        let dice = &mut self.dice;
        let request = dice.pick(&sight.waiting).map(|id| RecordRef::new(Kind::Consultation, id));
        let client = dice.pick(&sight.clients);
        let day = sight.now.day(Zone::Wib).plus(1 + i64::try_from(dice.below(60)).unwrap_or(0));
        let by_id = |name, extra: Value| {
            let record = request?;
            let mut args = extra;
            args["id"] = json!(record.id);
            Some((name, args, None, Some(record)))
        };
        let by_record = |name, extra: Value| {
            let record = request?;
            let mut args = extra;
            args["record"] = json!(record);
            Some((name, args, None, Some(record)))
        };
        let order = dice.pick(&sight.orders);
        match dice.below(30) {
            20 => {
                let args = json!({ "id": new, "client_id": client?, "design_type": "logo", "description": "Dipesan lewat telepon" });
                Some(("order.create", args, Some(RecordRef::new(Kind::Order, new)), None))
            }
            21 | 22 => {
                let to = dice.pick(&["approved", "in_progress", "review", "completed"])?;
                Some(("order.set_status", json!({ "id": order?, "to": to }), None, Some(RecordRef::new(Kind::Order, order?))))
            }
            23..=25 => {
                let args = json!({ "id": new, "order_id": order?, "text": format!("Pesan {}", self.me) });
                Some(("message.send", args, Some(RecordRef::new(Kind::Message, new)), None))
            }
            27 | 28 => Some(("order.claim", json!({ "id": order? }), None, Some(RecordRef::new(Kind::Order, order?)))),
            29 => {
                let args = json!({ "id": order?, "until": sight.now.plus(HOUR) });
                Some(("order.snooze", args, None, Some(RecordRef::new(Kind::Order, order?))))
            }
            26 => Some(("conversation.read", json!({ "order_id": order?, "upto": 1 + dice.below(9) }), None, None)),
            0 | 1 => {
                let args = json!({ "id": new, "name": format!("Klien {}", letters(dice.below(1_000_000))) });
                Some(("client.create", args, Some(RecordRef::new(Kind::Client, new)), None))
            }
            2 => Some(("client.edit", json!({ "id": client?, "name": format!("Klien {}", letters(dice.below(1_000_000))) }), None, None)),
            3..=6 => {
                let args = json!({ "id": new, "client_id": client?, "requested_date": day, "topic": "Ditanyakan lewat telepon" });
                Some(("consultation.request", args, Some(RecordRef::new(Kind::Consultation, new)), None))
            }
            7 | 8 => by_id("consultation.accept", json!({ "message": "Baik" })),
            9 => by_id("consultation.reject", json!({ "reason": "Jadwal penuh" })),
            10 => by_id("consultation.cancel", json!({ "reason": "Diminta klien" })),
            11 | 12 => by_record("item.claim", json!({})),
            13 => by_record("item.release", json!({})),
            14 => by_record("item.snooze", json!({ "until": sight.now.plus(HOUR) })),
            15 => by_record("item.assign", json!({ "to": dice.pick(&sight.colleagues) })),
            16 => Some(("notification.read", json!({ "ids": [dice.pick(&sight.unread)?] }), None, None)),
            17 if dice.below(4) == 0 => {
                Some(("setting.set", json!({ "key": "consultation.answer_minutes", "value": 60 + dice.below(600) }), None, None))
            }
            _ => {
                let about = request.or(client.map(|id| RecordRef::new(Kind::Client, id)))?;
                let args = json!({ "id": new, "record": about, "text": format!("Catatan {}", self.me), "private": dice.below(4) == 0 });
                Some(("note.add", args, Some(RecordRef::new(Kind::Note, new)), Some(about)))
            }
        }
    }
    async fn take_back(&mut self, seat: &Seat) -> Attempt<()> {
        let Some(id) = self.held.take() else { return Ok(()) };
        seat.log.write(&AtDesk::TakesBack { id })?;
        match seat.cabinet.take_back(Some(id), seat.now()).await? {
            TakenBack::Done(..) => seat.log.write(&AtDesk::TakenBack { id })?,
            TakenBack::TooLate | TakenBack::NotFound => {}
        }
        Ok(())
    }
    async fn decide(&mut self, seat: &Seat) -> Attempt<()> {
        let lists = seat.cabinet.outbox(0, Zone::Wib, seat.now()).await?;
        let ids: Vec<CommandId> = lists.decide.iter().map(|pending| pending.entry.id).collect();
        let Some(id) = self.dice.pick(&ids) else { return Ok(()) };
        let how = if self.dice.below(2) == 0 { Settled::Handled } else { Settled::Discarded };
        seat.log.write(&AtDesk::Decides { id })?;
        seat.cabinet.settle(id, how, seat.now()).await?;
        Ok(())
    }
}

async fn look(seat: &Seat) -> Attempt<Sight> {
    let now = seat.now();
    let mut waiting = Vec::new();
    for view in [View::Requests, View::Mine, View::Snoozed] {
        let page = seat.cabinet.inbox(&InboxAsk { view, limit: 20, ..InboxAsk::default() }, now).await?;
        waiting.extend(page.rows.iter().filter_map(|row| row.item.consultation()).map(|it| RecordId::from(it.id)));
    }
    let clients = seat.cabinet.clients("klien", 20, now).await?;
    let orders = seat.cabinet.orders(&OrderAsk { limit: 20, ..OrderAsk::default() }, now).await?;
    let staff = seat.cabinet.staff(now).await?;
    let told = seat.cabinet.notifications(20, now).await?;
    Ok(Sight {
        waiting,
        clients: clients.iter().map(|hit| RecordId::from(hit.client.id)).collect(),
        orders: orders.rows.iter().map(|row| RecordId::from(row.order.id)).collect(),
        colleagues: staff.iter().map(|user| RecordId::from_uuid(user.id.uuid())).collect(),
        unread: told.items.iter().filter(|it| it.read_at.is_none()).map(|it| RecordId::from(it.id)).collect(),
        now,
    })
}

/// A number in letters: names have no digits.
fn letters(n: u64) -> String {
    n.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}
