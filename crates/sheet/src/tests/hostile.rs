//! What an attacker, a broken disk or a mistake would bring.

use proptest::prelude::*;
use rstest::rstest;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::workbook;
use crate::{Refused, limits, read};

/// The workbook with another text in one of its parts.
fn with_part(name: &str, text: &str) -> Vec<u8> {
    let good = workbook(&[&["Nama"], &["Rani"]]);
    let mut old = ZipArchive::new(Cursor::new(good)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for n in 0..old.len() {
        let mut part = old.by_index(n).unwrap();
        let called = part.name().unwrap().into_owned();
        new.start_file(called.clone(), options).unwrap();
        if called == name {
            new.write_all(text.as_bytes()).unwrap();
        } else {
            std::io::copy(&mut part, &mut new).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn sheet(rows: &str) -> Vec<u8> {
    let head = "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
    with_part(SHEET, &format!("{head}<dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"))
}

fn cell(at: &str, text: &str) -> String {
    let row = at.trim_start_matches(|c: char| c.is_ascii_uppercase());
    format!("<row r=\"{row}\"><c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
}

#[rstest]
#[case(b"", Refused::Empty)]
#[case(b"\n\n  \n", Refused::Empty)]
#[case(b"Nama,Telepon\n", Refused::NoRows)]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refused::NotATable)]
#[case(b"%PDF-1.7\n", Refused::NotATable)]
#[case(b"\x89PNG\r\n", Refused::NotATable)]
#[case(b"PK\x03\x04nonsense", Refused::NotATable)]
#[case(b"\0\0\0\0\0\0", Refused::NotATable)]
fn what_is_no_table_is_refused(#[case] bytes: &[u8], #[case] why: Refused) {
    assert_eq!(read(bytes, None), Err(why));
}

#[test]
fn a_cell_in_the_last_corner_makes_no_sheet_of_that_size() {
    let (most, done) = hostile::most_allocated(|| read(&sheet(&(cell("A1", "Nama") + &cell("A1048576", "Rani"))), None));
    assert_eq!(done.unwrap().lines[0].row, 1_048_576);
    assert!(most < 32 << 20, "{most} bytes for two cells");
    assert_eq!(read(&sheet(&(cell("A1", "Nama") + &cell("XFD2", "Rani"))), None), Err(Refused::TooManyColumns));
}

#[test]
fn rows_that_go_backwards_are_no_table() {
    assert_eq!(read(&sheet(&(cell("A5", "Nama") + &cell("A2", "Rani"))), None), Err(Refused::NotATable));
}

#[test]
fn what_bursts_when_it_is_unpacked_is_refused_before_it_is_read() {
    let bomb = with_part("xl/sharedStrings.xml", &" ".repeat(usize::try_from(limits::UNPACKED).unwrap() + 1));
    assert!(bomb.len() < 1 << 20, "it is small while it is packed");
    let (most, done) = hostile::most_allocated(|| read(&bomb, None));
    assert_eq!(done, Err(Refused::TooLarge));
    assert!(most < 4 << 20, "{most} bytes to find that out");
}

#[test]
fn tables_have_their_bounds() {
    let many = |rows: usize| format!("Nama,Kota\n{}", "R,K\n".repeat(rows));
    assert_eq!(read(many(limits::ROWS).as_bytes(), None).unwrap().lines.len(), limits::ROWS);
    assert_eq!(read(many(limits::ROWS + 1).as_bytes(), None), Err(Refused::TooManyRows));
    let wide = |columns: usize| format!("{}\n{}\n", vec!["K"; columns].join(","), vec!["x"; columns].join(","));
    assert!(read(wide(limits::COLUMNS).as_bytes(), None).is_ok());
    assert_eq!(read(wide(limits::COLUMNS + 1).as_bytes(), None), Err(Refused::TooManyColumns));
    let long = format!("Nama,Kota\n\"{}\",x\n", "x".repeat(limits::CELL + 1));
    assert_eq!(read(long.as_bytes(), None), Err(Refused::TooLarge));
    let open = format!("Nama,Kota\n\"tidak ditutup{}", "\nbaris,lain".repeat(20_000));
    assert_eq!(read(open.as_bytes(), None), Err(Refused::TooLarge), "a quote that nobody closes takes no more than a cell");
    assert_eq!(read(&vec![b'x'; usize::try_from(limits::BYTES).unwrap() + 1], None), Err(Refused::TooLarge));
}

#[test]
fn whatever_stands_in_a_cell_is_text() {
    for text in hostile::TEXTS {
        let quoted = format!("Nama,Kota\n\"{}\",akhir\n", text.replace('"', "\"\""));
        let it = read(quoted.as_bytes(), None);
        let cells = it.unwrap_or_else(|why| panic!("{text:?}: {why}")).lines.remove(0).cells;
        assert_eq!(cells.last().map(String::as_str), Some("akhir"), "{text:?} leaves its cell");
        assert!(!cells[0].chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_near_a_workbook_make_it_panic(bytes in hostile::bytes_near(vec![workbook(&[&["Nama", "Telepon"], &["Rani", "0812"]])])) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn no_text_near_a_table_makes_it_panic(bytes in hostile::bytes_near(vec![b"Nama;Telepon\n\"Rani\";'+62\r\nMade;\"08\"\"12\"\n".to_vec()])) {
        let _ = read(&bytes, None);
    }

    #[test]
    fn no_xml_near_a_sheet_makes_it_panic(rows in "[<>/=\"a-zA-Z0-9 ]{0,200}") {
        let _ = read(&sheet(&rows), None);
    }
}
