//! A real browser or webview. Whatever it lacks or refuses is passed over: a window without one of these still works.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlDialogElement, HtmlDocument, HtmlElement, HtmlInputElement, KeyboardEvent, MediaQueryList, Window};

use std::cell::Cell;

use super::{At, Press, Viewport};

thread_local! {
    /// How often the person did something: a key, a press, or the focus put somewhere.
    static DEEDS: Cell<u64> = const { Cell::new(0) };
    /// Whether the window itself moves the focus just now.
    static OURS: Cell<bool> = const { Cell::new(false) };
}

/// How often the person did something since the window was opened.
pub(crate) fn deeds() -> u64 {
    DEEDS.get()
}

/// Moves the focus for the window: that is no deed of the person.
fn ours<T>(act: impl FnOnce() -> T) -> T {
    OURS.set(true);
    let done = act();
    OURS.set(false);
    done
}

/// Counts what the person does, before anybody hears of it.
fn count_deeds() {
    let closure: Closure<dyn Fn()> = Closure::new(|| {
        if !OURS.get() {
            DEEDS.set(DEEDS.get() + 1);
        }
    });
    for sign in ["keydown", "pointerdown", "focusin"] {
        if let Some(window) = window() {
            let _ = window.add_event_listener_with_callback_and_bool(sign, closure.as_ref().unchecked_ref(), true);
        }
    }
    closure.forget();
}

fn window() -> Option<Window> {
    web_sys::window()
}
fn document() -> Option<Document> {
    window()?.document()
}
fn element<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus there, without scrolling; whether there was something to move it to.
pub(crate) fn focus(id: &str) -> bool {
    let Some(element) = element::<HtmlElement>(id) else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    ours(|| element.focus_with_options(&options)).is_ok()
}

/// Moves the focus into a pane: to what Tab would reach in it, else to the pane itself; whether it is seen.
pub(crate) fn focus_first_in(id: &str) -> bool {
    let Some(pane) = element::<HtmlElement>(id).filter(|pane| pane.offset_height() > 0) else { return false };
    let inner = FIRST_IN_PANE.iter().find_map(|selector| pane.query_selector(selector).ok().flatten());
    let inner = inner.and_then(|e| e.dyn_into::<HtmlElement>().ok()).unwrap_or(pane);
    ours(|| inner.focus()).is_ok()
}

/// What gets the focus in a pane: the row at the cursor or the body of a detail, else whatever Tab comes to first.
const FIRST_IN_PANE: [&str; 2] =
    ["[role=option][tabindex='0'], [role=region][tabindex='0'], [aria-current=page][tabindex='0']", "a[href], button:not([tabindex='-1'])"];

/// Presses a button, for its key; whether it is there.
pub(crate) fn press(id: &str) -> bool {
    let Some(element) = element::<HtmlElement>(id) else { return false };
    element.click();
    true
}

/// Selects what was typed into a field.
pub(crate) fn select(id: &str) {
    if let Some(input) = element::<HtmlInputElement>(id) {
        input.select();
    }
}

/// Where the caret of a field is, in UTF-16 units; nothing while a part of it is selected.
pub(crate) fn caret(id: &str) -> Option<usize> {
    let input = element::<HtmlInputElement>(id)?;
    let (from, to) = (input.selection_start().ok().flatten()?, input.selection_end().ok().flatten()?);
    (from == to).then(|| usize::try_from(from).ok()).flatten()
}

/// What stands in a field.
pub(crate) fn text_of(id: &str) -> Option<String> {
    element::<HtmlInputElement>(id).map(|input| input.value())
}

/// Puts a text into a field, and the caret behind so many UTF-16 units of it.
pub(crate) fn put_text(id: &str, text: &str, caret: usize) {
    if let Some(input) = element::<HtmlInputElement>(id) {
        input.set_value(text);
        let caret = u32::try_from(caret).unwrap_or(u32::MAX);
        let _ = input.set_selection_range(caret, caret);
    }
}

