//! A hand on the database for a short while: what every command but `serve` works with. It may run beside a server.

use anyhow::{Context, Result, bail};
use server::{
    shell::Shell,
    writer::{Bells, Operation, Pending, Writer, WriterTask},
};
use std::{fs::File, path::PathBuf, sync::Arc};
use store::{
    Store,
    memory::Memory,
    postgres::{self, Postgres},
    sqlite::{self, Sqlite},
};
use tokio::task::JoinHandle;

use crate::settings::Settings;

/// Opens the database of the settings, and brings its schema up to date.
pub(crate) async fn open(settings: &Settings, shell: &Shell) -> Result<Arc<dyn Store>> {
    let url = settings.database();
    let epoch = shell.uuid();
    let store: Arc<dyn Store> = match url.split_once(':') {
        Some(("sqlite", file)) => {
            let file = PathBuf::from(file.trim_start_matches("//"));
            Arc::new(Sqlite::open(sqlite::Options::new(file, epoch)).await.context("the database cannot be opened")?)
        }
        Some(("postgres" | "postgresql", _)) => {
            Arc::new(Postgres::open(postgres::Options::new(url, epoch)).await.context("the database cannot be opened")?)
        }
        Some(("memory", _)) => Arc::new(Memory::new(epoch)),
        _ => bail!("--database-url: give postgres://…, sqlite:FILE or memory:"),
    };
    Ok(store)
}

/// Holds the folder against being replaced: every program that works in it does, side by side.
pub(crate) fn beside(settings: &Settings) -> Result<File> {
    let file = lock_file(settings)?;
    file.try_lock_shared().context("the folder is being restored by another program")?;
    Ok(file)
}

/// Holds the folder alone.
pub(crate) fn alone(settings: &Settings) -> Result<File> {
    let file = lock_file(settings)?;
    file.try_lock().context("a server, or another command, works in this folder: stop it first")?;
    Ok(file)
}

fn lock_file(settings: &Settings) -> Result<File> {
    let path = settings.data.join("meja.lock");
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    opened.with_context(|| format!("{} cannot be opened", path.display()))
}

/// A store with a writer of its own.
pub(crate) struct Hand {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) shell: Shell,
    writer: Writer,
    task: JoinHandle<store::Result<()>>,
    _beside: File,
}

impl Hand {
    /// Opens the database.
    pub(crate) async fn open(settings: &Settings) -> Result<Self> {
        settings.make_folder()?;
        let beside = beside(settings)?;
        let shell = Shell::system();
        let store = open(settings, &shell).await?;
        let (writer, task): (Writer, WriterTask) = Writer::new(Arc::clone(&store), shell.clone(), Arc::new(Bells::default()));
        Ok(Self { store, shell, writer, task: tokio::spawn(task.run()), _beside: beside })
    }
    /// Writes.
    pub(crate) async fn write<O: Operation>(&self, operation: O) -> Result<O::Answer> {
        self.writer.write(operation).await.context("the database could not be written")
    }
    /// Has something written behind everything asked before, without waiting for it yet.
    pub(crate) fn begin<O: Operation>(&self, operation: O) -> Result<Pending<O::Answer>> {
        self.writer.begin(operation).context("the database could not be written")
    }
    /// Finishes what was begun.
    pub(crate) async fn close(self) -> Result<()> {
        drop(self.writer);
        self.task.await??;
        self.store.close().await;
        Ok(())
    }
}
