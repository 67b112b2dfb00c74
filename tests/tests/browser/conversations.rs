//! Obrolan: what clients and staff say to each other about an order, in its own screen and beside the order.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{
    frame::{VOICE, down_to, is_sound, open, section, type_into, wait_closed},
    hands::Hands,
};

/// The screen, with the cursor in its first row.
fn conversations(situation: &str) -> Answer<Chrome> {
    let chrome = open(situation)?;
    chrome.keys(&["g", "c"])?;
    chrome.wait("document.title == 'Obrolan · Meja'")?;
    chrome.wait("document.activeElement?.id == 'conversations-list-0'")?;
    Ok(chrome)
}

/// Goes down until the conversation with this client is open.
fn to(chrome: &Chrome, name: &str) -> Answer<()> {
    down_to(chrome, name)?;
    chrome.wait(&format!("document.getElementById('detail-name')?.innerText == '{name}' && document.getElementById('talk-text')"))?;
    Ok(())
}

/// The same, with the focus in the box.
fn answer(chrome: &Chrome, name: &str) -> Answer<()> {
    to(chrome, name)?;
    chrome.keys(&["b"])?;
    on_box(chrome)
}
fn on_box(chrome: &Chrome) -> Answer<()> {
    chrome.wait("document.activeElement.id == 'talk-text'").map(drop)
}

/// What the box has in it.
fn typed(chrome: &Chrome, text: &str) -> Answer<()> {
    chrome.wait(&format!("document.getElementById('talk-text')?.value == {}", serde_json::json!(text))).map(drop)
}

/// The last bubble that says this.
fn bubble(text: &str) -> String {
    format!("[...document.querySelectorAll('.msg')].filter(m => m.innerText.includes({})).at(-1)", serde_json::json!(text))
}

/// What the row of this client has.
fn row(name: &str, has: &str) -> String {
    format!("[...document.querySelectorAll('#conversations-list [role=option]')].find(row => row.innerText.includes('{name}'))?.{has}")
}

#[test]
fn the_list_says_who_wrote_what_and_who_waits_for_an_answer() -> Answer<()> {
    let chrome = conversations("")?;
    chrome.wait("document.querySelectorAll('#conversations-list [role=option]').length == 5")?;
    let seen = chrome.script(
        "return [...document.querySelectorAll('#conversations-list [role=option]')].map(r => r.innerText.replace(/\\s+/g, ' ')).join('|')",
        &[],
    )?;
    let seen = seen.as_str().unwrap_or_default().replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
    for part in [
        "Rumah Jahit Sekar",
        "ORD-202611-0040 · Kalau tombolnya hijau bagaimana?",
        "Menunggu balasan lewat tenggat",
        "belum dibaca: 2",
        "Hendra: Baik, kami usahakan",
    ] {
        assert!(seen.contains(part), "«{part}» is missing in {seen}");
    }
    assert!(seen.find("Rumah Jahit") < seen.find("Putri Handayani"), "the earliest promise comes first: {seen}");
    chrome.wait("document.querySelector('a[href=\"#conversations\"] .nav-n').innerText.endsWith('2')")?;
    is_sound(&chrome)
}

#[test]
fn a_conversation_is_read_once_its_end_was_seen_and_no_other_with_it() -> Answer<()> {
    let chrome = conversations("")?;
    // The first one lies open, and is read after a moment; it keeps its place.
    chrome.wait(&row("Rumah Jahit", "querySelector('.dot') === null"))?;
    chrome.wait("document.querySelector('a[href=\"#conversations\"] .nav-n').innerText.endsWith('1')")?;
    chrome.wait("document.querySelector('#conversations-list-0').innerText.includes('Rumah Jahit')")?;
    chrome.wait("document.getElementById('talk-unread')")?;
    // Among the unread ones alone: the one that is read leaves the list and stays open, and the next is not read for it.
    chrome.script("document.getElementById('conversations-tab-unread').click()", &[])?;
    chrome.wait("document.getElementById('detail-name').innerText == 'Putri Handayani'")?;
    chrome.wait("document.querySelector('#conversations-panel .empty')?.innerText.includes('Semua pesan sudah dibaca')")?;
    chrome.wait("document.getElementById('detail-name').innerText == 'Putri Handayani'")?;
    is_sound(&chrome)?;
    // Each was told once.
    chrome.keys(&["Ctrl+9"])?;
    chrome.wait("[...document.querySelectorAll('[role=option]')].filter(r => r.innerText.includes('Tandai terbaca')).length == 2").map(drop)
}

