//! Orders whose files stay on this computer: kept by a key, seen to come, called off, there without a line, and let go of in the settings.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{
    frame::{VOICE, is_sound, section, versions},
    hands::Hands,
};

/// What is said above the versions, and what the act is called there.
const SAID: &str = "document.getElementById('kept-files').innerText.replace(/[\\u2066-\\u2069]/g, '')";
const ACT: &str = "document.getElementById('do-keep-files').innerText";
/// The row of the order that is open has the mark, and so has its way.
const MARKED: &str = "[...document.querySelectorAll('[role=option]')].find(row => row.innerText.includes('PT Kopi Senja')).querySelector('.kept-m') \
    && document.querySelector('#pane-detail .steps-w .kept-m')";

fn says(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.wait(&format!("{SAID}.includes('{text}')")).map(drop)
}
fn act_is(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.wait(&format!("{ACT}.includes('{text}')")).map(drop)
}
fn tiles(chrome: &Chrome, many: usize) -> Answer<()> {
    chrome.wait(&format!("document.querySelectorAll('.vers .ver-k').length == {many}")).map(drop)
}
fn kept_in(situation: &str, name: &str) -> Answer<Chrome> {
    versions(situation, name, "#do-keep-files")
}

#[test]
fn an_orders_files_are_kept_by_a_key_and_come_one_after_another() -> Answer<()> {
    let chrome = kept_in("speed=1500", "PT Kopi Senja Nusantara")?;
    act_is(&chrome, "Simpan di komputer ini")?;
    tiles(&chrome, 0)?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+s"])?;
    says(&chrome, "0 dari 2 berkas di sini. Mengambil yang berikutnya…")?;
    chrome.wait(MARKED)?;
    is_sound(&chrome)?;
    says(&chrome, "1 dari 2 berkas di sini.")?;
    tiles(&chrome, 1)?;
    chrome.wait("document.querySelector('#version-2').closest('.ver').querySelector('.ver-k')")?;
    says(&chrome, "2 berkas di sini, bisa dibuka tanpa sambungan.")?;
    chrome.wait(&format!("{VOICE}.includes('Semua berkas') && !document.querySelector('#kept-files progress')"))?;
    tiles(&chrome, 2)?;
    is_sound(&chrome)?;
    // From another tab it leads to the files first.
    act_is(&chrome, "Jangan simpan lagi")?;
    chrome.script("document.getElementById('order-tab-facts').click()", &[])?;
    chrome.wait("document.querySelector('#order-tab-facts[aria-selected=true]')")?;
    chrome.keys(&["Ctrl+s"])?;
    chrome.wait("document.querySelector('#order-tab-design[aria-selected=true]')")?;
    act_is(&chrome, "Simpan di komputer ini")?;
    chrome.wait(&format!("!document.querySelector('.kept-m') && {VOICE}.includes('tidak disimpan lagi')"))?;
    tiles(&chrome, 0)
}

#[test]
fn what_is_being_fetched_is_called_off_and_the_menu_knows() -> Answer<()> {
    let chrome = kept_in("speed=60000", "PT Kopi Senja Nusantara")?;
    chrome.reach("document.getElementById('order-more')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.role == 'menuitem'")?;
    chrome.keys(&["End"])?;
    chrome.wait("document.activeElement.innerText.includes('Hapus')")?;
    chrome.keys(&["ArrowUp"])?;
    chrome.wait("document.activeElement.innerText.includes('Simpan di komputer ini')")?;
    chrome.keys(&["Enter"])?;
    says(&chrome, "0 dari 2 berkas di sini. Mengambil yang berikutnya…")?;
    act_is(&chrome, "Batalkan pengambilan")?;
    chrome.wait("document.querySelector('#kept-files progress').value == 0")?;
    chrome.reach("document.getElementById('do-keep-files')")?;
    chrome.keys(&["Enter"])?;
    act_is(&chrome, "Simpan di komputer ini")?;
    chrome.wait("!document.querySelector('#kept-files progress, .kept-m')")?;
    is_sound(&chrome)
}

#[test]
fn without_a_line_it_is_said_what_is_here_and_what_is_not() -> Answer<()> {
    let chrome = kept_in("line=offline&kept=some", "PT Kopi Senja Nusantara")?;
    says(&chrome, "2 berkas di sini, bisa dibuka tanpa sambungan.")?;
    chrome.wait("document.querySelector('.canvas-i')?.naturalWidth == 360")?;
    chrome.wait("document.getElementById('do-design-save').getAttribute('aria-disabled') != 'true'")?;
    is_sound(&chrome)?;
    let chrome = kept_in("line=offline&kept=some", "Putri Handayani")?;
    says(&chrome, "0 dari 1 berkas di sini. Sisanya diambil begitu tersambung.")?;
    // Whoever decides without a line has decided.
    act_is(&chrome, "Jangan simpan lagi")?;
    chrome.keys(&["Ctrl+s"])?;
    act_is(&chrome, "Simpan di komputer ini")?;
    chrome.keys(&["Ctrl+s"])?;
    says(&chrome, "0 dari 1 berkas di sini. Sisanya diambil begitu tersambung.")?;
    is_sound(&chrome)
}

#[test]
fn what_has_no_room_is_refused_in_words() -> Answer<()> {
    let chrome = kept_in("kept=full", "PT Kopi Senja Nusantara")?;
    chrome.keys(&["Ctrl+s"])?;
    says(&chrome, "sisa tempat 1,4 MB. Lepaskan pesanan lain di Pengaturan › Sinkron & data lokal.")?;
    chrome.wait(&format!("{VOICE}.includes('sisa tempat') && !document.querySelector('.kept-m')"))?;
    act_is(&chrome, "Simpan di komputer ini")?;
    is_sound(&chrome)
}

#[test]
fn the_settings_say_how_much_is_kept_and_let_go_of_each_by_keys() -> Answer<()> {
    let chrome = crate::frame::open("line=offline&kept=some")?;
    section(&chrome, "Sinkron & data lokal")?;
    let row = |n: u32, text: &str| format!("document.querySelector('#kept-orders li:nth-child({n})')?.innerText.includes('{text}')");
    chrome.wait(&row(1, "2 berkas di sini, bisa dibuka tanpa sambungan."))?;
    chrome.wait(&row(2, "0 dari 1 berkas di sini. Sisanya diambil begitu tersambung."))?;
    chrome.wait("document.getElementById('kept-sum').innerText.includes('dari paling banyak 2,0 GB')")?;
    is_sound(&chrome)?;
    chrome.reach("document.getElementById('set-kept')")?;
    chrome.keys(&["Tab"])?;
    chrome.wait("document.activeElement == document.querySelector('#kept-orders li:nth-child(1) button')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelectorAll('#kept-orders li').length == 1")?;
    chrome.wait("document.activeElement == document.querySelector('#kept-orders li:nth-child(1) button')")?;
    Hands(&chrome).hears("tidak disimpan lagi")?;
    chrome.wait(&row(1, "0 dari 1 berkas di sini."))?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('kept-empty') && document.activeElement.id == 'set-kept-orders'")?;
    is_sound(&chrome)
}

#[test]
fn the_list_of_what_is_kept_goes_on_while_files_come() -> Answer<()> {
    let chrome = crate::frame::open("kept=some&speed=3000")?;
    section(&chrome, "Sinkron & data lokal")?;
    chrome.wait("document.querySelector('#kept-orders li:nth-child(2)')?.innerText.includes('1 berkas di sini, bisa dibuka')")?;
    chrome.wait("!document.querySelector('#kept-orders progress')").map(drop)
}
