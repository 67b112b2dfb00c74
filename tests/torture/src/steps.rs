//! The steps of a history: what people and misfortune do.

use domain::{
    command::{Command, REGISTRY, Spec},
    commands::{account, item},
    id::{CommandId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, UserStatus},
    role::{Actor, Role},
    text::Label,
    time::Zone,
};
use mirror::{Cabinet, Given, Settled, Submission, TakenBack};
use server::{
    accounts::{AccountChange, ChangeAccount, EndDevice, Open},
    shell::Clock as _,
    writer::{GiveCommands, Item},
};
use std::sync::Arc;
use store::memory::{Fault, FaultKind};

use crate::{
    args,
    desk::Mode,
    dice::Dice,
    net::Weather,
    plan::{Step, What},
    world::{Done, Ev, World},
};

/// How many acts a person tries until one is taken.
const TRIES: usize = 3;

/// An act that somebody might do.
fn given(actor: &Actor, view: &args::View, dice: &mut Dice) -> Option<(Given, Option<RecordRef>)> {
    let any = dice.one_in(12);
    let may: Vec<&Spec> = REGISTRY.iter().filter(|spec| !spec.roles.is_empty() && (any || spec.allows(actor))).collect();
    let spec = dice.pick(&may)?;
    let args = args::make(spec, view, dice);
    let id = CommandId::from_uuid(dice.uuid(view.now.ms()));
    let subject = Command::parse(spec.name, &args).ok().and_then(|command| command.subject());
    let makes = subject.filter(|record| !view.records.get(&record.kind).is_some_and(|all| all.contains(&record.id)));
    let seen = subject.filter(|_| makes.is_none() && !dice.one_in(4)).into_iter().collect();
    Some((Given { id, name: spec.name.to_owned(), args, seen, seen_at: view.now, held_until: None }, makes))
}

