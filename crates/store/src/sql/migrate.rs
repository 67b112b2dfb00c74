//! Migrations: they are embedded, run forward only, and a database of a newer program is left alone.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::StoreError;

/// The migrations of one engine, from `name` and `text` of their files.
pub(crate) fn migrator(files: &'static [(&'static str, &'static str)]) -> Migrator {
    let migration = |(name, text): &(&'static str, &'static str)| {
        let (version, what) = name.split_once('_').unwrap_or((name, ""));
        let version = version.parse().unwrap_or(0);
        Migration::new(version, what.replace('_', " ").into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    Migrator::with_migrations(files.iter().map(migration).collect())
}

/// The error for a database that has run a migration that this program does not know.
pub(crate) fn newer(applied: &[i64], migrator: &Migrator) -> Option<StoreError> {
    let unknown = applied.iter().find(|version| !migrator.version_exists(**version))?;
    Some(StoreError::TooNew(format!("it has run migration {unknown}; this program ends with {}", last(migrator))))
}

fn last(migrator: &Migrator) -> i64 {
    migrator.iter().map(|migration| migration.version).max().unwrap_or(0)
}
