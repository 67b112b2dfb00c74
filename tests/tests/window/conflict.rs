//! Two admins decide the same request differently, one of them offline.

use serde_json::json;

use crate::world::{World, open};

#[test]
fn the_first_decision_stands_and_the_second_person_keeps_what_they_typed() {
    let mut world = World::begin();
    let client = world.client("Made Ayu Lestari");
    let request = world.ask(&client, "Portofolio untuk klien luar negeri");
    let window = world.desk();
    window.wait_text("Portofolio untuk klien luar negeri").expect("in the list");

    world.server.kill();
    open(&window, "Portofolio untuk klien luar negeri");
    window.keys(&["d"]).expect("rejecting");
    window.fill("reason-text", "Berkas belum lengkap, mohon kirim ulang.").expect("a reason");
    window.keys(&["Ctrl+Enter"]).expect("sending");
    window.until("!document.querySelector('dialog[open]')").expect("the dialog closes");
    window.kill();
    drop(window);
    world.server_back();
    world.colleague("consultation.accept", json!({"id": request}));

    let window = world.window();
    window.until("document.querySelector('.app')").expect("the desk");
    window.keys(&["g", "q"]).expect("Antrean kirim");
    window.wait_text("Berkas belum lengkap, mohon kirim ulang.").expect("the typed reason is kept");
    window.wait_text("Budi Santoso").expect("who decided is said");
    assert_eq!(world.seen_by(&client, &request)["status"], "accepted", "the first decision stands");

    window.keys(&["4"]).expect("discard");
    window.until("document.querySelector('dialog[open] .btn-bad')").expect("it asks first");
    window.keys(&["Ctrl+Enter"]).expect("discarding");
    window.wait_text("Perintah dibuang").expect("settled by a person");
    window.wait_text("Selesai hari ini").expect("and kept among what is done");
    let list = window.until("document.getElementById('pane-list').innerText").expect("the list");
    let list = list.as_str().unwrap_or_default();
    assert!(list.contains("Berkas belum lengkap") && !list.contains("Perlu keputusan"), "nobody's action vanishes: {list}");
    world.server.run(&["audit", "verify"], "");
}
