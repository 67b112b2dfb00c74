//! Six pictures of the desk at work, for whoever has no display.

use e2e::{
    desktop::{Desktop, Parts},
    folder::TempFolder,
    webdriver::{Answer, Failure},
    window::Window,
};
use std::path::{Path, PathBuf};

use crate::world::{EMAIL, PASSWORD, World, day_from_now};

pub(crate) async fn take(world: World, folder: &Path) -> Result<String, String> {
    println!("demo: no display; the desk runs in a virtual one");
    let folder = std::path::absolute(folder).map_err(|e| e.to_string())?;
    let (base, into) = (world.server.base.clone(), folder.clone());
    let newcomer = e2e::clients::SimulatedClient::register(&base, 1, "gambar").await?;
    let (desktop, data, window) = blocking(move || {
        let (desktop, data) = (Desktop::start(Parts::default()), TempFolder::new("desk"));
        let window = Window::open(&desktop, &data.path().join("data"))?;
        before_work(&window, &base, &into)?;
        Ok((desktop, data, window))
    })
    .await?;
    newcomer.ask(&day_from_now(4), "Tinjau portofolio sebelum wawancara", "gambar-1").await?;
    let (name, into) = (newcomer.name.clone(), folder.clone());
    let (desktop, window) = blocking(move || {
        at_work(&desktop, &window, &name, &into)?;
        Ok((desktop, window))
    })
    .await?;
    drop(world);
    let into = folder.clone();
    blocking(move || {
        offline(&window, &into)?;
        drop((window, desktop, data));
        Ok(())
    })
    .await?;
    Ok(format!("demo: six pictures are in {}", folder.display()))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|e| e.to_string())?.map_err(|e: Failure| e.to_string())
}

fn at(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.png"))
}

fn before_work(window: &Window, base: &str, folder: &Path) -> Answer<()> {
    window.wait("document.getElementById('server')")?;
    window.picture(&at(folder, "1-masuk"))?;
    window.log_in(base, EMAIL, PASSWORD)?;
    window.until("document.querySelectorAll('[role=option]').length > 5")?;
    // What the rulebook predicts stands there when the detail has come.
    window.wait_text("Bila diterima")?;
    window.picture(&at(folder, "2-antrean"))
}

fn at_work(desktop: &Desktop, window: &Window, name: &str, folder: &Path) -> Answer<()> {
    let _ = desktop.toast(name);
    // The whole screen: the notification is beside the window, not in it.
    std::fs::create_dir_all(folder).ok();
    desktop.picture(&at(folder, "3-pemberitahuan"));
    desktop.click_toast();
    window.wait_text("Tinjau portofolio sebelum wawancara")?;
    window.keys(&["d"])?;
    window.wait("document.querySelector('dialog[open]')")?;
    window.picture(&at(folder, "4-tolak"))?;
    window.keys(&["Escape"])
}

/// The server is gone: what is decided now waits and is shown as ours.
fn offline(window: &Window, folder: &Path) -> Answer<()> {
    window.wait("!document.querySelector('dialog[open]')")?;
    window.keys(&["a"])?;
    window.keys(&["g", "q"])?;
    window.until("document.querySelector('#pane-list h1')?.innerText === 'Antrean kirim' && document.querySelector('[role=option]')")?;
    window.picture(&at(folder, "5-antrean-kirim"))?;
    window.script("document.documentElement.dataset.theme = 'dark'", &[])?;
    window.keys(&["g", "a"])?;
    window.until(
        "document.querySelector('#pane-list h1')?.innerText === 'Antrean' && document.querySelectorAll('[role=option]').length > 5",
    )?;
    window.picture(&at(folder, "6-gelap-luring"))
}
