//! How somebody who is erased stands in texts that the engines keep: the same for all of them.

use domain::{id::UserId, name::Email, wire::Outcome};

use crate::{Result, StoreError};

fn driver(error: &serde_json::Error) -> StoreError {
    StoreError::Driver(error.to_string())
}

/// How somebody stands in what a job is to do: by account or by address, as JSON writes it.
///
/// # Errors
/// [`StoreError::Driver`], which cannot be.
pub(crate) fn spoken(user: Option<UserId>, addresses: &[Email]) -> Result<Vec<String>> {
    let user = user.iter().map(serde_json::to_string);
    user.chain(addresses.iter().map(serde_json::to_string)).collect::<std::result::Result<_, _>>().map_err(|error| driver(&error))
}

/// An outcome without the name of this person, if it stood there.
///
/// # Errors
/// [`StoreError::Driver`] where it is no outcome.
pub(crate) fn forgotten(outcome: &str, user: UserId) -> Result<Option<String>> {
    let mut said: Outcome = serde_json::from_str(outcome).map_err(|error| driver(&error))?;
    let named = said.forget(user);
    named.then(|| serde_json::to_string(&said)).transpose().map_err(|error| driver(&error))
}
