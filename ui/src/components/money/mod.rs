//! Amounts: the field that they are typed in, and the question before money goes out.

mod field;
mod question;

pub(crate) use field::MoneyField;
pub(crate) use question::{Fact, MoneyQuestion};
