//! The person's own settings: each takes hold at once, and says what came of it.

use e2e::webdriver::Answer;

use crate::frame::{by_palette, is_sound, open, section};

const CHOOSE: &str =
    "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change', { bubbles: true }));";

#[test]
fn a_test_notification_says_what_the_system_made_of_it() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.getElementById('set-try')")?;
    chrome.press("button", "Kirim uji")?;
    chrome.wait_text("Sistem menerimanya.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.visit("motion=reduced&toast=refused")?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.getElementById('set-try')")?;
    chrome.press("button", "Kirim uji")?;
    chrome.wait_text("Sistem tidak menampilkan pemberitahuan.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn kinds_are_switched_and_stay_so() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.getElementById('set-notify-request')?.checked && !document.getElementById('set-hide-names').checked")?;
    chrome.press("checkbox", "Pekerjaan diteruskan kepada saya: Bunyi")?;
    chrome.press("checkbox", "Pekerjaan diteruskan kepada saya: Angka baki")?;
    chrome.press("checkbox", "Permintaan konsultasi baru: Sistem")?;
    let later = "['set-notify-request-way-sound', 'set-notify-request-way-summary'].every(id => document.getElementById(id).disabled)";
    chrome.wait(&format!("{later} && !document.getElementById('set-notify-request-way-count').disabled"))?;
    chrome.wait("document.querySelector('.os-toast').innerText.includes('Rani Kusumawardani')")?;
    chrome.press("switch", "Sembunyikan nama")?;
    chrome.wait("document.querySelector('.os-toast').innerText.includes('Ada 2 permintaan baru di Meja')")?;
    chrome.wait("!document.querySelector('.os-toast').innerText.includes('Rani')")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+1", "Ctrl+,"])?;
    chrome.wait("document.getElementById('set-hide-names')?.checked && !document.getElementById('set-notify-request').checked")?;
    let ways = "['system', 'sound', 'count', 'summary'].map(w => document.getElementById('set-notify-assigned' + (w == 'system' ? '' : '-way-' + w)).checked)";
    chrome.wait(&format!("String({ways}) == 'true,true,false,true'"))?;
    Ok(())
}

#[test]
fn quiet_hours_stand_in_the_status_bar_while_they_last() -> Answer<()> {
    // It is 10.42 there.
    let chrome = open("")?;
    section(&chrome, "Jam tenang")?;
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
fn quiet_begins_now_for_an_hour_and_ends_when_somebody_says_so() -> Answer<()> {
    // It is 10.42 there, and no hours are planned.
    let chrome = open("")?;
    section(&chrome, "Jam tenang")?;
    let said = "document.getElementById('pane-status').innerText.includes('Jam tenang sampai 11:42')";
    chrome.press("button", "1 jam")?;
    chrome.wait(said)?;
    chrome.wait_text("Sampai hari ini, 11:42 WIB.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Matikan")?;
    chrome.wait(&format!("!{said}"))?;
    Ok(())
}

#[test]
fn texts_grow_with_the_size_that_is_chosen_and_the_list_stays_whole() -> Answer<()> {
    let chrome = open("")?;
    let size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)";
    let before = chrome.script(&format!("return {size}"), &[])?.as_f64().unwrap_or_default();
    section(&chrome, "Tampilan")?;
    chrome.wait("document.getElementById('set-text')")?;
    chrome.script(CHOOSE, &["set-text".into(), "130".into()])?;
    chrome.wait("document.documentElement.dataset.text == '130'")?;
    chrome.keys(&["Ctrl+1", "j"])?;
    chrome.wait(&format!("document.querySelector('[role=option]') && Math.abs({size} - {before} * 1.3) < 0.1"))?;
    let cut = "return [...document.querySelectorAll('[role=option]')].filter(r => r.scrollHeight > r.clientHeight + 1).length";
    assert_eq!(chrome.script(cut, &[])?, 0, "both lines of every row are seen");
    Ok(())
}

