//! Many at once: rows are chosen by key and by mouse, one act is done to all of them, what could not be done is told with its
//! reason, and one undo takes the whole act back.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

/// Antrean with the focus on the row of this client.
fn at(name: &str, situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait_text(name)?;
    click_row(&chrome, name)?;
    chrome.wait(&format!("document.getElementById('detail-name').innerText == {} && document.querySelector('.act-why-i')", json!(name)))?;
    Ok(chrome)
}
fn click_row(chrome: &Chrome, name: &str) -> Answer<()> {
    let row = chrome.wait(&format!("[...document.querySelectorAll('.row')].find(r => r.innerText.includes({})).id", json!(name)))?;
    chrome.click(&chrome.find(&format!("#{}", row.as_str().unwrap_or_default()))?)
}
/// Waits until exactly the rows of these clients are chosen, for the eye and for assistive technology.
fn wait_chosen(chrome: &Chrome, names: &[&str]) -> Answer<()> {
    let chosen = "[...document.querySelectorAll('.row[aria-selected=true] .ttl')].map(t => t.innerText)";
    chrome.wait(&format!("JSON.stringify({chosen}) == JSON.stringify({})", json!(names)))?;
    if !names.is_empty() {
        chrome.wait_text(&format!("{} dipilih", names.len()))?;
    }
    Ok(())
}
fn wait_row(chrome: &Chrome, name: &str, text: &str) -> Answer<()> {
    let rows = "[...document.querySelectorAll('.row')]";
    chrome.wait(&format!("{rows}.some(r => r.innerText.includes({}) && r.innerText.includes({}))", json!(name), json!(text))).map(drop)
}

const RANI: &str = "Rani Kusumawardani";
const YUSUF: &str = "M. Yusuf Al-Farizi";
const MADE: &str = "Made Ayu Lestari";
const KOPI: &str = "PT Kopi Senja Nusantara";
const BATIK: &str = "Toko Batik Larasati";

#[test]
fn rows_are_chosen_by_key_and_escape_lets_them_go_where_they_stood() -> Answer<()> {
    let chrome = at(RANI, "")?;
    let top = "return document.getElementById('inbox-list').getBoundingClientRect().top";
    let before = chrome.script(top, &[])?;
    chrome.keys(&["x"])?;
    wait_chosen(&chrome, &[RANI])?;
    assert_eq!(chrome.script(top, &[])?, before, "no row moves when the bar comes");
    chrome.keys(&["Shift+j", "Shift+j", "Shift+j"])?;
    wait_chosen(&chrome, &[RANI, YUSUF, MADE, KOPI])?;
    chrome.keys(&["Shift+k"])?;
    wait_chosen(&chrome, &[RANI, YUSUF, MADE])?;
    // The cursor goes its own way, and X takes single rows.
    chrome.keys(&["j", "j", "x"])?;
    wait_chosen(&chrome, &[RANI, YUSUF, MADE, BATIK])?;
    let list = chrome.find("#inbox-list")?;
    let multi = chrome.script("return arguments[0].getAttribute('aria-multiselectable')", &[list.as_arg()])?;
    assert_eq!(multi, "true");
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.picture("bulk-chosen")?;
    // Escape leaves one thing at a time: first the detail, then what is chosen.
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.closest('#pane-detail')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    wait_chosen(&chrome, &[RANI, YUSUF, MADE, BATIK])?;
    chrome.keys(&["Escape"])?;
    wait_chosen(&chrome, &[])?;
    chrome.by_role("heading", "Antrean")?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn all_that_is_loaded_is_chosen_at_once_and_a_field_keeps_its_own_key() -> Answer<()> {
    let chrome = at(RANI, "")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.wait_text("12 dipilih")?;
    chrome.keys(&["Escape", "/"])?;
    chrome.wait("document.activeElement.id == 'inbox-search'")?;
    chrome.type_text("a")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.wait("document.activeElement.selectionEnd == 1 && document.activeElement.selectionStart == 0")?;
    wait_chosen(&chrome, &[])?;
    Ok(())
}

#[test]
fn the_mouse_chooses_too() -> Answer<()> {
    let chrome = at(RANI, "")?;
    let press = "const r = [...document.querySelectorAll('.row')].find(r => r.innerText.includes(arguments[0]));
                 (arguments[1] == 'glyph' ? r.querySelector('.k') : r).dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: arguments[1] == 'ctrl', shiftKey: arguments[1] == 'shift' }))";
    chrome.script(press, &[json!(MADE), json!("ctrl")])?;
    wait_chosen(&chrome, &[MADE])?;
    chrome.script(press, &[json!(RANI), json!("shift")])?;
    wait_chosen(&chrome, &[RANI, YUSUF, MADE])?;
    chrome.script(press, &[json!(YUSUF), json!("glyph")])?;
    wait_chosen(&chrome, &[RANI, MADE])?;
    chrome.press("button", "Batalkan pilihan")?;
    wait_chosen(&chrome, &[])
}