/// What is seen of a scrolling box.
pub(crate) fn viewport(id: &str) -> Option<Viewport> {
    let element = element::<Element>(id)?;
    Some(Viewport { top: element.scroll_top(), height: element.client_height() })
}

/// How much there is in a scrolling box, in pixels.
pub(crate) fn extent(id: &str) -> i32 {
    element::<Element>(id).map_or(0, |element| element.scroll_height())
}

/// Scrolls a box so far that something in it stands at its top; the rest of the window stays where it is.
pub(crate) fn scroll_to_child(id: &str, child: &str) {
    if let (Some(element), Some(child)) = (element::<Element>(id), element::<Element>(child)) {
        let by = child.get_bounding_client_rect().top() - element.get_bounding_client_rect().top();
        #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen, in pixels")]
        let by = by as i32;
        element.set_scroll_top(element.scroll_top() + by);
    }
}

/// What stands in a box of several lines.
pub(crate) fn text_in(id: &str) -> Option<String> {
    element::<web_sys::HtmlTextAreaElement>(id).map(|area| area.value())
}

/// What is selected in a box of several lines, in UTF-16 units; the same place twice where nothing is.
pub(crate) fn selection_in(id: &str) -> Option<(usize, usize)> {
    let area = element::<web_sys::HtmlTextAreaElement>(id)?;
    let unit = |n: Option<u32>| usize::try_from(n?).ok();
    Some((unit(area.selection_start().ok()?)?, unit(area.selection_end().ok()?)?))
}

/// Selects a part of a box of several lines, in UTF-16 units, and gives it the focus.
pub(crate) fn select_in(id: &str, from: usize, to: usize) {
    if let Some(area) = element::<web_sys::HtmlTextAreaElement>(id) {
        let unit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let _ = area.focus();
        let _ = area.set_selection_range(unit(from), unit(to));
    }
}

/// Scrolls a box.
pub(crate) fn scroll_to(id: &str, top: i32) {
    if let Some(element) = element::<Element>(id) {
        element.set_scroll_top(top);
    }
}

/// How wide something is drawn, in pixels.
pub(crate) fn width_of(id: &str) -> Option<u16> {
    let width = element::<HtmlElement>(id)?.offset_width();
    u16::try_from(width).ok().filter(|width| *width > 0)
}

/// Scrolls what scrolls in a pane by what is seen of it, and from its end to its beginning.
pub(crate) fn page_through(pane: &str) {
    /// Of what was seen this much is still seen, in pixels.
    const KEPT: i32 = 40;
    let Some(boxes) = element::<Element>(pane).and_then(|pane| pane.query_selector_all(".scroll").ok()) else { return };
    let boxes = (0..boxes.length()).filter_map(|n| boxes.get(n)?.dyn_into::<Element>().ok());
    for inner in boxes.filter(|inner| inner.client_height() > 0 && inner.scroll_height() > inner.client_height()) {
        let (top, seen, all) = (inner.scroll_top(), inner.client_height(), inner.scroll_height());
        let at_end = top + seen >= all - 1;
        return inner.set_scroll_top(if at_end { 0 } else { top + (seen - KEPT).max(1) });
    }
}

/// Where a point of the window is between the left edge of an element (0) and its right one (1), by its distance from the window's left.
pub(crate) fn share(id: &str, x: f64) -> Option<f64> {
    let around = element::<Element>(id)?.get_bounding_client_rect();
    (around.width() > 0.0).then(|| ((x - around.left()) / around.width()).clamp(0.0, 1.0))
}

