//! Impor: from a file to what it made and back, by keys alone; files that cannot be read, columns that are missing, imports that are
//! called off, wait for a line, or belong to somebody else.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::hands::Hands;

/// The page, in this situation.
fn imports(situation: &str) -> Answer<Chrome> {
    let chrome = Chrome::open(&format!("motion=reduced&hold=0&{situation}"))?;
    chrome.wait("document.querySelector('[role=option], .empty')")?;
    chrome.keys(&["g", "i"])?;
    chrome.wait("document.title == 'Impor · Meja' && document.querySelector('#import-past')")?;
    Ok(chrome)
}

/// A file is at hand, and its heading has the focus.
fn with_file(situation: &str) -> Answer<Chrome> {
    let chrome = imports(situation)?;
    chrome.keys(&["u"])?;
    Hands(&chrome).on("import-columns")?;
    Ok(chrome)
}

/// Its rows are tried, and what was found has the focus.
fn tried(situation: &str) -> Answer<Chrome> {
    let chrome = with_file(situation)?;
    chrome.keys(&["c"])?;
    Hands(&chrome).on("import-result")?;
    Ok(chrome)
}

/// The state of the newest import, and what is said of it.
const FIRST: &str = "document.querySelector('.imp-i')?.innerText.replace(/[\\u2066-\\u2069]/g, '')";

fn first_says(hands: Hands<'_>, text: &str) -> Answer<()> {
    hands.until(&format!("({FIRST} ?? '').includes('{text}')"))
}

/// Goes on by Tab until the focus is on a button whose id begins so.
fn tabs_to(hands: Hands<'_>, id: &str, at_most: u32) -> Answer<()> {
    let there = format!("document.activeElement.id.startsWith('{id}')");
    for _ in 0..at_most {
        hands.press(&["Tab"])?;
        if hands.0.script(&format!("return {there}"), &[])? == true {
            return Ok(());
        }
    }
    hands.until(&there)
}

#[test]
fn a_file_is_brought_in_and_taken_back_by_keys_alone() -> Answer<()> {
    let chrome = imports("")?;
    let hands = Hands(&chrome);
    hands.sees("Belum ada impor")?;
    hands.sees("paling banyak 100.000 baris, 100 kolom, 32 MB")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["u"])?;
    hands.on("import-columns")?;
    hands.hears("klien-lama.xlsx terbaca: 400 baris, 9 kolom.")?;
    hands.until("document.querySelector('#import-as-1').value == 'phone' && document.querySelector('#import-as-8').value == ''")?;
    hands.until("document.querySelector('#do-import-begin').getAttribute('aria-disabled') == 'true'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["c"])?;
    hands.on("import-result")?;
    hands.hears("siap masuk")?;
    look_through_the_lists(hands)?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["Ctrl+Enter"])?;
    hands.until("document.activeElement.matches('.imp-i h3')")?;
    hands.hears("Impor klien-lama.xlsx: Selesai.")?;
    first_says(hands, "klien baru")?;
    hands.sees("baris bermasalah tidak ikut")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    // What came in is in the lists.
    hands.press(&["g", "k"])?;
    hands.title("Klien · Meja")?;
    hands.press(&["/"])?;
    hands.types("Bunga Basuki")?;
    hands.sees("Bunga Basuki")?;
    hands.press(&["Escape"])?;
    hands.until("document.activeElement.getAttribute('role') == 'option'")?;
    hands.press(&["g", "i"])?;
    hands.title("Impor · Meja")?;
    first_says(hands, "Bisa diurungkan ")?;
    take_back(hands)?;
    hands.until("!document.querySelector('[id^=import-undo-]')")
}

