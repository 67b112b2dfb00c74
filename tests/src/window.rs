//! The real window, in a desktop of its own, driven by WebKit's driver.

use serde_json::{Value, json};
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

use crate::{
    binary,
    desktop::Desktop,
    webdriver::{Answer, Failure, Session},
};

/// Keeps what the page complains of.
const COMPLAINTS: &str = "
  window.complaints = [];
  const keep = what => window.complaints.push(String(what).slice(0, 2000));
  addEventListener('error', event => keep(event.message + ' ' + (event.error && event.error.stack)));
  addEventListener('unhandledrejection', event => keep(event.reason && (event.reason.stack || event.reason)));
  const before = console.error;
  console.error = (...all) => { keep(all.join(' ')); before.apply(console, all); };";

/// The running program with its window. It ends when it is dropped.
#[derive(Debug)]
pub struct Window {
    session: Option<Session>,
    driver: Child,
    data: PathBuf,
}

impl std::ops::Deref for Window {
    type Target = Session;
    fn deref(&self) -> &Session {
        self.session.as_ref().expect("a window that is not dropped has its session")
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        drop(self.session.take());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        self.kill();
    }
}

impl Window {
    /// Starts the program with this folder for its data, and waits until its window has drawn something.
    ///
    /// # Errors
    /// When the program or the driver is missing, or the window does not come.
    pub fn open(desktop: &Desktop, data: &Path) -> Answer<Self> {
        Self::open_logging(desktop, data, "trace")
    }
    /// The same; of its log it keeps no more than this.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_logging(desktop: &Desktop, data: &Path, log: &str) -> Answer<Self> {
        let port = free_port();
        let broken = |error: &dyn std::fmt::Display| Failure {
            code: "no WebKitWebDriver".to_owned(),
            message: format!("{error}; `cargo xtask setup` installs it"),
        };
        let said = data.with_extension("driver.log");
        let errors = fs::OpenOptions::new().create(true).append(true).open(&said).map_or_else(|_| Stdio::null(), Stdio::from);
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true").env("MEJA_LOG", log);
        let driver = command.stdout(Stdio::null()).stderr(errors).spawn().map_err(|e| broken(&e))?;
        let mut window = Self { session: None, driver, data: data.to_owned() };
        answers(port).map_err(|e| broken(&e))?;
        let options = json!({ "binary": binary("meja"), "args": ["--data", data] });
        let session = Session::open(&format!("http://127.0.0.1:{port}"), &json!({ "webkitgtk:browserOptions": options }));
        window.session = Some(session.map_err(|failure| {
            let (runs, said) = (window.pid(), fs::read_to_string(&said).unwrap_or_default());
            Failure { message: format!("{}; the program's process: {runs:?}; it and its driver said: {said}", failure.message), ..failure }
        })?);
        window.script(COMPLAINTS, &[])?;
        window.wait("document.querySelector('.app, .gate, .lock')")?;
        Ok(window)
    }
    /// What the page has complained of since it was opened: errors, and what was written to the console as one.
    ///
    /// # Errors
    /// What the driver says.
    pub fn complaints(&self) -> Answer<Vec<String>> {
        let all = self.script("return window.complaints", &[])?;
        Ok(all.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }
    /// The program's process.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        pid_of(&self.data)
    }
    /// Ends the program at once, as a power cut would.
    pub fn kill(&self) {
        if let Some(pid) = self.pid() {
            signal(pid, "KILL");
            until_gone(pid);
        }
    }
    /// Asks the program to end, and waits until it has.
    pub fn quit(&self) {
        if let Some(pid) = self.pid() {
            signal(pid, "TERM");
            until_gone(pid);
        }
    }
    /// Logs in as a person does: address of the server, e-mail, password.
    ///
    /// # Errors
    /// What the driver says; that Antrean does not come.
    pub fn log_in(&self, server: &str, email: &str, password: &str) -> Answer<()> {
        self.fill("server", server)?;
        self.keys(&["Enter"])?;
        self.fill("email", email)?;
        self.fill("password", password)?;
        self.keys(&["Enter"])?;
        self.wait("document.querySelector('.app')").map(drop)
    }
    /// Types a text into the field of this id, once it is there.
    ///
    /// # Errors
    /// What the driver says; that there is no such field.
    pub fn fill(&self, id: &str, text: &str) -> Answer<()> {
        self.until(&format!("document.getElementById('{id}')"))?;
        self.script("const e = document.getElementById(arguments[0]); e.focus(); e.select && e.select();", &[json!(id)])?;
        self.type_text(text)
    }
    /// Waits until the visible text of the page has this in it. Marks that only set directions apart are not read.
    ///
    /// # Errors
    /// `timeout`, with what was there.
    pub fn wait_text(&self, text: &str) -> Answer<()> {
        let wanted = json!(text).to_string();
        self.until(&format!("document.body.innerText.replace(/[\\u2066-\\u2069]/g, '').includes({wanted})")).map(drop)
    }
    /// [`Session::wait`]; a failure says what the window showed.
    ///
    /// # Errors
    /// `timeout`, with what was there.
    pub fn until(&self, expression: &str) -> Answer<Value> {
        self.wait(expression).map_err(|failure| {
            let complaints = self.complaints().unwrap_or_default();
            let there = self
                .script("return document.activeElement.outerHTML.slice(0, 200) + '\\n' + document.body.innerText", &[])
                .unwrap_or_default();
            let there = there.as_str().unwrap_or_default();
            Failure { message: format!("{}; it complained of {complaints:?}; there was: {there}", failure.message), ..failure }
        })
    }
    /// Keeps a picture of the window.
    ///
    /// # Errors
    /// What the driver says, or that the file cannot be written.
    pub fn picture(&self, to: &Path) -> Answer<()> {
        let broken = |error: std::io::Error| Failure { code: "no picture".to_owned(), message: error.to_string() };
        fs::create_dir_all(to.parent().unwrap_or(to)).map_err(broken)?;
        fs::write(to, self.screenshot()?).map_err(broken)
    }
}

