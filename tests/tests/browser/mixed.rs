//! Antrean with everything that waits: requests, orders and conversations in one order, each with its reason, opened and worked on
//! where they stand. And Pesanan desain with many chosen at once, and its own saved views.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::{frame::down_to, hands::Hands};

/// Antrean of the morning with all that waits in it.
fn open(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&work=all&{situation}"))?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    Ok(chrome)
}
/// The text of the rows, in their order, without the marks that set directions apart.
fn rows(chrome: &Chrome) -> Answer<Vec<String>> {
    let said = chrome.script(
        "return [...document.querySelectorAll('[role=option]')].map(r => r.innerText.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' '))",
        &[],
    )?;
    Ok(said.as_array().into_iter().flatten().filter_map(|row| row.as_str().map(str::to_owned)).collect())
}

#[test]
fn everything_that_waits_stands_in_one_order_and_says_why() -> Answer<()> {
    let chrome = open("")?;
    let rows = rows(&chrome)?;
    let at = |text: &str| rows.iter().position(|row| row.contains(text)).unwrap_or_else(|| panic!("{text} in {rows:#?}"));
    // Late ones first, whatever their kind: a deadline of two days ago, a client who waits too long.
    assert!(at("tenggat desain") < at("menunggu jawaban"), "{rows:#?}");
    let (late, new, reply) = (at("Teras Kopi Malang"), at("pesanan baru"), at("Perlu dibalas"));
    assert!(late < new && reply < rows.len(), "{rows:#?}");
    assert!(rows[new].contains("ORD-202611-0043") && rows[new].contains("Menunggu"), "{}", rows[new]);
    chrome.by_role("heading", "Antrean")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.picture("antrean-mixed")?;
    // The title, the sidebar and the list count the same.
    let total = chrome.script("return document.querySelector('#pane-list .head .num').innerText", &[])?;
    let total = total.as_str().unwrap_or_default();
    assert_eq!(chrome.title()?, format!("Antrean ({total}) · Meja"));
    chrome.wait(&format!("document.querySelector('a[href=\"#inbox\"] .nav-n').innerText == {}", json!(total)))?;
    Ok(())
}

#[test]
fn an_order_is_worked_on_in_antrean_by_its_own_keys() -> Answer<()> {
    let chrome = open("hold=30")?;
    let hands = Hands(&chrome);
    down_to(&chrome, "ORD-202611-0043")?;
    hands.until(
        "document.getElementById('detail-name')?.innerText.includes('Toko Batik Larasati') && document.getElementById('order-status')",
    )?;
    assert_eq!(chrome.title()?.split(' ').next(), Some("Antrean"), "the screen stays");
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["s"])?;
    hands.until("document.activeElement.getAttribute('role') == 'menuitem'")?;
    hands.press(&["Enter"])?;
    hands.sees("Toko Batik Larasati")?;
    hands.until("document.querySelector('#undo-bar.toast')")?;
    hands.until("document.querySelector('[role=option][aria-current]').innerText.includes('Disetujui')")?;
    // The same key as on its own screen takes it back, and it is open where it was.
    hands.press(&["Ctrl+z"])?;
    hands.until("document.querySelector('[role=option][aria-current]')?.innerText.includes('Menunggu')")?;
    hands.until("document.getElementById('detail-name')?.innerText.includes('Toko Batik Larasati')")
}

