//! Staf: who works here, what admins do with their accounts, and what nobody does to their own.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{VOICE, type_into};

fn staff(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait("document.querySelector('[role=option], .empty')")?;
    chrome.keys(&["g", "s"])?;
    chrome.wait("document.title == 'Staf · Meja'")?;
    Ok(chrome)
}

/// Puts the cursor on the row of this person.
fn to(chrome: &Chrome, name: &str) -> Answer<()> {
    chrome.wait("document.querySelector('#staff-list-0')")?;
    let at = chrome.script(
        "return [...document.querySelectorAll('#staff-list [role=option]')].findIndex(row => row.innerText.includes(arguments[0]))",
        &[name.into()],
    )?;
    chrome.script(&format!("document.querySelector('#staff-list-{at}').click()"), &[])?;
    chrome.reach(&format!("document.querySelector('#staff-list-{at}')"))?;
    chrome.wait(&format!("document.querySelector('#staff-name')?.innerText.includes('{name}')")).map(drop)
}

/// The state of this person in the list.
fn row(name: &str, has: &str) -> String {
    format!("[...document.querySelectorAll('#staff-list [role=option]')].find(row => row.innerText.includes('{name}'))?.{has}")
}

#[test]
fn people_stand_by_their_state_and_are_read_by_keys_alone() -> Answer<()> {
    let chrome = staff("")?;
    chrome.wait("document.activeElement?.id == 'staff-list-0'")?;
    let groups = "[...document.querySelectorAll('#staff-list .grp, #staff-list [role=presentation]')].map(g => g.innerText).join(' ')";
    let text = chrome.script(&format!("return {groups} + document.querySelector('#staff-list').innerText"), &[])?.to_string();
    assert!(text.contains("Aktif") && text.contains("Diundang") && text.contains("Nonaktif"), "{text}");
    chrome.keys(&["j", "Enter"])?;
    chrome.wait("document.activeElement?.id == 'staff-detail'")?;
    chrome.wait("document.querySelectorAll('#staff-detail .devices li').length > 0")?;
    let facts = chrome.script("return document.querySelector('#staff-detail .facts').innerText", &[])?.to_string();
    assert!(facts.contains("Email") && facts.contains("Peran"), "{facts}");
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement?.id == 'staff-list-1'")?;
    Ok(())
}

#[test]
fn somebody_is_invited_and_the_form_says_what_is_wrong() -> Answer<()> {
    let chrome = staff("hold=0")?;
    chrome.wait("document.activeElement?.id == 'staff-list-0'")?;
    chrome.keys(&["n"])?;
    chrome.by_role("dialog", "Undang staf")?;
    chrome.wait("document.activeElement?.id == 'staff-form-name'")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#staff-form-name-hint.err') && document.querySelector('#staff-form-roles-hint.err')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.type_text("Wulan Sari")?;
    type_into(&chrome, "staff-form-email", "hendra@ruangkarsa.id")?;
    chrome.script("document.querySelector('#staff-form-role-cs').click()", &[])?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('dialog [role=alert]')?.innerText.includes('sudah punya akun')")?;
    type_into(&chrome, "staff-form-email", "wulan@ruangkarsa.id")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait(&row("Wulan Sari", "querySelector('.badge')?.innerText.includes('Diundang')"))?;
    chrome.wait(&row("Wulan Sari", "querySelector('.badge:not(.is-ours)')"))?;
    Ok(())
}

#[test]
fn an_account_is_closed_after_a_question_and_opened_again() -> Answer<()> {
    let chrome = staff("hold=0")?;
    to(&chrome, "Sari Puspita")?;
    chrome.keys(&["d"])?;
    chrome.by_role("dialog", "Nonaktifkan Sari Puspita?")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait(&row("Sari Puspita", "innerText.includes('Aktif')"))?;
    chrome.keys(&["d"])?;
    chrome.by_role("dialog", "Nonaktifkan Sari Puspita?")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Nonaktifkan")?;
    chrome.wait(&row("Sari Puspita", "querySelector('.badge:not(.is-ours)')?.innerText.includes('Nonaktif')"))?;
    to(&chrome, "Sari Puspita")?;
    chrome.press("button", "Aktifkan")?;
    chrome.wait(&row("Sari Puspita", "querySelector('.badge:not(.is-ours)')?.innerText.trim() == 'Aktif'"))?;
    Ok(())
}

#[test]
fn a_second_factor_is_reset_after_a_question_and_never_ones_own() -> Answer<()> {
    let chrome = staff("hold=0")?;
    to(&chrome, "Dewi Anggraini")?;
    chrome.keys(&["u"])?;
    chrome.wait(&format!("{VOICE}.includes('akun Anda sendiri')"))?;
    to(&chrome, "Sari Puspita")?;
    chrome.keys(&["u"])?;
    chrome.by_role("dialog", "Setel ulang verifikasi dua langkah Sari Puspita?")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Setel ulang verifikasi dua langkah")?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait("!document.querySelector('#staff-detail .devices li')")?;
    chrome.keys(&["g", "q"])?;
    chrome.wait("document.title.startsWith('Antrean kirim')")?;
    chrome.wait_text("Setel ulang verifikasi dua langkah").map(drop)
}

