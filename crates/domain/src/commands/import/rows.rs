//! `import.rows`.

use serde::{Deserialize, Serialize};

use super::{IMPORTERS, MOST_PARTS, MOST_ROWS, known::Known, named};
use crate::{
    command::Act,
    commands::{client, order},
    decision::{Changes, Refusal, Stop, Write},
    facts::{Contacts, Key, Lookup},
    id::{ClientId, ImportId, ImportPartId, OrderId},
    money::Rupiah,
    phone::Phone,
    record::{Kind, RecordRef},
    records::{Client, DesignType, ImportMade, ImportPart, Order, RefusedRow, RefusedRows, Source},
    role::Role,
    rule::{Cx, create, field, key, writes},
    text::{Invalid, Label, NoteText},
    time::{Day, Zone},
};

/// What a row says of a client: the arguments of `client.create`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowClient {
    /// What they are called.
    pub name: String,
    /// Their telephone number, in any writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The zone they live in; the organisation's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

/// What a row says of an order: the arguments of `order.create`, and what it was called where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowOrder {
    /// What is to be designed.
    pub design_type: DesignType,
    /// What it shall be, 1 to 2000 characters.
    pub description: String,
    /// What else the client needs, at most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// By which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// What the client means to spend, in whole rupiah.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Rupiah>,
    /// How it reached us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Its number where it comes from, at most 80 characters; it stands in the staff's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_number: Option<String>,
}

/// A row of a file: a client, and an order of theirs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Its number in the file.
    pub row: u32,
    /// The client.
    pub client: RowClient,
    /// The order, if the row has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<RowOrder>,
    /// Whether it is a client of its own even if the telephone number or the address is a known client's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub separate: bool,
}

/// `import.rows`: a part of an import. Every row obeys the rules of `client.create` and `order.create`; one that does not is noted in
/// the part and keeps no other row back. A row with the telephone number or the address of a known client makes no other one: its
/// order is theirs.
///
/// Nobody is notified: what is imported has happened already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rows {
    /// The id of the part.
    pub id: ImportPartId,
    /// The import it belongs to.
    pub import: ImportId,
    /// Which part it is, from 1.
    pub part: u32,
    /// How many parts there will be, at most 10 000.
    pub parts: u32,
    /// What the file is called, 1 to 80 characters.
    pub file: String,
    /// The rows, 1 to 100.
    pub rows: Vec<Row>,
}

impl Rows {
    /// The clients and orders that the row at this place makes: their ids follow from the part's.
    fn ids(&self, place: usize) -> (ClientId, OrderId) {
        let n = u32::try_from(place).unwrap_or(u32::MAX / 2).saturating_mul(2);
        (self.id.derived(n).into(), self.id.derived(n + 1).into())
    }
    /// Everything by which its rows may be known.
    fn contacts(&self) -> Contacts {
        let mut contacts = Contacts::default();
        for row in &self.rows {
            contacts.phones.extend(Phone::optional(row.client.phone.as_deref()).ok().flatten());
            contacts.emails.extend(client::email(row.client.email.as_deref()).ok().flatten());
        }
        contacts
    }
    fn within_bounds(&self) -> Result<(), Stop> {
        let wrong = |name: &str, why| Err(Refusal::invalid(name, why).into());
        match (self.rows.len(), self.part) {
            (0, _) => wrong("rows", Invalid::Required),
            (n, _) if n > MOST_ROWS => wrong("rows", Invalid::TooLong(MOST_ROWS)),
            _ if self.parts > MOST_PARTS => wrong("parts", Invalid::OutOfRange),
            (_, part) if part == 0 || part > self.parts => wrong("part", Invalid::OutOfRange),
            _ => Ok(()),
        }
    }
    fn all_ids(&self) -> impl Iterator<Item = Key> + '_ {
        let of = |(client, order): (ClientId, OrderId)| [key(Kind::Client, client), key(Kind::Order, order)];
        (0..self.rows.len()).flat_map(move |place| of(self.ids(place)))
    }
}

impl Act for Rows {
    const NAME: &'static str = "import.rows";
    const RULE: &'static str = "R-005, R-017, R-070, R-071, C-12";
    const ROLES: &'static [Role] = IMPORTERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        if self.within_bounds().is_err() {
            return Vec::new();
        }
        vec![Key::Lookup(Lookup::ClientsBy(self.contacts())), Key::Record(named(self.id)), Key::Lookup(Lookup::Settings)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        self.within_bounds()?;
        let file = field("file", Label::new(&self.file))?;
        // A desk never knows this, so that it asks for nothing else and the server decides.
        let known = Known::of(cx, cx.find::<Client>(Lookup::ClientsBy(self.contacts()))?)?;
        cx.load(self.all_ids())?;
        cx.must_be_free(named(self.id))?;
        let mut making =
            Making { known, counting: order::Counting::begin(cx)?, writes: Vec::new(), made: ImportMade::default(), matched: 0 };
        let mut refused = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            match making.take(cx, row, self.ids(place)) {
                Err(Stop::Refused(refusal)) => refused.push(RefusedRow::of(row.row, refusal)),
                done => done?,
            }
        }
        let part = ImportPart {
            id: self.id,
            import_id: self.import,
            part: self.part.into(),
            parts: self.parts.into(),
            file,
            by: cx.actor.person.clone(),
            rows: i64::try_from(self.rows.len()).unwrap_or(i64::MAX),
            matched: making.matched,
            made: making.made,
            refused: RefusedRows(refused),
            undone: None,
            created_at: cx.now,
            updated_at: cx.now,
        };
        Ok(writes(making.writes.into_iter().chain(making.counting.counted()).chain([create(part)]).collect()))
    }
}

/// What the rows make, one after another.
struct Making {
    known: Known,
    counting: order::Counting,
    writes: Vec<Write>,
    made: ImportMade,
    matched: i64,
}

impl Making {
    /// Takes a row in whole, or leaves nothing of it.
    fn take(&mut self, cx: &Cx<'_>, row: &Row, (client_id, order_id): (ClientId, OrderId)) -> Result<(), Stop> {
        let RowClient { name, phone, email, zone } = row.client.clone();
        let new = client::Create { id: client_id, name, phone, email, zone }.client(cx)?;
        let met = if row.separate { None } else { self.known.meant(new.phone.as_ref(), new.email.as_ref())?.cloned() };
        let client = met.as_ref().unwrap_or(&new);
        let order = row.order.as_ref().map(|it| it.order(cx, order_id, client, &mut self.counting)).transpose()?;
        if let Some(order) = order {
            self.made.orders.push(order.id);
            self.writes.push(create(order));
        }
        if met.is_some() {
            self.matched += 1;
        } else {
            self.made.clients.push(new.id);
            self.known.add(new.clone());
            self.writes.push(create(new));
        }
        Ok(())
    }
}

impl RowOrder {
    fn order(&self, cx: &Cx<'_>, id: OrderId, client: &Client, counting: &mut order::Counting) -> Result<Order, Stop> {
        let old = field("old_number", Label::optional(self.old_number.as_deref()))?;
        let staff_note = field("old_number", old.map(|old| NoteText::new(&format!("Nomor lama: {old}"))).transpose())?;
        let wanted = order::Create {
            id,
            client_id: client.id,
            design_type: self.design_type.clone(),
            description: self.description.clone(),
            needs: self.needs.clone(),
            deadline: self.deadline,
            budget: self.budget,
            source: self.source.clone(),
        };
        Ok(Order { staff_note, ..wanted.wanted(cx)?.order(cx, id, client, counting)? })
    }
}
