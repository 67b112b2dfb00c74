//! `cargo xtask twins`: every picture of the design that belongs to a screen which is built, taken again from the window itself with
//! the records of its own desk, into `docs/ui`. What differs, and why, stands there beside each pair.

#![expect(clippy::print_stdout, reason = "a program of the command line")]

mod small;

use e2e::{browser::Chrome, webdriver::Answer};
use std::{fs, path::Path};

/// A picture of the design and the way to its screen.
struct Twin {
    name: &'static str,
    size: (u32, u32),
    situation: &'static str,
    keys: &'static [&'static str],
    there: &'static str,
}

const WIDE: (u32, u32) = (1280, 800);
/// The request that the pictures show, with all that is known of it.
const RANI: &[&str] = &["j", "j", "~.act-why-i"];

/// The same among everything that waits.
const RANI_OF_ALL: &[&str] = &["j", "j", "j", "j", "~.act-why-i"];

/// The order that the pictures show, and its versions.
const KOPI: &[&str] = &["g", "o", "~#orders-list [role=option]", "j", "~.steps", "v"];

/// A record in the palette: found by the desk, after the acts; its id begins with a digit.
const RECORD: &str = ".pal-o[id^='palette-0']";

const fn twin(name: &'static str, situation: &'static str, keys: &'static [&'static str], there: &'static str) -> Twin {
    Twin { name, size: WIDE, situation, keys, there }
}

const TWINS: &[Twin] = &[
    twin("01-antrean-terang", "work=all", RANI_OF_ALL, ".tl"),
    Twin { name: "01-antrean-terang-960x600", size: (960, 600), situation: "work=all", keys: RANI_OF_ALL, there: ".tl" },
    Twin { name: "01-antrean-terang-640x400", size: (640, 400), situation: "", keys: &["j", "j"], there: ".row" },
    twin("02-antrean-gelap", "theme=dark", RANI, ".tl"),
    twin("03-permintaan-tolak", "", &["j", "j", "~.act-why-i", "d", "~dialog[open]", "1"], ".msg-prev"),
    twin("06-pesanan-desain", "role=cs", KOPI, ".canvas-i"),
    Twin { name: "06-pesanan-desain-960x600", size: (960, 600), situation: "role=cs", keys: KOPI, there: ".canvas-i" },
    twin("08-antrean-kirim", "outbox=mixed", &["Ctrl+9", "~.row", "j"], ".facts, .diff"),
    twin("09-palet-perintah", "theme=dark", &["j", "j", "~.act-why-i", "Ctrl+k", "t", "e", "r"], RECORD),
    twin("10-masuk", "session=login", &[], "#password"),
    twin("11-kunci", "theme=dark&session=locked", &[], ".lock"),
    twin("12-pengaturan-notifikasi", "", &["Ctrl+,"], "#content"),
    twin("13-antrean-kontras-tinggi", "contrast=high", RANI, ".tl"),
    twin("16-laporan", "", &["Ctrl+6"], "#chart-line"),
    twin("17-antrean-luring-kosong", "theme=dark&line=offline&data=empty", &[], ".empty"),
];

fn take(chrome: &Chrome, twin: &Twin, folder: &Path) -> Answer<usize> {
    chrome.resize(twin.size.0, twin.size.1)?;
    chrome.visit(&format!("{}&theme=light&motion=reduced", twin.situation))?;
    chrome.follow(twin.keys, twin.there)?;
    chrome.stands_still()?;
    let picture = small::smaller(&chrome.screenshot()?)?;
    fs::write(folder.join(format!("{}.png", twin.name)), &picture).map_err(small::broken)?;
    Ok(picture.len())
}

fn main() -> Answer<()> {
    let folder = e2e::root().join("docs/ui");
    fs::create_dir_all(&folder).map_err(small::broken)?;
    let chrome = Chrome::open("")?;
    for twin in TWINS {
        println!("{} {} kB", twin.name, take(&chrome, twin, &folder)?.div_ceil(1_000));
    }
    Ok(())
}