#[test]
fn roles_are_changed_and_taken_back() -> Answer<()> {
    let chrome = staff("")?;
    to(&chrome, "Bagus Prasetyo")?;
    chrome.keys(&["e"])?;
    chrome.by_role("dialog", "Ubah Bagus Prasetyo")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('dialog [role=alert]')?.innerText.includes('Belum ada yang berubah')")?;
    chrome.script("document.querySelector('#staff-form-role-cs').click()", &[])?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait(&row("Bagus Prasetyo", "innerText.includes('Ahli, CS')"))?;
    chrome.wait(&row("Bagus Prasetyo", "querySelector('.badge.is-ours')"))?;
    chrome.reach("document.querySelector('#staff-list [aria-current=true]')")?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait(&format!("!({})", row("Bagus Prasetyo", "innerText.includes('Ahli, CS')")))?;
    Ok(())
}

#[test]
fn nobody_closes_or_unmakes_themselves_and_the_buttons_say_so() -> Answer<()> {
    let chrome = staff("")?;
    to(&chrome, "Dewi Anggraini")?;
    let disabled = "document.getElementById('do-staff-status')?.getAttribute('aria-disabled') == 'true'";
    chrome.wait(disabled)?;
    chrome.wait_text("Ini akun Anda sendiri. Minta admin lain melakukannya.")?;
    chrome.keys(&["d"])?;
    chrome.wait(&format!("{VOICE}.includes('akun Anda sendiri')"))?;
    chrome.keys(&["e"])?;
    chrome.by_role("dialog", "Ubah Dewi Anggraini")?;
    chrome
        .script("document.querySelector('#staff-form-role-cs').click(); document.querySelector('#staff-form-role-admin').click()", &[])?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('dialog [role=alert]')?.innerText.includes('akun Anda sendiri')")?;
    Ok(())
}

#[test]
fn a_link_goes_to_those_at_work_an_invitation_to_those_who_have_not_come_and_none_to_closed_accounts() -> Answer<()> {
    let chrome = staff("hold=0")?;
    let button = |text: &str| format!("document.getElementById('do-staff-link')?.innerText.includes('{text}')");
    to(&chrome, "Yoga Pratama")?;
    chrome.wait(&button("Kirim ulang undangan"))?;
    to(&chrome, "Intan Maharani")?;
    chrome.wait("document.getElementById('do-staff-link')?.getAttribute('aria-disabled') == 'true'")?;
    chrome.wait_text("Akun ini nonaktif. Aktifkan dulu.")?;
    to(&chrome, "Hendra Wijaya")?;
    chrome.wait(&button("Kirim tautan kata sandi"))?;
    chrome.keys(&["m"])?;
    chrome.keys(&["g", "q"])?;
    chrome.wait("document.title.startsWith('Antrean kirim')")?;
    chrome.wait_text("Kirim tautan kata sandi")?;
    Ok(())
}

#[test]
fn a_colleagues_device_is_ended_by_a_command() -> Answer<()> {
    let chrome = staff("hold=0")?;
    to(&chrome, "Hendra Wijaya")?;
    chrome.wait("document.querySelectorAll('#staff-detail .devices li').length == 2")?;
    chrome.reach("document.querySelector('#staff-detail .devices li:nth-child(2) button')")?;
    chrome.keys(&["Enter"])?;
    chrome.by_role("dialog", "Cabut Laptop cadangan?")?;
    chrome.press("button", "Cabut perangkat")?;
    chrome.wait("document.querySelectorAll('#staff-detail .devices li').length == 1")?;
    Ok(())
}

#[test]
fn without_a_line_the_staff_is_here_and_devices_are_not_and_a_command_waits() -> Answer<()> {
    let chrome = staff("line=offline&hold=0")?;
    to(&chrome, "Sari Puspita")?;
    chrome.wait("document.querySelector('#staff-detail .note')?.innerText.includes('belum bisa dimuat')")?;
    chrome.keys(&["m"])?;
    chrome.wait(&row("Sari Puspita", "innerText.includes('Antre')"))?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn for_others_there_is_no_such_screen() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&role=cs")?;
    chrome.wait("document.querySelector('[role=option]')")?;
    let there = chrome.script("return !!document.querySelector('a[href=\"#staff\"]')", &[])?;
    assert_eq!(there, false, "what may not be opened is absent");
    chrome.keys(&["g", "s"])?;
    chrome.keys(&["Ctrl+8"])?;
    chrome.keys(&["g", "q"])?;
    chrome.wait("document.title.startsWith('Antrean kirim')")?;
    Ok(())
}
