//! The program from its start to its end.

use desk::{Desk, notify::SystemNotifier, vault::Vault};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tauri::{AppHandle, Manager, RunEvent, WebviewWindow, async_runtime};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

use crate::{
    files, ipc, news,
    options::{self, Options},
    outside,
    tray::Tray,
    window,
};

/// The name under which secrets stand in the keyring.
const SERVICE: &str = "id.meja.desk";
/// What is kept of the window. Not whether it is seen: that is the start's affair.
const KEPT: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// Why the program does not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShellError {
    /// There is no folder for the data.
    #[error("the data folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The desk's files.
    #[error("{0}")]
    Desk(#[from] desk::OpenError),
    /// The window.
    #[error("the window: {0}")]
    Window(#[from] tauri::Error),
    /// Somebody wants to drive a window that people use.
    #[error("this build takes no automation: TAURI_WEBVIEW_AUTOMATION is set")]
    Automation,
}

/// Whether the program is ending: the second wish to end it is not waited for.
#[derive(Default)]
struct Ending(AtomicBool);

/// Whether the window asks if the program shall end although something is unsent: it is asked once, and a second wish is granted.
#[derive(Default)]
struct Asking(AtomicBool);

/// Runs until the person ends it.
pub(crate) fn run(options: Options) -> Result<(), ShellError> {
    let driven = is_driven()?;
    if options.safe_graphics && again_with_safe_graphics()? {
        return Ok(());
    }
    let data = outside::data_folder(&options)?;
    let app = tauri::Builder::default()
        // The first plugin, so that a second program ends before it has opened anything.
        .plugin(tauri_plugin_single_instance::init(|app, args, _| again(app, args)))
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(KEPT).build())
        .manage(Ending::default())
        .manage(Asking::default())
        .invoke_handler(ipc::answer())
        .setup(move |app| Ok(set_up(app.handle(), &data, &options, driven)?))
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if let RunEvent::ExitRequested { api, code: None, .. } = event {
            api.prevent_exit();
            quit(app);
        }
    });
    Ok(())
}

fn set_up(app: &AppHandle, data: &Path, options: &Options, driven: bool) -> Result<(), ShellError> {
    // Where this system has no such folder, what is written out stands beside the desk's own files.
    let downloads = app.path().download_dir().unwrap_or_else(|_| data.join("downloads"));
    let desk = async_runtime::block_on(Desk::open(parts(app, data, downloads)))?;
    let events = desk.events();
    app.manage(desk.clone());
    let title = desk.words().text("window-title");
    let window = window::build(app, &title, driven)?;
    window::on_close(&window, closed);
    window::on_files(&window, desk.clone());
    let has_tray = match Tray::build(app) {
        Ok(tray) => app.manage(tray),
        Err(error) => {
            tracing::info!(%error, "this desktop has no tray: closing the window ends the program");
            false
        }
    };
    async_runtime::spawn(news::pass_on(app.clone(), desk, events));
    async_runtime::spawn(wait_for_signals(app.clone()));
    if let Some(link) = options.link.clone() {
        open_link(app, link);
    }
    if !(options.minimized && has_tray && options.link.is_none()) {
        window.show()?;
    }
    Ok(())
}

/// Somebody started the program again: the window that is there comes before them, and a link is opened in it.
fn again(app: &AppHandle, args: Vec<String>) {
    window::show(app);
    if let Some(link) = options::link_of(args) {
        open_link(app, link);
    }
}

/// Has the desk open a link from outside.
fn open_link(app: &AppHandle, link: String) {
    // A program that is just starting has no desk yet: whoever followed a link then follows it again.
    let Some(desk) = app.try_state::<Desk>().map(|desk| desk.inner().clone()) else { return };
    async_runtime::spawn(async move { desk.open_link(&link).await });
}

fn parts(app: &AppHandle, data: &Path, downloads: PathBuf) -> desk::Parts {
    let notifier = SystemNotifier::new("Meja", &outside::icon_file(data));
    desk::Parts {
        options: desk::Options {
            data: data.to_owned(),
            downloads,
            device_name: outside::device_name(),
            platform: std::env::consts::OS.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        clock: Arc::new(desk::SystemClock::default()),
        ids: Arc::new(desk::SystemIds),
        vault: Vault::system(SERVICE),
        notifier: Arc::new(notifier),
        connect: desk::over_http(),
        opener: Arc::new(outside::Browser),
        chooser: Arc::new(files::Dialog(app.clone())),
    }
}

/// Closing hides where a tray can bring the window back; held commands go then. Else it ends the program.
fn closed(window: &WebviewWindow) {
    let app = window.app_handle();
    drop(app.save_window_state(KEPT));
    if app.try_state::<Tray>().is_none() {
        quit(app);
        return;
    }
    drop(window.hide());
    let desk = app.state::<Desk>().inner().clone();
    async_runtime::spawn(async move { desk.hidden().await });
}

/// Locks the desk.
pub(crate) fn lock(app: &AppHandle) {
    let desk = app.state::<Desk>().inner().clone();
    async_runtime::spawn(async move { desk.lock().await });
}

/// Somebody chose to end the program. While something is unsent the window asks them, once.
pub(crate) fn leave(app: &AppHandle, unsent: u32) {
    let asked = app.state::<Asking>().0.swap(unsent > 0, Ordering::SeqCst);
    if unsent == 0 || asked {
        quit(app);
        return;
    }
    window::show(app);
    news::say(app, &bridge::Event::AskQuit { unsent });
}

/// What they answered.
pub(crate) fn answered(app: &AppHandle, answer: &bridge::Quit) {
    app.state::<Asking>().0.store(false, Ordering::SeqCst);
    if answer.quit {
        quit(app);
    }
}

/// Sends what waits and asks for what is new.
pub(crate) fn sync_now(app: &AppHandle) {
    let desk = app.state::<Desk>().inner().clone();
    async_runtime::spawn(async move { drop(desk.sync_now(bridge::SyncNow {}).await) });
}

/// Ends the program: what was held goes, the files are closed. Asked a second time it ends at once.
pub(crate) fn quit(app: &AppHandle) {
    if app.state::<Ending>().0.swap(true, Ordering::SeqCst) {
        app.exit(0);
        return;
    }
    drop(app.save_window_state(KEPT));
    if let Some(window) = app.get_webview_window(window::LABEL) {
        drop(window.hide());
    }
    let (app, desk) = (app.clone(), app.state::<Desk>().inner().clone());
    async_runtime::spawn(async move {
        desk.quit().await;
        app.exit(0);
    });
}

/// Ends the program in good order when the system asks for it.
async fn wait_for_signals(app: AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else { return };
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
        quit(&app);
    }
    #[cfg(not(unix))]
    {
        if tokio::signal::ctrl_c().await.is_ok() {
            quit(&app);
        }
    }
}

/// Whether a driver leads the window. That is for tests; in what people get nobody may press keys in their name.
fn is_driven() -> Result<bool, ShellError> {
    let asked = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let allowed = cfg!(any(debug_assertions, feature = "automation"));
    if asked && !allowed { Err(ShellError::Automation) } else { Ok(asked) }
}

/// Starts the program anew with the variables that turn the graphics card off; whether it did. They must be there before the
/// first line of WebKit runs.
fn again_with_safe_graphics() -> Result<bool, ShellError> {
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return Ok(false);
    }
    let status = Command::new(std::env::current_exe()?).args(std::env::args_os().skip(1)).env(SWITCH, "1").status()?;
    if status.success() { Ok(true) } else { Err(std::io::Error::other(format!("the second start: {status}")).into()) }
}
