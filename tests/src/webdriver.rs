//! A small W3C WebDriver client: enough to drive a browser or the real window by element, key and script. It works with any
//! driver (`chromedriver`, `WebKitWebDriver`); what only one of them knows stands beside that one.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use ureq::{Agent, http::Method};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long a page may take to come to a state that a test waits for, in milliseconds.
pub(crate) const PATIENCE: u32 = 10_000;

/// Why a driver could not do something.
#[derive(Debug)]
pub struct Failure {
    /// The driver's code, such as `no such element`.
    pub code: String,
    /// What it said.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}
impl std::error::Error for Failure {}

/// What a driver answers.
pub type Answer<T> = Result<T, Failure>;

/// An element of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

impl Element {
    fn of(value: &Value) -> Option<Self> {
        value.get(ELEMENT)?.as_str().map(|id| Self(id.to_owned()))
    }
    /// The element as an argument of a script.
    #[must_use]
    pub fn as_arg(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// A session with a driver. It ends when it is dropped.
#[derive(Debug)]
pub struct Session {
    agent: Agent,
    root: String,
}

impl Session {
    /// Opens a session with the driver at `address` (`http://127.0.0.1:9515`).
    ///
    /// # Errors
    /// What the driver says, or that nobody answers there.
    pub fn open(address: &str, capabilities: &Value) -> Answer<Self> {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build();
        let agent = Agent::from(config);
        let mut session = Self { agent, root: format!("{address}/session") };
        let answer = session.call(Method::POST, "", &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        let id = answer["sessionId"].as_str().unwrap_or_default().to_owned();
        session.root = format!("{address}/session/{id}");
        Ok(session)
    }

    /// Any command of the driver.
    ///
    /// # Errors
    /// What the driver says, or that it does not answer.
    pub fn call(&self, method: Method, path: &str, body: &Value) -> Answer<Value> {
        let broken = |error: &dyn std::fmt::Display| Failure { code: "no answer".to_owned(), message: format!("{path}: {error}") };
        let address = format!("{}{path}", self.root);
        let sent = match method {
            Method::GET => self.agent.get(&address).call(),
            Method::DELETE => self.agent.delete(&address).call(),
            _ => self.agent.post(&address).send_json(body),
        };
        let mut answer: Value =
            sent.map_err(|e| broken(&e))?.body_mut().with_config().limit(1 << 28).read_json().map_err(|e| broken(&e))?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(code) => Err(Failure { code: code.to_owned(), message: value["message"].as_str().unwrap_or_default().to_owned() }),
            None => Ok(value),
        }
    }
    fn get(&self, path: &str) -> Answer<Value> {
        self.call(Method::GET, path, &Value::Null)
    }
    fn post(&self, path: &str, body: &Value) -> Answer<Value> {
        self.call(Method::POST, path, body)
    }

    // ---- pages

    /// Opens an address.
    ///
    /// # Errors
    /// What the driver says.
    pub fn go(&self, url: &str) -> Answer<()> {
        self.post("/url", &json!({ "url": url })).map(drop)
    }
    /// The page's title.
    ///
    /// # Errors
    /// What the driver says.
    pub fn title(&self) -> Answer<String> {
        Ok(text_of(&self.get("/title")?))
    }
    /// A picture of what is seen, as PNG.
    ///
    /// # Errors
    /// What the driver says; a picture that is not one.
    pub fn screenshot(&self) -> Answer<Vec<u8>> {
        picture_of(&self.get("/screenshot")?)
    }
    /// Runs a script in the page: the body of a function, with `arguments`; what it returns comes back.
    ///
    /// # Errors
    /// What the driver or the script says.
    pub fn script(&self, body: &str, args: &[Value]) -> Answer<Value> {
        self.post("/execute/sync", &json!({ "script": body, "args": args }))
    }
    /// The same for a script that ends by calling its last argument.
    ///
    /// # Errors
    /// What the driver or the script says.
    pub fn script_async(&self, body: &str, args: &[Value]) -> Answer<Value> {
        self.post("/execute/async", &json!({ "script": body, "args": args }))
    }
    /// Waits, frame by frame in the page itself, until an expression is truthy; its value.
    ///
    /// # Errors
    /// `timeout` after ten seconds, with the expression.
    pub fn wait(&self, expression: &str) -> Answer<Value> {
        let body = format!(
            "const done = arguments[arguments.length - 1], end = performance.now() + {PATIENCE};
             const look = () => {{
               let found; try {{ found = (() => ({expression}))(); }} catch (error) {{ found = null; }}
               if (found) done({{ found }}); else if (performance.now() > end) done(null); else setTimeout(look, 15);
             }};
             look();"
        );
        let mut answer = self.script_async(&body, &[])?;
        if answer.is_null() {
            return Err(Failure { code: "timeout".to_owned(), message: format!("never came true: {expression}") });
        }
        Ok(answer["found"].take())
    }

    // ---- elements

    /// The first element for a CSS selector.
    ///
    /// # Errors
    /// `no such element`, or what else the driver says.
    pub fn find(&self, css: &str) -> Answer<Element> {
        let found = self.post("/element", &json!({ "using": "css selector", "value": css }))?;
        Element::of(&found).ok_or_else(|| Failure { code: "no such element".to_owned(), message: css.to_owned() })
    }
    /// Every element for a CSS selector.
    ///
    /// # Errors
    /// What the driver says.
    pub fn find_all(&self, css: &str) -> Answer<Vec<Element>> {
        let found = self.post("/elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().into_iter().flatten().filter_map(Element::of).collect())
    }
    /// The element of this role and accessible name, as assistive technology finds it, among those that match a selector.
    ///
    /// # Errors
    /// `no such element` with the names that were there, or what else the driver says.
    pub fn named(&self, css: &str, role: &str, name: &str) -> Answer<Element> {
        let mut seen = Vec::new();
        for element in self.find_all(css)? {
            let (is, called) = (self.role(&element)?, self.label(&element)?);
            if is == role && called == name {
                return Ok(element);
            }
            seen.push(format!("{is} «{called}»"));
        }
        Err(Failure { code: "no such element".to_owned(), message: format!("{role} «{name}» is not among {}", seen.join(", ")) })
    }
    fn of_element(&self, element: &Element, what: &str) -> Answer<Value> {
        self.get(&format!("/element/{}/{what}", element.0))
    }
    /// Its role, as computed by the browser.
    ///
    /// # Errors
    /// What the driver says.
    pub fn role(&self, element: &Element) -> Answer<String> {
        Ok(text_of(&self.of_element(element, "computedrole")?))
    }
    /// Its accessible name, as computed by the browser, without the marks that only set directions apart.
    ///
    /// # Errors
    /// What the driver says.
    pub fn label(&self, element: &Element) -> Answer<String> {
        Ok(text_of(&self.of_element(element, "computedlabel")?).replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], ""))
    }
    /// Its text as it is seen.
    ///
    /// # Errors
    /// What the driver says.
    pub fn text(&self, element: &Element) -> Answer<String> {
        Ok(text_of(&self.of_element(element, "text")?))
    }
    /// Clicks it.
    ///
    /// # Errors
    /// What the driver says.
    pub fn click(&self, element: &Element) -> Answer<()> {
        self.post(&format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    // ---- keys

    /// Presses keys one after another where the focus is; each may be a chord: `j`, `Ctrl+z`, `Alt+2`, `Enter`, `Shift+Tab`.
    ///
    /// # Errors
    /// What the driver says.
    pub fn keys(&self, chords: &[&str]) -> Answer<()> {
        let mut actions = Vec::new();
        for chord in chords {
            let parts: Vec<String> = chord.split('+').map(key_of).collect();
            actions.extend(parts.iter().map(|key| json!({ "type": "keyDown", "value": key })));
            actions.extend(parts.iter().rev().map(|key| json!({ "type": "keyUp", "value": key })));
        }
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.post("/actions", &actions).map(drop)
    }
    /// Types a text where the focus is.
    ///
    /// # Errors
    /// What the driver says.
    pub fn type_text(&self, text: &str) -> Answer<()> {
        let strokes = text.chars().flat_map(|c| [json!({ "type": "keyDown", "value": c }), json!({ "type": "keyUp", "value": c })]);
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>() }] });
        self.post("/actions", &actions).map(drop)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A driver that is gone already has nothing left to end.
        let _ = self.call(Method::DELETE, "", &Value::Null);
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A picture as drivers give it.
pub(crate) fn picture_of(value: &Value) -> Answer<Vec<u8>> {
    STANDARD.decode(text_of(value)).map_err(|e| Failure { code: "bad picture".to_owned(), message: e.to_string() })
}

/// WebDriver's private characters for keys without one of their own.
fn key_of(name: &str) -> String {
    let code = match name {
        "Ctrl" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Shift" => '\u{e008}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Delete" => '\u{e017}',
        "Backspace" => '\u{e003}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "F6" => '\u{e036}',
        other => return other.to_owned(),
    };
    code.to_string()
}
