//! The versions of the order that is open: what is here of them, which one is looked at and beside which other, and what became of
//! files that were to be added. They are read anew when something about them changes.

use std::rc::Rc;

use bridge::{Attached, DesignView, Designs, DesignsReply, Transfer, VerdictState};
use dioxus::prelude::*;
use domain::{
    id::{DesignId, OrderId, RecordId},
    record::{Kind, RecordRef},
};

use super::{contents::Contents, pins::Place, zoom::Zoom};
use crate::{components::export::Export, gateway::ask, giving::Giving, pages::rows::Load, rounds::Rounds, shell::Shell};

/// How versions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Mode {
    /// One.
    #[default]
    Single,
    /// Two beside each other.
    Side,
    /// Two in one place, each on its side of an edge.
    Swipe,
    /// One above the other, more or less dense.
    Overlay,
}

impl Mode {
    /// All of them, in their order, with the keys of their names.
    pub(super) const ALL: [(Self, &'static str); 4] = [
        (Self::Single, "design-mode-single"),
        (Self::Side, "design-mode-side"),
        (Self::Swipe, "design-mode-swipe"),
        (Self::Overlay, "design-mode-overlay"),
    ];
}

/// The versions of the order that is open.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct DesignsState {
    pub(super) shell: Shell,
    pub(super) giving: Giving,
    pub(super) order: Signal<Option<OrderId>>,
    /// Whether they are here.
    pub(super) load: Signal<Load>,
    pub(super) reply: Signal<Option<Rc<DesignsReply>>>,
    chosen: Signal<Option<DesignId>>,
    second: Signal<Option<DesignId>>,
    /// How they are looked at.
    pub(super) mode: Signal<Mode>,
    /// How large the one is shown.
    pub(super) zoom: Signal<Zoom>,
    /// Where the slider of two pictures stands, in percent.
    pub(super) slide: Signal<u8>,
    /// Which place in a picture somebody is at, there or beside what is said of it.
    pub(super) place: Signal<Option<Place>>,
    /// Files that became no version, each with a number of its own.
    pub(super) not_taken: Signal<Vec<(u32, Attached)>>,
    /// Whether files are being looked at.
    pub(super) checking: Signal<bool>,
    /// How many files are held above the window.
    pub(crate) held: Signal<u32>,
    /// What this person has added last, until it is there: then it is looked at, and what they do next is done with it.
    pub(super) added: Signal<Option<DesignId>>,
    /// What became of a download.
    pub(super) export: Signal<Export>,
    /// What an archive holds.
    pub(super) contents: Signal<Option<Contents>>,
    pub(super) numbered: Signal<u32>,
    rounds: Rounds,
}

impl DesignsState {
    /// None is open.
    pub(crate) fn new(shell: Shell, giving: Giving) -> Self {
        Self {
            shell,
            giving,
            order: Signal::new(None),
            load: Signal::default(),
            reply: Signal::new(None),
            chosen: Signal::new(None),
            second: Signal::new(None),
            mode: Signal::default(),
            zoom: Signal::default(),
            slide: Signal::new(50),
            place: Signal::new(None),
            not_taken: Signal::default(),
            checking: Signal::new(false),
            held: Signal::new(0),
            added: Signal::new(None),
            export: Signal::default(),
            contents: Signal::new(None),
            numbered: Signal::new(0),
            rounds: Rounds::new(),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.begin(None);
        self.held.set(0);
    }
    fn begin(mut self, order: Option<OrderId>) {
        self.order.set(order);
        self.load.set(Load::Coming);
        self.reply.set(None);
        self.chosen.set(None);
        self.second.set(None);
        self.mode.set(Mode::Single);
        self.zoom.set(Zoom::Fit);
        self.slide.set(50);
        self.place.set(None);
        self.not_taken.set(Vec::new());
        self.checking.set(false);
        self.added.set(None);
        self.export.set(Export::None);
        self.contents.set(None);
    }
    /// Opens the versions of an order. Those that are open already are only read anew.
    pub(crate) fn open(self, order: OrderId) {
        if *self.order.peek() != Some(order) {
            self.begin(Some(order));
        }
        self.read();
    }

    // ---- reading

    /// Something changed at the desk.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let Some(order) = *self.order.peek() else { return };
        // Who uploads is a setting.
        let about = |r: &RecordRef| matches!(r.kind, Kind::Design | Kind::Setting) || r.id == RecordId::from(order);
        if records.is_empty() || records.iter().any(about) {
            self.read();
        }
    }
    /// The bytes of a version moved, or stopped moving.
    pub(crate) fn hear_transfer(mut self, design: DesignId, transfer: Option<Transfer>) {
        let now = self.reply.peek().clone();
        let Some(mut reply) = now.filter(|reply| reply.versions.iter().any(|view| view.design.id == design)) else { return };
        let ended = transfer.is_none();
        if let Some(view) = Rc::make_mut(&mut reply).versions.iter_mut().find(|view| view.design.id == design) {
            view.transfer = transfer;
        }
        // How it stands without them only the desk knows.
        if ended { self.read() } else { self.reply.set(Some(reply)) }
    }
    /// The files of a kept order are further: the tiles say which are here.
    pub(crate) fn hear_kept(self, order: OrderId) {
        if *self.order.peek() == Some(order) {
            self.read();
        }
    }
    /// Reads them. One question at a time; what changes meanwhile is asked for after it, once.
    pub(super) fn read(self) {
        self.rounds.run(async move || self.read_once().await);
    }
    async fn read_once(mut self) {
        let Some(order) = *self.order.peek() else { return };
        let answer = ask(Designs { order }).await;
        if *self.order.peek() != Some(order) {
            return self.rounds.again();
        }
        match answer {
            Ok(reply) => self.take(reply),
            Err(error) => self.load.set(Load::Failed(error)),
        }
    }
    fn take(mut self, mut reply: DesignsReply) {
        settle(&mut reply.versions);
        let has = |id: DesignId| reply.versions.iter().any(|view| view.design.id == id);
        // What is looked at stays: nothing moves under the eyes because a colleague uploaded something.
        if !self.chosen.peek().is_some_and(has) {
            self.chosen.set(first_seen(&reply.versions));
        }
        let added = *self.added.peek();
        let there = |view: &&DesignView| Some(view.design.id) == added && view.transfer.is_none();
        if let Some(view) = reply.versions.iter().find(there) {
            self.choose(view.design.id);
        }
        if !self.second.peek().is_some_and(has) {
            self.second.set(None);
        }
        self.reply.set(Some(Rc::new(reply)));
        self.load.set(Load::Here);
    }

