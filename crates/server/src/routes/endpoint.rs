//! One endpoint: its handler, and what `/openapi.json` says of it. Both stand in one place, so that they cannot drift apart.

use axum::{
    Router,
    handler::Handler,
    http::{HeaderName, HeaderValue},
    middleware::map_response,
    response::Response,
    routing::{MethodRouter, delete, get, head, options, patch, post},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::app::App;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anybody,
    /// The staff, with a bearer token.
    Staff,
    /// Clients, with a bearer token.
    Client,
    /// The staff and clients, with a bearer token.
    Anyone,
}

/// Makes the schema of a body.
pub(crate) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// The schema of a type, by reference where it has a name.
pub(crate) fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Bytes: there is nothing to say of them in a schema.
fn bytes(_: &mut SchemaGenerator) -> Schema {
    Schema::from(true)
}

/// A part of the address or a header.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    pub(crate) says: &'static str,
    pub(crate) schema: Value,
}

/// A body, by media type.
#[derive(Clone, Copy)]
pub(crate) struct Content {
    pub(crate) media: &'static str,
    pub(crate) schema: SchemaOf,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content").field("media", &self.media).finish_non_exhaustive()
    }
}

/// An endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) says: &'static str,
    pub(crate) who: Who,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<(Content, bool)>,
    pub(crate) answers: Vec<(u16, &'static str, Option<Content>)>,
    pub(crate) faults: Vec<(u16, &'static str)>,
    handler: MethodRouter<App>,
}

impl Endpoint {
    fn new(method: &'static str, path: &'static str, handler: MethodRouter<App>) -> Self {
        Self {
            method,
            path,
            tag: "",
            says: "",
            who: Who::Anybody,
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            faults: Vec::new(),
            handler,
        }
    }
    /// `GET`.
    pub(crate) fn get<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("get", path, get(handler))
    }
    /// `POST`.
    pub(crate) fn post<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("post", path, post(handler))
    }
    /// `DELETE`.
    pub(crate) fn delete<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("delete", path, delete(handler))
    }
    /// `HEAD`.
    pub(crate) fn head<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("head", path, head(handler))
    }
    /// `OPTIONS`.
    pub(crate) fn options<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("options", path, options(handler))
    }
    /// `PATCH`.
    pub(crate) fn patch<H: Handler<T, App>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new("patch", path, patch(handler))
    }
    /// A header that every answer carries, also one that is a problem.
    pub(crate) fn carries(mut self, name: &'static str, value: &'static str) -> Self {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        self.handler = self.handler.layer(map_response(move |mut response: Response| {
            response.headers_mut().insert(name.clone(), value.clone());
            std::future::ready(response)
        }));
        self
    }
    /// Under which heading it stands, and what it does.
    pub(crate) const fn says(mut self, tag: &'static str, says: &'static str) -> Self {
        (self.tag, self.says) = (tag, says);
        self
    }
    /// Who may ask.
    pub(crate) fn by(mut self, who: Who) -> Self {
        self.who = who;
        match who {
            Who::Anybody => self,
            Who::Staff => {
                self.fault(401, "`token_expired`, `token_unknown` or `device_ended`.").fault(403, "`not_staff`: a client's account.")
            }
            Who::Anyone => self.fault(401, "`token_expired`, `token_unknown` or `device_ended`."),
            Who::Client => self
                .fault(401, "`token_expired` or `token_unknown`.")
                .fault(403, "`not_client`: an account of the staff; or `account_disabled`."),
        }
    }
    /// A parameter of the query.
    pub(crate) fn query(mut self, name: &'static str, says: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "query", says, schema });
        self
    }
    /// A parameter of the path: an id.
    pub(crate) fn id(self, says: &'static str) -> Self {
        self.path("id", says, json!({ "type": "string", "format": "uuid" }))
    }
    /// A parameter of the path.
    pub(crate) fn path(mut self, name: &'static str, says: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "path", says, schema });
        self
    }
    /// A header.
    pub(crate) fn header(mut self, name: &'static str, says: &'static str) -> Self {
        self.parameters.push(Parameter { name, place: "header", says, schema: json!({ "type": "string" }) });
        self
    }
    /// The body it takes.
    pub(crate) fn takes<T: JsonSchema>(mut self) -> Self {
        self.body = Some((Content { media: "application/json", schema: schema_of::<T> }, true));
        self.fault(400, "`malformed`.").fault(413, "`too_large`.").fault(415, "`unsupported_media_type`.")
    }
    /// The body it takes, as bytes of this media type.
    pub(crate) fn takes_bytes(mut self, media: &'static str) -> Self {
        self.body = Some((Content { media, schema: bytes }, true));
        self
    }
    /// The body it may take.
    pub(crate) fn may_take<T: JsonSchema>(mut self) -> Self {
        self = self.takes::<T>();
        self.body = self.body.map(|(content, _)| (content, false));
        self
    }
    /// An answer with a JSON body.
    pub(crate) fn answers<T: JsonSchema>(self, status: u16, says: &'static str) -> Self {
        self.answers_as::<T>(status, says, "application/json")
    }
    /// An answer with a body of another media type.
    pub(crate) fn answers_as<T: JsonSchema>(mut self, status: u16, says: &'static str, media: &'static str) -> Self {
        self.answers.push((status, says, Some(Content { media, schema: schema_of::<T> })));
        self
    }
    /// An answer that is a file.
    pub(crate) fn answers_bytes(mut self, status: u16, says: &'static str) -> Self {
        self.answers.push((status, says, Some(Content { media: "application/octet-stream", schema: bytes })));
        self
    }
    /// An answer without a body.
    pub(crate) fn answers_nothing(mut self, status: u16, says: &'static str) -> Self {
        self.answers.push((status, says, None));
        self
    }
    /// A problem it can answer with, by code.
    pub(crate) fn fault(mut self, status: u16, says: &'static str) -> Self {
        self.faults.push((status, says));
        self
    }
    /// The key that makes asking twice asking once.
    pub(crate) fn idempotent(self) -> Self {
        self.header("Idempotency-Key", "1 to 255 visible characters; kept 24 hours per account, method and path together with the effect.")
            .fault(400, "`idempotency_key_required`.")
            .fault(409, "`idempotency_in_progress`.")
            .fault(422, "`idempotency_key_reused`.")
    }
}

/// All of them as one router.
pub(crate) fn router(endpoints: Vec<Endpoint>) -> Router<App> {
    endpoints.into_iter().fold(Router::new(), |router, endpoint| router.route(endpoint.path, endpoint.handler))
}
