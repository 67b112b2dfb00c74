//! The file of a version is taken away for good, with a reason; and what is said of one that was (C-15).

use bridge::DesignView;
use dioxus::prelude::*;
use domain::{
    commands::design,
    id::{DesignId, RecordId},
    record::{Kind, RecordRef},
    words::{Words, isolate},
};

use super::{DesignsState, acts::PURGE, spoken};
use crate::{
    components::dialog::close,
    drafts::{Draft, Drafts},
    pages::dialogs::{ReasonDialog, Reasons},
    shell::{Layer, Shell, put, task},
    words::use_words,
};

/// That the file of a version was taken away: «Berkas dihapus 12 Jan 2027 oleh Dewi Anggraini», and why; nothing where it is there.
pub(super) fn gone(words: &Words, shell: Shell, view: &DesignView) -> Option<(String, String)> {
    let purge = view.design.purged.as_ref()?;
    let date = words.date(purge.at.day(shell.zone()));
    let said = words.with("design-purged", &[("date", date.into()), ("name", isolate(purge.by.name.as_str()).into())]);
    Some((said, purge.reason.clone()))
}

impl DesignsState {
    /// Opens the dialog that takes the file of the version away that is looked at, unless it cannot be done now: then it says why.
    pub(super) fn purge(self) {
        let Some(view) = self.open_one().filter(|_| self.shell.may(PURGE)) else { return };
        let shell = self.shell;
        match self.why_not(&view, PURGE) {
            Some(why) => shell.tell(&why),
            None => shell.open(Layer::PurgeDesign(view.design.id)),
        }
    }
}

/// The dialog: it says what goes and what stays, and asks why. What is typed is kept as a draft until it is sent.
#[component]
pub(crate) fn PurgeDialog(design: DesignId) -> Element {
    let designs = use_context::<DesignsState>();
    let drafts = use_context::<Drafts>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    // As it was when the dialog opened: a change from elsewhere does not take it away while somebody types.
    let view = use_hook(|| designs.open_one());
    let Some(view) = view.filter(|view| view.design.id == design) else { return rsx! {} };
    let (version, draft) = (spoken(&t, &view), Draft::Purge(RecordId::from(design)));
    let done = t.with("done-design-purge", &[("name", version.clone().into())]);
    let title = t.with("design-purge-title", &[("version", version.into()), ("name", isolate(view.design.name.as_str()).into())]);
    let seen = vec![RecordRef::new(Kind::Order, view.design.order_id), RecordRef::new(Kind::Design, design)];
    rsx! {
        ReasonDialog {
            reasons: Reasons::PurgeDesign,
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {t.text("design-purge-sub")}
            },
            submit: t.text("design-purge-submit"),
            initial: drafts.of(draft),
            error: error(),
            unread: false,
            ondraft: move |text: String| drafts.keep(draft, &text),
            onsubmit: move |reason: String| {
                let (seen, done) = (seen.clone(), done.clone());
                task(async move {
                    match designs.giving.give(design::Purge { id: design, reason }.into(), seen, done).await {
                        Ok(_) => {
                            close("reason");
                            drafts.keep(draft, "");
                            shell.close();
                        }
                        Err(failure) => put(error, Some(shell.trouble(&failure))),
                    }
                });
            },
            onclose: move |()| shell.close(),
        }
    }
}
