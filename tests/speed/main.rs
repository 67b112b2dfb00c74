//! `cargo xtask bench window`: what the window itself takes, in Chromium, on the desk inside itself with very many rows. Figures are
//! printed beside their goals and written as JSON; nothing fails for being slow.

#![expect(clippy::print_stdout, reason = "a program of the command line")]

mod figures;
mod keys;
mod memory;
mod scroll;
mod start;

use e2e::{
    browser::Chrome,
    webdriver::{Answer, Failure},
};
use figures::{Figure, Figures};
use std::fs;

/// How a run is made.
struct Options {
    /// How many requests wait besides those of an ordinary morning.
    rows: u32,
    /// How long the use at random lasts; more than two, because growth counts after minute 2.
    minutes: u64,
    /// The file for the figures as JSON.
    out: String,
    /// How large the module is that people get, in bytes, which has no desk inside itself; `cargo xtask` has built it.
    shipped: Option<u64>,
    /// What is measured; everything, when nothing is named.
    parts: Vec<String>,
}

const PARTS: [&str; 4] = ["start", "scroll", "keys", "memory"];

fn wrong(message: String) -> Failure {
    Failure { code: "wrong option".to_owned(), message }
}

impl Options {
    fn read(mut args: impl Iterator<Item = String>) -> Answer<Self> {
        let mut options = Self { rows: 50_000, minutes: 10, out: String::new(), shipped: None, parts: Vec::new() };
        while let Some(arg) = args.next() {
            let mut number = || args.next().and_then(|n| n.parse::<u64>().ok()).ok_or_else(|| wrong(format!("`{arg}` wants a number")));
            match arg.as_str() {
                "--rows" => options.rows = u32::try_from(number()?).unwrap_or(u32::MAX),
                "--minutes" => options.minutes = number()?,
                "--shipped" => options.shipped = Some(number()?),
                "--out" => options.out = args.next().ok_or_else(|| wrong("`--out` wants a file".to_owned()))?,
                part if PARTS.contains(&part) => options.parts.push(arg),
                other => return Err(wrong(format!("`{other}`; there are --rows, --minutes, --out, {}", PARTS.join(", ")))),
            }
        }
        if options.minutes <= 2 {
            return Err(wrong("`--minutes` wants more than 2".to_owned()));
        }
        Ok(options)
    }
    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|named| named == part)
    }
}

/// The window with its rows, in a list that has the focus.
fn open(chrome: &Chrome, rows: u32) -> Answer<()> {
    chrome.resize(1280, 800)?;
    chrome.visit(&format!("rows={rows}&theme=light"))?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["j"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option' && document.querySelector('.act-why-i')").map(drop)
}

fn main() -> Answer<()> {
    let options = Options::read(std::env::args().skip(1))?;
    let mut figures = Figures::begin(options.rows);
    let module = e2e::root().join("ui/dist/ui_bg.wasm");
    #[expect(clippy::cast_precision_loss, reason = "megabytes for reading")]
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    if let Some(bytes) = options.shipped {
        figures.add(Figure::new("module as shipped", megabytes(bytes), "MB").at_most(1.5));
    }
    figures.add(Figure::new("module with the desk inside itself", megabytes(module.metadata().map_or(0, |m| m.len())), "MB"));
    if options.wants("start") {
        start::measure(&mut figures)?;
    }
    if options.wants("scroll") {
        scroll::measure(&mut figures, options.rows)?;
    }
    if options.wants("keys") {
        keys::measure(&mut figures, options.rows)?;
    }
    if options.wants("memory") {
        memory::measure(&mut figures, options.rows, options.minutes)?;
    }
    if !options.out.is_empty() {
        let failed = |e: std::io::Error| Failure { code: "no file".to_owned(), message: format!("{}: {e}", options.out) };
        fs::write(&options.out, figures.json()).map_err(failed)?;
        println!("written to {}", options.out);
    }
    Ok(())
}
