//! The person's own settings: each takes hold at once, and says what came of it.

use e2e::webdriver::Answer;

use crate::frame::open;

const CHOOSE: &str =
    "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change', { bubbles: true }));";

#[test]
fn a_test_notification_says_what_the_system_made_of_it() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.getElementById('set-try')")?;
    chrome.press("button", "Kirim uji")?;
    chrome.wait_text("Sistem menerimanya.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.visit("motion=reduced&toast=refused")?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.getElementById('set-try')")?;
    chrome.press("button", "Kirim uji")?;
    chrome.wait_text("Sistem tidak menampilkan pemberitahuan.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn kinds_are_switched_and_stay_so() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.getElementById('set-notify-request')?.checked && !document.getElementById('set-hide-names').checked")?;
    chrome.press("switch", "Permintaan konsultasi baru")?;
    chrome.press("switch", "Sembunyikan nama")?;
    chrome.keys(&["Ctrl+1", "Ctrl+4"])?;
    chrome.wait("document.getElementById('set-hide-names')?.checked && !document.getElementById('set-notify-request').checked")?;
    Ok(())
}

#[test]
fn quiet_hours_stand_in_the_status_bar_while_they_last() -> Answer<()> {
    // It is 10.42 there.
    let chrome = open("")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.getElementById('set-quiet-from')")?;
    chrome.press("switch", "Pakai jam tenang")?;
    let said = |text: &str| format!("document.getElementById('pane-status').innerText.includes('{text}')");
    chrome.wait(&said("Jam tenang sampai 12:00"))?;
    chrome.script(CHOOSE, &["set-quiet-to".into(), "660".into()])?;
    chrome.wait(&said("Jam tenang sampai 11:00"))?;
    chrome.wait_text("Di hari yang sama.")?;
    chrome.script(CHOOSE, &["set-quiet-to".into(), "420".into()])?;
    chrome.wait(&said("Jam tenang sampai 07:00"))?;
    chrome.wait_text("Di hari berikutnya.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    // 24 Nov 2026 is a Tuesday; a night that began on Monday is over by then.
    chrome.press("checkbox", "Selasa")?;
    chrome.wait(&format!("!({})", said("Jam tenang sampai")))?;
    Ok(())
}

#[test]
fn texts_grow_with_the_size_that_is_chosen_and_the_list_stays_whole() -> Answer<()> {
    let chrome = open("")?;
    let size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)";
    let before = chrome.script(&format!("return {size}"), &[])?.as_f64().unwrap_or_default();
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.getElementById('set-text')")?;
    chrome.script(CHOOSE, &["set-text".into(), "130".into()])?;
    chrome.wait("document.documentElement.dataset.text == '130'")?;
    chrome.keys(&["Ctrl+1", "j"])?;
    chrome.wait(&format!("document.querySelector('[role=option]') && Math.abs({size} - {before} * 1.3) < 0.1"))?;
    let cut = "return [...document.querySelectorAll('[role=option]')].filter(r => r.scrollHeight > r.clientHeight + 1).length";
    assert_eq!(chrome.script(cut, &[])?, 0, "both lines of every row are seen");
    Ok(())
}
