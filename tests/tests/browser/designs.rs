//! Desain: the versions of an order, files on their way, one seen or two compared, by keys alone (R-077, R-078, M-07).

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::{VOICE, is_sound, open, versions};

/// The tab of this client's order.
fn designs(situation: &str, name: &str) -> Answer<Chrome> {
    versions(situation, name, ".designs")
}

/// The tile of a version.
fn tile(version: u32, has: &str) -> String {
    format!("document.getElementById('version-{version}')?.closest('.ver').{has}")
}

/// Which version is looked at.
fn looks_at(chrome: &Chrome, version: u32) -> Answer<()> {
    chrome.wait(&format!("document.querySelector('.ver-open[aria-current=true]')?.id == 'version-{version}'")).map(drop)
}

/// Whether a picture was drawn, and not only promised.
const DRAWN: &str =
    "(i => i?.complete && i.naturalWidth == 360 && i.src.startsWith('data:image/png'))(document.querySelector('.canvas-i'))";

#[test]
fn a_version_is_uploaded_shown_to_the_client_and_compared_by_keys_alone() -> Answer<()> {
    let chrome = designs("hold=0&speed=4000", "Putri Handayani")?;
    looks_at(&chrome, 1)?;
    chrome.wait(DRAWN)?;
    is_sound(&chrome)?;
    chrome.keys(&["u"])?;
    chrome.wait(&tile(2, "classList.contains('is-ours')"))?;
    chrome.wait(&tile(2, "innerText.includes('Mengunggah')"))?;
    chrome.wait(&tile(2, "querySelector('progress').value > 5"))?;
    chrome.wait(&tile(2, "innerText.replace(/[\\u2066-\\u2069]/g, '').match(/,\\d dari 6,4 MB/)"))?;
    chrome.wait(&tile(2, "innerText.match(/sisa .*dtk/)"))?;
    is_sound(&chrome)?;
    // What is looked at stays until it is there, and the order counts the new one.
    looks_at(&chrome, 1)?;
    chrome.wait("document.getElementById('order-tab-design').innerText.includes('2 versi')")?;
    chrome.wait(&format!("{VOICE}.includes('V2: 50 persen')"))?;
    chrome.wait(&format!("{VOICE}.includes('V2: 100 persen')"))?;
    chrome.wait(&tile(2, "innerText.includes('Terunggah') && !document.getElementById('version-2').closest('.is-ours')"))?;
    // What this person added themselves is looked at once it is there. Into the list, to the other one and back.
    looks_at(&chrome, 2)?;
    chrome.keys(&["v"])?;
    chrome.wait("document.activeElement.id == 'version-2'")?;
    chrome.keys(&["ArrowDown"])?;
    chrome.wait("document.activeElement.id == 'version-1'")?;
    looks_at(&chrome, 1)?;
    chrome.keys(&["ArrowUp"])?;
    chrome.wait("document.activeElement.id == 'version-2'")?;
    looks_at(&chrome, 2)?;
    chrome.wait("document.getElementById('act-why').innerText.includes('klien melihat V2')")?;
    chrome.keys(&["a"])?;
    chrome.wait(&tile(2, "innerText.includes('Diserahkan') && !document.getElementById('version-2').closest('.is-ours')"))?;
    // Compared, with the slider alone.
    for (mode, there) in [("side", ".canvas-2 .canvas-f:nth-child(2) .canvas-i"), ("swipe", "#design-slider"), ("overlay", ".swipe-o")] {
        chrome.reach(&format!("document.getElementById('design-mode-{mode}')"))?;
        chrome.keys(&["Enter"])?;
        chrome.wait(&format!("document.querySelector('{there}') && document.querySelectorAll('.canvas-i').length == 2"))?;
        is_sound(&chrome)?;
    }
    chrome.reach("document.getElementById('design-mode-swipe')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('#design-slider:not(.swipe-o)')")?;
    chrome.reach("document.getElementById('design-slider')")?;
    let now = "document.getElementById('design-slider').getAttribute('aria-valuenow')";
    for (key, at) in [("ArrowRight", 55), ("ArrowLeft", 50), ("ArrowLeft", 45), ("Home", 0), ("End", 100)] {
        chrome.keys(&[key])?;
        chrome.wait(&format!("{now} == '{at}'"))?;
    }
    chrome.wait("getComputedStyle(document.querySelector('.canvas-y + .canvas-y')).clipPath.includes('100%')")?;
    is_sound(&chrome)
}

