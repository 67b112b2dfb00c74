//! `meja-server backup`, `meja-server restore`

use anyhow::{Context, Result, bail};
use clap::Args;
use server::shell::Shell;
use std::{
    fs::File,
    path::{Path, PathBuf},
};
use store::{
    Store,
    sqlite::{self, Sqlite},
};

use crate::{
    archive::{self, DATABASE, FILES, with_suffix},
    hand::{self, Hand},
    say,
    settings::{Settings, make_private},
};

/// Copies database and files into one file, while the server goes on.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file; one of this name is replaced when the new one is whole.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        let hand = Hand::open(&settings).await?;
        let copy = with_suffix(&self.to, ".db");
        let done = self.copy(&hand, &settings, &copy).await;
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(with_suffix(&copy, suffix));
        }
        hand.close().await?;
        done
    }

    async fn copy(&self, hand: &Hand, settings: &Settings, copy: &Path) -> Result<()> {
        let copied = hand.store.backup(copy).await;
        copied.context("the database cannot be copied (PostgreSQL is backed up with its own tools)")?;
        // The copy is of one moment, and says itself of which one.
        let opened = Sqlite::open(sqlite::Options::new(copy, hand.shell.uuid())).await?;
        let head = opened.read().await?.head().await?;
        opened.close().await;
        let about = (hand.shell.now(), head.epoch, head.seq);
        let (to, copy, files) = (self.to.clone(), copy.to_owned(), settings.files_folder());
        let with_files = files.is_some();
        tokio::task::spawn_blocking(move || archive::write(&to, &copy, files.as_deref(), about)).await??;
        if !with_files {
            say("The files lie in a bucket, which is backed up with its own tools.")?;
        }
        say(&format!("{} holds everything up to number {}.", self.to.display(), head.seq))
    }
}

/// Puts a backup in the place of what is there. Every desk notices that it is another history.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup.
    file: PathBuf,
    /// Also where there is a database: it is moved aside, and kept.
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        if settings.database_url.is_some() {
            bail!("a backup is restored into a folder (--data); PostgreSQL is restored with its own tools");
        }
        settings.make_folder()?;
        let _alone = hand::alone(&settings)?;
        let database = settings.database_file();
        if database.exists() && !self.force {
            bail!("{} is there already; with --force it is moved aside", database.display());
        }
        let shell = Shell::system();
        let staging = settings.data.join(format!(".restoring-{}", shell.uuid().simple()));
        make_private(&staging)?;
        let done = self.put(&settings, &shell, &staging).await;
        let _ = std::fs::remove_dir_all(&staging);
        done
    }

    async fn put(&self, settings: &Settings, shell: &Shell, staging: &Path) -> Result<()> {
        let (file, into) = (self.file.clone(), staging.to_owned());
        let manifest = tokio::task::spawn_blocking(move || archive::unpack(&file, &into)).await??;
        // Another history begins before anybody reads it, so that no cursor of the lost one fits.
        let staged = Sqlite::open(sqlite::Options::new(staging.join(DATABASE), shell.uuid())).await?;
        staged.begin_epoch(shell.uuid()).await?;
        let verified = server::chain::verify(&staged).await;
        staged.close().await;
        let verified = verified.context("the audit in the backup does not hold")?;
        let aside = settings.data.join(format!("replaced-{}", shell.uuid().simple()));
        let files = settings.files_folder();
        let database = ["", "-wal", "-shm"].map(|suffix| format!("{DATABASE}{suffix}"));
        let there =
            database.map(|name| (settings.data.join(&name), name)).into_iter().chain(files.clone().map(|files| (files, FILES.to_owned())));
        for (there, name) in there.filter(|(there, _)| there.exists()) {
            make_private(&aside)?;
            std::fs::rename(&there, aside.join(&name)).with_context(|| format!("{} cannot be moved aside", there.display()))?;
        }
        let to = files.map(|files| (FILES, files)).into_iter().chain([(DATABASE, settings.database_file())]);
        for (name, to) in to {
            let from = staging.join(name);
            if from.exists() {
                std::fs::rename(&from, &to).with_context(|| format!("{} cannot be put there", to.display()))?;
            }
        }
        File::open(&settings.data)?.sync_all()?;
        if aside.exists() {
            say(&format!("What was there lies in {}.", aside.display()))?;
        }
        say(&format!("Restored: everything up to number {} of {}; {} acts verified.", manifest.head, manifest.made_at, verified.entries))
    }
}
