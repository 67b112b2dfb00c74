//! Verifikasi dua langkah: codes from an authenticator that logging in asks for. It stands on the server, and so nothing is shown
//! of it without a line. Secrets are on the screen once and nowhere else.

use bridge::{DeskError, ErrorCode, FactorSecret, SecondFactor as Ask, SecondFactorReply};
use dioxus::prelude::*;
use domain::{text::Invalid, wire::SecondFactor};

use super::{
    devices::NotTold,
    factor_parts::{Codes, Scan, Standing, Typed},
    state::focus_soon,
};
use crate::{
    browser,
    components::empty::Skeleton,
    gateway::ask,
    shell::{Shell, put, task},
    words::{invalid, use_words},
};

/// The ids of the part and of its heading.
const PART: &str = "set-factor-part";
const HEADING: &str = "set-factor";
pub(super) const PASSWORD: &str = "factor-password";
pub(super) const CODE: &str = "factor-code";

/// Gives something of this part the focus, with the whole part in sight: a code to be scanned stands above the field.
fn turn_to(id: &str) {
    focus_soon(id.to_owned(), Some(PART));
}

/// What is on the screen.
#[derive(Clone, PartialEq)]
pub(super) enum Stage {
    /// The server is asked.
    Looking,
    /// It could not be asked.
    Failed(DeskError),
    /// How it stands.
    Stands(SecondFactor),
    /// The password, before a secret is made.
    Begin,
    /// The secret, until a code confirms it.
    Scan(FactorSecret),
    /// The recovery codes, once.
    Codes(Vec<String>),
    /// A code, before there are other recovery codes.
    Renew,
    /// Password and code, before it is turned off.
    Off,
}

impl Stage {
    pub(super) const fn wants_password(&self) -> bool {
        matches!(self, Self::Begin | Self::Off)
    }
    pub(super) const fn wants_code(&self) -> bool {
        matches!(self, Self::Scan(_) | Self::Renew | Self::Off)
    }
}

/// How far it has come, and what is typed.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Flow {
    pub(super) shell: Shell,
    pub(super) stage: Signal<Stage>,
    pub(super) password: Signal<String>,
    pub(super) code: Signal<String>,
    pub(super) wrong_password: Signal<Option<String>>,
    pub(super) wrong_code: Signal<Option<String>>,
    pub(super) failed: Signal<Option<String>>,
    pub(super) busy: Signal<bool>,
}

