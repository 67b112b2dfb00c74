//! A working morning at Ruang Karsa, and worse: the records that the desk inside the window begins with.

use domain::{
    id::{ClientId, ConsultationId, NoteId, NotificationId, RecordId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{
        Claim, Client, Consultation, ConsultationStatus, Formers, History, HistoryEntry, Note, Notification, NotificationKind, Snooze,
        Source, User, UserStatus,
    },
    role::{Person, Role},
    text::{NoteText, Reason, RequestNote, Topic},
    time::{DAY, Day, HOUR, MINUTE, UtcMillis, Zone},
};

use super::situation::{Data, Situation};

/// Tuesday, 24 November 2026, 10:42:07 WIB: the moment in which the window opens.
pub(crate) const BEGIN: UtcMillis = UtcMillis::from_ms(1_795_491_727_000);

/// The organisation's zone.
pub(crate) const ZONE: Zone = Zone::Wib;

/// An id of version 7 that is always the same: `space` says for what, `n` which.
pub(crate) fn id(space: u16, n: u32) -> RecordId {
    let mut bytes = [0_u8; 16];
    bytes[..6].copy_from_slice(&BEGIN.plus(-DAY).ms().to_be_bytes()[2..]);
    bytes[6] = 0x70;
    bytes[8..10].copy_from_slice(&(0x8000 | space).to_be_bytes());
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    RecordId::from_uuid(uuid::Uuid::from_bytes(bytes))
}

/// The colleagues. The first one sits at this desk.
const STAFF: [(&str, &str, Role); 5] = [
    ("Dewi Anggraini", "dewi@ruangkarsa.id", Role::Admin),
    ("Hendra Wijaya", "hendra@ruangkarsa.id", Role::Admin),
    ("Sari Puspita", "sari@ruangkarsa.id", Role::Cs),
    ("Bagus Prasetyo", "bagus@ruangkarsa.id", Role::Expert),
    ("Maya Rahmadani", "maya@ruangkarsa.id", Role::Expert),
];

/// Who is not at work: a closed account, and an invitation that was not taken yet.
const NOT_AT_WORK: [(&str, &str, Role, UserStatus); 2] = [
    ("Intan Maharani", "intan@ruangkarsa.id", Role::Cs, UserStatus::Disabled),
    ("Yoga Pratama", "yoga@ruangkarsa.id", Role::Expert, UserStatus::Invited),
];

/// A colleague by their place in the list.
pub(crate) fn colleague(n: u32) -> Person {
    let (name, _, _) = STAFF[usize::try_from(n).unwrap_or(0) % STAFF.len()];
    Person { id: UserId::from(id(1, n)), name: PersonName::of_program(name) }
}

/// What a sample request says. Times are minutes from now.
pub(super) struct Line {
    name: &'static str,
    phone: &'static str,
    zone: Zone,
    asked: i64,
    due: i64,
    day: i64,
    topic: &'static str,
    note: &'static str,
    source: Source,
}

pub(super) const fn line(
    name: &'static str,
    phone: &'static str,
    zone: Zone,
    times: (i64, i64, i64),
    words: (&'static str, &'static str),
) -> Line {
    let (asked, due, day) = times;
    Line { name, phone, zone, asked, due, day, topic: words.0, note: words.1, source: Source::App }
}

/// The morning's requests, earliest deadline first.
fn lines() -> Vec<Line> {
    use Zone::{Wib, Wit, Wita};
    let mut lines = vec![
        line("Bagus Hermawan", "081233344455", Wib, (-1_180, -92, 2), ("Pindah karier ke bidang data", "Saya bisa pagi atau malam.")),
        line("Nur’aini Siregar", "081398765432", Wib, (-1_104, -18, 1), ("Persiapan wawancara beasiswa", "")),
        line(
            "Rani Kusumawardani",
            "081234567890",
            Wib,
            (-108, 72, 2),
            (
                "Tinjau CV sebelum melamar posisi analis data",
                "Saya dipanggil wawancara tanggal 30. Kalau bisa sebelum itu, pagi lebih baik karena sore masih magang.",
            ),
        ),
        line("M. Yusuf Al-Farizi", "085711122233", Wib, (-55, 125, 3), ("Rencana belajar desain produk", "")),
        line("Made Ayu Lestari", "087855566677", Wita, (-40, 220, 3), ("Portofolio fotografi", "Saya di Denpasar, jam WITA.")),
        line("PT Kopi Senja Nusantara", "0215551234", Wib, (-35, 250, 4), ("Identitas merek kedai kedua", "")),
        line("Toko Batik Larasati", "082244455566", Wib, (-30, 290, 4), ("Katalog untuk pameran", "Mohon ahli yang paham batik tulis.")),
        line("Yohanes Tabuni", "081344488899", Wit, (-22, 340, 5), ("Beasiswa LPDP", "")),
        line("Hj. Nur'aini Al-Farizi Kusumaningrum, S.Psi., M.Si.", "081122233344", Wib, (-15, 365, 6), ("", "")),
        line("Agus Salim", "081277788899", Wib, (-1_500, 1_350, 6), ("Arah karier setelah lulus", "")),
        line("Putri Handayani", "085612312312", Wib, (-1_460, 1_420, 7), ("Memilih jurusan S2", "")),
        line("Teresia Wulandari", "081390909090", Wib, (-1_400, 2_900, 8), ("Menulis esai motivasi", "")),
        line("Dimas Aditya", "081215151515", Wib, (-1_380, 4_400, 9), ("Negosiasi gaji pertama", "")),
    ];
    lines[5].source = Source::Phone;
    lines[7].source = Source::Whatsapp;
    lines
}

/// Everything the desk begins with.
pub(crate) fn records(situation: &Situation) -> Vec<AnyRecord> {
    let mut all: Vec<AnyRecord> = (0..STAFF.len()).map(staff).collect();
    all.extend((0..NOT_AT_WORK.len()).map(not_at_work));
    if situation.data == Data::Sample {
        for (n, line) in (0..).zip(lines()) {
            let (client, consultation) = request(n, &line);
            all.extend([client.any(), consultation.any()]);
        }
        adorn(&mut all);
        all.extend((0..14).flat_map(answered));
        all.extend(notes());
        all.extend(super::sample_orders::records(situation.long_ended));
        all.extend(super::sample_conversations::records());
        all.extend(super::sample_designs::records());
    }
    if situation.data == Data::Hostile {
        all.extend(super::hostile::records());
    }
    if situation.imported {
        all.extend(super::sample_imports::past());
    }
    all.extend((0..situation.rows).flat_map(many));
    all.extend(notifications(situation));
    all.extend(super::organisation::records(situation));
    all
}

fn staff(n: usize) -> AnyRecord {
    let (name, email, role) = &STAFF[n];
    account(n, name, email, role, UserStatus::Active)
}
fn not_at_work(n: usize) -> AnyRecord {
    let (name, email, role, status) = &NOT_AT_WORK[n];
    account(50 + n, name, email, role, status.clone())
}
fn account(n: usize, name: &'static str, email: &str, role: &Role, status: UserStatus) -> AnyRecord {
    let (at, id) = (BEGIN.plus(-400 * DAY), UserId::from(id(1, u32::try_from(n).unwrap_or(0))));
    User {
        id,
        name: PersonName::of_program(name),
        email: Email::new(email).unwrap_or_else(|_| Email::of_erased(id)),
        roles: vec![role.clone()],
        status,
        created_at: at,
        updated_at: at,
    }
    .any()
}

/// One of the morning's clients.
pub(super) fn known_client(n: u32) -> Client {
    let lines = lines();
    let place = usize::try_from(n).unwrap_or(0) % lines.len();
    request(n, &lines[place]).0
}

/// A client and their waiting request.
pub(super) fn request(n: u32, line: &Line) -> (Client, Consultation) {
    let asked = BEGIN.plus(line.asked * MINUTE);
    let joined = BEGIN.plus(-DAY * i64::from(30 + 41 * (n % 14)));
    let client = Client {
        id: ClientId::from(id(2, n)),
        user_id: (line.source == Source::App).then(|| UserId::from(id(3, n))),
        name: PersonName::of_program(line.name),
        phone: Phone::new(line.phone).ok(),
        email: None,
        zone: line.zone,
        consent: None,
        erased_at: None,
        removed_at: None,
        merged_into: None,
        formers: Formers::default(),
        created_at: joined,
        updated_at: joined,
    };
    let who = match client.user_id {
        Some(user) => Person { id: user, name: client.name.clone() },
        None => colleague(2),
    };
    let consultation = Consultation {
        id: ConsultationId::from(id(4, n)),
        number: number(asked, n),
        client_id: client.id,
        client_user: client.user_id,
        client_name: client.name.clone(),
        client_zone: client.zone,
        source: line.source.clone(),
        requested_date: day(line.day),
        topic: Topic::optional(Some(line.topic)).ok().flatten(),
        note: RequestNote::optional(Some(line.note)).ok().flatten(),
        status: ConsultationStatus::Waiting,
        message: None,
        reason: None,
        due_at: BEGIN.plus(line.due * MINUTE - 7_000),
        decided_at: None,
        decided_by: None,
        claim: None,
        snooze: None,
        assignee: None,
        created_at: asked,
        updated_at: asked,
        history: History(vec![entry(asked, &who, "consultation.request", None)]),
    };
    (client, consultation)
}

/// A line of history.
pub(crate) fn entry(at: UtcMillis, by: &Person, act: &str, reason: Option<&str>) -> HistoryEntry {
    HistoryEntry { at, by: by.clone(), act: act.to_owned(), reason: reason.map(str::to_owned), to: None }
}

fn day(days: i64) -> Day {
    BEGIN.day(Zone::Wib).plus(days)
}

/// `KG-YYYYMMDD-XXXXXX` with six letters that look like any.
fn number(asked: UtcMillis, n: u32) -> String {
    let mut bits = u64::from(n + 7).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut letters = String::new();
    for _ in 0..6 {
        letters.push(char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[usize::try_from(bits % 32).unwrap_or(0)]));
        bits /= 32;
    }
    format!("KG-{}-{letters}", asked.day(Zone::Wib).to_string().replace('-', ""))
}

