//! A morning without a mouse: login, ten requests, many at once and back, a conflict, a setting. Only keys are pressed, and each
//! step says what a person sees and where the focus is.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{
    hands::Hands,
    steps::{self, HOLD},
};

#[test]
fn a_morning_by_keyboard_alone() -> Answer<()> {
    let chrome = Chrome::open(&format!("session=login&motion=reduced&outbox=mixed&rows=20&hold={HOLD}"))?;
    let hands = Hands(&chrome);
    log_in(hands)?;
    let names: Vec<String> = "Adi Bunga Citra Dodi Eka Fajar Galih Hana Indah Joko Kartika Lukman"
        .split(' ')
        .map(|name| format!("{name} Saputra"))
        .chain(["Adi Lestari".to_owned()])
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    steps::triage(hands, &names, HOLD)?;
    steps::many_and_back(hands, &names[10..], HOLD)?;
    settle(hands)?;
    steps::change_a_setting(hands)?;
    assert_eq!(chrome.complaints()?, Vec::<String>::new());
    Ok(())
}

/// A wrong password first: what it leaves must not be in the way of the right one.
fn log_in(hands: Hands<'_>) -> Answer<()> {
    hands.on("password")?;
    hands.types("salah")?;
    hands.press(&["Enter"])?;
    hands.sees("Email atau kata sandi salah.")?;
    hands.until("document.activeElement.id == 'password' && document.activeElement.value == ''")?;
    hands.types("meja kayu jati")?;
    hands.press(&["Enter"])?;
    hands.until("document.title.startsWith('Antrean (')")?;
    hands.on_open("Adi Saputra")
}

/// Antrean kirim has three commands to decide, the first of them overtaken by a colleague.
fn settle(hands: Hands<'_>) -> Answer<()> {
    let to_decide = "[...document.querySelectorAll('.group')].find(g => g.innerText.includes('Perlu keputusan Anda'))?.innerText ?? ''";
    hands.press(&["g", "q"])?;
    hands.title("Antrean kirim · Meja")?;
    hands.on_row("Bagus Hermawan")?;
    hands.until(&format!("({to_decide}).includes('3')"))?;
    hands.sees("Tolak permintaan didahului orang lain")?;
    hands.sees("Diterima oleh Hendra Wijaya, hari ini, 10:31 WIB.")?;
    hands.sees("Konsultasi gratis berlaku sekali sebulan.")?;
    hands.press(&["3"])?;
    hands.hears("Ditandai sudah ditangani")?;
    hands.until(&format!("({to_decide}).includes('2')"))?;
    // The focus goes on with the deciding.
    hands.until("document.activeElement.getAttribute('role') == 'option'")?;
    hands.sees("Teruskan permintaan ditolak server")
}