#[test]
fn the_newest_that_counts_is_seen_first_and_the_clients_word_stands_below_it() -> Answer<()> {
    let chrome = designs("upload=sending", "PT Kopi Senja Nusantara")?;
    looks_at(&chrome, 2)?;
    chrome.wait(DRAWN)?;
    chrome.wait(&tile(3, "innerText.includes('Mengunggah')"))?;
    chrome.wait(&tile(2, "innerText.includes('Minta revisi')"))?;
    chrome.wait(&tile(1, "innerText.includes('Digantikan')"))?;
    chrome.wait("document.querySelectorAll('.thumb img').length == 3")?;
    chrome.wait_text("Gagang cangkir terlalu tebal")?;
    chrome.wait_text("menempel pada V2")?;
    // Nothing is given before its bytes are there, and the button says so.
    chrome.wait(
        "document.getElementById('act-why').innerText.replace(/[\\u2066-\\u2069]/g, '').includes('Serahkan menunggu V3 selesai diunggah.')",
    )?;
    chrome.wait("document.getElementById('do-design-submit').getAttribute('aria-disabled') == 'true'")?;
    is_sound(&chrome)?;
    chrome.keys(&["a"])?;
    chrome.wait(&format!("{VOICE}.includes('menunggu V3')"))?;
    // An answer begins with the version, and nothing more.
    chrome.keys(&["b"])?;
    chrome.wait("document.activeElement.id == 'talk-text' && document.activeElement.value == 'V2: '")?;
    chrome.wait("document.activeElement.selectionStart == 4").map(drop)
}

#[test]
fn a_place_in_the_picture_leads_to_what_is_said_of_it_and_back() -> Answer<()> {
    let chrome = designs("", "PT Kopi Senja Nusantara")?;
    looks_at(&chrome, 2)?;
    chrome.wait("document.querySelectorAll('.pin').length == 2 && document.querySelectorAll('.pins-i').length == 2")?;
    // It lies where the client put it, however large the picture is.
    let lies = "(([p, i]) => Math.abs(p.left + p.width / 2 - i.left - i.width * .735) < 2 && Math.abs(p.top + p.height / 2 - i.top - i.height * .515) < 2)\
        (['.pin', '.canvas-o .canvas-i'].map(s => document.querySelector(s).getBoundingClientRect()))";
    chrome.wait(lies)?;
    is_sound(&chrome)?;
    chrome.reach("document.querySelectorAll('.pin')[1]")?;
    chrome.wait("document.activeElement.ariaLabel.replace(/[\\u2066-\\u2069]/g, '') == 'Tempat 2 di V2: Warna jingga ini.'")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement == document.querySelectorAll('button.pin-n')[1]")?;
    chrome.wait(
        "document.querySelectorAll('.pin')[1].classList.contains('on') && !document.querySelector('.pin').classList.contains('on')",
    )?;
    chrome.reach("document.querySelectorAll('button.pin-n')[0]")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.activeElement == document.querySelectorAll('.pin')[0]")?;
    chrome.reach("document.getElementById('design-view')")?;
    chrome.keys(&["1"])?;
    chrome.wait("document.querySelector('.canvas-i').getBoundingClientRect().width == 360")?;
    chrome.wait(lies)?;
    // Beside another version they lie on their own picture, and what was said of the other one stands there, too.
    chrome.reach("document.getElementById('design-mode-side')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait(
        "document.querySelectorAll('.canvas-f:nth-child(2) .pin').length == 2 && !document.querySelector('.canvas-f:nth-child(1) .pin')",
    )?;
    chrome.wait("document.querySelectorAll('.remark').length == 2 && document.querySelectorAll('#do-reply').length == 1")?;
    is_sound(&chrome)?;
    // Where one picture lies over the other there are none to lead to.
    chrome.reach("document.getElementById('design-mode-overlay')")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.querySelector('.swipe-o') && !document.querySelector('.pin, button.pin-n') && document.querySelectorAll('.pin-n').length == 2")?;
    is_sound(&chrome)
}

#[test]
fn the_approved_one_is_opened_first() -> Answer<()> {
    let chrome = designs("", "Yayasan Tunas Papua")?;
    looks_at(&chrome, 1)?;
    chrome.wait(&tile(1, "innerText.includes('Disetujui klien')"))?;
    chrome.wait(&tile(2, "innerText.includes('versi aktif')"))?;
    chrome.wait("document.getElementById('do-design-current')")?;
    is_sound(&chrome)
}