/// Brings an element into sight, by no more than it takes.
pub(crate) fn show(id: &str) {
    if let Some(element) = element::<Element>(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls a box so that an element in it stands at its top, this many pixels below the edge; nothing around the box moves.
pub(crate) fn show_first(id: &str, within: &str, gap: f64) {
    if let (Some(element), Some(around)) = (element::<Element>(id), element::<Element>(within)) {
        let beyond = element.get_bounding_client_rect().top() - around.get_bounding_client_rect().top() - gap;
        #[expect(clippy::cast_possible_truncation, reason = "a page is some thousand pixels high")]
        around.set_scroll_top(around.scroll_top() + beyond as i32);
    }
}

/// Opens a dialog above everything; the rest becomes inert.
pub(crate) fn show_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id)
        && !dialog.open()
    {
        let _ = dialog.show_modal();
        // Left alone, a browser may choose the scrolling box that the fields stand in.
        let first = FIRST_IN_DIALOG.iter().find_map(|selector| dialog.query_selector(selector).ok().flatten());
        if let Some(first) = first.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    }
}

/// What gets the focus when a dialog opens: the choice that is made, else the first thing to fill in or press.
const FIRST_IN_DIALOG: [&str; 2] =
    [".dialog-b input[type=radio]:checked", ".dialog-b :is(input, select, textarea, button, a[href]):not([tabindex='-1'])"];

/// Closes a dialog; the browser gives the focus back to where it was.
pub(crate) fn close_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id) {
        dialog.close();
    }
}

/// Whether the focus is inside.
pub(crate) fn focus_is_within(id: &str) -> bool {
    let active = document().and_then(|d| d.active_element());
    element::<Element>(id).is_some_and(|outer| active.is_some_and(|inner| outer.contains(Some(&inner))))
}

/// Whether the focus is nowhere in particular: on nothing, or on this very element and on nothing in it.
pub(crate) fn focus_is_idle(id: &str) -> bool {
    let active = document().and_then(|d| d.active_element());
    active.is_none_or(|it| it.tag_name() == "BODY" || it.id() == id)
}

/// Whether the person works in this window at all.
pub(crate) fn window_has_focus() -> bool {
    document().is_none_or(|d| d.has_focus().unwrap_or(true))
}

/// Whether there is room for one pane only.
pub(crate) fn is_narrow() -> bool {
    prefers("(max-width: 900px)")
}

/// Whether keys are called as on a Mac.
pub(crate) fn is_mac() -> bool {
    window().is_some_and(|w| w.navigator().platform().is_ok_and(|p| p.starts_with("Mac")))
}

fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

/// Whether a media query holds.
pub(crate) fn prefers(query: &str) -> bool {
    media(query).is_some_and(|m| m.matches())
}

/// Tells when the system's theme, contrast or motion changes.
pub(crate) fn on_preference_change(changed: impl Fn(()) + 'static) {
    let closure: Closure<dyn Fn()> = Closure::new(move || changed(()));
    for query in ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(prefers-reduced-motion: reduce)"] {
        if let Some(list) = media(query) {
            let _ = list.add_event_listener_with_callback("change", closure.as_ref().unchecked_ref());
            // A list of queries that nobody holds may be collected, and its listeners with it.
            std::mem::forget(list);
        }
    }
    closure.forget();
}