impl World {
    pub(crate) fn step(&mut self, step: Step) {
        let mut dice = Dice::new(step.dice);
        match step.what {
            What::Act { desk, held } => self.act(desk, held, &mut dice),
            What::System => self.system(&mut dice),
            What::Client { client } => self.client_wants(client, &mut dice),
            What::ClientLogin { client } => self.client_logs_in(client),
            What::TakeBack { desk } => self.take_back(desk),
            What::Settle { desk } => self.decide(desk, dice),
            What::SyncNow { desk } => self.with_engine(desk, |engine| engine.sync_now()),
            What::Pause { desk, paused } => self.with_engine(desk, |engine| engine.pause(paused)),
            What::Weather { desk, weather } => self.weather[desk] = weather,
            What::ClientWeather { weather } => self.client_weather = weather,
            What::Break => self.break_connections(None),
            What::Crash { instance: None, back } => self.house_dies(back),
            What::Crash { instance: Some(instance), back } => self.instance_dies(instance, back),
            What::Database { at, nth, kind } => {
                self.may_fail |= kind == FaultKind::Constraint;
                self.house.memory.fail(Fault { at, nth, kind });
            }
            What::DeskDies { desk, nth } => self.desks[desk].doom(|doom| (doom.dies, doom.power) = (nth, None)),
            What::PowerCut { desk, nth } => self.desks[desk].doom(|doom| (doom.dies, doom.power) = (nth, Some(dice.next()))),
            What::DeskDisk { desk, nth, many } => self.desks[desk].doom(|doom| (doom.fails, doom.many) = (nth, many)),
            What::Restart { desk } => self.close(desk, Mode::Closing),
            What::Lock { desk, locked } => self.lock(desk, locked),
            What::DeskClock { desk, by } => self.desks[desk].clock.set_by(by),
            What::HouseClock { by } => self.house.clock.set_by(by),
            What::Backup => self.backups.push(self.house.memory.save()),
            What::Restore => self.restore(&mut dice),
            What::EndDevice { desk } => self.end_device(desk),
            What::EndSessions { desk } => self.account(desk, None, AccountChange::End, &mut dice),
            What::Roles { desk } => self.other_roles(desk, &mut dice),
            What::Status { desk } => self.other_status(desk, &mut dice),
            What::Assign { desk } => self.assign(desk, &mut dice),
            What::Attach { desk, good, held } => self.attach(desk, good, held, &mut dice),
            What::CallOff { desk } => self.call_off(desk, dice),
            What::Keep { desk, keep } => self.keep(desk, keep, &mut dice),
            What::Courier => self.send_courier(dice),
            What::DiskFull { nth, many } => self.house.disk.fill(nth, many),
            What::DiskDies { nth } => self.house.disk.end_at(nth),
            What::Days { days } => self.days_go_by(days),
            What::Sweep => self.sweep(),
        }
    }
    fn with_engine(&self, desk: usize, what: impl FnOnce(&sync::Handle)) {
        if let Some(running) = &self.desks[desk].running {
            what(&running.handle);
        }
    }
    /// Somebody does something at a desk that needs both its files.
    pub(crate) fn at_desk<F>(&mut self, desk: usize, work: impl FnOnce(Cabinet, sync::Handle) -> F)
    where
        F: Future<Output = Option<Done>> + Send + 'static,
    {
        let Some(cabinet) = self.desks[desk].cabinet() else { return };
        self.with_files(desk, |_, engine| work(cabinet, engine));
    }
    /// Somebody does something at a desk with whatever files are open.
    pub(crate) fn with_files<F>(&mut self, desk: usize, work: impl FnOnce(sync::Files, sync::Handle) -> F)
    where
        F: Future<Output = Option<Done>> + Send + 'static,
    {
        let Some(running) = &self.desks[desk].running else { return };
        let (work, done) = (work(running.files.clone(), running.handle.clone()), Arc::clone(&self.done));
        let task = tokio::spawn(async move {
            if let Some(it) = work.await {
                done.lock().unwrap().push(it);
            }
        });
        let doing = &mut self.desks[desk].doing;
        doing.retain(|it| !it.is_finished());
        doing.push(task.abort_handle());
    }
    fn act(&mut self, n: usize, held: bool, dice: &mut Dice) {
        let desk = &self.desks[n];
        if desk.mode != Mode::Up || desk.locked {
            return;
        }
        let (actor, now) = (desk.actor(), desk.now());
        let mut view = futures_util::FutureExt::now_or_never(Self::view(&self.present)).unwrap_or_default();
        (view.now, view.me) = (now, Some(actor.id()));
        for (kind, id) in &desk.made {
            view.records.entry(*kind).or_default().extend([*id; 3]);
        }
        let hold = held.then(|| sync::Clock::mono(&*desk.clock) + 8_000);
        let all: Vec<_> = (0..TRIES)
            .filter_map(|_| given(&actor, &view, dice).map(|(given, makes)| (Given { held_until: hold, ..given }, makes)))
            .collect();
        for (given, _) in &all {
            self.trace.line(self.time.now(), &format!("desk {n}: {} {}", given.name, given.args));
            self.foresee(given);
        }
        self.at_desk(n, async move |cabinet, engine| {
            let mut refused = Vec::new();
            for (given, makes) in all {
                let id = given.id;
                if let Ok(Submission::Taken(_)) = cabinet.submit(given, now).await {
                    engine.given();
                    return Some(Done::Took { desk: n, id, makes, refused });
                }
                refused.push(id);
            }
            Some(Done::NotTaken(refused))
        });
    }
    fn take_back(&mut self, n: usize) {
        let now = self.desks[n].now();
        self.desks[n].deciding = self.desks[n].cabinet().is_some();
        self.at_desk(n, async move |cabinet, engine| match cabinet.take_back(None, now).await {
            Ok(TakenBack::Done(entry, _)) => {
                engine.given();
                Some(Done::Withdrew { desk: n, ids: vec![entry.id], instead: Vec::new() })
            }
            other => Some(Done::Decided { desk: n, sure: other.is_ok() }),
        });
    }
    /// A person decides about something that was refused.
    fn decide(&mut self, n: usize, mut dice: Dice) {
        let now = self.desks[n].now();
        let mut acts: Vec<CommandId> = self.desks[n].acts.iter().filter(|act| !act.withdrawn).map(|act| act.id).collect();
        let place = dice.place(acts.len());
        acts.rotate_left(place);
        self.desks[n].deciding = self.desks[n].cabinet().is_some();
        self.at_desk(n, async move |cabinet, engine| {
            for id in acts {
                let Ok(Some(pending)) = cabinet.command(id, now).await else { continue };
                if !pending.entry.state.needs_decision() {
                    continue;
                }
                if dice.one_in(2) {
                    let how = if dice.one_in(2) { Settled::Handled } else { Settled::Discarded };
                    return Some(match cabinet.settle(id, how, now).await {
                        Ok(true) => Done::Withdrew { desk: n, ids: vec![id], instead: Vec::new() },
                        other => Done::Decided { desk: n, sure: other.is_ok() },
                    });
                }
                let mut instead = Vec::new();
                let mut ids = || {
                    let id = CommandId::from_uuid(dice.uuid(now.ms()));
                    instead.push(id);
                    id
                };
                let sent = cabinet.send_again(id, pending.entry.args, &mut ids, now).await;
                let Ok(mirror::SentAgain::Done(applied)) = sent else {
                    return Some(Done::Decided { desk: n, sure: sent.is_ok() });
                };
                engine.given();
                // What waited for it is given again with it.
                let ids = applied.commands.into_iter().filter(|id| !instead.contains(id)).collect();
                return Some(Done::Withdrew { desk: n, ids, instead });
            }
            Some(Done::Decided { desk: n, sure: true })
        });
    }
    /// Ends a desk's program in good order.
    pub(crate) fn close(&mut self, n: usize, mode: Mode) {
        let desk = &mut self.desks[n];
        if desk.mode != Mode::Up {
            return;
        }
        desk.mode = mode;
        let Some(running) = desk.running.take() else { return };
        desk.offset_ms = running.handle.line().borrow().offset_ms;
        desk.doing.drain(..).for_each(|doing| doing.abort());
        let done = Arc::clone(&self.done);
        let task = tokio::spawn(async move {
            running.end().await;
            done.lock().unwrap().push(Done::Closed(n));
        });
        desk.doing.push(task.abort_handle());
    }
    /// Locks a desk, or unlocks it: one engine ends, and when the files are opened again the other one starts.
    pub(crate) fn lock(&mut self, n: usize, locked: bool) {
        let desk = &mut self.desks[n];
        if !matches!(desk.mode, Mode::Out | Mode::Opening) && std::mem::replace(&mut desk.locked, locked) != locked {
            self.close(n, Mode::Closing);
        }
    }
    fn restore(&mut self, dice: &mut Dice) {
        let Some(saved) = self.backups.last().cloned() else { return };
        self.house_dies(dice.between(500, 8_000));
        self.restored += 1;
        self.house.memory.restore(&saved, dice.uuid(self.house.clock.now().ms()));
        self.present = self.house.memory.save();
        // What was told of uploads was told of another history.
        self.ways.passages.values_mut().for_each(|passage| (passage.told, passage.taken) = (0, 0));
        self.ways.arrived.clear();
        self.past.note(self.present.clone());
        self.just_restored = true;
        // A second copy of a request goes down with the connection it is on. One that outlived the database would be done again by
        // a server that cannot know better, whatever the desk does.
        self.queue.retain(|_, ev| !matches!(ev, Ev::Arrive(_, 1..)));
        // A backup may not know of the newest pairs of tokens.
        self.desks.iter_mut().for_each(|desk| desk.may_end = true);
    }

