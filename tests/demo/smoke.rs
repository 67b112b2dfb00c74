//! The main job, once, from a client's click to the client's answer.

use e2e::{
    clients::SimulatedClient,
    desktop::{Desktop, Parts},
    folder::TempFolder,
    window::Window,
};
use std::time::Duration;

use crate::world::{EMAIL, PASSWORD, World, day_from_now};

/// Whom the window must show. Nobody in the sample data is called so.
const WHO: usize = 7_000_001;

pub(crate) async fn run(world: &World) -> Result<String, String> {
    let (base, server) = (world.server.base.clone(), world.server.base.clone());
    let client = SimulatedClient::register(&base, WHO, "asap").await?;
    let desk = tokio::task::spawn_blocking(Desk::open).await.map_err(|e| e.to_string())??;
    let desk = blocking(desk, move |desk| desk.window.log_in(&server, EMAIL, PASSWORD).map_err(|e| format!("logging in: {e}"))).await?;
    client.ask(&day_from_now(5), "Uji asap: meja menyala", "asap-1").await?;
    let name = client.name.clone();
    let desk = blocking(desk, move |desk| desk.see(&name)).await?;
    let mut listening = client.listen().await?;
    let desk = blocking(desk, |desk| desk.window.keys(&["a"]).map_err(|e| format!("the key A: {e}"))).await?;
    let heard = listening.hears("Konsultasi Diterima", Duration::from_secs(40)).await;
    // The clients of the demo are part of what is proved: the next notification is one of theirs.
    world.liven();
    blocking(desk, |desk| desk.see_others()).await?;
    heard?;
    Ok("demo: a fresh request reached the window and raised a notification, was accepted by a key, and its client saw «Konsultasi Diterima»".to_owned())
}

/// The desk with its desktop.
struct Desk {
    window: Window,
    desktop: Desktop,
    _data: TempFolder,
}

impl Desk {
    fn open() -> Result<Self, String> {
        let (desktop, data) = (Desktop::start(Parts::default()), TempFolder::new("desk"));
        let window = Window::open(&desktop, &data.path().join("data")).map_err(|e| format!("the window does not come: {e}"))?;
        Ok(Self { window, desktop, _data: data })
    }
    /// The request has raised a notification; a click on it opens the request.
    fn see(&self, name: &str) -> Result<(), String> {
        let _ = self.desktop.toast(name);
        self.desktop.click_toast();
        self.window.wait_text("Uji asap: meja menyala").map_err(|e| format!("the request is not in the window: {e}"))
    }
    /// Somebody else's request has raised a notification as well.
    fn see_others(&self) -> Result<(), String> {
        let _ = self.desktop.toast(e2e::clients::name(0));
        Ok(())
    }
}

/// Drives the desk on a thread that may wait.
async fn blocking(desk: Desk, work: impl FnOnce(&Desk) -> Result<(), String> + Send + 'static) -> Result<Desk, String> {
    let driven = tokio::task::spawn_blocking(move || work(&desk).map(|()| desk));
    driven.await.map_err(|e| e.to_string())?
}
