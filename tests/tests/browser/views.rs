//! Saved views: by keys alone saved, opened, renamed, moved, taken away; what cannot be saved, and the longest name.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::frame::{is_sound, wait_closed};

/// Antrean with this many views saved.
fn at(count: u32, situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&views={count}&{situation}"))?;
    chrome.wait_text("Rani Kusumawardani")?;
    if count > 0 {
        chrome.wait("document.querySelector('.side-views .nav')")?;
    }
    chrome.keys(&["j"])?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    Ok(chrome)
}
/// The views of the sidebar, in their order.
const NAMES: &str = "JSON.stringify([...document.querySelectorAll('.side-views .nav bdi')].map(b => b.innerText))";
fn wait_names(chrome: &Chrome, names: &[&str]) -> Answer<()> {
    chrome.wait(&format!("{NAMES} == JSON.stringify({})", json!(names))).map(drop)
}
/// Waits until the list shows this many requests, all of this client, with the focus on one of them.
fn wait_only(chrome: &Chrome, name: &str) -> Answer<()> {
    let named = json!(name);
    chrome
        .wait(&format!(
            "(rows => rows.length > 0 && rows.every(r => r.innerText.includes({named})))([...document.querySelectorAll('.row')]) \
             && document.activeElement?.getAttribute('role') == 'option'"
        ))
        .map(drop)
}
fn wait_focus(chrome: &Chrome, id: &str) -> Answer<()> {
    chrome.wait(&format!("document.activeElement?.id == '{id}'")).map(drop)
}

#[test]
fn a_list_and_its_search_are_saved_and_opened_by_keys_alone() -> Answer<()> {
    let chrome = at(0, "")?;
    assert!(chrome.wait("!document.querySelector('.side-views')")?.as_bool().unwrap_or(false), "nothing where nothing was saved");
    chrome.keys(&["/"])?;
    wait_focus(&chrome, "inbox-search")?;
    chrome.type_text("rani")?;
    chrome.wait("(rows => rows.length > 0 && rows.every(r => r.innerText.includes('Rani')))([...document.querySelectorAll('.row')])")?;
    chrome.keys(&["Enter"])?;
    wait_only(&chrome, "Rani")?;
    chrome.keys(&["Shift+f"])?;
    wait_focus(&chrome, "save-view-name")?;
    chrome.by_role("dialog", "Simpan tampilan")?;
    chrome.wait_text("Menunggu · «rani»")?;
    is_sound(&chrome)?;
    // Without a name it is not saved, and the field says so.
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#save-view-name-hint.err') && document.activeElement.id == 'save-view-name'")?;
    chrome.type_text("Klien Rani")?;
    chrome.keys(&["Enter"])?;
    wait_closed(&chrome)?;
    wait_names(&chrome, &["Klien Rani"])?;
    chrome.wait("document.querySelector('.side-views .nav[aria-current=true]')")?;
    // From another screen too.
    chrome.keys(&["Ctrl+4"])?;
    chrome.wait("!document.querySelector('.side-views .nav[aria-current]')")?;
    chrome.wait("document.querySelector('.row') && document.title.startsWith('Pemberitahuan')")?;
    chrome.keys(&["j", "g"])?;
    chrome.wait("document.querySelector('.go')?.innerText.includes('Klien Rani')")?;
    chrome.keys(&["1"])?;
    wait_only(&chrome, "Rani")?;
    is_sound(&chrome)
}

#[test]
fn a_view_opens_from_the_palette_by_its_name_and_by_what_it_looks_for() -> Answer<()> {
    for typed in ["Rani", "rani"] {
        let chrome = at(2, "")?;
        chrome.keys(&["Ctrl+k"])?;
        wait_focus(&chrome, "palette-text")?;
        chrome.type_text(&format!(">{typed}"))?;
        let reached = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
        chrome.wait(&format!("{reached}?.id == 'palette-view-2'"))?;
        chrome.keys(&["Enter"])?;
        wait_only(&chrome, "Rani")?;
    }
    Ok(())
}

#[test]
fn saving_under_a_name_that_is_there_replaces_that_view_and_says_so() -> Answer<()> {
    let chrome = at(3, "")?;
    chrome.keys(&["Shift+f"])?;
    wait_focus(&chrome, "save-view-name")?;
    chrome.type_text("tampilan 3")?;
    chrome.wait_text("Tampilan 3 akan diganti.")?;
    chrome.by_role("button", "Ganti")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.querySelectorAll('.side-views .nav').length == 3")?;
    chrome.wait("document.querySelectorAll('.side-views .nav')[2].title.endsWith('(Menunggu)')").map(drop)
}

