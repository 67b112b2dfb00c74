//! The desk on a real display, already logged in.

use bridge::{Login, SessionState};
use desk::{Desk, vault::Vault};
use e2e::{
    folder::TempFolder,
    seat::{Chooses, parts},
};
use std::path::Path;
use tokio::process::Command;

use crate::world::{EMAIL, PASSWORD, World};

/// Shows the desk until the person ends it.
pub(crate) async fn show(world: &World) -> Result<String, String> {
    let data = TempFolder::new("desk");
    if let Err(why) = log_in(data.path(), &world.server.base).await {
        println!("demo: please log in yourself ({why}): {} as {EMAIL} with {PASSWORD}", world.server.base);
    }
    println!("demo: the desk is open; «Keluar» in its tray, or Ctrl+C here, ends the demo");
    let mut command = Command::new(e2e::binary("meja"));
    let mut desk = command.arg("--data").arg(data.path()).kill_on_drop(true).spawn().map_err(|e| e.to_string())?;
    tokio::select! {
        ended = desk.wait() => ended.map_err(|e| e.to_string()).map(drop)?,
        stopped = tokio::signal::ctrl_c() => stopped.map_err(|e| e.to_string())?,
    }
    Ok("demo: ended".to_owned())
}

/// Logs in as the window would, with the same keyring and files, so that the window opens at work.
async fn log_in(data: &Path, server: &str) -> Result<(), String> {
    let parts = parts(data, "Demo", Vault::system("id.meja.desk"), Chooses::default());
    let desk = Desk::open(parts).await.map_err(|e| e.to_string())?;
    let login = Login { address: server.to_owned(), email: EMAIL.to_owned(), password: PASSWORD.to_owned(), code: None, remember: true };
    let state = desk.login(login).await.map_err(|e| e.to_string());
    desk.quit().await;
    match state? {
        SessionState::Open { .. } => Ok(()),
        _ => Err("this computer has no open keyring".to_owned()),
    }
}
