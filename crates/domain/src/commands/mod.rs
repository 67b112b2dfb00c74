//! The commands and their rules, a file an area. CONTRIBUTING.md says how to add one.

pub mod account;
pub mod client;
pub mod consultation;
pub mod design;
pub mod factor;
pub mod file;
pub mod import;
pub mod item;
pub mod message;
pub mod note;
pub mod notification;
pub mod order;
pub mod quick_reply;
pub mod setting;
pub mod staff;
