//! What the acts of Klien do, and which it offers at this moment.

use bridge::ClientExport;
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{client, note},
    decision::Code,
    phone::Phone,
    records::Client,
};

use super::state::{ClientsState, reference};
use crate::{
    acting::Offer,
    actions::Act,
    components::export::write_out,
    pages::rows::{Contact, Load, Pane, channel_of, copy_number, reaches},
    shell::{Layer, focus_drawn},
};

impl ClientsState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(self, act: Act) -> bool {
        if self.run_in_list(act) {
            return true;
        }
        match act {
            Act::Back => self.back(|| false),
            Act::Print => self.shell.open(Layer::Print),
            Act::EditClient => self.ask_about(client::Edit::NAME, Layer::EditClient),
            Act::MergeClient => self.ask_to_merge(),
            Act::Note => self.write_note(),
            Act::Whatsapp | Act::Mail => self.write_to(act),
            Act::Copy => self.copy(),
            Act::ExportClient | Act::EraseClient => self.look_after(act),
            _ => return false,
        }
        true
    }
    /// Asks with whom the client is one.
    fn ask_to_merge(self) {
        let Some(it) = self.client() else { return };
        match self.why_not_merged(&it) {
            Some(why) => self.shell.tell(&why),
            None => self.shell.open(Layer::MergeClient(reference(it.id))),
        }
    }
    /// Why the client cannot be merged with anybody: what stands between two is said where both are looked at.
    fn why_not_merged(self, it: &Client) -> Option<String> {
        it.erased_at.map(|_| self.shell.words().text(&Code::Erased.word()))
    }
    /// Into the box for a note.
    fn write_note(mut self) {
        if self.client().is_some() {
            self.pane.set(Pane::Detail);
            focus_drawn("note-text");
        }
    }
    /// Begins to write to the client outside of Meja, where they can be reached so.
    fn write_to(self, act: Act) {
        if let (Some(channel), Some(it)) = (channel_of(act), self.client().filter(|it| reaches(act, Some(it)))) {
            Contact { client: it.id, name: it.name.to_string(), about: None }.begin(self.shell, channel);
        }
    }
    /// Has the client's data written out, or asks before they are erased. Both are the server's to do.
    fn look_after(self, act: Act) {
        let Some(it) = self.client() else { return };
        match self.why_not_kept(&it, act) {
            Some(why) => self.shell.tell(&why),
            None if act == Act::ExportClient => write_out(self.export, ClientExport { client: it.id }),
            None => self.shell.open(Layer::EraseClient(reference(it.id))),
        }
    }
    /// Why a client's data cannot be written out, or erased, now.
    pub(super) fn why_not_kept(self, it: &Client, act: Act) -> Option<String> {
        let words = self.shell.words();
        match act {
            Act::EraseClient if it.erased_at.is_some() => Some(words.text(&Code::Erased.word())),
            _ => self.shell.is_offline().then(|| words.text("client-needs-line")),
        }
    }
    /// Copies the telephone number.
    pub(super) fn copy(self) {
        if let Some(phone) = self.client().and_then(|it| it.phone) {
            copy_number(self.shell, Phone::spoken(&phone));
        }
    }
    /// How an act stands now; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        let about = || Offer { about_record: true, ..Offer::plain(act) };
        let it = self.client();
        match act {
            Act::LetIn => (self.list.read().newer > 0).then(|| Offer::plain(act)),
            Act::Search | Act::Print => (self.list.read().load == Load::Here).then(|| Offer::plain(act)),
            Act::Whatsapp | Act::Mail => reaches(act, it.as_ref()).then(about),
            Act::Copy => it.and_then(|it| it.phone).map(|_| about()),
            Act::ExportClient | Act::EraseClient => it.map(|it| Offer { why_not: self.why_not_kept(&it, act), ..about() }),
            Act::EditClient => it.map(|_| Offer { why_not: self.why_not(client::Edit::NAME), ..about() }),
            Act::MergeClient => it.map(|it| Offer { why_not: self.why_not_merged(&it), ..about() }),
            Act::Note => it.map(|_| Offer { why_not: self.why_not(note::Add::NAME), ..about() }),
            _ => None,
        }
    }
}
