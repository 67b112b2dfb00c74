//! Files that go with what is said: chosen, let fall on the window, pasted, or taken from the order's versions. They stand above the box
//! until they are sent (R-079, facts 4.9).

use bridge::{
    Attached, DesignView, Designs, DeskError, DropFiles, ForgetFiles, PasteFile, PickFiles, PickedFile, SaveFile, SendMessage, SentFile,
    SessionState, Transfer, Undo,
};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::message,
    id::{CommandId, MessageId, OrderId},
    records::Attachments,
    words::isolate,
};

use super::TalkState;
use crate::{
    browser::Pasted,
    components::{
        export::write_out,
        talk::{FileWish, TEXT},
    },
    gateway::ask,
    pages::orders::{not_taken, pasted_data, pasted_name},
    shell::{focus_drawn, task},
};

/// A file that goes with what is being written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chip {
    /// What it is called with.
    pub(crate) file: SentFile,
    /// What it is called.
    pub(crate) name: String,
    /// How many bytes it has.
    pub(crate) size: u64,
}

/// A file that is looked at: whose it is, where it stands there, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LookedAt {
    pub(crate) message: MessageId,
    pub(crate) place: u32,
    pub(crate) name: String,
}

impl TalkState {
    /// What goes with what is being written about an order.
    pub(crate) fn chips(self, order: OrderId) -> Vec<Chip> {
        self.files.read().iter().filter(|(of, _)| *of == order).map(|(_, chip)| chip.clone()).collect()
    }
    /// The files of the order that is open, for whoever sends them: they stand above the box no more.
    pub(super) fn take_chips(mut self, order: OrderId) -> Vec<Chip> {
        let taken = self.chips(order);
        self.files.write().retain(|(of, _)| *of != order);
        taken
    }
    pub(super) fn put_chips(mut self, order: OrderId, chips: Vec<Chip>) {
        self.files.write().extend(chips.into_iter().map(|chip| (order, chip)));
    }
    /// Says something with files.
    pub(super) async fn submit_with(self, order_id: OrderId, text: String, read: Option<i64>, chips: &[Chip]) -> Result<(), DeskError> {
        let files = chips.iter().map(|chip| chip.file).collect();
        ask(SendMessage { order_id, text, read, files }).await.map(drop)
    }

    // ---- adding

