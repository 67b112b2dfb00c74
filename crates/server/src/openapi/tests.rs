//! The description holds: against OpenAPI 3.1, against JSON Schema 2020-12, and against what the server really answers.

use domain::role::Role;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::document;
use crate::testing::{Answer, TestApp};

/// The objects of OpenAPI 3.1.0 that the document is made of, and the fields they may have. Whatever the specification allows
/// beyond is left out, so that a misspelt field is found; what it requires is required.
fn specification() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let map = |of: &str| json!({ "type": "object", "additionalProperties": { "$ref": format!("#/$defs/{of}") } });
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false });
    let operation = json!({
        "operationId": text, "tags": { "type": "array", "items": text }, "summary": text,
        "parameters": { "type": "array", "items": { "$ref": "#/$defs/parameter" } },
        "requestBody": { "$ref": "#/$defs/body" },
        "responses": {
            "type": "object", "minProperties": 1, "patternProperties": { "^[1-5][0-9]{2}$": { "$ref": "#/$defs/response" } },
            "additionalProperties": false,
        },
        "security": { "type": "array", "items": { "type": "object", "additionalProperties": { "type": "array", "items": text } } },
    });
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let methods: serde_json::Map<String, Value> =
        methods.iter().map(|m| ((*m).to_owned(), json!({ "$ref": "#/$defs/operation" }))).collect();
    let parameter = json!({
        "name": text, "in": { "enum": ["query", "header", "path", "cookie"] }, "required": { "type": "boolean" }, "description": text,
        "schema": { "$ref": "#/$defs/schema" },
    });
    json!({
        "type": "object", "required": ["openapi", "info", "paths", "components"], "additionalProperties": false,
        "properties": {
            "openapi": { "pattern": "^3\\.1\\.\\d+$" },
            "info": object(&["title", "version"], json!({ "title": text, "version": text, "summary": text, "license": object(&["name"], json!({ "name": text })) })),
            "servers": { "type": "array", "items": object(&["url"], json!({ "url": text })) },
            "tags": { "type": "array", "items": object(&["name"], json!({ "name": text, "description": text })) },
            "paths": { "type": "object", "patternProperties": { "^/": object(&[], Value::Object(methods)) }, "additionalProperties": false },
            "components": object(&[], json!({
                "schemas": { "type": "object", "propertyNames": { "pattern": "^[a-zA-Z0-9._-]+$" }, "additionalProperties": { "$ref": "#/$defs/schema" } },
                "securitySchemes": { "type": "object", "additionalProperties": object(&["type", "scheme"], json!({ "type": { "const": "http" }, "scheme": text, "description": text })) },
            })),
        },
        "$defs": {
            "schema": { "type": ["object", "boolean"] },
            "operation": object(&["responses", "operationId"], operation),
            "parameter": {
                "allOf": [object(&["name", "in", "schema"], parameter)],
                "if": { "properties": { "in": { "const": "path" } } }, "then": { "required": ["required"], "properties": { "required": { "const": true } } },
            },
            "body": object(&["content"], json!({ "required": { "type": "boolean" }, "content": map("media") })),
            "media": object(&["schema"], json!({ "schema": { "$ref": "#/$defs/schema" } })),
            "response": object(&["description"], json!({ "description": text, "content": map("media") })),
        },
    })
}

fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_document_is_openapi_3_1() {
    let validator = jsonschema::validator_for(&specification()).unwrap();
    let good = document();
    assert_eq!(faults(&validator, &good), Vec::<String>::new());
    let broken: [fn(&mut Value); 4] = [
        |d| d["openapi"] = json!("3.0.3"),
        |d| d["paths"]["/v1/me"]["get"]["respnses"] = json!({}),
        |d| d["paths"]["/v1/devices/{id}"]["delete"]["parameters"][0]["required"] = json!(false),
        |d| d["paths"]["/v1/me"]["get"]["responses"]["200"] = json!({}),
    ];
    for (n, harm) in broken.into_iter().enumerate() {
        let mut bad = good.clone();
        harm(&mut bad);
        assert!(!faults(&validator, &bad).is_empty(), "{n} is not noticed");
    }
}

/// Every schema in the document, with where it stands.
fn schemas<'a>(value: &'a Value, at: &str, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let place = format!("{at}/{name}");
                if name == "schema" {
                    found.push((place, field));
                } else {
                    schemas(field, &place, found);
                }
            }
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| schemas(item, &format!("{at}/{n}"), found)),
        _ => {}
    }
}

#[test]
fn every_schema_is_one() {
    let document = document();
    let mut found = Vec::new();
    schemas(&document["paths"], "paths", &mut found);
    found.extend(document["components"]["schemas"].as_object().unwrap().iter().map(|(name, schema)| (name.clone(), schema)));
    assert!(found.len() > 60, "{}", found.len());
    for (place, schema) in found {
        let checked = jsonschema::draft202012::meta::validate(schema).map_err(|error| error.to_string());
        assert_eq!(checked, Ok(()), "{place}");
    }
    assert!(jsonschema::draft202012::meta::validate(&json!({ "type": "sting" })).is_err());
}

