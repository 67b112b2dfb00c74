//! Clients of the business, through `/api`: they ask for consultations and call some of them off, order designs and talk about them, and
//! ask again under the same key for as long as nobody tells them what became of it.

use e2e::clients::SimulatedClient;
use std::{path::Path, time::Duration};
use tokio::sync::watch;

use crate::{
    Done,
    dice::Dice,
    log::{Log, OfClient},
};

/// How long a client waits for an answer. A server that is frozen never gives one.
const PATIENCE: Duration = Duration::from_secs(5);
/// Answers that are not going to be others.
const FINAL: [&str; 6] = ["already_waiting", "not_open", "not_found", "invalid_args", "date_in_past", "date_too_far"];

/// What a client asks for.
enum Wish {
    Consultation,
    Order,
    /// About this order.
    Message(String),
}

/// A client, and what they have done.
pub(crate) struct Client {
    n: usize,
    itself: SimulatedClient,
    dice: Dice,
    log: Log,
    promised: Vec<String>,
    orders: Vec<String>,
    asked: u64,
}

impl Client {
    pub(crate) async fn register(base: &str, n: usize, seed: u64, log: &Path) -> Done<Self> {
        let itself = SimulatedClient::register(base, n, "kacau").await?;
        Ok(Self { n, itself, dice: Dice::new(seed), log: Log::open(log)?, promised: Vec::new(), orders: Vec::new(), asked: 0 })
    }
    /// Acts until everybody rests; what was begun is brought to its end.
    pub(crate) async fn act(mut self, rests: watch::Receiver<bool>) -> Done<()> {
        while !*rests.borrow() {
            match (self.dice.below(8), self.promised.last().cloned(), self.dice.pick(&self.orders)) {
                (0 | 1, Some(id), _) => self.call_off(&id).await?,
                (2, ..) => self.ask(Wish::Order).await?,
                (3..=5, _, Some(order)) => self.ask(Wish::Message(order)).await?,
                _ => self.ask(Wish::Consultation).await?,
            }
            let pause = self.dice.between(20, 400);
            let mut rests = rests.clone();
            let _ = tokio::time::timeout(pause, rests.changed()).await;
        }
        Ok(())
    }
    fn key(&mut self) -> String {
        self.asked += 1;
        format!("kunci-{}-{}", self.n, self.asked)
    }
    /// Asks for something, and again until it is known what became of it.
    async fn ask(&mut self, wish: Wish) -> Done<()> {
        let key = self.key();
        self.log.write(&OfClient::Asks { key: key.clone() })?;
        let day = day(1 + self.dice.below(60));
        loop {
            let asked = async {
                match &wish {
                    Wish::Consultation => self.itself.ask(&day, &key, &key).await,
                    Wish::Order => self.itself.order(("logo", &key), &day, &key).await,
                    Wish::Message(order) => self.itself.say(order, &key, &key).await,
                }
            };
            match tokio::time::timeout(PATIENCE, asked).await {
                Ok(Ok(made)) => {
                    let id = made["id"].as_str().ok_or("what was made has no id")?.to_owned();
                    match wish {
                        Wish::Consultation => self.promised.push(id.clone()),
                        Wish::Order => self.orders.push(id.clone()),
                        Wish::Message(_) => {}
                    }
                    return self.log.write(&OfClient::Promised { key, id });
                }
                Ok(Err(code)) if FINAL.contains(&code.as_str()) => return self.log.write(&OfClient::Refused { key, code }),
                _ => self.wait().await,
            }
        }
    }
    async fn call_off(&mut self, id: &str) -> Done<()> {
        let key = self.key();
        loop {
            match tokio::time::timeout(PATIENCE, self.itself.cancel(id, &key)).await {
                Ok(Ok(_)) => {
                    self.promised.retain(|it| it != id);
                    return self.log.write(&OfClient::CalledOff { id: id.to_owned() });
                }
                Ok(Err(code)) if FINAL.contains(&code.as_str()) => {
                    self.promised.retain(|it| it != id);
                    return Ok(());
                }
                _ => self.wait().await,
            }
        }
    }
    async fn wait(&mut self) {
        tokio::time::sleep(self.dice.between(50, 500)).await;
    }
}

/// The day so many days from today, in WIB.
fn day(days: u64) -> String {
    use sync::Clock as _;
    let today = desk::SystemClock::default().utc().day(domain::time::Zone::Wib);
    today.plus(i64::try_from(days).unwrap_or(0)).to_string()
}
