//! Components: behaviour and markup of the design, without any page's state.

pub(crate) mod avatar;
pub(crate) mod badge;
pub(crate) mod button;
pub(crate) mod calendar;
pub(crate) mod choice;
pub(crate) mod confirm;
pub(crate) mod dialog;
pub(crate) mod due;
pub(crate) mod empty;
pub(crate) mod export;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod list;
pub(crate) mod menu;
// No screen has what is marked so yet: until one does, the gallery alone draws it, and no build that goes out has it.
pub(crate) mod money;
pub(crate) mod note;
pub(crate) mod qr;
pub(crate) mod separator;
pub(crate) mod table;
pub(crate) mod tabs;
pub(crate) mod talk;
pub(crate) mod timeline;
pub(crate) mod toast;
pub(crate) mod upload;
#[cfg(feature = "mock")]
pub(crate) mod when;