/// Claims, a snooze and an assignment, so that the morning has every shape.
fn adorn(all: &mut [AnyRecord]) {
    let mut n = 0;
    for record in all {
        let AnyRecord::Consultation(it) = record else { continue };
        match n {
            6 => {
                it.claim = Some(Claim { by: colleague(1), until: BEGIN.plus(12 * MINUTE) });
                it.history.push(entry(BEGIN.plus(-3 * MINUTE), &colleague(1), "item.claim", None));
            }
            7 => {
                it.assignee = Some(colleague(3));
                it.history.push(entry(BEGIN.plus(-9 * MINUTE), &colleague(0), "item.assign", None));
            }
            10 => it.snooze = Some(Snooze { by: colleague(0), until: BEGIN.plus(22 * HOUR) }),
            _ => {}
        }
        n += 1;
    }
}

/// What was answered in the last days.
fn answered(n: u32) -> Vec<AnyRecord> {
    const NAMES: [&str; 7] =
        ["Intan Permatasari", "Ilham Pratama", "Siti Rahmawati", "Klinik Sehat Bersama", "Teras Kopi", "Gita Savitri", "Rizky Ramadhan"];
    let name = NAMES[usize::try_from(n).unwrap_or(0) % NAMES.len()];
    let asked = -600 - i64::from(n) * 310;
    let line = line(name, "", Zone::Wib, (asked, asked + 180, 3), ("Konsultasi pertama", ""));
    let (client, mut it) = request(100 + n, &line);
    let client = Client { phone: Phone::new(&format!("0812000111{n:02}")).ok(), ..client };
    let decided = it.created_at.plus(95 * MINUTE);
    let by = colleague(n % 2);
    let (status, act, reason) = match n % 4 {
        0 | 1 => (ConsultationStatus::Accepted, "consultation.accept", None),
        2 => (ConsultationStatus::Rejected, "consultation.reject", Some("Tanggal yang diminta sudah penuh untuk semua ahli.")),
        _ => (ConsultationStatus::Cancelled, "consultation.cancel", Some("Klien berhalangan dan akan mengajukan lagi.")),
    };
    it.status = status;
    it.reason = reason.and_then(|r| Reason::new(r).ok());
    it.decided_at = Some(decided);
    it.decided_by = Some(by.clone());
    it.updated_at = decided;
    it.history.push(entry(decided, &by, act, reason));
    vec![client.any(), it.any()]
}

