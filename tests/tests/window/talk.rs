//! What CS and a client say about an order: told of by the system, answered without a line, and sent once after a power cut.

use serde_json::json;

use crate::{client::PASSWORD, world::World};

const DEWI: &str = "dewi@ruangkarsa.id";

#[test]
fn an_answer_written_without_a_line_survives_a_power_cut_and_is_said_once() {
    let mut world = World::begin();
    world.server.add_user(DEWI, "Dewi Lestari", &["cs"], PASSWORD);
    world.colleague(
        "quick_reply.save",
        json!({"id": crate::client::id(), "title": "Salam", "text": "Halo {klien}, pesanan {pesanan} {status}."}),
    );
    let rani = world.client("Rani Kusuma");
    let design = json!({"design_type": "logo", "description": "Logo kedai kopi"});
    let order = world.run(rani.ask("/api/orders", design)).expect(201).json();
    let messages = format!("/api/orders/{}/messages", order["id"].as_str().expect("an id"));
    let window = world.window();
    window.log_in(&world.server.base, DEWI, PASSWORD).expect("logged in");
    window.keys(&["g", "o"]).expect("Pesanan desain");
    window.until("document.querySelector('#orders-list [role=option]')").expect("the order is here, so that what comes is live");
    world.run(rani.ask(&messages, json!({"text": "Apakah bisa lusa?"}))).expect(201);

    let toast = world.desktop.toast("Rani Kusuma");
    assert!(toast.body.contains("Apakah bisa lusa?"), "{toast:?}");
    world.desktop.click_toast();
    window
        .until("document.querySelector('[role=log]')?.innerText.includes('Apakah bisa lusa?')")
        .expect("the click opens the conversation");
    window.until("document.activeElement?.closest('#conversations-list [role=option]')").expect("and its row has the focus");
    world.until(&rani, &messages, |page| page["unread"] == 0);
    window.until("/Belum terbaca\\s+0/.test(document.body.innerText)").expect("the list says so too, and has come to rest");

    world.server.kill();
    window.keys(&["b"]).expect("answering");
    window.until("document.activeElement?.id === 'talk-text'").expect("the box");
    window.keys(&["/"]).expect("a text for answering quickly");
    window.until("document.querySelector('#talk-picker [role=option]')").expect("there is one");
    window.keys(&["Enter"]).expect("it");
    let filled = format!("Halo Rani Kusuma, pesanan {} Menunggu.", order["number"].as_str().expect("a number"));
    window
        .until(&format!("document.getElementById('talk-text')?.value === {}", json!(filled)))
        .expect("its gaps are filled in without a line");
    window.keys(&["Enter"]).expect("said");
    window.until("document.querySelectorAll('[role=log] .is-ours').length === 1").expect("said, as far as this desk knows");
    window.fill("talk-text", "Tunggu sebentar, ya").expect("a second one, not finished");
    window.until("document.getElementById('talk-text')?.value === 'Tunggu sebentar, ya'").expect("typed");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
    window.kill();
    drop(window);

    let window = world.window();
    window.until("document.querySelector('.app')").expect("opens without a server");
    window.keys(&["g", "c"]).expect("Obrolan");
    window.until("document.querySelector('#conversations-list [role=option]')").expect("the conversation");
    window.keys(&["Enter"]).expect("it");
    window.until("document.querySelectorAll('[role=log] .is-ours').length === 1").expect("what was said still waits");

    world.server_back();
    let page = world.until(&rani, &messages, |page| page["items"].as_array().is_some_and(|items| items.len() == 2));
    let items = page["items"].as_array().expect("a list");
    assert_eq!((&items[0]["text"], &items[0]["number"], &items[0]["from"]), (&json!(filled), &json!(2), &json!("staff")), "{page}");
    window.until("!document.querySelector('[role=log] .is-ours')").expect("all is acknowledged");
    assert_eq!(world.desktop.toasts().len(), 1, "one word of a client is one toast, and none is for what this person said");
    world.server.run(&["audit", "verify"], "");
}
