//! A list of records as people take it elsewhere: named columns, and cells that say what they are, so that a spreadsheet can
//! reckon with amounts and days and never takes a text for a formula.

use bridge::SheetFormat;
use domain::{
    money::Rupiah,
    time::{Day, SECOND, UtcMillis, Zone},
    words::Words,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Table;

/// How a day and a moment are written in a workbook.
const DAY: &str = "yyyy-mm-dd";
const MOMENT: &str = "yyyy-mm-dd hh:mm";
/// How an amount is written in a workbook.
const AMOUNT: &str = "\"Rp\" #,##0";
/// How a text is kept that stays one, whatever a person writes over it.
const KEPT: &str = "@";
/// The most characters that a cell of a workbook holds.
const LONGEST: usize = 32_767;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing: an empty cell of a workbook, the house's mark for it in text.
    None,
    /// A text, never a formula.
    Text(String),
    /// The same in a cell for people to fill in: what they write there is text too, so that a telephone number keeps its 0.
    Kept(String),
    /// A whole number.
    Whole(i64),
    /// An amount in whole rupiah.
    Amount(Rupiah),
    /// A day.
    Day(Day),
    /// A moment, shown in the sheet's zone.
    Moment(UtcMillis),
}

/// A list while it is written.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    headers: Vec<String>,
    rows: Vec<Vec<Cell>>,
    zone: Zone,
}

impl Sheet {
    /// A list with these headers, whose moments are shown in this zone.
    pub(crate) const fn new(headers: Vec<String>, zone: Zone) -> Self {
        Self { headers, rows: Vec::new(), zone }
    }
    /// In which zone its moments are shown.
    pub(crate) const fn zone(&self) -> Zone {
        self.zone
    }
    /// Adds a line.
    pub(crate) fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }
    /// How many lines it has below its headers.
    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
    /// The file's bytes.
    ///
    /// # Errors
    /// Where a workbook cannot hold it: more than 1,048,575 lines.
    pub(crate) fn bytes(&self, format: SheetFormat, words: &Words, now: UtcMillis) -> Result<Vec<u8>, XlsxError> {
        match format {
            SheetFormat::Csv => Ok(self.csv(words).text().as_bytes().to_vec()),
            SheetFormat::Xlsx => self.workbook(now),
        }
    }
    fn csv(&self, words: &Words) -> Table {
        let mut table = Table::new(&self.headers);
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| self.text(cell, words)).collect();
            table.push(&cells);
        }
        table
    }
    fn text(&self, cell: &Cell, words: &Words) -> String {
        match cell {
            Cell::None => words.text("none"),
            Cell::Text(text) | Cell::Kept(text) => text.clone(),
            Cell::Whole(n) => n.to_string(),
            Cell::Amount(amount) => amount.plain(),
            Cell::Day(day) => day.to_string(),
            Cell::Moment(at) => words.moment(*at, self.zone),
        }
    }
    fn workbook(&self, now: UtcMillis) -> Result<Vec<u8>, XlsxError> {
        let mut book = book(now)?;
        let page = book.add_worksheet();
        self.fill(page)?;
        page.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    }
    fn fill(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let head = Format::new().set_bold();
        for (column, name) in (0..).zip(&self.headers) {
            page.write_string_with_format(0, column, name, &head)?;
        }
        let formats = Formats::new();
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                self.put(page, line, column, cell, &formats)?;
            }
        }
        page.autofit();
        Ok(())
    }
    fn put(&self, page: &mut Worksheet, line: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
        match cell {
            Cell::None => {}
            Cell::Text(text) => {
                page.write_string(line, column, text.chars().take(LONGEST).collect::<String>())?;
            }
            Cell::Kept(text) => {
                page.write_string_with_format(line, column, text, &formats.kept)?;
            }
            #[expect(clippy::cast_precision_loss, reason = "a workbook has no other numbers")]
            Cell::Whole(n) => {
                page.write_number(line, column, *n as f64)?;
            }
            #[expect(clippy::cast_precision_loss, reason = "a workbook has no other numbers")]
            Cell::Amount(Rupiah(amount)) => {
                page.write_number_with_format(line, column, *amount as f64, &formats.amount)?;
            }
            Cell::Day(day) => {
                page.write_datetime_with_format(line, column, &moment(day.at(0, 0, self.zone), self.zone)?, &formats.day)?;
            }
            Cell::Moment(at) => {
                page.write_datetime_with_format(line, column, &moment(*at, self.zone)?, &formats.moment)?;
            }
        }
        Ok(())
    }
}

