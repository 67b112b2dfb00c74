//! `meja-server serve`

use anyhow::{Context, Result, bail};
use clap::Args;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use server::{
    app::{App, Options, Tasks},
    http::{Listening, Running, tls_config},
    jobs::{FolderMail, Mail, Runner, SmtpMail, forget_regularly, sweep_regularly},
    routes,
    shell::Shell,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinSet,
    time::timeout,
};

use crate::{
    hand, memory, say,
    settings::{ServeFlags, Settings},
};

/// How long is waited for what is left to be written.
const LAST_WRITES: Duration = Duration::from_secs(15);

/// Serves desks and clients.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) flags: ServeFlags,
}

impl Serve {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        settings.check_listeners()?;
        settings.make_folder()?;
        let _beside = hand::beside(&settings)?;
        let metrics = figures()?;
        let shell = Shell::system();
        let store = hand::open(&settings, &shell).await?;
        let options = Options {
            trusted_proxies: settings.trusted_proxy.clone(),
            files: settings.shelf()?,
            public_url: settings.public_url.clone(),
            seal_key: Some(settings.seal_key()),
            ..Options::default()
        };
        let (app, tasks) = App::start(Arc::clone(&store), shell, options).await?;
        let listeners = Listeners::open(&settings, &app, metrics.clone()).await?;
        let mut side = side_work(&app, mail(&settings)?, metrics);
        say(&format!("meja-server is ready: {}, operations {}", listeners.public_url, listeners.ops_url))?;
        let Tasks { mut writer, publisher } = tasks;
        let ended = tokio::select! {
            () = told_to_stop() => None,
            ended = &mut writer => Some(ended),
        };
        tracing::info!("draining");
        app.drain();
        listeners.stop().await;
        publisher.abort();
        while side.join_next().await.is_some() {}
        // The writer ends when nobody can ask it any more, and everything that waited is written.
        drop(app);
        let ended = match ended {
            Some(ended) => ended,
            None => timeout(LAST_WRITES, writer).await.context("what was left could not be written in time")?,
        };
        store.close().await;
        ended.context("the writer panicked")?.context("the database belongs to a newer program; this one stops")
    }
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_stop() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}

/// Figures are kept from here on.
fn figures() -> Result<PrometheusHandle> {
    let seconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let sizes = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &seconds)?
        .set_buckets_for_metric(Matcher::Suffix("_operations".into()), &sizes)?;
    let handle = builder.install_recorder().context("figures cannot be kept")?;
    server::metrics::describe();
    Ok(handle)
}

fn mail(settings: &Settings) -> Result<Box<dyn Mail>> {
    let from = &settings.mail_from;
    Ok(match settings.mail.as_deref() {
        Some(url) if url.contains("://") => Box::new(SmtpMail::new(url, from)?),
        Some(folder) => Box::new(FolderMail::new(folder.as_ref(), from)?),
        None => Box::new(FolderMail::new(&settings.data.join("mail"), from)?),
    })
}

/// What runs beside the handlers until the server drains.
fn side_work(app: &App, mail: Box<dyn Mail>, metrics: PrometheusHandle) -> JoinSet<()> {
    let mut side = JoinSet::new();
    side.spawn(Runner::new(app, mail).run());
    side.spawn(forget_regularly(app.writer.clone(), app.draining()));
    side.spawn(sweep_regularly(app.clone()));
    let upkeep = move || {
        metrics.run_upkeep();
        memory::trim();
    };
    side.spawn(server::metrics::observe(Arc::clone(&app.store), Arc::clone(&app.ring), app.draining(), upkeep));
    side
}

struct Listeners {
    public: Running,
    ops: Running,
    public_url: String,
    ops_url: String,
}

impl Listeners {
    async fn open(settings: &Settings, app: &App, metrics: PrometheusHandle) -> Result<Self> {
        let tls = match (&settings.tls_cert, &settings.tls_key) {
            (Some(certificate), Some(key)) => Some(tls_config(certificate, key)?),
            (None, None) => None,
            _ => bail!("--tls-cert and --tls-key go together"),
        };
        // Figures are read on this machine, or over TLS like everything else.
        let ops_tls = tls.clone().filter(|_| !settings.ops_listen.ip().is_loopback());
        let scheme = |tls: bool| if tls { "https" } else { "http" };
        let (public_scheme, ops_scheme) = (scheme(tls.is_some()), scheme(ops_tls.is_some()));
        let busy = |address| move || format!("{address} cannot be listened on");
        let behind = |listening: Listening| listening.behind(settings.trusted_proxy.clone());
        let public = behind(Listening::on(settings.listen, tls).await.with_context(busy(settings.listen))?);
        let ops = behind(Listening::on(settings.ops_listen, ops_tls).await.with_context(busy(settings.ops_listen))?);
        let public = public.serve(routes::public(app))?;
        let ops = ops.serve(routes::operations(app, Some(metrics)))?;
        let (public_url, ops_url) = (format!("{public_scheme}://{}", public.address), format!("{ops_scheme}://{}", ops.address));
        Ok(Self { public, ops, public_url, ops_url })
    }
    async fn stop(self) {
        tokio::join!(self.public.stop(), self.ops.stop());
    }
}