#[test]
fn views_are_renamed_moved_and_taken_away_and_hold_when_they_are_saved() -> Answer<()> {
    let chrome = at(3, "")?;
    let first = "Hj. Nur'aini Al-Farizi Kusumaningrum, S.";
    wait_names(&chrome, &[first, "Rani", "Tampilan 3"])?;
    chrome.keys(&["Shift+v"])?;
    wait_focus(&chrome, "arrange-views-name-0")?;
    chrome.by_role("dialog", "Tampilan tersimpan")?;
    is_sound(&chrome)?;
    // By its button, and from within the field: the focus goes along.
    chrome.keys(&["Alt+ArrowDown"])?;
    chrome.wait(
        "document.querySelectorAll('.views-i')[1].contains(document.activeElement) && document.activeElement.id == 'arrange-views-name-0'",
    )?;
    chrome.keys(&["Tab", "Tab", "Enter"])?;
    chrome.wait(
        "document.querySelectorAll('.views-i')[2].contains(document.activeElement) && document.activeElement.id == 'arrange-views-down-0'",
    )?;
    // At the end it stays in reach and does nothing.
    chrome.wait("document.activeElement.getAttribute('aria-disabled') == 'true'")?;
    chrome.keys(&["Enter", "Tab", "Enter"])?;
    wait_focus(&chrome, "arrange-views-drop-2")?;
    chrome.wait("document.querySelectorAll('.views-i').length == 2")?;
    // A name that is there twice is said where it stands.
    chrome.keys(&["Shift+Tab", "Shift+Tab", "Shift+Tab", "Ctrl+a"])?;
    chrome.type_text("RANI")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#arrange-views-name-2-hint.err') && document.activeElement.id == 'arrange-views-name-2'")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("Selesai")?;
    wait_names(&chrome, &[first, "Rani", "Tampilan 3"])?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    wait_names(&chrome, &["Rani", "Selesai"])?;
    // Whoever took one away by mistake leaves with Escape.
    chrome.keys(&["Shift+v"])?;
    wait_focus(&chrome, "arrange-views-name-0")?;
    chrome.keys(&["Tab", "Tab", "Tab", "Enter"])?;
    chrome.wait("document.querySelectorAll('.views-i').length == 1")?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    wait_names(&chrome, &["Rani", "Selesai"])
}

#[test]
fn keys_reach_nothing_below_a_dialog_though_nothing_in_it_has_the_focus() -> Answer<()> {
    let chrome = at(3, "")?;
    chrome.keys(&["Shift+v"])?;
    wait_focus(&chrome, "arrange-views-name-0")?;
    chrome.script("document.activeElement.blur()", &[])?;
    chrome.wait("document.activeElement == document.body")?;
    chrome.keys(&["n", "Ctrl+,", "Ctrl+k"])?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    // What those keys would have opened is drawn before an act of later is.
    chrome.keys(&["j"])?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    assert_eq!(chrome.script("return document.title.includes('Antrean') && !document.querySelector('dialog')", &[])?, true);
    Ok(())
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_what_was_typed_stays() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&views=2&trouble=error")?;
    chrome.wait("document.querySelector('.side-views .nav')")?;
    chrome.press("button", "Atur tampilan tersimpan…")?;
    wait_focus(&chrome, "arrange-views-name-0")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('dialog [role=alert]')")?;
    chrome.wait("document.querySelectorAll('.views-i').length == 2").map(drop)
}

#[test]
fn twenty_views_leave_the_areas_their_places_and_the_longest_name_widens_nothing() -> Answer<()> {
    let chrome = at(20, "")?;
    for (width, height) in [(1280, 800), (960, 600)] {
        chrome.resize(width, height)?;
        chrome.wait(&format!("innerWidth == {width}"))?;
        let foot = "document.querySelector('.side .me').getBoundingClientRect().bottom <= innerHeight";
        let areas = "document.querySelector('.side a.nav').getBoundingClientRect().height >= 24";
        let narrow = "document.querySelector('.side').scrollWidth <= document.querySelector('.side').clientWidth";
        chrome.wait(&format!("{foot} && {areas} && {narrow}"))?;
        is_sound(&chrome)?;
    }
    // One more than can be kept is refused with a reason.
    chrome.keys(&["Shift+f"])?;
    wait_focus(&chrome, "save-view-name")?;
    chrome.type_text("Satu lagi")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Paling banyak 20 tampilan. Hapus satu dulu.")
}

#[test]
fn where_nothing_was_saved_the_dialog_says_how() -> Answer<()> {
    let chrome = at(0, "lang=en")?;
    chrome.keys(&["Shift+v"])?;
    chrome.by_role("dialog", "Saved views")?;
    chrome.wait_text("No saved views yet")?;
    is_sound(&chrome)
}