#[test]
fn sections_are_walked_by_arrows_entered_and_left() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.getElementById('set-notify-request')")?;
    chrome.wait("document.querySelector('.setnav a:focus')")?;
    chrome.keys(&["ArrowDown"])?;
    chrome.wait("document.activeElement.id == 'to-settings-quiet' && document.getElementById('set-quiet-on')")?;
    chrome.wait("document.querySelectorAll('.setnav [tabindex=\"0\"]').length == 1")?;
    chrome.keys(&["End"])?;
    chrome.wait("document.activeElement.id == 'to-settings-about'")?;
    chrome.keys(&["ArrowDown", "Home", "ArrowUp"])?;
    chrome.wait("document.activeElement.id == 'to-settings-notify'")?;
    chrome.keys(&["ArrowDown", "ArrowDown", "Enter"])?;
    chrome.wait("document.activeElement.id == 'settings-guard' && document.getElementById('set-lock-after')")?;
    chrome.wait_text("Untuk komputer ini dan akun Anda")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.id == 'to-settings-guard'")?;
    // From elsewhere F6 leads to the open section's line, and not to the first one.
    chrome.keys(&["Shift+F6", "F6"])?;
    chrome.wait("document.activeElement.id == 'to-settings-guard'")?;
    Ok(())
}