/// A port that nobody listens on.
/// A free port that nobody is given by chance between here and the driver: it lies below those that systems hand out by themselves,
/// and is given once in this process. A driver whose port another took would leave its window to wait for somebody else's.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 1_000).unwrap_or(0) * 10;
    let mut ports = std::iter::repeat_with(|| 20_000 + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000);
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap_or(0)
}

#[expect(clippy::disallowed_methods, reason = "a real program takes real time to start")]
fn answers(port: u16) -> std::io::Result<()> {
    let start = Instant::now();
    loop {
        match std::net::TcpStream::connect(("127.0.0.1", port)) {
            Ok(_) => return Ok(()),
            Err(error) if start.elapsed() > Duration::from_secs(20) => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// The process of the program that has this data folder.
fn pid_of(data: &Path) -> Option<u32> {
    let data = data.display().to_string();
    fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let words: Vec<&str> = line.split(|b| *b == 0).filter_map(|w| std::str::from_utf8(w).ok()).collect();
        let ours = words.first().is_some_and(|name| name.ends_with("/meja")) && words.contains(&data.as_str());
        // One that has ended and was not waited for yet is no more.
        let state = fs::read_to_string(entry.path().join("stat")).ok()?;
        (ours && !state.contains(") Z ")).then_some(pid)
    })
}

fn signal(pid: u32, name: &str) {
    let _ = std::process::Command::new("kill").args([format!("-{name}"), pid.to_string()]).status();
}

/// Waits until a process has let go of what it held. Its command line is gone before its files and sockets are: a program started then
/// finds the name of the ended one still taken on the bus, takes itself for a second start, and ends.
#[expect(clippy::disallowed_methods, reason = "a real program takes real time to end")]
fn until_gone(pid: u32) {
    let start = Instant::now();
    while holds(pid) {
        assert!(start.elapsed() < Duration::from_secs(20), "the program does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether any thread of this process is not at its end yet. Those that have ended and were not waited for hold nothing.
fn holds(pid: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok())
        .any(|stat| ![") Z ", ") X "].iter().any(|end| stat.contains(end)))
}
