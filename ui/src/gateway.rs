//! The only caller of IPC. A query goes to the desk behind the shell; where there is no shell, to the desk inside the window.
//! Both take and give JSON, so that the mock keeps the contract to the letter.

use bridge::{DeskError, ErrorCode, Event, NewIds, Query};
use domain::id::RecordId;
use serde_json::Value;

/// Asks the desk.
///
/// # Errors
/// What the desk could not do; `internal` for an answer that does not keep the contract.
pub(crate) async fn ask<Q: Query>(query: Q) -> Result<Q::Reply, DeskError> {
    let args = serde_json::to_value(&query).map_err(|e| broken(Q::NAME, &e))?;
    let reply = carry(Q::NAME, args).await?;
    serde_json::from_value(reply).map_err(|e| broken(Q::NAME, &e))
}

/// An id for something that is about to be made.
///
/// # Errors
/// As [`ask`].
pub(crate) async fn new_id<T: From<RecordId>>() -> Result<T, DeskError> {
    let ids = ask(NewIds { count: 1 }).await?.ids;
    ids.first().copied().map(T::from).ok_or_else(|| DeskError::new(ErrorCode::Internal))
}

fn broken(name: &str, error: &dyn std::fmt::Display) -> DeskError {
    DeskError { diagnosis: format!("{name}: {error}"), ..DeskError::new(ErrorCode::Internal) }
}

#[cfg(not(target_arch = "wasm32"))]
async fn carry(name: &'static str, args: Value) -> Result<Value, DeskError> {
    inside::carry(name, args).await
}

/// Hears what the desk says without being asked.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn listen(_heard: impl Fn(Event) + 'static) {}

#[cfg(target_arch = "wasm32")]
async fn carry(name: &'static str, args: Value) -> Result<Value, DeskError> {
    if shell::is_around() { shell::carry(name, args).await } else { inside::carry(name, args).await }
}

/// Hears what the desk says without being asked.
#[cfg(target_arch = "wasm32")]
pub(crate) fn listen(heard: impl Fn(Event) + 'static) {
    if shell::is_around() { shell::listen(heard) } else { inside::listen(heard) }
}

/// Readies the desk inside the window, where there is no shell around it.
#[cfg(target_arch = "wasm32")]
pub(crate) fn start() {
    if !shell::is_around() {
        inside::start();
    }
}

#[cfg(feature = "mock")]
mod inside {
    pub(super) use crate::mock::carry;
    #[cfg(target_arch = "wasm32")]
    pub(super) use crate::mock::{listen, start};
}

#[cfg(not(feature = "mock"))]
mod inside {
    use super::{DeskError, ErrorCode, Value};

    pub(super) async fn carry(name: &'static str, _: Value) -> Result<Value, DeskError> {
        Err(DeskError { diagnosis: format!("{name}: there is no desk"), ..DeskError::new(ErrorCode::Internal) })
    }
    #[cfg(target_arch = "wasm32")]
    pub(super) fn listen(_: impl Fn(super::Event) + 'static) {}
    #[cfg(target_arch = "wasm32")]
    pub(super) fn start() {}
}

/// The shell's interface, as Tauri 2 puts it into the page.
#[cfg(target_arch = "wasm32")]
mod shell {
    use bridge::{ARGUMENT, DeskError, EVENT, Event};
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use serde_json::Value;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use wasm_bindgen_futures::{JsFuture, spawn_local};

    use super::broken;

    fn internals() -> Option<JsValue> {
        let window = web_sys::window()?;
        Reflect::get(&window, &"__TAURI_INTERNALS__".into()).ok().filter(JsValue::is_object)
    }

    /// Whether there is a shell around this window.
    pub(super) fn is_around() -> bool {
        internals().is_some()
    }

    fn method(name: &str) -> Result<(JsValue, Function), JsValue> {
        let internals = internals().ok_or(JsValue::NULL)?;
        let method: Function = Reflect::get(&internals, &name.into())?.dyn_into()?;
        Ok((internals, method))
    }

    async fn invoke(command: &str, args: &JsValue) -> Result<JsValue, JsValue> {
        let (internals, method) = method("invoke")?;
        let promise: Promise = method.call2(&internals, &command.into(), args)?.dyn_into()?;
        JsFuture::from(promise).await
    }

    fn text_of(value: &JsValue) -> String {
        // What has no JSON, such as nothing, is null.
        JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "null".to_owned())
    }

    pub(super) async fn carry(name: &'static str, args: Value) -> Result<Value, DeskError> {
        let given = JSON::parse(&args.to_string()).map_err(|e| broken(name, &text_of(&e)))?;
        let object = Object::new();
        let _ = Reflect::set(&object, &ARGUMENT.into(), &given);
        match invoke(name, &object).await {
            Ok(reply) => serde_json::from_str(&text_of(&reply)).map_err(|e| broken(name, &e)),
            // A rejection is a `DeskError`; anything else comes from the shell itself, such as a missing permission.
            Err(error) => Err(serde_json::from_str(&text_of(&error)).unwrap_or_else(|_| broken(name, &text_of(&error)))),
        }
    }

    pub(super) fn listen(heard: impl Fn(Event) + 'static) {
        let callback: Closure<dyn Fn(JsValue)> = Closure::new(move |event: JsValue| {
            let payload = Reflect::get(&event, &"payload".into()).unwrap_or(JsValue::NULL);
            // An event that a newer desk sends and this window does not know is passed over.
            if let Ok(event) = serde_json::from_str(&text_of(&payload)) {
                heard(event);
            }
        });
        let args = Object::new();
        let handler = method("transformCallback").and_then(|(internals, method)| method.call1(&internals, callback.as_ref()));
        let target = Object::new();
        let _ = Reflect::set(&target, &"kind".into(), &"Any".into());
        for (name, value) in [("event", EVENT.into()), ("target", target.into()), ("handler", handler.unwrap_or(JsValue::NULL))] {
            let _ = Reflect::set(&args, &name.into(), &value);
        }
        // The window listens as long as it lives.
        callback.forget();
        spawn_local(async move {
            // Without events the window would stand still without a word: whoever looks finds why.
            if let Err(error) = invoke("plugin:event|listen", &args).await {
                web_sys::console::error_1(&error);
            }
        });
    }
}
