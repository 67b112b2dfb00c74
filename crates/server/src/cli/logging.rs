//! The log: on standard error, without personal data. SQL statements are never logged, they carry values.

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::settings::{LogFormat, Settings};

/// Begins to log; where history is made up, its states are not news.
pub(crate) fn start(settings: &Settings, made_up: bool) -> Result<()> {
    let states = if made_up { ",meja::state=off" } else { "" };
    let filter = format!("{},sqlx=warn,sqlx::query=off{states}", settings.log);
    let filter = EnvFilter::try_new(filter).context("the log's filter cannot be read")?;
    let registry = tracing_subscriber::registry().with(filter);
    match settings.log_format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr).with_ansi(false)).try_init()?,
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init()?,
    }
    Ok(())
}
