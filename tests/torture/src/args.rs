//! Arguments for every command of the rulebook's registry, made from the schemas of their arguments: a command that is added
//! later joins by itself, unless it has an argument of a name that nobody here knows. Then a test fails.

use domain::{
    command::{Command, REGISTRY, Spec},
    file::Sha256,
    id::{FileId, RecordId, UserId},
    record::{Kind, RecordRef},
    role::Actor,
    time::{DAY, HOUR, UtcMillis, Zone},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::OnceLock};

use crate::dice::Dice;

/// What somebody can act upon.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) records: BTreeMap<Kind, Vec<RecordId>>,
    pub(crate) now: UtcMillis,
    pub(crate) me: Option<UserId>,
}

impl View {
    fn one(&self, kind: Kind, dice: &mut Dice) -> Option<RecordId> {
        dice.pick(self.records.get(&kind)?)
    }
}

/// An argument: its name, and whether it must be there.
type Argument = (String, bool);

/// The arguments of each command.
fn arguments() -> &'static BTreeMap<&'static str, Vec<Argument>> {
    static ALL: OnceLock<BTreeMap<&'static str, Vec<Argument>>> = OnceLock::new();
    ALL.get_or_init(|| REGISTRY.iter().map(|spec| (spec.name, of_schema(spec.name))).collect())
}

fn of_schema(name: &str) -> Vec<Argument> {
    let schema = Command::schema(name).map(Value::from).unwrap_or_default();
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = schema["properties"].as_object().into_iter().flat_map(Map::keys);
    fields.map(|field| (field.clone(), required.contains(&field.as_str()))).collect()
}

/// The arguments of which nobody here knows how to make one: `command.argument`.
#[must_use]
pub fn unknown() -> Vec<String> {
    let view = View {
        records: Kind::ALL.iter().map(|kind| (*kind, vec![RecordId::from_uuid(Dice::new(1).uuid(1))])).collect(),
        ..View::default()
    };
    let mut all = Vec::new();
    for (name, fields) in arguments() {
        let missing = fields.iter().filter(|(field, _)| value(name, field, &view, &mut Dice::new(7)).is_none());
        all.extend(missing.map(|(field, _)| format!("{name}.{field}")));
    }
    all
}

/// Arguments for this command.
pub(crate) fn make(spec: &Spec, view: &View, dice: &mut Dice) -> Value {
    let mut args = Map::new();
    for (field, required) in arguments().get(spec.name).into_iter().flatten() {
        if (*required || dice.below(10) < 6)
            && let Some(value) = value(spec.name, field, view, dice)
        {
            args.insert(field.clone(), value);
        }
    }
    Value::Object(args)
}

/// The kind of the record a command of this name is about, by its area.
fn kind_of(name: &str) -> Kind {
    match name.split('.').next().unwrap_or_default() {
        "client" => Kind::Client,
        "note" => Kind::Note,
        "notification" => Kind::Notification,
        "user" | "account" => Kind::User,
        "setting" => Kind::Setting,
        "order" => Kind::Order,
        "message" => Kind::Message,
        "quick_reply" => Kind::QuickReply,
        "design" => Kind::Design,
        "import" => Kind::ImportPart,
        _ => Kind::Consultation,
    }
}

fn makes_new(name: &str) -> bool {
    ["create", "add", "request", "register", "invite", "send", "upload", "rows"].iter().any(|verb| name.ends_with(verb))
}

const NAMES: &[&str] = &["Rani Kusuma", "Hj. Nur'aini, S.Psi.", "李小龙", "  Budi   Santoso ", "Siti Aminah"];
const BAD_NAMES: &[&str] = &["Al", "<b>Dewi</b>"];
const TEXTS: &[&str] = &["Jadwal penuh", "  baris satu\nbaris dua  ", "<script>alert(1)</script>", "Terima kasih, sampai jumpa"];
const BAD_TEXTS: &[&str] = &["", "ok"];
const PHONES: &[&str] = &["0812-3456-7890", "", "+62 21 2345 678"];
const BAD_PHONES: &[&str] = &["tidak punya"];

/// Mostly one that is taken.
fn text(dice: &mut Dice, good: &[&'static str], bad: &[&'static str]) -> Option<&'static str> {
    let bad_one = dice.one_in(12);
    dice.pick(if bad_one { bad } else { good })
}

/// The files that everybody of the staff has put on the server when a world begins. The first one is what the system notes: it is always
/// the same one, so that it is noted again and again.
pub(crate) const FILES: [&[u8]; 3] = [b"berkas", b"gambar", b"arsip"];

fn hash(file: &[u8]) -> Value {
    json!(Sha256::of(file))
}

/// By what one of the files is known; now and then by what none is.
pub(crate) fn some_hash(dice: &mut Dice) -> Value {
    if dice.one_in(12) { hash(b"tiada") } else { hash(dice.pick(&FILES).unwrap_or(FILES[0])) }
}

/// A row of an import: mostly one that is taken, about a client who may be known.
fn row(n: u64, dice: &mut Dice, view: &View) -> Option<Value> {
    let of = |act: &str, field: &str, dice: &mut Dice| value(act, field, view, dice);
    let client = json!({ "name": of("client.create", "name", dice)?, "phone": of("client.create", "phone", dice)?, "email": of("client.create", "email", dice)? });
    let mut row = json!({ "row": n + 2, "client": client, "separate": dice.one_in(8) });
    if dice.one_in(2) {
        let (design_type, description) = (of("order.create", "design_type", dice)?, of("order.create", "description", dice)?);
        row["order"] = json!({ "design_type": design_type, "description": description, "old_number": "INV-1" });
    }
    Some(row)
}

