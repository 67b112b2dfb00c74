//! Reading and writing in SQL, once for both engines. `engine` is the port they implement; `codec` turns records into rows
//! and back; every other module is one area of the contract. SQL that is not the codec's is static text beside its function.

mod accounts;
mod audit;
mod bulk;
mod codec;
mod commands;
mod engine;
mod error;
mod feed;
mod flush;
mod jobs;
mod lists;
mod migrate;
mod principals;
mod reader;
mod records;
mod snapshot;
mod uploads;
mod view;

pub(crate) use bulk::{Bulk, SIZES};
pub(crate) use engine::{Arg, Bad, CellResult, Cells, Dialect, Engine, Type};
pub(crate) use error::{failed, migration};
pub(crate) use migrate::{migrator, newer};
pub(crate) use principals::Principals;
pub(crate) use view::{BEGIN, View, Writing, begin_epoch, beginning};