#[test]
fn where_there_is_room_for_one_pane_the_list_leads_in_and_escape_back() -> Answer<()> {
    let chrome = open("")?;
    chrome.resize(640, 400)?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.querySelector('.setnav') && !document.getElementById('pane-detail')")?;
    chrome.wait("document.querySelector('.setnav a:focus')")?;
    chrome.keys(&["ArrowDown", "Enter"])?;
    chrome.wait("document.getElementById('set-quiet-on') && !document.querySelector('.setnav')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.id == 'to-settings-quiet' && !document.getElementById('pane-detail')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_palette_leads_to_each_section_and_each_setting() -> Answer<()> {
    let chrome = open("")?;
    for (typed, focused) in [("zona wak", "set-zone"), ("tampilan", "settings-look"), ("kerapatan", "set-density")] {
        by_palette(&chrome, typed, focused)?;
    }
    Ok(())
}

#[test]
fn every_time_follows_the_zone_that_is_chosen() -> Answer<()> {
    let chrome = open("")?;
    let clock = |text: &str| format!("document.getElementById('pane-status').innerText.includes('{text}')");
    chrome.wait(&clock("10:42 WIB"))?;
    chrome.keys(&["j"])?;
    chrome.wait("document.querySelector('.facts')?.innerText.includes('WIB')")?;
    section(&chrome, "Bahasa & zona")?;
    chrome.script(CHOOSE, &["set-zone".into(), "WITA".into()])?;
    chrome.wait(&clock("11:42 WITA"))?;
    section(&chrome, "Jam tenang")?;
    chrome.wait_text("Menurut jam WITA.")?;
    chrome.keys(&["Ctrl+1"])?;
    chrome.wait("document.querySelector('.facts')")?;
    // The client's own zone is named beside their times, and is theirs: only our own label has to be gone from lists and bars.
    chrome.wait("!document.getElementById('pane-list').innerText.includes('WIB') && !document.getElementById('pane-status').innerText.includes('WIB')")?;
    section(&chrome, "Bahasa & zona")?;
    chrome.script(CHOOSE, &["set-zone".into(), "".into()])?;
    chrome.wait(&clock("10:42 WIB"))?;
    Ok(())
}

#[test]
fn low_rows_stand_closer_at_every_size_of_texts_and_the_list_follows() -> Answer<()> {
    let chrome = open("rows=100")?;
    for text in ["90", "100", "110", "120", "130"] {
        chrome.visit(&format!("motion=reduced&rows=100&density=compact&text={text}"))?;
        chrome.wait("document.querySelectorAll('[role=option]').length > 10")?;
        let heights = "return [...new Set([...document.querySelectorAll('[role=option]')].map(r => r.offsetHeight))].join()";
        assert_eq!(chrome.script(heights, &[])?, "48", "{text} %");
        let cut = "return [...document.querySelectorAll('[role=option]')].filter(r => r.scrollHeight > r.clientHeight + 1).length";
        assert_eq!(chrome.script(cut, &[])?, 0, "both lines of every row are seen at {text} %");
    }
    chrome.keys(&["j", "End"])?;
    chrome.wait("document.querySelector('[role=option][aria-current=true]')?.getAttribute('aria-posinset') == '112'")?;
    // The last row ends where its list does: no gap, nothing cut.
    let gap = "const r = document.querySelector('[role=option][aria-current=true]').getBoundingClientRect();
               const l = document.querySelector('.vlist').getBoundingClientRect();
               return Math.abs(r.bottom - l.bottom) < 2";
    assert_eq!(chrome.script(gap, &[])?, true);
    Ok(())
}

#[test]
fn local_files_are_told_with_size_and_age_and_are_read_on_demand() -> Answer<()> {
    let chrome = open("")?;
    section(&chrome, "Sinkron & data lokal")?;
    chrome.wait("document.getElementById('local-files')?.innerText.includes('6,4 MB')")?;
    chrome.wait_text("Cermin rekaman")?;
    chrome.press("button", "Periksa sekarang")?;
    chrome.wait("document.getElementById('check-outcome').innerText.includes('Utuh:')")?;
    chrome.visit("motion=reduced&files=damaged")?;
    chrome.wait("document.querySelector('[role=option]')")?;
    section(&chrome, "Tentang & diagnosa")?;
    chrome.press("button", "Periksa sekarang")?;
    chrome.wait("document.getElementById('check-outcome').innerText.includes('Sebuah berkas rusak.')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn wiping_names_what_is_lost_lets_it_be_written_out_and_ends_at_the_login() -> Answer<()> {
    let chrome = open("outbox=mixed&line=offline")?;
    section(&chrome, "Sinkron & data lokal")?;
    chrome.press("button", "Hapus data lokal…")?;
    chrome.wait("document.getElementById('wipe-unsent')?.innerText.includes('5 perintah belum diakui server')")?;
    chrome.wait("document.getElementById('wipe-unsent').innerText.includes('Bagus Hermawan')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Ekspor yang belum terkirim")?;
    chrome.wait_text("meja-belum-terkirim-2026-11-24-1042.csv")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.press("button", "Hapus data lokal…")?;
    chrome.wait("document.getElementById('wipe-unsent')")?;
    chrome.press("button", "Hapus data lokal")?;
    chrome.wait("document.getElementById('password')")?;
    assert_eq!(chrome.script("return document.querySelector('input[type=email], #email')?.value ?? ''", &[])?, "");
    Ok(())
}

#[test]
fn with_nothing_unsent_the_dialog_says_so() -> Answer<()> {
    let chrome = open("")?;
    section(&chrome, "Sinkron & data lokal")?;
    chrome.press("button", "Hapus data lokal…")?;
    chrome.wait("document.getElementById('wipe-none')")?;
    chrome.wait("![...document.querySelectorAll('dialog button')].some(b => b.innerText.includes('Ekspor'))")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn licences_are_listed_and_a_report_is_written_out() -> Answer<()> {
    let chrome = open("")?;
    section(&chrome, "Tentang & diagnosa")?;
    chrome.press("button", "Tampilkan")?;
    chrome.wait("[...document.querySelectorAll('.licences th')].some(th => th.innerText == 'dioxus')")?;
    // Seven hundred rows are judged as the few that are in sight.
    chrome.script("document.querySelectorAll('.licences tbody tr:nth-child(n+12)').forEach(r => r.hidden = true)", &[])?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.press("button", "Sembunyikan")?;
    chrome.wait("!document.querySelector('.licences')")?;
    chrome.press("button", "Ekspor")?;
    chrome.wait_text("meja-diagnosa-2026-11-24-1042.json")?;
    Ok(())
}
