//! From a client's click to the client's answer.

use e2e::clients::SimulatedClient;
use std::time::Duration;

use crate::{
    client::day,
    world::{World, open},
};

#[test]
fn a_request_raises_a_toast_its_click_opens_it_and_a_key_rejects_it_with_a_reason() {
    let world = World::begin();
    let window = world.desk();
    let client = world.run(SimulatedClient::register(&world.server.base, 3, "jendela")).expect("a client");
    let mut listening = world.run(client.listen()).expect("a stream");
    world.run(client.ask(&day(6), "Pindah jalur ke riset pengguna", "satu")).expect("a request");

    let toast = world.desktop.toast(&client.name);
    assert_eq!(toast.title, "Permintaan konsultasi baru");
    assert!(toast.actions.contains(&"default".to_owned()), "a click on it must come back: {toast:?}");
    assert!(!toast.body.contains("Pindah jalur"), "what a client wrote is not for a screen that others see");
    world.desktop.click_toast();
    window.wait_text("Pindah jalur ke riset pengguna").expect("the click opens the request");

    window.keys(&["d"]).expect("the key for rejecting");
    window.fill("reason-text", "Jadwal minggu itu penuh, mohon pilih minggu lain.").expect("a reason");
    window.keys(&["Ctrl+Enter"]).expect("sending");
    window.until("!document.querySelector('dialog[open]')").expect("the dialog closes");

    let heard = world.run(listening.hears("Jadwal minggu itu penuh", Duration::from_secs(40))).expect("the client hears it");
    assert!(heard.contains("Konsultasi Ditolak") || world.run(listening.hears("Konsultasi Ditolak", Duration::from_secs(5))).is_ok());
    assert_eq!(world.desktop.toasts().len(), 1, "one request is one toast, and none is for what this person did");
}

#[test]
fn what_this_person_enters_raises_no_toast_and_a_restart_repeats_none() {
    let world = World::begin();
    let window = world.desk();
    let client = world.client("Intan Permatasari");
    world.ask(&client, "Arah karier");
    let _ = world.desktop.toast("Intan");
    open(&window, "Arah karier");
    window.keys(&["a"]).expect("accepted");
    window.keys(&["Ctrl+r"]).expect("sent at once");
    world.until_seen(&client, &first(&world, &client), "accepted");
    window.quit();
    drop(window);
    let again = world.window();
    again.until("document.querySelector('.app')").expect("still logged in");
    let other = world.client("Bonar Simanjuntak");
    world.ask(&other, "Menawar gaji");
    let _ = world.desktop.toast("Bonar");
    let toasts = world.desktop.toasts();
    assert_eq!(toasts.iter().filter(|t| t.body.contains("Intan")).count(), 1, "{toasts:?}");
    assert_eq!(toasts.len(), 2, "{toasts:?}");
}

fn first(world: &World, client: &crate::client::Peer) -> String {
    let all = world.run(client.get("/api/consultations")).expect(200).json();
    all["items"][0]["id"].as_str().expect("a request").to_owned()
}
