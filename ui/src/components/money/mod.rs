//! Amounts: the field that they are typed in, and the question before money goes out.

mod field;
// Nothing sends money yet: until something does, the gallery alone draws the question.
#[cfg(feature = "mock")]
mod question;

pub(crate) use field::MoneyField;
#[cfg(feature = "mock")]
pub(crate) use question::{Fact, MoneyQuestion};
