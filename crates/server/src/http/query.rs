//! The part of an address behind the question mark.

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::text::Invalid;
use serde::de::DeserializeOwned;
use serde_urlencoded::Deserializer;
use std::str::FromStr;

use super::{Fault, FieldFault};

/// The query, read into a structure; what does not fit is 400, and named.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// A part of a query that cannot be read, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` of the query cannot be read")]
pub struct BadQuery(pub &'static str);

/// How many are wanted of a list, no more than a page has.
///
/// # Errors
/// `limit`, where it is none.
pub fn limit(asked: Option<u32>, usual: u32, most: u32) -> Result<u32, BadQuery> {
    match asked {
        Some(0) => Err(BadQuery("limit")),
        limit => Ok(limit.unwrap_or(usual).min(most)),
    }
}

/// A part of a query, read.
///
/// # Errors
/// Its name, where it cannot be read.
pub fn part<T: FromStr>(name: &'static str, text: Option<&str>) -> Result<Option<T>, BadQuery> {
    text.map(str::parse).transpose().map_err(|_| BadQuery(name))
}

impl From<BadQuery> for Fault {
    fn from(BadQuery(name): BadQuery) -> Self {
        Self::malformed().with(vec![FieldFault::new(name, Invalid::Malformed)])
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        let pairs = Deserializer::new(form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()));
        let read = serde_path_to_error::deserialize(pairs);
        read.map(Self).map_err(|error| match error.path().to_string().as_str() {
            // A name that came twice, or that must be there and is not.
            "." | "?" => Fault::malformed(),
            name => Fault::malformed().with(vec![FieldFault::new(name, Invalid::Malformed)]),
        })
    }
}