/// Problems stand by row, with the rulebook's words; a known client can be made one of their own, and known again.
fn look_through_the_lists(hands: Hands<'_>) -> Answer<()> {
    hands.tabs_to("import-tab-problems", 3)?;
    hands.press(&["Tab"])?;
    hands.on("import-problems-0-0")?;
    hands.sees("Terlalu pendek, paling sedikit 3 huruf.")?;
    hands.press(&["Ctrl+End"])?;
    hands.until("document.activeElement.id.startsWith('import-problems-') && document.activeElement.id.endsWith('-3')")?;
    hands.press(&["Shift+Tab"])?;
    hands.on("import-tab-problems")?;
    hands.press(&["ArrowRight"])?;
    hands.on("import-tab-twins")?;
    hands.press(&["Tab"])?;
    hands.on("import-twins-0-0")?;
    hands.sees("Rani Kusumawardani, lewat Nomor telepon")?;
    hands.press(&["Enter"])?;
    hands.until("document.getElementById('import-twins-0-3').innerText.includes('klien tersendiri')")?;
    hands.hears("Diperiksa: ")?;
    hands.on("import-twins-0-0")?;
    hands.press(&["Enter"])?;
    hands.until("document.getElementById('import-twins-0-3').innerText.includes('masuk ke klien itu')")?;
    hands.until("!document.querySelector('section[aria-busy=true]')")
}