#[test]
fn enter_says_it_and_the_server_makes_it_solid() -> Answer<()> {
    let chrome = conversations("")?;
    answer(&chrome, "Putri Handayani")?;
    is_sound(&chrome)?;
    chrome.type_text("Baik, Kak.")?;
    chrome.keys(&["Shift+Enter"])?;
    chrome.type_text("Kami tebalkan.")?;
    typed(&chrome, "Baik, Kak.\nKami tebalkan.")?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&format!("{}?.querySelector('.is-ours')", bubble("Kami tebalkan.")))?;
    typed(&chrome, "")?;
    on_box(&chrome)?;
    chrome.wait(&format!("{}?.querySelector('.msg-b:not(.is-ours)')", bubble("Kami tebalkan.")))?;
    chrome.wait(&row("Putri", "innerText.replace(/[\\u2066-\\u2069]/g, '').includes('Anda: Baik, Kak. Kami tebalkan.')"))?;
    chrome.wait(&row("Putri", "querySelector('.due-soon, .due-late') === null"))?;
    // An empty box sends nothing.
    let said = chrome.script("return document.querySelectorAll('.msg').length", &[])?;
    chrome.keys(&["Enter"])?;
    chrome.type_text("  ")?;
    chrome.keys(&["Enter"])?;
    assert_eq!(chrome.script("return document.querySelectorAll('.msg').length", &[])?, said);
    is_sound(&chrome)
}

#[test]
fn what_is_typed_is_kept_for_each_conversation_and_beside_its_order() -> Answer<()> {
    let chrome = conversations("")?;
    answer(&chrome, "Putri Handayani")?;
    chrome.type_text("Belum selesai")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.id == 'talk-log'")?;
    chrome.keys(&["Escape"])?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    answer(&chrome, "Toko Batik Larasati")?;
    typed(&chrome, "")?;
    chrome.type_text("Yang lain")?;
    chrome.keys(&["Escape", "Escape"])?;
    to(&chrome, "Putri Handayani")?;
    typed(&chrome, "Belum selesai")?;
    chrome.press("button", "Buka pesanan")?;
    chrome.wait("document.title == 'Pesanan desain · Meja' && document.getElementById('detail-name').innerText == 'Putri Handayani'")?;
    chrome.wait("document.activeElement.getAttribute('role') == 'option'")?;
    chrome.keys(&["b"])?;
    on_box(&chrome)?;
    typed(&chrome, "Belum selesai")?;
    chrome.wait("document.querySelector('#order-tab-talk[aria-selected=true]')")?;
    // The note is for colleagues, and has the same letter with Shift.
    chrome.keys(&["Escape", "i"])?;
    chrome.wait("document.activeElement.id == 'note-text'")?;
    is_sound(&chrome)
}

