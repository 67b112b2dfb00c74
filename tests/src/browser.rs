//! Chromium without a screen, with the built window in it.

use std::fs;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::{
    chromium::Running,
    site,
    webdriver::{Answer, Element, Failure, PATIENCE, Session, picture_of},
};

/// Has the rules judge a page of the window, and brings them there first where they are not yet. Only what they find is put into words: to
/// do that for all that is well takes longer than judging.
const JUDGE: &str = "
    const [rules, home] = arguments, done = arguments[arguments.length - 1];
    const judge = () => axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(r => done(r.violations.map(v => v.id + ' [' + v.impact + '] ' + v.nodes.slice(0, 3).map(n =>
            n.target.join(' ') + ' :: ' + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(' | '))));
    if (window.axe) return judge();
    if (!home || !location.href.startsWith(home)) return done('elsewhere');
    const script = document.createElement('script');
    script.src = '/' + rules;
    script.onload = () => { script.remove(); judge(); };
    script.onerror = () => done('missing');
    document.head.append(script);";
/// Whether the window is dressed as its address says.
const DRESSED: &str = "(() => {
    const wanted = new URLSearchParams(location.hash.slice(1)), root = document.documentElement, is = name => root.dataset[name] || '';
    return root.lang == (wanted.get('lang') || 'id') && is('theme') == wanted.get('theme')
        && is('contrast') == (wanted.get('contrast') || '') && is('text') == (wanted.get('text') || '');
})()";
/// Whoever wants to look at the pictures sets this.
const PICTURES: &str = "MEJA_PICTURES";

/// A browser of its own for one test. When it is dropped it waits for the next one, which finds it as new.
#[derive(Debug)]
pub struct Chrome {
    running: Option<Running>,
    shared: bool,
}

impl Drop for Chrome {
    fn drop(&mut self) {
        if let Some(running) = self.running.take()
            && self.shared
        {
            running.leave();
        }
    }
}

impl std::ops::Deref for Chrome {
    type Target = Session;
    fn deref(&self) -> &Session {
        self.running.as_ref().expect("a browser that is not dropped runs").session()
    }
}

