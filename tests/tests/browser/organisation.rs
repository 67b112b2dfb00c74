//! Setelan organisasi: an admin sets what holds for everybody, and whoever it stops is told so (R-018, C-13).

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{VOICE, by_palette, down_to, is_sound, open, section};

/// What is chosen of who uploads, and what stands beside it.
fn uploaders(value: &str, beside: &str) -> String {
    format!(
        "(s => s?.value == '{value}' && s.closest('.set-side').innerText.replace(/[\\u2066-\\u2069]/g, '').includes('{beside}'))(document.getElementById('set-uploaders'))"
    )
}

#[test]
fn who_uploads_is_set_and_taken_back_by_keys_alone() -> Answer<()> {
    let chrome = open("")?;
    by_palette(&chrome, "mengunggah desain", "set-uploaders")?;
    chrome.wait_text("Berlaku untuk seluruh organisasi")?;
    chrome.wait(&uploaders("staff", "Setelan awal"))?;
    is_sound(&chrome)?;
    chrome.keys(&["ArrowDown"])?;
    chrome.wait(&uploaders("admin", "Diatur oleh Dewi Anggraini, 10:42"))?;
    chrome.wait(&format!("{VOICE} == 'Yang boleh mengunggah desain: Hanya admin'"))?;
    chrome.wait("document.querySelector('.toast')?.innerText.includes('Urungkan')")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait(&uploaders("staff", "Setelan awal"))?;
    chrome.wait("document.activeElement.id == 'set-uploaders'").map(drop)
}

#[test]
fn for_how_long_files_are_kept_is_set_too() -> Answer<()> {
    let chrome = open("hold=0&retention=400")?;
    by_palette(&chrome, "masa simpan", "set-retention")?;
    let value = |days: u32| format!("document.getElementById('set-retention').value == '{days}'");
    chrome.wait(&value(400))?;
    chrome.wait("document.getElementById('set-retention').options.length == 9")?;
    chrome.keys(&["Home"])?;
    chrome.wait(&value(30))?;
    chrome.wait(&format!("{VOICE} == 'Masa simpan berkas desain: 30 hari'"))?;
    chrome.wait("document.getElementById('set-retention').options.length == 8")?;
    is_sound(&chrome)
}

#[test]
fn without_a_line_it_waits_and_says_so() -> Answer<()> {
    let chrome = open("line=offline&hold=0&uploaders=admin")?;
    by_palette(&chrome, "mengunggah desain", "set-uploaders")?;
    chrome.wait(&uploaders("admin", "Diatur oleh Hendra Wijaya, Min, 15 Nov"))?;
    chrome.keys(&["ArrowUp"])?;
    chrome.wait(&uploaders("staff", "Diatur oleh Dewi Anggraini"))?;
    chrome.wait("document.querySelector('.set-side .mark')?.innerText.includes('Antre')")?;
    is_sound(&chrome)
}

#[test]
fn what_cannot_be_read_says_so_and_is_tried_again() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&trouble=error")?;
    chrome.wait("document.getElementById('pane-status')")?;
    section(&chrome, "Organisasi")?;
    chrome.wait_text("Setelan organisasi tidak bisa dibuka")?;
    chrome.by_role("button", "Coba lagi")?;
    is_sound(&chrome)
}

#[test]
fn whoever_may_not_upload_reads_why_and_has_no_such_settings() -> Answer<()> {
    let chrome = open("role=cs&uploaders=admin")?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    down_to(&chrome, "Toko Batik Larasati")?;
    chrome.keys(&["v"])?;
    let why = "Hanya Admin yang boleh mengunggah (setelan organisasi).";
    chrome.wait(&format!("document.getElementById('act-why')?.innerText == '{why}'"))?;
    chrome.wait("document.getElementById('do-design-upload')?.getAttribute('aria-disabled') == 'true'")?;
    chrome.wait(&format!("document.querySelector('.designs-r')?.innerText.includes('{why}')"))?;
    is_sound(&chrome)?;
    chrome.keys(&["u"])?;
    chrome.wait(&format!("{VOICE} == '{why}' && !document.querySelector('.ver')"))?;
    chrome.keys(&["g", ","])?;
    chrome.wait("document.querySelector('.setnav') && !document.getElementById('to-settings-organisation')").map(drop)
}