#[test]
fn an_upload_is_paused_goes_on_and_is_called_off() -> Answer<()> {
    let chrome = designs("speed=60000", "Toko Batik Larasati")?;
    chrome.wait_text("Belum ada hasil desain yang diunggah")?;
    is_sound(&chrome)?;
    chrome.keys(&["u"])?;
    chrome.wait(&tile(1, "querySelector('progress')"))?;
    chrome.wait("/1 antre · mengunggah \\d+%/.test(document.getElementById('pane-status').innerText)")?;
    chrome.press("button", "Jeda kopi-senja-v3.png")?;
    chrome.wait(&tile(1, "innerText.includes('Dijeda')"))?;
    chrome.wait("document.getElementById('pane-status').innerText.includes('1 antre') && !document.getElementById('pane-status').innerText.includes('mengunggah')")?;
    is_sound(&chrome)?;
    chrome.press("button", "Lanjutkan kopi-senja-v3.png")?;
    chrome.wait(&tile(1, "innerText.includes('Mengunggah')"))?;
    chrome.press("button", "Batalkan kopi-senja-v3.png")?;
    chrome.wait("!document.querySelector('.ver')")?;
    chrome.wait_text("Belum ada hasil desain yang diunggah").map(drop)
}

#[test]
fn what_is_not_taken_says_which_check_it_was_and_what_would_help() -> Answer<()> {
    let chrome = designs("pick=kopi-senja.psd,kopi-senja-final.png,kosong.pdf", "PT Kopi Senja Nusantara")?;
    chrome.keys(&["u"])?;
    chrome.wait("document.querySelectorAll('.ver-not').length == 3")?;
    for text in [
        "kopi-senja.psd tidak diunggah.",
        "Yang diterima: JPG, PNG, PDF, ZIP, RAR sampai 10 MB.",
        "Sama dengan V2, tidak diunggah lagi",
        "Berkas kosong. Ekspor ulang",
    ] {
        chrome.wait_text(text)?;
    }
    chrome.wait(&format!("{VOICE}.includes('tidak diunggah')"))?;
    is_sound(&chrome)?;
    chrome.press("button", "Tutup keterangan kopi-senja.psd")?;
    chrome.wait("document.querySelectorAll('.ver-not').length == 2")?;
    chrome.wait("document.activeElement.id == 'design-drop'")?;
    chrome.wait("document.querySelectorAll('.ver').length == 2").map(drop)
}

#[test]
fn without_a_line_files_wait_and_pictures_that_are_not_here_say_so() -> Answer<()> {
    let chrome = designs("line=offline", "PT Kopi Senja Nusantara")?;
    chrome.wait(DRAWN)?;
    chrome.keys(&["v"])?;
    chrome.wait("document.activeElement.id == 'version-2'")?;
    chrome.keys(&["v"])?;
    looks_at(&chrome, 1)?;
    chrome.wait_text("Gambar ini belum ada di komputer ini, dan sedang tidak ada sambungan.")?;
    chrome.wait("document.getElementById('do-design-save').getAttribute('aria-disabled') == 'true'")?;
    is_sound(&chrome)?;
    chrome.keys(&["u"])?;
    chrome.wait(&tile(3, "innerText.includes('Menunggu sambungan')"))?;
    chrome.wait_text("Berkas menunggu di komputer ini")?;
    is_sound(&chrome)
}

#[test]
fn what_the_server_refused_leads_to_the_outbox() -> Answer<()> {
    let chrome = designs("upload=refused", "PT Kopi Senja Nusantara")?;
    chrome.wait(&tile(3, "innerText.includes('Ditolak server') "))?;
    chrome.wait(&tile(3, "innerText.includes('Berkas rusak.')"))?;
    is_sound(&chrome)?;
    chrome.press("button", "Putuskan kopi-senja-v3.png di Antrean kirim")?;
    chrome.wait("document.title == 'Antrean kirim · Meja'").map(drop)
}

#[test]
fn an_archive_shows_what_it_says_it_holds_a_part_at_a_time() -> Answer<()> {
    let chrome = designs("", "Klinik Sehat Bersama")?;
    looks_at(&chrome, 2)?;
    chrome.wait("document.querySelectorAll('.zip-i').length == 100")?;
    chrome.wait_text("1.000 berkas")?;
    chrome.wait("!document.querySelector('.canvas-i')")?;
    is_sound(&chrome)?;
    chrome.press("button", "Tampilkan 100 lagi")?;
    chrome.wait("document.querySelectorAll('.zip-i').length == 200")?;
    // A document is named, and never drawn.
    chrome.keys(&["v"])?;
    chrome.wait("document.activeElement.id == 'version-2'")?;
    chrome.keys(&["v"])?;
    looks_at(&chrome, 1)?;
    chrome.wait("document.querySelector('.file')?.innerText.includes('PDF') && !document.querySelector('.zip, .canvas-i')")?;
    chrome.script("document.getElementById('design-mode-swipe').click()", &[])?;
    chrome.wait_text("bukan gambar yang bisa ditumpuk")?;
    is_sound(&chrome)?;
    chrome.script("document.getElementById('design-mode-side').click()", &[])?;
    chrome.wait("document.querySelectorAll('.canvas-f .file').length == 2").map(drop)
}

