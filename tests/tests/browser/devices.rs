//! Perangkat and Kata sandi in the settings: where one is logged in, ending one of them, and another password.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{VOICE, open, type_into};

/// The section with devices, password and second factor.
pub(crate) fn settings(situation: &str) -> Answer<Chrome> {
    let chrome = open(situation)?;
    chrome.keys(&["Ctrl+,"])?;
    // The section that is open has the focus.
    chrome.wait("document.activeElement.closest('.setnav')")?;
    chrome.keys(&["ArrowDown", "ArrowDown"])?;
    chrome.wait("document.getElementById('set-devices')")?;
    Ok(chrome)
}

fn change(chrome: &Chrome, current: &str, new: &str) -> Answer<()> {
    type_into(chrome, "set-password-current", current)?;
    type_into(chrome, "set-password-new", new)?;
    chrome.keys(&["Enter"])
}

#[test]
fn a_device_is_ended_by_name_after_a_question_and_by_keys_alone() -> Answer<()> {
    let chrome = settings("")?;
    chrome.wait("document.querySelectorAll('.devices li').length == 3")?;
    let first = chrome.script("return document.querySelector('.devices li').innerText", &[])?.to_string();
    assert!(first.contains("Laptop kantor") && first.contains("Perangkat ini") && !first.contains("Cabut"), "{first}");
    chrome.reach("document.querySelector('.devices li:nth-child(2) button')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('dialog[open] h2')?.innerText.includes('Laptop rumah')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]') && document.activeElement?.innerText.includes('Laptop rumah')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Cabut perangkat")?;
    chrome.wait("document.querySelectorAll('.devices li').length == 2")?;
    chrome.wait(&format!("{VOICE}.includes('Laptop rumah')"))?;
    chrome.wait("document.activeElement?.id == 'set-devices'")?;
    Ok(())
}

#[test]
fn without_a_line_neither_is_shown_as_if_it_were_so() -> Answer<()> {
    let chrome = settings("line=offline")?;
    chrome.wait_text("Daftar perangkat belum bisa dimuat.")?;
    chrome.wait("!document.querySelector('.devices')")?;
    change(&chrome, "rahasia-sekali", "rahasia-yang-lain")?;
    chrome.wait("document.querySelector('.set-form [role=alert]')?.innerText.includes('Server tidak bisa dihubungi')")?;
    assert_eq!(chrome.script("return document.getElementById('set-password-new').value", &[])?, "rahasia-yang-lain", "it stays typed");
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn what_is_wrong_with_a_password_is_said_at_its_field() -> Answer<()> {
    let chrome = settings("")?;
    change(&chrome, "", "rahasia-yang-lain")?;
    chrome.wait("document.querySelector('#set-password-current-hint.err') && document.activeElement?.id == 'set-password-current'")?;
    change(&chrome, "rahasia-sekali", "12345678")?;
    chrome.wait("document.querySelector('#set-password-new-hint.err')?.innerText.includes('mudah ditebak')")?;
    change(&chrome, "salah", "rahasia-yang-lain")?;
    chrome.wait("document.querySelector('#set-password-current-hint.err')?.innerText.includes('sekarang salah')")?;
    change(&chrome, "sering", "rahasia-yang-lain")?;
    chrome.wait("document.querySelector('.set-form [role=alert]')?.innerText.includes('Terlalu banyak percobaan')")?;
    Ok(())
}

#[test]
fn the_new_password_opens_the_lock_and_the_other_devices_are_gone() -> Answer<()> {
    let chrome = settings("")?;
    chrome.wait("document.querySelectorAll('.devices li').length == 3")?;
    change(&chrome, "rahasia-sekali", "rahasia-yang-lain")?;
    chrome.wait_text("Kata sandi diganti. Perangkat lain dikeluarkan.")?;
    chrome.wait("document.getElementById('set-password-new').value == ''")?;
    chrome.wait("document.querySelectorAll('.devices li').length == 1")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+l"])?;
    chrome.wait("document.getElementById('lock-secret')")?;
    type_into(&chrome, "lock-secret", "rahasia-sekali")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('.lock .err, .lock .note')")?;
    type_into(&chrome, "lock-secret", "rahasia-yang-lain")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('.app')")?;
    Ok(())
}