#[test]
fn a_quick_reply_is_filled_in_and_never_sent_by_itself() -> Answer<()> {
    let chrome = conversations("")?;
    answer(&chrome, "Putri Handayani")?;
    let said = chrome.script("return document.querySelectorAll('.msg').length", &[])?;
    chrome.type_text("/")?;
    chrome.wait("document.activeElement.id == 'talk-pick' && document.querySelectorAll('#talk-pick-list [role=option]').length == 4")?;
    is_sound(&chrome)?;
    chrome.type_text("salam")?;
    chrome.wait("document.querySelectorAll('#talk-pick-list [role=option]').length == 1")?;
    chrome.wait("document.getElementById('talk-pick-preview').innerText.includes('Halo Putri Handayani')")?;
    chrome.keys(&["Enter"])?;
    typed(&chrome, "Halo Putri Handayani, terima kasih sudah menghubungi kami. Saya Dewi Anggraini, siap membantu.")?;
    on_box(&chrome)?;
    assert_eq!(chrome.script("return document.querySelectorAll('.msg').length", &[])?, said, "nothing was sent");
    // With a gap that nobody could fill: it is named, and chosen for typing.
    chrome.script("document.getElementById('talk-text').select()", &[])?;
    chrome.keys(&["Backspace", "Ctrl+/"])?;
    chrome.wait("document.activeElement.id == 'talk-pick' && document.querySelector('#talk-pick-list')")?;
    chrome.keys(&["ArrowUp"])?;
    chrome.wait("document.querySelector('.pick-p .hint')?.innerText.includes('anggaran')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('talk-text-hint')?.innerText.includes('anggaran')")?;
    on_box(&chrome)?;
    chrome.wait("(t => t.value.slice(t.selectionStart, t.selectionEnd) == '…')(document.getElementById('talk-text'))")?;
    is_sound(&chrome)?;
    chrome.type_text("tiga juta")?;
    typed(&chrome, "Agar usulannya pas, boleh kami tahu anggarannya? Catatan kami: tiga juta.")?;
    chrome.wait("!document.getElementById('talk-text-hint')")?;
    // Escape leaves the list alone, and a second slash is a slash.
    chrome.script("document.getElementById('talk-text').select()", &[])?;
    chrome.keys(&["Backspace", "/"])?;
    chrome.wait("document.activeElement.id == 'talk-pick'")?;
    chrome.keys(&["Escape"])?;
    on_box(&chrome)?;
    chrome.keys(&["/"])?;
    chrome.wait("document.activeElement.id == 'talk-pick'")?;
    chrome.keys(&["/"])?;
    typed(&chrome, "/")?;
    on_box(&chrome)
}

#[test]
fn what_a_client_writes_meanwhile_comes_without_moving_anything() -> Answer<()> {
    let chrome = conversations("says=4000")?;
    to(&chrome, "Klinik Sehat Bersama")?;
    chrome.wait("document.getElementById('talk-log').scrollTop > 1000")?;
    // Further up, in the long one; somebody else writes.
    chrome.script("document.getElementById('talk-log').scrollTop = 900", &[])?;
    chrome.wait(&row("Putri", "innerText.includes('Satu lagi')"))?;
    chrome.wait(&row("Putri", "querySelector('.dot')?.innerText.endsWith('3')"))?;
    chrome.wait("document.activeElement.id == 'conversations-list-4'")?;
    chrome.wait("document.getElementById('talk-log').scrollTop == 900")?;
    to(&chrome, "Putri Handayani")?;
    chrome.wait("document.querySelectorAll('#talk-unread ~ .msg').length == 3")?;
    chrome.wait(&row("Putri", "querySelector('.dot') === null"))?;
    is_sound(&chrome)
}

#[test]
fn a_client_without_an_account_is_not_written_to_and_the_box_says_why() -> Answer<()> {
    let chrome = open("")?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    chrome.keys(&["j"])?;
    chrome.wait("document.getElementById('detail-name')?.innerText.includes('PT Kopi Senja') && document.querySelector('.act-why-i')")?;
    chrome.keys(&["b"])?;
    on_box(&chrome)?;
    chrome.wait("document.getElementById('talk-why').innerText.includes('belum punya akun')")?;
    chrome.wait_text("Belum ada pesan")?;
    is_sound(&chrome)?;
    chrome.type_text("Halo/")?;
    chrome.keys(&["Enter"])?;
    typed(&chrome, "")?;
    on_box(&chrome)?;
    chrome.wait(&format!("{VOICE}.includes('belum punya akun')"))?;
    chrome.wait("document.querySelectorAll('.msg').length == 0")?;
    Ok(())
}

#[test]
fn older_messages_come_by_button_and_by_scrolling_and_nothing_moves() -> Answer<()> {
    let chrome = conversations("")?;
    to(&chrome, "Klinik Sehat Bersama")?;
    let count = |n: u32| format!("document.querySelectorAll('#talk-log .msg').length == {n}");
    chrome.wait(&count(50))?;
    // It begins at its end.
    let at_end = "(l => l.scrollTop + l.clientHeight >= l.scrollHeight - 2)(document.getElementById('talk-log'))";
    chrome.wait(at_end)?;
    chrome.wait("document.querySelector('#talk-log .msg:last-of-type .msg-read').innerText.includes('Dibaca klien')")?;
    chrome.script("const l = document.getElementById('talk-log'); window.below = l.scrollHeight - l.scrollTop", &[])?;
    chrome.script("document.querySelector('.log-older button').click()", &[])?;
    chrome.wait(&count(100))?;
    chrome.wait("(l => Math.abs(l.scrollHeight - l.scrollTop - window.below) < 8)(document.getElementById('talk-log'))")?;
    chrome.script("document.getElementById('talk-log').scrollTop = 0", &[])?;
    chrome.wait(&count(130))?;
    chrome.wait("!document.querySelector('.log-older')")?;
    chrome.wait("document.getElementById('talk-log').scrollTop > 100")?;
    is_sound(&chrome)?;
    chrome.press("button", "Ke pesan terbaru")?;
    chrome.wait(at_end)?;
    chrome.wait("document.activeElement.id == 'talk-log'").map(drop)
}

