//! CS add a design without a line; the power goes, the line comes back slow and breaks three times; the file arrives once.

use e2e::proxy::{Proxy, Weather};
use serde_json::json;

use crate::{client::PASSWORD, world::World};

const DEWI: &str = "dewi@ruangkarsa.id";
/// A line that takes ten seconds for ten megabytes, so that there is time to cut it; one of 256 kbit/s would take five minutes.
const SLOW: Weather = Weather { bytes_per_s: Some(1_000_000), ..Weather::FINE };
/// The largest part of a file that is sent at once: what a cut costs at most.
const PART: u64 = 1 << 20;

/// Pastes a picture of 9.8 MB of noise, which no packing makes smaller; how many bytes it has, and their sum.
const PASTE: &str = "
    const done = arguments[arguments.length - 1], canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1680;
    const pen = canvas.getContext('2d'), image = pen.createImageData(1680, 1680);
    let dice = 1;
    image.data.forEach((_, at) => { dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0; image.data[at] = at % 4 == 3 ? 255 : dice >>> 24; });
    pen.putImageData(image, 0, 0);
    canvas.toBlob(async blob => {
        const data = new DataTransfer(), bytes = new Uint8Array(await blob.arrayBuffer());
        data.items.add(new File([blob], 'kopi-senja.png', { type: 'image/png' }));
        const pasted = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        (document.activeElement ?? document.body).dispatchEvent(pasted);
        done([bytes.length, bytes.reduce((sum, byte) => (sum + byte) >>> 0, 0)]);
    }, 'image/png');";

#[test]
fn a_design_added_without_a_line_goes_on_where_the_line_broke_and_arrives_once() {
    let mut world = World::begin();
    world.server.add_user(DEWI, "Dewi Lestari", &["cs"], PASSWORD);
    let rani = world.client("Rani Kusuma");
    let order = world.run(rani.ask("/api/orders", json!({"design_type": "logo", "description": "Logo kedai kopi"}))).expect(201).json();
    let path = format!("/api/orders/{}", order["id"].as_str().expect("an id"));
    for to in ["approved", "in_progress"] {
        world.colleague("order.set_status", json!({"id": order["id"], "to": to}));
    }
    let proxy = world.run(Proxy::start(std::slice::from_ref(&world.server.base), Weather::FINE));
    let window = world.window();
    window.log_in(&proxy.base, DEWI, PASSWORD).expect("logged in");
    window.keys(&["g", "o"]).expect("Pesanan desain");
    window.until("document.querySelector('#orders-list [role=option]')").expect("the order");
    window.keys(&["Enter"]).expect("it");
    window.until("document.getElementById('order-status')").expect("what can be done");

    world.server.kill();
    let pasted = window.script_async(PASTE, &[]).expect("a picture is pasted");
    let (size, sum) = (pasted[0].as_u64().expect("a size"), pasted[1].as_u64().expect("a sum"));
    assert!((9_500_000..=10_485_760).contains(&size), "{size}");
    window.until("document.querySelector('.ver.is-ours')?.innerText.includes('V1')").expect("the version waits");
    window.keys(&["b"]).expect("to the conversation");
    window.until("document.activeElement?.id === 'talk-text'").expect("the box");
    window.fill("talk-text", "Desainnya menyusul, ya").expect("a message");
    window.keys(&["Enter"]).expect("said");
    window.until("document.querySelectorAll('[role=log] .is-ours').length === 1").expect("said, as far as this desk knows");
    window.keys(&["Escape", "s"]).expect("its steps");
    window.until("document.activeElement.closest('#order-steps')").expect("a menu");
    let review = "[...document.querySelectorAll('#order-steps *')].filter(step => step.innerText?.trim().startsWith('Ditinjau')).pop()";
    window.script(&format!("{review}.click()"), &[]).expect("in review");
    window
        .until("document.querySelector('#orders-list .badge.is-ours')?.innerText.includes('Ditinjau')")
        .expect("as far as this desk knows");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
    window.kill();
    drop(window);

    let window = world.window();
    window.until("document.querySelector('.app')").expect("opens without a server");
    window.keys(&["g", "o"]).expect("Pesanan desain");
    window.until("document.querySelector('#orders-list [role=option]')").expect("the order");
    window.keys(&["Enter"]).expect("it");
    let (before, _) = proxy.bytes();
    proxy.set_weather(SLOW);
    world.server_back();
    world.run(async {
        for part in [2_500_000, 5_000_000, 7_500_000] {
            proxy.carried(before + part).await;
            proxy.cut();
        }
    });
    let page = world.until(&rani, &format!("{path}/messages"), |page| page["items"][0]["number"] == 1);
    assert_eq!(page["items"][0]["text"], "Desainnya menyusul, ya");
    assert_eq!(world.until(&rani, &path, |it| it["status"] == "review")["id"], order["id"]);
    let desain = "[...document.querySelectorAll('[role=tab]')].find(tab => tab.innerText.includes('Desain'))";
    window.until(desain).expect("the tabs");
    window.script(&format!("{desain}.click()"), &[]).expect("Desain");
    window.until("document.querySelector('.ver') && !document.querySelector('.ver.is-ours')").expect("the version is on the server");
    assert_eq!(world.run(rani.get(&format!("{path}/designs"))).expect(200).json()["items"], json!([]), "its client does not see it yet");
    let (after, _) = proxy.bytes();
    assert!(after - before < size + 4 * PART, "each cut cost a part at most: {} bytes for {size}", after - before);

    window.until("document.querySelector('#pane-detail img.canvas-i')?.naturalWidth === 1680").expect("it is seen");
    window.keys(&["a"]).expect("submitted");
    let list = world.until(&rani, &format!("{path}/designs"), |list| list["items"][0]["status"] == "submitted");
    let item = &list["items"][0];
    assert_eq!((&item["version"], &item["size"], &item["media_type"]), (&json!(1), &json!(size), &json!("image/png")), "{list}");
    let file = world.run(async {
        let answer = rani.request(reqwest::Method::GET, &format!("{path}/designs/1/file")).send().await.expect("an answer");
        answer.bytes().await.expect("the file")
    });
    let read = file.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    assert_eq!((u64::try_from(file.len()).unwrap(), u64::from(read)), (size, sum), "byte for byte what was pasted");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
    world.server.run(&["audit", "verify"], "");
}
