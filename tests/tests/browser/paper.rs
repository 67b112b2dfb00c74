//! What is printed of each list: all of it as it is sifted and not only the rows in sight, in the words of the list, with nothing of the
//! screen around it.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::hands::Hands;

/// How often the browser was asked to print.
const PRINTED: &str = "window.print = () => { window.printed = (window.printed ?? 0) + 1 }";
/// The rows on paper.
const ROWS: &str = "[...document.querySelectorAll('#paper tbody tr:not(.paper-group):not(.paper-sum)')]";

/// The window at a screen, whose list has the focus.
fn open(situation: &str, keys: &[&str]) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.script(PRINTED, &[])?;
    if !keys.is_empty() {
        chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
        chrome.keys(keys)?;
    }
    Ok(chrome)
}
/// Prints what is open; what then stands on paper, without the marks that set directions apart.
fn print(chrome: &Chrome, what: &str) -> Answer<String> {
    let before = chrome.script("return window.printed ?? 0", &[])?;
    chrome.keys(&["Ctrl+p"])?;
    Hands(chrome).in_dialog("Cetak")?;
    chrome
        .wait(&format!("document.querySelector('dialog[open]').innerText.replace(/[\\u2066-\\u2069]/g, '').includes({})", json!(what)))?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait(&format!("!document.querySelector('dialog[open]') && window.printed == {before} + 1"))?;
    let paper = chrome.script("return document.getElementById('paper').textContent.replace(/[\\u2066-\\u2069]/g, '')", &[])?;
    Ok(paper.as_str().unwrap_or_default().to_owned())
}
fn has(paper: &str, parts: &[&str]) {
    for part in parts {
        assert!(paper.contains(part), "«{part}» is missing on {paper}");
    }
}
fn rows(chrome: &Chrome) -> Answer<u64> {
    Ok(chrome.script(&format!("return {ROWS}.length"), &[])?.as_u64().unwrap_or_default())
}

#[test]
fn antrean_is_printed_with_every_kind_in_its_groups_and_as_it_is_sifted() -> Answer<()> {
    let chrome = open("work=all", &["j"])?;
    let total = chrome.script("return document.querySelector('#pane-list .head .num').innerText", &[])?;
    let total = total.as_str().unwrap_or_default().to_owned();
    let paper = print(&chrome, &format!("{total} baris · Menunggu"))?;
    assert_eq!(rows(&chrome)?.to_string(), total);
    has(&paper, &["Antrean", "Lewat tenggat", "Hari ini", "Konsultasi", "Pesanan", "Obrolan", "Perlu dibalas", "pesanan baru"]);
    has(&paper, &["Tenggat (WIB)", "Dicetak dari Meja, Selasa, 24 Nov 2026, 10:42 WIB"]);
    assert_eq!(chrome.script("return [...document.querySelectorAll('#paper tr.paper-group')].length > 1", &[])?, true);
    chrome.keys(&["/"])?;
    Hands(&chrome).on("inbox-search")?;
    chrome.type_text("Rani")?;
    chrome.wait("[...document.querySelectorAll('#inbox-list [role=option]')].every(r => r.innerText.includes('Rani'))")?;
    print(&chrome, "· Menunggu · “Rani”")?;
    chrome.wait(&format!("{ROWS}.length > 0 && {ROWS}.every(r => r.innerText.includes('Rani') || r.textContent.includes('Rani'))"))?;
    Ok(())
}

#[test]
fn a_long_list_is_printed_beyond_what_is_loaded_and_what_does_not_fit_is_told() -> Answer<()> {
    let chrome = open("rows=1200", &["j"])?;
    print(&chrome, "baris · Menunggu")?;
    let printed = rows(&chrome)?;
    assert!((1_200..2_000).contains(&printed), "{printed} rows, though a part has two hundred");
    let chrome = open("rows=5000", &["j"])?;
    let paper = print(&chrome, "baris · Menunggu")?;
    assert_eq!(rows(&chrome)?, 2_000);
    has(&paper, &["Masih ada 3.0", "baris lagi yang tidak muat dicetak. Saring daftarnya."]);
    Ok(())
}

