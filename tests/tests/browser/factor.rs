//! Verifikasi dua langkah: turned on, asked for at the gate, renewed, turned off, and taken away by a colleague.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{devices::settings, frame::VOICE};

const RIGHT: &str = "287082";

/// Presses the button with this id, as Enter does.
fn press(chrome: &Chrome, id: &str) -> Answer<()> {
    chrome.reach(&format!("document.getElementById('{id}')"))?;
    chrome.keys(&["Enter"])
}

/// The field has the focus, and is in sight.
fn in_field(chrome: &Chrome, id: &str) -> Answer<()> {
    let seen = "(b => b.top >= 0 && b.bottom <= innerHeight - 28)(document.activeElement.getBoundingClientRect())";
    chrome.wait(&format!("document.activeElement?.id == '{id}' && {seen}")).map(drop)
}

#[test]
fn it_is_turned_on_by_keys_alone_and_the_codes_are_shown_once() -> Answer<()> {
    let chrome = settings("")?;
    press(&chrome, "factor-begin")?;
    in_field(&chrome, "factor-password")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('#factor-password-hint.err')")?;
    chrome.type_text("salah")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('factor-password-hint')?.innerText.includes('Kata sandi sekarang salah')")?;
    chrome.script("document.getElementById('factor-password').select()", &[])?;
    chrome.type_text("rahasia-sekali")?;
    chrome.keys(&["Enter"])?;
    in_field(&chrome, "factor-code")?;
    let key = chrome.script("return document.querySelector('.factor-secret').innerText", &[])?;
    assert_eq!(key, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    chrome.wait("document.querySelector('.qr').getBoundingClientRect().top >= 48")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.type_text("000000")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('factor-code-hint')?.innerText.includes('Kode salah')")?;
    chrome.script("document.getElementById('factor-code').select()", &[])?;
    chrome.type_text(RIGHT)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelectorAll('.factor-codes li').length == 10")?;
    in_field(&chrome, "set-factor")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Sudah saya simpan")?;
    chrome.wait("document.getElementById('factor-renew') && !document.querySelector('.factor-codes')")?;
    chrome.wait_text("10 kode pemulihan tersisa")
}

#[test]
fn codes_are_renewed_and_it_is_turned_off_only_with_password_and_code() -> Answer<()> {
    let chrome = settings("factor=on")?;
    press(&chrome, "factor-renew")?;
    in_field(&chrome, "factor-code")?;
    chrome.type_text(RIGHT)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelectorAll('.factor-codes li').length == 10")?;
    chrome.press("button", "Sudah saya simpan")?;
    press(&chrome, "factor-off")?;
    in_field(&chrome, "factor-password")?;
    chrome.type_text("rahasia-sekali")?;
    chrome.keys(&["Enter"])?;
    in_field(&chrome, "factor-code")?;
    chrome.wait("document.querySelector('#factor-code-hint.err')")?;
    chrome.type_text(RIGHT)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('factor-begin')")?;
    chrome.wait(&format!("{VOICE}.includes('dimatikan')")).map(drop)
}

#[test]
fn a_step_is_left_with_escape_and_nothing_has_changed() -> Answer<()> {
    let chrome = settings("factor=on")?;
    press(&chrome, "factor-off")?;
    in_field(&chrome, "factor-password")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.getElementById('factor-off') && !document.getElementById('factor-password')")?;
    in_field(&chrome, "set-factor")
}

#[test]
fn without_a_line_nothing_is_shown_as_if_it_were_so() -> Answer<()> {
    let chrome = settings("line=offline")?;
    chrome.wait_text("Keadaannya belum bisa dimuat.")?;
    chrome.wait("!document.getElementById('factor-begin') && !document.getElementById('factor-off')").map(drop)
}

#[test]
fn a_login_asks_for_the_code_after_the_password() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&session=login&factor=on")?;
    in_field(&chrome, "password")?;
    chrome.type_text("rahasia-sekali")?;
    chrome.keys(&["Enter"])?;
    in_field(&chrome, "login-code")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('#login-code-hint.err')")?;
    chrome.type_text("000000")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('login-wrong')?.innerText.includes('Kode salah')")?;
    chrome.wait("document.getElementById('login-code').value == ''")?;
    in_field(&chrome, "login-code")?;
    chrome.type_text(RIGHT)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('.app')").map(drop)
}

#[test]
fn whoever_has_the_wrong_account_goes_back_to_the_first_step() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&session=login&factor=on")?;
    in_field(&chrome, "password")?;
    chrome.type_text("rahasia-sekali")?;
    chrome.keys(&["Enter"])?;
    in_field(&chrome, "login-code")?;
    chrome.press("button", "Akun lain")?;
    chrome.wait("document.getElementById('password')?.value == '' && document.activeElement?.id == 'password'").map(drop)
}
