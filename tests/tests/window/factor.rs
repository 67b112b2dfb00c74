//! Verifikasi dua langkah in the real window: turned on with what the window shows, and asked for at another computer.

use e2e::{folder::TempFolder, window::Window};

use crate::{
    authenticator::code,
    client::PASSWORD,
    world::{SARI, World},
};

/// Presses the button with this id, as Enter does.
fn press(window: &Window, id: &str) {
    window.until(&format!("document.getElementById('{id}')")).expect("the button");
    window.script("document.getElementById(arguments[0]).focus()", &[id.into()]).expect("the focus");
    window.keys(&["Enter"]).expect("pressed");
}

/// Turns it on from the settings; the secret, as it can be typed into an authenticator.
fn turn_on(window: &Window) -> String {
    window.keys(&["Ctrl+,"]).expect("the settings");
    window.until("document.activeElement.closest('.setnav')").expect("its sections");
    window.keys(&["ArrowDown", "ArrowDown"]).expect("devices and keys");
    press(window, "factor-begin");
    window.fill("factor-password", PASSWORD).expect("the password");
    window.keys(&["Enter"]).expect("asked");
    window.until("document.querySelector('.factor-secret') && document.querySelector('.qr')").expect("the secret, as text and picture");
    let shown = window.script("return document.querySelector('.factor-secret').innerText", &[]).expect("the secret");
    let secret: String = shown.as_str().expect("a text").split_whitespace().collect();
    window.fill("factor-code", &code(&secret, 0)).expect("the code");
    window.keys(&["Enter"]).expect("confirmed");
    window.until("document.querySelectorAll('.factor-codes li').length == 10").expect("ten recovery codes");
    secret
}

#[test]
fn a_second_factor_is_turned_on_in_the_window_and_asked_for_at_the_next_computer() {
    let world = World::begin();
    let window = world.desk();
    let secret = turn_on(&window);
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
    window.quit();
    drop(window);

    let elsewhere = TempFolder::new("elsewhere");
    let window = Window::open(&world.desktop, &elsewhere.path().join("data")).expect("a window");
    window.fill("server", &world.server.base).expect("the server");
    window.keys(&["Enter"]).expect("checked");
    window.fill("email", SARI).expect("the address");
    window.fill("password", PASSWORD).expect("the password");
    window.keys(&["Enter"]).expect("the password alone opens nothing");
    window.fill("login-code", "000000").expect("a code is asked for");
    window.keys(&["Enter"]).expect("tried");
    window.wait_text("Kode salah, sudah dipakai, atau sudah lewat.").expect("a wrong one opens nothing");
    // That of now confirmed it; the next one is good already.
    window.fill("login-code", &code(&secret, 1)).expect("the right one");
    window.keys(&["Enter"]).expect("tried");
    window.until("document.querySelector('.app')").expect("at work");
    assert_eq!(window.complaints().expect("what it complained of"), Vec::<String>::new());
}