impl Chrome {
    /// Starts a browser of 1280 by 800 and opens the window in this situation of the mock desk (`line=offline&lang=en`).
    ///
    /// # Errors
    /// When Chromium or its driver is missing, or does not start.
    pub fn open(situation: &str) -> Answer<Self> {
        let chrome = Self::start()?;
        chrome.resize(1280, 800)?;
        chrome.visit(situation)?;
        Ok(chrome)
    }
    /// Starts a browser that has not opened anything yet.
    ///
    /// # Errors
    /// When Chromium or its driver is missing, or does not start.
    pub fn start() -> Answer<Self> {
        Ok(Self { running: Some(Running::take()?), shared: true })
    }
    /// The same for measuring: the browser that people have, started for this alone.
    ///
    /// # Errors
    /// When Chromium or its driver is missing, or does not start.
    pub fn start_alone() -> Answer<Self> {
        Ok(Self { running: Some(Running::start(&json!({}), &json!({ "browser": "ALL" }))?), shared: false })
    }
    /// The same, and these categories of what the browser traces about itself are kept for [`Self::trace`].
    ///
    /// # Errors
    /// When Chromium or its driver is missing, or does not start.
    pub fn start_traced(categories: &str) -> Answer<Self> {
        let more = json!({ "perfLoggingPrefs": { "enableNetwork": false, "enablePage": false, "traceCategories": categories } });
        Ok(Self { running: Some(Running::start(&more, &json!({ "browser": "ALL", "performance": "ALL" }))?), shared: false })
    }
    /// Opens the window in another situation, and waits until it is there.
    ///
    /// # Errors
    /// What the driver says; that the window did not come.
    pub fn visit(&self, situation: &str) -> Answer<()> {
        self.go(&format!("{}?{situation}", site::address()))?;
        self.wait("document.querySelector('.app, .gate, .lock')").map(drop)
    }
    /// A command of the browser's own protocol.
    ///
    /// # Errors
    /// What the browser says.
    pub fn protocol(&self, command: &str, params: &Value) -> Answer<Value> {
        self.call(Method::POST, "/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }
    /// Gives the page exactly this size, as CSS counts it.
    ///
    /// # Errors
    /// What the browser says.
    pub fn resize(&self, width: u32, height: u32) -> Answer<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.protocol("Emulation.setDeviceMetricsOverride", &size).map(drop)
    }
    /// What the browser logged since it was last asked: errors, and violations of the policy.
    ///
    /// # Errors
    /// What the driver says.
    pub fn complaints(&self) -> Answer<Vec<String>> {
        let log = self.call(Method::POST, "/se/log", &json!({ "type": "browser" }))?;
        let bad = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
        Ok(log.as_array().into_iter().flatten().filter(bad).map(|entry| entry["message"].to_string()).collect())
    }
    /// What a browser that was started with [`Self::start_traced`] traced since this was last asked: its events, as it writes them.
    ///
    /// # Errors
    /// What the driver says.
    pub fn trace(&self) -> Answer<Vec<Value>> {
        let log = self.call(Method::POST, "/se/log", &json!({ "type": "performance" }))?;
        let told = log.as_array().into_iter().flatten().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        let events = told.map(|mut told| told["message"].take()).filter(|told| told["method"] == "Tracing.dataCollected");
        Ok(events.map(|mut told| told["params"].take()).collect())
    }
    /// The element of this role and name, wherever it is.
    ///
    /// # Errors
    /// `no such element` with the names that were there.
    pub fn by_role(&self, role: &str, name: &str) -> Answer<Element> {
        let css = match role {
            "button" => "button, [role=button]",
            "link" => "a[href]",
            "textbox" => "input, textarea",
            "option" => "[role=option]",
            "dialog" => "dialog",
            "radio" => "input[type=radio]",
            "checkbox" => "input[type=checkbox]",
            "switch" => "[role=switch]",
            "heading" => "h1, h2, h3",
            "listbox" => "[role=listbox]",
            other => return Err(Failure { code: "unknown role".to_owned(), message: other.to_owned() }),
        };
        self.named(css, role, name)
    }
    /// Clicks the element of this role and name.
    ///
    /// # Errors
    /// As [`Self::by_role`], or what the driver says.
    pub fn press(&self, role: &str, name: &str) -> Answer<()> {
        self.click(&self.by_role(role, name)?)
    }
    /// Waits until the visible text of the page has this in it. Marks that only set directions apart are not read.
    ///
    /// # Errors
    /// `timeout`.
    pub fn wait_text(&self, text: &str) -> Answer<()> {
        let text = json!(text).to_string();
        self.wait(&format!("document.body.innerText.replace(/[\\u2066-\\u2069]/g, '').includes({text})")).map(drop)
    }
    /// Gives the focus to what a script finds, as somebody would who came to it by Tab: when the window puts it elsewhere once what was done
    /// before is drawn, that comes first.
    ///
    /// # Errors
    /// `timeout`.
    pub fn reach(&self, found: &str) -> Answer<()> {
        let body = format!(
            "const done = arguments[arguments.length - 1], end = performance.now() + {PATIENCE};
             const find = () => {{ try {{ return {found}; }} catch (error) {{ return null; }} }};
             const look = () => {{
               find()?.focus();
               const stays = () => requestAnimationFrame(() => setTimeout(() => {{
                 const it = find();
                 if (it && document.activeElement == it) done({{ found: true }}); else if (performance.now() > end) done(null); else look();
               }}));
               requestAnimationFrame(stays);
             }};
             look();"
        );
        if self.script_async(&body, &[])?.is_null() {
            return Err(Failure { code: "timeout".to_owned(), message: format!("never had the focus: {found}") });
        }
        Ok(())
    }
    /// Follows keys to a state of a screen: `~` and a selector waits until that is there, `^` and a selector presses it.
    ///
    /// # Errors
    /// `timeout`, or what the driver says.
    pub fn follow(&self, keys: &[&str], there: &str) -> Answer<()> {
        self.wait("!document.querySelector('.app') || document.querySelector('[role=option], .empty, .sk')")?;
        for key in keys {
            match (key.strip_prefix('~'), key.strip_prefix('^')) {
                (Some(selector), _) => drop(self.wait(&format!("document.querySelector({selector:?})"))?),
                (_, Some(selector)) => drop(self.script("document.querySelector(arguments[0]).click()", &[selector.into()])?),
                _ => self.keys(&[key])?,
            }
        }
        self.wait(&format!("document.querySelector({there:?})")).map(drop)
    }
    /// Waits until what is there was drawn, and nothing moves but what moves for ever.
    ///
    /// # Errors
    /// `timeout`.
    pub fn stands_still(&self) -> Answer<()> {
        self.seen(None, "html", "return true").map(drop)
    }
    /// Puts this dress on, where one is named, waits until the selector is there, was drawn, and nothing moves but what moves for ever,
    /// and asks a script about what is then seen. All of it is one question to the driver, because it is asked thousands of times.
    ///
    /// # Errors
    /// `timeout`, or what the driver says.
    pub fn seen(&self, dress: Option<&str>, there: &str, script: &str) -> Answer<Value> {
        let body = format!(
            "const [dress, there] = arguments, done = arguments[arguments.length - 1], end = performance.now() + {PATIENCE};
             if (dress !== null) location.hash = dress;
             const ready = () => (dress === null || {DRESSED}) && document.querySelector(there);
             const still = () => document.getAnimations()
                 .every(a => a.playState != 'running' || a.effect.getComputedTiming().iterations == Infinity);
             const frames = n => n ? requestAnimationFrame(() => frames(n - 1)) : ready() && still() ? done({{ found: (() => {{ {script} }})() }}) : look();
             const look = () => performance.now() > end ? done(null) : ready() ? frames(2) : setTimeout(look, 15);
             look();"
        );
        let mut answer = self.script_async(&body, &[dress.into(), there.into()])?;
        if answer.is_null() {
            return Err(Failure { code: "timeout".to_owned(), message: format!("never there and still: {there} in {dress:?}") });
        }
        Ok(answer["found"].take())
    }
    /// What has the focus: its id, else its name.
    ///
    /// # Errors
    /// What the driver says.
    pub fn focused(&self) -> Answer<String> {
        let found =
            self.script("const e = document.activeElement; return e.id || e.getAttribute('aria-label') || e.innerText || e.tagName;", &[])?;
        Ok(found.as_str().unwrap_or_default().to_owned())
    }
    /// What the accessibility rules find: one line for each violation.
    ///
    /// # Errors
    /// When axe-core is not fetched, or what the driver says.
    pub fn axe(&self) -> Answer<Vec<String>> {
        let missing =
            |why: &dyn std::fmt::Display| Failure { code: "no axe-core".to_owned(), message: format!("{why}; run cargo xtask npm") };
        let ask = || self.script_async(JUDGE, &[site::RULES.into(), site::serving().into()]);
        let mut found = ask()?;
        if found == "elsewhere" {
            // Another server has them not.
            let source = fs::read_to_string(site::rules()).map_err(|e| missing(&e))?;
            self.script(&source, &[])?;
            found = ask()?;
        }
        if found == "missing" {
            return Err(missing(&"they did not come"));
        }
        Ok(found.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }
    /// Keeps a picture of what is seen under this name, in the folder for pictures, where `MEJA_PICTURES` says that somebody will look.
    ///
    /// # Errors
    /// What the driver says, or that the file cannot be written.
    pub fn picture(&self, name: &str) -> Answer<()> {
        if std::env::var_os(PICTURES).is_none() {
            return Ok(());
        }
        let folder = crate::target().join("pictures");
        let broken = |error: std::io::Error| Failure { code: "no picture".to_owned(), message: error.to_string() };
        fs::create_dir_all(&folder).map_err(broken)?;
        // Pictures are many, and larger files are written sooner than smaller ones.
        let taken = self.protocol("Page.captureScreenshot", &json!({ "format": "png", "optimizeForSpeed": true }))?;
        fs::write(folder.join(format!("{name}.png")), picture_of(&taken["data"])?).map_err(broken)
    }
}
