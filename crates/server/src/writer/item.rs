//! One command as it came, read as far as it can be read.

use domain::{
    audit::Hash,
    command::{BadCommand, Command, Given},
    facts::Key,
    id::CommandId,
    wire::{BadEnvelope, Envelope, Seen},
};
use serde_json::Value;

/// A command to be judged.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: CommandId,
    /// What it asks ([`Envelope::fingerprint`]).
    pub fingerprint: Hash,
    /// The command; or why it is none.
    pub given: Result<Given, BadCommand>,
    /// The commands it builds on.
    pub after: Vec<CommandId>,
    /// What the person saw.
    pub seen: Vec<Seen>,
}

impl Item {
    /// Reads a command of a batch.
    ///
    /// # Errors
    /// The part without which nobody could be answered: then the whole body is malformed.
    pub fn read(value: &Value) -> Result<Self, &'static str> {
        match Envelope::read(value) {
            Ok(envelope) => {
                let (id, fingerprint) = (envelope.id, envelope.fingerprint());
                let given = Command::parse(&envelope.name, &envelope.args).map(|command| Given { id, command });
                Ok(Self { id, fingerprint, given, after: envelope.after, seen: envelope.seen })
            }
            Err(BadEnvelope::Args(id, refusal)) => Ok(Self {
                id,
                fingerprint: Envelope::fingerprint_of(value),
                given: Err(BadCommand::Args(refusal)),
                after: Vec::new(),
                seen: Vec::new(),
            }),
            Err(BadEnvelope::Body(part)) => Err(part),
        }
    }
    /// A command that the server itself makes, for a client or for the system.
    #[must_use]
    pub fn of(id: CommandId, command: impl Into<Command>) -> Self {
        let command = command.into();
        let envelope = Envelope {
            id,
            v: domain::command::ARGS_VERSION,
            name: command.spec().name.to_owned(),
            args: command.args(),
            made_at: None,
            after: Vec::new(),
            seen: Vec::new(),
        };
        Self { id, fingerprint: envelope.fingerprint(), given: Ok(Given { id, command }), after: Vec::new(), seen: Vec::new() }
    }
    /// The facts it surely needs.
    #[must_use]
    pub fn keys(&self) -> Vec<Key> {
        self.given.as_ref().map(|given| given.command.keys()).unwrap_or_default()
    }
    /// The name by which it is counted in metrics; a bounded set.
    #[must_use]
    pub fn counted_as(&self) -> &'static str {
        self.given.as_ref().map_or("malformed", |given| given.command.spec().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const ID: &str = "019abf6b-9d3c-7c11-8a52-0123456789ab";

    #[test]
    fn a_mistake_outside_the_arguments_is_the_same_command_all_the_same() {
        let good = json!({"id": ID, "name": "client.create", "args": {"name": "Rani"}});
        let bad = json!({"id": ID, "name": "client.create", "args": {"name": "Rani"}, "made_at": 7});
        let (good, bad) = (Item::read(&good).unwrap(), Item::read(&bad).unwrap());
        assert_eq!(good.fingerprint, bad.fingerprint);
        let refusal = bad.given.unwrap_err().refusal();
        assert_eq!(refusal.details.field.as_deref(), Some("made_at"));
    }

    #[test]
    fn null_says_that_there_is_nothing() {
        let item = Item::read(&json!({"id": ID, "name": "client.create", "made_at": null, "after": null, "seen": null})).unwrap();
        assert!(item.after.is_empty() && item.seen.is_empty());
        let parsed = Item::read(&json!({"id": ID, "name": "client.create"})).unwrap();
        assert_eq!(item.given.err(), parsed.given.err(), "it is refused for its arguments, as without them");
    }

    #[test]
    fn nobody_can_answer_a_command_without_id_or_name() {
        for bad in [json!(7), json!({}), json!({"id": ID}), json!({"id": "x", "name": "client.create"}), json!({"id": ID, "name": ""})] {
            assert!(Item::read(&bad).is_err(), "{bad}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            Just(json!(ID)),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            let key = prop_oneof![Just("id".to_owned()), Just("record".to_owned()), Just("kind".to_owned()), ".{0,6}"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((key, inner), 0..5).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_json_makes_the_reader_panic(
            name in prop::sample::select(domain::command::REGISTRY.iter().map(|s| s.name).collect::<Vec<_>>()),
            args in any_json(), after in any_json(), seen in any_json(), v in any_json(),
        ) {
            let _ = Item::read(&json!({"id": ID, "name": name, "args": args, "after": after, "seen": seen, "v": v})).map(|item| item.keys());
            let _ = Item::read(&args);
        }
    }
}
