//! What the law gives clients, as an admin asks for it (docs/protocol.md, A client's own data; R-019).

use serde::{Deserialize, Serialize};

/// The body of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EraseClient {
    /// What the client is called, as whoever asks has typed it: what cannot be taken back is not done to somebody else.
    pub name: String,
}
