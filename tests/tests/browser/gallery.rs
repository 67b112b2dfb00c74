//! The gallery: every component in every state, judged in every dress as the screens are, and kept as a picture of its whole length.

use std::{collections::BTreeSet, fs};

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{
    dress::{EVERY, HARDER},
    looks::{Look, judge_all, look},
};

const GALLERY: &str = "page=gallery";
/// The page.
const PAGE: &[Look] = &[look("gallery", GALLERY, &[], "#section-toast")];
/// What each of its buttons opens.
const ABOVE: &[Look] = &[
    look("gallery-confirm", GALLERY, &["^a[href='#section-confirm']", "^#gallery-confirm-open"], "#sample-confirm[open]"),
    look("gallery-dialog", GALLERY, &["^a[href='#section-dialog']", "^#gallery-dialog-open"], "#sample-dialog[open]"),
    look("gallery-menu", GALLERY, &["^a[href='#section-menu']", "^#gallery-menu-open"], "#sample-menu"),
    look("gallery-question", GALLERY, &["^a[href='#section-money']", "^#gallery-question-open", "2", "5"], "#sample-question[open]"),
    look("gallery-month", GALLERY, &["^a[href='#section-calendar']", "^.day-in:has(#gallery-day) button"], ".month"),
    look("gallery-toast", GALLERY, &["^a[href='#section-toast']", "^#gallery-toast-open"], "#undo-bar.toast"),
];
/// How long the whole page is.
const LENGTH: &str = "
    const scroll = document.getElementById('gallery-scroll');
    return innerHeight + scroll.scrollHeight - scroll.clientHeight;";

#[test]
fn the_gallery_in_every_dress() -> Answer<()> {
    judge_all(PAGE, &[EVERY, HARDER].concat())
}

#[test]
fn what_lies_above_the_gallery() -> Answer<()> {
    judge_all(ABOVE, EVERY)
}

