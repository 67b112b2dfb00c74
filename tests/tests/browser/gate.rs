//! Before the desk opens: the server's address and its diagnosis, the login, a forgotten password, a passphrase, the lock.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::frame::section;

/// The diagnosis of an address, by what is typed: each has its own words and its own next step.
const DIAGNOSES: [(&str, &str); 7] = [
    ("meja perusahaan", "bukan alamat server"),
    ("http://meja.perusahaan.id", "tanpa enkripsi"),
    ("tls.perusahaan.id", "Sertifikat tls.perusahaan.id tidak dipercaya"),
    ("hotel.perusahaan.id", "meminta masuk dulu"),
    ("example.com", "bukan server Meja"),
    ("busy.perusahaan.id", "sedang menyiapkan diri"),
    ("salah.eja.id", "tidak menjawab"),
];

#[test]
fn the_first_start_asks_for_the_server_and_says_what_is_wrong_with_it() -> Answer<()> {
    let chrome = Chrome::open("session=fresh")?;
    assert_eq!(chrome.focused()?, "server", "the one thing to do has the focus");
    for (address, diagnosis) in DIAGNOSES {
        chrome.keys(&["Ctrl+a"])?;
        chrome.type_text(address)?;
        chrome.keys(&["Enter"])?;
        chrome.wait_text(diagnosis)?;
        assert_eq!(chrome.focused()?, "server");
        let field = chrome.by_role("textbox", "Alamat server")?;
        let invalid = chrome.script("return arguments[0].getAttribute('aria-invalid')", &[field.as_arg()])?;
        assert_eq!(invalid, "true", "{address} is marked as wrong for those who cannot see it");
    }
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("meja.ruangkarsa.id")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("ke Ruang Karsa · meja.ruangkarsa.id")?;
    chrome.wait("document.activeElement.id == 'email'")?;
    Ok(())
}

#[test]
fn a_login_that_fails_says_why_and_one_that_succeeds_opens_antrean() -> Answer<()> {
    let chrome = Chrome::open("session=login")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    chrome.type_text("salah")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Email atau kata sandi salah.")?;
    // The password is asked for anew, the address is kept.
    chrome.wait("document.activeElement.id == 'password' && document.activeElement.value == ''")?;
    for (email, why) in [
        ("klien@ruangkarsa.id", "Akun ini bukan akun staf."),
        ("tutup@ruangkarsa.id", "Akun ini ditutup."),
        ("sering@ruangkarsa.id", "Coba lagi dalam 1 mnt."),
        ("luring@ruangkarsa.id", "Server tidak bisa dihubungi."),
    ] {
        chrome.press("textbox", "Email")?;
        chrome.keys(&["Ctrl+a"])?;
        chrome.type_text(email)?;
        chrome.press("textbox", "Kata sandi")?;
        chrome.type_text("rahasia")?;
        chrome.keys(&["Enter"])?;
        chrome.wait_text(why)?;
    }
    chrome.press("textbox", "Email")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("dewi@ruangkarsa.id")?;
    chrome.press("textbox", "Kata sandi")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("meja kayu jati")?;
    chrome.press("button", "Masuk")?;
    chrome.wait_text("Rani Kusumawardani")?;
    assert_eq!(chrome.title()?, "Antrean (12) · Meja");
    Ok(())
}

#[test]
fn tab_goes_from_the_address_to_the_password_and_then_to_what_else_there_is() -> Answer<()> {
    let chrome = Chrome::open("session=login")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    chrome.keys(&["Shift+Tab"])?;
    chrome.wait("document.activeElement.id == 'email'")?;
    chrome.keys(&["Tab", "Tab", "Tab"])?;
    chrome.wait("document.activeElement.innerText?.includes('Lupa kata sandi')")?;
    Ok(())
}

#[test]
fn a_forgotten_password_is_set_anew_with_the_code_from_the_mail() -> Answer<()> {
    let chrome = Chrome::open("session=login")?;
    chrome.press("button", "Lupa kata sandi?")?;
    chrome.wait_text("Kami kirim kode ke email Anda")?;
    chrome.press("button", "Kirim kode")?;
    chrome.wait_text("Bila dewi@ruangkarsa.id punya akun, kode sudah dikirim.")?;
    chrome.wait("document.activeElement.id == 'code'")?;
    chrome.type_text("111111")?;
    chrome.press("textbox", "Kata sandi baru")?;
    chrome.type_text("meja kayu jati tua")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Kode salah, sudah dipakai, atau kedaluwarsa.")?;
    chrome.wait("document.activeElement.id == 'code'")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("482913")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Kata sandi diganti.")?;
    Ok(())
}

#[test]
fn without_a_keyring_a_passphrase_is_chosen_with_an_explanation() -> Answer<()> {
    let chrome = Chrome::open("session=choose")?;
    chrome.wait_text("Komputer ini tidak punya brankas sandi sistem.")?;
    chrome.wait("document.activeElement.id == 'passphrase'")?;
    chrome.type_text("pendek")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Terlalu pendek, paling sedikit 12 huruf.")?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("meja kayu jati tua")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Kedua frasa tidak sama.")?;
    chrome.wait("document.activeElement.id == 'passphrase-again'")?;
    chrome.type_text("meja kayu jati tua")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Rani Kusumawardani")?;
    Ok(())
}

