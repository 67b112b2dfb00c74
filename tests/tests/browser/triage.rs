//! Antrean as it is worked through: by the design's keys, from the list, with what is undone, put off, handed over and refused.

use e2e::{browser::Chrome, webdriver::Answer};

/// Antrean with the cursor on Rani.
fn at_rani(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&{situation}"))?;
    chrome.wait_text("Rani Kusumawardani")?;
    let row = chrome.wait("[...document.querySelectorAll('[role=option]')].find(r => r.innerText.includes('Rani')).id")?;
    chrome.click(&chrome.find(&format!("#{}", row.as_str().unwrap_or_default()))?)?;
    wait_open(&chrome, "Rani Kusumawardani")?;
    Ok(chrome)
}

/// Waits until the detail is that of this client, with what can be done about it.
fn wait_open(chrome: &Chrome, name: &str) -> Answer<()> {
    let name = serde_json::json!(name);
    chrome.wait(&format!("document.getElementById('detail-name').innerText == {name} && document.querySelector('.act-why-i')")).map(drop)
}

/// Waits until the status bar tells this.
fn wait_told(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.wait(&format!("document.querySelector('.status-told')?.innerText == '{text}'")).map(drop)
}

/// Waits until the row of this client says this.
fn wait_row(chrome: &Chrome, name: &str, text: &str) -> Answer<()> {
    let (name, text) = (serde_json::json!(name), serde_json::json!(text));
    chrome
        .wait(&format!(
            "[...document.querySelectorAll('[role=option]')].some(r => r.innerText.includes({name}) && r.innerText.includes({text}))"
        ))
        .map(drop)
}

#[test]
fn accepting_goes_on_to_the_next_row_and_is_acknowledged_in_the_end() -> Answer<()> {
    let chrome = at_rani("hold=0")?;
    chrome.keys(&["a"])?;
    wait_open(&chrome, "M. Yusuf Al-Farizi")?;
    // Without a hold it is sent at once; the acknowledged row leaves with the next look at the list.
    chrome.wait("document.title == 'Antrean (11) · Meja'")?;
    Ok(())
}

