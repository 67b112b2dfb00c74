//! Chromium and its driver as processes. A browser takes longer to start than many a test takes to run, and so it waits for the next
//! one when a test has done with it: in a new tab, with nothing kept.

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
};

use serde_json::{Value, json};
use ureq::http::Method;

use crate::{
    site,
    webdriver::{Answer, Failure, Session},
};

/// Those that wait.
static IDLE: Mutex<Vec<Running>> = Mutex::new(Vec::new());

/// A browser and its driver.
#[derive(Debug)]
pub(crate) struct Running {
    // In this order they are dropped: the driver closes the browser first.
    session: Session,
    _driver: Driver,
}

impl Running {
    pub(crate) const fn session(&self) -> &Session {
        &self.session
    }
    /// One that waits, made new; or else one that starts.
    pub(crate) fn take() -> Answer<Self> {
        let next = || IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        while let Some(idle) = next() {
            // One that does not answer any more is none.
            if renew(&idle.session).is_ok() {
                return Ok(idle);
            }
        }
        // One without a frame of its own where there is one, because it starts and draws in two thirds of the time. Debian starts it
        // through a shell, which the driver would end in its place.
        let shell = Path::new("/usr/lib/chromium/chromium-headless-shell");
        let binary = if shell.exists() { json!({ "binary": shell }) } else { json!({}) };
        Self::start(&binary, &json!({ "browser": "ALL" }))
    }
    /// Leaves it to the next test; what a failed one has left behind is nobody's.
    pub(crate) fn leave(self) {
        if !thread::panicking() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
    /// Starts one with these options and logs besides.
    pub(crate) fn start(more: &Value, logs: &Value) -> Answer<Self> {
        let missing = |error: &dyn std::fmt::Display| Failure {
            code: "no chromedriver".to_owned(),
            message: format!("{error}; install it (Debian: apt-get install chromium chromium-driver)"),
        };
        // The driver picks one port for both families of addresses, and ends when one of them is taken meanwhile: it then picks
        // again. That is its own start; nothing of ours has run yet.
        let started = (0..5).find_map(|_| Driver::start().transpose()).transpose().map_err(|e| missing(&e))?;
        let (driver, port) = started.ok_or_else(|| missing(&"chromedriver named no port"))?;
        let args = [
            "--headless=new",
            // It ends with whoever holds the other end of it: with the driver, however that ends.
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--accept-lang=en-US,en",
            "--disable-gpu",
            "--font-render-hinting=none",
            "--force-device-scale-factor=1",
        ];
        let mut options = json!({ "args": args });
        for (name, value) in more.as_object().into_iter().flatten() {
            options[name] = value.clone();
        }
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": logs });
        let session = Session::open(&format!("http://127.0.0.1:{port}"), &capabilities)?;
        Ok(Self { session, _driver: driver })
    }
}

/// A tab in the place of the one that was used, with nothing kept and nothing logged.
fn renew(session: &Session) -> Answer<()> {
    let tab = session.call(Method::POST, "/window/new", &json!({ "type": "tab" }))?;
    session.call(Method::DELETE, "/window", &Value::Null)?;
    session.call(Method::POST, "/window", &json!({ "handle": tab["handle"] }))?;
    let kept = json!({ "origin": site::address(), "storageTypes": "cookies,local_storage,indexeddb,cache_storage,service_workers" });
    session.call(Method::POST, "/goog/cdp/execute", &json!({ "cmd": "Storage.clearDataForOrigin", "params": kept }))?;
    session.call(Method::POST, "/se/log", &json!({ "type": "browser" })).map(drop)
}

/// A driver. It ends with what it is held by: dropped here, or closed by the system when the tests' process ends.
#[derive(Debug)]
struct Driver(Child);

impl Driver {
    /// Starts one; nothing when it ended before it named its port.
    fn start() -> io::Result<Option<(Self, u16)>> {
        const HELD: &str = "chromedriver --port=0 & driver=$!; exec >/dev/null; cat >/dev/null; kill -9 $driver; wait";
        let mut shell = Command::new("sh");
        shell.args(["-c", HELD]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut held = Self(shell.spawn()?);
        let lines = held.0.stdout.take().map(|out| BufReader::new(out).lines());
        let port = lines.into_iter().flatten().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        Ok(port.map(|port| (held, port)))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
