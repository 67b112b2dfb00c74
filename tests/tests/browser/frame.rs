//! What every screen has: places by key, panes, the shortcut sheet, notifications, settings, narrow windows.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::hands::Hands;

/// What was said last to screen readers.
pub(crate) const VOICE: &str = "document.querySelector('[role=status][data-times]').innerText";

pub(crate) fn open(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait("document.querySelector('[role=option]')")?;
    Ok(chrome)
}

/// Waits until no dialog is there.
pub(crate) fn wait_closed(chrome: &Chrome) -> Answer<()> {
    chrome.wait("!document.querySelector('dialog')").map(drop)
}

/// Nothing is there but what was found: no complaint of the browser, none of the accessibility rules.
pub(crate) fn is_sound(chrome: &Chrome) -> Answer<()> {
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    assert_eq!(chrome.complaints()?, Vec::<String>::new());
    Ok(())
}

/// Types into a field in the place of what it says.
pub(crate) fn type_into(chrome: &Chrome, field: &str, text: &str) -> Answer<()> {
    chrome.reach(&format!("document.getElementById('{field}')"))?;
    chrome.script("document.getElementById(arguments[0]).select()", &[field.into()])?;
    chrome.type_text(text)
}

/// Goes down from the first row until the focus is on the one that says this. A key is pressed only where the one before has moved
/// the focus: whoever looks too early sees the row that was left.
pub(crate) fn down_to(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.keys(&["Home"])?;
    for row in 1..=40 {
        Hands(chrome).until(&format!("document.activeElement.ariaPosInSet == {row}"))?;
        if chrome.script("return document.activeElement.innerText.includes(arguments[0])", &[json!(text)])? == true {
            break;
        }
        chrome.keys(&["j"])?;
    }
    Hands(chrome).on_row(text)
}

/// The versions of this client's order, once this is there.
pub(crate) fn versions(situation: &str, name: &str, there: &str) -> Answer<Chrome> {
    let chrome = open(situation)?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    down_to(&chrome, name)?;
    Hands(&chrome).on_open(name)?;
    chrome.keys(&["v"])?;
    chrome.wait(&format!("document.querySelector('#order-tab-design[aria-selected=true]') && document.querySelector('{there}')"))?;
    Ok(chrome)
}

/// Goes by the palette alone to what is found by this, which has the focus then.
pub(crate) fn by_palette(chrome: &Chrome, typed: &str, id: &str) -> Answer<()> {
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.querySelector('[role=combobox]')")?;
    chrome.type_text(typed)?;
    // What is marked is what was typed: the list is the one of all the letters.
    let marked = "[...document.querySelectorAll('.pal-o[aria-selected=true] mark')].map(m => m.innerText).join('').toLowerCase()";
    chrome.wait(&format!("({marked}).replaceAll(' ', '') == '{}'", typed.replace(' ', "")))?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&format!("document.activeElement.id == '{id}'")).map(drop)
}

/// Opens a section of the settings by its name.
pub(crate) fn section(chrome: &Chrome, name: &str) -> Answer<()> {
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.querySelector('.setnav [aria-current=page]')")?;
    chrome.press("link", name)
}

#[test]
fn places_are_reached_by_key_and_g_lapses() -> Answer<()> {
    let chrome = open("")?;
    for (keys, title) in [
        (["g", "q"], "Antrean kirim · Meja"),
        (["g", "m"], "Pemberitahuan · Meja"),
        (["g", "r"], "Laporan · Meja"),
        (["g", "j"], "Jejak audit · Meja"),
        (["g", "o"], "Pesanan desain · Meja"),
        (["g", "c"], "Obrolan · Meja"),
        (["g", "s"], "Staf · Meja"),
        (["g", ","], "Pengaturan · Meja"),
        (["g", "a"], "Antrean (12) · Meja"),
    ] {
        chrome.keys(&keys)?;
        chrome.wait(&format!("document.title == {}", json!(title)))?;
        // The next Tab begins there, and not at the top of the window.
        chrome.wait("document.activeElement?.closest('#content')")?;
    }
    chrome.keys(&["g"])?;
    chrome.wait("document.querySelector('.go')")?;
    chrome.wait("!document.querySelector('.go')")?;
    assert_eq!(chrome.title()?, "Antrean (12) · Meja");
    Ok(())
}

#[test]
fn f6_goes_round_the_panes() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["j"])?;
    for pane in ["pane-detail", "pane-status", "pane-side", "pane-list"] {
        chrome.keys(&["F6"])?;
        chrome.wait(&format!("document.activeElement.closest('#{pane}')"))?;
    }
    chrome.keys(&["Shift+F6"])?;
    chrome.wait("document.activeElement.closest('#pane-side')")?;
    Ok(())
}

