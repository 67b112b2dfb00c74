//! Pesanan desain: what is ordered, where it stands, and everything that is done with it, by keys alone (R-070…R-076, M-06).

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::{
    frame::{VOICE, down_to, is_sound, open, type_into, wait_closed},
    hands::Hands,
};

/// The screen, with the cursor in its first row.
fn orders(situation: &str) -> Answer<Chrome> {
    let chrome = open(situation)?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.title == 'Pesanan desain · Meja'")?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    Ok(chrome)
}

/// Goes down until the order of this client is open, with what can be done about it.
fn to(chrome: &Chrome, name: &str) -> Answer<()> {
    down_to(chrome, name)?;
    Hands(chrome).on_open(name)
}

/// What the row of this client has.
fn row(name: &str, has: &str) -> String {
    format!("[...document.querySelectorAll('#orders-list [role=option]')].find(row => row.innerText.includes('{name}'))?.{has}")
}

/// How many rows there are.
fn count(chrome: &Chrome, rows: u32) -> Answer<()> {
    chrome.wait(&format!("document.querySelectorAll('#orders-list [role=option]').length == {rows}")).map(drop)
}

#[test]
fn the_list_says_whose_by_when_and_where_each_stands() -> Answer<()> {
    let chrome = orders("")?;
    count(&chrome, 12)?;
    let seen = chrome.script(
        "return [...document.querySelectorAll('#orders-list [role=option]')].slice(0, 5).map(r => r.innerText.replace(/\\s+/g, ' ')).join('|')",
        &[],
    )?;
    let seen = seen.as_str().unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "");
    for part in ["Toko Batik Larasati", "2 Des", "ORD-202611-0043", "Branding", "Menunggu", "27 Nov", "Ditinjau", "1 hari", "lewat tenggat"]
    {
        assert!(seen.contains(part), "«{part}» is missing in {seen}");
    }
    chrome.wait(&row("PT Kopi Senja", "querySelector('.due-soon')"))?;
    chrome.wait(&row("Teras Kopi", "querySelector('.due-late')"))?;
    chrome.wait(&row("Toko Batik", "classList.contains('is-new')"))?;
    // The sidebar counts what is neither done nor called off.
    chrome.wait("document.querySelector('a[href=\"#orders\"] .nav-n').innerText == '9'")?;
    is_sound(&chrome)
}

