//! Every command of the registry × every role × rows that are one's own, another's and nobody's.

use domain::{
    command::{Command, REGISTRY, Spec},
    role::Role,
};
use serde_json::{Value, json};

use super::{Cast, bare, forge, tells_nothing};
use crate::client::{Peer, id};

/// The arguments of a command, all of whose ids are this one.
fn args(spec: &Spec, kind: &str, id: &str) -> Value {
    let schema = serde_json::to_value(Command::schema(spec.name).unwrap()).unwrap();
    forge::value(&schema, &schema, forge::Target { kind, id }, 0)
}

/// An outcome without the id that was asked for.
fn nameless(outcome: &Value, id: &str) -> String {
    bare(outcome).to_string().replace(id, "…")
}

#[test]
fn the_forge_makes_arguments_that_every_command_takes() {
    let (mut refused, at) = (Vec::new(), "019abf6b-9d3c-7c11-8a52-0123456789ab");
    for spec in REGISTRY {
        if let Err(why) = Command::parse(spec.name, &args(spec, "consultation", at)) {
            refused.push(format!("{}: {why:?}", spec.name));
        }
    }
    assert!(refused.is_empty(), "an attack that is malformed reaches no rule: {refused:#?}");
}

#[tokio::test]
async fn no_role_gives_a_command_that_is_not_its_own() {
    let cast = Cast::new().await;
    let staff = [(&cast.admin, Role::Admin), (&cast.cs, Role::Cs), (&cast.expert, Role::Expert)];
    let mut tried = 0;
    for spec in REGISTRY {
        for (peer, role) in &staff {
            for (kind, row) in cast.records().filter(|_| !spec.roles.contains(role)) {
                let outcome = peer.give(spec.name, args(spec, kind, row)).await;
                let said = (outcome["status"].as_str().unwrap(), outcome["code"].as_str().unwrap_or_default());
                assert_eq!(said, ("refused", "not_allowed"), "{role} gives {} on a {kind}: {outcome}", spec.name);
                tells_nothing(spec.name, &outcome.to_string());
                tried += 1;
            }
        }
        for peer in [&cast.rani, &cast.made] {
            let body = json!({"commands": [{"id": id(), "name": spec.name, "v": 1, "args": args(spec, "consultation", cast.row("consultation"))}]});
            assert_eq!(peer.post("/v1/commands", body.clone()).await.expect(403).code(), "not_staff", "{}", spec.name);
            Peer::stranger(&cast.server).post("/v1/commands", body).await.expect(401);
        }
    }
    assert!(tried > 3 * 5, "{tried}");
    cast.is_untouched().await;
}

#[tokio::test]
async fn what_an_expert_may_not_see_answers_like_what_is_not_there() {
    let cast = Cast::new().await;
    for spec in REGISTRY {
        for (kind, row) in cast.records() {
            // A record that is made under an id that is taken is another thing: ids cannot be guessed, and are not said.
            let nobody = id();
            let there = cast.expert.give(spec.name, args(spec, kind, row)).await;
            let not_there = cast.expert.give(spec.name, args(spec, kind, &nobody)).await;
            tells_nothing(spec.name, &there.to_string());
            if there["status"] == "applied" {
                assert_eq!(spec.name, "notification.read", "{} on a {kind} that is another's: {there}", spec.name);
            }
            let (there, not_there) = (nameless(&there, row), nameless(&not_there, &nobody));
            assert_eq!(there, not_there, "{} tells an expert that there is such a {kind}", spec.name);
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn outcomes_are_their_givers_alone() {
    let cast = Cast::new().await;
    let command = id();
    cast.admin.give_as(&command, "client.create", json!({"id": id(), "name": "Rani Rahasia"})).await;
    for peer in [&cast.cs, &cast.expert] {
        let known = peer.post("/v1/commands/known", json!({"ids": [command]})).await.expect(200).json();
        assert_eq!((&known["outcomes"], &known["unknown"]), (&json!([]), &json!([command])), "as one that never was");
        let stolen = peer.give_as(&command, "client.create", json!({"id": id(), "name": "Rani Rahasia"})).await;
        assert_eq!(stolen["code"], "command_id_reused");
        tells_nothing("a stolen id", &stolen.to_string());
    }
}
