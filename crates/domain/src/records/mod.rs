//! The records, one file each.

mod client;
mod consultation;
mod conversation;
mod counter;
mod design;
mod file;
mod import;
mod note;
mod notification;
mod order;
mod quick_reply;
mod setting;
mod user;

pub use client::{Client, Consent, Former, Formers};
pub use consultation::{Claim, Consultation, ConsultationStatus, History, HistoryEntry, Snooze, Source};
pub use conversation::{Attachment, Attachments, Conversation, Message, ReadMark, Voice};
pub use counter::Counter;
pub use design::{Design, DesignStatus, Pin, Pins, Purge};
pub use file::File;
pub use import::{ImportMade, ImportPart, ImportUndone, RefusedRow, RefusedRows};
pub use note::Note;
pub use notification::{Notification, NotificationKind};
pub use order::{Deletion, DesignType, Order, OrderStatus, ProductStatus};
pub use quick_reply::{Filled, Filling, Placeholder, QuickReply, ReplyText};
pub use setting::{Setting, SettingKey, Settings, Uploaders};
pub use user::{User, UserStatus};
