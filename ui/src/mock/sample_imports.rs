//! Files for the desk inside the window, by their names, and imports of the days before. There are no files here: a name alone says
//! what is in one.

use domain::{
    decision::{Code, Details},
    id::{ImportId, ImportPartId},
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{ImportMade, ImportPart, ImportUndone, RefusedRow, RefusedRows},
    text::Label,
    time::{HOUR, UtcMillis},
};

use super::sample::{BEGIN, colleague, id};

/// A table, as the desk reads one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub(super) headers: Vec<String>,
    pub(super) lines: Vec<Vec<String>>,
}

/// The sheets of a workbook; a text file has none.
pub(super) const SHEETS: [&str; 3] = ["Klien 2025", "Klien 2024", "Catatan"];

/// How many rows the first sheet has.
const ROWS: u32 = 400;

const FIRST: [&str; 20] = [
    "Adi", "Bunga", "Citra", "Dian", "Eko", "Fitri", "Galih", "Hana", "Indra", "Joko", "Kartika", "Laras", "Mega", "Nanda", "Oki", "Putra",
    "Ratna", "Surya", "Tari", "Wahyu",
];
const LAST: [&str; 20] = [
    "Anggara",
    "Basuki",
    "Cahyani",
    "Darmawan",
    "Effendi",
    "Firmansyah",
    "Gunawan",
    "Hapsari",
    "Iskandar",
    "Januar",
    "Kurnia",
    "Lukman",
    "Maulana",
    "Nugroho",
    "Oktavia",
    "Pangestu",
    "Rahayu",
    "Santoso",
    "Utami",
    "Wibowo",
];
const WORKS: [(&str, &str); 6] = [
    ("Logo", "Logo warung kopi, hangat dan sederhana."),
    ("Branding", "Merek lengkap untuk toko roti keluarga."),
    ("Web", "Situs katalog dengan formulir pesanan."),
    ("Cetak", "Kartu nama dan kop surat."),
    ("UI/UX", "Rancangan aplikasi antrean klinik."),
    ("Lainnya", "Ilustrasi sampul buku cerita."),
];

/// What the file of this name holds, or why it cannot be read.
pub(super) fn file(name: &str) -> Result<Table, &'static str> {
    let is = |part: &str| name.contains(part);
    match name {
        _ if is("kosong") => Err("no_rows"),
        _ if is("rusak") => Err("unreadable"),
        _ if is("besar") => Err("too_large"),
        _ if is("surat") => Err("not_a_table"),
        // Headers that nobody can guess from.
        _ if is("asing") => {
            Ok(Table { headers: words(&["Kolom A", "Kolom B", ""]), lines: (0..12).map(|n| words(&[&called(n), &phone(n), ""])).collect() })
        }
        _ if is("rapi") => {
            Ok(Table { headers: words(&["Nama", "Telepon"]), lines: (0..30).map(|n| words(&[&called(n), &phone(n)])).collect() })
        }
        _ if is("gagal") => Ok(Table { headers: words(&["Nama", "Telepon"]), lines: (0..8).map(|_| words(&["Al", "-"])).collect() }),
        _ => Ok(Table { headers: headers(), lines: (0..ROWS).map(line).collect() }),
    }
}

/// What a sheet of the workbook holds.
pub(super) fn sheet(name: &str) -> Result<Table, &'static str> {
    match SHEETS.iter().position(|sheet| *sheet == name) {
        Some(0) => Ok(Table { headers: headers(), lines: (0..ROWS).map(line).collect() }),
        Some(1) => Ok(Table { headers: headers(), lines: (0..60).map(line).collect() }),
        Some(_) => Err("not_a_table"),
        None => Err("no_such_sheet"),
    }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn headers() -> Vec<String> {
    words(&["Nama Klien", "No. HP", "Email", "Jenis Desain", "Deskripsi", "Tenggat", "Anggaran", "No Invoice", "Catatan dalam"])
}

fn pick<T>(all: &[T], n: u32) -> &T {
    &all[usize::try_from(n).unwrap_or(0) % all.len()]
}

fn called(n: u32) -> String {
    format!("{} {}", pick(&FIRST, n), pick(&LAST, n / 20 + n))
}

fn phone(n: u32) -> String {
    format!("0821-{:04}-{:04}", 4_000 + n / 7, 1_000 + n * 13 % 9_000)
}

