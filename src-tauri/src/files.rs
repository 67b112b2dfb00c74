//! The system's own dialog for choosing files.

use async_trait::async_trait;
use rfd::AsyncFileDialog;
use std::{io, path::PathBuf};
use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;

use crate::window;

/// Asks with the dialog of this system, above the window.
pub(crate) struct Dialog(pub(crate) AppHandle);

#[async_trait]
impl desk::Chooser for Dialog {
    async fn choose(&self, title: &str, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
        // A name says whether its ending is written large.
        let endings: Vec<String> = endings.iter().flat_map(|ending| [(*ending).to_owned(), ending.to_uppercase()]).collect();
        let (app, title, (asked, asking)) = (self.0.clone(), title.to_owned(), oneshot::channel());
        let ask = move || {
            let dialog = AsyncFileDialog::new().set_title(&title).add_filter(&title, &endings);
            let dialog = match app.get_webview_window(window::LABEL) {
                Some(window) => dialog.set_parent(&window),
                None => dialog,
            };
            // Whoever asked may have gone meanwhile.
            drop(asked.send(dialog.pick_files()));
        };
        // Some systems show dialogs from the first thread alone.
        self.0.run_on_main_thread(ask).map_err(io::Error::other)?;
        let chosen = asking.await.map_err(io::Error::other)?.await;
        Ok(chosen.unwrap_or_default().into_iter().map(|file| file.path().to_owned()).collect())
    }
}
