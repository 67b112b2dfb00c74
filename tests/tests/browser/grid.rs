//! The data table by its keys alone, with more rows than are drawn.

use e2e::{browser::Chrome, webdriver::Answer};

const TABLE: &str = "gallery-table";

/// The focus is on the cell of this row (or `head`) and column, and the cell is in sight, not under the headers.
fn on(chrome: &Chrome, row: &str, column: u32) -> Answer<()> {
    let id = format!("{TABLE}-{row}-{column}");
    let seen = format!(
        "(e => {{
           const box = e.getBoundingClientRect(), around = document.getElementById('{TABLE}').getBoundingClientRect();
           const head = e.closest('[aria-rowindex=\"1\"]') ? 0 : 30;
           return e.id == '{id}' && box.top >= around.top + head - 1 && box.bottom <= around.bottom + 1;
         }})(document.activeElement)"
    );
    chrome.wait(&seen).map(drop).map_err(|mut failure| {
        failure.message = format!("{id}: {}", failure.message);
        failure
    })
}

fn count(chrome: &Chrome, what: &str) -> Answer<u64> {
    Ok(chrome.script("return document.querySelectorAll(arguments[0]).length", &[format!("#{TABLE} {what}").into()])?.as_u64().unwrap_or(0))
}

fn open() -> Answer<Chrome> {
    let chrome = Chrome::open("page=gallery")?;
    chrome.script("document.getElementById('gallery-table').scrollIntoView()", &[])?;
    Ok(chrome)
}

/// Into the table, as Tab comes to it.
fn enter(chrome: &Chrome) -> Answer<()> {
    chrome.reach("document.querySelector('#gallery-table [tabindex=\"0\"]')")?;
    on(chrome, "0", 0)
}

#[test]
fn arrows_move_from_cell_to_cell_and_pages_by_what_is_seen() -> Answer<()> {
    let chrome = open()?;
    assert_eq!(count(&chrome, "[tabindex='0']")?, 1, "one stop for Tab");
    enter(&chrome)?;
    chrome.keys(&["ArrowDown", "ArrowRight"])?;
    on(&chrome, "1", 1)?;
    chrome.keys(&["End"])?;
    on(&chrome, "1", 4)?;
    chrome.keys(&["Home", "ArrowUp"])?;
    on(&chrome, "0", 0)?;
    chrome.keys(&["ArrowUp"])?;
    on(&chrome, "head", 0)?;
    chrome.keys(&["ArrowDown", "PageDown"])?;
    // 320 pixels less the headers hold seven rows of 40.
    on(&chrome, "7", 0)?;
    chrome.keys(&["Ctrl+End"])?;
    on(&chrome, "4999", 4)?;
    assert_eq!(count(&chrome, "[tabindex='0']")?, 1, "and no second one for having moved");
    assert!(count(&chrome, "[role=row]")? < 40, "of 5,000 rows only those in sight are drawn");
    chrome.keys(&["PageUp", "ArrowLeft"])?;
    on(&chrome, "4992", 3)?;
    chrome.keys(&["Ctrl+Home"])?;
    on(&chrome, "0", 0)?;
    // Out of it by one key, whatever it holds.
    chrome.keys(&["Tab"])?;
    chrome.wait(&format!("!document.getElementById('{TABLE}').contains(document.activeElement)"))?;
    Ok(())
}

#[test]
fn the_row_that_has_the_focus_is_drawn_wherever_one_scrolls() -> Answer<()> {
    let chrome = open()?;
    enter(&chrome)?;
    chrome.script(&format!("document.getElementById('{TABLE}').scrollTop = 100000"), &[])?;
    chrome.wait(&format!("document.getElementById('{TABLE}-2499-0')"))?;
    assert_eq!(chrome.focused()?, format!("{TABLE}-0-0"), "the focus stays where it was");
    chrome.keys(&["ArrowDown"])?;
    on(&chrome, "1", 0)
}

#[test]
fn enter_opens_and_control_enter_acts_and_headers_sort() -> Answer<()> {
    let chrome = open()?;
    enter(&chrome)?;
    let said = "document.querySelector('[role=status][data-times]').innerText";
    chrome.keys(&["Enter"])?;
    chrome.wait(&format!("{said}.startsWith('Masuk ke rincian ')"))?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait(&format!("{said}.startsWith('Terima ')"))?;
    let sorts = "[...document.querySelectorAll('#gallery-table [role=columnheader]')].map(h => h.getAttribute('aria-sort')).join()";
    chrome.wait(&format!("{sorts} == 'ascending,none,,none,'"))?;
    let amounts = "[...document.querySelectorAll('#gallery-table .num')].slice(0, 5).map(c => Number(c.innerText.replace(/\\D/g, '')))";
    // The amounts, from the headers: up, and down by the same key.
    chrome.keys(&["ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"])?;
    on(&chrome, "head", 3)?;
    chrome.wait(&format!("{sorts} == 'none,none,,ascending,' && (a => a[0] == 0 && a.every((n, i) => !i || n >= a[i - 1]))({amounts})"))?;
    chrome.keys(&[" "])?;
    chrome.wait(&format!(
        "{sorts} == 'none,none,,descending,' && (a => a[0] > 2000000 && a.every((n, i) => !i || n <= a[i - 1]))({amounts})"
    ))?;
    // A column that is not for sorting leaves the order as it is.
    chrome.keys(&["ArrowLeft", "Enter"])?;
    on(&chrome, "head", 2)?;
    chrome.wait(&format!("{sorts} == 'none,none,,descending,'"))?;
    Ok(())
}

#[test]
fn a_table_says_how_large_it_is_and_where_each_cell_stands() -> Answer<()> {
    let chrome = open()?;
    let says = "(t => [t.getAttribute('aria-rowcount'), t.getAttribute('aria-colcount'), ...['aria-rowindex', 'aria-colindex'].map(a => t.querySelector('#gallery-table-3-2').closest('[' + a + ']').getAttribute(a)), t.querySelector('#gallery-table-3-0').role].join())(document.getElementById('gallery-table'))";
    chrome.wait(&format!("{says} == '5001,5,5,3,rowheader'"))?;
    // Without rows its headers are there, and the one stop for Tab.
    chrome.wait("document.querySelectorAll('#gallery-table-empty [tabindex=\"0\"]').length == 1")?;
    assert_eq!(chrome.script("return document.querySelector('#gallery-table-empty [tabindex=\"0\"]').role", &[])?, "columnheader");
    Ok(())
}