#[test]
fn without_a_line_it_waits_and_the_arrow_fetches_it_back() -> Answer<()> {
    let chrome = conversations("line=offline")?;
    answer(&chrome, "Putri Handayani")?;
    for text in ["Pesan pertama", "Pesan kedua"] {
        chrome.type_text(text)?;
        chrome.keys(&["Enter"])?;
        chrome.wait(&format!("{}?.innerText.includes('dikirim saat tersambung')", bubble(text)))?;
    }
    chrome.wait_text("Sambungan putus")?;
    chrome.wait("document.querySelectorAll('.msg-b.is-ours').length == 2")?;
    is_sound(&chrome)?;
    chrome.keys(&["ArrowUp"])?;
    typed(&chrome, "Pesan kedua")?;
    chrome.wait("document.querySelectorAll('.msg-b.is-ours').length == 1")?;
    chrome.keys(&["ArrowUp"])?;
    typed(&chrome, "Pesan kedua")?;
    // What is taken back from elsewhere is a draft again too, and opens no other screen.
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelectorAll('.msg-b.is-ours').length == 2")?;
    chrome.keys(&["Escape", "Escape", "Ctrl+z"])?;
    typed(&chrome, "Pesan kedua")?;
    chrome.wait("document.title == 'Obrolan · Meja'").map(drop)
}

#[test]
fn a_message_that_did_not_pass_is_shown_with_its_reason_and_decided_in_the_outbox() -> Answer<()> {
    let chrome = conversations("message=stranded")?;
    to(&chrome, "Putri Handayani")?;
    let text = "Revisi kedua sudah kami kirim";
    chrome.wait(&format!("{}?.querySelector('.is-stranded')", bubble(text)))?;
    chrome.wait(&format!("{}.innerText.includes('Data klien ini sudah dihapus')", bubble(text)))?;
    is_sound(&chrome)?;
    chrome.press("button", "Putuskan di Antrean kirim")?;
    chrome.wait("document.title == 'Antrean kirim · Meja'")?;
    chrome.wait_text("Revisi kedua sudah kami kirim").map(drop)
}

/// What a hostile client writes: a text that would run, one that has no place to break, one that turns what is around it.
#[test]
fn what_a_message_says_leads_nowhere_and_stays_in_its_place() -> Answer<()> {
    let chrome = conversations("line=offline")?;
    answer(&chrome, "Putri Handayani")?;
    let fill = "const e = document.activeElement;
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(e, arguments[0]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    let long = "x".repeat(4_000);
    let texts = [
        "javascript:document.title='pwned'",
        "[klik](javascript:alert(1)) https://baik.id/\u{202e}gnp.exe https://bank.id@jahat.id",
        "\u{202e}\u{2066}terbalik",
        &long,
    ];
    for text in texts {
        chrome.script(fill, &[text.into()])?;
        typed(&chrome, text)?;
        chrome.keys(&["Enter"])?;
        typed(&chrome, "")?;
    }
    chrome.wait("document.querySelectorAll('.msg-b.is-ours').length == 4")?;
    chrome.wait("!document.querySelector('#talk-log a, #talk-log [href], #talk-log [onclick]')")?;
    chrome.wait("document.querySelectorAll('.msg-b.is-ours .url').length == 1 && document.querySelector('.msg-b.is-ours .url b').innerText == 'baik.id'")?;
    chrome.wait("(l => l.scrollWidth <= l.clientWidth)(document.getElementById('talk-log'))")?;
    chrome.wait("[...document.querySelectorAll('.msg-b')].every(b => b.scrollWidth <= b.clientWidth + 1)")?;
    is_sound(&chrome)?;
    // One character more is too many, and stays in the box.
    chrome.script(fill, &[format!("{long}y").as_str().into()])?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.getElementById('talk-text').getAttribute('aria-invalid') == 'true'")?;
    chrome.wait("document.getElementById('talk-text').value.length == 4001")?;
    chrome.wait("document.querySelectorAll('.msg-b.is-ours').length == 4")?;
    is_sound(&chrome)
}

#[test]
fn a_link_in_a_message_shows_its_host_and_can_be_copied() -> Answer<()> {
    let chrome = conversations("")?;
    to(&chrome, "Putri Handayani")?;
    chrome.wait("document.querySelector('.url b').innerText == 'desain.ruangkarsa.id'")?;
    let button = "[...document.querySelectorAll('.url-copy')].find(b => b.getAttribute('aria-label').includes('desain.ruangkarsa.id'))";
    chrome.reach(button)?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&format!("{VOICE}.startsWith('Tautan')"))?;
    chrome.wait("document.title == 'Obrolan · Meja'").map(drop)
}

