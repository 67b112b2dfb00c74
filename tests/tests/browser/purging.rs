//! The file of a version is taken away, long after its order, and what is seen of it then (C-15).

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{down_to, is_sound, versions, wait_closed};

/// The versions of an order that was called off or done.
fn ended(situation: &str, name: &str) -> Answer<Chrome> {
    versions(situation, name, ".ver")
}

/// What is said at the foot, without the marks that set names apart.
const WHY: &str = "document.getElementById('act-why').innerText.replace(/[\\u2066-\\u2069]/g, '')";

/// Looks at another version, by key.
fn look_at(chrome: &Chrome, from: u32, to: u32) -> Answer<()> {
    chrome.keys(&["v"])?;
    chrome.wait(&format!("document.activeElement.id == 'version-{from}'"))?;
    chrome.keys(&["ArrowDown"])?;
    chrome.wait(&format!("document.activeElement.id == 'version-{to}' && document.activeElement.ariaCurrent == 'true'")).map(drop)
}

/// By the palette alone.
fn by_palette(chrome: &Chrome) -> Answer<()> {
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.querySelector('[role=combobox]')")?;
    chrome.type_text("hapus berkas")?;
    let marked = "[...document.querySelectorAll('.pal-o[aria-selected=true] mark')].map(m => m.innerText).join('').toLowerCase()";
    chrome.wait(&format!("({marked}).replaceAll(' ', '') == 'hapusberkas'"))?;
    chrome.keys(&["Enter"])
}

#[test]
fn a_file_is_taken_away_with_a_reason_by_keys_alone_and_the_version_says_so() -> Answer<()> {
    let chrome = ended("ended=old&retention=90&hold=0", "Ibu Larasati")?;
    look_at(&chrome, 2, 1)?;
    chrome.wait("document.querySelector('.canvas-i')")?;
    by_palette(&chrome)?;
    chrome.by_role("dialog", "Hapus berkas V1, panggung.png")?;
    chrome.wait_text("tidak bisa dikembalikan")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Alasan wajib diisi")?;
    chrome.keys(&["Alt+1"])?;
    chrome.wait("document.getElementById('reason-text').value == 'Masa simpan habis.'")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    let tile = "document.getElementById('version-1').closest('.ver')";
    let said = "'Berkas dihapus 24 Nov 2026 oleh Dewi Anggraini'";
    chrome.wait(&format!(
        "{tile}.innerText.replace(/[\\u2066-\\u2069]/g, '').includes({said}) && {tile}.innerText.includes('Masa simpan habis.')"
    ))?;
    chrome.wait(&format!("!{tile}.classList.contains('is-ours')"))?;
    // What it was, who, and why stand in the place of the picture; nothing of it is compared or downloaded.
    chrome.wait(&format!("document.querySelector('.canvas .file').innerText.replace(/[\\u2066-\\u2069]/g, '').includes({said})"))?;
    chrome
        .wait("!document.querySelector('.canvas-i') && !document.querySelector('.segs') && !document.getElementById('do-design-save')")?;
    chrome.wait(&format!("!{tile}.querySelector('img')"))?;
    is_sound(&chrome)?;
    chrome.keys(&["v"])?;
    chrome.wait("document.activeElement.id.startsWith('version-')")?;
    chrome.keys(&["Home"])?;
    chrome.wait("document.activeElement.id == 'version-2'")?;
    chrome.wait("!document.querySelector('.segs')").map(drop)
}

#[test]
fn what_was_delivered_is_kept_and_the_button_says_why() -> Answer<()> {
    let chrome = ended("ended=old&retention=90", "Ibu Larasati")?;
    chrome.wait("document.querySelector('.ver-open[aria-current=true]')?.id == 'version-2'")?;
    chrome.wait("document.getElementById('do-design-purge').getAttribute('aria-disabled') == 'true'")?;
    chrome.wait(&format!("{WHY}.includes('Ini hasil yang disetujui klien dari pesanan yang selesai')"))?;
    is_sound(&chrome)?;
    chrome.wait("document.getElementById('do-design-purge-why').innerText.includes('tetap disimpan')").map(drop)
}

#[test]
fn before_its_time_the_button_says_from_when_on() -> Answer<()> {
    let chrome = ended("retention=90", "Ibu Larasati")?;
    look_at(&chrome, 2, 1)?;
    chrome.wait("document.getElementById('do-design-purge').getAttribute('aria-disabled') == 'true'")?;
    chrome.wait(&format!("/Baru bisa dihapus mulai .*: berkas disimpan 90 hari setelah pesanan berakhir/.test({WHY})"))?;
    is_sound(&chrome)
}

#[test]
fn it_is_taken_back_while_it_is_held() -> Answer<()> {
    let chrome = ended("ended=old&retention=90&hold=30", "Ibu Larasati")?;
    look_at(&chrome, 2, 1)?;
    by_palette(&chrome)?;
    chrome.wait("document.getElementById('reason-text')")?;
    chrome.keys(&["Alt+2"])?;
    chrome.wait("document.getElementById('reason-text').value != ''")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.getElementById('version-1').closest('.ver.is-ours.is-gone')")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait("!document.querySelector('.ver.is-gone') && document.getElementById('do-design-save')").map(drop)
}

#[test]
fn cs_and_open_orders_have_no_such_act() -> Answer<()> {
    let chrome = ended("ended=old&retention=90&role=cs", "Ibu Larasati")?;
    chrome.wait("document.getElementById('do-design-save') && !document.getElementById('do-design-purge')")?;
    chrome.visit("motion=reduced&retention=30")?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    down_to(&chrome, "PT Kopi Senja Nusantara")?;
    chrome.keys(&["v"])?;
    chrome.wait("document.getElementById('do-design-save') && !document.getElementById('do-design-purge')").map(drop)
}
