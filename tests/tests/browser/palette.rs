//! The palette: opened from anywhere by key, acts in both languages, records, signs, what cannot be done, and what is slow.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::frame::{is_sound, wait_closed};

/// Antrean with the cursor on the row of this client, all of the request there.
fn at(name: &str, situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&hold=30&{situation}"))?;
    chrome.wait_text(name)?;
    let named = json!(name);
    let row = chrome.wait(&format!("[...document.querySelectorAll('.row')].find(r => r.innerText.includes({named})).id"))?;
    chrome.click(&chrome.find(&format!("#{}", row.as_str().unwrap_or_default()))?)?;
    wait_open(&chrome, name)?;
    Ok(chrome)
}
fn wait_open(chrome: &Chrome, name: &str) -> Answer<()> {
    chrome
        .wait(&format!("document.getElementById('detail-name')?.innerText == {} && document.querySelector('.act-why-i')", json!(name)))
        .map(drop)
}
/// Opens the palette and types.
fn ask(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.activeElement.id == 'palette-text'")?;
    chrome.type_text(text)
}
/// Waits until the entry at the cursor says this. Marks that only set directions apart are not read.
fn wait_reached(chrome: &Chrome, text: &str) -> Answer<()> {
    let reached = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    chrome
        .wait(&format!(
            "{reached}?.getAttribute('aria-selected') == 'true' && {reached}.innerText.replace(/[\\u2066-\\u2069]/g, '').includes({})",
            json!(text)
        ))
        .map(drop)
}

#[test]
fn it_opens_from_a_list_and_from_a_field_and_gives_the_focus_back() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    let before = chrome.focused()?;
    ask(&chrome, "")?;
    chrome.by_role("dialog", "Palet perintah")?;
    assert_eq!(chrome.role(&chrome.find("#palette-text")?)?, "combobox");
    chrome.by_role("listbox", "Hasil")?;
    wait_reached(&chrome, "Terima permintaan")?;
    is_sound(&chrome)?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    assert_eq!(chrome.focused()?, before, "the focus is where it was");
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'inbox-search'")?;
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.activeElement.id == 'palette-text'")?;
    // The same key closes it too.
    chrome.keys(&["Ctrl+k"])?;
    wait_closed(&chrome)?;
    assert_eq!(chrome.focused()?, "inbox-search");
    chrome.press("button", "Cari atau perintah")?;
    chrome.wait("document.activeElement.id == 'palette-text'")?;
    Ok(())
}

#[test]
fn an_act_is_found_in_the_other_language_and_on_the_wire_and_is_done() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, "consultation.acc")?;
    wait_reached(&chrome, "Terima permintaan")?;
    chrome.keys(&["Escape"])?;
    ask(&chrome, "accept")?;
    wait_reached(&chrome, "Terima permintaan Accept")?;
    chrome.wait("document.querySelector('.pal-o[aria-selected=true] kbd').innerText == 'A'")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Rani Kusumawardani diterima · dikirim")?;
    wait_closed(&chrome)?;
    // The keys of the list are at hand again.
    chrome.keys(&["Ctrl+z"])?;
    wait_open(&chrome, "Rani Kusumawardani")?;
    // What was done last is offered first.
    ask(&chrome, "")?;
    wait_reached(&chrome, "Terima permintaan")?;
    chrome.wait("document.querySelector('.pal-g').innerText == 'Terakhir dipakai'")?;
    Ok(())
}

#[test]
fn an_act_that_opens_a_dialog_does_so_and_escape_leads_back_to_the_row() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, ">tolak")?;
    wait_reached(&chrome, "Tolak permintaan")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('dialog[open]#reason')")?;
    chrome.by_role("dialog", "Tolak permintaan Rani Kusumawardani")?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn what_cannot_be_done_stays_and_says_why() -> Answer<()> {
    let chrome = at("Toko Batik Larasati", "")?;
    ask(&chrome, "terima")?;
    wait_reached(&chrome, "Terima permintaan")?;
    chrome.wait("document.querySelector('.pal-o[aria-selected=true][aria-disabled=true]')")?;
    chrome.wait_text("Sedang dipegang orang lain. Hendra Wijaya, sampai hari ini, 10:54 WIB.")?;
    is_sound(&chrome)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText.includes('Sedang dipegang orang lain')")?;
    chrome.wait("document.activeElement.id == 'palette-text'")?;
    Ok(())
}

