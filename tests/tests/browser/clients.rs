//! Klien: every client, and everything about the one that is open (ui.md, section 6, C-08).

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{VOICE, is_sound, open, type_into, wait_closed};

/// The screen, with the cursor in its first row.
fn clients(situation: &str) -> Answer<Chrome> {
    let chrome = open(situation)?;
    chrome.keys(&["g", "k"])?;
    chrome.wait("document.title == 'Klien · Meja'")?;
    chrome.wait("document.activeElement?.id == 'clients-list-0'")?;
    Ok(chrome)
}

/// Looks for somebody, and waits until their record is open and all of it is there.
fn find(chrome: &Chrome, text: &str, name: &str) -> Answer<()> {
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'clients-search'")?;
    type_into(chrome, "clients-search", text)?;
    is_open(chrome, name)?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'").map(drop)
}
fn is_open(chrome: &Chrome, name: &str) -> Answer<()> {
    let shown = format!("document.getElementById('detail-name')?.innerText == {}", serde_json::json!(name));
    chrome.wait(&format!("{shown} && document.querySelector('#client-tale .tl-i')")).map(drop)
}
/// The lines of what happened with the open client.
const LINES: &str = "[...document.querySelectorAll('#client-tale .tl-i')].map(l => l.innerText.replace(/[\\u2066-\\u2069]/g, ''))";

#[test]
fn clients_are_listed_sorted_and_found_in_any_writing_of_their_number() -> Answer<()> {
    let chrome = clients("")?;
    chrome.wait("document.getElementById('clients-list-0').innerText.includes('Agus Salim')")?;
    is_sound(&chrome)?;
    chrome.keys(&["j", "j", "k"])?;
    chrome.wait("document.activeElement?.id == 'clients-list-1'")?;
    chrome.script("document.getElementById('clients-tab-last').click()", &[])?;
    chrome.wait("!document.getElementById('clients-list-0').innerText.includes('Agus Salim')")?;
    chrome.wait("document.getElementById('clients-tab-last').getAttribute('aria-selected') == 'true'")?;
    find(&chrome, "+62 812-3456", "Rani Kusumawardani")?;
    chrome.wait("document.getElementById('clients-list-0').innerText.includes('1 menunggu')")?;
    chrome.keys(&["/"])?;
    type_into(&chrome, "clients-search", "zzz")?;
    chrome.wait_text("Tidak ada yang cocok")?;
    is_sound(&chrome)?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.querySelectorAll('#clients-list [role=option]').length > 5").map(drop)
}

#[test]
fn everything_about_a_client_is_told_and_each_line_opens_its_record() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "0812 3456 7890", "Rani Kusumawardani")?;
    chrome.wait_text("+62 812-3456-7890")?;
    chrome.wait(&format!("{LINES}.some(l => l.includes('Permintaan KG-')) && {LINES}.some(l => l.includes('Sudah saya telepon'))"))?;
    is_sound(&chrome)?;
    chrome.script("document.getElementById('client-tab-notes').click()", &[])?;
    chrome.wait(&format!("{LINES}.length == 2 && {LINES}.every(l => l.includes('Catatan'))"))?;
    chrome.script("document.getElementById('client-tab-requests').click()", &[])?;
    chrome.wait(&format!("{LINES}.length == 1"))?;
    chrome.script("document.querySelector('#client-tale .tl-i button').click()", &[])?;
    chrome.wait("document.title.startsWith('Antrean') && document.getElementById('detail-name')?.innerText == 'Rani Kusumawardani'")?;
    // And back again, by the key and by the line below the name.
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    chrome.keys(&["o"])?;
    chrome.wait("document.title == 'Klien · Meja'")?;
    chrome.wait("document.getElementById('detail-name')?.innerText == 'Rani Kusumawardani'").map(drop)
}

#[test]
fn a_way_to_write_to_a_client_is_offered_once() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Rani", "Rani Kusumawardani")?;
    chrome.by_role("button", "WhatsApp")?;
    let ways = "return [...document.querySelectorAll('#pane-detail button')].filter(b => b.innerText.includes('WhatsApp')).length";
    assert_eq!(chrome.script(ways, &[])?, 1);
    Ok(())
}

#[test]
fn a_note_is_written_about_a_client_and_stands_in_what_happened() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Rani", "Rani Kusumawardani")?;
    chrome.keys(&["i"])?;
    chrome.wait("document.activeElement.id == 'note-text'")?;
    chrome.type_text("Lebih suka dihubungi pagi.")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait(&format!("{LINES}.some(l => l.includes('Lebih suka dihubungi pagi.'))"))?;
    chrome.wait("document.querySelector('.notes')?.innerText.includes('Lebih suka dihubungi pagi.')")?;
    is_sound(&chrome)
}

