//! Records as they come from feed, files and tables. They decode without the constructors, so that whatever is done with one must
//! bear any value in it.

use domain::{
    audience,
    record::{AnyRecord, Kind, RecordRef},
    records::{Filling, SettingKey, Settings, Voice},
    role::Actor,
    time::{UtcMillis, Zone},
    wire::{ApiConsultation, ApiDesign, ApiMessage, ApiNotification},
    words::{Ago, Lang, Words},
};
use hostile::near;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use crate::{bounded, samples};

static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| Lang::ALL.map(Words::new));
const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000);

/// Everything that rules and screens ask of a moment.
fn tells(at: UtcMillis) {
    for (words, zone) in WORDS.iter().zip(Zone::ALL) {
        let _ =
            (words.near(at, NOW, zone), words.near_within(at, NOW, zone), words.span(Ago(NOW.since(at))), words.date_short(at.day(zone)));
        let _ = (at.day(zone).plus(1), at.day(zone).next_year(), at.plus(i64::MAX), at.plus(i64::MIN));
    }
}

/// Everything that rules and screens ask of a record.
fn asks(record: &AnyRecord) {
    let scope = audience::scope_of(record);
    let staff = Actor::system();
    let _ = (audience::may_see(&staff, record, None), scope, record.is_open(), record.state(), record.number(), record.names());
    match record {
        AnyRecord::Consultation(it) => {
            [it.due_at, it.created_at, it.updated_at].into_iter().for_each(tells);
            let _ = (it.client_name.initials(), ApiConsultation::from(it), WORDS[0].date_long(it.requested_date));
        }
        AnyRecord::Client(it) => {
            tells(it.created_at);
            let _ = (it.name.initials(), it.phone.as_ref().map(|phone| (phone.spoken(), phone.is_mobile())));
        }
        AnyRecord::User(it) => drop(it.name.initials()),
        AnyRecord::Notification(it) => drop(ApiNotification::of(it, &WORDS[0])),
        AnyRecord::Setting(it) => drop(Settings::at(NOW, [it]).calendar()),
        AnyRecord::Note(it) => tells(it.created_at),
        AnyRecord::Order(it) => {
            [it.due_at, it.status_at, it.created_at].into_iter().for_each(tells);
            let _ = (it.client_name.initials(), it.has_real_number(), it.is_open(), it.status.face(), it.product_status.face());
            let _ = (it.design_type.word(), it.budget.map(|amount| amount.plain()), it.deadline.map(|day| WORDS[0].date_long(day)));
        }
        AnyRecord::Conversation(it) => {
            [Some(it.last_at), it.waiting_since, it.due_at].into_iter().flatten().for_each(tells);
            let _ = (it.client_name.initials(), it.unread(None, &Voice::Staff), it.id.order());
        }
        AnyRecord::Message(it) => {
            tells(it.created_at);
            let _ = (ApiMessage::from(it), it.attachments.count(), it.attachments.0.iter().map(|it| it.name.ending()).next());
        }
        AnyRecord::ReadMark(it) => tells(it.updated_at),
        AnyRecord::QuickReply(it) => drop(it.text.fill(&Filling::default(), &WORDS[0])),
        AnyRecord::Counter(it) => drop(it.name.len()),
        AnyRecord::Design(it) => {
            [Some(it.created_at), it.submitted_at, it.reviewed_at].into_iter().flatten().for_each(tells);
            let _ = (it.download_name(), it.is_superseded(Some(1)), it.is_shown_to_client(), it.status.face(), ApiDesign::from(it));
        }
        AnyRecord::ImportPart(it) => drop((it.undo_until(), it.refused.0.iter().map(|row| row.code.word()).collect::<Vec<_>>())),
        AnyRecord::File(it) => drop((it.name.ending(), it.sha256.to_string(), it.policy.limits())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_stands_in_a_record_nothing_panics(n in 0..Kind::ALL.len(), value in near(Kind::ALL.iter().map(|kind| samples::record(*kind)).collect())) {
        let text = value.to_string();
        for kind in [Kind::ALL[n], Kind::Consultation, Kind::Client] {
            if let Ok(record) = bounded(text.len(), || AnyRecord::from_json(kind, &text)) {
                asks(&record);
                let written = record.to_json().unwrap();
                prop_assert_eq!(AnyRecord::from_json(kind, &written).unwrap(), record, "what was read is written as it was");
            }
        }
    }

    #[test]
    fn settings_of_any_value(n in 0..SettingKey::KNOWN.len(), value in near(vec![
        json!("Asia/Jakarta"), json!(180), json!("admin"), json!({"days": [1, 2, 3], "from": 480, "to": 1020}),
        json!([{"date": "2026-01-01", "kind": "public", "name": "Tahun Baru"}, {"date": "2026-01-02", "kind": "joint_leave", "name": "x"}]),
    ])) {
        let (mut settings, key) = (Settings::default(), &SettingKey::KNOWN[n]);
        let taken = bounded(value.to_string().len(), || settings.set(key, &value).is_ok());
        prop_assert!(taken || settings == Settings::default(), "a refused value changes nothing");
        let due = settings.calendar().add_working(NOW, settings.answer_minutes);
        prop_assert!(due >= NOW && settings.holidays.len() <= 1_000);
    }
}

#[test]
fn what_is_right_is_taken() {
    for kind in Kind::ALL {
        let record = AnyRecord::from_value(*kind, samples::record(*kind)).unwrap();
        asks(&record);
        assert_eq!(record.reference(), RecordRef { kind: *kind, id: samples::ID.parse().unwrap() });
    }
}

/// A number of another alphabet, as only a row that no constructor has seen can hold it.
#[test]
fn a_telephone_number_that_is_none_is_shown_as_it_is() {
    for number in ["+62ab\u{e9}cdef", "\u{1F468}", "+62", "", "+62\u{202e}81"] {
        let mut client = samples::record(Kind::Client);
        client["phone"] = Value::from(number);
        asks(&AnyRecord::from_value(Kind::Client, client).unwrap());
    }
}
