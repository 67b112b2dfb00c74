//! Rows of a file as rows of the command: texts become days, amounts and kinds as people write them. What cannot be read so is a problem
//! of that cell; everything else is left to the rulebook.

use bridge::ImportField::{self, Budget, Deadline, Description, DesignType, Email, Name, Needs, OldNumber, Phone, Source, Zone};
use domain::{
    commands::import::{Row, RowClient, RowOrder},
    daytime,
    decision::Refusal,
    money::Rupiah,
    records::{self, DesignType as Kind},
    text::Invalid,
    time::{self, Day},
};
use sheet::Line;

use super::columns::compared;

/// How the cells of a file are read.
pub(super) struct Reading<'a> {
    /// What each column holds.
    pub(super) columns: &'a [Option<ImportField>],
    /// The rows that are clients of their own.
    pub(super) separate: &'a [u32],
    /// The day of the organisation: a deadline is read as seen from it.
    pub(super) today: Day,
}

/// A problem of a cell: of which field, and what is wrong.
pub(super) type Fault = (ImportField, Refusal);

impl Reading<'_> {
    /// The row of a line, and what of it cannot be read. What cannot is left out of the row.
    pub(super) fn row(&self, line: &Line) -> (Row, Vec<Fault>) {
        let mut faults = Vec::new();
        let text = |field| self.cell(line, field).map(str::to_owned);
        let client = RowClient {
            name: text(Name).unwrap_or_default(),
            phone: text(Phone),
            email: text(Email),
            zone: self.read(line, Zone, zone, &mut faults),
        };
        let order = ImportField::ORDERED.iter().any(|field| self.cell(line, *field).is_some()).then(|| RowOrder {
            design_type: self.read(line, DesignType, design_type, &mut faults).unwrap_or(Kind::Dll),
            description: text(Description).unwrap_or_default(),
            needs: text(Needs),
            deadline: self.read(line, Deadline, |text| day(text, self.today), &mut faults),
            budget: self.read(line, Budget, Rupiah::parse, &mut faults),
            source: self.read(line, Source, source, &mut faults),
            old_number: text(OldNumber),
        });
        (Row { row: line.row, client, order, separate: self.separate.contains(&line.row) }, faults)
    }
    /// What stands in the column of this field.
    pub(super) fn cell<'l>(&self, line: &'l Line, field: ImportField) -> Option<&'l str> {
        let column = self.columns.iter().position(|it| *it == Some(field))?;
        line.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }
    fn read<T>(&self, line: &Line, field: ImportField, read: impl Fn(&str) -> Result<T, Invalid>, faults: &mut Vec<Fault>) -> Option<T> {
        let said = read(self.cell(line, field)?);
        said.map_err(|why| faults.push((field, Refusal::invalid(field.wire(), why)))).ok()
    }
}

fn zone(text: &str) -> Result<time::Zone, Invalid> {
    text.parse().or_else(|_| text.to_uppercase().parse())
}

/// Words for kinds of design beside their wire names.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Logo, &["logo"]),
    (Kind::Branding, &["branding", "merek", "identitas merek", "brand"]),
    (Kind::WebDesign, &["web", "website", "situs", "situs web", "web design", "desain web"]),
    (Kind::UiUx, &["ui ux", "uiux", "ui", "ux", "aplikasi", "desain aplikasi"]),
    (Kind::PrintDesign, &["cetak", "desain cetak", "print", "print design", "brosur", "banner", "poster"]),
    (Kind::Dll, &["dll", "lainnya", "lain lain", "other"]),
];

/// Words for ways that something reached us, beside their wire names.
const SOURCES: &[(records::Source, &[&str])] = &[
    (records::Source::Phone, &["telepon", "telp"]),
    (records::Source::Whatsapp, &["wa", "whats app"]),
    (records::Source::Email, &["surel", "e mail"]),
    (records::Source::WalkIn, &["datang langsung", "datang", "langsung", "kantor"]),
    (records::Source::Other, &["lainnya", "lain"]),
];

fn design_type(text: &str) -> Result<Kind, Invalid> {
    meant(text, Kind::KNOWN, Kind::wire, KINDS)
}

fn source(text: &str) -> Result<records::Source, Invalid> {
    meant(text, records::Source::KNOWN, records::Source::wire, SOURCES)
}