#[test]
fn a_client_is_corrected_and_that_can_be_taken_back() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Rani", "Rani Kusumawardani")?;
    chrome.keys(&["e"])?;
    chrome.by_role("dialog", "Ubah Rani Kusumawardani")?;
    chrome.wait("document.activeElement.id == 'client-name'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Belum ada yang berubah.")?;
    type_into(&chrome, "client-email", "rani")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.activeElement.id == 'client-email' && document.getElementById('client-email-hint')")?;
    type_into(&chrome, "client-email", "rani@contoh.id")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.querySelector('#clients-detail .facts').innerText.includes('rani@contoh.id')")?;
    chrome.by_role("button", "Kirim email")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait("!document.querySelector('#clients-detail .facts').innerText.includes('rani@contoh.id')").map(drop)
}

#[test]
fn writing_by_whatsapp_is_noted_also_without_a_line() -> Answer<()> {
    let chrome = clients("line=offline")?;
    find(&chrome, "Rani", "Rani Kusumawardani")?;
    chrome.keys(&["w"])?;
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait("[...document.querySelectorAll('[role=option]')].some(r => r.innerText.includes('Hubungi klien'))")?;
    // From a conversation whose client has no number nothing opens, and it is said why.
    chrome.visit("motion=reduced")?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    chrome.keys(&["g", "c"])?;
    chrome.wait("document.activeElement?.id == 'conversations-list-0'")?;
    chrome.keys(&["Shift+W"])?;
    chrome.wait(&format!("{VOICE}.includes('tidak bisa dihubungi')")).map(drop)
}

/// The dialog that makes a client one with another, once both were read.
fn ask_to_merge(chrome: &Chrome, name: &str) -> Answer<()> {
    chrome.keys(&["m"])?;
    chrome.by_role("dialog", &format!("Gabungkan {name}"))?;
    chrome.wait("document.getElementById('client-merge-told')").map(drop)
}
/// The name beside the radio that is chosen among those of a group.
fn chosen(group: &str) -> String {
    format!("document.querySelector('input[name={group}]:checked')?.closest('label').querySelector('bdi').innerText")
}
const FACTS: &str = "document.querySelector('#clients-detail .facts').innerText";

#[test]
fn who_was_entered_twice_becomes_one_with_everything_of_both() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Ibu Lara", "Ibu Larasati")?;
    chrome.wait_text("Nomor atau alamat yang sama juga dicatat pada:")?;
    ask_to_merge(&chrome, "Ibu Larasati")?;
    chrome.wait(&format!("{} == 'Toko Batik Larasati'", chosen("client-merge-who")))?;
    chrome.wait(&format!("{} == 'Toko Batik Larasati'", chosen("client-merge-keep")))?;
    chrome.wait("document.querySelector('dialog').innerText.includes('larasati@contoh.id')")?;
    is_sound(&chrome)?;
    // The other one, by the arrows, and back.
    chrome.wait("document.activeElement?.name == 'client-merge-who'")?;
    chrome.keys(&["Tab"])?;
    chrome.wait("document.activeElement?.id == 'client-merge-find'")?;
    chrome.keys(&["Tab"])?;
    chrome.wait("document.activeElement?.name == 'client-merge-keep'")?;
    chrome.keys(&["ArrowLeft"])?;
    chrome.wait(&format!("{} == 'Ibu Larasati'", chosen("client-merge-keep")))?;
    chrome.wait_text("ikut pindah dan bisa membaca semuanya")?;
    chrome.keys(&["ArrowRight"])?;
    chrome.wait(&format!("{} == 'Toko Batik Larasati'", chosen("client-merge-keep")))?;
    chrome.wait("document.getElementById('client-merge-told')")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    is_open(&chrome, "Toko Batik Larasati")?;
    chrome.wait(&format!("{FACTS}.includes('Ibu Larasati') && {FACTS}.includes('larasati@contoh.id')"))?;
    chrome.wait(&format!("{LINES}.some(l => l.includes('ORD-202611-0027')) && {LINES}.some(l => l.includes('ORD-202611-0043'))"))?;
    chrome.wait(
        "document.getElementById('undo-bar').innerText.replace(/[\\u2066-\\u2069]/g, '').includes('Digabung menjadi Toko Batik Larasati')",
    )?;
    chrome.wait("!document.getElementById('pane-detail').innerText.includes('juga dicatat pada')")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait(&format!("!{FACTS}.includes('Ibu Larasati')"))?;
    chrome.wait_text("Nomor atau alamat yang sama juga dicatat pada:").map(drop)
}

