//! Antrean kirim: what was refused, what somebody else decided first, and what is still on its way.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{is_sound, wait_closed};

/// Antrean kirim with commands in every state; the first one is in conflict.
fn open(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&outbox=mixed&{situation}"))?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait_text("Tolak permintaan didahului orang lain")?;
    Ok(chrome)
}

#[test]
fn a_conflict_shows_what_was_seen_and_what_the_server_says() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait_text("Diterima oleh Hendra Wijaya, hari ini, 10:31 WIB.")?;
    let sides = chrome.script("return [...document.querySelectorAll('.diff > div')].map(d => d.innerText)", &[])?;
    let side = |n: usize| sides[n].as_str().unwrap_or_default().to_owned();
    assert!(side(0).contains("Saat Anda menekan") && side(0).contains("Menunggu"), "{sides}");
    assert!(side(1).contains("Menurut server") && side(1).contains("Diterima") && side(1).contains("Hendra Wijaya"), "{sides}");
    chrome.wait_text("Konsultasi gratis berlaku sekali sebulan.")?;
    Ok(())
}

#[test]
fn what_was_typed_is_edited_and_sent_again_under_a_new_receipt() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["1"])?;
    chrome.by_role("dialog", "Tolak permintaan: Bagus Hermawan")?;
    chrome.wait("document.querySelector('dialog[open] textarea').value.startsWith('Konsultasi gratis berlaku')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    Ok(())
}

#[test]
fn handled_and_discarded_commands_leave_what_is_to_be_decided() -> Answer<()> {
    let chrome = open("")?;
    let to_decide = "[...document.querySelectorAll('.group')].find(g => g.innerText.includes('Perlu keputusan Anda'))?.innerText ?? ''";
    chrome.wait(&format!("({to_decide}).includes('3')"))?;
    chrome.keys(&["3"])?;
    chrome.wait(&format!("({to_decide}).includes('2')"))?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText.includes('Ditandai sudah ditangani')")?;
    chrome.wait_text("Teruskan permintaan ditolak server")?;
    chrome.keys(&["4"])?;
    chrome.by_role("dialog", "Buang «Teruskan permintaan»?")?;
    is_sound(&chrome)?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.wait(&format!("({to_decide}).includes('2')"))?;
    chrome.keys(&["4"])?;
    chrome.by_role("dialog", "Buang «Teruskan permintaan»?")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText.includes('Perintah dibuang')")?;
    chrome.wait(&format!("({to_decide}).includes('1')"))?;
    Ok(())
}

#[test]
fn evidence_is_written_to_a_file_whose_place_is_said() -> Answer<()> {
    let chrome = open("")?;
    chrome.press("button", "Ekspor bukti")?;
    chrome.wait("/baris tersimpan di .*meja-bukti-2026-11-24-1042[.]json/.test(document.querySelector('#export-note')?.innerText)")?;
    is_sound(&chrome)
}

#[test]
fn a_blocked_command_names_its_cause_and_leads_there() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["j", "j"])?;
    chrome.wait_text("Pegang permintaan tertahan")?;
    chrome.press("button", "Buka penyebabnya")?;
    chrome.wait_text("Teruskan permintaan ditolak server")?;
    Ok(())
}

#[test]
fn offline_what_waits_can_still_be_taken_back() -> Answer<()> {
    let chrome = open("line=offline")?;
    chrome.keys(&["j", "j", "j"])?;
    chrome.wait_text("Terima permintaan: menunggu dikirim")?;
    chrome.keys(&["u"])?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText.includes('diurungkan')")?;
    Ok(())
}

#[test]
fn sending_is_paused_and_goes_on() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["p"])?;
    chrome.wait_text("Dijeda")?;
    chrome.wait_text("Sinkron dijeda.")?;
    chrome.keys(&["p"])?;
    chrome.wait("!document.body.innerText.includes('Sinkron dijeda.')")?;
    Ok(())
}

