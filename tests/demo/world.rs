//! The server with its data and its clients.

use e2e::{clients::SimulatedClient, server::Server};
use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::Options;

/// Who sits at the desk.
pub(crate) const EMAIL: &str = "sari@ruangkarsa.id";
/// With which password.
pub(crate) const PASSWORD: &str = "meja-demo-2026";

/// The other people of the house, so that there is somebody to give work to.
const COLLEAGUES: [(&str, &str, &str); 3] = [
    ("budi@ruangkarsa.id", "Budi Santoso", "admin"),
    ("ayu@ruangkarsa.id", "Ayu Pratiwi", "expert"),
    ("citra@ruangkarsa.id", "Citra Dewi", "cs"),
];

/// A running server with its people.
pub(crate) struct World {
    /// The server.
    pub(crate) server: Server,
    rate: u32,
}

impl World {
    /// Starts a server on empty data and fills it.
    pub(crate) async fn begin(options: &Options) -> Result<Self, String> {
        println!("demo: a server with {} clients and {} requests", options.clients, options.requests);
        let server = Server::start_with(e2e::server::Database::Sqlite, &[]).await;
        server.add_user(EMAIL, "Sari Wulandari", &["admin"], PASSWORD);
        for (email, name, role) in COLLEAGUES {
            server.add_user(email, name, &[role], PASSWORD);
        }
        let (requests, clients) = (options.requests.to_string(), options.clients.to_string());
        let said = server.run(&["demo-data", "--requests", &requests, "--clients", &clients], "");
        println!("demo: {}", said.trim());
        println!("demo: {} for desks and clients; log in as {EMAIL} with {PASSWORD}", server.base);
        Ok(Self { server, rate: options.rate })
    }
    /// Lets clients ask, and sometimes think better of it, from now on.
    pub(crate) fn liven(&self) {
        let (base, rate) = (self.server.base.clone(), self.rate);
        if rate > 0 {
            println!("demo: clients make {rate} requests a minute");
            tokio::spawn(async move {
                if let Err(why) = live(&base, rate).await {
                    eprintln!("demo: the clients have stopped: {why}");
                }
            });
        }
    }
}

/// How many clients look whether they were shown a design: those who ordered last.
const LOOKING: usize = 20;

/// One new client after another asks for a consultation; every sixth orders a design besides and asks something about it, every fourth
/// calls the consultation off a little later. Whoever was shown a design meanwhile decides on it.
async fn live(base: &str, rate: u32) -> Result<(), String> {
    let mut clock = tokio::time::interval(Duration::from_secs(60) / rate);
    let base: Arc<str> = base.into();
    let mut ordered: VecDeque<(usize, SimulatedClient, String)> = VecDeque::new();
    for n in 0_usize.. {
        clock.tick().await;
        let client = SimulatedClient::register(&base, n, "hidup").await?;
        let asked = client.ask(&day_from_now(3 + n as u64 % 20), e2e::clients::topic(n), &format!("hidup-{n}")).await?;
        if n % 6 == 5 {
            let order = client.order(e2e::clients::design(n / 6), &day_from_now(10 + n as u64 % 20), &format!("hidup-pesan-{n}")).await?;
            let about = order["id"].as_str().unwrap_or_default();
            client.say(about, e2e::clients::question(n / 6), &format!("hidup-obrolan-{n}")).await?;
            ordered.push_back((n / 6, client.clone(), about.to_owned()));
            if ordered.len() > LOOKING {
                ordered.pop_front();
            }
        }
        for (nth, client, order) in &ordered {
            // An order that was called off or deleted waits for nobody's decision.
            let _ = client.decide(order, *nth).await;
        }
        if n % 4 == 3 {
            tokio::time::sleep(Duration::from_secs(20)).await;
            let id = asked["id"].as_str().unwrap_or_default();
            // Somebody may have answered meanwhile: then there is nothing to call off, as in life.
            let _ = client.cancel(id, &format!("hidup-batal-{n}")).await;
        }
    }
    Ok(())
}

/// A day some days from today, as the wire writes it, in WIB.
pub(crate) fn day_from_now(days: u64) -> String {
    #[expect(clippy::disallowed_methods, reason = "the demo lives in the real time")]
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    let at = domain::time::UtcMillis::from_ms(i64::try_from(now).unwrap_or(0)).plus(i64::try_from(days).unwrap_or(0) * domain::time::DAY);
    at.day(domain::time::Zone::Wib).to_string()
}
