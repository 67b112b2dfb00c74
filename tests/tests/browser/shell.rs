//! The seam to the real desk: the window inside a shell, under the shell's policy. The shell is played by a script that is in
//! the page before the page's own, as Tauri's is.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::{Value, json};

use crate::frame::section;

/// A window inside the shell.
fn inside() -> Answer<Chrome> {
    let chrome = Chrome::start()?;
    chrome.protocol("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": include_str!("fake_shell.js") }))?;
    chrome.resize(1280, 800)?;
    chrome.visit("")?;
    chrome.wait_text("Rani Kusumawardani")?;
    Ok(chrome)
}

/// What the shell was asked by this command, first to last.
fn asked(chrome: &Chrome, command: &str) -> Answer<Vec<Value>> {
    let all =
        chrome.script("return __TAURI_INTERNALS__.asked.filter(a => a.command == arguments[0]).map(a => a.args)", &[json!(command)])?;
    Ok(all.as_array().cloned().unwrap_or_default())
}

#[test]
fn the_window_boots_on_what_the_shell_answers() -> Answer<()> {
    let chrome = inside()?;
    chrome.wait_text("data per 10:42:07")?;
    assert_eq!(chrome.title()?, "Antrean (1) · Meja");
    assert_eq!(asked(&chrome, "start")?, [json!({ "query": {} })], "every question goes under the one name that the shell knows");
    let listening = asked(&chrome, "plugin:event|listen")?;
    assert_eq!(listening.len(), 1);
    assert_eq!((&listening[0]["event"], &listening[0]["target"]), (&json!("meja"), &json!({ "kind": "Any" })));
    assert_eq!(chrome.complaints()?, Vec::<String>::new(), "nothing is against the policy");
    Ok(())
}

#[test]
fn an_event_of_the_desk_is_heard() -> Answer<()> {
    let chrome = inside()?;
    let tell = "const s = __TAURI_INTERNALS__; s.tell({ event: 'status', status: { ...s.status, connection: 'offline', queued: 3 } })";
    chrome.script(tell, &[])?;
    chrome.wait_text("Luring")?;
    chrome.wait_text("3 antre")?;
    // What only a newer desk says is passed over, and the next event is heard again.
    chrome.script("__TAURI_INTERNALS__.tell({ event: 'tomorrow', what: 1 })", &[])?;
    chrome.script("__TAURI_INTERNALS__.tell({ event: 'go', place: 'outbox' })", &[])?;
    chrome.wait("document.title == 'Antrean kirim · Meja'")?;
    Ok(())
}

#[test]
fn a_command_goes_out_with_its_arguments_and_can_be_taken_back() -> Answer<()> {
    let chrome = inside()?;
    chrome.keys(&["a"])?;
    chrome.wait_text("Rani Kusumawardani diterima · dikirim 8 dtk lagi")?;
    let submitted = asked(&chrome, "submit")?;
    let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
    assert_eq!(submitted.len(), 1);
    assert_eq!(submitted[0]["query"]["act"], "consultation.accept");
    assert_eq!(submitted[0]["query"]["args"]["id"], id);
    assert_eq!(submitted[0]["query"]["seen"], json!([{ "kind": "consultation", "id": id }]));
    Ok(())
}

#[test]
fn a_picture_that_was_out_of_reach_comes_when_the_line_is_back() -> Answer<()> {
    let chrome = inside()?;
    let record = json!({ "kind": "conversation", "id": "019abf6b-9d3c-7c11-8a52-0123456789ab" });
    chrome.script("__TAURI_INTERNALS__.tell({ event: 'open', record: arguments[0] })", &[record])?;
    chrome.wait("document.querySelector('.msg-f .thumb')?.innerText == 'PNG'")?;
    let line = "const s = __TAURI_INTERNALS__; s.tell({ event: 'status', status: { ...s.status, connection: arguments[0] } })";
    chrome.script(line, &[json!("offline")])?;
    chrome.wait_text("Luring")?;
    chrome.script("__TAURI_INTERNALS__.picture = 'aGFsbw=='", &[])?;
    chrome.script(line, &[json!("online")])?;
    chrome.wait("document.querySelector('.msg-f .thumb img')?.src == 'data:image/png;base64,aGFsbw=='").map(drop)
}

/// The request of the shell is opened by a notification, while its list takes its time.
fn opened_while_the_list_takes_its_time() -> Answer<Chrome> {
    let chrome = inside()?;
    chrome.script("document.activeElement.blur(); __TAURI_INTERNALS__.slow = true", &[])?;
    let record = json!({ "kind": "consultation", "id": "019abf6b-9d3c-7c11-8a52-0123456789ab" });
    chrome.script("__TAURI_INTERNALS__.tell({ event: 'open', record: arguments[0] })", &[record])?;
    chrome.wait("__TAURI_INTERNALS__.answerInbox")?;
    Ok(chrome)
}
/// The list is read at last; a client that came with it says so.
fn let_the_list_come(chrome: &Chrome) -> Answer<()> {
    chrome.script("const s = __TAURI_INTERNALS__; s.arrived.push('Budi'); s.slow = false; s.answerInbox()", &[])?;
    chrome.wait_text("Budi")
}

#[test]
fn what_a_notification_opens_takes_the_focus_once_its_list_is_there() -> Answer<()> {
    let chrome = opened_while_the_list_takes_its_time()?;
    let_the_list_come(&chrome)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(())
}