#[test]
fn arrows_home_and_end_move_and_the_field_keeps_the_focus() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, "")?;
    let reached = "document.activeElement.getAttribute('aria-activedescendant')";
    let last = "[...document.querySelectorAll('.pal-o')].at(-1).id";
    let first = "document.querySelector('.pal-o').id";
    for (key, there) in [("ArrowUp", last), ("ArrowDown", first), ("End", last), ("Home", first)] {
        chrome.keys(&[key])?;
        chrome.wait(&format!("{reached} == {there} && document.activeElement.id == 'palette-text'"))?;
    }
    chrome.keys(&["ArrowDown", "ArrowDown"])?;
    chrome.wait(&format!("{reached} == document.querySelectorAll('.pal-o')[2].id"))?;
    chrome.keys(&["End"])?;
    // What is reached is in sight, however long the list.
    chrome.wait(&format!("(r => r.top >= 0 && r.bottom <= document.querySelector('.pal-l').getBoundingClientRect().bottom + 1)(document.getElementById({last}).getBoundingClientRect())"))?;
    Ok(())
}

#[test]
fn a_name_and_enter_opens_the_request_however_quickly_they_come() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    chrome.keys(&["Ctrl+k", "b", "a", "t", "i", "k", "Enter"])?;
    wait_open(&chrome, "Toko Batik Larasati")?;
    wait_closed(&chrome)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option' && document.activeElement.innerText.includes('Toko Batik')")?;
    Ok(())
}

#[test]
fn signs_say_among_what_is_looked() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    let number = chrome.script("return document.querySelector('#pane-detail .head bdi').innerText.replace('#', '')", &[])?;
    let number = number.as_str().unwrap_or_default().to_owned();
    ask(&chrome, &format!("#{}", &number[number.len() - 6..]))?;
    wait_reached(&chrome, &number)?;
    chrome.wait("document.querySelectorAll('.pal-o').length == 1")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("@ran")?;
    wait_reached(&chrome, "Rani Kusumawardani Klien · +62")?;
    chrome.wait("[...document.querySelectorAll('.pal-o')].every(o => o.innerText.includes('Klien ·'))")?;
    // A client leads to everything about them, from whatever screen.
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.querySelector('.setnav')")?;
    ask(&chrome, "@batik")?;
    wait_reached(&chrome, "Toko Batik Larasati Klien")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.title == 'Klien · Meja'")?;
    chrome.wait("document.getElementById('detail-name')?.innerText == 'Toko Batik Larasati'")?;
    Ok(())
}

#[test]
fn a_note_leads_to_the_request_it_is_about() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, "menangani pameran")?;
    wait_reached(&chrome, "menangani pameran.")?;
    chrome.wait("document.querySelector('.pal-o[aria-selected=true]').innerText.includes('Catatan')")?;
    is_sound(&chrome)?;
    let name = chrome.script("return document.querySelector('.pal-o[aria-selected=true] bdi').innerText", &[])?;
    chrome.keys(&["Enter"])?;
    wait_open(&chrome, name.as_str().unwrap_or_default())?;
    chrome.wait_text("Saya cek dulu ke Maya")?;
    Ok(())
}

#[test]
fn places_and_settings_are_reached_by_name() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, "high con")?;
    wait_reached(&chrome, "Kontras tinggi")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.id == 'set-contrast'")?;
    ask(&chrome, "antrean kir")?;
    wait_reached(&chrome, "Antrean kirim")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.title == 'Antrean kirim · Meja'")?;
    Ok(())
}

#[test]
fn nothing_and_trouble_are_said_and_acts_are_found_meanwhile() -> Answer<()> {
    let chrome = at("Rani Kusumawardani", "")?;
    ask(&chrome, "qqqq")?;
    chrome.wait("document.querySelector('dialog .pal-none').innerText == 'Tidak ada yang cocok'")?;
    chrome.wait("document.activeElement.getAttribute('aria-expanded') == 'false'")?;
    is_sound(&chrome)?;
    chrome.visit("motion=reduced&trouble=error")?;
    chrome.wait("document.querySelector('.empty')")?;
    ask(&chrome, "kunci")?;
    chrome.wait_text("Rekaman tidak bisa dicari. Berkas di komputer ini tidak bisa dibaca")?;
    wait_reached(&chrome, "Kunci sekarang")?;
    is_sound(&chrome)?;
    chrome.visit("motion=reduced&trouble=loading")?;
    ask(&chrome, "kunci")?;
    chrome.wait_text("Mencari…")?;
    wait_reached(&chrome, "Kunci sekarang")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('.lock')")?;
    Ok(())
}

#[test]
fn a_role_finds_only_what_it_may_do() -> Answer<()> {
    let chrome = Chrome::open("role=cs")?;
    chrome.wait_text("Permintaan diputuskan oleh admin.")?;
    ask(&chrome, ">terima")?;
    chrome.wait(
        "document.querySelector('dialog[open]') && ![...document.querySelectorAll('.pal-o')].some(o => o.innerText.includes('Terima'))",
    )?;
    Ok(())
}
