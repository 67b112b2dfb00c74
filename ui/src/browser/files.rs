//! Files that somebody pastes. The window never learns a path: it is given bytes, or nothing.

use js_sys::Promise;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, Element, File, FileReader};

use super::web::is_typed_into;
use crate::components::talk::TEXT;

/// A file in the clipboard.
pub(crate) struct Pasted {
    /// What it is called; browsers give pictures without a name one of their own.
    pub(crate) name: String,
    /// What the clipboard says it is.
    pub(crate) media_type: String,
    /// How many bytes it has.
    pub(crate) size: u64,
    file: File,
}

impl Pasted {
    fn of(file: File) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in bytes, a whole number below 2^53")]
        let size = file.size() as u64;
        Self { name: file.name(), media_type: file.type_(), size, file }
    }
    /// Its bytes, in Base64 with padding; nothing where the browser does not give them.
    pub(crate) async fn base64(&self) -> Option<String> {
        let reader = FileReader::new().ok()?;
        let waited = Promise::new(&mut |resolve, _| reader.set_onloadend(Some(&resolve)));
        reader.read_as_data_url(&self.file).ok()?;
        JsFuture::from(waited).await.ok()?;
        let url = reader.result().ok()?.as_string()?;
        url.split_once(";base64,").map(|(_, data)| data.to_owned())
    }
}

/// Hears that a file is pasted where nothing is typed. What the listener takes, the browser does not get.
pub(crate) fn on_paste(pasted: impl Fn(Pasted) -> bool + 'static) {
    let closure: Closure<dyn Fn(ClipboardEvent)> = Closure::new(move |event: ClipboardEvent| {
        let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let file = event.clipboard_data().and_then(|data| data.files()).and_then(|files| files.get(0));
        // A picture that is pasted where a message is typed goes with it; of what is text and picture at once the text is meant.
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        let with_message = text.is_empty() && at.as_ref().is_some_and(|at| at.id() == TEXT);
        if let Some(file) = file.filter(|_| with_message || !is_typed_into(at.as_ref()))
            && pasted(Pasted::of(file))
        {
            event.prevent_default();
        }
    });
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let _ = document.add_event_listener_with_callback("paste", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}