/// Takes the newest import back, from wherever the focus is on the page.
fn take_back(hands: Hands<'_>) -> Answer<()> {
    tabs_to(hands, "import-undo-", 12)?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Urungkan impor klien-lama.xlsx?")?;
    hands.sees("Klien yang sudah dikenal sebelumnya tidak disentuh.")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.hears("Diurungkan.")?;
    first_says(hands, "Diurungkan")
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_what_helps() -> Answer<()> {
    for (name, why) in [
        ("rusak.xlsx", "simpan ulang sebagai XLSX"),
        ("kosong.csv", "belum ada satu baris pun"),
        ("besar.xlsx", "Lebih besar dari 32 MB"),
        ("surat.xlsx", "Isinya bukan tabel"),
    ] {
        let chrome = imports(&format!("pick={name}"))?;
        let hands = Hands(&chrome);
        hands.press(&["u"])?;
        hands.hears(&format!("{name} tidak bisa diimpor."))?;
        hands.until(&format!("document.querySelector('#import-refused')?.innerText.includes('{why}')"))?;
        hands.until("!document.querySelector('#import-columns')")?;
        assert_eq!(chrome.axe()?, Vec::<String>::new());
    }
    let chrome = imports("pick=batal")?;
    chrome.keys(&["u"])?;
    chrome.wait("document.querySelector('#do-import-pick:not([aria-busy])') && !document.querySelector('#import-refused')")?;
    Ok(())
}

#[test]
fn another_sheet_is_read_and_one_without_a_table_leaves_the_file_as_it_is() -> Answer<()> {
    let chrome = with_file("")?;
    let hands = Hands(&chrome);
    hands.press(&["Shift+Tab", "Shift+Tab", "Shift+Tab"])?;
    hands.on("import-sheet")?;
    hands.press(&["ArrowDown"])?;
    hands.sees("60 baris · 9 kolom")?;
    hands.on("import-columns")?;
    hands.press(&["Shift+Tab", "Shift+Tab", "Shift+Tab"])?;
    hands.on("import-sheet")?;
    hands.press(&["ArrowDown"])?;
    hands.hears("tidak bisa diimpor")?;
    hands.sees("60 baris · 9 kolom")?;
    hands.until("document.querySelector('#import-sheet').value == 'Klien 2024'")
}

#[test]
fn a_column_that_every_row_needs_is_missed_before_anything_is_tried() -> Answer<()> {
    let chrome = with_file("pick=asing.csv")?;
    let hands = Hands(&chrome);
    hands.sees("Belum ada kolom untuk: Nama klien.")?;
    hands.press(&["c"])?;
    hands.hears("Belum ada kolom untuk: Nama klien.")?;
    hands.until("document.querySelector('#do-import-check').getAttribute('aria-disabled') == 'true'")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.tabs_to("import-as-0", 3)?;
    hands.press(&["ArrowDown"])?;
    hands.until("document.querySelector('#import-as-0').value == 'name' && !document.querySelector('#import-missing')")?;
    hands.sees("klien yang sudah ada tidak bisa dikenali")?;
    // What another column held goes over to this one, and that is said.
    hands.press(&["Tab"])?;
    hands.on("import-as-1")?;
    hands.press(&["ArrowDown"])?;
    hands.hears("Nama klien tidak lagi dibaca dari kolom Kolom A.")?;
    hands.until("document.querySelector('#import-as-0').value == '' && document.querySelector('#import-as-1').value == 'name'")?;
    hands.press(&["ArrowDown"])?;
    hands.until("document.querySelector('#import-as-1').value == 'phone'")?;
    hands.press(&["Shift+Tab"])?;
    hands.on("import-as-0")?;
    hands.press(&["ArrowDown"])?;
    hands.sees("Klien yang nomor telepon atau emailnya sudah dikenal tidak dibuat lagi")
}

#[test]
fn rows_with_problems_are_left_out_and_can_be_had_before_and_after() -> Answer<()> {
    let chrome = tried("")?;
    let hands = Hands(&chrome);
    hands.press(&["Ctrl+e"])?;
    hands.until("document.querySelector('#export-note')?.innerText.includes('impor-masalah')")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.until("document.querySelector('#import-left-out')")?;
    hands.press(&["Ctrl+e"])?;
    hands.until("document.querySelector('#export-note')?.innerText.includes('impor-masalah')")?;
    // The same table is known again.
    hands.hears("Selesai")?;
    hands.press(&["u"])?;
    hands.on("import-columns")?;
    hands.sees("seperti terakhir kali untuk tabel ini")?;
    // And who came in is known by now.
    hands.press(&["c"])?;
    hands.on("import-result")?;
    hands.until("document.querySelector('.imp-stats').innerText.startsWith('Klien baru\\n0')")?;
    let chrome = tried("pick=gagal.csv")?;
    let hands = Hands(&chrome);
    hands.sees("Tidak ada baris yang bisa masuk.")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.hears("Tidak ada baris yang bisa masuk.")?;
    let chrome = tried("pick=rapi.csv")?;
    Hands(&chrome).until("document.querySelector('#import-all-good') && !document.querySelector('#import-tab-problems')")
}

#[test]
fn what_has_not_been_sent_is_called_off_and_what_came_can_be_taken_back() -> Answer<()> {
    // Slow enough that a part has come and others have not, for as long as it takes to call them off.
    let chrome = tried("speed=12000")?;
    let hands = Hands(&chrome);
    hands.press(&["Ctrl+Enter"])?;
    hands.hears("Impor dimulai")?;
    hands.until("document.activeElement.matches('.imp-i h3') && document.querySelector('.imp-i progress')")?;
    first_says(hands, "Berjalan")?;
    hands.until("Number(document.querySelector('.imp-i progress').value) > 0")?;
    tabs_to(hands, "import-stop-", 3)?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Hentikan impor klien-lama.xlsx?")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    first_says(hands, "Sebagian masuk")?;
    first_says(hands, "bagian sudah masuk")?;
    take_back(hands)
}

#[test]
fn without_a_line_it_waits_and_is_there_after_leaving_the_page() -> Answer<()> {
    let chrome = tried("line=offline&pick=rapi.csv")?;
    let hands = Hands(&chrome);
    hands.sees("impor menunggu di Antrean kirim")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.hears("menunggu sambungan")?;
    first_says(hands, "Menunggu sambungan")?;
    first_says(hands, "0 dari 30 baris. Sisanya menunggu di Antrean kirim.")?;
    hands.press(&["g", "a"])?;
    hands.until("document.title.startsWith('Antrean ')")?;
    hands.press(&["g", "i"])?;
    first_says(hands, "Menunggu sambungan")?;
    tabs_to(hands, "import-stop-", 8)?;
    hands.press(&["Enter"])?;
    hands.in_dialog("Hentikan impor rapi.csv?")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    // Nothing of it came, so nothing of it is listed; the focus is where it was.
    hands.on("import-past")?;
    hands.sees("Belum ada impor")
}

#[test]
fn what_the_server_refused_is_counted_and_written_out() -> Answer<()> {
    let chrome = tried("race=1")?;
    let hands = Hands(&chrome);
    hands.press(&["Ctrl+Enter"])?;
    hands.hears("Selesai")?;
    first_says(hands, "1 baris ditolak server")?;
    chrome.press("button", "Simpan 1 baris yang ditolak")?;
    hands.until("document.querySelector('#export-note')?.innerText.includes('impor-ditolak')")
}

#[test]
fn a_table_to_fill_in_is_written_as_either_kind() -> Answer<()> {
    let chrome = imports("")?;
    for (button, ending) in [("Contoh XLSX", "xlsx"), ("Contoh CSV", "csv")] {
        chrome.press("button", button)?;
        chrome.wait(&format!("document.querySelector('#export-note')?.innerText.includes('meja-impor.{ending}')"))?;
    }
    Ok(())
}

#[test]
fn a_file_is_let_fall_on_the_page() -> Answer<()> {
    let chrome = imports("drops=order&pick=rapi.csv")?;
    let hands = Hands(&chrome);
    hands.until("document.querySelector('#drop-over')?.innerText.includes('Lepaskan berkas di sini')")?;
    hands.on("import-columns")?;
    hands.sees("rapi.csv")?;
    hands.until("!document.querySelector('#drop-over')")
}

#[test]
fn the_imports_of_the_last_days_say_whose_they_are_and_what_can_be_done() -> Answer<()> {
    let chrome = imports("imports=past")?;
    let hands = Hands(&chrome);
    first_says(hands, "Sari Puspita")?;
    first_says(hands, "Bisa diurungkan 4 j lagi.")?;
    hands.sees("Lewat 24 jam: tidak bisa diurungkan lagi.")?;
    hands.sees("1 dari 2 bagian sudah masuk.")?;
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    hands.until("document.querySelector('.imp-left summary').innerText.startsWith('2 tetap ada')")?;
    chrome.script("document.querySelector('.imp-left summary').click()", &[])?;
    chrome.press("button", "Rani Kusumawardani")?;
    hands.title("Klien · Meja")?;
    hands.until("document.getElementById('detail-name')?.innerText.includes('Rani Kusumawardani')")?;
    let chrome = imports("imports=past&role=cs")?;
    Hands(&chrome).sees("Hanya Sari Puspita atau admin yang bisa mengurungkan ini.")
}

#[test]
fn whoever_may_not_import_has_no_way_there() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced&role=expert")?;
    let hands = Hands(&chrome);
    hands.until("document.querySelector('[role=option], .empty')")?;
    hands.press(&["g", "i"])?;
    hands.press(&["Ctrl+k"])?;
    hands.until("document.querySelector('.pal-in input:focus')")?;
    hands.types("Impor")?;
    hands.until("document.querySelector('.pal-none:not(:has(.skeleton))') || document.querySelector('.pal-o')")?;
    hands.until("![...document.querySelectorAll('.pal-o')].some(entry => entry.innerText.startsWith('Impor'))")?;
    hands.title("Antrean · Meja")
}

#[test]
fn it_is_found_in_the_palette_by_key_and_from_the_list_of_clients() -> Answer<()> {
    let chrome = Chrome::open("motion=reduced")?;
    let hands = Hands(&chrome);
    hands.until("document.querySelector('[role=option]')")?;
    hands.press(&["Ctrl+k"])?;
    hands.until("document.querySelector('.pal-in input:focus')")?;
    hands.types("Import")?;
    hands.until("document.querySelector('.pal-o[aria-selected=true]')?.innerText.startsWith('Impor')")?;
    hands.press(&["Enter"])?;
    hands.title("Impor · Meja")?;
    hands.press(&["g", "k"])?;
    hands.title("Klien · Meja")?;
    hands.until("document.getElementById('clients-import')")?;
    chrome.press("button", "Impor klien dan pesanan")?;
    hands.title("Impor · Meja")?;
    hands.on("pane-detail")?;
    hands.press(&["g", "o"])?;
    hands.title("Pesanan desain · Meja")?;
    hands.press(&["g", "i"])?;
    hands.title("Impor · Meja")?;
    Ok(())
}
