//! CS at the desk: a client's order, one entered without a line, and a power cut in between.

use serde_json::json;

use crate::{client::PASSWORD, world::World};

const DEWI: &str = "dewi@ruangkarsa.id";

fn month() -> String {
    crate::client::day(0).replace('-', "")[..6].to_owned()
}

#[test]
fn an_order_entered_without_a_server_survives_a_power_cut_and_is_counted_once() {
    let mut world = World::begin();
    world.server.add_user(DEWI, "Dewi Lestari", &["cs"], PASSWORD);
    let rani = world.client("Rani Kusuma");
    let window = world.window();
    window.log_in(&world.server.base, DEWI, PASSWORD).expect("logged in");
    let wanted = json!({"design_type": "logo", "description": "Logo kedai kopi dengan cangkir"});
    let ordered = world.run(rani.ask("/api/orders", wanted)).expect(201).json();
    let (first, second) = (format!("ORD-{}-0001", month()), format!("ORD-{}-0002", month()));
    assert_eq!(ordered["number"], first, "{ordered}");

    let toast = world.desktop.toast("Rani Kusuma");
    assert!(toast.title == "Pesanan baru" && toast.body.contains(&first), "{toast:?}");
    assert!(!toast.body.contains("cangkir"), "what a client wrote is not for a screen that others see");
    world.desktop.click_toast();
    window.wait_text("Logo kedai kopi dengan cangkir").expect("the click opens the order");
    window.until("document.activeElement?.closest('#orders-list [role=option]')").expect("and its row has the focus");

    world.server.kill();
    window.until("document.getElementById('order-status')").expect("what can be done");
    window.keys(&["s"]).expect("its steps");
    window.until("document.activeElement.closest('#order-steps')").expect("a menu");
    window.keys(&["Enter"]).expect("the next one");
    window.until("document.querySelector('#orders-list .badge.is-ours')").expect("approved, as far as this desk knows");
    window.keys(&["n"]).expect("a new one");
    window.fill("client-find", "Rani").expect("for whom");
    window.until("document.querySelector('#client-hit-0')?.innerText.includes('Rani Kusuma')").expect("she is found without a line");
    window.keys(&["Enter"]).expect("she");
    window.fill("order-description", "Kartu nama dua sisi").expect("what");
    window.keys(&["Ctrl+Enter"]).expect("entered");
    window.until("!document.querySelector('dialog[open]')").expect("the dialog closes");
    window.wait_text(&format!("ORD-{}-~", month())).expect("a number of its own, until the server has counted");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
    window.kill();
    drop(window);

    let window = world.window();
    window.until("document.querySelector('.app')").expect("opens without a server");
    window.keys(&["g", "o"]).expect("Pesanan desain");
    window.until("document.querySelectorAll('#orders-list .badge.is-ours').length === 2").expect("both still wait");
    window.wait_text(&format!("ORD-{}-~", month())).expect("and the number is still the same desk's");

    world.server_back();
    let page = world.until(&rani, "/api/orders", |page| page["items"][1]["status"] == "approved");
    let items = page["items"].as_array().expect("a list");
    assert_eq!(items.len(), 2, "each once: {page}");
    assert_eq!((&items[0]["number"], &items[0]["status"]), (&json!(second), &json!("pending")), "counted once, and next: {items:?}");
    assert_eq!((&items[1]["number"], &items[0]["description"]), (&json!(first), &json!("Kartu nama dua sisi")));
    window.wait_text(&second).expect("the desk shows the number that was given");
    window.until("!document.querySelector('#orders-list .badge.is-ours')").expect("all is acknowledged");
    assert_eq!(world.desktop.toasts().len(), 1, "one order of a client is one toast, and none is for what this person did");
    world.server.run(&["audit", "verify"], "");
}