/// A row: most have nothing wrong with them, some are about somebody who is known, and some break a rule.
fn line(n: u32) -> Vec<String> {
    let (kind, text) = *pick(&WORKS, n / 2);
    let has_order = n.is_multiple_of(2);
    let order = |text: &str| if has_order { text.to_owned() } else { String::new() };
    let mut cells = vec![
        called(n),
        phone(n),
        if n.is_multiple_of(3) { format!("{}.{n}@contoh.id", pick(&FIRST, n).to_lowercase()) } else { String::new() },
        order(kind),
        order(text),
        order(if n.is_multiple_of(4) { "2026-12-18" } else { "" }),
        order(&format!("Rp {}.000", 350 + n * 5 % 600)),
        order(&format!("INV-2025-{:04}", n / 2 + 1)),
        if n.is_multiple_of(9) { "lunas".to_owned() } else { String::new() },
    ];
    match n {
        // Rani Kusumawardani and M. Yusuf Al-Farizi are clients already.
        4 => cells[1] = "0812-3456-7890".to_owned(),
        11 => cells[1] = "+62 857 1112 2233".to_owned(),
        // The same person twice in the file.
        30 => cells[1] = phone(12),
        _ if n % 67 == 9 => cells[0] = "Al".to_owned(),
        _ if n % 71 == 20 => cells[1] = "tidak ada".to_owned(),
        _ if n % 80 == 26 => cells[5] = "2026-01-12".to_owned(),
        _ if n % 90 == 44 => cells[3] = "patung".to_owned(),
        _ if n % 97 == 52 => cells[4] = String::new(),
        // The number is Rani's, the address that of another row.
        120 => (cells[1], cells[2]) = ("081234567890".to_owned(), "adi.0@contoh.id".to_owned()),
        _ => {}
    }
    cells
}

fn part(of: u32, n: u32, file: &str, by: u32, at: UtcMillis) -> Option<ImportPart> {
    Some(ImportPart {
        id: ImportPartId::from(id(31, of * 100 + n)),
        import_id: ImportId::from_uuid(id(30, of).uuid()),
        part: i64::from(n),
        parts: 2,
        file: Label::new(file).ok()?,
        by: colleague(by),
        rows: 100,
        matched: 12,
        made: made(of * 100 + n),
        refused: RefusedRows::default(),
        undone: None,
        created_at: at,
        updated_at: at,
    })
}

/// What a part made: records that nobody looks at here.
fn made(seed: u32) -> ImportMade {
    let ids = |space: u16, many: u32| (0..many).map(move |n| id(space, seed * 1_000 + n));
    ImportMade { clients: ids(32, 86).map(Into::into).collect(), orders: ids(33, 41).map(Into::into).collect() }
}

/// The imports of the days before (`imports=past`): a colleague's of yesterday, one that is too old, and one that was taken back.
pub(super) fn past() -> Vec<AnyRecord> {
    let hours = |n: i64| BEGIN.plus(-n * HOUR);
    let refused = |row| RefusedRow { row, code: Code::TwoClients, details: Details::default() };
    let mut all: Vec<ImportPart> = (1..=2).filter_map(|n| part(1, n, "klien-februari.csv", 2, hours(20))).collect();
    if let Some(part) = all.last_mut() {
        part.refused = RefusedRows(vec![refused(151), refused(178)]);
    }
    all.extend((1..=2).filter_map(|n| part(2, n, "pesanan lama 2019–2024, disatukan dari tiga buku.xlsx", 0, hours(70))));
    // Two of the morning's clients, so that they can be opened.
    let known = [id(2, 2), id(2, 3)];
    let undone = |mut it: ImportPart| {
        let left = if it.part == 1 { known.iter().map(|client| RecordRef::new(Kind::Client, *client)).collect() } else { Vec::new() };
        it.undone = Some(ImportUndone { by: colleague(0), at: hours(40), clients: 85, orders: 41, left });
        it
    };
    all.extend((1..=2).filter_map(|n| part(3, n, "salah-berkas.csv", 0, hours(41))).map(undone));
    all.extend(part(4, 1, "terhenti.csv", 0, hours(90)));
    all.into_iter().map(ImportPart::any).collect()
}
