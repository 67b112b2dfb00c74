//! Keys of one letter can be switched off, and each can be another letter (WCAG 2.1.4). What shows a key shows the one that holds.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{open, section};

/// What the button of an act says of its key, to the eye and to assistive technology.
fn key_of(chrome: &Chrome, id: &str) -> Answer<String> {
    let told = format!(
        "const b = document.getElementById('{id}');
         return [...b.querySelectorAll('kbd')].map(k => k.innerText).join('') + '/' + (b.getAttribute('aria-keyshortcuts') || '');"
    );
    Ok(chrome.script(&told, &[])?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn switched_off_no_letter_acts_or_is_shown_and_the_other_keys_go_on() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["j"])?;
    chrome.wait("document.getElementById('do-accept')")?;
    assert_eq!(key_of(&chrome, "do-accept")?, "A/A");
    section(&chrome, "Pintasan")?;
    chrome.wait("document.querySelectorAll('.set-key').length > 10")?;
    chrome.press("switch", "Pintasan satu huruf")?;
    chrome.wait("!document.querySelector('.set-key')")?;
    chrome.keys(&["Ctrl+1"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option' && document.getElementById('do-accept')")?;
    assert_eq!(key_of(&chrome, "do-accept")?, "/", "no cap, and nothing for assistive technology");
    chrome.keys(&["a", "d", "x", "g", "?"])?;
    // The arrow comes after them, so that they would have been heard by now.
    let at = "document.activeElement.getAttribute('aria-posinset')";
    let before = chrome.script(&format!("return {at}"), &[])?;
    chrome.keys(&["ArrowDown"])?;
    chrome.wait(&format!("{at} && {at} != {before}"))?;
    let idle = "!document.querySelector('dialog[open], .go, #batch, #undo-bar.toast')";
    assert_eq!(chrome.script(&format!("return {idle}"), &[])?, true, "a letter did something");
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.querySelector('.pal-o')")?;
    assert_eq!(
        chrome.script(
            "return [...document.querySelectorAll('.pal-o kbd')].some(k => /^[A-Z]$/.test(k.innerText) && !k.previousSibling)",
            &[]
        )?,
        false
    );
    chrome.keys(&["Escape"])?;
    chrome.press("button", "Pintasan")?;
    chrome.wait_text("Pintasan satu huruf dimatikan di Pengaturan.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn another_letter_is_chosen_in_the_sheet_by_keyboard_and_a_taken_one_says_whose_it_is() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["j", "?"])?;
    chrome.wait("document.activeElement.id == 'sheet-find'")?;
    chrome.type_text("tolak")?;
    chrome.wait("document.querySelectorAll('.sheet-i').length == 1")?;
    chrome.keys(&["Tab", "Enter"])?;
    chrome.wait("document.activeElement.id == 'sheet-key-reject-letter'")?;
    chrome.keys(&["a"])?;
    chrome.wait_text("A sudah dipakai «Terima» di layar yang sama. Pilih huruf lain.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["j"])?;
    chrome.wait_text("J dipakai untuk berpindah dan memilih di semua layar. Pilih huruf lain.")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.id == 'sheet-key-reject' && document.querySelector('dialog[open]')")?;
    chrome.keys(&["Enter", "q"])?;
    chrome.wait("document.querySelector('.sheet-i kbd').innerText == 'Q' && document.activeElement.id == 'sheet-key-reject'")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    assert_eq!(key_of(&chrome, "do-reject")?, "Q/Q");
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&["d", "q"])?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    Ok(())
}

#[test]
fn the_settings_list_every_letter_and_give_the_first_ones_back() -> Answer<()> {
    let chrome = open("")?;
    section(&chrome, "Pintasan")?;
    chrome.wait("document.querySelectorAll('.set-key').length > 10")?;
    chrome.press("button", "Ubah tombol Terima")?;
    chrome.wait("document.activeElement.id == 'set-key-accept-letter'")?;
    chrome.keys(&["e"])?;
    chrome.wait("document.activeElement.id == 'set-key-accept'")?;
    chrome.press("button", "Ubah tombol Terima")?;
    chrome.press("button", "Kembalikan A")?;
    chrome.wait("document.activeElement.id == 'set-key-accept' && document.activeElement.parentElement.innerText.includes('A')")?;
    chrome.press("button", "Ubah tombol Terima")?;
    chrome.wait("document.activeElement.id == 'set-key-accept-letter'")?;
    chrome.keys(&["e"])?;
    chrome.press("button", "Kembalikan semua huruf")?;
    chrome.wait("!document.body.innerText.includes('Kembalikan semua huruf')")?;
    chrome.keys(&["Ctrl+1", "j"])?;
    chrome.wait("document.getElementById('do-accept')")?;
    assert_eq!(key_of(&chrome, "do-accept")?, "A/A");
    Ok(())
}