impl Flow {
    /// Asks how it stands.
    pub(super) fn look(self) {
        put(self.stage, Stage::Looking);
        task(async move {
            match ask(Ask::State).await {
                Ok(reply) => self.told(reply),
                Err(error) => put(self.stage, Stage::Failed(error)),
            }
        });
    }
    /// The same, with the focus where it was.
    pub(super) fn look_again(self) {
        turn_to(HEADING);
        self.look();
    }
    fn told(self, reply: SecondFactorReply) {
        put(
            self.stage,
            match reply {
                SecondFactorReply::State { state } => Stage::Stands(state),
                SecondFactorReply::Secret { secret } => Stage::Scan(secret),
                SecondFactorReply::Codes { codes } => Stage::Codes(codes),
            },
        );
    }
    /// Goes to a step that asks for something.
    pub(super) fn go(self, stage: Stage) {
        self.clear();
        let field = if stage.wants_password() { PASSWORD } else { CODE };
        put(self.stage, stage);
        turn_to(field);
    }
    fn clear(self) {
        for typed in [self.password, self.code] {
            put(typed, String::new());
        }
        for wrong in [self.wrong_password, self.wrong_code, self.failed] {
            put(wrong, None);
        }
    }
    /// Leaves the step that is open.
    pub(super) fn leave(self) {
        self.clear();
        self.look_again();
    }
    /// What is asked of the server with what was typed; nothing where something is missing, which is said.
    fn query(self) -> Option<Ask> {
        let stage = self.stage.peek().clone();
        let required = invalid(&self.shell.words(), Invalid::Required);
        let (password, code) = (self.password.peek().clone(), self.code.peek().trim().to_owned());
        let no_password = stage.wants_password() && password.is_empty();
        let no_code = stage.wants_code() && code.is_empty();
        put(self.wrong_password, no_password.then(|| required.clone()));
        put(self.wrong_code, no_code.then_some(required));
        put(self.failed, None);
        if no_password || no_code {
            browser::focus(if no_password { PASSWORD } else { CODE });
            return None;
        }
        match stage {
            Stage::Begin => Some(Ask::Begin { password }),
            Stage::Scan(_) => Some(Ask::Confirm { code }),
            Stage::Renew => Some(Ask::Renew { code }),
            Stage::Off => Some(Ask::Off { password, code }),
            Stage::Looking | Stage::Failed(_) | Stage::Stands(_) | Stage::Codes(_) => None,
        }
    }
    pub(super) fn submit(mut self) {
        if *self.busy.peek() {
            return;
        }
        let Some(query) = self.query() else { return };
        let turns_off = matches!(query, Ask::Off { .. });
        self.busy.set(true);
        task(async move {
            match ask(query).await {
                Ok(reply) => {
                    let scans = matches!(reply, SecondFactorReply::Secret { .. });
                    self.clear();
                    self.told(reply);
                    turn_to(if scans { CODE } else { HEADING });
                    if turns_off {
                        self.shell.say(&self.shell.words().text("factor-turned-off"));
                    }
                }
                Err(error) => self.refuse(&error),
            }
            put(self.busy, false);
        });
    }
    /// Says it at the field that is to blame; the other one keeps what was typed.
    fn refuse(self, error: &DeskError) {
        let (place, field, text) = match error.code {
            ErrorCode::InvalidCredentials => (self.wrong_password, PASSWORD, self.shell.words().text("password-current-wrong")),
            ErrorCode::CodeWrong => (self.wrong_code, CODE, self.shell.trouble(error)),
            _ => return put(self.failed, Some(self.shell.trouble(error))),
        };
        put(place, Some(text));
        browser::focus(field);
    }
    /// Puts a secret on the clipboard, because somebody asked for it.
    pub(super) fn copy(self, text: String) {
        let shell = self.shell;
        task(async move {
            let key = if browser::copy(&text).await { "factor-copied" } else { "factor-copy-failed" };
            shell.say(&shell.words().text(key));
        });
    }
}

/// The part of the screen.
#[component]
pub(super) fn FactorPart() -> Element {
    let t = use_words();
    let flow = Flow {
        shell: use_context::<Shell>(),
        stage: use_signal(|| Stage::Looking),
        password: use_signal(String::new),
        code: use_signal(String::new),
        wrong_password: use_signal(|| None),
        wrong_code: use_signal(|| None),
        failed: use_signal(|| None),
        busy: use_signal(|| false),
    };
    use_hook(move || flow.look());
    rsx! {
        section { class: "vstack set-form", id: PART, "aria-labelledby": HEADING,
            div {
                h3 { class: "semi", id: HEADING, tabindex: "-1", {t.text("set-factor")} }
                p { class: "t2 s12", {t.text("set-factor-more")} }
            }
            match (flow.stage)() {
                Stage::Looking => rsx! {
                    Skeleton { rows: 1, label: t.text("loading") }
                },
                Stage::Failed(error) => rsx! {
                    NotTold { title: t.text("factor-failed"), error, onretry: move |()| flow.look_again() }
                },
                Stage::Stands(state) => rsx! {
                    Standing { flow, state }
                },
                Stage::Scan(secret) => rsx! {
                    Scan { flow, secret }
                },
                Stage::Codes(codes) => rsx! {
                    Codes { flow, codes }
                },
                stage @ (Stage::Begin | Stage::Renew | Stage::Off) => rsx! {
                    Typed { flow, stage }
                },
            }
        }
    }
}
