//! `GET /v1/commands`

use axum::{http::StatusCode, response::Response};
use domain::{
    command::{ARGS_VERSION, Command, REGISTRY},
    wire::CommandInfo,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    http::{Staff, json},
    routes::{Endpoint, Who},
};

/// The commands that whoever asks may give.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Commands {
    /// In the order of the registry.
    commands: Vec<CommandInfo>,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/commands", handler)
        .says("commands", "The commands that whoever asks may give.")
        .by(Who::Staff)
        .answers::<Commands>(200, "Names, and the JSON Schema of their arguments.")
}

async fn handler(Staff(who): Staff) -> Response {
    let actor = who.actor();
    let info = |name: &str| CommandInfo {
        name: name.to_owned(),
        v: ARGS_VERSION,
        args: Command::schema(name).map(Into::into).unwrap_or_default(),
    };
    let commands = REGISTRY.iter().filter(|spec| spec.allows(&actor)).map(|spec| info(spec.name)).collect();
    json(StatusCode::OK, &Commands { commands })
}
