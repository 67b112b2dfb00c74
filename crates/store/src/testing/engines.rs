//! The suite on every engine, and the engines against each other.

use std::{sync::Arc, time::Duration};
use uuid::Uuid;

use super::{
    conformance::Fixture,
    postgres::{Database, database},
};
use crate::{Store, memory::Memory, postgres, sqlite};

const EPOCH: Uuid = Uuid::from_u128(0x7000_8000_0000_0000_0001);
/// Short, and long enough to connect on such a machine.
const IMPATIENT: Duration = Duration::from_secs(1);
/// Long enough for a machine on which everything runs at once.
const PATIENT: Duration = Duration::from_secs(60);

async fn in_memory() -> Fixture {
    let memory = Memory::new(EPOCH).with_lock_timeout(PATIENT);
    let others: [Arc<dyn Store>; 2] = [Arc::new(memory.instance()), Arc::new(memory.instance())];
    let impatient = Arc::new(memory.instance().with_lock_timeout(IMPATIENT));
    Fixture { store: Arc::new(memory), others, impatient, reads_beside_writes: true, kept: Box::new(()) }
}

async fn on_sqlite() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meja.db");
    let open = async |lock_timeout, n| {
        let options = sqlite::Options { lock_timeout, poll: Duration::from_millis(20), ..sqlite::Options::new(&path, Uuid::from_u128(n)) };
        Arc::new(sqlite::Sqlite::open(options).await.unwrap())
    };
    let first = open(PATIENT, EPOCH.as_u128()).await;
    let reads_beside_writes = first.reads_beside_writes();
    let others: [Arc<dyn Store>; 2] = [open(PATIENT, 1).await, open(PATIENT, 2).await];
    Fixture { store: first, others, impatient: open(IMPATIENT, 3).await, reads_beside_writes, kept: Box::new(folder) }
}

async fn on_postgres() -> Fixture {
    let database: Database = database().await;
    let open = async |lock_timeout| {
        let options = postgres::Options { lock_timeout, ..postgres::Options::new(database.url.clone(), EPOCH) };
        Arc::new(postgres::Postgres::open(options).await.unwrap())
    };
    let others: [Arc<dyn Store>; 2] = [open(PATIENT).await, open(PATIENT).await];
    let (store, impatient) = (open(PATIENT).await, open(IMPATIENT).await);
    Fixture { store, others, impatient, reads_beside_writes: true, kept: Box::new(database) }
}

mod memory {
    use super::in_memory;
    crate::conformance_tests!(in_memory());
}

mod sqlite_file {
    use super::on_sqlite;
    crate::conformance_tests!(on_sqlite());
}

mod postgres_cluster {
    use super::on_postgres;
    crate::conformance_tests!(on_postgres());
}
