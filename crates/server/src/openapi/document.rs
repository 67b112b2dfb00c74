//! OpenAPI 3.1.

use domain::{
    records::{
        Client, Consultation, Conversation, Design, ImportPart, Message, Note, Notification, Order, QuickReply, ReadMark, Setting, User,
    },
    wire::Problem,
};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::routes::{Content, Endpoint, Parameter, Who, endpoints, schema_of};

/// The whole description.
#[must_use]
pub fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into()).into_generator();
    records(&mut generator);
    let mut paths: BTreeMap<&'static str, Map<String, Value>> = BTreeMap::new();
    for endpoint in endpoints() {
        let operation = operation(&endpoint, &mut generator);
        paths.entry(endpoint.path).or_default().insert(endpoint.method.to_owned(), operation);
    }
    let schemas: BTreeMap<String, Value> = generator.take_definitions(true).into_iter().collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Meja",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The desk of a consultation and design-service business: the wire, version 1.",
            "license": { "name": "Proprietary" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "description": "The access token of a login." } },
        },
    })
}

fn tags() -> Value {
    json!([
        { "name": "auth", "description": "Logging in, staying logged in, getting back in: the staff." },
        { "name": "feed", "description": "Everything one may know of, as it stands and as it changes." },
        { "name": "commands", "description": "Everything that anybody of the staff does." },
        { "name": "audit", "description": "Who did what, when and why." },
        { "name": "clients", "description": "What the law gives clients, done for them by an admin." },
        { "name": "files", "description": "Files, which arrive by tus 1.0.0." },
        { "name": "client", "description": "The client side." },
        { "name": "operations", "description": "Signs of life, and this description." },
    ])
}

/// The body of every kind of record that anybody receives, also of those that no endpoint names.
fn records(generator: &mut SchemaGenerator) {
    // First, so that the record has the name, and not the word with an acceptance that is called so too.
    generator.subschema_for::<Message>();
    generator.subschema_for::<User>();
    generator.subschema_for::<Client>();
    generator.subschema_for::<Consultation>();
    generator.subschema_for::<Note>();
    generator.subschema_for::<Notification>();
    generator.subschema_for::<Setting>();
    generator.subschema_for::<Order>();
    generator.subschema_for::<Conversation>();
    generator.subschema_for::<ReadMark>();
    generator.subschema_for::<QuickReply>();
    generator.subschema_for::<Design>();
    generator.subschema_for::<ImportPart>();
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": operation_id(endpoint),
        "tags": [endpoint.tag],
        "summary": endpoint.says,
        "responses": responses(endpoint, generator),
    });
    if !endpoint.parameters.is_empty() {
        operation["parameters"] = endpoint.parameters.iter().map(parameter).collect();
    }
    if let Some((content, required)) = &endpoint.body {
        operation["requestBody"] = json!({ "required": required, "content": media(content, generator) });
    }
    if endpoint.who != Who::Anybody {
        operation["security"] = json!([{ "bearer": [] }]);
    }
    operation
}

/// `get /v1/devices/{id}` becomes `get_v1_devices_id`.
fn operation_id(endpoint: &Endpoint) -> String {
    let words = endpoint.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(endpoint.method).chain(words).collect::<Vec<_>>().join("_")
}

fn parameter(parameter: &Parameter) -> Value {
    let required = parameter.place == "path" || parameter.name == "Idempotency-Key";
    json!({
        "name": parameter.name,
        "in": parameter.place,
        "required": required,
        "description": parameter.says,
        "schema": parameter.schema,
    })
}

fn media(content: &Content, generator: &mut SchemaGenerator) -> Value {
    let schema: Value = (content.schema)(generator).into();
    json!({ content.media: { "schema": schema } })
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut all = Map::new();
    for (status, says, content) in &endpoint.answers {
        let mut response = json!({ "description": says });
        if let Some(content) = content {
            response["content"] = media(content, generator);
        }
        all.insert(status.to_string(), response);
    }
    let mut faults: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for (status, says) in &endpoint.faults {
        faults.entry(*status).or_default().push(says);
    }
    let problem: Value = schema_of::<Problem>(generator).into();
    for (status, says) in faults {
        let content = json!({ "application/problem+json": { "schema": problem } });
        all.insert(status.to_string(), json!({ "description": says.join(" "), "content": content }));
    }
    Value::Object(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    found.push(to.clone());
                }
                fields.values().for_each(|v| references(v, found));
            }
            Value::Array(items) => items.iter().for_each(|v| references(v, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own() {
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 20, "{}", found.len());
        for reference in found {
            let pointer = reference.strip_prefix('#').expect("only references within the document");
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
        let mut names = HashSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{method} {path} has the name of another: {name}");
                assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path} says nothing");
                assert!(operation["responses"].as_object().unwrap().keys().any(|s| s.starts_with('2')), "{method} {path} never succeeds");
                let ids = path.matches('{').count();
                let named = operation["parameters"].as_array().map_or(0, |all| all.iter().filter(|p| p["in"] == "path").count());
                assert_eq!(ids, named, "{method} {path} names its path parameters");
            }
        }
    }

    #[test]
    fn every_kind_of_record_that_is_received_has_a_schema_of_its_body() {
        let document = document();
        assert!(document["components"]["schemas"].get("Counter").is_none(), "nobody receives a counter");
        for kind in domain::record::Kind::ALL.iter().filter(|kind| !kind.stays_on_the_server()) {
            let capital = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
            let name: String = kind.wire().split('_').map(capital).collect();
            let schema = &document["components"]["schemas"][&name];
            for column in kind.columns() {
                assert!(
                    schema["properties"][column.name].is_object() || schema["properties"][column.name] == Value::Bool(true),
                    "{name}.{}",
                    column.name
                );
            }
        }
    }

    #[test]
    fn everything_but_logging_in_and_operations_wants_a_token() {
        for endpoint in endpoints() {
            let open = ["/v1/auth/login", "/v1/auth/refresh", "/v1/auth/forgot", "/v1/auth/reset"].contains(&endpoint.path)
                || ["/api/auth/register", "/api/auth/login", "/api/auth/forgot", "/api/auth/reset"].contains(&endpoint.path)
                || endpoint.tag == "operations"
                || endpoint.method == "options";
            assert_eq!(endpoint.who == Who::Anybody, open, "{} {}", endpoint.method, endpoint.path);
        }
    }
}
