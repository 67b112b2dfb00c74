//! Every text of the hostile catalogue in every field that a client can fill, on every screen that shows one: it is read as it was
//! written, runs nothing, turns nothing around it and stays in its place (issue 4; docs/security.md, the window).

use e2e::{browser::Chrome, webdriver::Answer};
use hostile::TEXTS;
use serde_json::json;

use crate::frame::open;

/// What the page has that no screen of ours makes, texts that steer direction outside of a place that sets them apart, and what is
/// wider than the window. `isolate` takes the steering signs out of a name, so that any that is left must stand in a `bdi`.
const BROKEN_OUT: &str = "
    const out = [], root = document.documentElement;
    const foreign = 'script:not([src]), style, iframe, object, embed, form[action], img:not([src^=\"data:image/png;base64,\"]), h1 h1, [onerror], [onclick], [onload]';
    for (const e of document.body.querySelectorAll(foreign)) out.push('made of a text: ' + e.outerHTML.slice(0, 200));
    for (const e of document.querySelectorAll('[href], [src]'))
        if (/^\\s*javascript:/i.test(e.getAttribute('href') || e.getAttribute('src'))) out.push('would run: ' + e.outerHTML.slice(0, 200));
    const left = text => {
        let open = 0;
        for (const c of text) {
            if (/[\\u202a-\\u202e]/.test(c)) return true;
            if (/[\\u2066-\\u2068]/.test(c)) open++;
            if (c == '\\u2069' && --open < 0) return true;
        }
        return open != 0;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode;
        if (left(at.data) && !at.parentElement.closest('bdi, textarea, option')) out.push('turns what is around it: ' + at.parentElement.outerHTML.slice(0, 200));
    }
    for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            if (left(e.getAttribute(name) || '')) out.push('turns what is read after it: ' + name + ' ' + e.getAttribute(name).slice(0, 200));
    for (const e of document.querySelectorAll('b')) if (e.textContent == 'bold') out.push('a text set itself strong');
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) out.push('the page scrolls');
    if (!/^[^<>{}]* · Meja$/.test(document.title) || /pwned/.test(document.title)) out.push('title: ' + document.title);
    return out;";

fn is_sound(chrome: &Chrome, place: &str) -> Answer<()> {
    assert_eq!(chrome.script(BROKEN_OUT, &[])?, json!([]), "{place}");
    assert_eq!(chrome.complaints()?, Vec::<String>::new(), "{place}");
    Ok(())
}

/// Opens a dialog by its key, looks at it and closes it.
fn dialog(chrome: &Chrome, keys: &[&str], place: &str) -> Answer<()> {
    chrome.keys(keys)?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    is_sound(chrome, place)?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')").map(drop)
}

/// Goes to a row from the one before it, and waits for this part of its details.
fn go_to(chrome: &Chrome, place: usize, part: &str) -> Answer<()> {
    chrome.keys(if place == 1 { &["j", "Home"] } else { &["j"] })?;
    let name = "document.activeElement.querySelector('.ttl').textContent == document.getElementById('detail-name')?.textContent";
    chrome
        .wait(&format!("document.activeElement.getAttribute('aria-posinset') == {place} && document.querySelector('{part}') && {name}"))
        .map(drop)
}

/// Puts a text into the field that has the focus, as typing it would.
fn fill(chrome: &Chrome, text: &str) -> Answer<()> {
    let script = "const e = document.activeElement; const of = e.tagName == 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
        Object.getOwnPropertyDescriptor(of.prototype, 'value').set.call(e, arguments[0]); e.dispatchEvent(new Event('input', { bubbles: true }));";
    chrome.script(script, &[text.into()]).map(drop)
}

