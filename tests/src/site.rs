//! A server for the built window on this machine, with the policy that the shell sets, and for what judges it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::OnceLock,
    thread,
};

/// The policy of the window: nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where the accessibility rules are found there: the browser keeps them with the rest, so that they are read and compiled once.
pub(crate) const RULES: &str = "axe.min.js";

/// Where `ui/dist` is served, on a free port for as long as the test's process lives: `http://127.0.0.1:PORT/`.
///
/// # Panics
/// When the window is not built, or no port is to be had: then no test of it means anything.
#[must_use]
pub fn address() -> &'static str {
    ADDRESS.get_or_init(serve)
}
static ADDRESS: OnceLock<String> = OnceLock::new();

/// The same, where it is served already.
pub(crate) fn serving() -> Option<&'static str> {
    ADDRESS.get().map(String::as_str)
}

/// The accessibility rules, where `cargo xtask npm` has put them.
pub(crate) fn rules() -> PathBuf {
    crate::npm_package("axe-core").join(RULES)
}

fn serve() -> String {
    let folder = crate::root().join("ui/dist");
    if !folder.join("ui_bg.wasm").exists() {
        panic!("the window is not built: run cargo xtask ui");
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    let address = format!("http://{}/", listener.local_addr().expect("the port that was given"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            thread::spawn(move || answer(&stream, &folder));
        }
    });
    address
}

/// Answers requests on one connection until it closes.
fn answer(stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut writer = stream.try_clone().ok()?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let path = line.split(' ').nth(1)?.split('?').next()?.to_owned();
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).ok()? == 0 || header.trim().is_empty() {
                break;
            }
        }
        let (status, kind, body) = match file_of(folder, &path) {
            Some(file) => ("200 OK", kind_of(&file), fs::read(&file).ok()?),
            None => ("404 Not Found", "text/plain", Vec::new()),
        };
        // Kept by the browser, so that a page which is opened again need not be compiled again.
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncontent-security-policy: {POLICY}\r\nx-content-type-options: nosniff\r\ncache-control: max-age=3600\r\n\r\n",
            body.len()
        );
        writer.write_all(head.as_bytes()).ok()?;
        writer.write_all(&body).ok()?;
    }
}

/// The file of a path; nothing outside the folder but the rules.
fn file_of(folder: &Path, path: &str) -> Option<PathBuf> {
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let file = if name == RULES { rules() } else { folder.join(name) };
    (!name.split('/').any(|part| part == "..") && file.is_file()).then_some(file)
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
