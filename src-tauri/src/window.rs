//! The one window.

use desk::Desk;
use tauri::{AppHandle, DragDropEvent, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// Its name, in permissions and for whoever looks for it.
pub(crate) const LABEL: &str = "main";

/// Makes the window, hidden: it is shown when its state was put back, so that it never jumps.
///
/// Nothing of what is shown stays on disk. WebKit lets no driver into such a window, so a driven one keeps a folder; a test reads
/// everything in it and finds nothing that could be read.
pub(crate) fn build(app: &AppHandle, title: &str, driven: bool) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .center()
        .visible(false)
        .incognito(!driven)
        .devtools(cfg!(debug_assertions))
        .on_document_title_changed(|window, title| drop(window.set_title(&title)))
        .on_navigation(is_ours)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        .build()
}

/// Whether an address is the built-in window itself; nothing else is ever loaded.
fn is_ours(url: &tauri::Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows has no schemes of its own: the same comes over a host that never leaves the machine.
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        "about" => url.path() == "blank",
        _ => false,
    }
}

/// Brings the window before the person.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window cannot be shown");
    }
}

/// What closing does: hide where a tray can bring it back, else end.
pub(crate) fn on_close(window: &WebviewWindow, closed: impl Fn(&WebviewWindow) + Send + 'static) {
    let this = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            closed(&this);
        }
    });
}

/// Files that are let fall on the window go to the desk; the page hears of them from there, and gets no path.
pub(crate) fn on_files(window: &WebviewWindow, desk: Desk) {
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            match event {
                DragDropEvent::Enter { paths, .. } => desk.files_above(paths.len()),
                DragDropEvent::Drop { paths, .. } => desk.files_dropped(paths.clone()),
                DragDropEvent::Leave => desk.files_above(0),
                _ => {}
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_built_in_window_is_ever_loaded() {
        let ours = |url: &str| super::is_ours(&url.parse().expect("an address"));
        for good in ["tauri://localhost/index.html", "http://tauri.localhost/", "about:blank"] {
            assert!(ours(good), "{good}");
        }
        for bad in [
            "https://meja.example/",
            "http://127.0.0.1:8787/",
            "file:///etc/passwd",
            "tauri://elsewhere/",
            "about:config",
            "data:text/html,x",
        ] {
            assert!(!ours(bad), "{bad}");
        }
    }
}
