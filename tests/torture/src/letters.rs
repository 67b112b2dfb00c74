//! Carrying letters: requests to the server, pieces of answers back.

use std::sync::Arc;
use sync::Fault;

use crate::{
    feedlaw::Reading,
    net::{CLIENTS, Fate, Loss, Part, Weather},
    plan::DESKS,
    wire::{Head, Op},
    world::{Ev, World},
};

/// How long a small exchange may take, in milliseconds, as over HTTP.
const EXCHANGE: i64 = 30_000;
/// How long there may be silence in an answer.
const SILENCE: i64 = 45_000;

/// How late a page of the walk may be in a world of slow walks, in milliseconds: much happens meanwhile that overtakes it. So late is the
/// feed in a world of slow feeds: what was answered long before has not come yet.
const SLOW: i64 = 20_000;

/// How many bytes of a file go in a millisecond at the slowest.
const A_MILLISECOND: i64 = 40;

const fn patience(op: Op) -> i64 {
    match op {
        Op::Work | Op::Up | Op::Down | Op::Live | Op::Events | Op::Bytes | Op::File => SILENCE,
        _ => EXCHANGE,
    }
}

impl World {
    /// Takes up what was sent since. Whether there was anything.
    pub(crate) async fn carry_letters(&mut self) -> bool {
        let (mut fresh, mut answered) = {
            let mut letters = self.net.letters();
            (std::mem::take(&mut letters.fresh), std::mem::take(&mut letters.answered))
        };
        // In which order those came who came at once is chance: the runtime wakes some of them as it likes.
        fresh.sort_unstable();
        answered.sort_by_key(|(exchange, copy, _)| (*exchange, *copy));
        let any = !fresh.is_empty() || !answered.is_empty();
        for exchange in fresh {
            self.send(exchange);
        }
        for (exchange, copy, part) in answered {
            self.check(exchange, copy, &part).await;
            if copy == 0 {
                self.send_back(exchange, part);
            }
        }
        self.let_go();
        any
    }
    fn send(&mut self, n: usize) {
        let (from, op, len, asked) = {
            let letters = self.net.letters();
            let it = &letters.exchanges[&n];
            (it.from, it.request.op, it.request.body.len(), format!("{n} leaves: {}", it.request))
        };
        self.trace.line(self.time.now(), &asked);
        if op.is_upload() && from < DESKS {
            self.upload_leaves(n);
        }
        let count = self.sent.entry(from).or_default();
        *count += 1;
        let mut dice = self.dice.fork(u64::try_from(from).unwrap_or(0) << 32 | *count);
        let weather = self.weather.get(from).copied().unwrap_or(if from >= CLIENTS { self.client_weather } else { Weather::Fine });
        let mut fate = Fate::thrown(&mut dice, weather, op);
        let is_slow = match op {
            Op::Down => self.slow_walks,
            Op::Up | Op::Live => self.slow_feed,
            _ => false,
        };
        if is_slow {
            fate.back += dice.between(0, SLOW);
        }
        if op == Op::Bytes {
            // What is sent takes its time, so that much comes between.
            fate.there += dice.between(0, i64::try_from(len).unwrap_or(0) / A_MILLISECOND);
            let misfortune = if weather == Weather::Bad { Loss::of_body(&mut dice, len) } else { None };
            fate.loss = misfortune.unwrap_or(fate.loss);
        }
        let Fate { loss, there, back, again } = fate.clone();
        self.net.letters().of(n).fate = fate;
        match loss {
            Loss::Unreachable => self.after(there, Ev::Deliver(n, Part::End(Some(Fault::Unreachable)))),
            Loss::Request(fault) => {
                let ms = if fault == Fault::TooSlow { patience(op) } else { there + back };
                self.after(ms, Ev::Deliver(n, Part::End(Some(fault))));
            }
            Loss::Stranger(status) => {
                let head = Head { status, media: "text/html".to_owned(), retry_after: (status > 400).then_some(3), ..Head::default() };
                self.after(there, Ev::Deliver(n, Part::Head(head)));
                self.after(there, Ev::Deliver(n, Part::End(None)));
            }
            Loss::Broken(_) => {
                self.after(there, Ev::Arrive(n, 0));
                self.after(there + back, Ev::Deliver(n, Part::End(Some(Fault::Cut))));
            }
            Loss::Stuck(_) => {
                self.after(there, Ev::Arrive(n, 0));
                self.after(patience(op), Ev::Deliver(n, Part::End(Some(Fault::TooSlow))));
            }
            Loss::Nothing | Loss::Turned(_) | Loss::Answer(_) | Loss::Cut(_) | Loss::Silence(_) => {
                self.after(there, Ev::Arrive(n, 0));
                // A stream is not asked for twice by anything between.
                if let Some(again) = again.filter(|_| !op.is_stream()) {
                    self.after(there + again, Ev::Arrive(n, 1));
                }
                if matches!(loss, Loss::Silence(_)) && op != Op::Live {
                    self.after(patience(op), Ev::Deliver(n, Part::End(Some(Fault::TooSlow))));
                }
            }
        }
    }
    /// A request arrives.
    pub(crate) fn arrive(&mut self, n: usize, copy: usize) {
        let (request, from, loss, back, gone) = {
            let letters = self.net.letters();
            let it = &letters.exchanges[&n];
            (it.request.clone(), it.from, it.fate.loss.clone(), it.fate.back, it.over && it.request.reads())
        };
        if gone {
            return;
        }
        if let (Some(desk), Op::Work | Op::Up | Op::Down | Op::Live) = (self.desks.get(from), request.op) {
            self.readings.insert((n, copy), Reading::new(request.op, &request.path, desk.person.id));
        }
        if let (Some(desk), Op::Refresh, 1..) = (self.desks.get_mut(from), request.op, copy) {
            // Whoever presents an old refresh token is a thief to the server, also where the network did it (protocol.md, Auth).
            desk.may_end = true;
        }
        if request.op.is_upload() {
            self.ways.arrived.insert(n);
        }
        match self.house.answer(&self.net, n, copy, &request, &loss) {
            Some(work) => self.net.letters().of(n).work.push(work),
            None if copy == 0 => self.after(back, Ev::Deliver(n, Part::End(Some(Fault::Unreachable)))),
            None => {}
        }
    }
    /// What leaves the server is looked at, whatever becomes of it on its way.
    async fn check(&mut self, exchange: usize, copy: usize, part: &Part) {
        match part {
            Part::Head(head) => {
                if head.status >= 500 && head.status != 503 && !self.may_fail {
                    self.fault(format!("a fault of the server: {}", head.status));
                }
                if head.status != 200 {
                    self.readings.remove(&(exchange, copy));
                }
                let (from, op) = {
                    let it = &self.net.letters().exchanges[&exchange];
                    (it.from, it.request.op)
                };
                if op.is_upload() {
                    self.upload_is_answered(exchange, head.status);
                }
                if op == Op::Events {
                    self.begins_to_listen(from - CLIENTS);
                }
            }
            Part::Bytes(bytes) => {
                if let Some(reading) = self.readings.get_mut(&(exchange, copy))
                    && let Err(why) = reading.take(bytes, &self.past).await
                {
                    self.fault(why);
                }
            }
            Part::End(_) => drop(self.readings.remove(&(exchange, copy))),
        }
    }
    fn send_back(&mut self, n: usize, part: Part) {
        let now = self.time.now();
        let mut letters = self.net.letters();
        let it = letters.of(n);
        let at = it.last.max(now + it.fate.back);
        let mut all = Vec::new();
        match (it.fate.loss.clone(), part) {
            (Loss::Answer(fault), Part::Head(_)) => {
                let ms = if fault == Fault::TooSlow { patience(it.request.op) } else { it.fate.back };
                all.push((now + ms, Part::End(Some(fault))));
            }
            (Loss::Answer(_) | Loss::Broken(_) | Loss::Stuck(_), _) => {}
            (Loss::Cut(most) | Loss::Silence(most), _) if it.sent > most => {}
            (loss @ (Loss::Cut(most) | Loss::Silence(most)), Part::Bytes(bytes)) => {
                let room = most - it.sent;
                it.sent += bytes.len();
                if bytes.len() <= room {
                    all.push((at, Part::Bytes(bytes)));
                } else {
                    it.sent = most + 1;
                    all.push((at, Part::Bytes(bytes.slice(..room))));
                    if matches!(loss, Loss::Cut(_)) {
                        all.push((at, Part::End(Some(Fault::Cut))));
                    }
                }
            }
            (Loss::Silence(_), Part::End(_)) => {}
            (_, part) => all.push((at, part)),
        }
        it.last = at;
        drop(letters);
        for (at, part) in all {
            self.at(at, Ev::Deliver(n, part));
        }
    }
    /// A piece of an answer arrives.
    pub(crate) fn deliver(&mut self, n: usize, part: Part) {
        if let Part::Head(head) = &part {
            self.upload_is_told(n, head);
        }
        let mut letters = self.net.letters();
        let it = letters.of(n);
        if !it.over {
            it.deliver(part);
        }
    }
    /// What nobody waits for any more is ended at the server too, as far as it reads.
    fn let_go(&mut self) {
        let mut letters = self.net.letters();
        for it in letters.exchanges.values_mut().filter(|it| !it.over && it.is_abandoned()) {
            it.over = true;
            if it.request.reads() {
                it.work.drain(..).for_each(|(_, work)| work.abort());
            }
        }
    }
    /// All connections break, or those with one process of the server; of some nobody hears.
    pub(crate) fn break_connections(&mut self, with: Option<usize>) {
        let mut ends = Vec::new();
        let net = Arc::clone(&self.net);
        for (n, it) in net.letters().exchanges.iter_mut().filter(|(_, it)| !it.over) {
            let broken = it.work.extract_if(.., |(instance, _)| with.is_none_or(|with| with == *instance));
            if broken.map(|(_, work)| work.abort()).count() == 0 {
                continue;
            }
            let quietly = self.dice.one_in(4);
            let ms = if quietly { patience(it.request.op) } else { it.fate.back };
            if !quietly || it.request.op != Op::Live {
                ends.push((it.last.max(self.time.now() + ms), *n));
            }
        }
        for (at, n) in ends {
            self.at(at, Ev::Deliver(n, Part::End(Some(Fault::Cut))));
        }
    }
}
