//! Names as they are met in the waiting room, from all over the archipelago.

use domain::time::Zone;
use server::shell::Seeded;

/// Given names; what follows a family name is not asked for everywhere.
const GIVEN: &[&str] = &[
    "Rani",
    "Made",
    "Agus",
    "Putri",
    "Dimas",
    "Intan",
    "Yohanes",
    "Ketut",
    "Maria",
    "Fajar",
    "Lestari",
    "Bonar",
    "Zahra",
    "Siti",
    "Yusuf",
    "Wayan",
    "Nyoman",
    "Komang",
    "Gede",
    "Ayu",
    "Bayu",
    "Cahya",
    "Dian",
    "Eka",
    "Fitri",
    "Galih",
    "Hana",
    "Indra",
    "Joko",
    "Kartika",
    "Laras",
    "Mega",
    "Nanda",
    "Okta",
    "Pramudya",
    "Qori",
    "Ratna",
    "Surya",
    "Tirta",
    "Utami",
    "Vina",
    "Wulan",
    "Yanti",
    "Zulfikar",
    "Andika",
    "Bagas",
    "Citra",
    "Dewanto",
    "Elisabeth",
    "Ferdinand",
    "Gloria",
    "Hendra",
    "Imelda",
    "Johanes",
    "Kristina",
    "Lukas",
    "Melati",
    "Nur'aini",
    "Oktavianus",
    "Petrus",
    "Rizky",
    "Salsabila",
    "Taufik",
    "Ulfa",
    "Vero",
    "Wahyu",
    "Yolanda",
    "Zainal",
    "Anisa",
    "Budi",
    "Chandra",
    "Dwi",
];

/// Family names, and second given names where there are none.
const FAMILY: &[&str] = &[
    "Kusumawardani",
    "Lestari",
    "Salim",
    "Handayani",
    "Nugraha",
    "Permatasari",
    "Tabuni",
    "Sudiarta",
    "Wangge",
    "Ramadhan",
    "Wulandari",
    "Simanjuntak",
    "Putri",
    "Rahmawati",
    "Al-Farizi",
    "Siregar",
    "Hutapea",
    "Nasution",
    "Lubis",
    "Harahap",
    "Sitompul",
    "Tobing",
    "Pratama",
    "Saputra",
    "Wijaya",
    "Santoso",
    "Hidayat",
    "Setiawan",
    "Firmansyah",
    "Kurniawan",
    "Maharani",
    "Anggraini",
    "Puspitasari",
    "Suryani",
    "Hartono",
    "Gunawan",
    "Halim",
    "Tanuwijaya",
    "Limbong",
    "Rumbiak",
    "Wenda",
    "Kogoya",
    "Manuhutu",
    "Pattinasarany",
    "Tahitoe",
    "Waworuntu",
    "Mokoginta",
    "Lasut",
    "Mangindaan",
    "Daeng Situju",
    "Karim",
    "Baharuddin",
    "Pasaribu",
    "Ginting",
    "Sembiring",
    "Tarigan",
    "Arimbawa",
    "Dharmawan",
    "Suwandi",
    "Prasetyo",
    "Budiman",
    "Iskandar",
    "Syahputra",
    "Fauzi",
    "Maulana",
    "Aprilia",
    "Oktaviani",
    "Safitri",
];

/// Titles behind a name; most people have none.
const TITLES: &[&str] = &[", S.Pd.", ", S.E.", ", S.T.", ", S.Kom.", ", S.Psi.", ", S.Ds.", ", M.M."];

/// What somebody is called.
pub(super) fn name(chance: &Seeded) -> String {
    let given = pick(chance, GIVEN);
    let family = pick(chance, FAMILY);
    let before = match chance.below(40) {
        0 => "Hj. ",
        1 => "H. ",
        2..=4 => "M. ",
        _ => "",
    };
    let behind = if chance.below(14) == 0 { pick(chance, TITLES) } else { "" };
    format!("{before}{given} {family}{behind}")
}

/// The zone somebody lives in: most live in the west.
pub(super) fn zone(chance: &Seeded) -> Zone {
    match chance.below(20) {
        0..=13 => Zone::Wib,
        14..=18 => Zone::Wita,
        _ => Zone::Wit,
    }
}

/// A mobile number.
pub(super) fn phone(chance: &Seeded) -> String {
    let prefix = pick(chance, &["0811", "0812", "0813", "0821", "0822", "0852", "0853", "0857", "0858", "0878", "0896"]);
    format!("{prefix}-{:04}-{:04}", chance.below(10_000), chance.below(10_000))
}

/// One of these.
pub(super) fn pick<'a>(chance: &Seeded, all: &[&'a str]) -> &'a str {
    chance.one_of(all).copied().unwrap_or_default()
}
