//! The steps of the journey without a mouse that are the same in a browser and in the real window.

use e2e::webdriver::Answer;

use crate::hands::Hands;

/// For how many seconds decisions are held on the journey: as long as they can be, so that each countdown is seen.
pub(crate) const HOLD: u32 = 30;

/// Works through ten requests from the first row on: accepted, rejected with a reason of the list and with one's own, claimed, put
/// off. `names` are those of the rows, in order; the eleventh has the focus in the end.
pub(crate) fn triage(hands: Hands<'_>, names: &[&str], hold: u32) -> Answer<()> {
    hands.on_open(names[0])?;
    accept(hands, names[0], hold)?;
    hands.on_open(names[1])?;
    accept(hands, names[1], hold)?;
    hands.on_open(names[2])?;
    reject_by_figure(hands, names[2], hold)?;
    hands.on_open(names[3])?;
    reject_by_word(hands, names[3], hold)?;
    // What is taken in hand is decided by whoever holds it.
    hands.on_open(names[4])?;
    claim(hands, names[4], hold)?;
    accept(hands, names[4], hold)?;
    hands.on_open(names[5])?;
    claim(hands, names[5], hold)?;
    hands.press(&["j"])?;
    // On a Sunday afternoon there are two times to choose from, and never fewer.
    for (name, figure) in [(names[6], "2"), (names[7], "1")] {
        hands.on_open(name)?;
        snooze(hands, name, figure, hold)?;
    }
    hands.on_open(names[8])?;
    accept(hands, names[8], hold)?;
    hands.on_open(names[9])?;
    reject_by_figure(hands, names[9], hold)?;
    hands.on_open(names[10])
}

fn accept(hands: Hands<'_>, name: &str, hold: u32) -> Answer<()> {
    hands.press(&["a"])?;
    hands.counts_down(&format!("{name} diterima"), hold)?;
    hands.row_says(name, "Diterima")
}

/// The focus is on the reasons when the dialog opens; a figure picks one.
fn reject_by_figure(hands: Hands<'_>, name: &str, hold: u32) -> Answer<()> {
    hands.press(&["d"])?;
    hands.in_dialog(&format!("Tolak permintaan {name}"))?;
    hands.until("document.activeElement.type == 'radio'")?;
    hands.press(&["4"])?;
    hands.until("document.querySelector('dialog[open] textarea').value.startsWith('Konsultasi gratis berlaku')")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.counts_down(&format!("{name} ditolak"), hold)?;
    hands.row_says(name, "Ditolak")
}

fn reject_by_word(hands: Hands<'_>, name: &str, hold: u32) -> Answer<()> {
    write_rejection(hands, name)?;
    hands.counts_down(&format!("{name} ditolak"), hold)?;
    hands.row_says(name, "Ditolak")
}

/// Without a reason nothing is sent; one's own is read as it will be read.
pub(crate) fn write_rejection(hands: Hands<'_>, name: &str) -> Answer<()> {
    hands.press(&["d"])?;
    hands.in_dialog(&format!("Tolak permintaan {name}"))?;
    hands.press(&["Alt+5"])?;
    hands.on("reason-text")?;
    hands.press(&["Ctrl+a", "Backspace", "Ctrl+Enter"])?;
    hands.sees("Alasan wajib diisi, paling sedikit 3 huruf.")?;
    hands.on("reason-text")?;
    hands.types("Minggu itu kantor tutup, mohon pilih minggu lain.")?;
    hands.until("document.querySelector('.msg-prev').innerText.includes('Minggu itu kantor tutup')")?;
    hands.press(&["Ctrl+Enter"])?;
    hands.no_dialog()
}

fn claim(hands: Hands<'_>, name: &str, hold: u32) -> Answer<()> {
    hands.press(&["c"])?;
    hands.counts_down(&format!("{name} Anda pegang"), hold)?;
    hands.until("document.getElementById('claim').innerText.includes('Lepas')")?;
    hands.on_open(name)
}

fn snooze(hands: Hands<'_>, name: &str, figure: &str, hold: u32) -> Answer<()> {
    hands.press(&["h"])?;
    hands.in_dialog(&format!("Tunda permintaan {name}"))?;
    hands.press(&[figure])?;
    hands.no_dialog()?;
    hands.counts_down(&format!("{name} ditunda"), hold)
}

/// Rejects two at once, from the row that has the focus on, and takes it back.
pub(crate) fn many_and_back(hands: Hands<'_>, names: &[&str], hold: u32) -> Answer<()> {
    hands.press(&["x", "Shift+j"])?;
    hands.sees("2 dipilih")?;
    hands.on_row(names[1])?;
    hands.press(&["d"])?;
    hands.in_dialog("Tolak 2 permintaan")?;
    hands.sees(&format!("{}, {}", names[0], names[1]))?;
    hands.press(&["Alt+4", "Ctrl+Enter"])?;
    hands.no_dialog()?;
    hands.counts_down("2 ditolak", hold)?;
    for name in &names[..2] {
        hands.row_says(name, "Ditolak")?;
    }
    hands.until("document.activeElement.getAttribute('role') == 'option'")?;
    hands.press(&["Ctrl+z"])?;
    hands.hears("2 keputusan diurungkan.")?;
    for name in &names[..2] {
        hands.row_says(name, "Menunggu")?;
    }
    hands.until("document.activeElement.getAttribute('role') == 'option'")
}

/// High contrast, found by arrows through the sections and switched by the space bar.
pub(crate) fn change_a_setting(hands: Hands<'_>) -> Answer<()> {
    hands.press(&["g", ","])?;
    hands.title("Pengaturan · Meja")?;
    hands.until("document.activeElement.closest('.setnav')")?;
    hands.press(&["Home"])?;
    hands.on("to-settings-notify")?;
    hands.press(&["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"])?;
    hands.on("to-settings-look")?;
    hands.press(&["Enter"])?;
    hands.on("settings-look")?;
    hands.tabs_to("set-contrast", 3)?;
    hands.press(&[" "])?;
    hands.until("document.activeElement.checked && document.documentElement.dataset.contrast == 'high'")?;
    // Back on the list it holds, and the focus is where the work is.
    hands.press(&["Ctrl+1"])?;
    hands.until("document.activeElement.getAttribute('role') == 'option' && document.documentElement.dataset.contrast == 'high'")
}