/// The components' folders, by name.
fn components() -> BTreeSet<String> {
    let entries = fs::read_dir(e2e::root().join("ui/src/components")).into_iter().flatten().flatten();
    entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_component_has_its_section_in_the_gallery() -> Answer<()> {
    let chrome = Chrome::open(GALLERY)?;
    let shown = chrome.script(
        "return [...document.querySelectorAll('section > h2')].filter(h => h.parentElement.querySelector('dd > *')).map(h => h.innerText)",
        &[],
    )?;
    let shown: BTreeSet<String> = shown.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    assert_eq!(shown, components(), "each component of ui/src/components/ has a section that shows something");
    let twice = chrome.script(
        "const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, n) => ids.indexOf(id) != n)",
        &[],
    )?;
    assert_eq!(twice, serde_json::json!([]), "an id that stands twice would lead to the wrong component");
    Ok(())
}

#[test]
fn the_whole_gallery_is_kept_as_pictures() -> Answer<()> {
    let chrome = Chrome::open(GALLERY)?;
    for dress in [EVERY, HARDER].concat().iter().filter(|dress| dress.judged && dress.name != "zoomed") {
        chrome.resize(1280, 800)?;
        chrome.visit(&format!("{GALLERY}&{}&motion=reduced", dress.situation))?;
        chrome.wait("document.getElementById('section-toast')")?;
        let length = chrome.script(LENGTH, &[])?.as_u64().and_then(|length| u32::try_from(length).ok()).unwrap_or(800);
        assert!(length > 2_000, "the whole of it is more than a window shows: {length}");
        chrome.resize(1280, length)?;
        chrome.stands_still()?;
        chrome.picture(&format!("gallery-whole-{}", dress.name))?;
    }
    Ok(())
}

/// Puts the caret of a field behind so many of its characters.
fn put_caret(chrome: &Chrome, id: &str, at: u32) -> Answer<()> {
    chrome
        .script(
            "const e = document.getElementById(arguments[0]); e.focus(); e.setSelectionRange(arguments[1], arguments[1])",
            &[id.into(), at.into()],
        )
        .map(drop)
}

/// A field says this, and its caret is behind so many characters.
fn stands(chrome: &Chrome, id: &str, text: &str, caret: u32) -> Answer<()> {
    chrome
        .wait(&format!(
            "(e => e.value == {text:?} && e.selectionStart == {caret} && e.selectionEnd == {caret})(document.getElementById({id:?}))"
        ))
        .map(drop)
}

/// What a field is described by, as a listener hears it.
fn described(chrome: &Chrome, id: &str, text: &str) -> Answer<()> {
    chrome
        .wait(&format!("document.getElementById(document.getElementById({id:?}).getAttribute('aria-describedby'))?.innerText == {text:?}"))
        .map(drop)
}

#[test]
fn an_amount_is_grouped_as_it_is_typed_and_the_caret_stays() -> Answer<()> {
    let chrome = Chrome::open(GALLERY)?;
    let field = "gallery-money";
    put_caret(&chrome, field, 0)?;
    described(&chrome, field, "Boleh kosong")?;
    chrome.type_text("157500")?;
    stands(&chrome, field, "157.500", 7)?;
    described(&chrome, field, "seratus lima puluh tujuh ribu lima ratus rupiah")?;
    // A digit in the middle makes a new group, and the next one follows it.
    put_caret(&chrome, field, 1)?;
    chrome.type_text("99")?;
    stands(&chrome, field, "19.957.500", 4)?;
    chrome.keys(&["Backspace", "Backspace"])?;
    stands(&chrome, field, "157.500", 1)?;
    // Both keys pass over a dot: it is no character of anybody's.
    put_caret(&chrome, field, 4)?;
    chrome.keys(&["Backspace", "Backspace"])?;
    stands(&chrome, field, "15.500", 2)?;
    chrome.keys(&["Delete"])?;
    stands(&chrome, field, "1.500", 3)?;
    // A fraction is left as it is typed and said to be none; without it the field is right again.
    chrome.keys(&["End", ",", "5"])?;
    stands(&chrome, field, "1.500,5", 7)?;
    described(&chrome, field, "Tulis rupiah utuh, misalnya 157.500.")?;
    assert_eq!(chrome.script("return document.getElementById('gallery-money').getAttribute('aria-invalid')", &[])?, "true");
    chrome.keys(&["Backspace", "0", "0"])?;
    stands(&chrome, field, "1.500,00", 8)?;
    described(&chrome, field, "seribu lima ratus rupiah")?;
    chrome.keys(&["Tab"])?;
    chrome.wait("document.getElementById('gallery-money').value == '1.500'")?;
    Ok(())
}

/// Pastes a text in place of what stands in a field.
fn paste(chrome: &Chrome, id: &str, text: &str) -> Answer<()> {
    chrome
        .script(
            "const e = document.getElementById(arguments[0]); e.focus(); e.select(); document.execCommand('insertText', false, arguments[1])",
            &[id.into(), text.into()],
        )
        .map(drop)
}

#[test]
fn an_amount_is_pasted_in_any_form_that_is_whole() -> Answer<()> {
    let chrome = Chrome::open(&format!("{GALLERY}&lang=en"))?;
    let field = "gallery-money";
    for text in ["157.500", "157500", "Rp 157.500,00", "Rp\u{a0}157.500"] {
        paste(&chrome, field, text)?;
        stands(&chrome, field, "157.500", 7)?;
        described(&chrome, field, "one hundred fifty-seven thousand five hundred rupiah")?;
        paste(&chrome, field, "9")?;
    }
    for text in ["157.50", "157,500", "1,575,000.00", "-5"] {
        paste(&chrome, field, text)?;
        chrome.wait(&format!("document.getElementById({field:?}).value == {text:?}"))?;
        described(&chrome, field, "Write whole rupiah, such as 157.500.")?;
    }
    Ok(())
}

#[test]
fn money_goes_out_only_by_its_own_amount_and_never_by_enter() -> Answer<()> {
    let chrome = Chrome::open(GALLERY)?;
    chrome.script("document.getElementById('gallery-question-open').click()", &[])?;
    chrome.wait("document.activeElement?.id == 'sample-question-amount' && document.activeElement.value == ''")?;
    let agreed = |n: u32| format!("document.getElementById('gallery-question-agreed').innerText == '{n}'");
    let button = "[...document.querySelectorAll('#sample-question button')].find(b => b.innerText.includes('2.500.000'))";
    chrome.wait(&format!("{button}.getAttribute('aria-disabled') == 'true'"))?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#sample-question-amount-hint.err')?.innerText.includes('berbeda')")?;
    chrome.type_text("250000")?;
    chrome.wait("document.getElementById('sample-question-amount').value == '250.000'")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelector('#sample-question-amount-hint.err')?.innerText.includes('berbeda')")?;
    chrome.script(&format!("{button}.click()"), &[])?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.type_text("0")?;
    chrome.wait("document.querySelector('.money-ok')?.innerText.includes('Jumlah cocok')")?;
    described(&chrome, "sample-question-amount", "dua juta lima ratus ribu rupiah")?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&format!("{button}.getAttribute('aria-disabled') != 'true' && {}", agreed(0)))?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait(&format!("!document.querySelector('dialog') && {}", agreed(1)))?;
    // Whoever asks again begins with an empty field.
    chrome.script("document.getElementById('gallery-question-open').click()", &[])?;
    chrome.wait("document.activeElement?.id == 'sample-question-amount' && document.activeElement.value == ''")?;
    chrome.keys(&["Escape"])?;
    chrome.wait(&format!("!document.querySelector('dialog') && {}", agreed(1))).map(drop)
}