    // ---- which one is looked at

    /// The versions that are here of an order.
    pub(super) fn of(self, order: OrderId) -> Option<Rc<DesignsReply>> {
        if *self.order.read() == Some(order) { self.reply.read().clone() } else { None }
    }
    /// The one that is looked at.
    pub(super) fn open_one(self) -> Option<DesignView> {
        let reply = self.reply.read();
        let chosen = (*self.chosen.read())?;
        reply.as_ref()?.versions.iter().find(|view| view.design.id == chosen).cloned()
    }
    /// The one that it is compared with: the one that was chosen for it, else the one before it, else the one after.
    pub(super) fn other_one(self) -> Option<DesignView> {
        let (reply, open) = (self.reply.read().clone()?, self.open_one()?);
        let second = *self.second.read();
        let is_meant = |view: &&DesignView| Some(view.design.id) == second && view.design.id != open.design.id;
        let earlier = |view: &&DesignView| view.design.version < open.design.version;
        let later = |view: &&DesignView| view.design.version > open.design.version;
        // Nothing is compared with a file that was taken away.
        let all: Vec<&DesignView> = reply.versions.iter().filter(|view| view.design.purged.is_none()).collect();
        if open.design.purged.is_some() {
            return None;
        }
        let found = |is: &dyn Fn(&&DesignView) -> bool| all.iter().copied().find(is);
        found(&is_meant).or_else(|| found(&earlier)).or_else(|| all.iter().rev().copied().find(later)).cloned()
    }
    /// Looks at another one.
    pub(super) fn choose(mut self, id: DesignId) {
        self.added.set(None);
        if *self.chosen.peek() != Some(id) {
            self.chosen.set(Some(id));
            self.zoom.set(Zoom::Fit);
        }
    }
    /// Compares with another one.
    pub(super) fn compare_with(mut self, id: DesignId) {
        self.second.set(Some(id));
    }
    /// Whether another one than this counts, for good.
    pub(super) fn another_counts(self, view: &DesignView) -> bool {
        let reply = self.reply.read();
        !view.current && reply.as_ref().is_some_and(|reply| reply.versions.iter().any(|other| other.current && other.transfer.is_none()))
    }
    /// The one that can be shown to the client: the one that is looked at, else the newest for which the rulebook has nothing against
    /// it; where there is none, the one that is looked at, which says why not.
    pub(super) fn to_submit(self) -> Option<DesignView> {
        let free = |view: &&DesignView| verdict(view, super::acts::SUBMIT).is_some_and(|it| !matches!(it, VerdictState::Refused { .. }));
        let open = self.open_one();
        let reply = self.reply.read().clone()?;
        open.as_ref().filter(free).or_else(|| reply.versions.iter().find(free)).cloned().or(open)
    }
    /// The upload that an act means: the one that is looked at, else the newest that is on its way.
    pub(super) fn on_its_way(self) -> Option<DesignView> {
        let is_moving = |view: &&DesignView| view.transfer.is_some();
        let open = self.open_one();
        let reply = self.reply.read().clone()?;
        open.as_ref().filter(is_moving).or_else(|| reply.versions.iter().find(is_moving)).cloned()
    }
}

