//! No browser: tests on the machine render components and see nothing happen.

use super::{Press, Viewport};

pub(crate) fn focus(_id: &str) -> bool {
    false
}
pub(crate) fn press(_id: &str) -> bool {
    false
}
pub(crate) fn select(_id: &str) {}
pub(crate) fn caret(_id: &str) -> Option<usize> {
    None
}
pub(crate) fn text_of(_id: &str) -> Option<String> {
    None
}
pub(crate) fn put_text(_id: &str, _text: &str, _caret: usize) {}
pub(crate) fn viewport(_id: &str) -> Option<Viewport> {
    None
}
pub(crate) fn width_of(_id: &str) -> Option<u16> {
    None
}
pub(crate) fn page_through(_pane: &str) {}
pub(crate) fn scroll_to(_id: &str, _top: i32) {}
pub(crate) fn extent(_id: &str) -> i32 {
    0
}
pub(crate) fn scroll_to_child(_id: &str, _child: &str) {}
pub(crate) fn text_in(_id: &str) -> Option<String> {
    None
}
pub(crate) fn selection_in(_id: &str) -> Option<(usize, usize)> {
    None
}
pub(crate) fn select_in(_id: &str, _from: usize, _to: usize) {}
pub(crate) fn show_dialog(_id: &str) {}
pub(crate) fn close_dialog(_id: &str) {}
pub(crate) fn focus_is_within(_id: &str) -> bool {
    false
}
pub(crate) fn focus_is_idle(_id: &str) -> bool {
    true
}
pub(crate) fn deeds() -> u64 {
    0
}
pub(crate) fn window_has_focus() -> bool {
    true
}
pub(crate) fn is_narrow() -> bool {
    false
}
pub(crate) fn is_mac() -> bool {
    false
}
pub(crate) fn prefers(_what: &str) -> bool {
    false
}
pub(crate) fn on_preference_change(_changed: impl Fn(()) + 'static) {}
pub(crate) fn set_root(_name: &str, _value: Option<&str>) {}
pub(crate) fn print() {}
pub(crate) fn set_title(_title: &str) {}
#[cfg(feature = "mock")]
pub(crate) fn parameter(_name: &str) -> Option<String> {
    None
}
pub(crate) fn wall_ms() -> i64 {
    0
}
pub(crate) fn monotonic_ms() -> f64 {
    0.0
}
pub(crate) async fn sleep(_ms: i32) {
    std::future::pending::<()>().await;
}
pub(crate) async fn copy(_text: &str) -> bool {
    false
}
pub(crate) fn on_key(_pressed: impl Fn(Press) -> bool + 'static) {}
pub(crate) fn on_presence(_seen: impl Fn(()) + 'static) {}
pub(crate) fn on_resize(_resized: impl Fn(()) + 'static) {}
pub(crate) fn show(_id: &str) {}
pub(crate) fn show_first(_id: &str, _within: &str, _gap: f64) {}
pub(crate) fn focus_first_in(_id: &str) -> bool {
    false
}
pub(crate) fn share(_id: &str, _x: f64) -> Option<f64> {
    None
}
pub(crate) fn on_paste(_pasted: impl Fn(Pasted) -> bool + 'static) {}

/// A file in the clipboard: there is none.
pub(crate) struct Pasted {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) size: u64,
}

impl Pasted {
    pub(crate) async fn base64(&self) -> Option<String> {
        std::future::ready(None).await
    }
}
