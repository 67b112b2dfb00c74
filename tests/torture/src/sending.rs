//! Steps that have to do with files: attaching, calling off, lying, days that go by.

use domain::{
    command::Act as _,
    commands::design,
    id::{CommandId, DesignId},
    record::Kind,
    text::Label,
    time::DAY,
};
use mirror::{Given, Submission, TakenBack};
use serde_json::json;
use server::{accounts::Open, jobs};
use std::sync::Arc;

use crate::{
    courier::{COURIERS, Courier},
    desk::Mode,
    dice::Dice,
    goods::{Tied, goods},
    seedling::seedling,
    wire::Way,
    world::{Done, World},
};

impl World {
    /// A person attaches a file to an order.
    pub(crate) fn attach(&mut self, n: usize, which: usize, held: bool, dice: &mut Dice) {
        let desk = &self.desks[n];
        if desk.mode != Mode::Up || desk.locked {
            return;
        }
        let now = desk.now();
        let view = futures_util::FutureExt::now_or_never(Self::view(&self.present)).unwrap_or_default();
        let Some(order) = view.records.get(&Kind::Order).and_then(|all| dice.pick(all)) else { return };
        let (act, id) = (CommandId::from_uuid(dice.uuid(now.ms())), DesignId::from_uuid(dice.uuid(now.ms())));
        let file = goods()[which].attachment();
        let args = json!({ "id": id, "order_id": order, "sha256": file.sha256, "size": file.bytes.len(), "media_type": file.media_type,
            "name": file.name });
        let held_until = held.then(|| sync::Clock::mono(&*desk.clock) + 8_000);
        let given = Given { id: act, name: design::Upload::NAME.to_owned(), args, seen: Vec::new(), seen_at: now, held_until };
        let tied = Tied { desk: n, act, design: id, order: order.into(), sha256: file.sha256 };
        // Whoever attaches it again once it is not waited for any more sends it from its beginning.
        self.ways.passages.remove(&(n, file.sha256));
        self.at_desk(n, async move |cabinet, engine| match cabinet.attach(given, vec![file], now).await {
            Ok(Submission::Taken(_)) => {
                engine.given();
                Some(Done::Attached(tied))
            }
            _ => Some(Done::NotTaken(vec![act])),
        });
    }
    /// A person keeps the files of an order, or lets go of them.
    pub(crate) fn keep(&mut self, n: usize, keep: bool, dice: &mut Dice) {
        let now = self.desks[n].now();
        let view = futures_util::FutureExt::now_or_never(Self::view(&self.present)).unwrap_or_default();
        let Some(order) = view.records.get(&Kind::Order).and_then(|all| dice.pick(all)) else { return };
        self.at_desk(n, async move |cabinet, engine| {
            if cabinet.keep_order(order.into(), keep, 0, now).await.is_ok() {
                engine.kept();
            }
            None
        });
    }
    /// A person calls off the sending of a file, as the desk does it.
    pub(crate) fn call_off(&mut self, n: usize, mut dice: Dice) {
        let now = self.desks[n].now();
        self.desks[n].deciding = self.desks[n].cabinet().is_some();
        let way = Arc::new(Way { net: Arc::clone(&self.net), desk: n });
        self.at_desk(n, async move |cabinet, engine| {
            let staged = cabinet.staged(now).await.ok()?;
            let pairs: Vec<_> = staged.iter().flat_map(|(it, acts)| acts.iter().map(move |act| (it, act.id))).collect();
            let Some((it, id)) = dice.pick(&pairs) else { return Some(Done::Decided { desk: n, sure: true }) };
            match cabinet.call_off(id, now).await {
                Ok(TakenBack::Done(..)) => {}
                other => return Some(Done::Decided { desk: n, sure: other.is_ok() }),
            }
            engine.given();
            Some(Done::CalledOff {
                desk: n,
                id,
                upload: it.upload.clone().filter(|_| !it.done && pairs.iter().filter(|(other, _)| other.sha256 == it.sha256).count() == 1),
                asking: engine.asking(way),
            })
        });
    }
    /// Somebody of the staff uploads by hand.
    pub(crate) fn send_courier(&mut self, dice: Dice) {
        let id = seedling().staff[1].id;
        let label = |text| Label::new(text).unwrap();
        let opened = self.house.run(|app| async move {
            let open = Open::on_device(id, None, (label("Curl"), label("linux")), &app.seal);
            app.writer.write(open).await.ok().and_then(Result::ok)
        });
        let Some(opened) = opened else { return };
        self.ways.errands += 1;
        let (from, net, done) = (COURIERS + self.ways.errands, Arc::clone(&self.net), Arc::clone(&self.done));
        tokio::spawn(async move {
            let Ok(Some(opened)) = opened.await else { return };
            let courier = Courier { from, net, access: opened.access.expose(), dice };
            if let Some(wrong) = courier.run().await {
                done.lock().unwrap().push(Done::Wrong(from, wrong));
            }
        });
    }
    pub(crate) fn days_go_by(&mut self, days: i64) {
        self.ways.days = true;
        self.house.clock.set_by(days * DAY);
        self.desks.iter().for_each(|desk| desk.clock.set_by(days * DAY));
    }
    pub(crate) fn sweep(&mut self) {
        self.house.run(|app| async move { drop(jobs::sweep(&app).await) });
    }
}