#[test]
fn a_person_without_a_mouse_answers_whoever_waits() -> Answer<()> {
    let chrome = open("")?;
    let hands = Hands(&chrome);
    hands.press(&["g", "c"])?;
    hands.title("Obrolan · Meja")?;
    hands.on_row("Rumah Jahit Sekar")?;
    hands.press(&["/"])?;
    hands.on("conversations-search")?;
    hands.types("0041")?;
    hands.until("document.querySelectorAll('#conversations-list [role=option]').length == 1")?;
    hands.press(&["Enter"])?;
    hands.on_row("Putri Handayani")?;
    hands.press(&["Enter"])?;
    hands.on("talk-log")?;
    hands.press(&["b"])?;
    hands.on("talk-text")?;
    hands.press(&["/"])?;
    hands.on("talk-pick")?;
    hands.types("dikerjakan")?;
    hands.until("document.querySelectorAll('#talk-pick-list [role=option]').length == 1")?;
    hands.press(&["Enter"])?;
    hands.on("talk-text")?;
    hands.press(&["Enter"])?;
    hands.sees("Pesanan ORD-202611-0041 sekarang Dikerjakan")?;
    hands.row_says("Putri Handayani", "Anda")?;
    hands.press(&["Escape", "Escape"])?;
    hands.on_row("Putri Handayani")
}

#[test]
fn experts_have_no_conversations() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&role=expert")?;
    chrome.wait("document.title.startsWith('Antrean') && document.getElementById('pane-side')")?;
    chrome.wait("!document.querySelector('a[href=\"#conversations\"]')")?;
    chrome.keys(&["g", "c"])?;
    chrome.keys(&["Ctrl+3"])?;
    chrome.wait("!document.querySelector('.go') && document.title.startsWith('Antrean')")?;
    chrome.keys(&["Ctrl+,"])?;
    chrome.wait("document.querySelector('.setnav a') && !document.querySelector('.setnav').innerText.includes('Balasan cepat')").map(drop)
}

#[test]
fn quick_replies_are_kept_in_the_settings() -> Answer<()> {
    let chrome = open("role=cs")?;
    section(&chrome, "Balasan cepat")?;
    chrome.wait("document.querySelectorAll('.replies-i').length == 4")?;
    is_sound(&chrome)?;
    chrome.press("button", "Balasan baru")?;
    chrome.by_role("dialog", "Balasan cepat baru")?;
    chrome.wait("document.activeElement.id == 'reply-name'")?;
    chrome.keys(&["Ctrl+Enter"])?;
    chrome.wait("document.querySelectorAll('dialog .err').length == 2")?;
    chrome.type_text("Jam buka")?;
    type_into(&chrome, "reply-words", "Halo {kliem}")?;
    chrome.wait("document.querySelector('#reply-words-hint.err')?.innerText.includes('tidak dikenal')")?;
    chrome.wait("!document.querySelector('dialog .quote')")?;
    type_into(&chrome, "reply-words", "Halo , kami buka pukul 9.")?;
    // A gap goes where the caret is.
    chrome.script("document.getElementById('reply-words').setSelectionRange(5, 5)", &[])?;
    chrome.press("button", "Sisipkan nama klien")?;
    chrome.wait("document.getElementById('reply-words').value == 'Halo {klien}, kami buka pukul 9.'")?;
    chrome.wait("document.activeElement.id == 'reply-words' && document.activeElement.selectionStart == 12")?;
    chrome.wait("document.querySelector('dialog .quote').innerText == 'Halo Rani Kusumawardani, kami buka pukul 9.'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.querySelectorAll('.replies-i').length == 5")?;
    chrome.press("button", "Ubah Jam buka")?;
    chrome.by_role("dialog", "Ubah balasan cepat")?;
    type_into(&chrome, "reply-name", "Jam kerja")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait_text("Jam kerja")?;
    chrome.press("button", "Hapus Jam kerja")?;
    chrome.by_role("dialog", "Hapus balasan cepat Jam kerja")?;
    chrome.keys(&["Ctrl+Enter"])?;
    wait_closed(&chrome)?;
    chrome.wait("document.querySelectorAll('.replies-i').length == 4")?;
    is_sound(&chrome)
}

