//! The design versions of the sample morning: those of picture 06, one that waits to be shown, a document and an archive, and some that
//! clients approved.

use domain::{
    file::{FileName, MediaType, Sha256},
    id::DesignId,
    record::{AnyRecord, Record as _},
    records::{Design, DesignStatus, Order, Pin, Pins},
    text::Reason,
    time::MINUTE,
};

use super::sample::{BEGIN, colleague, id};

/// What a sample version says: when it came, in minutes from now, what it is called, how many bytes it has, where it stands, what its
/// client wants changed and when they said so, and where in the picture.
struct Made {
    at: i64,
    name: &'static str,
    size: i64,
    status: DesignStatus,
    said: Option<(i64, &'static str)>,
    pins: &'static [(u16, u16, &'static str)],
}

const fn made(at: i64, name: &'static str, size: i64, status: DesignStatus) -> Made {
    Made { at, name, size, status, said: None, pins: &[] }
}

/// The places in the picture of which its client speaks.
const PLACES: &[(u16, u16, &str)] = &[(735, 515, "Gagang: setipis di V1."), (500, 240, "Warna jingga ini.")];

/// The versions of an order by its place, oldest first.
fn lines(order: u32) -> Vec<Made> {
    use DesignStatus::{Approved, RevisionRequested, Submitted, Uploaded};
    match order {
        1 => {
            let handle = "Gagang cangkir terlalu tebal, dan warna jinganya boleh sedikit lebih hangat.";
            vec![
                Made {
                    said: Some((-6_900, "Terlalu gelap untuk kedai pagi.")),
                    ..made(-7_237, "senja-opsi-b.png", 3_200_000, RevisionRequested)
                },
                Made { said: Some((-90, handle)), pins: PLACES, ..made(-2_582, "kopi-senja-final.png", 5_900_000, RevisionRequested) },
            ]
        }
        2 => vec![made(-181, "les-putri-buku-terbuka.png", 1_400_000, Uploaded)],
        5 => {
            vec![made(-9_000, "klinik-sehat-beranda.pdf", 2_750_000, Submitted), made(-1_300, "klinik-sehat-aset.zip", 9_800_000, Uploaded)]
        }
        7 => vec![made(-8_000, "tunas-papua-1.jpg", 900_000, Approved), made(-2_000, "tunas-papua-2.png", 1_100_000, Uploaded)],
        10 => vec![made(-20_000, "panggung.png", 4_000_000, Submitted), made(-9_000, "poster-pentas.rar", 8_200_000, Approved)],
        12 => vec![made(-21_000, "portofolio-a.png", 2_000_000, Submitted), made(-12_000, "portofolio-b.png", 2_100_000, Approved)],
        _ => Vec::new(),
    }
}

/// How many versions an order has, by its place; the last one counts.
pub(super) fn count_of(order: u32) -> i64 {
    i64::try_from(lines(order).len()).unwrap_or(0)
}

/// The versions of the sample orders.
pub(super) fn records() -> Vec<AnyRecord> {
    let of = |n: u32| {
        let order = super::sample_orders::order_of(n);
        let all = (1_u32..).zip(lines(n));
        all.filter_map(move |(version, line)| Some(design(n, version, &line, order.as_ref()?)?.any())).collect::<Vec<_>>()
    };
    (0..13).flat_map(of).collect()
}

/// What a sample file's bytes are known by: another name is another file.
pub(super) fn hash(name: &str) -> Sha256 {
    Sha256::of(name.as_bytes())
}

fn design(n: u32, version: u32, line: &Made, order: &Order) -> Option<Design> {
    let name = FileName::new(line.name).ok()?;
    let created_at = BEGIN.plus(line.at * MINUTE);
    let is_shown = line.status != DesignStatus::Uploaded;
    let reviewed_at = line.said.map(|(at, _)| BEGIN.plus(at * MINUTE));
    Some(Design {
        id: DesignId::from(id(13, n * 100 + version)),
        order_id: order.id,
        order_number: order.number.clone(),
        version: i64::from(version),
        sha256: hash(line.name),
        size: line.size,
        media_type: MediaType::of_ending(&name.ending()?)?,
        name,
        by: colleague(2),
        status: line.status.clone(),
        comment: line.said.and_then(|(_, text)| Reason::new(text).ok()),
        pins: Pins(line.pins.iter().filter_map(|(x, y, text)| Some(Pin { x: *x, y: *y, text: Reason::new(text).ok()? })).collect()),
        submitted_at: is_shown.then(|| created_at.plus(10 * MINUTE)),
        reviewed_at: reviewed_at.or_else(|| (line.status == DesignStatus::Approved).then(|| created_at.plus(90 * MINUTE))),
        purged: None,
        created_at,
        updated_at: reviewed_at.unwrap_or(created_at),
    })
}