#[test]
fn who_cannot_be_one_is_said_before_anybody_presses() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Rani", "Rani Kusumawardani")?;
    chrome.keys(&["m"])?;
    chrome.by_role("dialog", "Gabungkan Rani Kusumawardani")?;
    chrome.wait_text("Tidak ada klien lain yang cocok.")?;
    is_sound(&chrome)?;
    type_into(&chrome, "client-merge-find", "Agus")?;
    chrome.wait("document.querySelector('.opts-merge')?.innerText.includes('Agus Salim')")?;
    chrome.keys(&["Shift+Tab"])?;
    chrome.wait("document.activeElement?.name == 'client-merge-who'")?;
    chrome.keys(&[" "])?;
    chrome.wait("document.getElementById('client-merge-why')?.innerText.includes('Keduanya punya akun sendiri')")?;
    chrome.wait("document.querySelector('dialog .btn-p, dialog .dialog-f button:last-child').getAttribute('aria-disabled') == 'true'")?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.by_role("dialog", "Gabungkan Rani Kusumawardani")?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)
}

#[test]
fn merging_waits_in_the_outbox_without_a_line() -> Answer<()> {
    let chrome = clients("line=offline&hold=0")?;
    find(&chrome, "Ibu Lara", "Ibu Larasati")?;
    ask_to_merge(&chrome, "Ibu Larasati")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    is_open(&chrome, "Toko Batik Larasati")?;
    chrome.wait(&format!("{FACTS}.includes('larasati@contoh.id')"))?;
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait("[...document.querySelectorAll('[role=option]')].some(r => r.innerText.includes('Gabungkan klien'))")?;
    is_sound(&chrome)
}

#[test]
fn there_is_a_word_for_every_state_of_the_list() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&data=empty")?;
    chrome.wait("document.querySelector('#pane-list .empty')")?;
    chrome.keys(&["g", "k"])?;
    chrome.wait_text("Belum ada klien")?;
    is_sound(&chrome)?;
    chrome.visit("motion=reduced&trouble=error")?;
    chrome.wait("document.querySelector('#pane-list .empty')")?;
    chrome.keys(&["g", "k"])?;
    chrome.wait_text("Daftar klien tidak bisa dibuka")?;
    is_sound(&chrome)?;
    // An expert holds no client.
    chrome.visit("motion=reduced&role=expert")?;
    chrome.wait("document.querySelector('a[href=\"#settings\"]')")?;
    chrome.wait("!document.querySelector('a[href=\"#clients\"]')").map(drop)
}

#[test]
fn a_clients_data_are_written_out_and_erased_with_a_name_that_is_typed() -> Answer<()> {
    let chrome = clients("")?;
    find(&chrome, "Yohanes", "Yohanes Tabuni")?;
    choose(&chrome, "Ekspor data klien")?;
    chrome.wait_text("meja-klien-2026-11-24-1042.json")?;
    is_sound(&chrome)?;
    choose(&chrome, "Hapus data klien")?;
    chrome.by_role("dialog", "Hapus data Yohanes Tabuni")?;
    chrome.wait("document.activeElement.id == 'client-erase-name'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    type_into(&chrome, "client-erase-name", "Yohanes")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait_text("Nama yang diketik bukan")?;
    type_into(&chrome, "client-erase-name", "Yohanes Tabuni")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.getElementById('detail-name')?.innerText == '(dihapus)'")?;
    chrome.wait_text("Data klien sudah dihapus atas permintaannya")?;
    is_sound(&chrome)?;
    // Without a line neither is offered, and it is said why; for CS there is no such act.
    chrome.visit("motion=reduced&line=offline")?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    chrome.keys(&["g", "k"])?;
    chrome.wait("document.getElementById('client-more')")?;
    chrome.script("document.getElementById('client-more').click()", &[])?;
    chrome.wait("document.getElementById('client-menu')?.innerText.includes('perlu sambungan')")?;
    chrome.visit("motion=reduced&role=cs")?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    chrome.keys(&["g", "k"])?;
    chrome.wait("document.getElementById('client-more')")?;
    chrome.script("document.getElementById('client-more').click()", &[])?;
    chrome.wait("document.getElementById('client-menu')?.innerText.includes('Ubah klien')")?;
    chrome.wait("!document.getElementById('client-menu').innerText.includes('Hapus data')").map(drop)
}

/// Chooses in the menu of the open client.
fn choose(chrome: &Chrome, what: &str) -> Answer<()> {
    chrome.script("document.getElementById('client-more').click()", &[])?;
    chrome.wait("document.getElementById('client-menu')")?;
    let item = "[...document.querySelectorAll('#client-menu [role=menuitem]')].find(i => i.innerText.includes(arguments[0])).click()";
    chrome.script(item, &[what.into()]).map(drop)
}