/// What a word stands for: it is the wire name of something known, or one of the words beside it.
fn meant<T: Clone>(text: &str, known: &[T], wire: fn(&T) -> &str, words: &[(T, &[&str])]) -> Result<T, Invalid> {
    let word = compared(text);
    let by_wire = known.iter().find(|it| compared(wire(it)) == word);
    let by_word = || words.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(it, _)| it);
    by_wire.or_else(by_word).cloned().ok_or(Invalid::Unknown)
}

/// A day with its year: `2026-12-10`, `10/12/2026`, `10 Des 2026`. Without one nobody could say later which was meant.
fn day(text: &str, today: Day) -> Result<Day, Invalid> {
    let text = text.split('T').next().unwrap_or(text).trim();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let numbers: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    if let [day, month, year] = numbers.as_slice() {
        return if year.len() == 4 { format!("{year}-{month:0>2}-{day:0>2}").parse() } else { Err(Invalid::Malformed) };
    }
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4);
    daytime::day(text, today).filter(|_| has_year).ok_or(Invalid::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ALL: [Option<ImportField>; 11] = [
        Some(Name),
        Some(Phone),
        Some(Email),
        Some(Zone),
        Some(DesignType),
        Some(Description),
        Some(Needs),
        Some(Deadline),
        Some(Budget),
        Some(Source),
        Some(OldNumber),
    ];

    fn read(cells: &[&str]) -> (Row, Vec<Fault>) {
        let line = Line { row: 7, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() };
        Reading { columns: &ALL, separate: &[7], today: "2026-11-25".parse().unwrap() }.row(&line)
    }

    #[test]
    fn a_line_is_a_client_and_an_order() {
        let cells = ["Rani", "0812", "r@x.id", "wita", "Situs Web", "Toko", "SVG", "10/12/2026", "Rp 1.500.000", "WA", "INV-1"];
        let (row, faults) = read(&cells);
        assert!(faults.is_empty() && row.separate && row.row == 7, "{faults:?}");
        assert_eq!((row.client.name.as_str(), row.client.zone), ("Rani", Some(time::Zone::Wita)));
        let order = row.order.unwrap();
        assert_eq!(
            (order.design_type, order.budget, order.source),
            (Kind::WebDesign, Some(Rupiah(1_500_000)), Some(records::Source::Whatsapp))
        );
        assert_eq!((order.deadline.map(|day| day.to_string()), order.old_number.as_deref()), (Some("2026-12-10".into()), Some("INV-1")));
    }

    #[test]
    fn a_line_without_what_makes_an_order_is_a_client_alone() {
        assert!(read(&["Rani", "0812"]).0.order.is_none());
        assert!(read(&["Rani", "", "", "", "", "", "", "10/12/2026", "", "WA"]).0.order.is_none());
        assert_eq!(read(&["Rani", "", "", "", "", "Toko"]).0.order.map(|it| it.design_type), Some(Kind::Dll));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_field() {
        let (_, faults) = read(&["Rani", "", "", "GMT", "patung", "Toko", "", "besok", "murah", "merpati"]);
        let named: Vec<ImportField> = faults.iter().map(|(field, _)| *field).collect();
        assert_eq!(named, [Zone, DesignType, Deadline, Budget, Source]);
    }

    #[rstest]
    #[case("2026-12-10", Some("2026-12-10"))]
    #[case("2026-12-10T00:00:00", Some("2026-12-10"))]
    #[case("10/12/2026", Some("2026-12-10"))]
    #[case("1.2.2027", Some("2027-02-01"))]
    #[case("10 Des 2026", Some("2026-12-10"))]
    #[case("31/02/2027", None)]
    #[case("12/25/2026", None)]
    #[case("10/12/26", None)]
    #[case("besok", None)]
    #[case("10 Des", None)]
    #[case("46000", None)]
    fn a_day_is_read_with_its_year(#[case] text: &str, #[case] expected: Option<&str>) {
        let read = day(text, "2026-11-25".parse().unwrap());
        assert_eq!(read.ok().map(|day| day.to_string()).as_deref(), expected);
    }

    #[test]
    fn no_text_of_the_catalogue_makes_it_panic() {
        for text in hostile::TEXTS {
            let _ = read(&[*text; 11]);
        }
    }
}