    /// Asks for files.
    pub(crate) fn attach(self) {
        self.add(async move { ask(PickFiles {}).await });
    }
    /// Files are looked at, and stand above the box where they can be sent.
    fn add(mut self, work: impl Future<Output = Result<Vec<PickedFile>, DeskError>> + 'static) {
        let Some(order) = *self.order.peek() else { return };
        if let Some(why) = self.why_not() {
            return self.shell.say(&why);
        }
        if std::mem::replace(&mut *self.checking.write(), true) {
            return;
        }
        task(async move {
            let outcome = work.await;
            self.checking.set(false);
            match outcome {
                Ok(all) => self.take_picked(order, all),
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
            if *self.order.peek() == Some(order) {
                focus_drawn(TEXT);
            }
        });
    }
    fn take_picked(self, order: OrderId, all: Vec<PickedFile>) {
        let words = self.shell.words();
        let mut said = Vec::new();
        for it in all {
            let room = self.chips(order).len() < Attachments::MOST;
            match it.file {
                Some(file) if room => {
                    said.push(words.with("talk-file-added", &[("name", isolate(&it.name).into())]));
                    self.put_chips(order, vec![Chip { file: SentFile::Picked(file), name: it.name, size: it.size }]);
                }
                Some(file) => {
                    forget(vec![file]);
                    said.push(self.turn_away(PickedFile { refused: Some("too_many_files".to_owned()), ..it }));
                }
                None => said.push(self.turn_away(it)),
            }
        }
        if !said.is_empty() {
            self.shell.say(&said.join(" "));
        }
    }
    /// A file that is not taken is shown with its reason, which is also said.
    fn turn_away(mut self, it: PickedFile) -> String {
        let words = self.shell.words();
        let it = Attached { name: it.name, design: None, refused: it.refused, details: None };
        let why = not_taken(&words, &it, self.shell.clock.now(), self.shell.zone());
        let said = words.with("talk-file-not-taken", &[("name", isolate(&it.name).into()), ("why", why.into())]);
        self.turned_away.write().push(said.clone());
        said
    }
    /// What is said of files that were not taken has been read.
    pub(crate) fn dismiss(mut self) {
        self.turned_away.set(Vec::new());
        focus_drawn(TEXT);
    }
    /// A file shall not go with it.
    pub(crate) fn remove(mut self, chip: &Chip) {
        let Some(order) = *self.order.peek() else { return };
        self.files.write().retain(|(of, it)| *of != order || it.file != chip.file);
        if let SentFile::Picked(file) = chip.file {
            forget(vec![file]);
        }
        self.shell.say(&self.shell.words().with("talk-file-removed", &[("name", isolate(&chip.name).into())]));
        focus_drawn(TEXT);
    }

    // ---- versions

    /// Offers the order's versions.
    pub(crate) fn offer_versions(mut self) {
        let Some(order) = *self.order.peek() else { return };
        task(async move {
            match ask(Designs { order }).await {
                Ok(reply) => {
                    // One whose file was taken away has nothing to send.
                    let versions: Vec<_> = reply.versions.into_iter().filter(|view| view.design.purged.is_none()).collect();
                    if *self.order.peek() == Some(order) {
                        self.versions.set(Some(versions));
                    }
                }
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
        });
    }
    /// Why a version cannot go with it, in words.
    pub(crate) fn why_not_version(self, view: &DesignView) -> Option<String> {
        let words = self.shell.words();
        let order = (*self.order.read())?;
        let chips = self.chips(order);
        let (id, refused) = (view.design.id, view.transfer.as_ref().is_some_and(|it| it.state == bridge::TransferState::Refused));
        if chips.iter().any(|chip| chip.file == SentFile::Version(id)) {
            return Some(words.text("talk-version-there"));
        }
        if chips.len() >= Attachments::MOST {
            return Some(words.text("file-too-many-files"));
        }
        refused.then(|| words.text("talk-version-refused"))
    }
    /// A version goes with it.
    pub(crate) fn attach_version(mut self, n: usize) {
        let view = self.versions.peek().as_ref().and_then(|all| all.get(n).cloned());
        self.versions.set(None);
        let (Some(order), Some(view)) = (*self.order.peek(), view) else { return };
        let (file, name) = (SentFile::Version(view.design.id), view.design.name.to_string());
        self.shell.say(&self.shell.words().with("talk-file-added", &[("name", isolate(&name).into())]));
        self.put_chips(order, vec![Chip { file, name, size: u64::try_from(view.design.size).unwrap_or(0) }]);
        focus_drawn(TEXT);
    }
    /// The list is closed; `back` when the focus belongs on its button again.
    pub(crate) fn end_versions(mut self, back: bool) {
        self.versions.set(None);
        if back {
            crate::browser::focus(crate::components::talk::VERSIONS);
        }
    }

    // ---- what was sent

    /// What is wished of a file that was sent.
    pub(crate) fn wish(mut self, wish: FileWish) {
        match wish {
            FileWish::Look(message, place, name) => self.looked_at.set(Some(LookedAt { message, place, name })),
            FileWish::Save(message, place) => write_out(self.export, SaveFile { message, place }),
            FileWish::Cancel(command) => self.cancel(command),
        }
    }
    /// Takes a message with files back that has not left; what it says is in the box again.
    fn cancel(self, command: CommandId) {
        let Some(order) = *self.order.peek() else { return };
        task(async move {
            let words = self.shell.words();
            match ask(Undo { id: Some(command) }).await {
                Ok(undone) => {
                    let text = undone.args.get("text").and_then(|text| text.as_str()).unwrap_or_default();
                    self.give_back(order, text);
                    self.shell.say(&words.text("talk-file-cancelled"));
                }
                Err(_) => self.shell.say(&words.text("undo-too-late")),
            }
        });
    }
    /// The bytes of a file moved.
    pub(crate) fn hear_moved(mut self, message: MessageId, place: u32, transfer: Transfer) {
        let Some(mut talk) = self.talk.peek().as_ref().map(|talk| (**talk).clone()) else { return };
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let view = talk.messages.iter_mut().find(|view| view.message.id == message);
        let Some(file) = view.and_then(|view| view.files.get_mut(place)) else { return };
        file.transfer = Some(transfer);
        self.talk.set(Some(std::rc::Rc::new(talk)));
    }

    // ---- files from outside

    /// Whether files that come to the window belong to the conversation that is seen.
    pub(crate) fn takes_files(self) -> bool {
        let shell = self.shell;
        let is_open = matches!(*shell.session.peek(), Some(SessionState::Open { .. }));
        is_open && self.is_shown() && self.order.peek().is_some() && shell.may(message::Send::NAME)
    }
    /// Files are held above the window (without a handle), were taken away again (none), or were let fall.
    pub(crate) fn hear_dropped(mut self, handle: Option<u64>, files: u32) {
        let before = *self.held.peek();
        self.held.set(if handle.is_some() { 0 } else { files });
        match handle {
            Some(handle) => self.add(async move { ask(DropFiles { handle }).await }),
            None if files > 0 && before == 0 => self.shell.say(&self.shell.words().text("talk-drop-over")),
            None => {}
        }
    }
    /// A file was pasted: where it is typed, or where nothing is.
    pub(crate) fn hear_pasted(self, file: Pasted) {
        let name = pasted_name(&file.name, &file.media_type, self.shell.clock.now(), self.shell.zone());
        self.add(async move {
            match pasted_data(&file).await {
                Ok(data) => ask(PasteFile { name, data }).await.map(|picked| vec![picked]),
                Err(why) => Ok(vec![PickedFile { name, file: None, size: 0, media_type: None, refused: Some(why.to_owned()) }]),
            }
        });
    }
}

/// What the desk need not keep any longer. Should it not hear of it, it forgets them with the session.
pub(super) fn forget(files: Vec<u64>) {
    task(async move {
        let _ = ask(ForgetFiles { files }).await;
    });
}
