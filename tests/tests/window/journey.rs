//! The morning without a mouse in the real window: the steps of the browser's journey, with a real server behind them and a colleague
//! at another desk.

use serde_json::json;

use crate::{
    client::PASSWORD,
    hands::Hands,
    steps::{self, HOLD},
    world::{SARI, World},
};

const NAMES: [&str; 13] = [
    "Adi Saputra",
    "Bunga Lestari",
    "Citra Nugroho",
    "Dodi Wibowo",
    "Eka Hidayat",
    "Fajar Utami",
    "Galih Maharani",
    "Hana Gunawan",
    "Indah Setiawan",
    "Joko Pangaribuan",
    "Kartika Simanjuntak",
    "Lukman Hakim",
    "Mega Puspita",
];

#[test]
fn a_morning_by_keyboard_alone() {
    let world = World::begin();
    // All have the same time for an answer, so that the list has them in the order in which they asked.
    let asked: Vec<_> =
        NAMES.map(|name| (world.client(name), name)).into_iter().map(|(peer, _)| (world.ask(&peer, "Tinjau CV"), peer)).collect();
    let window = world.window();
    let hands = Hands(&window);

    hands.on("server").expect("the one thing to do has the focus");
    hands.types(&world.server.base).expect("typed");
    hands.press(&["Enter"]).expect("asked");
    hands.on("email").expect("the server is known");
    hands.types(SARI).expect("typed");
    hands.tabs_to("password", 2).expect("what is forgotten comes first, as it stands there");
    hands.types(PASSWORD).expect("typed");
    hands.press(&["Enter"]).expect("in");

    hands.title(&format!("Antrean ({}) · Meja", NAMES.len())).expect("at work, with everything here");
    hold_longest(hands);
    steps::triage(hands, &NAMES, HOLD).expect("ten requests");
    steps::many_and_back(hands, &NAMES[10..], HOLD).expect("two at once, and back");

    let (last, peer) = &asked[12];
    overtaken(&world, hands, last);
    assert_eq!(world.seen_by(peer, last)["status"], "accepted", "the first decision stands");
    for (n, status) in [(0, "accepted"), (2, "rejected"), (4, "accepted"), (5, "waiting"), (9, "rejected"), (10, "waiting")] {
        let (request, peer) = &asked[n];
        world.until_seen(peer, request, status);
    }
    steps::change_a_setting(hands).expect("a setting");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
}

/// A desk holds a decision for eight seconds; here for as long as it can, which is a setting that the palette finds.
fn hold_longest(hands: Hands<'_>) {
    hands.press(&["Ctrl+k"]).expect("the palette");
    hands.on("palette-text").expect("open");
    hands.types("jeda sebelum").expect("typed");
    hands.until("document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('Jeda sebelum dikirim')").expect("found");
    hands.press(&["Enter"]).expect("chosen");
    hands.on("set-hold").expect("the setting has the focus");
    hands.press(&["End"]).expect("the last choice");
    hands.until(&format!("document.getElementById('set-hold').value == '{HOLD}'")).expect("chosen");
    hands.press(&["Ctrl+1"]).expect("back at work");
}

/// The last request is rejected while nothing is sent, and a colleague accepts it meanwhile: what they decided and what was typed stand
/// side by side, and a person settles it.
fn overtaken(world: &World, hands: Hands<'_>, request: &str) {
    let name = NAMES[12];
    hands.press(&["g", "q"]).expect("Antrean kirim");
    hands.title("Antrean kirim · Meja").expect("open");
    hands.until("document.activeElement.getAttribute('role') == 'option'").expect("on a row");
    hands.press(&["p"]).expect("paused");
    hands.sees("Sinkron dijeda.").expect("nothing is sent");
    hands.press(&["g", "a", "End"]).expect("the last row");
    hands.on_open(name).expect("open");
    world.colleague("consultation.accept", json!({ "id": request }));
    steps::write_rejection(hands, name).expect("rejected here");
    hands.sees(&format!("{name} ditolak · dikirim saat sinkron lagi")).expect("nothing is promised while nothing is sent");
    hands.row_says(name, "Ditolak").expect("as far as this desk knows");
    hands.press(&["g", "q"]).expect("Antrean kirim");
    hands.title("Antrean kirim · Meja").expect("open");
    hands.press(&["p"]).expect("goes on");
    hands.until("!document.body.innerText.includes('Sinkron dijeda.')").expect("the line stands");
    hands.press(&["Ctrl+r"]).expect("what is held is sent at once");
    hands.row_says(name, "Konflik").expect("overtaken");
    hands.press(&["Home"]).expect("what is to be decided comes first");
    hands.on_row(name).expect("on it");
    hands.sees("Tolak permintaan didahului orang lain").expect("what happened");
    hands.sees("Budi Santoso").expect("who was first");
    hands.sees("Minggu itu kantor tutup, mohon pilih minggu lain.").expect("what was typed is kept");
    hands.press(&["3"]).expect("settled");
    hands.hears("Ditandai sudah ditangani").expect("and said");
    hands
        .until("![...document.querySelectorAll('.group')].some(g => g.innerText.includes('Perlu keputusan'))")
        .expect("nothing waits for a decision");
}
