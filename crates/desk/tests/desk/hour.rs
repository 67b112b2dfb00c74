//! An hour at two desks, by the clock of the test: sixty requests in bursts, quiet hours at one desk, a restart at the other, a line
//! that breaks, and a colleague who answers half of them. What each desk said stands as a table in docs/notifications.md, and the
//! test makes the same table of what happened (issue 4).

use bridge::{Preferences, SetPreferences, SyncNow};
use domain::{quiet::QuietHours, time::MINUTE};
use serde_json::json;
use std::ops::Range;
use testkit::records::{admin, colleague, consultation};

use crate::{
    toasts::{MESSAGES, caught_up},
    world::{Seat, World, other_accepts, rani},
};

/// The page that tells of it.
const DOC: &str = include_str!("../../../../docs/notifications.md");
/// Twenty minutes at the first desk; the world begins at eight in the morning in Jakarta.
const QUIET: QuietHours = QuietHours { on: true, from: 8 * 60 + 20, to: 8 * 60 + 40, days: [true; 7], spell: None };

/// The lines of its table.
fn told() -> impl Iterator<Item = &'static str> {
    DOC.lines().filter(|line| line.starts_with("| 08:"))
}

/// A desk, and how much of what it said has been written down.
struct Place {
    world: World,
    seat: Seat,
    shown: usize,
    withdrawn: usize,
}

impl Place {
    async fn new(world: World, quiet: QuietHours) -> Self {
        let seat = world.whole().await;
        let preferences = Preferences { hold_seconds: 0, quiet, ..Preferences::default() };
        seat.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
        Self { world, seat, shown: 0, withdrawn: 0 }
    }
    /// What was said since this was last asked. A record is here a moment before it is told of: messages go on coming until the
    /// desk has said what the page expects, and one more after that, in which it would say too much.
    async fn said(&mut self, expected: &str) -> String {
        self.seat.desk.sync_now(SyncNow {}).await.unwrap();
        for _ in 0..MESSAGES {
            caught_up(&self.world, &self.seat).await;
            if self.news() == expected {
                break;
            }
        }
        caught_up(&self.world, &self.seat).await;
        let said = self.news();
        (self.shown, self.withdrawn) = (self.world.notifier.shown().len(), self.world.notifier.withdrawn().len());
        said
    }
    /// Each title once, with how often, and how many were taken back.
    fn news(&self) -> String {
        let (shown, withdrawn) = (self.world.notifier.shown(), self.world.notifier.withdrawn());
        let mut titles: Vec<(String, usize)> = Vec::new();
        for toast in &shown[self.shown..] {
            match titles.iter_mut().find(|(title, _)| *title == toast.title) {
                Some((_, times)) => *times += 1,
                None => titles.push((toast.title.clone(), 1)),
            }
        }
        let mut said: Vec<String> =
            titles.into_iter().map(|(title, n)| if n > 1 { format!("{n} × «{title}»") } else { format!("«{title}»") }).collect();
        match withdrawn.len() - self.withdrawn {
            0 => {}
            n => said.push(format!("{n} taken back")),
        }
        if said.is_empty() { "-".to_owned() } else { said.join(", ") }
    }
}

/// The hour, and its table so far.
struct Hour {
    first: Place,
    second: Place,
    minute: i64,
    table: String,
}

impl Hour {
    /// Lets the clock come to this minute after eight, in small steps as a clock does, so that nobody misses a heartbeat; both desks
    /// have looked at it each time.
    async fn until(&mut self, minute: i64) {
        let clock = &self.first.world.net.clock;
        while self.minute < minute {
            clock.sleepers(10_000..=10_000, 2).await;
            clock.advance(MINUTE);
            self.minute += 1;
        }
        clock.sleepers(10_000..=10_000, 2).await;
    }
    fn asked(&self, requests: Range<u64>) {
        self.first.world.net.serve(|model| model.commit(requests.flat_map(rani)));
    }
    fn answered(&self, requests: impl IntoIterator<Item = u64>) {
        requests.into_iter().for_each(|n| other_accepts(&self.first.world.net, n));
    }
    async fn line(&mut self, what: &str) {
        let expected: Vec<&str> = told().nth(self.table.lines().count()).unwrap_or_default().split(" | ").collect();
        let cell = |n: usize| expected.get(n).map_or("", |cell| cell.trim_end_matches([' ', '|']));
        let (first, second) = (self.first.said(cell(2)).await, self.second.said(cell(3)).await);
        self.table += &format!("| 08:{:02} | {what} | {first} | {second} |\n", self.minute);
    }
    async fn the_morning(&mut self) {
        self.line("both desks are open; two requests wait from before").await;
        self.until(1).await;
        self.asked(40..41);
        self.line("a request comes").await;
        self.asked(41..44);
        self.line("three come at once").await;
        self.until(2).await;
        self.line("twenty seconds are over").await;
        self.until(5).await;
        self.asked(44..56);
        self.line("twelve come at once").await;
        self.until(8).await;
        self.answered([40, 41, 42, 44, 45, 46]);
        self.line("a colleague answers six, one of them told of alone").await;
        self.first.world.net.serve(|model| model.commit((47..50).flat_map(rani)));
        self.line("three of the twelve change, and wait on").await;
    }
    async fn the_line(&mut self) {
        self.until(12).await;
        self.first.world.offline(true);
        self.asked(56..61);
        self.first.world.offline(false);
        self.line("the line breaks, five come meanwhile, it is back").await;
        self.first.world.net.kill_streams();
        self.line("the stream breaks, and nothing came").await;
        self.until(15).await;
        self.second.seat.desk.quit().await;
        self.asked(61..65);
        self.second.seat = self.second.world.open().await;
        self.second.seat.start().await;
        self.line("the second desk is started again; four come meanwhile").await;
    }
    async fn the_quiet(&mut self) {
        self.until(20).await;
        self.asked(65..75);
        self.line("quiet hours begin at the first desk; ten come").await;
        self.until(25).await;
        self.answered(65..70);
        self.line("a colleague answers five of the ten").await;
        self.until(31).await;
        self.line("what waits will be late in half an hour").await;
        self.until(35).await;
        self.asked(75..76);
        self.line("one comes that is due in 25 minutes").await;
        self.until(40).await;
        self.line("the quiet hours end").await;
    }
    async fn the_end(&mut self) {
        self.until(45).await;
        self.first.world.offline(true);
        self.first.seat.accept(0).await;
        self.answered([0]);
        self.first.world.offline(false);
        self.line("the first desk accepts without a line what a colleague has accepted").await;
        let args = json!({ "record": consultation(1), "to": admin(1).id() });
        self.first.world.net.serve(|model| model.act(&colleague(), 1, "item.assign", args));
        self.line("work is handed over to the person at the first desk").await;
        self.until(55).await;
        self.asked(76..100);
        self.line("twenty-four come at once").await;
        self.answered(76..95);
        self.line("a colleague answers nineteen of them").await;
    }
}

#[tokio::test]
async fn an_hour_at_two_desks_says_exactly_what_the_page_says() {
    let world = World::new(2, 0);
    let beside = world.beside(admin(2));
    let (first, second) = (Place::new(world, QUIET).await, Place::new(beside, QuietHours::default()).await);
    let mut hour = Hour { first, second, minute: 0, table: String::new() };
    hour.the_morning().await;
    hour.the_line().await;
    hour.the_quiet().await;
    hour.the_end().await;
    assert_eq!(hour.table.lines().collect::<Vec<_>>(), told().collect::<Vec<_>>(), "this is what happened:\n{}", hour.table);
}