#[test]
fn clients_and_conversations_are_printed() -> Answer<()> {
    let chrome = open("work=all", &["g", "k"])?;
    chrome.wait("document.querySelector('#clients-list [role=option]:focus')")?;
    let paper = print(&chrome, "klien · ")?;
    let listed = chrome.script("return document.querySelector('#clients-list [role=option]').ariaSetSize", &[])?;
    assert_eq!(json!(rows(&chrome)?.to_string()), listed);
    has(&paper, &["Klien", "Nomor telepon", "Terakhir aktif (WIB)", "+62 "]);
    chrome.keys(&["g", "c"])?;
    chrome.wait("document.querySelector('#conversations-list [role=option]:focus')")?;
    let paper = print(&chrome, "percakapan · Semua")?;
    has(&paper, &["Obrolan", "Pesan terakhir", "Balas sebelum (WIB)", "ORD-2026"]);
    Ok(())
}

#[test]
fn commands_are_printed_with_where_they_stand() -> Answer<()> {
    let chrome = open("outbox=mixed&line=offline", &["g", "q"])?;
    chrome.wait("document.querySelector('[role=option]:focus')")?;
    let listed = chrome.script("return document.activeElement.ariaSetSize", &[])?;
    let paper = print(&chrome, "perintah")?;
    assert_eq!(json!(rows(&chrome)?.to_string()), listed);
    has(&paper, &["Antrean kirim", "Perlu keputusan Anda", "Sedang jalan", "Selesai hari ini", "Resi", "Ditolak server"]);
    Ok(())
}

#[test]
fn the_trail_and_the_report_are_printed() -> Answer<()> {
    let chrome = open("", &["g", "j"])?;
    chrome.wait("document.querySelector('#audit-list [role=option]:focus')")?;
    let paper = print(&chrome, "Semua")?;
    has(&paper, &["Jejak audit", "tindakan · Semua", "Pelaku", "Waktu (WIB)"]);
    let newest = chrome.script(&format!("return {ROWS}[0].cells[0].textContent"), &[])?;
    let last = chrome.script(&format!("return {ROWS}.at(-1).cells[0].textContent"), &[])?;
    assert_ne!(newest, last, "many of them");
    chrome.keys(&["g", "r"])?;
    chrome.wait("document.querySelector('#chart-line')")?;
    let paper = print(&chrome, "10 pekan")?;
    has(
        &paper,
        &["Laporan", "Permintaan dijawab", "Permintaan konsultasi per pekan", "Siapa menjawab", "Jumlah", "dihitung dari cermin lokal"],
    );
    Ok(())
}

#[test]
fn whoever_closes_the_dialog_prints_nothing() -> Answer<()> {
    let chrome = open("", &["j"])?;
    chrome.keys(&["Ctrl+p"])?;
    Hands(&chrome).in_dialog("Cetak")?;
    chrome.keys(&["Escape"])?;
    Hands(&chrome).no_dialog()?;
    assert_eq!(chrome.script("return [window.printed ?? 0, !document.getElementById('paper')]", &[])?, json!([0, true]));
    Ok(())
}

#[test]
fn the_palette_and_the_menu_lead_to_the_same_dialog() -> Answer<()> {
    let chrome = open("", &["Ctrl+k"])?;
    let hands = Hands(&chrome);
    hands.until("document.activeElement.getAttribute('role') == 'combobox'")?;
    hands.types("cetak")?;
    hands.until("document.querySelector('.pal-o[aria-selected=true]')?.innerText.includes('Cetak')")?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Cetak")?;
    hands.press(&["Escape"])?;
    hands.no_dialog()?;
    chrome.press("button", "Pilih atau saring daftar")?;
    chrome.wait("document.querySelector('#inbox-views [role=menuitem]')")?;
    chrome
        .script("[...document.querySelectorAll('#inbox-views [role=menuitem]')].find(i => i.innerText.includes('Cetak')).click()", &[])?;
    hands.in_dialog("Cetak")
}
