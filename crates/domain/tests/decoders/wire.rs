//! Lines, events, commands, answers.

use domain::{
    command::{Command, REGISTRY},
    wire::{
        ApiSession, At, BadEnvelope, Changes, ClientChange, CommandBatch, ConsultationRequest, DeviceInfo, DeviceList, Envelope, Forgot,
        KnownAnswer, KnownRequest, Line, Login, OrderChange, OrderRequest, Outcomes, PasswordChange, PasswordReset, Problem, Refresh,
        RegisterRequest, Session,
    },
};
use hostile::{bytes_near, near};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    bounded,
    samples::{self, ID, commands, lines},
};

/// What was taken is written so that it is taken again, as the same.
fn comes_back<T: Serialize>(taken: &T, again: impl Fn(&str) -> Option<String>) {
    let text = serde_json::to_string(taken).unwrap();
    assert_eq!(again(&text).as_deref(), Some(text.as_str()), "what was read is written as it was");
}

fn decode<T: DeserializeOwned + Serialize>(text: &str) -> Option<T> {
    let taken = bounded(text.len(), || serde_json::from_str::<T>(text).ok());
    if let Some(taken) = &taken {
        comes_back(taken, |text| serde_json::from_str::<T>(text).ok().and_then(|it| serde_json::to_string(&it).ok()));
    }
    taken
}

type Decoder = (&'static str, fn(&str) -> bool);

macro_rules! decoders {
    ($($ty:ident),*) => { const DECODERS: &[Decoder] = &[$((stringify!($ty), |text| decode::<$ty>(text).is_some())),*]; };
}
decoders!(
    CommandBatch,
    Outcomes,
    KnownRequest,
    KnownAnswer,
    Problem,
    Login,
    Refresh,
    PasswordChange,
    Forgot,
    PasswordReset,
    Session,
    ApiSession,
    DeviceInfo,
    DeviceList,
    RegisterRequest,
    ClientChange,
    ConsultationRequest,
    OrderChange,
    OrderRequest,
    At
);

fn line(text: &str) -> bool {
    let taken = bounded(text.len(), || serde_json::from_str::<Line<'_>>(text).ok());
    if let Some(taken) = &taken {
        comes_back(taken, |text| serde_json::from_str::<Line<'_>>(text).ok().and_then(|it| serde_json::to_string(&it).ok()));
    }
    taken.is_some()
}

fn changes(text: &str) -> bool {
    let taken = bounded(text.len(), || serde_json::from_str::<Changes<'_>>(text).ok());
    if let Some(taken) = &taken {
        comes_back(taken, |text| serde_json::from_str::<Changes<'_>>(text).ok().and_then(|it| serde_json::to_string(&it).ok()));
    }
    taken.is_some()
}

/// A command is taken, refused alone, or spoils its body for want of a name or an id; and its fingerprint is the same on both ways.
fn envelope(value: &Value) {
    let text = value.to_string();
    match bounded(text.len(), || Envelope::read(value)) {
        Ok(taken) => {
            let written = serde_json::to_value(&taken).unwrap();
            assert_eq!(Envelope::read(&written).as_ref(), Ok(&taken), "what was read is written as it was");
            assert_eq!(Envelope::fingerprint_of(&written), taken.fingerprint());
            assert!(taken.after.len() <= Envelope::LINKS && taken.seen.len() <= Envelope::LINKS && taken.name.len() <= 100);
            let _ = bounded(text.len(), || Command::parse(&taken.name, &taken.args));
        }
        Err(BadEnvelope::Args(id, refusal)) => assert!(id.to_string() == value["id"] && refusal.details.field.is_some()),
        Err(BadEnvelope::Body(part)) => assert!(matches!(part, "id" | "name")),
    }
}

#[test]
fn what_is_right_is_taken() {
    for (name, decodes) in DECODERS {
        assert!(decodes(&samples::wire(name).to_string()), "{name}");
    }
    assert!(lines().iter().all(|value| line(&value.to_string())));
    assert!(changes(&samples::wire("Changes").to_string()));
    assert!(commands().iter().all(|value| Envelope::read(value).is_ok()));
}

/// A place in the feed goes back to the server in an address: what cannot stand there is none (protocol.md, Feed).
#[test]
fn a_cursor_is_short_and_of_the_pages_letters() {
    let takes = |cursor: &str| {
        let lines = [json!({"mark": {"cursor": cursor}}), json!({"page": {"cursor": cursor, "seq": 1, "head": "h", "more": false}})];
        let taken: Vec<bool> = lines.iter().map(|value| line(&value.to_string())).collect();
        assert_eq!(taken[0], taken[1]);
        taken[0]
    };
    for good in ["c", "v1~0a~42~ff~ab", "A-Z.a_z~9", &"x".repeat(512)] {
        assert!(takes(good), "{good}");
    }
    for bad in ["", "a b", "a&limit=9", "a#", "a/../b", "a\r\nX: y", "\u{e9}", &"x".repeat(513)] {
        assert!(!takes(bad), "{bad:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn lines_with_other_values_in_them(value in near(lines())) {
        line(&value.to_string());
        changes(&json!({"seq": 1, "lines": [value]}).to_string());
    }

    #[test]
    fn lines_of_broken_bytes(bytes in bytes_near(lines().iter().map(|value| value.to_string().into_bytes()).collect())) {
        line(&String::from_utf8_lossy(&bytes));
        let _ = bounded(bytes.len(), || serde_json::from_slice::<Line<'_>>(&bytes).is_ok());
    }

    #[test]
    fn everything_else_on_the_wire(n in 0..DECODERS.len(), seed in any::<prop::sample::Index>(), values in prop::collection::vec(hostile::strange(), 3)) {
        let (name, decodes) = DECODERS[n];
        let mut sample = samples::wire(name);
        let fields = sample.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let field = &fields[seed.index(fields.len())];
        for value in values {
            sample[field] = value;
            decodes(&sample.to_string());
        }
    }

    #[test]
    fn batches_near_right_ones(value in near(vec![samples::wire("CommandBatch"), samples::wire("Outcomes"), samples::wire("KnownAnswer"), samples::wire("Problem"), samples::wire("Session")])) {
        let text = value.to_string();
        for (_, decodes) in DECODERS {
            decodes(&text);
        }
    }

    #[test]
    fn commands_near_right_ones(value in near(commands())) {
        envelope(&value);
    }

    #[test]
    fn arguments_of_every_command(n in 0..REGISTRY.len(), args in near(vec![
        json!({"id": ID, "record": {"kind": "consultation", "id": ID}, "reason": "Penuh", "message": "x", "text": "x", "until": "2026-12-01T00:00:00Z"}),
        json!({"id": ID, "client_id": ID, "requested_date": "2026-12-01", "topic": "x", "note": "x", "source": "app", "to": ID, "ids": [ID]}),
        json!({"id": ID, "name": "Rani", "phone": "0812", "email": "a@x.id", "zone": "WIB", "key": "org.holidays", "value": [{"date": "2026-01-01", "kind": "public", "name": "x"}]}),
    ])) {
        let name = REGISTRY[n].name;
        if let Ok(command) = bounded(args.to_string().len(), || Command::parse(name, &args)) {
            prop_assert_eq!(Command::parse(name, &command.args()), Ok(command), "what was read is written as it was");
        }
    }
}
