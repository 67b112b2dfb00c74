//! Organisasi: what holds for everybody, and only an admin sets (R-018, C-13).

use bridge::{OrgSetting, OrgSettings, OrgSettingsReply};
use dioxus::prelude::*;
use domain::{
    commands::setting,
    record::{Kind, RecordRef},
    records::{SettingKey, Uploaders},
    words::{Words, isolate},
};
use serde_json::Value;

use super::rows::{Choose, SetRow};
use crate::{
    components::{
        badge::{Mark, mark_of},
        empty::Skeleton,
    },
    gateway::ask,
    giving::Giving,
    pages::{desk::Failed, rows::Load},
    rounds::Rounds,
    shell::{Shell, put, task},
    words::{use_words, when},
};

/// The settings, and whether they are here.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct OrganisationState {
    shell: Shell,
    giving: Giving,
    load: Signal<Load>,
    reply: Signal<Option<OrgSettingsReply>>,
    rounds: Rounds,
}

impl OrganisationState {
    /// None yet.
    pub(crate) fn new(shell: Shell, giving: Giving) -> Self {
        Self { shell, giving, load: Signal::default(), reply: Signal::new(None), rounds: Rounds::new() }
    }
    /// Forgets them: somebody left.
    pub(crate) fn leave(mut self) {
        self.load.set(Load::Coming);
        self.reply.set(None);
    }
    /// The desk says that something changed.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let about = records.is_empty() || records.iter().any(|record| record.kind == Kind::Setting);
        if about && *self.load.peek() != Load::Coming {
            self.read();
        }
    }
    fn read(self) {
        self.rounds.run(async move || match ask(OrgSettings {}).await {
            Ok(reply) => {
                put(self.reply, Some(reply));
                put(self.load, Load::Here);
            }
            Err(error) => put(self.load, Load::Failed(error)),
        });
    }
    /// Sets one of them, from now on; `done` says what was set. What shows the choice keeps it while the desk looks at it, so where it
    /// is not taken, what holds is drawn anew.
    fn set(self, key: SettingKey, value: Value, done: String) {
        let mut shell = self.shell;
        task(async move {
            let command = setting::Set { key, value, effective_from: None };
            if let Err(error) = self.giving.give(command.into(), Vec::new(), done).await {
                shell.say(&shell.trouble(&error));
                shell.refused.set(Some(error));
                put(self.reply, None);
                self.read();
            }
        });
    }
}

/// The section.
#[component]
pub(super) fn OrganisationRows() -> Element {
    let organisation = use_context::<OrganisationState>();
    let t = use_words();
    use_hook(|| organisation.read());
    rsx! {
        match ((organisation.load)(), (organisation.reply)()) {
            (Load::Failed(error), _) => rsx! {
                Failed { error, title: t.text("organisation-failed"), onretry: move |()| organisation.read() }
            },
            (_, None) => rsx! {
                Skeleton { rows: 2, label: t.text("loading") }
            },
            (_, Some(reply)) => rsx! {
                UploadersRow { it: reply.uploaders }
                RetentionRow { it: reply.retention_days }
            },
        }
    }
}

/// Who uploads designs.
#[component]
fn UploadersRow(it: OrgSetting<Uploaders>) -> Element {
    let organisation = use_context::<OrganisationState>();
    let t = use_words();
    let text = |value: &Uploaders| t.text(&format!("uploaders-{}", value.wire()));
    let options: Vec<(String, String)> = Uploaders::KNOWN.iter().map(|value| (value.wire().to_owned(), text(value))).collect();
    let chosen = it.value.wire().to_owned();
    rsx! {
        SetRow { id: "set-uploaders", title: t.text("set-uploaders"), more: t.text("set-uploaders-more"),
            div { class: "set-side",
                Choose {
                    id: "set-uploaders",
                    options,
                    chosen,
                    onchoose: move |n: usize| {
                        let value = &Uploaders::KNOWN[n];
                        let words = organisation.shell.words();
                        let said = words.text(&format!("uploaders-{}", value.wire()));
                        let done = words.with("done-setting-uploaders", &[("value", said.into())]);
                        organisation.set(SettingKey::DesignUploaders, value.wire().into(), done);
                    },
                }
                SetBy { it: OrgSetting { value: (), set: it.set, mark: it.mark } }
            }
        }
    }
}

/// The spans that are offered, in days.
const SPANS: [u32; 8] = [30, 90, 180, 365, 730, 1_095, 1_825, 3_650];

/// The spans that are offered, and the one that is set, wherever it was.
fn spans(set: u32) -> Vec<u32> {
    let mut all: Vec<u32> = SPANS.into_iter().chain([set]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// For how long the files of an order that has ended are kept in any case.
#[component]
fn RetentionRow(it: OrgSetting<u32>) -> Element {
    let organisation = use_context::<OrganisationState>();
    let t = use_words();
    let all = spans(it.value);
    let text = |words: &Words, days: u32| words.with("retention-days", &[("n", words.whole(i64::from(days)).into())]);
    let options: Vec<(String, String)> = all.iter().map(|days| (days.to_string(), text(&t, *days))).collect();
    rsx! {
        SetRow { id: "set-retention", title: t.text("set-retention"), more: t.text("set-retention-more"),
            div { class: "set-side",
                Choose {
                    id: "set-retention",
                    options,
                    chosen: it.value.to_string(),
                    onchoose: move |n: usize| {
                        let words = organisation.shell.words();
                        let said = text(&words, all[n]);
                        let done = words.with("done-setting-retention", &[("value", said.into())]);
                        organisation.set(SettingKey::DesignRetentionDays, all[n].into(), done);
                    },
                }
                SetBy { it: OrgSetting { value: (), set: it.set, mark: it.mark } }
            }
        }
    }
}

/// Who set it and when, or how the command stands that does.
#[component]
fn SetBy(it: OrgSetting<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let said = match &it.set {
        Some((by, at)) => {
            let at = when(&t, *at, shell.clock.minute(), shell.zone());
            t.with("setting-set-by", &[("name", isolate(by.name.as_str()).into()), ("at", at.into())])
        }
        None => t.text("setting-never-set"),
    };
    rsx! {
        p { class: "t2 s12 hstack wrap",
            {said}
            if let Some(state) = mark_of(it.mark, false) {
                Mark { state }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::records::Settings;

    #[test]
    fn every_span_that_is_offered_is_one_that_can_be_set() {
        assert!(SPANS.iter().all(|days| Settings::RETENTION_DAYS.contains(days)));
        assert!(SPANS.contains(&Settings::default().retention_days), "the one that it comes with is one of them");
        assert_eq!((spans(365).len(), spans(400).len()), (SPANS.len(), SPANS.len() + 1), "another one is shown as it was set");
    }
}