#[test]
fn counters_and_filters_are_lists_to_choose() -> Answer<()> {
    let chrome = orders("")?;
    let pressed = "document.querySelector('.stat[aria-pressed=true]').innerText.replace(/\\s+/g, ' ')";
    chrome.wait(&format!("{pressed}.includes('12 Total')"))?;
    chrome.script("document.querySelectorAll('.stat')[2].click()", &[])?;
    chrome.wait(&format!("{pressed}.includes('2 Selesai')"))?;
    count(&chrome, 2)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&["f"])?;
    chrome.by_role("dialog", "Saring pesanan")?;
    chrome.wait("document.activeElement.id == 'orders-filter-status'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    let choose =
        "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change', { bubbles: true }));";
    chrome.script(choose, &["orders-filter-status".into(), "review".into()])?;
    chrome.script(choose, &["orders-filter-kind".into(), "logo".into()])?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    count(&chrome, 1)?;
    chrome.wait_text("Ditinjau · Logo")?;
    chrome.press("button", "Lihat semua")?;
    count(&chrome, 12)?;
    chrome.keys(&["f", "Tab", "Tab", " ", "Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait_text("Milik saya")?;
    count(&chrome, 1)?;
    chrome.wait(&row("PT Kopi Senja", "innerText"))?;
    Ok(())
}

#[test]
fn a_search_finds_by_number_client_and_text_and_says_when_there_is_nothing() -> Answer<()> {
    let chrome = orders("")?;
    to(&chrome, "Putri Handayani")?;
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'orders-search'")?;
    for (text, name) in [("0038", "Teras Kopi Malang"), ("tunas", "Yayasan Tunas Papua"), ("keripik", "CV Bumi Rasa")] {
        type_into(&chrome, "orders-search", text)?;
        count(&chrome, 1)?;
        chrome.wait(&row(name, "innerText"))?;
    }
    type_into(&chrome, "orders-search", "zzz")?;
    chrome.wait_text("Tidak ada yang cocok")?;
    chrome.keys(&["Escape"])?;
    count(&chrome, 12)?;
    // Nothing was found: what was open before is open again.
    chrome
        .wait("document.activeElement.getAttribute('role') == 'option' && document.activeElement.innerText.includes('Putri Handayani')")?;
    Hands(&chrome).on_open("Putri Handayani")?;
    Ok(())
}

#[test]
fn an_order_is_moved_along_and_taken_back() -> Answer<()> {
    let chrome = orders("")?;
    to(&chrome, "PT Kopi Senja Nusantara")?;
    chrome.wait("document.querySelector('.step[aria-current=step]').innerText.includes('Ditinjau')")?;
    chrome.wait_text("Berikutnya: Selesai")?;
    chrome.keys(&["s"])?;
    chrome.wait("document.activeElement.closest('#order-steps')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["ArrowDown", "ArrowDown", "ArrowDown"])?;
    chrome.wait("document.activeElement.innerText.trim() == 'Selesai'")?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&row("PT Kopi Senja", "querySelector('.badge.is-ours')?.innerText.includes('Selesai')"))?;
    chrome.wait("document.querySelector('.step.is-now.is-ours').innerText.includes('Selesai')")?;
    Hands(&chrome).counts_down("Pesanan PT Kopi Senja Nusantara menjadi Selesai", 8)?;
    is_sound(&chrome)?;
    chrome.keys(&["Ctrl+z"])?;
    chrome.wait(&row("PT Kopi Senja", "querySelector('.badge:not(.is-ours)')?.innerText.includes('Ditinjau')"))?;
    Ok(())
}

#[test]
fn a_step_against_the_usual_way_wants_a_reason_and_keeps_it_when_it_is_taken_back() -> Answer<()> {
    let chrome = orders("")?;
    to(&chrome, "Putri Handayani")?;
    let hands = Hands(&chrome);
    hands.press(&["s"])?;
    chrome.wait("document.activeElement.closest('#order-steps')")?;
    hands.press(&["End"])?;
    chrome.wait("document.activeElement.innerText.includes('Dibatalkan…')")?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Batalkan pesanan Putri Handayani")?;
    hands.until("document.activeElement.type == 'radio'")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.sees("Alasan wajib diisi")?;
    hands.press(&["Alt+1"])?;
    hands.until("document.querySelector('.msg-prev').innerText.includes('Pesanan Anda dibatalkan')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    chrome.wait(&row("Putri Handayani", "querySelector('.badge.is-ours')?.innerText.includes('Dibatalkan')"))?;
    // One that was called off says where it had come to, and promises nothing.
    chrome.wait(
        "document.querySelectorAll('.step').length == 4 && document.querySelector('.step:last-child').innerText.includes('Dibatalkan')",
    )?;
    hands.press(&["Ctrl+z"])?;
    chrome.wait(&row("Putri Handayani", "querySelector('.badge:not(.is-ours)')?.innerText.includes('Dikerjakan')"))?;
    hands.on_open("Putri Handayani")?;
    hands.press(&["s", "End", "Enter"])?;
    hands.in_dialog("Batalkan pesanan Putri Handayani")?;
    hands.until("document.getElementById('reason-text').value.startsWith('Pesanan dibatalkan sesuai')")?;
    Ok(())
}

#[test]
fn who_may_not_skip_steps_is_told_so_and_the_line_keeps_the_focus() -> Answer<()> {
    let chrome = orders("role=cs")?;
    to(&chrome, "Toko Batik Larasati")?;
    chrome.keys(&["s", "ArrowDown"])?;
    chrome.wait("document.activeElement.innerText.includes('Dikerjakan')")?;
    chrome.wait("document.activeElement.getAttribute('aria-disabled') == 'true' && document.activeElement.innerText.includes('admin')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.innerText.includes('Dikerjakan') && !document.querySelector('dialog[open]')")?;
    chrome.keys(&["ArrowUp", "Enter"])?;
    chrome.wait(&row("Toko Batik", "querySelector('.badge.is-ours')?.innerText.includes('Disetujui')"))?;
    chrome.keys(&["j"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    // The product: to say that it is done there must be something to show (M-06).
    to(&chrome, "Teras Kopi Malang")?;
    chrome.keys(&["p", "End"])?;
    chrome.wait("document.activeElement.closest('#order-steps') && document.activeElement.innerText.includes('Selesai')")?;
    chrome.wait("document.activeElement.innerText.includes('Belum ada versi desain')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.id == 'order-product'")?;
    // What this role may never do is absent.
    chrome.script("document.getElementById('order-more').click()", &[])?;
    chrome.wait("document.getElementById('order-menu')")?;
    let menu = chrome.script("return document.getElementById('order-menu').innerText", &[])?;
    assert!(!menu.as_str().unwrap_or_default().contains("Hapus"), "{menu}");
    Ok(())
}

#[test]
fn an_order_is_entered_by_keys_alone_and_its_number_is_provisional_until_the_server_has_counted() -> Answer<()> {
    let chrome = orders("hold=0&line=offline")?;
    let hands = Hands(&chrome);
    hands.press(&["n"])?;
    hands.in_dialog("Pesanan baru")?;
    hands.on("client-find")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.sees("Pilih klien dulu")?;
    hands.types("Rumah Jahit")?;
    hands.until("document.querySelector('#client-hit-0')?.innerText.includes('Rumah Jahit Sekar')")?;
    hands.press(&["Enter"])?;
    hands.on("order-kind")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.on("order-description")?;
    hands.types("Label jahit dan kartu ucapan.")?;
    hands.tabs_to("order-deadline", 2)?;
    hands.types("20/11/2026")?;
    hands.sees("sudah lewat")?;
    hands.press(&["Ctrl+a"])?;
    hands.types("2 des")?;
    hands.sees("Rabu, 2 Des 2026")?;
    hands.tabs_to("order-budget", 2)?;
    hands.types("1500000")?;
    hands.sees("satu juta lima ratus ribu rupiah")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.until("document.getElementById('detail-name')?.innerText.includes('Rumah Jahit Sekar')")?;
    hands.until("document.querySelector('.head .num-ours')?.innerText.includes('ORD-202611-~')")?;
    hands.sees("nomor sementara")?;
    hands.until("document.querySelector('.facts').innerText.includes('1.500.000')")?;
    chrome.wait(&row("ORD-202611-~", "querySelector('.badge.is-ours') && true"))?;
    is_sound(&chrome)?;
    // With a line the server has counted it a moment later.
    let chrome = orders("hold=0&order=entered")?;
    chrome.wait(&row("Hj. Nur", "innerText.includes('ORD-202611-0044')"))?;
    chrome.wait(&row("Hj. Nur", "querySelector('.badge:not(.is-ours)') && true"))?;
    Ok(())
}

#[test]
fn what_was_ordered_is_changed_and_only_a_change_is_sent() -> Answer<()> {
    let chrome = orders("hold=0")?;
    to(&chrome, "PT Kopi Senja Nusantara")?;
    let hands = Hands(&chrome);
    hands.press(&["e"])?;
    hands.in_dialog("Ubah pesanan PT Kopi Senja Nusantara")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.sees("Belum ada yang berubah")?;
    type_into(&chrome, "order-budget", "3.000.000")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.until("document.querySelector('.facts').innerText.includes('3.000.000')")?;
    // What is kept in mind with it, and to whom it is given.
    hands.press(&["m"])?;
    hands.in_dialog("Catatan admin pada pesanan PT Kopi Senja Nusantara")?;
    type_into(&chrome, "order-note-text", "Kirim contoh cetak dulu.")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.sees("Kirim contoh cetak dulu.")?;
    hands.press(&["t"])?;
    hands.in_dialog("Teruskan pesanan PT Kopi Senja Nusantara")?;
    let names = chrome.script("return document.querySelector('dialog[open] .opts').innerText", &[])?;
    let names = names.as_str().unwrap_or_default().to_owned();
    assert!(names.contains("Sari Puspita") && !names.contains("Bagus Prasetyo"), "experts see no orders: {names}");
    hands.press(&["Escape"])?;
    hands.no_dialog()?;
    // A note, from wherever one is.
    chrome.script("document.getElementById('order-tab-trail').click()", &[])?;
    chrome.wait("document.querySelector('.tl-i')")?;
    chrome.wait("document.querySelector('.tl').innerText.includes('menjadi Ditinjau')")?;
    chrome.reach("document.getElementById('orders-detail')")?;
    hands.press(&["i"])?;
    hands.on("note-text")?;
    hands.types("Sudah ditelepon.")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.until("document.querySelector('.notes').innerText.includes('Sudah ditelepon.')")?;
    Ok(())
}

#[test]
fn what_is_deleted_leaves_the_list_and_is_brought_back() -> Answer<()> {
    let chrome = orders("hold=0")?;
    to(&chrome, "Andi Saputra")?;
    let hands = Hands(&chrome);
    hands.press(&["Ctrl+k"])?;
    hands.on("palette-text")?;
    hands.types("hapus pesanan")?;
    hands.until("document.querySelector('.pal-o[aria-selected=true]')?.innerText.includes('Hapus pesanan')")?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Hapus pesanan Andi Saputra")?;
    hands.press(&["Alt+4", "Ctrl+Enter"])?;
    hands.no_dialog()?;
    count(&chrome, 11)?;
    hands.press(&["f", "Tab", "Tab", "Tab", " ", "Ctrl+Enter"])?;
    hands.no_dialog()?;
    count(&chrome, 2)?;
    to(&chrome, "Andi Saputra")?;
    hands.until("document.getElementById('order-deleted')?.innerText.includes('Pesanan dihapus sesuai permintaan Anda')")?;
    is_sound(&chrome)?;
    hands.press(&["r"])?;
    count(&chrome, 1)?;
    chrome.press("button", "Lihat semua")?;
    count(&chrome, 12)?;
    Ok(())
}

#[test]
fn the_palette_finds_orders_by_number_and_opens_them() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["Ctrl+k"])?;
    chrome.type_text("#0042")?;
    chrome.wait("document.querySelector('.pal-o[aria-selected=true]')?.innerText.includes('ORD-202611-0042')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.title == 'Pesanan desain · Meja'")?;
    chrome.wait("document.getElementById('detail-name')?.innerText.includes('PT Kopi Senja Nusantara')")?;
    Ok(())
}

#[test]
fn what_waits_says_what_it_is_about_and_leads_back_to_its_order() -> Answer<()> {
    let chrome = orders("hold=0&line=offline")?;
    to(&chrome, "Toko Batik Larasati")?;
    chrome.keys(&["s", "Enter"])?;
    chrome.wait(&row("Toko Batik", "querySelector('.mark')?.innerText.includes('Antre')"))?;
    chrome.keys(&["g", "q"])?;
    chrome.wait("document.title == 'Antrean kirim · Meja'")?;
    chrome.wait_text("Ubah status pesanan")?;
    chrome.press("link", "Buka pesanan")?;
    chrome.wait("document.title == 'Pesanan desain · Meja'")?;
    chrome.wait("document.getElementById('detail-name')?.innerText.includes('Toko Batik Larasati')")?;
    Ok(())
}

#[test]
fn what_comes_meanwhile_waits_to_be_let_in() -> Answer<()> {
    let chrome = orders("arrivals=2500")?;
    count(&chrome, 12)?;
    chrome.wait("document.querySelector('.pill')?.innerText.includes('1 baru')")?;
    count(&chrome, 12)?;
    chrome.keys(&["."])?;
    count(&chrome, 13)?;
    chrome.wait("document.querySelector('a[href=\"#orders\"] .nav-n').innerText == '10'")?;
    Ok(())
}

#[test]
fn the_parts_of_an_order_are_tabs() -> Answer<()> {
    let chrome = orders("")?;
    to(&chrome, "PT Kopi Senja Nusantara")?;
    chrome.reach("document.getElementById('order-tab-facts')")?;
    chrome.keys(&["ArrowLeft"])?;
    chrome.wait("document.activeElement.id == 'order-tab-talk'")?;
    chrome.wait_text("belum punya akun")?;
    chrome.keys(&["ArrowLeft"])?;
    chrome.wait("document.activeElement.id == 'order-tab-design'")?;
    chrome.wait("document.querySelectorAll('#orders-detail .ver').length == 2")?;
    is_sound(&chrome)?;
    chrome.keys(&["End"])?;
    chrome.wait("document.querySelectorAll('.tl-i').length == 6")?;
    is_sound(&chrome)
}

#[test]
fn one_pane_at_a_time_where_there_is_room_for_one() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced")?;
    chrome.resize(640, 400)?;
    chrome.wait("document.querySelector('[role=option]')")?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    chrome.keys(&["j", "Enter"])?;
    chrome.wait("document.activeElement?.id == 'orders-detail'")?;
    chrome.keys(&["s"])?;
    chrome.wait("document.activeElement.closest('#order-steps')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement?.id == 'order-status'")?;
    chrome.reach("document.getElementById('orders-detail')")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-1'")?;
    Ok(())
}

#[test]
fn for_others_there_is_no_such_screen() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&role=expert")?;
    chrome.wait("document.querySelector('.empty, [role=option]')")?;
    let there = chrome.script("return !!document.querySelector('a[href=\"#orders\"]')", &[])?;
    assert_eq!(there, false, "what may not be opened is absent");
    chrome.keys(&["g", "o"])?;
    chrome.keys(&["Ctrl+2"])?;
    chrome.keys(&["g", "q"])?;
    chrome.wait("document.title.startsWith('Antrean kirim')")?;
    chrome.wait(&format!("!{VOICE}.includes('Pesanan')"))?;
    Ok(())
}

#[test]
fn a_list_goes_to_a_spreadsheet_as_it_is_sifted() -> Answer<()> {
    let chrome = orders("")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.by_role("dialog", "Ekspor pesanan")?;
    chrome.wait_text("12 pesanan")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.script("document.querySelectorAll('.stat')[2].click()", &[])?;
    count(&chrome, 2)?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.by_role("dialog", "Ekspor pesanan")?;
    chrome.wait_text("2 pesanan · Selesai")?;
    chrome.by_role("radio", "CSV untuk program apa saja")?;
    chrome.keys(&["ArrowDown", "Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait_text("2 baris tersimpan di")?;
    // What is chosen of it goes alone.
    chrome.keys(&["Home", "x"])?;
    chrome.wait("document.querySelector('#batch [aria-label=Ekspor]')")?;
    chrome.keys(&["Ctrl+e"])?;
    chrome.by_role("dialog", "Ekspor pesanan")?;
    chrome.wait_text("1 dipilih")?;
    chrome.keys(&["ArrowDown", "Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait_text("1 baris tersimpan di")?;
    chrome.wait_text("meja-pesanan-2026-11-24-1042.csv")?;
    is_sound(&chrome)
}

/// What would be printed, and how often the browser was asked to.
const PRINTED: &str = "window.print = () => { window.printed = (window.printed ?? 0) + 1 }";

#[test]
fn a_list_and_a_worksheet_are_printed_without_the_screen_around_them() -> Answer<()> {
    let chrome = orders("")?;
    chrome.script(PRINTED, &[])?;
    to(&chrome, "PT Kopi Senja")?;
    chrome.keys(&["Ctrl+p"])?;
    chrome.by_role("dialog", "Cetak")?;
    chrome.by_role("radio", "Daftar seperti tersaring 12 pesanan")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("window.printed == 1 && document.querySelectorAll('#paper tbody tr').length == 12")?;
    chrome.wait("getComputedStyle(document.getElementById('paper')).display == 'none'")?;
    let drawn =
        "[...document.getElementById('main').children].filter(it => getComputedStyle(it).display != 'none').map(it => it.id).join()";
    chrome.protocol("Emulation.setEmulatedMedia", &json!({ "media": "print" }))?;
    chrome.wait(&format!("{drawn} == 'paper'"))?;
    chrome.protocol("Emulation.setEmulatedMedia", &json!({ "media": "" }))?;
    // Into the order: now it is the order that is meant.
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.closest('#pane-detail')")?;
    chrome.keys(&["Ctrl+p"])?;
    chrome.by_role("dialog", "Cetak")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("window.printed == 2 && document.querySelector('#paper h1').innerText !== ''")?;
    let paper = chrome.script("return document.getElementById('paper').textContent", &[])?;
    let paper = paper.as_str().unwrap_or_default().to_owned();
    for part in ["Lembar kerja", "PT Kopi Senja", "Deskripsi", "Dicetak dari Meja"] {
        assert!(paper.contains(part), "«{part}» is missing on {paper}");
    }
    is_sound(&chrome)
}
