//! The field for a moment: typed as people type, chosen in a month, and read where the client is.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::hands::Hands;

/// The parts of the field say this.
fn parts(chrome: &Chrome, day: &str, hour: &str, zone: &str) -> Answer<()> {
    let says = "['gallery-when', 'gallery-when-hour', 'gallery-when-zone'].map(id => document.getElementById(id).value).join('|')";
    chrome.wait(&format!("{says} == {:?}", format!("{day}|{hour}|{zone}"))).map(drop)
}

/// Below the field stands this, line by line.
fn below(chrome: &Chrome, lines: &[&str]) -> Answer<()> {
    let says =
        "[...document.getElementById('gallery-when').closest('fieldset').querySelectorAll('p, li')].map(e => e.innerText.trim()).join('|')";
    chrome.wait(&format!("{says} == {:?}", lines.join("|"))).map(drop)
}

fn open() -> Answer<Chrome> {
    let chrome = Chrome::open("page=gallery")?;
    chrome.script("const e = document.getElementById('gallery-when'); e.focus(); e.scrollIntoView({ block: 'center' })", &[])?;
    Ok(chrome)
}

#[test]
fn a_day_and_an_hour_are_typed_in_one_and_read_in_three_zones() -> Answer<()> {
    let chrome = open()?;
    let hands = Hands(&chrome);
    below(&chrome, &["Misalnya: besok 14, jum 9.30, 26 Nov"])?;
    hands.types("besok 14")?;
    // It is understood at once, and written out when the part is left: nothing moves under whoever types.
    parts(&chrome, "besok 14", "", "WIB")?;
    below(&chrome, &["Rabu, 25 Nov 2026, 14:00 WIB", "Rabu, 25 Nov 2026, 16:00 WIT bagi klien", "Rabu, 25 Nov 2026, 07:00 UTC"])?;
    hands.press(&["Tab", "Tab"])?;
    hands.on("gallery-when-hour")?;
    parts(&chrome, "25 Nov 2026", "14:00", "WIB")?;
    // The hour by itself, and another zone: the same day and hour, meant there.
    hands.press(&["Ctrl+a", "9", ".", "3", "0", "Tab"])?;
    hands.on("gallery-when-zone")?;
    parts(&chrome, "25 Nov 2026", "09:30", "WIB")?;
    hands.press(&["ArrowDown"])?;
    parts(&chrome, "25 Nov 2026", "09:30", "WITA")?;
    below(&chrome, &["Rabu, 25 Nov 2026, 09:30 WITA", "Rabu, 25 Nov 2026, 10:30 WIT bagi klien", "Rabu, 25 Nov 2026, 01:30 UTC"])
}

#[test]
fn what_is_not_understood_is_said_of_its_part_and_kept() -> Answer<()> {
    let chrome = open()?;
    let hands = Hands(&chrome);
    hands.types("kapan 14")?;
    below(&chrome, &["Tanggalnya belum dikenali. Contoh: besok, jum, 26 Nov."])?;
    hands.press(&["Ctrl+a"])?;
    // A day without an hour is not wrong yet, and an hour that is none is.
    hands.types("jum")?;
    below(&chrome, &["Jumat, 27 Nov 2026"])?;
    hands.press(&["Tab", "Tab", "2", "5"])?;
    below(&chrome, &["Jumat, 27 Nov 2026", "Jamnya belum dikenali. Contoh: 14:00."])?;
    hands.until("document.activeElement.getAttribute('aria-invalid') == 'true'")?;
    hands.press(&["Shift+Tab", "Shift+Tab"])?;
    hands.on("gallery-when")?;
    hands.press(&["Ctrl+a"])?;
    hands.types("20 Nov 2026 9")?;
    below(&chrome, &["Di luar batas yang diizinkan.", "Jumat, 20 Nov 2026, 11:00 WIT bagi klien", "Jumat, 20 Nov 2026, 02:00 UTC"])
}

#[test]
fn a_day_is_chosen_in_a_month_by_keys_and_holidays_have_their_names() -> Answer<()> {
    let chrome = open()?;
    let hands = Hands(&chrome);
    hands.press(&["Tab", "Enter"])?;
    hands.on("gallery-when-2026-11-24")?;
    hands.press(&["PageDown", "ArrowRight"])?;
    hands.on("gallery-when-2026-12-25")?;
    let name = chrome.script("return document.activeElement.getAttribute('aria-label')", &[])?;
    assert!(name.as_str().is_some_and(|name| name.starts_with("Jumat, 25 Des 2026, ")), "its holiday is in its name: {name}");
    hands.press(&["Enter"])?;
    hands.on("gallery-when")?;
    parts(&chrome, "25 Des 2026", "", "WIB")?;
    // Escape closes the month alone, and the day that was chosen stays.
    hands.press(&["Tab", "Enter"])?;
    hands.until("document.querySelector('.month')")?;
    hands.press(&["Escape"])?;
    hands.until("!document.querySelector('.month')")?;
    hands.on("gallery-when")?;
    parts(&chrome, "25 Des 2026", "", "WIB")
}