fn value(name: &str, field: &str, view: &View, dice: &mut Dice) -> Option<Value> {
    let at = |ms: i64| json!(view.now.plus(ms));
    Some(match field {
        "id" if name == "file.put" => json!(FileId::named(Actor::system().id(), &Sha256::of(FILES[0]))),
        "sha256" if name == "file.put" => hash(FILES[0]),
        "sha256" => some_hash(dice),
        "attachments" if dice.one_in(3) => {
            let mut file = || json!({ "sha256": some_hash(dice), "name": "logo.png", "size": 4_096, "media_type": "image/png" });
            let (one, other) = (file(), file());
            if dice.one_in(3) { json!([one, other]) } else { json!([one]) }
        }
        "attachments" => json!([]),
        "size" if dice.one_in(12) => json!(10_485_761),
        "size" => json!(dice.pick(&[1, 4_096, 10_485_760])?),
        "media_type" => json!(text(dice, &["image/png", "application/pdf"], &["image/owl"])?),
        "policy" => json!(dice.pick(&["design", "proof", "owl"])?),
        "id" if name == "quick_reply.save" && dice.one_in(2) => json!(dice.uuid(view.now.ms())),
        "id" if makes_new(name) && !dice.one_in(12) => json!(dice.uuid(view.now.ms())),
        "id" => json!(view.one(kind_of(name), dice)?),
        "order_id" => json!(view.one(Kind::Order, dice)?),
        "read" | "upto" => json!(dice.below(7)),
        "from" => json!(view.one(Kind::Client, dice)?),
        "client_id" if name == "account.register" => json!(dice.uuid(view.now.ms())),
        "client_id" => json!(view.one(Kind::Client, dice)?),
        "record" => {
            let about = if name == "note.add" { &[Kind::Client, Kind::Order, Kind::Consultation][..] } else { &[Kind::Consultation] };
            let kind = dice.pick(about)?;
            json!(RecordRef { kind, id: view.one(kind, dice)? })
        }
        "about" => {
            let kind = dice.pick(&[Kind::Consultation, Kind::Order, Kind::Conversation])?;
            json!(RecordRef { kind, id: view.one(kind, dice)? })
        }
        "channel" => json!(dice.pick(&["whatsapp", "whatsapp", "email", "owl"])?),
        "user" => json!(view.one(Kind::User, dice)?),
        // Devices are no records: nobody here knows one, and what the server makes of that is nothing.
        "device" => json!(dice.uuid(view.now.ms())),
        "to" if name == "order.set_status" => {
            json!(dice.pick(&["pending", "approved", "approved", "in_progress", "review", "completed", "cancelled", "owl"])?)
        }
        "to" if name == "order.set_product_status" => json!(dice.pick(&["pending", "proses", "proses", "selesai"])?),
        "to" if dice.one_in(4) => Value::Null,
        "to" => json!(view.one(Kind::User, dice)?),
        "ids" => {
            let ids: Vec<RecordId> = (0..1 + dice.below(3)).filter_map(|_| view.one(Kind::Notification, dice)).collect();
            json!(ids)
        }
        "requested_date" => json!(view.now.plus(dice.pick(&[-DAY, 0, DAY, DAY, 3 * DAY, 400 * DAY])?).day(Zone::Wib)),
        "design_type" => json!(dice.pick(&["logo", "branding", "ui_ux", "dll", "owl"])?),
        "deadline" => json!(view.now.plus(dice.pick(&[-DAY, 0, DAY, 30 * DAY, 900 * DAY])?).day(Zone::Wib)),
        "budget" => json!(dice.pick(&[0, 1, 750_000, 2_500_000])?),
        "until" => at(dice.pick(&[-HOUR, HOUR, HOUR, DAY, 20 * DAY])?),
        "effective_from" => at(dice.pick(&[-DAY, 0, HOUR])?),
        "name" if name == "design.upload" => json!(text(dice, &["logo.png", "Brosur – café.pdf"], &[""])?),
        "name" => json!(text(dice, NAMES, BAD_NAMES)?),
        "phone" => json!(text(dice, PHONES, BAD_PHONES)?),
        "email" => json!(format!("o{}@meja.test", dice.below(6))),
        "zone" => json!(dice.pick(&["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])?),
        "text" if name == "quick_reply.save" => json!(dice.pick(&["Halo {klien}", "{pesanan}: {status}", "{siapa}"])?),
        "title" | "reason" | "message" | "topic" | "note" | "text" | "description" | "needs" | "comment" => {
            json!(text(dice, TEXTS, BAD_TEXTS)?)
        }
        "pins" => json!([{ "x": dice.below(1_100), "y": 500, "text": text(dice, TEXTS, BAD_TEXTS)? }]),
        "import" => json!(dice.uuid(view.now.ms())),
        "part" => json!(dice.pick(&[1, 1, 1, 2, 9])?),
        "parts" => json!(2),
        "file" => json!(text(dice, &["klien.csv", "Pesanan 2025.xlsx"], &[""])?),
        "rows" => (0..1 + dice.below(3)).map(|n| row(n, dice, view)).collect::<Option<Vec<Value>>>()?.into(),
        "consent" => json!("2026-11"),
        "source" => json!(dice.pick(&["phone", "whatsapp", "app", "owl"])?),
        "private" => json!(dice.one_in(3)),
        "roles" => dice.pick(&[json!(["admin"]), json!(["cs"]), json!(["expert"]), json!(["admin", "expert"])])?,
        "status" => json!("active"),
        "key" => json!(dice.pick(&["org.name", "consultation.answer_minutes", "org.zone", "design.uploaders", "design.retention_days"])?),
        "value" => dice.pick(&[json!("Ruang Karsa"), json!(90), json!("Asia/Makassar"), json!("admin"), json!("staff")])?,
        _ => return None,
    })
}