#[test]
fn whoever_writes_meanwhile_keeps_the_focus_where_they_write() -> Answer<()> {
    let chrome = opened_while_the_list_takes_its_time()?;
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'inbox-search'")?;
    let_the_list_come(&chrome)?;
    chrome.stands_still()?;
    assert_eq!(chrome.focused()?, "inbox-search", "the list does not take it out of the field");
    Ok(())
}

#[test]
fn whoever_went_elsewhere_meanwhile_stays_there() -> Answer<()> {
    let chrome = opened_while_the_list_takes_its_time()?;
    // As assistive technology does it, without a key and without a press.
    chrome.reach("document.querySelector('#pane-side a')")?;
    let_the_list_come(&chrome)?;
    chrome.stands_still()?;
    let stays = chrome.script("return document.activeElement.closest('#pane-side') != null", &[])?;
    assert_eq!(stays, true);
    Ok(())
}

#[test]
fn what_came_waits_behind_a_pill_until_it_is_let_in() -> Answer<()> {
    let chrome = inside()?;
    chrome.script(
        "const s = __TAURI_INTERNALS__; s.arrived.push('Budi', 'Citra'); s.tell({ event: 'changed', records: [], version: 9 })",
        &[],
    )?;
    chrome.wait_text("2 baru")?;
    assert_eq!(chrome.find_all("[role=option]")?.len(), 1, "nothing moves under the cursor");
    chrome.keys(&["."])?;
    chrome.wait_text("Citra")?;
    chrome.wait("!document.querySelector('.pill')")?;
    assert_eq!(chrome.find_all("[role=option]")?.len(), 3);
    Ok(())
}

#[test]
fn what_the_desk_cannot_do_is_said_in_words_and_what_the_shell_forbids_too() -> Answer<()> {
    let chrome = inside()?;
    // The desk's own error: a record that cannot be read.
    chrome.script(
        "__TAURI_INTERNALS__.tell({ event: 'open', record: { kind: 'consultation', id: '019abf6b-9d3c-7c11-8a52-0000000000ff' } })",
        &[],
    )?;
    chrome.wait_text("Permintaan tidak bisa dibuka")?;
    chrome.wait_text("Periksa ruang kosong")?;
    // A rejection that is no error of the desk: a command without its permission.
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait_text("Antrean kirim tidak bisa dibuka")?;
    chrome.wait_text("Ada yang gagal di Meja")?;
    Ok(())
}

/// The shell tells that the desk was locked.
const LOCKED: &str = "const s = __TAURI_INTERNALS__; \
    s.tell({ event: 'session', session: { state: 'locked', session: s.session, since: s.status.now } })";

#[test]
fn ending_the_program_with_something_unsent_asks_once_wherever_one_is() -> Answer<()> {
    let chrome = inside()?;
    let ask = "__TAURI_INTERNALS__.tell({ event: 'ask_quit', unsent: 3 })";
    chrome.script(ask, &[])?;
    chrome.wait_text("Keluar dari Meja, 3 belum terkirim")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog')")?;
    assert_eq!(asked(&chrome, "quit")?, [json!({ "query": { "quit": false } })]);
    chrome.script(LOCKED, &[])?;
    chrome.wait("document.querySelector('.lock')")?;
    chrome.script(ask, &[])?;
    chrome.press("button", "Keluar dari Meja")?;
    chrome.wait("!document.querySelector('dialog')")?;
    assert_eq!(asked(&chrome, "quit")?.last(), Some(&json!({ "query": { "quit": true } })));
    Ok(())
}

#[test]
fn the_palette_drops_an_answer_to_what_was_typed_before() -> Answer<()> {
    let chrome = inside()?;
    chrome.keys(&["Ctrl+k"])?;
    chrome.wait("document.activeElement.id == 'palette-text'")?;
    for text in ["@bu", "di"] {
        chrome.type_text(text)?;
        let wanted = if text == "di" { "budi" } else { "bu" };
        chrome.wait(&format!("__TAURI_INTERNALS__.waiting.{wanted}"))?;
    }
    chrome.wait_text("Mencari…")?;
    chrome.script("__TAURI_INTERNALS__.waiting.budi('Budi Baru')", &[])?;
    chrome.wait("document.querySelector('.pal-o')?.innerText.includes('Budi Baru')")?;
    chrome.script("__TAURI_INTERNALS__.waiting.bu('Budi Usang')", &[])?;
    // What is told after the late answer is heard after it.
    chrome.script("const s = __TAURI_INTERNALS__; s.tell({ event: 'status', status: { ...s.status, queued: 3 } })", &[])?;
    chrome.wait_text("3 antre")?;
    let shown = chrome.script("return document.querySelector('.pal-l').innerText", &[])?.to_string();
    assert!(shown.contains("Budi Baru") && !shown.contains("Budi Usang"), "{shown}");
    Ok(())
}

#[test]
fn the_desk_hears_that_somebody_is_here_where_it_may_lock_itself() -> Answer<()> {
    let chrome = inside()?;
    chrome.keys(&["j"])?;
    assert_eq!(asked(&chrome, "present")?, Vec::<Value>::new(), "it never locks");
    let tell = "const s = __TAURI_INTERNALS__; s.tell({ event: 'preferences', preferences: { ...s.preferences, lock_after: 1 } })";
    chrome.script(tell, &[])?;
    section(&chrome, "Perangkat & kunci")?;
    chrome.wait("document.getElementById('set-lock-after')?.value == '1'")?;
    chrome.keys(&["Ctrl+1"])?;
    chrome.wait("__TAURI_INTERNALS__.asked.some(a => a.command == 'present')")?;
    assert_eq!(asked(&chrome, "present")?.first(), Some(&json!({ "query": {} })));
    Ok(())
}
