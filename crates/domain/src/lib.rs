//! # The rulebook of Meja
//!
//! Records, ids, money, time zones, business days, states, commands and their rules, audiences, wire types: everything that
//! a desk and a server must agree on, written once (architecture.md, sentence 1). Pure and synchronous: it must never
//! contain async, a database, a network, a window, a clock or a random number; time, ids and chance come in as arguments.
//!
//! How to add one more: a record or a command by the recipes in CONTRIBUTING.md; a validation as the constructor of a newtype;
//! a wire type beside its record, or in [`wire`].

pub mod amount;
pub mod audience;
pub mod audit;
pub mod calendar;
pub mod command;
pub mod commands;
pub mod daytime;
pub mod decision;
pub mod facts;
pub mod file;
pub mod id;
pub mod letters;
pub mod money;
pub mod name;
pub mod password;
pub mod phone;
pub mod planted;
pub mod quiet;
pub mod record;
pub mod records;
pub mod report;
pub mod role;
pub mod rule;
pub mod search;
pub mod status;
pub mod text;
pub mod time;
pub mod views;
pub mod waiting;
pub mod wire;
mod wire_enum;
pub mod words;
