//! What the columns of a file hold: guessed from what stands above them, in Indonesian or English, or as a person said when a file with
//! the same headers was imported before.

use bridge::ImportField::{self, Budget, Deadline, Description, DesignType, Email, Name, Needs, OldNumber, Phone, Source, Zone};
use domain::{file::Sha256, search::fold};
use serde::{Deserialize, Serialize};

/// Words that stand above columns, folded, most telling first.
const WORDS: &[(ImportField, &[&str])] = &[
    (
        Name,
        &[
            "nama klien",
            "nama",
            "nama pelanggan",
            "nama lengkap",
            "klien",
            "pelanggan",
            "name",
            "client name",
            "full name",
            "client",
            "customer",
        ],
    ),
    (
        Phone,
        &[
            "telepon",
            "no telepon",
            "nomor telepon",
            "no hp",
            "nomor hp",
            "hp",
            "handphone",
            "whatsapp",
            "wa",
            "no wa",
            "nomor wa",
            "telp",
            "no telp",
            "phone",
            "phone number",
            "mobile",
        ],
    ),
    (Email, &["email", "e mail", "surel", "alamat email", "email address"]),
    (Zone, &["zona", "zona waktu", "zone", "time zone", "timezone"]),
    (DesignType, &["jenis desain", "jenis", "tipe desain", "kategori", "layanan", "design type", "type", "service"]),
    (Description, &["deskripsi", "uraian", "rincian", "keterangan", "pesanan", "isi pesanan", "description", "order", "details", "brief"]),
    (Needs, &["kebutuhan", "kebutuhan khusus", "permintaan khusus", "catatan klien", "needs", "requirements"]),
    (Deadline, &["tenggat", "batas waktu", "tanggal selesai", "deadline", "due date", "due"]),
    (Budget, &["anggaran", "biaya", "harga", "nilai", "total", "budget", "price", "amount"]),
    (Source, &["sumber", "asal", "kanal", "source", "channel"]),
    (
        OldNumber,
        &[
            "nomor pesanan",
            "no pesanan",
            "nomor lama",
            "no order",
            "nomor order",
            "no invoice",
            "nomor invoice",
            "invoice",
            "order number",
            "order no",
            "old number",
        ],
    ),
];

/// What this desk remembers of a file's headers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// By what they are known.
    pub(super) headers: Sha256,
    /// What each column holds.
    pub(super) columns: Vec<Option<ImportField>>,
}

/// The most files' headers that are remembered: the newest ones.
const REMEMBERED: usize = 50;

/// A header, or a word in a cell, as it is compared: folded, marks between words are blanks.
pub(super) fn compared(text: &str) -> String {
    let plain: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By what the headers of a file are known: the same ones in the same order.
pub(super) fn fingerprint(headers: &[String]) -> Sha256 {
    Sha256::of(headers.iter().map(|header| compared(header)).collect::<Vec<_>>().join("\n").as_bytes())
}

/// What each column holds, as far as its header says; no two hold the same.
pub(super) fn guessed(headers: &[String]) -> Vec<Option<ImportField>> {
    let headers: Vec<String> = headers.iter().map(|header| compared(header)).collect();
    let mut found = vec![None; headers.len()];
    for (field, words) in WORDS {
        // The word that tells most decides, not the column that comes first.
        let place = words.iter().find_map(|word| headers.iter().position(|header| header == word));
        if let Some(place) = place.and_then(|place| found.get_mut(place)).filter(|place| place.is_none()) {
            *place = Some(*field);
        }
    }
    found
}

/// Adds what was said of these headers, newest first; what was said of them before goes.
pub(super) fn remember(mut all: Vec<Remembered>, new: Remembered) -> Vec<Remembered> {
    all.retain(|it| it.headers != new.headers);
    all.insert(0, new);
    all.truncate(REMEMBERED);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn headers(all: &[&str]) -> Vec<String> {
        all.iter().map(|header| (*header).to_owned()).collect()
    }

    #[rstest]
    #[case(&["Nama Klien", "No. HP", "E-mail"], &[Some(Name), Some(Phone), Some(Email)])]
    #[case(&["CUSTOMER", "Phone_Number", "Budget (Rp)", "?"], &[Some(Name), Some(Phone), None, None])]
    #[case(&["No", "Nama", "Pelanggan"], &[None, Some(Name), None])]
    #[case(&["nama", "NAMA"], &[Some(Name), None])]
    #[case(&["Jenis Desain", "Deskripsi", "Tenggat", "Anggaran", "Nomor Lama"], &[Some(DesignType), Some(Description), Some(Deadline), Some(Budget), Some(OldNumber)])]
    fn headers_say_what_columns_hold(#[case] all: &[&str], #[case] expected: &[Option<ImportField>]) {
        assert_eq!(guessed(&headers(all)), expected);
    }

    #[test]
    fn every_field_has_words_and_no_word_means_two() {
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| *words).copied().collect();
        assert!(words.iter().all(|word| compared(word) == *word), "a header is compared with them as they stand");
        words.sort_unstable();
        let many = words.len();
        words.dedup();
        assert_eq!(words.len(), many);
        assert_eq!(WORDS.iter().map(|(field, _)| *field).collect::<Vec<_>>().len(), ImportField::ALL.len());
    }

    #[test]
    fn the_same_headers_are_known_again_however_they_are_written() {
        assert_eq!(fingerprint(&headers(&["Nama", "No. HP"])), fingerprint(&headers(&[" nama ", "NO HP"])));
        assert_ne!(fingerprint(&headers(&["Nama", "No. HP"])), fingerprint(&headers(&["No. HP", "Nama"])));
    }

    #[test]
    fn what_is_said_last_counts_and_the_oldest_is_forgotten() {
        let said = |n: usize, field| Remembered { headers: Sha256::of(&n.to_be_bytes()), columns: vec![field] };
        let mut all = Vec::new();
        for n in 0..60 {
            all = remember(all, said(n, None));
        }
        all = remember(all, said(20, Some(Name)));
        assert_eq!((all.len(), all[0].columns[0]), (REMEMBERED, Some(Name)));
        assert_eq!(all.iter().filter(|it| it.headers == Sha256::of(&20_usize.to_be_bytes())).count(), 1);
    }
}