/// The texts that stand as names in the details, row by row, and what each row's screens look like.
#[test]
fn every_request_is_read_as_it_was_written() -> Answer<()> {
    let chrome = open("data=hostile&hold=30")?;
    assert_eq!(chrome.title()?, format!("Antrean ({}) · Meja", TEXTS.len()));
    for (n, text) in TEXTS.iter().enumerate() {
        go_to(&chrome, n + 1, ".act-why-i")?;
        let shown = format!("document.getElementById('detail-name')?.textContent == {}", json!(text));
        chrome.wait(&shown)?;
        for part in [".facts", ".tl", "#notes-title ~ *"] {
            let there = chrome.script(
                "return [...document.querySelectorAll('#detail-body ' + arguments[0] + ', ' + arguments[0])].some(e => e.textContent.includes(arguments[1]))",
                &[part.into(), (*text).into()],
            )?;
            assert_eq!(there, json!(true), "{part} shows {text:?}");
        }
        is_sound(&chrome, text)?;
        // Every second one is held by somebody of such a name: it says whom, and opens no dialog.
        if n % 2 == 1 {
            dialog(&chrome, &["d"], text)?;
            dialog(&chrome, &["h"], text)?;
        }
    }
    Ok(())
}

#[test]
fn what_ended_and_what_is_chosen_is_read_as_it_was_written() -> Answer<()> {
    let chrome = open("data=hostile&hold=30")?;
    // What several were chosen for names them.
    chrome.keys(&["j", "Ctrl+a"])?;
    chrome.wait("document.querySelector('#batch')")?;
    is_sound(&chrome, "chosen")?;
    dialog(&chrome, &["d"], "rejecting many")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('#batch')")?;
    // The acts that end them: cancelled, by somebody of such a name, for such a reason.
    chrome.keys(&["f"])?;
    chrome.wait("document.querySelector('[role=menu]')")?;
    chrome.script("[...document.querySelectorAll('[role=menuitemradio]')].at(-1).click()", &[])?;
    chrome.wait("document.querySelector('.row .badge') && !document.querySelector('[role=menu]')")?;
    for n in 1..=TEXTS.len() {
        go_to(&chrome, n, ".facts")?;
        is_sound(&chrome, &format!("cancelled {n}"))?;
    }
    Ok(())
}

#[test]
fn every_order_is_read_as_it_was_written() -> Answer<()> {
    let chrome = open("data=hostile&hold=30")?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    for (n, text) in TEXTS.iter().enumerate() {
        go_to(&chrome, n + 1, ".act-why-i")?;
        chrome.wait(&format!("document.getElementById('detail-name')?.textContent == {}", json!(text)))?;
        let there = "return document.querySelector('#orders-detail .facts').textContent.includes(arguments[0])";
        assert_eq!(chrome.script(there, &[(*text).into()])?, json!(true), "the facts show {text:?}");
        is_sound(&chrome, text)?;
        chrome.script("document.getElementById('order-tab-trail').click()", &[])?;
        chrome.wait("document.querySelector('.tl-i')")?;
        is_sound(&chrome, text)?;
        chrome.script("document.getElementById('order-tab-design').click()", &[])?;
        chrome.wait("document.querySelector('.canvas-i, .file') && document.querySelector('.remark')")?;
        let there = "return ['.ver', '.remark'].every(part => document.querySelector(part).textContent.includes(arguments[0]))";
        assert_eq!(chrome.script(there, &[(*text).into()])?, json!(true), "the versions show {text:?}");
        is_sound(&chrome, text)?;
        chrome.script("document.getElementById('order-tab-facts').click()", &[])?;
        chrome.wait("document.querySelector('#orders-detail .facts')")?;
        // Every second one was called off, and is changed no more.
        if n % 2 == 0 {
            dialog(&chrome, &["e"], text)?;
            dialog(&chrome, &["m"], text)?;
        }
    }
    Ok(())
}

