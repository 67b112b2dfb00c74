//! One instance, the tray, and what closing does.

use e2e::{binary, desktop::Parts, window::Window};
use std::time::Duration;

use crate::world::World;

/// Asks the window to close, as its button does.
fn close(world: &World) {
    let out = world.desktop.run("/usr/bin/python3", &["-c", include_str!("close_window.py")]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn is_visible(world: &World) -> bool {
    let out = world.desktop.run("xdotool", &["search", "--onlyvisible", "--class", "meja"]);
    !out.stdout.is_empty()
}

pub(crate) fn wait_until(what: &str, look: impl Fn() -> bool) {
    for _ in 0..400 {
        if look() {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("ten seconds without {what}");
}

#[test]
fn closing_hides_to_the_tray_and_the_tray_brings_it_back() {
    let world = World::begin();
    let window = world.desk();
    wait_until("an item in the tray", || !world.desktop.tray_items().is_empty());
    close(&world);
    wait_until("a hidden window", || !is_visible(&world));
    let pid = window.pid().expect("it still runs");
    tray(&world, "Activate", &["0", "0"]);
    wait_until("the window again", || is_visible(&world));
    assert_eq!(window.pid(), Some(pid), "the same program");
}

#[test]
fn without_a_tray_closing_ends_the_program() {
    let world = World::with(Parts { tray: false, ..Parts::default() });
    let window = world.desk();
    close(&world);
    wait_until("the end of the program", || window.pid().is_none());
}

#[test]
fn a_second_start_shows_the_first_window() {
    let world = World::begin();
    let window: Window = world.desk();
    wait_until("an item in the tray", || !world.desktop.tray_items().is_empty());
    close(&world);
    wait_until("a hidden window", || !is_visible(&world));
    let mut second = world.desktop.command(binary("meja"));
    let status = second.arg("--data").arg(world.data()).status().expect("a second start");
    assert!(status.success(), "{status}");
    wait_until("the first window again", || is_visible(&world));
    assert!(window.pid().is_some());
}

#[test]
fn a_second_start_with_a_link_opens_its_record_in_the_first_window() {
    let world = World::begin();
    let (rani, putri) = (world.client("Rani Kusuma"), world.client("Putri Handayani"));
    world.ask(&rani, "Logo kedai");
    let wanted = world.ask(&putri, "Merek batik");
    let window = world.desk();
    window.until("document.querySelectorAll('[role=option]').length === 2").expect("both wait");
    window.keys(&["g", "q"]).expect("elsewhere");
    window.until("document.title.startsWith('Antrean kirim')").expect("elsewhere");
    let mut second = world.desktop.command(binary("meja"));
    let link = format!("meja://record/consultation/{wanted}");
    let status = second.arg("--data").arg(world.data()).arg(link).status().expect("a second start");
    assert!(status.success(), "{status}");
    window.until("document.getElementById('detail-name')?.innerText === 'Putri Handayani'").expect("her request");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
}

#[test]
fn the_tray_pauses_for_an_hour_and_keeps_quiet_and_ends_both() {
    let world = World::begin();
    let window = world.desk();
    let line = |words: &str| format!("document.getElementById('pane-status').innerText.includes('{words}')");
    window.until(&line("Tersambung")).expect("a line");
    choose_in(&world, "Jeda sinkron", "1 jam");
    window.until(&line("Dijeda")).expect("paused");
    wait_until("until when", || menu(&world).contains("Jeda sinkron (sampai"));
    choose_in(&world, "Jeda sinkron", "Lanjutkan");
    window.until(&line("Tersambung")).expect("it goes on");
    choose_in(&world, "Jam tenang", "Sampai besok 07:00");
    window.until(&line("Jam tenang sampai 07:00")).expect("quiet");
    wait_until("until when", || menu(&world).contains("Jam tenang (sampai"));
    choose_in(&world, "Jam tenang", "Matikan");
    window.until(&format!("!{}", line("Jam tenang"))).expect("quiet no more");
    wait_until("no end", || !menu(&world).contains("Jam tenang (sampai"));
}

/// Calls a method of the item in the tray, as a panel does.
fn tray(world: &World, method: &str, args: &[&str]) {
    let (name, path) = item(world);
    call(world, &name, &path, &format!("org.kde.StatusNotifierItem.{method}"), args);
}

/// Where the item in the tray is on the bus.
fn item(world: &World) -> (String, String) {
    let item = world.desktop.tray_items().first().expect("an item").clone();
    let (name, path) = item.find('/').map_or((item.as_str(), "/StatusNotifierItem"), |at| item.split_at(at));
    (name.to_owned(), path.to_owned())
}

fn call(world: &World, name: &str, path: &str, method: &str, args: &[&str]) -> String {
    let mut call = vec!["call", "--session", "--dest", name, "--object-path", path, "--method", method];
    call.extend(args);
    let out = world.desktop.run("gdbus", &call);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Where the tray's menu is on the bus.
fn menu_path(world: &World) -> (String, String) {
    let (name, path) = item(world);
    let asked = ["org.kde.StatusNotifierItem", "Menu"];
    let told = call(world, &name, &path, "org.freedesktop.DBus.Properties.Get", &asked);
    // `(<objectpath '/MenuBar'>,)`
    let path = told.split('\'').nth(1).unwrap_or_else(|| panic!("no menu in {told}"));
    (name, path.to_owned())
}

/// The tray's menu, as a panel reads it.
pub(crate) fn menu(world: &World) -> String {
    let (name, path) = menu_path(world);
    call(world, &name, &path, "com.canonical.dbusmenu.GetLayout", &["--", "0", "-1", "[]"])
}

/// Chooses a line of the tray's menu.
pub(crate) fn choose(world: &World, label: &str) {
    choose_in(world, "", label);
}

/// Chooses a line of the tray's menu that stands behind the one that begins so: one of its own, where that is a menu itself.
fn choose_in(world: &World, of: &str, label: &str) {
    let (of, label) = (format!("'{of}"), format!("'{label}'"));
    let behind = |menu: &str| menu.find(&of).map(|at| menu[at..].to_owned()).filter(|rest| rest.contains(&label));
    wait_until(&label, || behind(&menu(world)).is_some());
    let menu = behind(&menu(world)).unwrap_or_default();
    // `<(7, {'label': <'Kunci sekarang'>, …`: the number before its name is the line's.
    let before = menu.split(&label).next().unwrap_or_default();
    let line = before.rsplit("<(").next().and_then(|rest| rest.split(',').next()).unwrap_or_default().trim().to_owned();
    let (name, path) = menu_path(world);
    call(world, &name, &path, "com.canonical.dbusmenu.Event", &[&line, "clicked", "<''>", "0"]);
}