#[test]
fn what_is_held_counts_down_and_control_z_takes_it_back() -> Answer<()> {
    let chrome = at_rani("hold=30")?;
    chrome.keys(&["a"])?;
    chrome.wait_text("Rani Kusumawardani diterima · dikirim 30 dtk lagi")?;
    wait_row(&chrome, "Rani Kusumawardani", "Diterima")?;
    chrome.wait("document.querySelector('.badge.is-ours')")?;
    // The seconds go down by themselves.
    chrome.wait_text("dikirim 29 dtk lagi")?;
    chrome.keys(&["Ctrl+z"])?;
    wait_open(&chrome, "Rani Kusumawardani")?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    chrome.wait("!document.querySelector('.badge.is-ours') && !document.querySelector('#undo-bar.toast')")?;
    // Nothing else on the screen says so.
    wait_told(&chrome, "Terima diurungkan")?;
    chrome.keys(&["Ctrl+Shift+z"])?;
    chrome.wait_text("Rani Kusumawardani diterima · dikirim")?;
    wait_row(&chrome, "Rani Kusumawardani", "Diterima")?;
    chrome.wait("!document.querySelector('.status-told')")?;
    // What was given again is taken back as anything else is; and once alone there is something to give again.
    chrome.keys(&["Ctrl+z"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    chrome.keys(&["Ctrl+Shift+z"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Diterima")?;
    chrome.keys(&["Ctrl+Shift+z"])?;
    wait_told(&chrome, "Tidak ada yang bisa diulangi.")
}

#[test]
fn what_is_done_since_is_not_given_again_and_another_act_ends_it() -> Answer<()> {
    let chrome = at_rani("hold=30")?;
    chrome.keys(&["a"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Diterima")?;
    chrome.keys(&["Ctrl+z"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    wait_open(&chrome, "Rani Kusumawardani")?;
    chrome.keys(&["c"])?;
    chrome.wait_text("Rani Kusumawardani Anda pegang")?;
    chrome.keys(&["Ctrl+Shift+z"])?;
    wait_told(&chrome, "Tidak ada yang bisa diulangi.")?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")
}

#[test]
fn what_is_put_off_has_its_mark_while_it_is_held() -> Answer<()> {
    let chrome = at_rani("hold=30")?;
    chrome.keys(&["h"])?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    chrome.keys(&["1"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    wait_row(&chrome, "Rani Kusumawardani", "Ditahan sebentar")
}

#[test]
fn the_space_bar_looks_through_what_is_open_without_leaving_the_list() -> Answer<()> {
    let chrome = at_rani("")?;
    chrome.resize(1280, 500)?;
    let top = "document.querySelector('#pane-detail .scroll').scrollTop";
    let row = chrome.script("return document.activeElement.id", &[])?;
    chrome.keys(&[" "])?;
    chrome.wait(&format!("{top} > 0"))?;
    let scrolls = "(it => it.scrollHeight - it.clientHeight)(document.querySelector('#pane-detail .scroll'))";
    let pages = chrome.script(&format!("return Math.ceil({scrolls} / 100)"), &[])?.as_u64().unwrap_or_default();
    for _ in 0..pages {
        if chrome.script(&format!("return {top} >= {scrolls} - 1"), &[])? == true {
            break;
        }
        chrome.keys(&[" "])?;
    }
    chrome.wait(&format!("{top} >= {scrolls} - 1"))?;
    chrome.keys(&[" "])?;
    chrome.wait(&format!("{top} == 0"))?;
    assert_eq!(chrome.script("return document.activeElement.id", &[])?, row);
    // Where one pane alone has room it is looked into by going there, and Escape leads back.
    chrome.resize(640, 500)?;
    chrome.wait("!document.querySelector('#pane-list') || !document.querySelector('#pane-detail')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&[" "])?;
    chrome.wait("document.activeElement.id == 'inbox-detail'").map(drop)
}

#[test]
fn what_takes_long_is_said_in_words_and_the_pane_has_the_focus() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&trouble=loading")?;
    chrome.wait("document.activeElement.id == 'pane-list'")?;
    chrome.wait("document.querySelector('#pane-list .skeleton-t')?.innerText == 'Memuat…'").map(drop)
}

#[test]
fn a_rejection_wants_a_reason_which_the_client_reads_and_a_draft_is_kept() -> Answer<()> {
    let chrome = at_rani("hold=30")?;
    chrome.keys(&["d"])?;
    chrome.by_role("dialog", "Tolak permintaan Rani Kusumawardani")?;
    // Without a reason nothing is sent.
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Alasan wajib diisi, paling sedikit 3 huruf.")?;
    chrome.keys(&["Alt+4"])?;
    chrome.wait_text("Konsultasi gratis berlaku sekali sebulan.")?;
    // Escape keeps what was chosen.
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.keys(&["d"])?;
    chrome.wait("document.querySelector('dialog[open] textarea').value.startsWith('Konsultasi gratis berlaku')")?;
    chrome.keys(&["Alt+5"])?;
    chrome.wait("document.activeElement.tagName == 'TEXTAREA'")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("Minggu depan, ya.")?;
    chrome.wait("document.querySelector('.msg-prev').innerText.includes('Minggu depan, ya.')")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Rani Kusumawardani ditolak · dikirim 30 dtk lagi")?;
    wait_row(&chrome, "Rani Kusumawardani", "Ditolak")?;
    Ok(())
}

#[test]
fn a_reason_that_was_begun_before_the_program_ended_is_there_again() -> Answer<()> {
    let chrome = at_rani("hold=30&draft=Minggu depan, ya.")?;
    chrome.keys(&["d"])?;
    chrome.wait("document.querySelector('dialog[open] textarea').value == 'Minggu depan, ya.'")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Ditolak")?;
    // What was sent is no draft any more: behind the lock, too, where the window asks again.
    chrome.keys(&["Ctrl+z"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    Ok(())
}

#[test]
fn where_there_is_one_pane_the_undo_bar_lies_over_no_row_and_the_open_one_stays_in_sight() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&hold=30")?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.resize(640, 400)?;
    chrome.wait("document.getElementById('inbox-list').clientHeight < 300")?;
    for _ in 0..3 {
        let name = chrome.script("return document.activeElement.id", &[])?;
        chrome.keys(&["j"])?;
        chrome.wait(&format!("document.activeElement.id != {name}"))?;
    }
    chrome.keys(&["a"])?;
    chrome.wait("document.querySelector('#undo-bar.toast')")?;
    chrome.wait(
        "(bar => document.getElementById('inbox-list').getBoundingClientRect().bottom <= bar.top)
            (document.getElementById('undo-bar').getBoundingClientRect())",
    )?;
    chrome.wait(
        "((row, list) => row.top >= list.top && row.bottom <= list.bottom + 1)(
            document.querySelector('[role=option][aria-current]').getBoundingClientRect(),
            document.getElementById('inbox-list').getBoundingClientRect())",
    )?;
    Ok(())
}

#[test]
fn claiming_shows_ones_own_lease_and_the_same_key_lets_go() -> Answer<()> {
    let chrome = at_rani("hold=0")?;
    chrome.keys(&["c"])?;
    chrome.wait_text("Dewi Anggraini, sampai 10:57 WIB")?;
    chrome.wait("document.getElementById('claim').innerText.includes('Lepas')")?;
    chrome.keys(&["c"])?;
    chrome.wait("document.getElementById('claim').innerText.includes('Pegang')")?;
    Ok(())
}

#[test]
fn what_a_colleague_holds_says_who_and_until_when_and_cannot_be_decided() -> Answer<()> {
    let chrome = at_rani("")?;
    chrome.keys(&["j", "j", "j", "j"])?;
    wait_open(&chrome, "Toko Batik Larasati")?;
    chrome.wait_text("Hendra Wijaya, sampai hari ini, 10:54 WIB.")?;
    let accept = chrome.by_role("button", "Terima")?;
    let disabled = chrome.script("return arguments[0].getAttribute('aria-disabled')", &[accept.as_arg()])?;
    assert_eq!(disabled, "true", "it can be reached, and says why it cannot be pressed");
    chrome.keys(&["a"])?;
    chrome.wait("document.querySelector('[role=status][data-times]').innerText.includes('Sedang dipegang orang lain')")?;
    wait_row(&chrome, "Toko Batik Larasati", "Menunggu")?;
    Ok(())
}

#[test]
fn snoozing_by_figure_takes_it_out_of_the_list_and_into_its_own() -> Answer<()> {
    let chrome = at_rani("hold=0")?;
    chrome.keys(&["h"])?;
    chrome.by_role("dialog", "Tunda permintaan Rani Kusumawardani")?;
    chrome.keys(&["3"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.press("button", "Ditunda 2")?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    Ok(())
}

#[test]
fn handing_over_names_the_colleague() -> Answer<()> {
    let chrome = at_rani("hold=0")?;
    chrome.keys(&["t"])?;
    chrome.by_role("dialog", "Teruskan permintaan Rani Kusumawardani")?;
    chrome.press("radio", "Hendra Wijaya Admin")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    chrome.wait("document.querySelector('.facts').innerText.includes('Diteruskan kepada')")?;
    chrome.wait("document.querySelector('.facts').innerText.includes('Hendra Wijaya')")?;
    Ok(())
}

#[test]
fn a_note_is_written_by_key_and_stands_below_the_others() -> Answer<()> {
    let chrome = at_rani("")?;
    chrome.keys(&["i"])?;
    chrome.wait("document.activeElement.id == 'note-text'")?;
    chrome.type_text("Minta CV terbaru.")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("[...document.querySelectorAll('.notes-i')].at(-1).innerText.includes('Minta CV terbaru.')")?;
    // Letters typed into the box were text, not acts.
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    Ok(())
}

#[test]
fn a_request_is_entered_for_a_known_client_and_for_a_new_one() -> Answer<()> {
    let chrome = at_rani("hold=0")?;
    chrome.keys(&["n"])?;
    chrome.wait("document.activeElement.id == 'client-find'")?;
    // A client whose request still waits cannot have a second one: the form says its number.
    chrome.type_text("rani")?;
    chrome.wait("document.getElementById('client-hit-0') && document.getElementById('client-hit-1')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Klien ini masih punya permintaan yang menunggu: KG-")?;
    // And leads to it.
    chrome.click(&chrome.find("#client-waiting")?)?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    wait_open(&chrome, "Rani Kusumawardani")?;
    chrome.keys(&["n"])?;
    chrome.wait("document.activeElement.id == 'client-find'")?;
    chrome.type_text("rani")?;
    chrome.wait("document.getElementById('client-hit-0') && document.getElementById('client-hit-1')")?;
    chrome.keys(&["Enter"])?;
    chrome.press("button", "Pilih klien lain")?;
    chrome.wait("document.activeElement.id == 'client-find'")?;
    chrome.type_text("Budi Santoso")?;
    chrome.wait_text("Tambah klien baru: Budi Santoso")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.id == 'client-name'")?;
    chrome.press("textbox", "Nomor telepon")?;
    chrome.type_text("0812 1111 2222")?;
    chrome.press("textbox", "Tanggal diminta")?;
    chrome.type_text("besok")?;
    chrome.wait_text("Rabu, 25 Nov 2026")?;
    chrome.press("textbox", "Topik")?;
    chrome.type_text("Tinjau CV")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("!document.querySelector('dialog[open]')")?;
    wait_open(&chrome, "Budi Santoso")?;
    chrome.wait_text("+62 812-1111-2222")?;
    Ok(())
}

#[test]
fn offline_everything_goes_on_and_says_that_it_waits() -> Answer<()> {
    let chrome = at_rani("line=offline&hold=30")?;
    chrome.wait_text("Luring sejak 10:12.")?;
    chrome.keys(&["a"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Diterima")?;
    chrome.wait_text("antre")?;
    chrome.wait("document.querySelector('.badge.is-ours')")?;
    Ok(())
}

#[test]
fn letters_can_be_typed_without_doing_anything_and_search_finds() -> Answer<()> {
    let chrome = at_rani("")?;
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'inbox-search'")?;
    chrome.type_text("dada")?;
    chrome.wait_text("Tidak ada yang cocok")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("batik")?;
    wait_row(&chrome, "Toko Batik Larasati", "Menunggu")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&["Escape"])?;
    wait_row(&chrome, "Rani Kusumawardani", "Menunggu")?;
    Ok(())
}

#[test]
fn a_client_facing_role_sees_only_what_it_may_do() -> Answer<()> {
    let chrome = Chrome::open("role=cs")?;
    chrome.wait_text("Permintaan diputuskan oleh admin.")?;
    chrome.keys(&["a", "d"])?;
    let dialogs = chrome.find_all("dialog[open]")?;
    assert!(dialogs.is_empty(), "a key whose act this role never has does nothing");
    assert!(chrome.by_role("button", "Terima").is_err(), "what may never be done is absent, not grey");
    Ok(())
}
