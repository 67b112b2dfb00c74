//! What somebody typed or added stays theirs: with its record, until it was said that it would go, and in reach of what they do next.

use e2e::webdriver::Answer;

use crate::frame::{open, versions, wait_closed};

#[test]
fn a_note_that_is_typed_stays_with_its_record() -> Answer<()> {
    let chrome = open("")?;
    let text = "document.getElementById('note-text')?.value";
    let name = |row: u32| format!("document.querySelector('[aria-posinset=\"{row}\"][aria-current=true]')");
    chrome.keys(&["Home", "j"])?;
    chrome.wait(&name(2))?;
    chrome.keys(&["i"])?;
    chrome.wait("document.activeElement.id == 'note-text'")?;
    chrome.type_text("Hanya untuk yang kedua.")?;
    chrome.keys(&["Escape", "j"])?;
    chrome.wait(&format!("{} && {text} === ''", name(3)))?;
    chrome.keys(&["k"])?;
    chrome.wait(&format!("{} && {text} === 'Hanya untuk yang kedua.'", name(2)))?;
    // Saved by its button, which goes with the text, the focus stays at the box.
    chrome.script("const save = document.getElementById('note-save'); save.focus(); save.click()", &[])?;
    chrome.wait(&format!("{text} === '' && document.activeElement.id == 'note-text'"))?;
    Ok(())
}

#[test]
fn escape_throws_nothing_away_that_is_nowhere_else_until_it_has_said_so() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    // What nobody has typed into is closed at once.
    chrome.keys(&["n"])?;
    chrome.wait("document.querySelector('#new-order[open]')")?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.keys(&["n"])?;
    chrome.wait("document.querySelector('#new-order[open]')")?;
    chrome.type_text("Budi")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.querySelector('#new-order[open] .dialog-w').innerText.includes('Esc sekali lagi')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)
}

#[test]
fn the_bar_that_takes_back_lies_over_no_button_of_a_conversation() -> Answer<()> {
    let chrome = open("role=cs&hold=30")?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    chrome.keys(&["h"])?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    chrome.keys(&["1"])?;
    chrome.wait("document.querySelector('#undo-bar.toast')")?;
    let free = "(() => { const send = document.getElementById('talk-send'), box = send?.getBoundingClientRect();
        return box && document.querySelector('#undo-bar.toast')
            && send.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); })()";
    chrome.keys(&["Ctrl+3", "b"])?;
    chrome.wait("document.activeElement?.id == 'talk-text'")?;
    for (width, height, panes) in [(1280, 800, 2), (960, 600, 2), (640, 400, 1)] {
        chrome.resize(width, height)?;
        chrome.wait(&format!("document.querySelectorAll('#pane-list, #pane-detail').length == {panes} && {free}"))?;
    }
    // Taken back by the pointer, the focus stays where somebody writes.
    chrome.click(&chrome.find("#undo-bar button")?)?;
    chrome.wait("!document.querySelector('#undo-bar.toast') && document.activeElement?.id == 'talk-text'")?;
    Ok(())
}

#[test]
fn an_order_without_versions_says_so_where_one_would_be_attached() -> Answer<()> {
    let chrome = open("role=cs")?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    chrome.wait("document.getElementById('detail-name')?.innerText.includes('Toko Batik Larasati')")?;
    chrome.keys(&["b"])?;
    chrome.wait("document.activeElement?.id == 'talk-text'")?;
    chrome.script("document.getElementById('talk-versions').click()", &[])?;
    chrome.wait("document.querySelector('#talk-version-list [aria-disabled=true]').innerText.includes('belum punya versi')")?;
    Ok(())
}

#[test]
fn what_one_has_added_oneself_is_what_is_shown_to_the_client_next() -> Answer<()> {
    let chrome = versions("role=cs", "Putri Handayani", ".canvas-i")?;
    chrome.wait("document.getElementById('do-design-submit').innerText.includes('V1')")?;
    chrome.keys(&["u"])?;
    chrome.wait("document.querySelectorAll('.ver').length == 2")?;
    chrome.wait("!document.querySelector('.ver progress') && document.getElementById('do-design-submit').innerText.includes('V2')")?;
    chrome.wait("document.querySelector('.ver[aria-selected=true], .ver.is-on, .ver[aria-current=true]').innerText.includes('V2')")?;
    Ok(())
}
