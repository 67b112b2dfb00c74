//! Without a keyring, and with a locked one.

use e2e::desktop::{Keyring, Parts};

use crate::{
    client::PASSWORD,
    world::{SARI, World},
};

fn a_passphrase_stands_in(keyring: Keyring) {
    let world = World::with(Parts { keyring, ..Parts::default() });
    let client = world.client("Agus Salim");
    world.ask(&client, "Topik tanpa brankas");
    let window = world.window();
    window.fill("server", &world.server.base).expect("the server");
    window.keys(&["Enter"]).expect("checked");
    window.fill("email", SARI).expect("the address");
    window.fill("password", PASSWORD).expect("the password");
    window.keys(&["Enter"]).expect("logging in");
    window.fill("passphrase", "kuda baterai staples benar").expect("a passphrase is asked for, with an explanation");
    window.fill("passphrase-again", "kuda baterai staples benar").expect("and once more");
    window.keys(&["Enter"]).expect("chosen");
    window.wait_text("Topik tanpa brankas").expect("at work");
    window.quit();
    drop(window);

    let window = world.window();
    window.fill("passphrase", "kuda baterai staples salah").expect("asked again");
    window.keys(&["Enter"]).expect("a wrong one");
    window.until("document.querySelector('[aria-invalid=true]')").expect("a wrong passphrase opens nothing");
    window.fill("passphrase", "kuda baterai staples benar").expect("the right one");
    window.keys(&["Enter"]).expect("opened");
    window.wait_text("Topik tanpa brankas").expect("at work again");
}

#[test]
fn without_a_keyring_a_passphrase_stands_in() {
    a_passphrase_stands_in(Keyring::Absent);
}

#[test]
fn a_locked_keyring_is_no_hang() {
    a_passphrase_stands_in(Keyring::Locked);
}