#[test]
fn many_are_accepted_by_one_key_and_taken_back_by_one_key() -> Answer<()> {
    let chrome = at(RANI, "hold=30")?;
    chrome.keys(&["x", "Shift+j", "Shift+j", "a"])?;
    chrome.wait_text("3 diterima · dikirim 30 dtk lagi")?;
    for name in [RANI, YUSUF, MADE] {
        wait_row(&chrome, name, "Diterima")?;
    }
    wait_chosen(&chrome, &[])?;
    chrome.wait("document.querySelectorAll('.badge.is-ours').length >= 3")?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText == '3 keputusan diurungkan.'")?;
    for name in [RANI, YUSUF, MADE] {
        wait_row(&chrome, name, "Menunggu")?;
    }
    chrome.wait("!document.querySelector('#undo-bar.toast') && !document.querySelector('.row .badge.is-ours')")?;
    chrome.keys(&["Ctrl+Shift+z"])?;
    chrome.wait_text("3 diterima · dikirim")?;
    for name in [RANI, YUSUF, MADE] {
        wait_row(&chrome, name, "Diterima")?;
    }
    Ok(())
}

#[test]
fn what_could_not_be_done_is_told_with_its_reason_and_the_rest_is_done() -> Answer<()> {
    let chrome = at(MADE, "hold=30")?;
    chrome.keys(&["x", "Shift+j", "Shift+j"])?;
    wait_chosen(&chrome, &[MADE, KOPI, BATIK])?;
    chrome.press("button", "Terima")?;
    chrome.wait_text("2 diterima, 1 tidak bisa:")?;
    chrome.wait_text("Toko Batik Larasati: Sedang dipegang orang lain. Hendra Wijaya, sampai hari ini, 10:54 WIB.")?;
    // The bar of what can be taken back carries no error.
    chrome.wait_text("2 diterima · dikirim")?;
    wait_row(&chrome, MADE, "Diterima")?;
    wait_row(&chrome, BATIK, "Menunggu")?;
    let said = chrome.script("return document.querySelector('[role=status][data-times]').innerText", &[])?.to_string();
    assert!(said.contains("2 diterima, 1 tidak bisa:") && said.contains("Sedang dipegang"), "it is read out: {said}");
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.picture("bulk-outcome")?;
    // Whoever has read it goes on in the list.
    chrome.reach("document.querySelector('#outcome button')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("!document.querySelector('#outcome') && document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn many_are_rejected_for_one_reason() -> Answer<()> {
    let chrome = at(RANI, "hold=30")?;
    chrome.keys(&["x", "Shift+j", "d"])?;
    chrome.by_role("dialog", "Tolak 2 permintaan")?;
    chrome.wait_text("Rani Kusumawardani, M. Yusuf Al-Farizi")?;
    chrome.keys(&["Alt+4"])?;
    // Escape keeps what was chosen, the rows and the reason.
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog')")?;
    wait_chosen(&chrome, &[RANI, YUSUF])?;
    chrome.keys(&["d"])?;
    chrome.wait("document.querySelector('dialog[open] textarea').value.startsWith('Konsultasi gratis berlaku')")?;
    chrome.picture("bulk-reject")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("2 ditolak · dikirim")?;
    for name in [RANI, YUSUF] {
        wait_row(&chrome, name, "Ditolak")?;
    }
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn many_are_put_off_until_one_time() -> Answer<()> {
    let chrome = at(RANI, "hold=0")?;
    chrome.keys(&["x", "Shift+j", "h"])?;
    chrome.by_role("dialog", "Tunda 2 permintaan")?;
    chrome.keys(&["3"])?;
    chrome.wait("!document.querySelector('dialog')")?;
    chrome.press("button", "Ditunda 3")?;
    wait_row(&chrome, RANI, "Menunggu")?;
    wait_row(&chrome, YUSUF, "Menunggu")
}

#[test]
fn a_second_stroke_right_after_decides_nothing_about_the_open_request() -> Answer<()> {
    let chrome = at(RANI, "hold=30")?;
    // The cursor stands on the third row, which is not among those that are chosen.
    chrome.keys(&["x", "j", "x", "j"])?;
    wait_chosen(&chrome, &[RANI, YUSUF])?;
    chrome.wait("document.getElementById('detail-name').innerText == 'Made Ayu Lestari' && document.querySelector('.act-why-i')")?;
    chrome.keys(&["a", "a"])?;
    chrome.wait_text("2 diterima · dikirim")?;
    wait_row(&chrome, MADE, "Menunggu")?;
    Ok(())
}

#[test]
fn while_many_are_chosen_nothing_is_offered_to_the_open_one_alone() -> Answer<()> {
    let chrome = at(RANI, "hold=30")?;
    chrome.keys(&["x", "j", "x", "j"])?;
    wait_chosen(&chrome, &[RANI, YUSUF])?;
    chrome.wait("document.getElementById('detail-name').innerText == 'Made Ayu Lestari'")?;
    chrome.wait("document.getElementById('act-why').innerText.includes('2 dipilih') && !document.querySelector('.act #do-accept')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.querySelector('.act #do-accept') && document.getElementById('act-why').innerText.includes('Bila diterima')")?;
    chrome.click(&chrome.find("#do-accept")?)?;
    chrome.wait_text("Made Ayu Lestari diterima · dikirim")?;
    wait_row(&chrome, RANI, "Menunggu")?;
    Ok(())
}

#[test]
fn the_palette_acts_on_what_is_chosen_and_the_sheet_knows_the_keys() -> Answer<()> {
    let chrome = at(RANI, "hold=30")?;
    chrome.keys(&["x", "Shift+j", "Ctrl+k"])?;
    chrome.wait("document.querySelector('.pal-ctx')?.innerText.includes('2 dipilih')")?;
    chrome.type_text("terima")?;
    chrome.wait("document.querySelector('.pal-g').innerText == 'Pada yang dipilih'")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("2 diterima · dikirim")?;
    chrome.keys(&["?"])?;
    for words in ["Pilih baris ini", "Pilih baris berikutnya juga", "Pilih semua yang termuat"] {
        chrome.wait_text(words)?;
    }
    Ok(())
}

#[test]
fn what_waits_goes_to_a_spreadsheet_whole_or_what_is_chosen_of_it() -> Answer<()> {
    let chrome = at(RANI, "")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.by_role("dialog", "Ekspor antrean")?;
    chrome.wait_text("12 baris · Menunggu")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("12 baris tersimpan di")?;
    chrome.wait_text("meja-antrean-2026-11-24-1042.xlsx")?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    // What is chosen of it goes alone, by the bar's own button.
    chrome.keys(&["x", "Shift+j"])?;
    chrome.wait("document.querySelector('#batch')")?;
    chrome.press("button", "Ekspor")?;
    chrome.by_role("dialog", "Ekspor antrean")?;
    chrome.wait_text("2 dipilih")?;
    chrome.keys(&["ArrowDown", "Ctrl+Enter"])?;
    chrome.wait_text("2 baris tersimpan di")?;
    chrome.wait_text("meja-antrean-2026-11-24-1042.csv")?;
    // It is chosen still: whoever took it elsewhere may mean to answer it, too.
    wait_chosen(&chrome, &[RANI, YUSUF])
}