#[test]
fn every_message_is_read_as_it_was_written() -> Answer<()> {
    let chrome = open("data=hostile&hold=30")?;
    chrome.keys(&["Ctrl+3"])?;
    chrome.wait("document.activeElement?.id == 'conversations-list-0'")?;
    // The list has them by the promise of an answer, which the latest of them had first.
    for (n, text) in TEXTS.iter().rev().enumerate() {
        go_to(&chrome, n + 1, ".msg-x")?;
        chrome.wait(&format!("document.getElementById('detail-name')?.textContent == {}", json!(text)))?;
        let there = "return [...document.querySelectorAll('.msg-x')].some(e => e.innerText.replaceAll('\u{a0}', ' ') == arguments[0] || e.textContent == arguments[0])";
        assert_eq!(chrome.script(there, &[(*text).into()])?, json!(true), "the message says {text:?}");
        is_sound(&chrome, text)?;
    }
    Ok(())
}

#[test]
fn what_is_told_of_it_is_read_as_it_was_written() -> Answer<()> {
    let chrome = open("data=hostile&hold=30")?;
    // Undo bar, and Antrean kirim with each of them. An act moves the cursor on, to one that is held; the next is behind it.
    go_to(&chrome, 1, ".act-why-i")?;
    for n in (2..=TEXTS.len()).step_by(2) {
        go_to(&chrome, n, ".act-why-i")?;
        // A second verdict within a quarter of a second counts as the same stroke.
        chrome.wait(
            "document.querySelector('.act-why-i').innerText.startsWith('Bila diterima') && !(performance.now() - window.acted < 300)",
        )?;
        chrome.keys(&["a"])?;
        chrome.script("window.acted = performance.now();", &[])?;
        // From the last one it goes back.
        let moved = if n < TEXTS.len() { n + 1 } else { n - 1 };
        chrome.wait(&format!(
            "document.querySelector('#undo-bar.toast') && document.activeElement.getAttribute('aria-posinset') == {moved}"
        ))?;
        is_sound(&chrome, TEXTS[n - 1])?;
    }
    for (keys, rows) in [("Ctrl+9", TEXTS.len() / 2), ("Ctrl+7", 30)] {
        chrome.keys(&[keys])?;
        chrome.wait("!document.title.startsWith('Antrean (') && document.querySelector('[role=option]')")?;
        for n in 0..rows {
            is_sound(&chrome, &format!("{keys} {n}"))?;
            chrome.keys(&["j"])?;
        }
    }
    for keys in ["Ctrl+4", "Ctrl+6", "Ctrl+,"] {
        chrome.keys(&[keys])?;
        chrome.wait("document.querySelector('#notices-list, #chart-line, .setnav')")?;
        is_sound(&chrome, keys)?;
    }
    Ok(())
}

#[test]
fn what_is_typed_is_a_text_wherever_it_is_typed() -> Answer<()> {
    let chrome = open("data=hostile")?;
    for text in TEXTS.iter().filter(|text| !text.trim().is_empty()) {
        chrome.keys(&["/"])?;
        chrome.wait("document.activeElement.id == 'inbox-search'")?;
        fill(&chrome, text)?;
        is_sound(&chrome, text)?;
        chrome.keys(&["Escape", "Ctrl+k"])?;
        chrome.wait("document.activeElement.id == 'palette-text'")?;
        fill(&chrome, text)?;
        is_sound(&chrome, text)?;
        chrome.keys(&["Escape"])?;
        chrome.wait("!document.querySelector('dialog[open]')")?;
    }
    for (key, field) in [("i", "TEXTAREA"), ("t", "INPUT"), ("n", "INPUT")] {
        chrome.wait("document.querySelector('[role=option]')")?;
        chrome.keys(&["j", "j", key])?;
        chrome.wait(&format!("document.activeElement.tagName == '{field}'"))?;
        for text in TEXTS {
            fill(&chrome, text)?;
            is_sound(&chrome, &format!("{key} {text}"))?;
        }
        chrome.keys(&["Escape"])?;
    }
    Ok(())
}