#[test]
fn an_order_is_held_and_let_go_by_the_key_of_a_request() -> Answer<()> {
    let chrome = open("hold=0")?;
    let hands = Hands(&chrome);
    down_to(&chrome, "ORD-202611-0043")?;
    hands.until("document.getElementById('do-claim')?.innerText.includes('Pegang')")?;
    hands.press(&["c"])?;
    hands.until("document.getElementById('do-claim').innerText.includes('Lepas')")?;
    hands.until("document.querySelector('[role=option][aria-current]').innerText.includes('dipegang')")?;
    hands.until("document.querySelector('[role=option][aria-current] .av-lease')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["c"])?;
    hands.until("document.getElementById('do-claim').innerText.includes('Pegang')")?;
    hands.until("!document.querySelector('[role=option][aria-current] .av-lease')")
}

#[test]
fn an_order_is_put_off_into_its_own_list_and_waits_again_when_it_is_woken() -> Answer<()> {
    let chrome = open("hold=0")?;
    let hands = Hands(&chrome);
    down_to(&chrome, "ORD-202611-0043")?;
    hands.until("document.getElementById('do-claim')")?;
    hands.press(&["h"])?;
    hands.in_dialog("Tunda pesanan Toko Batik Larasati")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["3"])?;
    hands.no_dialog()?;
    hands.until("![...document.querySelectorAll('[role=option]')].some(r => r.innerText.includes('pesanan baru'))")?;
    chrome.press("button", "Pilih atau saring daftar")?;
    chrome.wait("document.querySelector('[role=menuitemradio]')")?;
    chrome.script("[...document.querySelectorAll('[role=menuitemradio]')].find(i => i.innerText.includes('Ditunda')).click()", &[])?;
    down_to(&chrome, "ORD-202611-0043")?;
    hands.until("document.getElementById('order-more')")?;
    chrome.script("document.getElementById('order-more').click()", &[])?;
    chrome.wait("document.querySelector('#order-menu [role=menuitem]')")?;
    chrome.script(
        "[...document.querySelectorAll('#order-menu [role=menuitem]')].find(i => i.innerText.includes('Akhiri tunda')).click()",
        &[],
    )?;
    hands.until("![...document.querySelectorAll('[role=option]')].some(r => r.innerText.includes('pesanan baru'))")
}

#[test]
fn requests_and_orders_are_put_off_together_and_a_conversation_is_told() -> Answer<()> {
    let chrome = open("hold=30")?;
    down_to(&chrome, "ORD-202611-0043")?;
    chrome.keys(&["x"])?;
    chrome.wait_text("1 dipilih")?;
    down_to(&chrome, "Rani Kusumawardani")?;
    chrome.keys(&["x"])?;
    chrome.wait_text("2 dipilih")?;
    down_to(&chrome, "Perlu dibalas")?;
    chrome.keys(&["x"])?;
    chrome.wait_text("3 dipilih")?;
    chrome.keys(&["h"])?;
    Hands(&chrome).in_dialog("Tunda 2 yang dipilih")?;
    chrome.keys(&["3"])?;
    chrome.wait_text("2 ditunda, 1 tidak bisa:")?;
    chrome.wait_text("Percakapan tidak bisa ditunda.")?;
    Ok(())
}

#[test]
fn acts_on_an_order_in_antrean_are_named_for_it_and_lead_to_its_client() -> Answer<()> {
    let chrome = open("")?;
    let hands = Hands(&chrome);
    down_to(&chrome, "ORD-202611-0043")?;
    hands.until("document.getElementById('order-status')")?;
    hands.press(&["Ctrl+k"])?;
    hands.sees("Pada pesanan ini")?;
    hands.press(&["Escape"])?;
    hands.no_dialog()?;
    hands.press(&["o"])?;
    hands.title("Klien · Meja")?;
    hands.until("document.getElementById('detail-name')?.innerText.includes('Toko Batik Larasati')")
}

#[test]
fn a_client_is_answered_in_antrean() -> Answer<()> {
    let chrome = open("hold=0")?;
    let hands = Hands(&chrome);
    chrome.press("button", "Pilih atau saring daftar")?;
    chrome.wait("document.querySelector('[role=menuitemradio]')")?;
    chrome.script("[...document.querySelectorAll('[role=menuitemradio]')].find(i => i.innerText.includes('Obrolan')).click()", &[])?;
    chrome.wait("[...document.querySelectorAll('[role=option]')].every(r => r.innerText.includes('Perlu dibalas'))")?;
    hands.until("document.activeElement.getAttribute('role') == 'option' && document.querySelector('[role=log]')")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["b"])?;
    hands.on("talk-text")?;
    hands.types("Kami cek dulu, ya.")?;
    hands.press(&["Enter"])?;
    hands.until("document.querySelector('[role=log]').innerText.includes('Kami cek dulu, ya.')")?;
    // Out of the box, and then out of the conversation, as in Obrolan.
    hands.press(&["Escape"])?;
    hands.on("talk-log")?;
    hands.press(&["Escape"])?;
    hands.until("document.activeElement.getAttribute('role') == 'option'")
}