#[test]
fn the_lock_shows_counts_and_no_names_and_opens_with_the_password() -> Answer<()> {
    let chrome = Chrome::open("session=locked")?;
    chrome.wait_text("12 menunggu")?;
    let text = chrome.script("return document.body.innerText", &[])?.to_string();
    assert!(!text.contains("Rani") && !text.contains("KG-"), "a locked desk names nobody who asks: {text}");
    chrome.wait("document.activeElement.id == 'lock-secret'")?;
    chrome.type_text("salah")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Kata sandi itu tidak membuka data di komputer ini.")?;
    chrome.type_text("meja kayu jati")?;
    chrome.keys(&["Enter"])?;
    chrome.wait_text("Rani Kusumawardani")?;
    Ok(())
}

/// What is on the page, without the marks that only set directions apart.
fn page(chrome: &Chrome) -> Answer<String> {
    Ok(chrome.script("return document.body.innerText.replace(/[\\u2066-\\u2069]/g, '')", &[])?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_key_locks_from_anywhere_and_what_was_typed_is_there_afterwards() -> Answer<()> {
    let chrome = Chrome::open("")?;
    chrome.wait_text("Rani Kusumawardani")?;
    chrome.keys(&["j", "d"])?;
    chrome.wait("document.querySelector('dialog[open] textarea')")?;
    chrome.reach("document.querySelector('dialog[open] textarea')")?;
    chrome.type_text("Belum selesai saya tulis")?;
    chrome.keys(&["Ctrl+l"])?;
    chrome.wait("document.activeElement.id == 'lock-secret'")?;
    chrome.wait("document.title == 'Terkunci · Meja'")?;
    let text = page(&chrome)?;
    assert!(text.contains("12 menunggu") && text.contains("Terkunci sejak"), "{text}");
    assert!(!text.contains("Rani") && !text.contains("KG-") && !text.contains("Belum selesai"), "nothing of the work is left: {text}");
    let spoken = chrome.script("return document.documentElement.outerHTML", &[])?.to_string();
    assert!(!spoken.contains("Rani"), "nor is it in what is only spoken: {spoken}");
    chrome.keys(&["j", "a", "g"])?;
    chrome.keys(&["Ctrl+a"])?;
    chrome.type_text("meja kayu jati")?;
    chrome.keys(&["Enter"])?;
    chrome.wait("document.title == 'Antrean (12) · Meja'")?;
    chrome.keys(&["j", "d"])?;
    chrome.wait("document.querySelector('dialog[open] textarea')?.value == 'Belum selesai saya tulis'")?;
    Ok(())
}

#[test]
fn the_settings_lock_too() -> Answer<()> {
    let chrome = Chrome::open("")?;
    chrome.wait_text("Rani Kusumawardani")?;
    section(&chrome, "Perangkat & kunci")?;
    chrome.press("button", "Kunci sekarang")?;
    chrome.wait("document.title == 'Terkunci · Meja'")?;
    Ok(())
}

#[test]
fn a_password_forgotten_behind_the_lock_is_set_anew_by_mail() -> Answer<()> {
    let chrome = Chrome::open("session=locked")?;
    chrome.press("button", "Lupa kata sandi?")?;
    chrome.wait_text("Kami kirim kode ke email Anda")?;
    chrome.press("button", "Kembali ke Masuk")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    assert_eq!(chrome.title()?, "Meja", "nobody sits here");
    Ok(())
}

#[test]
fn too_many_wrong_passwords_wait_and_say_how_long() -> Answer<()> {
    for situation in ["session=locked", "session=passphrase"] {
        let chrome = Chrome::open(situation)?;
        chrome.wait("document.activeElement.tagName == 'INPUT'")?;
        chrome.type_text("sering")?;
        chrome.keys(&["Enter"])?;
        chrome.wait_text("Terlalu banyak percobaan. Coba lagi dalam 30 dtk.")?;
    }
    Ok(())
}

#[test]
fn a_forgotten_passphrase_is_given_up_only_after_saying_what_is_lost() -> Answer<()> {
    let chrome = Chrome::open("session=passphrase")?;
    chrome.press("button", "Lupa frasa sandi?")?;
    chrome.wait("document.querySelector('dialog[open]')")?;
    for told in ["perintah yang belum terkirim dari komputer ini", "semua yang sudah sampai di server", "Berkas lama tidak dihapus"] {
        chrome.wait_text(told)?;
    }
    assert_eq!(chrome.axe()?, Vec::<String>::new());
    chrome.keys(&["Escape"])?;
    chrome.wait("!document.querySelector('dialog[open]') && document.getElementById('passphrase')")?;
    chrome.press("button", "Lupa frasa sandi?")?;
    chrome.press("button", "Mulai dari awal")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    Ok(())
}

#[test]
fn somebody_else_logs_in_without_the_passphrase() -> Answer<()> {
    let chrome = Chrome::open("session=passphrase")?;
    chrome.press("button", "Masuk dengan akun lain")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    Ok(())
}

#[test]
fn a_device_that_was_ended_asks_for_the_password_alone() -> Answer<()> {
    let chrome = Chrome::open("session=revoked")?;
    chrome.wait_text("Perangkat ini dicabut.")?;
    chrome.wait_text("ke Ruang Karsa · meja.ruangkarsa.id")?;
    chrome.wait("document.activeElement.id == 'password'")?;
    assert_eq!(chrome.script("return document.getElementById('email').value", &[])?, "dewi@ruangkarsa.id");
    Ok(())
}

#[test]
fn whoever_reads_no_indonesian_finds_english_before_anything_else_is_asked() -> Answer<()> {
    let chrome = Chrome::open("session=login")?;
    chrome.press("button", "English")?;
    chrome.wait_text("Log in")?;
    chrome.wait("document.documentElement.lang == 'en'")?;
    Ok(())
}
