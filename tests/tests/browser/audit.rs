//! Jejak audit: read by key, sifted, proved, written out, and shown as last loaded when the line is gone.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::VOICE;

fn open(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait("document.querySelector('[role=option], .empty')")?;
    chrome.keys(&["g", "j"])?;
    chrome.wait("document.title.startsWith('Jejak')")?;
    Ok(chrome)
}

#[test]
fn an_act_says_what_was_before_and_after_and_where_it_stands() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.activeElement?.id == 'audit-list-0' || document.querySelector('#audit-list-0')")?;
    chrome.wait_text("utuh sampai #48.211")?;
    chrome.keys(&["j", "End"])?;
    chrome.wait("document.activeElement?.getAttribute('aria-posinset') == document.activeElement?.getAttribute('aria-setsize')")?;
    chrome.keys(&["Home", "Enter"])?;
    chrome.wait("document.activeElement?.id == 'audit-detail'")?;
    chrome.wait("document.querySelectorAll('#audit-detail table tbody tr').length > 0")?;
    let facts = chrome.script("return document.querySelector('#audit-detail .facts').innerText", &[])?.to_string();
    assert!(facts.contains("Perintah") && facts.contains("48.211") && facts.contains("Hash"), "{facts}");
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement?.id == 'audit-list-0'")?;
    Ok(())
}

#[test]
fn it_is_sifted_by_person_act_record_and_day() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#audit-list-0')")?;
    chrome.reach("document.querySelector('#audit-list-0')")?;
    chrome.keys(&["f"])?;
    chrome.by_role("dialog", "Saring jejak")?;
    chrome.wait("document.querySelectorAll('#audit-actor option').length > 2")?;
    chrome.script(
        "const s = document.querySelector('#audit-act'); s.value = 'consultation.accept'; s.dispatchEvent(new Event('change', {bubbles: true}))",
        &[],
    )?;
    chrome.reach("document.querySelector('#audit-until')")?;
    chrome.keys(&["k", "a", "p", "a", "n", "Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#audit-until-hint.err')")?;
    chrome.script("document.querySelector('#audit-until').select()", &[])?;
    chrome.keys(&["h", "a", "r", "i", " ", "i", "n", "i", "Ctrl+Enter"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait_text("Disaring: Terima · sampai 24 Nov 2026")?;
    chrome.wait("[...document.querySelectorAll('#audit-list .sum')].every(s => s.innerText.startsWith('Terima ·'))")?;
    chrome.press("button", "Hapus saringan")?;
    chrome.wait("!document.querySelector('#audit-filtered')")?;
    chrome.press("button", "Hanya rekaman ini")?;
    chrome.wait_text("Disaring: Konsultasi")?;
    chrome.press("button", "Hanya orang ini")?;
    chrome.wait("/Disaring: .+ · Konsultasi/.test(document.querySelector('#audit-filtered').innerText)")?;
    Ok(())
}

#[test]
fn older_acts_come_as_one_scrolls_and_a_stop_is_a_stop() -> Answer<()> {
    let chrome = open("rows=300")?;
    chrome.wait("document.querySelector('#audit-list-0')?.getAttribute('aria-setsize') > 99")?;
    chrome.reach("document.querySelector('#audit-list-0')")?;
    chrome.keys(&["End"])?;
    chrome.wait("document.querySelector('#audit-list [role=option]').getAttribute('aria-setsize') > 199")?;
    let chrome = open("rows=300&audit=stuck")?;
    chrome.wait("document.querySelector('#audit-list-0')")?;
    chrome.reach("document.querySelector('#audit-list-0')")?;
    chrome.keys(&["End"])?;
    chrome.wait_text("Yang lebih lama belum bisa dimuat.")?;
    chrome.keys(&["."])?;
    chrome.wait_text("Di bawah ini yang dimuat terakhir, per 10:42 WIB.")?;
    chrome.wait("document.querySelector('#audit-list [role=option]').getAttribute('aria-setsize') == 100")?;
    let chrome = Chrome::open("motion=reduced&trouble=loading")?;
    chrome.wait("document.querySelector('.sk')")?;
    chrome.keys(&["Ctrl+7"])?;
    chrome.wait("document.title.startsWith('Jejak')")?;
    chrome.press("button", "Berhenti memuat")?;
    chrome.wait(&format!("{VOICE}.includes('Pemuatan dihentikan')"))?;
    Ok(())
}

#[test]
fn what_is_sifted_is_written_out() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#audit-list-0')")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.wait("/baris tersimpan di .*meja-jejak-2026-11-24-1042[.]csv/.test(document.querySelector('#export-note')?.innerText)")?;
    chrome.press("button", "Tutup")?;
    chrome.wait("!document.querySelector('#export-note')")?;
    Ok(())
}

#[test]
fn a_broken_chain_is_said_in_red_and_the_trail_stays() -> Answer<()> {
    let chrome = open("audit=broken")?;
    chrome.wait("document.querySelector('#audit-broken.tone-cabai')")?;
    chrome.wait_text("Utuh sampai #48.106; sesudahnya ada nilai yang diubah (mata rantai 48.107).")?;
    chrome.wait("document.querySelector('#audit-list-0')")?;
    Ok(())
}

#[test]
fn without_a_line_it_says_where_the_trail_is_kept() -> Answer<()> {
    let chrome = open("line=offline")?;
    chrome.wait_text("Butuh sambungan: jejak disimpan di server.")?;
    let chrome = open("audit=refused")?;
    chrome.wait_text("Jejak tidak bisa dibuka")?;
    let chrome = open("trouble=error")?;
    chrome.wait_text("Jejak tidak bisa dibuka")?;
    Ok(())
}

#[test]
fn an_expert_reads_their_own_acts_and_proves_nothing() -> Answer<()> {
    let chrome = open("role=expert")?;
    chrome.wait("document.title == 'Jejak saya · Meja'")?;
    chrome.wait("document.querySelector('#audit-list-0, .empty')")?;
    let others =
        chrome.script("return [...document.querySelectorAll('#audit-list .ttl')].filter(e => e.innerText != 'Anda').length", &[])?;
    assert_eq!(others, 0, "only their own");
    let mark = chrome.script("return !!document.querySelector('#audit-chain')", &[])?;
    assert_eq!(mark, false);
    chrome.keys(&["f"])?;
    chrome.wait("document.querySelector('dialog[open] #audit-act') && !document.querySelector('#audit-actor')")?;
    Ok(())
}