fn notes() -> Vec<AnyRecord> {
    let note = |n: u32, about: u32, author: u32, minutes: i64, text: &str| {
        let record = RecordRef::new(Kind::Consultation, id(4, about));
        let text = NoteText::new(text).ok()?;
        let created_at = BEGIN.plus(minutes * MINUTE);
        Some(Note { id: NoteId::from(id(5, n)), record, author: colleague(author), text, private: false, created_at }.any())
    };
    let all = [
        note(0, 2, 1, -71, "CV sudah dilampirkan, lengkap."),
        note(1, 2, 2, -12, "Sudah saya telepon: jam 9 sampai 11 paling cocok."),
        note(2, 6, 1, -4, "Saya cek dulu ke Maya, dia pernah menangani pameran."),
    ];
    all.into_iter().flatten().collect()
}

fn notifications(situation: &Situation) -> Vec<AnyRecord> {
    if situation.data != Data::Sample {
        return Vec::new();
    }
    let one = |n: u32, about: u32, by: u32, minutes: i64, name: &str, read: bool| {
        let at = BEGIN.plus(minutes * MINUTE);
        Notification {
            id: NotificationId::from(id(6, n)),
            user_id: colleague(0).id,
            kind: NotificationKind::ItemAssigned,
            record: RecordRef::new(Kind::Consultation, id(4, about)),
            by: Some(colleague(by)),
            detail: Some(name.to_owned()),
            created_at: at,
            read_at: read.then(|| at.plus(MINUTE)),
        }
        .any()
    };
    vec![
        one(0, 3, 1, -31, "M. Yusuf Al-Farizi", false),
        one(1, 9, 1, -190, "Agus Salim", false),
        one(2, 101, 2, -1_500, "Ilham Pratama", true),
    ]
}