/// The schema of an answer, with everything it refers to.
fn described(document: &Value, (method, path): (&str, &str), answer: &Answer) -> Validator {
    let media = answer.headers["content-type"].split(';').next().unwrap().to_owned();
    let response = &document["paths"][path][method]["responses"][answer.status.to_string()];
    let mut schema = response["content"][&media]["schema"].clone();
    assert!(schema.is_object(), "{method} {path} may not answer {} with {media}", answer.status);
    schema["components"] = document["components"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

#[tokio::test]
async fn what_is_answered_is_what_is_described() {
    let (app, document) = (TestApp::new().await, document());
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    let asked = rani.ask("/api/consultations", &json!({ "requested_date": rani.day(2), "topic": "Tinjau CV" })).await;
    let id = asked.json()["id"].as_str().unwrap().to_owned();
    let design = json!({ "design_type": "logo", "description": "Logo kedai kopi", "deadline": rani.day(9), "budget": 750_000 });
    let ordered = rani.ask("/api/orders", &design).await;
    let order = format!("/api/orders/{}", ordered.json()["id"].as_str().unwrap());
    let hash = json!({ "sha256": admin.show(&ordered.json(), "logo.pdf", &inspect::testing::pdf(2_000)).await });
    let version = "/api/orders/{id}/designs/{version}";
    let (approve, revision) = (format!("{version}/approve"), format!("{version}/revision"));
    let login = json!({ "email": "a@x.id", "password": "salah-sekali-9", "device": { "name": "Laptop", "platform": "linux" } });
    let command = crate::testing::command(&admin.id(), "consultation.reject", &json!({ "id": id, "reason": "x" }));
    let once = json!({ "commands": [command] });
    let answers = [
        (("post", "/api/consultations"), asked),
        (("post", "/v1/auth/login"), admin.post("/v1/auth/login", &login).await),
        (("post", "/v1/commands"), admin.post("/v1/commands", &once).await),
        (("get", "/v1/commands"), admin.get("/v1/commands").await),
        (("get", "/v1/me"), admin.get("/v1/me").await),
        (("get", "/v1/devices"), admin.get("/v1/devices").await),
        (("get", "/v1/users/{id}/devices"), admin.get(&format!("/v1/users/{}/devices", admin.user["id"].as_str().unwrap())).await),
        (("get", "/v1/audit"), admin.get("/v1/audit").await),
        (("get", "/api/consultations"), rani.get("/api/consultations").await),
        (("get", "/api/consultations/{id}"), rani.get(&format!("/api/consultations/{id}")).await),
        (("get", "/api/consultations/{id}"), rani.get("/api/consultations/nothing").await),
        (("post", "/api/orders"), ordered),
        (("post", "/api/orders/{id}/edit"), rani.ask(&format!("{order}/edit"), &json!({ "needs": "Berkas SVG", "budget": null })).await),
        (("get", "/api/orders"), rani.get("/api/orders").await),
        (("get", "/api/orders/{id}"), rani.get(&order).await),
        (("post", revision.as_str()), rani.ask(&format!("{order}/designs/1/revision"), &json!({ "sha256": "x", "comment": "x" })).await),
        (("post", approve.as_str()), rani.ask(&format!("{order}/designs/1/approve"), &hash).await),
        (("post", approve.as_str()), rani.ask(&format!("{order}/designs/2/approve"), &hash).await),
        (("get", "/api/orders/{id}/designs"), rani.get(&format!("{order}/designs")).await),
        (("get", "/api/me"), rani.get("/api/me").await),
        (("post", "/api/me"), rani.ask("/api/me", &json!({ "phone": null, "zone": "WIT" })).await),
        (("get", "/api/notifications"), rani.get("/api/notifications").await),
        (("get", "/v1/me"), rani.get("/v1/me").await),
        (("get", "/healthz"), rani.get("/healthz").await),
    ];
    for (endpoint, answer) in &answers {
        let found = faults(&described(&document, *endpoint, answer), &answer.json());
        assert_eq!(found, Vec::<String>::new(), "{endpoint:?} answered {}", answer.text);
    }
    let bodies = &document["components"]["schemas"];
    for line in admin.get("/v1/feed/work").await.text.lines() {
        let put = &serde_json::from_str::<Value>(line).unwrap()["put"];
        let Some(kind) = put["kind"].as_str() else { continue };
        let name = kind[..1].to_uppercase() + &kind[1..];
        let schema = json!({ "$ref": format!("#/components/schemas/{name}"), "components": { "schemas": bodies } });
        let found = faults(&jsonschema::validator_for(&schema).unwrap(), &put["body"]);
        assert_eq!(found, Vec::<String>::new(), "{put}");
    }
}