#[test]
fn the_sheet_lists_what_the_screen_can_do_and_filters() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["?"])?;
    chrome.by_role("dialog", "Pintasan")?;
    chrome.wait("document.activeElement.id == 'sheet-find'")?;
    chrome.type_text("tolak")?;
    chrome.wait("document.querySelectorAll('.sheet-i').length == 1")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn a_notification_opens_its_request_and_is_read_then() -> Answer<()> {
    let chrome = open("")?;
    chrome.wait("document.querySelector('#pane-side').innerText.includes('Pemberitahuan')")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait_text("M. Yusuf Al-Farizi, dari Hendra Wijaya")?;
    chrome.wait("document.activeElement.id == 'notices-list-0'")?;
    chrome.keys(&["j", "k", "Enter"])?;
    chrome.wait("document.getElementById('detail-name')?.innerText == 'M. Yusuf Al-Farizi'")?;
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("document.querySelectorAll('#notices-list .is-new').length == 1")?;
    chrome.press("button", "Tandai semua dibaca")?;
    chrome.wait("document.querySelectorAll('#notices-list .is-new').length == 0")?;
    Ok(())
}

#[test]
fn settings_take_hold_at_once() -> Answer<()> {
    let chrome = open("theme=light")?;
    section(&chrome, "Bahasa & zona")?;
    let choose =
        "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change', { bubbles: true }));";
    chrome.script(choose, &["set-lang".into(), "en".into()])?;
    chrome.press("link", "Looks")?;
    chrome.script(choose, &["set-theme".into(), "theme-dark".into()])?;
    chrome.wait("document.documentElement.dataset.theme == 'dark'")?;
    chrome.press("switch", "High contrast")?;
    chrome.wait("document.documentElement.dataset.contrast == 'high'")?;
    chrome.keys(&["Ctrl+1"])?;
    chrome.wait("document.title == 'Inbox (12) · Meja'")?;
    Ok(())
}

#[test]
fn logging_out_with_something_unsent_asks_first() -> Answer<()> {
    let chrome = open("outbox=mixed")?;
    section(&chrome, "Perangkat & kunci")?;
    chrome.press("button", "Keluar")?;
    chrome.wait("document.querySelector('dialog[open]')?.innerText.includes('belum terkirim')")?;
    chrome.press("button", "Keluar saja")?;
    chrome.wait_text("perintah belum terkirim.")?;
    chrome.by_role("textbox", "Kata sandi")?;
    Ok(())
}

#[test]
fn a_narrow_window_has_one_pane_and_escape_leads_back_to_the_same_row() -> Answer<()> {
    let chrome = open("")?;
    chrome.resize(640, 400)?;
    chrome.keys(&["j", "j", "Enter"])?;
    chrome.wait("!document.getElementById('pane-list')?.offsetHeight && document.getElementById('detail-name').offsetHeight")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.getAttribute('aria-posinset') == '3'")?;
    chrome.press("button", "Buka menu")?;
    chrome.by_role("dialog", "Navigasi utama")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    Ok(())
}

#[test]
fn what_somebody_is_at_stays_in_sight_when_the_window_gets_narrow() -> Answer<()> {
    let chrome = open("")?;
    chrome.follow(&["Ctrl+2", "~#orders-list-0:focus", "j", "j", "b", "~#talk-text:focus", "H", "a", "l", "o"], "#talk-text:focus")?;
    chrome.resize(640, 400)?;
    chrome.wait("!document.querySelector('#pane-list') && document.querySelector('#talk-text:focus')?.value == 'Halo'")?;
    chrome.resize(1280, 800)?;
    chrome.wait("document.querySelector('#pane-list') && document.querySelector('#talk-text:focus')")?;
    chrome.reach("document.querySelector('#orders-list-2')")?;
    chrome.resize(640, 400)?;
    chrome.wait("!document.querySelector('#pane-detail') && document.querySelector('#orders-list-2:focus')").map(drop)
}

