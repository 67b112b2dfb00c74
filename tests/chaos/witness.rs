//! A reader of the feed that is no desk: it follows one instance from the beginning and writes down every line. What it did not
//! hear although it was at the head came too late.

use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tokio::sync::watch;

use crate::{
    Done,
    house::STAFF,
    log::{Heard, Log},
    said,
    seat::PASSWORD,
};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(6);

/// A reader.
pub(crate) struct Witness {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    cursor: Option<String>,
    log: Log,
}

impl Witness {
    pub(crate) fn new(base: &str, log: &Path) -> Done<Self> {
        let http = reqwest::Client::builder().timeout(PATIENCE).build().map_err(said)?;
        Ok(Self { http, base: base.to_owned(), token: None, cursor: None, log: Log::open(log)? })
    }
    /// Reads the first page, before anybody acts: what is there so far is open, and stands in it.
    pub(crate) async fn begin(&mut self) -> Done<()> {
        match self.page().await {
            Ok(_) => Ok(()),
            Err(Trouble::Away) => Err("a reader of the feed cannot begin".to_owned()),
            Err(Trouble::Broken(why)) => Err(why),
        }
    }
    /// Reads until it is told that nobody writes any more, and then up to the head.
    pub(crate) async fn watch(mut self, ends: watch::Receiver<bool>) -> Done<()> {
        loop {
            let ending = *ends.borrow();
            match self.page().await {
                Ok(more) if ending && !more => return Ok(()),
                Ok(_) => {}
                Err(Trouble::Away) => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(Trouble::Broken(why)) => return Err(format!("a reader of the feed: {why}")),
            }
        }
    }
    async fn page(&mut self) -> Result<bool, Trouble> {
        let token = match &self.token {
            Some(token) => token.clone(),
            None => self.log_in().await?,
        };
        // The first page is everything open; from its head on the feed is followed.
        let ask = match &self.cursor {
            Some(cursor) => format!("{}/v1/feed?after={cursor}&limit=5000&wait=1", self.base),
            None => format!("{}/v1/feed/work", self.base),
        };
        let answer = self.http.get(ask).bearer_auth(token).send().await.map_err(|_| Trouble::Away)?;
        match answer.status().as_u16() {
            200 => {}
            401 => {
                self.token = None;
                return Err(Trouble::Away);
            }
            410 => return Err(Trouble::Broken("its cursor counts no longer".to_owned())),
            _ => return Err(Trouble::Away),
        }
        // A page that is cut off is asked for again as a whole.
        let text = answer.text().await.map_err(|_| Trouble::Away)?;
        self.take(&text)
    }
    fn take(&mut self, text: &str) -> Result<bool, Trouble> {
        let mut heard = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_str(line).map_err(|_| Trouble::Away)?;
            let named = |of: &Value| format!("{}/{}", of["kind"].as_str().unwrap_or_default(), of["id"].as_str().unwrap_or_default());
            let seq = |of: &Value| of["seq"].as_i64().unwrap_or(0);
            if let Some(put) = line.get("put") {
                heard.push(Heard::Of { record: named(put), rev: put["rev"].as_i64().unwrap_or(0), seq: seq(put) });
            } else if let Some(gone) = line.get("gone") {
                heard.push(Heard::Of { record: named(gone), rev: 0, seq: seq(gone) });
            } else if let Some(page) = line.get("page") {
                for line in heard.drain(..) {
                    self.log.write(&line).map_err(Trouble::Broken)?;
                }
                self.log.write(&Heard::Page { seq: seq(page) }).map_err(Trouble::Broken)?;
                self.cursor = page["cursor"].as_str().map(str::to_owned);
                return Ok(page["more"].as_bool().unwrap_or(false) || page["cursor"] != page["head"]);
            }
        }
        Err(Trouble::Away)
    }
    async fn log_in(&mut self) -> Result<String, Trouble> {
        let body = json!({ "email": STAFF[0].0, "password": PASSWORD, "device": { "name": "Saksi", "platform": "linux" } });
        let answer = self.http.post(format!("{}/v1/auth/login", self.base)).json(&body).send().await.map_err(|_| Trouble::Away)?;
        let session: Value = answer.json().await.map_err(|_| Trouble::Away)?;
        let token = session["access_token"].as_str().ok_or(Trouble::Away)?.to_owned();
        self.token = Some(token.clone());
        Ok(token)
    }
}

enum Trouble {
    /// The server is not there just now, or not well.
    Away,
    /// What must not be.
    Broken(String),
}
