//! What people have.

use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{book, workbook};
use crate::{Line, Refused, Table, read};

fn line(row: u32, cells: &[&str]) -> Line {
    Line { row, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
}

fn table(bytes: &[u8]) -> Table {
    read(bytes, None).unwrap()
}

#[rstest]
#[case("Nama,Telepon\r\nRani,0812\r\n")]
#[case("Nama;Telepon\nRani;0812")]
#[case("Nama\tTelepon\nRani\t0812\n")]
#[case("\u{feff}Nama,Telepon\r\nRani,0812\r\n")]
#[case("\"Nama\",\"Telepon\"\n\"Rani\",\"0812\"\n")]
#[case(" Nama , Telepon \n Rani ,0812\n\n")]
fn what_stands_between_cells_is_found(#[case] text: &str) {
    let it = table(text.as_bytes());
    assert_eq!((it.headers, it.lines), (vec!["Nama".to_owned(), "Telepon".into()], vec![line(2, &["Rani", "0812"])]));
    assert!(it.sheets.is_empty());
}

#[test]
fn commas_within_cells_do_not_win_over_semicolons() {
    let it = table("Nama;Catatan;Anggaran\nRani, S.Psi.;a, b, c;1,5\nMade;d, e;2\n".as_bytes());
    assert_eq!(it.headers.len(), 3);
    assert_eq!(it.lines[0].cells, ["Rani, S.Psi.", "a, b, c", "1,5"]);
}

#[test]
fn what_windows_wrote_is_read() {
    assert_eq!(table(b"Nama,Kota\nJos\xe9,Caf\xe9\n").lines[0].cells, ["José", "Café"]);
    let wide: Vec<u8> = "\u{feff}Nama\tKota\nJosé\tDenpasar\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(table(&wide).lines[0].cells, ["José", "Denpasar"]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let it = table("Nama,Catatan\nRani,\"dua\nbaris\"\n\nMade,satu\n".as_bytes());
    assert_eq!(it.lines, [line(2, &["Rani", "dua\nbaris"]), line(4, &["Made", "satu"])]);
}

#[test]
fn the_mark_before_a_formula_is_no_part_of_the_text() {
    let it = table("Nama,Telepon\n'=1+1,'+62 812\n'Aisyah,0812\n".as_bytes());
    assert_eq!(it.lines[0].cells, ["=1+1", "+62 812"]);
    assert_eq!(it.lines[1].cells[0], "'Aisyah", "a name may begin so");
}

#[test]
fn rows_may_be_shorter_and_longer_than_the_headers() {
    let it = table("A,B,C\n1\n1,2,3,4\n,,\n".as_bytes());
    assert_eq!(it.lines, [line(2, &["1"]), line(3, &["1", "2", "3", "4"])]);
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let book = book(&[("Klien", &[&["Nama"], &[], &["Rani"]]), ("Lama", &[&["Nama"], &[], &["Made"]])]);
    let it = table(&book);
    assert_eq!((it.sheets.as_slice(), it.sheet.as_deref()), (["Klien".to_owned(), "Lama".into()].as_slice(), Some("Klien")));
    assert_eq!(it.lines, [line(3, &["Rani"])]);
    assert_eq!(read(&book, Some("Lama")).unwrap().lines, [line(3, &["Made"])]);
    assert_eq!(read(&book, Some("Tidak ada")), Err(Refused::NoSuchSheet));
}

#[test]
fn numbers_dates_and_formulas_are_what_a_person_reads() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, header) in ["Telepon", "Tenggat", "Anggaran", "Rumus", "Ya"].into_iter().enumerate() {
        page.write_string(0, u16::try_from(column).unwrap(), header).unwrap();
    }
    page.write_number(1, 0, 81_234_567_890.0).unwrap();
    let date = ExcelDateTime::from_ymd(2026, 12, 10).unwrap();
    page.write_datetime_with_format(1, 1, &date, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    page.write_number(1, 2, 1_500_000.5).unwrap();
    page.write_formula(1, 3, Formula::new("=HYPERLINK(\"http://x\",\"klik\")").set_result("klik")).unwrap();
    page.write_boolean(1, 4, true).unwrap();
    let it = table(&book.save_to_buffer().unwrap());
    assert_eq!(it.lines[0].cells, ["81234567890", "2026-12-10", "1500000.5", "klik", "TRUE"]);
}

#[test]
fn what_is_written_is_read_again() {
    let book = workbook(&[&["Nama", "Telepon"], &["Rani", "081234567890"], &["=1+1", "@x"]]);
    assert_eq!(table(&book).lines, [line(2, &["Rani", "081234567890"]), line(3, &["=1+1", "@x"])]);
}
