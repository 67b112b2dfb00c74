//! What is said in a conversation, and the box to say something in. The client stands left, the staff right; a dashed edge means
//! that only this computer has it. What a message says leads nowhere and steers nothing: it is text.

mod bubble;
mod composer;
mod files;
mod lines;
mod links;
mod log;
mod picker;

pub(crate) use composer::{Composer, TEXT, VERSIONS};
pub(crate) use files::{Chips, FileWish};
pub(crate) use log::Log;
pub(crate) use picker::{Picker, gap_word, gaps};

/// Older messages than those that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Older {
    /// Nobody asked for them.
    #[default]
    Unasked,
    /// They are coming.
    Coming,
    /// There are some, and this computer does not have them yet.
    Elsewhere,
    /// They could not be read.
    Failed,
}
