//! # What holds for every answer
//!
//! Problems with stable codes, request ids, bodies and their limits, who asks and from where, headers, compression, the log
//! line; and the loop that accepts connections. It knows nothing of what is asked.

mod address;
mod answer;
mod body;
mod caller;
mod fault;
mod frame;
mod query;
mod request_id;
mod serve;
mod tls;
mod unread;

pub use address::{Peer, client_address};
pub use answer::{accepted, json, no_content, streamed};
pub(crate) use body::pour;
pub use body::{Json, MaybeJson};
pub use caller::{Anyone, Client, Staff, StaffNow, bearer};
pub use fault::{Fault, FieldFault, Internal};
pub use frame::framed;
pub(crate) use frame::language;
pub use query::{BadQuery, Query, limit, part};
pub use request_id::RequestId;
pub use serve::{Listening, Running};
pub use tls::{TlsError, tls_config};