/// An empty workbook of this moment: left alone, the library would ask the computer's clock.
fn book(now: UtcMillis) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_timestamp(now.ms().div_euclid(SECOND))?));
    Ok(book)
}

/// The bytes of a workbook with these lists, each on a page of its name.
///
/// # Errors
/// Where a workbook cannot hold them: a name of more than 31 letters.
pub(crate) fn workbook(pages: &[(String, Sheet)], now: UtcMillis) -> Result<Vec<u8>, XlsxError> {
    let mut book = book(now)?;
    for (name, sheet) in pages {
        sheet.fill(book.add_worksheet().set_name(name)?)?;
    }
    book.save_to_buffer()
}

struct Formats {
    kept: Format,
    amount: Format,
    day: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        let of = |form: &str| Format::new().set_num_format(form);
        Self { kept: of(KEPT), amount: of(AMOUNT), day: of(DAY), moment: of(MOMENT) }
    }
}

/// A moment as a workbook has it: by a clock on the wall of this zone.
fn moment(at: UtcMillis, zone: Zone) -> Result<ExcelDateTime, XlsxError> {
    let local = at.local(zone);
    let [month, day, hour, minute] = [local.month(), local.day(), local.hour(), local.minute()].map(i8::unsigned_abs);
    ExcelDateTime::from_ymd(local.year().unsigned_abs(), month, day)?.and_hms(u16::from(hour), minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use domain::words::Lang;
    use std::io::Cursor;

    const NOW: UtcMillis = UtcMillis::from_ms(1_795_000_000_000);

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        let mut sheet = Sheet::new(vec!["Nomor".to_owned(), "Isi".to_owned()], Zone::Wib);
        rows.into_iter().for_each(|row| sheet.push(row));
        sheet
    }
    /// What another program reads in the workbook, without its headers.
    fn read(sheet: &Sheet) -> Vec<Vec<Data>> {
        let bytes = sheet.bytes(SheetFormat::Xlsx, &Words::new(Lang::Id), NOW).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        range.rows().skip(1).map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn a_workbook_has_amounts_and_days_to_reckon_with() {
        let at: UtcMillis = "2026-11-26T07:00:00Z".parse().unwrap();
        let row = vec![Cell::Text("ORD-202611-0001".into()), Cell::Amount(Rupiah(157_500)), Cell::Day(at.day(Zone::Wib)), Cell::Moment(at)];
        let rows = read(&sheet(vec![row, vec![Cell::None, Cell::Whole(3)]]));
        assert_eq!(rows[0][0], Data::String("ORD-202611-0001".into()));
        assert_eq!(rows[0][1], Data::Float(157_500.0));
        let serial = |cell: &Data| match cell {
            Data::DateTime(at) => at.as_f64(),
            other => panic!("{other:?} is no date"),
        };
        // 26 November 2026 is day 46,352 of a workbook's reckoning; 14:00 WIB are 14 of its 24 hours.
        assert!((serial(&rows[0][2]) - 46_352.0).abs() < 1e-9);
        assert!((serial(&rows[0][3]) - (46_352.0 + 14.0 / 24.0)).abs() < 1e-9);
        assert_eq!(rows[1][..2], [Data::Empty, Data::Float(3.0)]);
    }

    #[test]
    fn no_text_of_the_catalogue_becomes_a_formula_or_breaks_the_workbook() {
        let rows: Vec<Vec<Cell>> =
            hostile::TEXTS.iter().map(|text| vec![Cell::Text((*text).to_owned()), Cell::Text("=1+1".into())]).collect();
        let read = read(&sheet(rows));
        assert_eq!(read.len(), hostile::TEXTS.len());
        for (row, text) in read.iter().zip(hostile::TEXTS) {
            assert_eq!(row[1], Data::String("=1+1".into()), "beside {text:?}");
        }
    }

    #[test]
    fn the_same_list_is_words_in_a_table() {
        let at: UtcMillis = "2026-11-26T07:00:00Z".parse().unwrap();
        let sheet = sheet(vec![vec![Cell::Amount(Rupiah(-31_500)), Cell::Moment(at)], vec![Cell::None, Cell::Day(at.day(Zone::Wib))]]);
        let text = String::from_utf8(sheet.bytes(SheetFormat::Csv, &Words::new(Lang::Id), NOW).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1..], ["\"'- Rp 31.500\",\"Kamis, 26 Nov 2026, 14:00 WIB\"", "\"-\",\"2026-11-26\""], "and never a formula");
    }
}