#[test]
fn five_thousand_rows_are_walked_end_to_end() -> Answer<()> {
    let chrome = open("rows=5000")?;
    // One by one, beyond where the first rows are drawn no more: the focus goes along.
    chrome.keys(&["j", "Home"])?;
    for row in 2..=50 {
        chrome.keys(&["j"])?;
        chrome.wait(&format!("document.activeElement.getAttribute('aria-posinset') == '{row}'"))?;
    }
    chrome.keys(&["End"])?;
    chrome.wait("document.activeElement.getAttribute('aria-posinset') == document.activeElement.getAttribute('aria-setsize')")?;
    let drawn = chrome.find_all("[role=option]")?.len();
    assert!(drawn < 60, "{drawn} rows are drawn, though few are seen");
    chrome.keys(&["PageUp", "k", "Home"])?;
    chrome.wait("document.activeElement.getAttribute('aria-posinset') == '1'")?;
    assert_eq!(chrome.complaints()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn what_was_found_in_a_damaged_outbox_is_told_until_it_was_read() -> Answer<()> {
    let chrome = Chrome::open("found=part")?;
    for told in ["Berkas antrean kirim rusak dan dipulihkan.", "5 perintah terselamatkan. 2 di antaranya dari salinan.", "mungkin hilang"] {
        chrome.wait_text(told)?;
    }
    chrome.press("button", "Buka Antrean kirim")?;
    chrome.wait("document.title == 'Antrean kirim · Meja' && document.getElementById('recovered')")?;
    chrome.press("button", "Mengerti")?;
    chrome.wait("!document.getElementById('recovered')")?;
    Ok(())
}

#[test]
fn decisions_that_were_held_at_the_last_end_are_named() -> Answer<()> {
    let chrome = Chrome::open("found=held")?;
    chrome.wait_text("2 perintah yang ditahan saat Meja berakhir kini dikirim.")?;
    Ok(())
}

#[test]
fn a_line_that_a_person_can_mend_says_how() -> Answer<()> {
    let chrome = Chrome::open("line=offline&stuck=captive-portal")?;
    chrome.wait_text("Buka peramban dan masuk ke jaringan.")?;
    chrome.visit("line=offline&stuck=disk")?;
    chrome.wait_text("Berkas Meja di komputer ini tidak bisa ditulis.")?;
    // A reason that only a newer desk knows is no reason for strange letters.
    chrome.visit("line=offline&stuck=moon-phase")?;
    chrome.wait_text("Luring sejak")?;
    assert!(!chrome.script("return document.body.innerText", &[])?.to_string().contains("moon"));
    chrome.visit("line=behind")?;
    chrome.wait_text("rekaman sudah di komputer ini; sisanya sedang dimuat.")?;
    Ok(())
}

#[test]
fn a_link_that_leads_nowhere_says_why_and_what_it_cannot_do() -> Answer<()> {
    let why = [
        ("unreadable", "Ini bukan tautan ke sesuatu yang dikenal Meja versi ini."),
        ("no-screen", "Tautan ini menunjuk sesuatu yang belum punya layar sendiri di Meja."),
    ];
    let chrome = open("")?;
    for (problem, said) in why {
        chrome.visit(&format!("motion=reduced&link={problem}"))?;
        chrome.by_role("dialog", "Tautan tidak bisa dibuka")?;
        chrome.wait_text(said)?;
        chrome.wait_text("Tautan hanya bisa membuka. Tidak ada yang diubah.")?;
        is_sound(&chrome)?;
        chrome.keys(&["Escape"])?;
        wait_closed(&chrome)?;
    }
    Ok(())
}

#[test]
fn lists_are_made_wider_by_keys_and_by_dragging_each_for_itself() -> Answer<()> {
    let chrome = open("")?;
    let is = |width: u32| {
        format!(
            "Math.round(document.getElementById('pane-list').getBoundingClientRect().width) == {width}
             && document.getElementById('pane-separator').ariaValueNow == {width}"
        )
    };
    chrome.wait(&is(404))?;
    chrome.reach("document.getElementById('pane-separator')")?;
    chrome.keys(&["ArrowRight", "ArrowRight"])?;
    chrome.wait(&is(436))?;
    chrome.keys(&["Home"])?;
    chrome.wait(&is(300))?;
    is_sound(&chrome)?;
    let dragged = "
        const line = document.getElementById('pane-separator'), x = line.getBoundingClientRect().x + 3;
        const at = (what, on, x) => on.dispatchEvent(new PointerEvent(what, { bubbles: true, isPrimary: true, button: 0, clientX: x, clientY: 300 }));
        at('pointerdown', line, x);
        const done = arguments[0];
        const move = () => {
            const over = document.querySelector('.sep-drag');
            if (!over) return setTimeout(move, 10);
            at('pointermove', over, x + 80);
            at('pointerup', over, x + 120);
            done();
        };
        move();";
    chrome.script_async(dragged, &[])?;
    chrome.wait(&format!("{} && !document.querySelector('.sep-drag')", is(420)))?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.wait(&format!("document.querySelector('#orders-list-0') && {}", is(404)))?;
    chrome.keys(&["Ctrl+1"])?;
    chrome.wait(&format!("document.querySelector('#inbox-list-0, [role=option]') && {}", is(420)))?;
    chrome.script("document.getElementById('pane-separator').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))", &[])?;
    chrome.wait(&is(404))?;
    // Where there is less room the stylesheet gives it less: an arrow begins there.
    chrome.resize(1000, 700)?;
    chrome.wait("document.getElementById('pane-list').offsetWidth == 348")?;
    chrome.reach("document.getElementById('pane-separator')")?;
    chrome.keys(&["ArrowRight"])?;
    chrome.wait(&is(364)).map(drop)
}
