//! The orders of the sample morning: those of picture 06, one that was called off, one that was deleted.

use domain::{
    id::{ClientId, CounterId, NoteId, OrderId},
    money::Rupiah,
    name::Email,
    phone::Phone,
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{Client, Counter, Deletion, DesignType, History, Note, Order, OrderStatus, ProductStatus, Source},
    role::Person,
    text::{Brief, NoteText, Reason},
    time::{DAY, HOUR, MINUTE, UtcMillis, Zone},
};

use super::sample::{BEGIN, colleague, entry, id, request};

/// What a sample order says.
struct Line {
    /// Its number in the month.
    number: u32,
    /// Whose it is: one of the morning's clients by their place, or somebody new.
    client: Result<u32, &'static str>,
    kind: DesignType,
    status: OrderStatus,
    /// When it was made, in days before now.
    made: i64,
    /// By when it is wanted, in days from now.
    wanted: Option<i64>,
    description: &'static str,
}

fn of(
    number: u32,
    client: Result<u32, &'static str>,
    (kind, status): (DesignType, OrderStatus),
    (made, wanted): (i64, Option<i64>),
    description: &'static str,
) -> Line {
    Line { number, client, kind, status, made, wanted, description }
}

fn lines() -> Vec<Line> {
    use DesignType::{Branding, Dll, Logo, PrintDesign, UiUx, WebDesign};
    use OrderStatus::{Approved, Cancelled, Completed, InProgress, Pending, Review};
    vec![
        of(43, Ok(6), (Branding, Pending), (0, Some(8)), "Merek untuk lini batik anak: nama, warna, dan label kain."),
        of(
            42,
            Ok(5),
            (Logo, Review),
            (11, Some(3)),
            "Logo kedai kedua. Cangkir dan senja, hangat, terbaca dari jauh pada papan nama dan gelas kertas.",
        ),
        of(41, Ok(10), (Logo, InProgress), (12, Some(4)), "Logo untuk jasa les privat."),
        of(40, Err("Rumah Jahit Sekar"), (UiUx, Approved), (12, Some(10)), "Rancangan aplikasi pesan jahit, enam layar."),
        of(38, Err("Teras Kopi Malang"), (PrintDesign, InProgress), (14, Some(-2)), "Menu lipat dan kartu nama."),
        of(37, Err("Klinik Sehat Bersama"), (WebDesign, InProgress), (15, Some(15)), "Situs klinik: jadwal dokter dan pendaftaran."),
        of(36, Err("Andi Saputra"), (UiUx, Approved), (16, Some(10)), "Tinjauan layar kasir."),
        of(33, Err("Yayasan Tunas Papua"), (Branding, Review), (18, Some(6)), "Pedoman merek untuk yayasan pendidikan."),
        of(31, Err("Dapur Bu Yati"), (Logo, Cancelled), (19, None), "Logo katering."),
        of(29, Err("CV Bumi Rasa"), (PrintDesign, InProgress), (20, Some(9)), "Kemasan keripik, tiga rasa."),
        of(27, Err(ONCE_MORE), (Dll, Completed), (21, Some(-4)), "Panggung dan poster pentas akhir tahun."),
        of(24, Err("Percobaan"), (Logo, Pending), (22, None), "Pesanan untuk mencoba formulir."),
        of(22, Ok(2), (WebDesign, Completed), (22, Some(-6)), "Halaman portofolio satu layar."),
    ]
}

/// The clients that only order, the orders, notes about one of them, and the counter that has numbered them.
///
/// With `long_ended` those that are done or called off were so half a year ago.
pub(super) fn records(long_ended: bool) -> Vec<AnyRecord> {
    let counter = "order/202611".to_owned();
    let mut all = vec![Counter { id: CounterId::named(&counter), name: counter, last: 43 }.any()];
    for (n, line) in (0..).zip(lines()) {
        let Some((client, mut order)) = order(n, &line) else { continue };
        if long_ended && !order.status.is_open() {
            order.status_at = BEGIN.plus(-183 * DAY);
        }
        all.extend(line.client.is_err().then(|| client.any()));
        all.push(order.any());
    }
    all.extend(notes());
    all
}

/// An order of the morning by its place, as it begins.
pub(super) fn order_of(n: u32) -> Option<Order> {
    let lines = lines();
    Some(order(n, lines.get(usize::try_from(n).ok()?)?)?.1)
}

/// Whoever ordered by telephone before they registered: the number is that of «Toko Batik Larasati», and so is the person.
const ONCE_MORE: &str = "Ibu Larasati";

/// A client who only orders, with a number of their own.
fn new_client(n: u32, name: &'static str) -> Client {
    let zone = if name.ends_with("Papua") { Zone::Wit } else { Zone::Wib };
    let names = super::sample::line(name, "", zone, (-60, 60, 1), ("", ""));
    let it = request(200 + n, &names).0;
    if name == ONCE_MORE {
        let (phone, email) = (Phone::new("082244455566").ok(), Email::new("larasati@contoh.id").ok());
        return Client { user_id: None, phone, email, created_at: BEGIN.plus(-310 * DAY), ..it };
    }
    Client { phone: Phone::new(&format!("0812666777{n:02}")).ok(), ..it }
}

