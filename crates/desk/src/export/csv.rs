//! Tables for spreadsheets (RFC 4180, UTF-8 with its mark, so that every one of them reads the letters right).

/// What begins a formula in a spreadsheet, or leads to one: a cell that begins so would be calculated instead of read.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A table while it is written.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    text: String,
    rows: u32,
}

impl Table {
    /// A table with these headers.
    pub(crate) fn new<S: AsRef<str>>(headers: &[S]) -> Self {
        let mut table = Self { text: "\u{feff}".to_owned(), rows: 0 };
        table.write(headers);
        table
    }
    /// Adds a line.
    pub(crate) fn push<S: AsRef<str>>(&mut self, cells: &[S]) {
        self.write(cells);
        self.rows += 1;
    }
    /// How many lines it has below its headers.
    pub(crate) const fn rows(&self) -> u32 {
        self.rows
    }
    /// The whole of it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
    fn write<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (n, cell) in cells.iter().enumerate() {
            self.text.push_str(if n > 0 { "," } else { "" });
            self.text.push_str(&safe(cell.as_ref()));
        }
        self.text.push_str("\r\n");
    }
}

/// A cell that is read as text: quoted, with a mark before what a spreadsheet would calculate. Numbers stay numbers.
fn safe(cell: &str) -> String {
    // The house's spaces that do not break are plain ones in a table.
    let text = cell.replace('\u{a0}', " ").replace('"', "\"\"");
    // A mark of its own is read as what it is: «-» stands for what is missing.
    let is_plain = text == "-" || (text.parse::<i64>().is_ok() && !text.starts_with('+'));
    let calculates = text.trim_start_matches([' ', '\u{2066}', '\u{2067}', '\u{2068}']).starts_with(FORMULA) && !is_plain;
    if calculates { format!("\"'{text}\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Rani, S.Psi.", "\"Rani, S.Psi.\"")]
    #[case("kata \"manis\"", "\"kata \"\"manis\"\"\"")]
    #[case("dua\r\nbaris", "\"dua\r\nbaris\"")]
    #[case("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    #[case("+62 812-3456-7890", "\"'+62 812-3456-7890\"")]
    #[case("@SUM(A1)", "\"'@SUM(A1)\"")]
    #[case("-2+3", "\"'-2+3\"")]
    #[case("  =1+1", "\"'  =1+1\"")]
    #[case("\t=1+1", "\"'\t=1+1\"")]
    #[case("＝1", "\"'＝1\"")]
    #[case("\u{2068}=1\u{2069}", "\"'\u{2068}=1\u{2069}\"")]
    #[case("-12", "\"-12\"")]
    #[case("-", "\"-\"")]
    #[case("48211", "\"48211\"")]
    #[case("Rp\u{a0}157.500", "\"Rp 157.500\"")]
    #[case("", "\"\"")]
    fn a_cell_is_text_and_never_a_formula(#[case] cell: &str, #[case] expected: &str) {
        assert_eq!(safe(cell), expected);
    }

    #[test]
    fn no_text_of_the_catalogue_is_a_formula_or_leaves_its_cell() {
        for text in hostile::TEXTS {
            let cell = safe(text);
            let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap();
            assert_eq!(inner.replace("\"\"", "").matches('"').count(), 0, "{text:?} ends its cell");
            let is_plain = inner == "-" || inner.parse::<i64>().is_ok();
            assert!(is_plain || !inner.trim_start().starts_with(FORMULA), "{text:?} would be calculated");
        }
    }

    #[test]
    fn a_table_says_how_many_lines_it_has() {
        let mut table = Table::new(&["No", "Siapa"]);
        table.push(&["1", "Rani"]);
        assert_eq!((table.text(), table.rows()), ("\u{feff}\"No\",\"Siapa\"\r\n\"1\",\"Rani\"\r\n", 1));
    }
}
