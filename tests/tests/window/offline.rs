//! Without a line, and through a power cut.

use crate::world::{World, open};

#[test]
fn decisions_made_without_a_server_survive_a_power_cut_and_are_applied_once() {
    let mut world = World::begin();
    let names = ["Rani Kusuma", "Dimas Aditya", "Zahra Aulia"];
    let clients: Vec<_> = names.iter().map(|name| world.client(name)).collect();
    let asked: Vec<String> = clients.iter().zip(names).map(|(client, name)| world.ask(client, &format!("Topik {name}"))).collect();
    let window = world.desk();
    for name in names {
        window.wait_text(&format!("Topik {name}")).expect("the request is in the list");
    }

    world.server.kill();
    open(&window, "Topik Rani Kusuma");
    window.keys(&["a"]).expect("accepted");
    open(&window, "Topik Dimas Aditya");
    window.keys(&["d"]).expect("rejecting");
    window.fill("reason-text", "Mohon lengkapi berkas lebih dulu.").expect("a reason");
    window.keys(&["Ctrl+Enter"]).expect("sending");
    window.until("!document.querySelector('dialog[open]')").expect("the dialog closes");
    open(&window, "Topik Zahra Aulia");
    window.keys(&["a"]).expect("accepted");
    window.keys(&["g", "q"]).expect("Antrean kirim");
    window.until("document.querySelectorAll('[role=option]').length === 3").expect("three commands wait");
    window.kill();
    drop(window);

    let window = world.window();
    window.until("document.querySelector('.app')").expect("opens without a server");
    window.keys(&["g", "q"]).expect("Antrean kirim");
    window.until("document.querySelectorAll('[role=option]').length === 3").expect("the three commands still wait");
    for name in names {
        window.wait_text(name).expect("each is named");
    }
    window.wait_text("Mohon lengkapi berkas lebih dulu.").expect("what was typed is still there");

    world.server_back();
    for ((client, request), status) in clients.iter().zip(&asked).zip(["accepted", "rejected", "accepted"]) {
        let it = world.until_seen(client, request, status);
        if status == "rejected" {
            assert_eq!(it["reason"], "Mohon lengkapi berkas lebih dulu.");
        }
        let notices = world.run(client.get("/api/notifications")).expect(200).json();
        let kind = format!("consultation_{status}");
        let told = notices["items"].as_array().expect("a list").iter().filter(|n| n["kind"] == *kind).count();
        assert_eq!(told, 1, "decided once, told once: {notices}");
    }
    // It fails when the chain does not prove itself.
    world.server.run(&["audit", "verify"], "");
}