#[test]
fn an_act_on_many_is_done_to_those_it_is_for_and_the_others_are_told() -> Answer<()> {
    let chrome = open("hold=30")?;
    down_to(&chrome, "ORD-202611-0043")?;
    chrome.keys(&["x"])?;
    down_to(&chrome, "Rani Kusumawardani")?;
    chrome.keys(&["x"])?;
    chrome.wait_text("2 dipilih")?;
    chrome.keys(&["a"])?;
    chrome.wait_text("1 diterima, 1 tidak bisa:")?;
    chrome.wait_text("Toko Batik Larasati: Hanya untuk permintaan.")?;
    Ok(())
}

#[test]
fn customer_service_sees_its_orders_and_conversations() -> Answer<()> {
    let chrome = open("role=cs")?;
    let rows = rows(&chrome)?;
    assert!(rows.iter().any(|row| row.contains("pesanan baru")) && rows.iter().any(|row| row.contains("Perlu dibalas")));
    Ok(())
}

#[test]
fn many_orders_are_moved_at_once_with_an_outcome_for_each() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&hold=30")?;
    let hands = Hands(&chrome);
    hands.press(&["g", "o"])?;
    hands.on_row("Toko Batik Larasati")?;
    hands.press(&["x", "Shift+j", "Shift+j"])?;
    hands.sees("3 dipilih")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["s"])?;
    hands.in_dialog("Ubah status 3 pesanan")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["Ctrl+Enter"])?;
    hands.sees("Pilih status tujuan.")?;
    chrome.press("radio", "Disetujui")?;
    hands.press(&["Ctrl+Enter"])?;
    // The one in review is moved against the usual way, which wants a reason: it is told.
    hands.sees("1 menjadi Disetujui, 2 tidak bisa:")?;
    hands.until("document.querySelector('#outcome').innerText.includes('PT Kopi Senja Nusantara')")?;
    hands.row_says("Toko Batik Larasati", "Disetujui")?;
    hands.press(&["Escape", "Ctrl+z"])?;
    hands.row_says("Toko Batik Larasati", "Menunggu")
}

#[test]
fn many_orders_are_put_off_at_once_from_their_own_list() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&hold=30")?;
    let hands = Hands(&chrome);
    hands.press(&["g", "o"])?;
    hands.on_row("Toko Batik Larasati")?;
    hands.press(&["x", "Shift+j"])?;
    hands.sees("2 dipilih")?;
    hands.press(&["h"])?;
    hands.in_dialog("Tunda 2 pesanan")?;
    hands.press(&["3"])?;
    hands.sees("2 ditunda")
}

#[test]
fn many_orders_are_called_off_for_one_reason_and_handed_over() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&hold=30")?;
    let hands = Hands(&chrome);
    hands.press(&["g", "o"])?;
    hands.on_row("Toko Batik Larasati")?;
    hands.press(&["x", "Shift+j", "s"])?;
    hands.in_dialog("Ubah status 2 pesanan")?;
    chrome.press("radio", "Dibatalkan")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.in_dialog("Batalkan 2 pesanan")?;
    hands.press(&["Alt+1", "Ctrl+Enter"])?;
    hands.sees("2 menjadi Dibatalkan")?;
    hands.press(&["Ctrl+z"])?;
    hands.row_says("Toko Batik Larasati", "Menunggu")?;
    hands.until("document.activeElement.getAttribute('role') == 'option'")?;
    hands.press(&["Home", "x", "Shift+j", "t"])?;
    hands.in_dialog("Teruskan 2 pesanan")?;
    chrome.press("radio", "Hendra Wijaya Admin")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.sees("2 diteruskan")
}

#[test]
fn a_list_of_orders_is_saved_and_opened_again_by_its_key() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced")?;
    let hands = Hands(&chrome);
    hands.press(&["g", "o"])?;
    hands.on_row("Toko Batik Larasati")?;
    chrome.press("button", "1 Menunggu")?;
    chrome.wait("document.querySelectorAll('[role=option]').length == 1")?;
    hands.press(&["Shift+f"])?;
    hands.in_dialog("Simpan tampilan")?;
    hands.sees("Pesanan desain, Menunggu")?;
    hands.types("Belum diambil")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.press(&["g", "a"])?;
    hands.title("Antrean (12) · Meja")?;
    hands.press(&["g", "1"])?;
    hands.title("Pesanan desain · Meja")?;
    chrome.wait("document.querySelectorAll('[role=option]').length == 1")?;
    chrome.wait("document.querySelector('.side-views [aria-current]').innerText.includes('Belum diambil')")?;
    Ok(())
}