#[test]
fn a_picture_grows_by_keys_and_fits_again() -> Answer<()> {
    let chrome = designs("", "PT Kopi Senja Nusantara")?;
    chrome.wait(DRAWN)?;
    chrome.reach("document.getElementById('design-view')")?;
    let width = |px: u32| format!("document.querySelector('.canvas-z')?.getBoundingClientRect().width == {px}");
    chrome.keys(&["1"])?;
    chrome.wait(&width(360))?;
    chrome.keys(&["=", "="])?;
    chrome.wait(&width(720))?;
    chrome.wait("(v => v.scrollWidth > v.clientWidth)(document.getElementById('design-view'))")?;
    is_sound(&chrome)?;
    chrome.keys(&["-"])?;
    chrome.wait(&width(540))?;
    chrome.keys(&["0"])?;
    chrome.wait("!document.querySelector('.canvas-z')").map(drop)
}

#[test]
fn an_original_is_written_out_and_the_window_says_where() -> Answer<()> {
    let chrome = designs("", "PT Kopi Senja Nusantara")?;
    chrome.press("button", "Unduh V2")?;
    chrome.wait("document.getElementById('design-saved')?.innerText.includes('_ORD-202611-0042_kopi-senja-final.png')")?;
    is_sound(&chrome)
}

#[test]
fn files_that_are_let_fall_belong_to_the_order_that_is_open() -> Answer<()> {
    let chrome = designs("drops=order&speed=60000", "Putri Handayani")?;
    chrome.wait("document.getElementById('drop-over')?.innerText.includes('Putri Handayani')")?;
    is_sound(&chrome)?;
    chrome.wait(&tile(2, "querySelector('progress')"))?;
    chrome.wait("!document.getElementById('drop-over')").map(drop)
}

#[test]
fn where_no_order_is_open_it_is_said_where_files_belong() -> Answer<()> {
    let chrome = open("drops=200")?;
    chrome.wait("document.getElementById('drop-nowhere')?.innerText.includes('Buka dulu pesanannya')")?;
    chrome.wait(&format!("{VOICE}.includes('Buka dulu pesanannya')"))?;
    is_sound(&chrome)
}

/// Pastes a file of so many bytes.
const PASTE: &str = "
    const at = document.activeElement, data = new DataTransfer();
    data.items.add(new File([new Uint8Array(arguments[1])], arguments[0], { type: 'image/png' }));
    at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";

#[test]
fn a_pasted_picture_becomes_a_version_and_one_in_a_field_does_not() -> Answer<()> {
    let chrome = designs("speed=60000", "Putri Handayani")?;
    chrome.script(PASTE, &["image.png".into(), 3_000.into()])?;
    chrome.wait(&tile(2, "innerText.match(/tempel-\\d{8}-\\d{6}\\.png/)"))?;
    chrome.script(PASTE, &["besar.png".into(), 10_485_761.into()])?;
    chrome.wait_text("besar.png tidak diunggah.")?;
    chrome.wait_text("Berkas lebih besar dari 10 MB.")?;
    is_sound(&chrome)?;
    chrome.keys(&["b"])?;
    chrome.wait("document.activeElement.id == 'talk-text'")?;
    chrome.script(PASTE, &["lain.png".into(), 300.into()])?;
    chrome.wait("document.querySelector('#order-tab-talk[aria-selected=true]')")?;
    chrome.wait("document.getElementById('order-tab-design').innerText.includes('2 versi')").map(drop)
}

#[test]
fn what_cannot_be_read_says_so() -> Answer<()> {
    let chrome = open("versions=error")?;
    chrome.keys(&["g", "o"])?;
    chrome.wait("document.activeElement?.id == 'orders-list-0'")?;
    chrome.keys(&["v"])?;
    chrome.wait_text("Versi desain tidak bisa dibaca")?;
    is_sound(&chrome)
}
