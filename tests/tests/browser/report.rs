//! Laporan: figures, charts that are stepped through by key, the same as a table, and what is not in the copy.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::VOICE;

fn open(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait("document.querySelector('[role=option], .empty, .sk')")?;
    chrome.keys(&["Ctrl+6"])?;
    chrome.wait("document.title.startsWith('Laporan')")?;
    Ok(chrome)
}

#[test]
fn figures_are_counted_from_the_copy_and_say_so() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait_text("dihitung dari cermin lokal, per 10:42 WIB")?;
    let stats = chrome.script("return document.querySelector('.stats').innerText", &[])?.to_string();
    for part in ["Permintaan dijawab", "%", "Median waktu jawab", "dalam jam kerja", "Lewat tenggat", "Dibatalkan"] {
        assert!(stats.contains(part), "{part} in {stats}");
    }
    chrome.wait("document.querySelectorAll('#chart-bars .ch-ok').length == 10")?;
    chrome.press("button", "4 pekan")?;
    chrome.wait("document.querySelectorAll('#chart-bars .ch-ok').length > 20")?;
    Ok(())
}

#[test]
fn charts_are_as_wide_as_their_cards_and_their_words_as_large_as_all_words() -> Answer<()> {
    let chrome = open("")?;
    for (width, height) in [(960, 600), (1280, 800), (1680, 900)] {
        chrome.resize(width, height)?;
        chrome.wait(
            "[...document.querySelectorAll('svg.chart')].length == 2 && [...document.querySelectorAll('svg.chart')].every(it => {
                const card = getComputedStyle(it.closest('.card')), box = it.getBoundingClientRect();
                const room = it.closest('.card').clientWidth - parseFloat(card.paddingLeft) - parseFloat(card.paddingRight);
                return Math.abs(box.width - room) < 1.5 && Math.abs(box.width - it.viewBox.baseVal.width) < 1.5;
            })",
        )?;
    }
    Ok(())
}

#[test]
fn a_chart_has_a_name_and_a_finding_and_is_stepped_through() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#chart-bars')")?;
    let title = "document.querySelector('svg#chart-bars[role=img] > title').textContent";
    chrome.wait(&format!("{title} == 'Permintaan konsultasi per pekan'"))?;
    let finding = chrome.script("return document.querySelector('#chart-bars desc').textContent", &[])?.to_string();
    assert!(finding.contains("Terbanyak"), "{finding}");
    chrome.reach("document.querySelector('#chart-bars')")?;
    chrome.keys(&["ArrowLeft"])?;
    chrome.wait(&format!("{VOICE}.startsWith('pekan 23 Nov 2026:')"))?;
    chrome.keys(&["Home"])?;
    chrome.wait(&format!("{VOICE}.startsWith('pekan 21 Sep 2026:')"))?;
    chrome.wait("document.querySelector('#chart-bars .ch-at')")?;
    let dashed = chrome.script("return getComputedStyle(document.querySelector('#chart-bars .ch-open')).strokeDasharray", &[])?;
    assert_ne!(dashed, "none", "a week that is not over is dashed");
    Ok(())
}

#[test]
fn the_same_figures_are_a_table() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#chart-bars')")?;
    chrome.reach("document.querySelector('#report-body')")?;
    chrome.keys(&["v"])?;
    chrome.wait("document.querySelectorAll('table[aria-labelledby=report-steps] tbody tr').length == 10")?;
    chrome.wait_text("(belum selesai)")?;
    chrome.keys(&["v"])?;
    chrome.wait("document.querySelector('#chart-bars')")?;
    Ok(())
}

#[test]
fn what_is_not_in_the_copy_is_said_and_drawn() -> Answer<()> {
    let chrome = open("complete=0")?;
    chrome.wait_text("Cermin belum lengkap.")?;
    chrome.wait_text("Jawaban tertua di komputer ini 31 Okt 2026")?;
    chrome.wait("document.querySelectorAll('#chart-bars .ch-none').length > 3")?;
    Ok(())
}

#[test]
fn it_is_written_out_and_an_empty_period_says_so() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#chart-bars')")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.wait("/meja-laporan-2026-11-24-1042[.]csv/.test(document.querySelector('#export-note')?.innerText)")?;
    let chrome = open("data=empty")?;
    chrome.wait_text("Belum ada permintaan dalam kurun ini")?;
    let chrome = open("trouble=error")?;
    chrome.wait_text("Laporan tidak bisa dihitung")?;
    let chrome = open("role=expert")?;
    chrome.wait_text("Hanya permintaan yang diteruskan kepada Anda.")?;
    Ok(())
}