fn order(n: u32, line: &Line) -> Option<(Client, Order)> {
    let client = match line.client {
        Ok(known) => super::sample::known_client(known),
        Err(name) => new_client(n, name),
    };
    let made = BEGIN.plus(-DAY * line.made - MINUTE * i64::from(40 + 5 * n));
    let who = client.user_id.map_or_else(|| colleague(2), |user| Person { id: user, name: client.name.clone() });
    let mut it = Order {
        id: OrderId::from(id(10, n)),
        number: format!("ORD-202611-{:04}", line.number),
        client_id: client.id,
        client_user: client.user_id,
        client_name: client.name.clone(),
        client_zone: client.zone,
        source: if client.user_id.is_some() { Source::App } else { Source::Phone },
        design_type: line.kind.clone(),
        description: Brief::new(line.description).ok()?,
        needs: None,
        deadline: line.wanted.map(|days| BEGIN.day(Zone::Wib).plus(days)),
        budget: None,
        status: OrderStatus::Pending,
        product_status: ProductStatus::Pending,
        staff_note: None,
        reason: None,
        versions: super::sample_designs::count_of(n),
        current_version: Some(super::sample_designs::count_of(n)).filter(|count| *count > 0),
        shown_version: None,
        due_at: made.plus(3 * HOUR),
        status_at: made,
        status_by: who.clone(),
        claim: None,
        snooze: None,
        assignee: None,
        deleted: None,
        created_at: made,
        updated_at: made,
        history: History(vec![entry(made, &who, "order.create", None)]),
    };
    walk(&mut it, &line.status);
    adorn(n, &mut it);
    Some((client, it))
}

/// Moves an order along to where it stands, one step a day.
fn walk(it: &mut Order, to: &OrderStatus) {
    let path = OrderStatus::KNOWN.iter().skip(1);
    let steps: Vec<&OrderStatus> = match to {
        OrderStatus::Pending => Vec::new(),
        OrderStatus::Cancelled => vec![&OrderStatus::Approved, &OrderStatus::Cancelled],
        to => path.take_while(|status| *status != to).chain([to]).collect(),
    };
    for (n, status) in (1..).zip(steps) {
        let (at, by) = (it.created_at.plus(n * 22 * HOUR), colleague(2));
        let mut step = entry(at, &by, "order.set_status", None);
        step.to = Some(status.wire().to_owned());
        it.history.push(step);
        (it.status, it.status_at, it.status_by, it.updated_at) = (status.clone(), at, by, at);
    }
    it.product_status = match to {
        OrderStatus::InProgress | OrderStatus::Review => ProductStatus::Proses,
        OrderStatus::Completed => ProductStatus::Selesai,
        _ => ProductStatus::Pending,
    };
}

/// To whom some were given, what is kept in mind with them, why one was called off, and one that was deleted.
fn adorn(n: u32, it: &mut Order) {
    match n {
        0 => it.assignee = Some(colleague(1)),
        1 => {
            it.needs = Brief::new("Berkas untuk papan nama 3 meter dan stempel gelas; dua warna cukup.").ok();
            it.budget = Some(Rupiah(2_500_000));
            it.staff_note = NoteText::new("Pemilik lebih suka dihubungi sore. Jangan pakai hijau.").ok();
            it.assignee = Some(colleague(0));
        }
        5 => it.budget = Some(Rupiah(7_500_000)),
        8 => {
            let why = "Klien memilih perancang lain.";
            it.reason = Reason::new(why).ok();
            if let Some(last) = it.history.0.last_mut() {
                last.reason = Some(why.to_owned());
            }
        }
        11 => {
            let (at, why) = (BEGIN.plus(-2 * DAY), "Pesanan ini hanya percobaan, jadi kami hapus.");
            it.deleted = Some(Deletion { by: colleague(1), at, reason: why.to_owned() });
            it.history.push(entry(at, &colleague(1), "order.delete", Some(why)));
        }
        _ => {}
    }
}

fn notes() -> Vec<AnyRecord> {
    let note = |n: u32, author: u32, minutes: i64, text: &str| {
        let record = RecordRef::new(Kind::Order, id(10, 1));
        let text = NoteText::new(text).ok()?;
        let created_at = BEGIN.plus(minutes * MINUTE);
        Some(Note { id: NoteId::from(id(5, 100 + n)), record, author: colleague(author), text, private: false, created_at }.any())
    };
    [note(0, 2, -1_450, "Klien minta gagang cangkir lebih tipis."), note(1, 1, -95, "Versi berikutnya sore ini.")]
        .into_iter()
        .flatten()
        .collect()
}

/// Which orders somebody has looked at on the days before: all but the two newest.
pub(super) fn looked_at() -> impl Iterator<Item = domain::id::RecordId> {
    (2..100).map(|n| id(10, n))
}

/// An order as it arrives while the window is open.
pub(super) fn arrival(now: UtcMillis) -> Option<[AnyRecord; 2]> {
    let line = of(44, Err("Larasati Dewi"), (DesignType::Logo, OrderStatus::Pending), (0, Some(14)), "Logo untuk toko bunga.");
    let (client, mut order) = order(90, &line)?;
    (order.created_at, order.updated_at, order.status_at) = (now, now, now);
    order.due_at = now.plus(3 * HOUR);
    Some([client.any(), order.any()])
}

/// A new order of a known client, as somebody enters it.
pub(super) fn entered(order_id: OrderId) -> domain::commands::order::Create {
    domain::commands::order::Create {
        id: order_id,
        client_id: ClientId::from(id(2, 8)),
        design_type: DesignType::Branding,
        description: "Merek untuk praktik psikologi keluarga.".to_owned(),
        needs: None,
        deadline: None,
        budget: Some(Rupiah(4_000_000)),
        source: Some(Source::Whatsapp),
    }
}