/// One of very many.
fn many(n: u32) -> [AnyRecord; 2] {
    const FIRST: [&str; 12] = ["Adi", "Bunga", "Citra", "Dodi", "Eka", "Fajar", "Galih", "Hana", "Indah", "Joko", "Kartika", "Lukman"];
    const LAST: [&str; 11] =
        ["Saputra", "Lestari", "Nugroho", "Wibowo", "Hidayat", "Simanjuntak", "Pangaribuan", "Setiawan", "Utami", "Maharani", "Gunawan"];
    let part = |of: &[&'static str], k: u32| of[usize::try_from(k).unwrap_or(0) % of.len()];
    let name = format!("{} {}", part(&FIRST, n), part(&LAST, n / 12));
    let minutes = i64::from(n) * 3;
    let line = line("", "081200000000", Zone::Wib, (-minutes - 10, minutes - 240, 2), ("Tinjau CV", ""));
    let (mut client, mut it) = request(1_000 + n, &line);
    if let Ok(name) = PersonName::new(&name) {
        client.name = name.clone();
        it.client_name = name;
    }
    [client.any(), it.any()]
}

/// A new request of a client, as it arrives while the window is open.
pub(crate) fn arrival(n: u32, now: UtcMillis) -> [AnyRecord; 2] {
    const NAMES: [&str; 3] = ["Wahyu Kurniawan", "Larasati Dewi", "Benny Hutapea"];
    let minutes = now.since(BEGIN) / MINUTE;
    let name = NAMES[usize::try_from(n).unwrap_or(0) % NAMES.len()];
    // The first one is due before everything else, so that a list that moved would be seen to move.
    let due = if n == 0 { -200 } else { 180 + minutes };
    let (client, it) = request(900 + n, &line(name, "081255500011", Zone::Wib, (minutes, due, 3), ("Baru masuk", "")));
    [client.any(), it.any()]
}