/// How many files stand above the box.
fn chips(n: usize) -> String {
    format!("document.querySelectorAll('.file-c').length == {n}")
}

#[test]
fn files_go_with_a_message_and_are_seen_and_saved_by_keys_alone() -> Answer<()> {
    let chrome = conversations("pick=brief-kedai.png,catatan.pdf,kosong.pdf")?;
    answer(&chrome, "Rumah Jahit Sekar")?;
    chrome.keys(&["Ctrl+u"])?;
    chrome.wait(&chips(2))?;
    chrome.wait_text("kosong.pdf tidak dilampirkan. Berkas kosong.")?;
    on_box(&chrome)?;
    is_sound(&chrome)?;
    chrome.keys(&["Enter"])?;
    let sent = "[...document.querySelectorAll('.msg')].at(-1)";
    chrome.wait(&format!("{sent}.querySelectorAll('.file-r').length == 2 && {sent}.innerText.includes('catatan.pdf')"))?;
    chrome.wait(&chips(0))?;
    chrome.wait(&format!("{sent}.querySelector('.thumb img')?.src.startsWith('data:image/png')"))?;
    chrome.wait(&format!("{sent}.innerText.includes('PDF')"))?;
    chrome.wait(&row("Rumah Jahit Sekar", "innerText.includes('2 lampiran')"))?;
    is_sound(&chrome)?;
    chrome.reach(&format!("{sent}.querySelector('[aria-label*=\"pratinjau\"]')"))?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('#talk-look img.look')?.alt.includes('brief-kedai.png')")?;
    is_sound(&chrome)?;
    chrome.keys(&["Escape"])?;
    wait_closed(&chrome)?;
    chrome.reach(&format!("[...{sent}.querySelectorAll('[aria-label^=\"Simpan\"]')].at(-1)"))?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("/home/dewi/Unduhan/catatan.pdf")?;
    is_sound(&chrome)
}

#[test]
fn a_file_is_taken_out_again_and_a_version_goes_without_being_sent_anew() -> Answer<()> {
    let chrome = conversations("pick=a.png,b.png,c.png,d.png,e.png,f.png")?;
    answer(&chrome, "Putri Handayani")?;
    chrome.keys(&["Ctrl+u"])?;
    chrome.wait(&chips(5))?;
    chrome.wait_text("f.png tidak dilampirkan. Paling banyak lima berkas dalam satu pesan.")?;
    chrome.reach("document.querySelector('[aria-label^=\"Jangan lampirkan\"]')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&chips(4))?;
    on_box(&chrome)?;
    chrome.reach("document.getElementById('talk-versions')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement.id == 'talk-version-list-0'")?;
    is_sound(&chrome)?;
    chrome.keys(&["Enter"])?;
    chrome.wait(&chips(5))?;
    on_box(&chrome)?;
    // What is written elsewhere has files of its own.
    chrome.keys(&["Escape", "Escape"])?;
    chrome.wait("document.activeElement?.getAttribute('role') == 'option'")?;
    to(&chrome, "Rumah Jahit Sekar")?;
    chrome.wait(&chips(0))?;
    answer(&chrome, "Putri Handayani")?;
    chrome.wait(&chips(5))?;
    chrome.keys(&["Enter"])?;
    chrome.wait("[...document.querySelectorAll('.msg')].at(-1).querySelectorAll('.file-r').length == 5").map(drop)
}
