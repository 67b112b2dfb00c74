//! What meets somebody right after they came in: the minute of the first day, a program that broke off, and a link that opens nothing.

use e2e::webdriver::Answer;

use crate::frame::{open, section};

#[test]
fn the_first_minute_leads_through_server_notifications_and_five_keys_and_is_offered_once() -> Answer<()> {
    let chrome = open("first=1")?;
    chrome.wait("document.getElementById('welcome-note')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Mulai")?;
    chrome.wait("document.querySelector('dialog[open]#welcome')")?;
    chrome.press("button", "Periksa sambungan")?;
    chrome.wait_text("menjawab.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    for heading in ["Pemberitahuan", "Lima tombol"] {
        chrome.press("button", "Lanjut")?;
        chrome.wait(&format!("document.activeElement.id == 'welcome-step' && document.activeElement.innerText == '{heading}'"))?;
        assert_eq!(chrome.axe()?, Vec::<String>::new());
    }
    let keys = chrome.script("return document.querySelectorAll('#welcome dl kbd').length", &[])?;
    assert!(keys.as_u64() >= Some(5), "{keys}");
    chrome.press("button", "Selesai")?;
    chrome.wait("!document.getElementById('welcome') && !document.getElementById('welcome-note')")?;
    section(&chrome, "Tentang & diagnosa")?;
    chrome.wait("document.getElementById('set-welcome')")?;
    chrome.script("document.getElementById('set-welcome').click()", &[])?;
    chrome.wait("document.querySelector('dialog[open]#welcome')")?;
    Ok(())
}

#[test]
fn whoever_does_not_want_the_first_minute_leaves_it_by_a_key() -> Answer<()> {
    let chrome = open("first=1")?;
    chrome.wait("document.getElementById('welcome-note')")?;
    chrome.keys(&["j"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.press("button", "Mulai")?;
    chrome.wait("document.querySelector('dialog[open]#welcome')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.getElementById('welcome') && !document.getElementById('welcome-note')")?;
    Ok(())
}

#[test]
fn a_report_of_a_crash_is_read_and_saved_or_thrown_away() -> Answer<()> {
    let chrome = open("crash=1")?;
    chrome.wait_text("Meja terhenti sendiri pada 10:22.")?;
    chrome.script("document.querySelector('#crash summary').click()", &[])?;
    chrome.wait("document.querySelector('#crash pre').innerText.includes('listen.rs:98')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Simpan laporan")?;
    chrome.wait("!document.getElementById('crash')")?;
    chrome.wait_text("tersimpan di")?;
    let chrome = open("crash=1&lang=en")?;
    chrome.wait("document.getElementById('crash')")?;
    chrome.press("button", "Discard report")?;
    chrome.wait("!document.getElementById('crash') && !document.getElementById('export-note')")?;
    Ok(())
}