    /// An act that ends somebody's devices was given; when it counts is for the line to say.
    fn foresee(&mut self, given: &Given) {
        if let Ok(Command::AccountResetFactor(reset)) = Command::parse(&given.name, &given.args) {
            self.desks.iter_mut().filter(|desk| desk.person.id == reset.id).for_each(|desk| desk.ends_sometime = true);
        }
    }
    /// The command line does something.
    fn system(&mut self, dice: &mut Dice) {
        let mut view = futures_util::FutureExt::now_or_never(Self::view(&self.present)).unwrap_or_default();
        view.now = self.house.clock.now();
        let specs: Vec<&Spec> = REGISTRY.iter().filter(|spec| spec.roles.is_empty()).collect();
        let Some(spec) = dice.pick(&specs) else { return };
        let args = args::make(spec, &view, dice);
        if let Ok(command) = Command::parse(spec.name, &args) {
            self.trace.line(self.time.now(), &format!("system: {} {args}", spec.name));
            let user = command.subject().filter(|record| record.kind == Kind::User).map(|record| record.id.into());
            let change = ChangeAccount::new(CommandId::from_uuid(dice.uuid(view.now.ms())), command, user, AccountChange::Record);
            self.house.run(|app| async move { drop(app.writer.write(change).await) });
        }
    }
    fn account(&mut self, desk: usize, command: Option<Command>, change: AccountChange, dice: &mut Dice) {
        let user = self.desks[desk].person.id;
        let closes = matches!(&command, Some(Command::UserSetStatus(set)) if set.status == UserStatus::Disabled);
        if closes || matches!(change, AccountChange::End) {
            self.desks.iter_mut().filter(|desk| desk.person.id == user).for_each(|desk| desk.may_end = true);
        }
        let at = self.house.clock.now().ms();
        let command = command.unwrap_or_else(|| account::EditUser { id: user, name: None, roles: None }.into());
        let change = ChangeAccount::new(CommandId::from_uuid(dice.uuid(at)), command, user, change);
        self.house.run(|app| async move { drop(app.writer.write(change).await) });
    }
    fn end_device(&mut self, n: usize) {
        let desk = &mut self.desks[n];
        let Some(device) = desk.device else { return };
        desk.may_end = true;
        let end = EndDevice::new(desk.person.id, device);
        self.house.run(|app| async move { drop(app.writer.write(end).await) });
    }
    fn other_roles(&mut self, n: usize, dice: &mut Dice) {
        let all = [vec![Role::Admin], vec![Role::Cs], vec![Role::Expert], vec![Role::Cs, Role::Expert], vec![Role::Admin, Role::Cs]];
        let edit = account::EditUser { id: self.desks[n].person.id, name: None, roles: dice.pick(&all) };
        self.account(n, Some(edit.into()), AccountChange::Record, dice);
    }
    fn other_status(&mut self, n: usize, dice: &mut Dice) {
        let status = if dice.one_in(2) { UserStatus::Disabled } else { UserStatus::Active };
        self.set_status(n, status, dice);
    }
    pub(crate) fn set_status(&mut self, n: usize, status: UserStatus, dice: &mut Dice) {
        let set = account::SetStatus { id: self.desks[n].person.id, status };
        self.account(n, Some(set.into()), AccountChange::Record, dice);
    }
    fn assign(&mut self, n: usize, dice: &mut Dice) {
        let person = self.desks[n].person.id;
        let records = futures_util::FutureExt::now_or_never(Self::records(&self.present)).unwrap_or_default();
        let requests = records.iter().filter_map(|(_, record)| if let AnyRecord::Consultation(it) = &**record { Some(it) } else { None });
        let is_theirs = |it: &Consultation| it.assignee.as_ref().is_some_and(|to| to.id == person);
        let (theirs, others): (Vec<_>, Vec<_>) = requests.map(|it| (is_theirs(it), it.id)).partition(|(theirs, _)| *theirs);
        // What somebody has can be taken from them: a desk loses a record then.
        let takes = !theirs.is_empty() && (others.is_empty() || dice.one_in(2));
        let Some((_, id)) = dice.pick(if takes { &theirs } else { &others }) else { return };
        let (id, to) = (RecordId::from(id), (!takes).then_some(person));
        let command = item::Assign { record: RecordRef { kind: Kind::Consultation, id }, to };
        let item = Item::of(CommandId::from_uuid(dice.uuid(self.house.clock.now().ms())), command);
        let give = GiveCommands::new(Actor::system(), vec![item]);
        self.house.run(|app| async move { drop(app.writer.write(give).await) });
    }

