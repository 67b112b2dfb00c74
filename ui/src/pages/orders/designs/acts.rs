//! What the acts on versions do. Whether one may be done the rulebook has said with the versions; the desk judges again.

use bridge::{CancelTransfer, DesignView, PauseTransfer, Query, SaveDesign, TransferState};
use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::design,
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
};

use super::{
    DesignsState, spoken,
    state::{Mode, verdict},
    tile_id,
};
use crate::{
    browser,
    components::export::write_out,
    gateway::ask,
    pages::rows::why_refused,
    shell::{focus_drawn, task},
};

/// The command that shows a version to the client.
pub(super) const SUBMIT: &str = design::Submit::NAME;
/// The command that goes to another version.
pub(super) const SET_CURRENT: &str = design::SetCurrent::NAME;
/// The command that takes the file of a version away.
pub(super) const PURGE: &str = design::Purge::NAME;
/// The id of the list of versions.
pub(super) const LIST: &str = "versions";

impl DesignsState {
    // ---- giving commands

    /// Why a command about a version cannot be given now, in words.
    pub(super) fn why_not(self, view: &DesignView, act: &str) -> Option<String> {
        let words = self.shell.words();
        let version = spoken(&words, view);
        match view.transfer.as_ref().map(|transfer| transfer.state) {
            Some(TransferState::Refused) if act == SUBMIT => Some(words.with("predict-design-refused", &[("version", version.into())])),
            Some(_) if act == SUBMIT => Some(words.with("predict-design-waits", &[("version", version.into())])),
            _ => verdict(view, act).and_then(|verdict| why_refused(self.shell, &verdict)),
        }
    }
    /// Shows a version to the client.
    pub(super) fn submit(self) {
        match self.to_submit() {
            Some(view) => self.give(&view, design::Submit { id: view.design.id }.into(), "done-design-submit"),
            None => self.shell.tell(&self.shell.words().text("predict-design-none")),
        }
    }
    /// Goes to the version that is looked at.
    pub(super) fn set_current(self) {
        if let Some(view) = self.open_one() {
            self.give(&view, design::SetCurrent { id: view.design.id }.into(), "done-design-set-current");
        }
    }
    fn give(self, view: &DesignView, command: Command, done: &str) {
        let mut shell = self.shell;
        let name = command.spec().name;
        if !shell.may(name) {
            return;
        }
        if let Some(why) = self.why_not(view, name) {
            return shell.tell(&why);
        }
        let words = shell.words();
        let done = words.with(done, &[("name", spoken(&words, view).into())]);
        let seen = vec![RecordRef::new(Kind::Order, view.design.order_id), RecordRef::new(Kind::Design, view.design.id)];
        task(async move {
            if let Err(error) = self.giving.give(command, seen, done).await {
                shell.say(&shell.trouble(&error));
                shell.refused.set(Some(error));
                self.read();
            }
        });
    }

    // ---- bytes

    /// Why the original cannot be written out now, in words.
    pub(super) fn why_not_saved(self, view: &DesignView) -> Option<String> {
        let words = self.shell.words();
        let gone = super::purge::gone(&words, self.shell, view).map(|(said, _)| said);
        gone.or_else(|| (!view.here && self.shell.is_offline()).then(|| words.text("design-save-offline")))
    }
    /// Writes the original of the version that is looked at to the folder of downloads.
    pub(super) fn save(self) {
        let Some(view) = self.open_one() else { return };
        match self.why_not_saved(&view) {
            Some(why) => self.shell.tell(&why),
            None => write_out(self.export, SaveDesign { design: view.design.id }),
        }
    }
    /// Pauses an upload, or lets it go on.
    pub(super) fn pause(self, design: DesignId, paused: bool) {
        self.ask_and_read(PauseTransfer { design, paused });
    }
    /// Pauses the upload that is meant, or lets it go on.
    pub(super) fn pause_meant(self) {
        if let Some(view) = self.on_its_way() {
            let paused = view.transfer.as_ref().is_some_and(|transfer| transfer.state == TransferState::Paused);
            self.pause(view.design.id, !paused);
        }
    }
    /// Calls an upload off.
    pub(super) fn cancel(self, design: DesignId) {
        self.ask_and_read(CancelTransfer { design });
    }
    /// Calls the upload that is meant off.
    pub(super) fn cancel_meant(self) {
        if let Some(view) = self.on_its_way() {
            self.cancel(view.design.id);
        }
    }
    fn ask_and_read<Q: Query + 'static>(self, query: Q) {
        task(async move {
            if let Err(error) = ask(query).await {
                self.shell.tell(&self.shell.trouble(&error));
            }
            self.read();
        });
    }

    // ---- looking

    /// Into the list of versions; from within it to the next one, round again.
    pub(super) fn next(self) {
        let Some(reply) = self.reply.peek().clone() else { return };
        let at = self.place(&reply.versions);
        let step = usize::from(browser::focus_is_within(LIST));
        self.go_to(&reply.versions, (at + step).checked_rem(reply.versions.len()).unwrap_or(0));
    }
    /// To the version so many places further down, as far as there are some.
    pub(super) fn step(self, by: i64) {
        let Some(reply) = self.reply.peek().clone() else { return };
        let at = self.place(&reply.versions);
        let last = i64::try_from(reply.versions.len()).unwrap_or(0) - 1;
        let to = i64::try_from(at).unwrap_or(0).saturating_add(by).clamp(0, last.max(0));
        self.go_to(&reply.versions, usize::try_from(to).unwrap_or(0));
    }
    /// Where the one that is looked at stands.
    fn place(self, versions: &[DesignView]) -> usize {
        let open = self.open_one().map(|view| view.design.id);
        versions.iter().position(|view| Some(view.design.id) == open).unwrap_or(0)
    }
    fn go_to(self, versions: &[DesignView], at: usize) {
        if let Some(view) = versions.get(at) {
            self.choose(view.design.id);
            let id = tile_id(view);
            browser::show(&id);
            focus_drawn(id);
        }
    }
    /// Looks at versions in another way.
    pub(super) fn look(mut self, mode: Mode) {
        self.mode.set(mode);
    }

    /// With what an answer to the client begins: the version that is looked at.
    pub(crate) fn begins_reply(self, order: OrderId) -> Option<String> {
        let view = self.open_one().filter(|view| view.design.order_id == order)?;
        Some(format!("{}: ", spoken(&self.shell.words(), &view)))
    }
}