#[test]
fn the_empty_outbox_says_since_when() -> Answer<()> {
    let chrome = Chrome::open("")?;
    chrome.wait_text("Rani Kusumawardani")?;
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait_text("Tidak ada yang menunggu")?;
    chrome.wait_text("Terakhir diakui 10:42.")?;
    Ok(())
}

/// Opens Antrean kirim with this situation, and its tab Sinkronisasi by keyboard.
fn sync_tab(situation: &str) -> Answer<Chrome> {
    let chrome = crate::frame::open(situation)?;
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait("document.getElementById('tab-commands')")?;
    chrome.reach("document.getElementById('tab-commands')")?;
    chrome.keys(&["ArrowRight"])?;
    chrome.wait("document.activeElement.id == 'tab-sync' && document.getElementById('sync-facts')")?;
    Ok(chrome)
}

#[test]
fn the_tab_of_syncing_says_where_everything_stands() -> Answer<()> {
    let chrome = sync_tab("")?;
    chrome.wait_text("Semua di komputer ini sama dengan server.")?;
    chrome.wait("document.getElementById('sync-facts').innerText.includes('#48.211')")?;
    chrome.wait("document.getElementById('sync-facts').innerText.includes('6,4 MB')")?;
    chrome.wait("[...document.querySelectorAll('#sync-kinds tbody th')].some(th => th.innerText == 'Konsultasi')")?;
    chrome.wait_text("Terakhir sama dengan server")?;
    chrome.wait_text("05:42 WIB.")?;
    chrome.press("button", "Periksa sekarang")?;
    chrome.wait("document.getElementById('check-outcome').innerText.includes('Utuh:')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn tabs_go_round_by_keyboard_and_letters_of_the_hidden_list_do_nothing() -> Answer<()> {
    let chrome = sync_tab("outbox=mixed")?;
    chrome.wait_text("3 perintah menunggu keputusan Anda")?;
    chrome.keys(&["ArrowRight"])?;
    chrome.wait("document.activeElement.id == 'tab-commands' && document.querySelector('[role=option]')")?;
    chrome.keys(&["End"])?;
    chrome.wait("document.activeElement.id == 'tab-sync' && document.getElementById('sync-facts')")?;
    // The panel is reached by Tab; there nothing is decided about commands that are not seen.
    chrome.reach("document.getElementById('outbox-panel')")?;
    chrome.keys(&["3", "4", "u", "j", "Home"])?;
    chrome.reach("document.getElementById('tab-sync')")?;
    chrome.keys(&["Home"])?;
    chrome.wait(
        "[...document.querySelectorAll('.group')].some(g => g.innerText.includes('Perlu keputusan Anda') && g.innerText.includes('3'))",
    )?;
    // A palette that is asked there offers nothing to do to a command either.
    chrome.keys(&["End", "Ctrl+k"])?;
    chrome.wait("document.querySelector('.pal-o')")?;
    assert_eq!(chrome.script("return document.querySelector('dialog.pal, dialog[open]').innerText.includes('Buang')", &[])?, false);
    Ok(())
}

#[test]
fn syncing_is_paused_and_told_why_from_its_tab_too() -> Answer<()> {
    let chrome = sync_tab("")?;
    chrome.press("button", "Jeda sinkron")?;
    chrome.wait("document.getElementById('sync-why').innerText.includes('Anda menjeda sinkron')")?;
    chrome.press("button", "Lanjutkan sinkron")?;
    chrome.wait_text("Semua di komputer ini sama dengan server.")?;
    Ok(())
}

#[test]
fn the_status_bar_leads_to_the_tab_and_says_the_same() -> Answer<()> {
    let chrome = crate::frame::open("line=offline&stuck=tls")?;
    chrome.script("document.querySelector('#pane-status button').click()", &[])?;
    chrome.wait("document.querySelector('#tab-sync[aria-selected=true]')")?;
    chrome.wait("document.getElementById('sync-why').classList.contains('tone-cabai')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    Ok(())
}