    /// Somebody logs in at a desk; if the server does not answer, they try again.
    pub(crate) fn login(&mut self, n: usize) {
        if self.desks[n].mode != Mode::Out {
            return;
        }
        self.after(4_000, Ev::Login(n));
        if self.weather[n] == Weather::Offline {
            return;
        }
        let user = self.desks[n].person.id;
        let label = |text| Label::new(text).unwrap();
        let done = Arc::clone(&self.done);
        self.house.run(|app| async move {
            let open = Open::on_device(user, None, (label("Laptop"), label("linux")), &app.seal);
            let opened = app.writer.write(open).await.ok().and_then(Result::ok);
            done.lock().unwrap().push(Done::LoggedIn(n, opened));
        });
    }
    pub(crate) fn client_logs_in(&mut self, n: usize) {
        let (user, done) = (self.clients[n].user, Arc::clone(&self.done));
        let begun = self.house.run(|app| async move {
            let open = Open::for_client(user, None, &app.seal);
            let opened = app.writer.write(open).await.ok().and_then(Result::ok);
            done.lock().unwrap().push(Done::ClientLoggedIn(n, opened));
        });
        if begun.is_none() || self.clients[n].access.is_none() {
            // Whoever is not let in tries again.
            self.after(5_000, Ev::ClientLogin(n));
        }
    }
    fn client_wants(&mut self, n: usize, dice: &mut Dice) {
        if self.clients[n].wish.is_some() {
            return;
        }
        let day = self.house.clock.now().plus(domain::time::DAY).day(Zone::Wib).to_string();
        let view = futures_util::FutureExt::now_or_never(Self::view(&self.present)).unwrap_or_default();
        let told = view.records.get(&Kind::Notification).into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>();
        self.clients[n].wants(dice, day, &told);
        self.client_tries(n);
    }
    pub(crate) fn client_tries(&mut self, n: usize) {
        let net = Arc::clone(&self.net);
        match self.clients[n].ask(&net, self.restored) {
            Some(said) => {
                let done = Arc::clone(&self.done);
                tokio::spawn(async move {
                    let said = said.await;
                    done.lock().unwrap().push(Done::Answered(n, said));
                });
            }
            None => self.clients[n].wish = None,
        }
    }
}