/// Sets or removes an attribute of the root element.
pub(crate) fn set_root(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Opens the system's own dialog for printing the page.
pub(crate) fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Sets the window's title.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// A parameter of the address, for the desk inside the window: of its fragment, which may change while the page stays, or else of its query.
#[cfg(feature = "mock")]
pub(crate) fn parameter(name: &str) -> Option<String> {
    let of = |text: &str| web_sys::UrlSearchParams::new_with_str(text).ok()?.get(name);
    of(fragment().trim_start_matches('#')).or_else(|| of(&window()?.location().search().ok()?))
}

/// The fragment of the address, with its sign.
#[cfg(feature = "mock")]
pub(crate) fn fragment() -> String {
    window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// The machine's clock, in milliseconds since 1970.
pub(crate) fn wall_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of the next 200,000 years are whole numbers below 2^53")]
    let ms = js_sys::Date::now() as i64;
    ms
}

/// A clock that nobody sets, in milliseconds.
pub(crate) fn monotonic_ms() -> f64 {
    window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Waits.
pub(crate) async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Puts a text into the clipboard; whether it went there. A webview without the newer interface is asked the old way.
pub(crate) async fn copy(text: &str) -> bool {
    let asked = window().map(|w| w.navigator()).filter(|n| js_sys::Reflect::has(n, &JsValue::from_str("clipboard")).unwrap_or(false));
    if let Some(navigator) = asked
        && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_by_command(text).unwrap_or(false)
}

fn copy_by_command(text: &str) -> Option<bool> {
    let document = document()?;
    let before = document.active_element().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    let area: web_sys::HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("sr");
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document.dyn_into::<HtmlDocument>().ok()?.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(before) = before {
        let _ = before.focus();
    }
    Some(copied)
}

/// What must be done before anything is drawn: what waits in the page makes room, and a panic says where it was.
pub(crate) fn prepare() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    count_deeds();
    if let Some(main) = element::<Element>("main") {
        main.set_text_content(None);
    }
}

/// Hears every key that is pressed in the window. What the listener takes, the browser does not get.
pub(crate) fn on_key(pressed: impl Fn(Press) -> bool + 'static) {
    let closure: Closure<dyn Fn(KeyboardEvent)> = Closure::new(move |event: KeyboardEvent| {
        // Some browsers send a bare event of this name when they fill in a field.
        if event.dyn_ref::<KeyboardEvent>().is_some() && pressed(press_of(&event)) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("keydown", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Tells of every sign that somebody is at the window: keys, the mouse, a finger.
pub(crate) fn on_presence(seen: impl Fn(()) + 'static) {
    let closure: Closure<dyn Fn()> = Closure::new(move || seen(()));
    for sign in ["keydown", "pointerdown", "pointermove", "wheel"] {
        if let Some(window) = window() {
            // Caught on the way down: no listener of a control keeps it from being heard.
            let _ = window.add_event_listener_with_callback_and_bool(sign, closure.as_ref().unchecked_ref(), true);
        }
    }
    closure.forget();
}

fn press_of(event: &KeyboardEvent) -> Press {
    Press {
        key: event.key(),
        ctrl: if is_mac() { event.meta_key() } else { event.ctrl_key() },
        alt: event.alt_key(),
        shift: event.shift_key(),
        repeat: event.repeat(),
        composing: event.is_composing() || event.key() == "Process" || event.key() == "Dead",
        at: place_of(event.target().and_then(|t| t.dyn_into::<Element>().ok()).as_ref(), &event.key()),
    }
}

fn is_dialog_open() -> bool {
    document().is_some_and(|d| d.query_selector("dialog[open]").ok().flatten().is_some())
}

/// Whether text goes there, or a dialog is open above everything.
pub(super) fn is_typed_into(target: Option<&Element>) -> bool {
    matches!(place_of(target, ""), At::Field | At::Dialog)
}

fn place_of(target: Option<&Element>, key: &str) -> At {
    let within = |selector: &str| target.is_some_and(|t| t.closest(selector).ok().flatten().is_some());
    let nowhere = target.is_none_or(|t| t.tag_name() == "BODY");
    if within("dialog") || (nowhere && is_dialog_open()) {
        // What had the focus in a dialog may be gone from it: its keys are no keys of what lies below.
        At::Dialog
    } else if within("select, input[type=checkbox], input[type=radio]") {
        // Nothing is typed into these: what is chosen there is taken back as anything else is.
        At::Control
    } else if within("input, textarea, [contenteditable]") {
        At::Field
    } else if within("[role=menu], [role=toolbar]") || (matches!(key, "Enter" | " ") && within("button, a")) {
        // A menu, a toolbar and a button look after the keys that move in them and press them.
        if key.chars().count() == 1 && key != " " && !within("[role=menu]") { At::Detail } else { At::Control }
    } else if within("[data-keys=detail]") {
        At::Detail
    } else if within("[data-keys=list]") || nowhere {
        At::List
    } else {
        At::Control
    }
}

/// Tells when the window changes its size.
pub(crate) fn on_resize(resized: impl Fn(()) + 'static) {
    let closure: Closure<dyn Fn()> = Closure::new(move || resized(()));
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("resize", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}
