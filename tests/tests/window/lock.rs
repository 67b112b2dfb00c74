//! The lock: names leave the window, its title and the tray; what was decided goes out; the account's password opens it again.

use e2e::window::Window;

use crate::{
    client::PASSWORD,
    shell::{choose, menu, wait_until},
    world::{World, open},
};

fn title(world: &World) -> String {
    let out = world.desktop.run("xdotool", &["search", "--onlyvisible", "--class", "meja", "getwindowname"]);
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

fn is_locked(world: &World, window: &Window) {
    window.until("document.querySelector('.lock')").expect("the lock");
    wait_until("a title that says so", || title(world) == "Terkunci · Meja");
    let page = window.script("return document.documentElement.outerHTML", &[]).expect("the page").to_string();
    assert!(!page.contains("Rani") && !page.contains("Topik") && !page.contains("KG-"), "nothing of the work is left in it: {page}");
}

fn unlock(window: &Window) {
    window.fill("lock-secret", "bukan kata sandinya").expect("a wrong one");
    window.keys(&["Enter"]).expect("tried");
    window.until("document.querySelector('[aria-invalid=true]')").expect("it opens nothing");
    window.fill("lock-secret", PASSWORD).expect("the password");
    window.keys(&["Enter"]).expect("tried");
    window.until("document.querySelector('.app')").expect("open");
}

#[test]
fn a_key_locks_and_sends_what_was_held_and_the_password_opens() {
    let world = World::begin();
    let (rani, budi) = (world.client("Rani Kusuma"), world.client("Budi Laksana"));
    let asked = world.ask(&rani, "Topik pertama");
    world.ask(&budi, "Topik kedua");
    let window = world.desk();
    open(&window, "Topik pertama");
    window.keys(&["a"]).expect("accepted, and held for a moment");
    window.keys(&["Ctrl+l"]).expect("locked");
    is_locked(&world, &window);
    world.until_seen(&rani, &asked, "accepted");
    unlock(&window);
    window.wait_text("Topik kedua").expect("the work is back");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
}

#[test]
fn the_tray_locks_and_a_locked_desk_stays_locked_over_a_restart() {
    let world = World::begin();
    let rani = world.client("Rani Kusuma");
    world.ask(&rani, "Topik pertama");
    let window = world.desk();
    window.wait_text("Topik pertama").expect("at work");
    wait_until("an item in the tray", || !world.desktop.tray_items().is_empty());
    choose(&world, "Kunci sekarang");
    is_locked(&world, &window);
    wait_until("a tray that says so", || menu(&world).contains("Terkunci"));
    assert!(!menu(&world).contains("Rani"), "{}", menu(&world));
    window.kill();
    drop(window);
    let window = world.window();
    is_locked(&world, &window);
    unlock(&window);
    window.wait_text("Topik pertama").expect("the work is back");
}
