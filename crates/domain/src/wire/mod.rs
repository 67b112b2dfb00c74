//! What goes over the wire, version 1 (protocol.md; docs/protocol.md for readers). Records travel as their own structs; here
//! is everything around them.

mod api;
mod api_design;
mod api_message;
mod api_order;
mod audit;
mod auth;
mod client;
mod command;
mod feed;
mod problem;

pub use api::{ApiConsultation, ApiNotification, ConsentGiven, ConsultationRequest, ListPage, NotificationPage, RegisterRequest};
pub use api_design::{ApiDesign, ApproveRequest, DesignList, RevisionRequest};
pub use api_message::{ApiAttachment, ApiConversation, ApiMessage, AttachRequest, MessagePage, MessageRequest, ReadRequest};
pub use api_order::{ApiHistoryLine, ApiOrder, ApiOrderDetail, OrderChange, OrderRequest};
pub use audit::{AuditActor, AuditBreak, AuditChange, AuditEntry, AuditPage, AuditProof};
pub use auth::{
    ApiSession, DeviceInfo, DeviceList, DeviceName, Forgot, Login, Me, PasswordChange, PasswordReset, RecoveryCodes, Refresh, SecondFactor,
    SecondFactorBegin, SecondFactorCode, SecondFactorOff, SecondFactorSecret, Session, SessionUser,
};
pub use client::{ApiClient, ClientChange, EraseClient};
pub use command::{
    BadEnvelope, CommandBatch, CommandInfo, Current, Envelope, KnownAnswer, KnownRequest, Outcome, OutcomeStatus, Outcomes, Seen, overtaken,
};
pub use feed::{At, Changes, Gone, Line, Mark, Page, Put, check_term, is_cursor};
pub use problem::{FieldError, Problem};