/// What the rulebook says of a command about a version.
pub(super) fn verdict(view: &DesignView, act: &str) -> Option<VerdictState> {
    view.verdicts.iter().find(|verdict| verdict.act == act).map(|verdict| verdict.verdict.clone())
}

/// A version that is still on its way has not taken the place of another yet: that one stands as the newest that is there leaves it.
fn settle(versions: &mut [DesignView]) {
    if versions.iter().any(|view| view.current && view.transfer.is_some()) {
        let newest = versions.iter().filter(|view| view.transfer.is_none()).map(|view| view.design.version).max();
        for view in versions.iter_mut() {
            view.superseded = view.design.is_superseded(newest);
        }
    }
}

/// Which one is opened first: the newest that its client approved; else the one that counts; else the newest. One that is still on its
/// way, or whose file was taken away, does not come before one that is there.
fn first_seen(versions: &[DesignView]) -> Option<DesignId> {
    let there = |view: &&DesignView| view.transfer.is_none() && view.design.purged.is_none();
    let approved = |view: &&DesignView| view.design.status == domain::records::DesignStatus::Approved && there(view);
    let current = |view: &&DesignView| view.current && there(view);
    let newest = versions.iter().find(there).or_else(|| versions.first());
    versions.iter().find(approved).or_else(|| versions.iter().find(current)).or(newest).map(|view| view.design.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::TransferState;
    use serde_json::json;

    fn view(version: i64, status: &str, current: bool, moving: bool) -> DesignView {
        let id = format!("019abf6b-9d3c-7000-8000-{version:012}");
        let design = json!({
            "id": id, "order_id": id, "order_number": "ORD-202611-0042", "version": version, "sha256": "0".repeat(64), "size": 10,
            "media_type": "image/png", "name": "logo.png", "by": { "id": id, "name": "Sari" }, "status": status,
            "created_at": "2026-11-24T01:54:00Z", "updated_at": "2026-11-24T01:54:00Z",
        });
        let transfer = Transfer { state: TransferState::Sending, sent: 1, size: 10, left: None, refused: None };
        DesignView {
            design: serde_json::from_value(design).unwrap(),
            ours: moving,
            mark: None,
            command: None,
            current,
            superseded: false,
            verdicts: Vec::new(),
            transfer: moving.then_some(transfer),
            here: true,
            kept: false,
        }
    }
    fn first(versions: &[DesignView]) -> Option<i64> {
        let id = first_seen(versions)?;
        versions.iter().find(|view| view.design.id == id).map(|view| view.design.version)
    }

    #[test]
    fn what_is_on_its_way_takes_no_place_yet() {
        let mut all = [view(3, "uploaded", true, true), view(2, "revision_requested", false, false), view(1, "submitted", false, false)];
        all.iter_mut().for_each(|view| view.superseded = true);
        settle(&mut all);
        assert_eq!(all.map(|view| view.superseded), [false, false, true]);
    }

    #[test]
    fn the_approved_one_comes_first_then_the_one_that_counts_then_the_newest() {
        let all = [view(3, "uploaded", true, false), view(2, "approved", false, false), view(1, "approved", false, false)];
        assert_eq!(first(&all), Some(2), "the newest of those that were approved");
        let all = [view(3, "uploaded", false, false), view(2, "revision_requested", true, false), view(1, "submitted", false, false)];
        assert_eq!(first(&all), Some(2));
        let all = [view(3, "uploaded", true, true), view(2, "revision_requested", false, false)];
        assert_eq!(first(&all), Some(2), "what is on its way counts once it is there");
        let purged = serde_json::from_value(
            json!({ "by": { "id": all[0].design.id, "name": "Sari" }, "at": "2026-11-24T01:54:00Z", "reason": "x" }),
        );
        let mut all = [view(2, "uploaded", false, false), view(1, "approved", true, false)];
        all[1].design.purged = purged.unwrap();
        assert_eq!(first(&all), Some(2), "what has no file is not looked at before what has one");
        assert_eq!(first(&all[1..]), Some(1));
        assert_eq!(first(&[view(1, "uploaded", true, true)]), Some(1));
        assert_eq!(first(&[]), None);
    }
}
