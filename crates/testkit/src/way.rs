//! One desk's way to the model, as the engine's transport.

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    commands::client::KEEPERS,
    id::{ClientId, CommandId, DeviceId, UserId},
    record::{AnyRecord, Kind, RecordRef},
    role::Actor,
    time::UtcMillis,
    wire::{
        AuditEntry, AuditPage, AuditProof, CommandBatch, DeviceList, EraseClient, KnownAnswer, Login, Me, Outcomes, PasswordChange, Session,
    },
};
use futures_util::{StreamExt, stream};
use serde_json::Value;
use std::sync::Arc;
use sync::{Announce, Ask, AuditAsk, Begun, Clock, Events, FactorAsk, FactorTold, Fault, FileAsk, Found, Pages, Transport};

use crate::{
    net::{Mishap, Net, Op, problem},
    stream::Live,
};

fn lost(mishap: Option<Mishap>) -> Result<(), Fault> {
    if let Some(Mishap::AnswerLost(fault)) = mishap { Err(fault) } else { Ok(()) }
}

/// One desk's way to the server.
pub struct Way {
    /// The network.
    pub net: Arc<Net>,
    /// Which session.
    pub who: usize,
}

#[async_trait]
impl Transport for Way {
    async fn check(&self) -> Result<Found, Fault> {
        Ok(Found { ready: true })
    }
    async fn login(&self, _: &Login) -> Result<Session, Fault> {
        Ok(self.net.session(self.who))
    }
    async fn refresh(&self, refresh_token: &str) -> Result<Session, Fault> {
        let mishap = self.net.enter(Op::Refresh, refresh_token.to_owned()).await?;
        {
            let mut state = self.net.state();
            state.renewals += 1;
            let (n, who) = (state.renewals, self.who);
            let peer = &mut state.peers[who];
            match peer.over {
                Some((status, code)) => return Err(problem(status, code, None)),
                None if refresh_token != peer.refresh && mishap.is_none() => return Err(problem(401, "token_reused", None)),
                None => {}
            }
            (peer.access, peer.expired) = (format!("a{who}.{n}"), false);
            // A lost answer is asked again with the same token: it stays good until its child was presented.
            if mishap.is_none() {
                peer.refresh = format!("r{who}.{n}");
            }
        }
        lost(mishap)?;
        Ok(self.net.session(self.who))
    }
    async fn me(&self, access: &str) -> Result<Me, Fault> {
        self.net.enter(Op::Me, String::new()).await?;
        self.net.who(self.who, access)?;
        let Session { user, device_id, server_time, .. } = self.net.session(self.who);
        Ok(Me { user, device_id: Some(device_id), server_time })
    }
    async fn logout(&self, access: &str) -> Result<(), Fault> {
        self.net.who(self.who, access).map(drop)
    }
    async fn forgot(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn reset_password(&self, _: &str, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn commands(&self, access: &str, body: String) -> Result<Outcomes, Fault> {
        let mishap = self.net.enter(Op::Commands, body.clone()).await?;
        let actor = self.net.who(self.who, access)?;
        let batch: CommandBatch = serde_json::from_str(&body).unwrap();
        let spoiled = self.net.state().spoiled.clone();
        if let Some((_, status)) = spoiled.iter().find(|(id, _)| batch.commands.iter().any(|c| c.id == *id)) {
            return Err(problem(*status, "malformed", None));
        }
        let outcomes = self.net.serve(|model| batch.commands.iter().map(|e| model.give(&actor, e)).collect());
        lost(mishap)?;
        Ok(Outcomes { outcomes })
    }
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<KnownAnswer, Fault> {
        self.net.enter(Op::Known, format!("{ids:?}")).await?;
        self.net.who(self.who, access)?;
        let model = self.net.model();
        let outcomes = ids.iter().filter_map(|id| model.outcomes.get(id)).map(|(_, o)| o.clone()).collect();
        let unknown = ids.iter().filter(|id| !model.outcomes.contains_key(id)).copied().collect();
        Ok(KnownAnswer { outcomes, unknown })
    }
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault> {
        let op = match ask {
            Ask::Work => Op::Work,
            Ask::Head => Op::Head,
            Ask::Up { .. } => Op::Up,
            Ask::Down { .. } => Op::Down,
        };
        let mishap = self.net.enter(op, format!("{ask:?}")).await?;
        let actor = self.net.who(self.who, access)?;
        if let Ask::Up { after, wait, .. } = ask
            && *wait > 0
        {
            self.net.held(&actor, after).await;
        }
        let mut lines = self.net.page(&actor, ask)?;
        let mut end = None;
        match mishap {
            Some(Mishap::CutAfter(n)) => {
                lines.truncate(n);
                end = Some(Err(Fault::Cut));
            }
            Some(Mishap::HtmlAfter(n)) => {
                lines.truncate(n);
                lines.push("<html>".to_owned());
            }
            _ => {}
        }
        let date = Some(UtcMillis::from_ms(self.net.server_now().ms() / 1_000 * 1_000));
        let chunks = lines.into_iter().map(|line| Ok(Bytes::from(line + "\n"))).chain(end);
        Ok(Pages { date, chunks: stream::iter(chunks.collect::<Vec<_>>()).boxed() })
    }
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault> {
        self.net.enter(Op::Live, after.to_owned()).await?;
        let actor = self.net.who(self.who, access)?;
        let events = Live::open(&self.net, self.who, actor, after).events();
        Ok(Events { date: Some(self.net.server_now()), events })
    }
    async fn begin_upload(&self, access: &str, file: &Announce) -> Result<Begun, Fault> {
        let mishap = self.net.enter(Op::BeginUpload, file.name.to_string()).await?;
        let begun = self.net.begin_upload(&self.net.who(self.who, access)?, file);
        lost(mishap)?;
        Ok(begun)
    }
    async fn upload_offset(&self, access: &str, upload: &str) -> Result<u64, Fault> {
        self.net.enter(Op::Offset, upload.to_owned()).await?;
        self.net.who(self.who, access)?;
        self.net.upload_offset(upload)
    }
    async fn send_bytes(&self, access: &str, upload: &str, from: u64, bytes: Bytes) -> Result<u64, Fault> {
        let mishap = self.net.enter(Op::Bytes, format!("{upload} {from} {}", bytes.len())).await?;
        let taken = self.net.take_bytes(&self.net.who(self.who, access)?, upload, from, &bytes);
        lost(mishap)?;
        taken
    }
    async fn end_upload(&self, access: &str, upload: &str) -> Result<(), Fault> {
        self.net.enter(Op::EndUpload, upload.to_owned()).await?;
        self.net.who(self.who, access)?;
        self.net.end_upload(upload)
    }
    async fn audit(&self, access: &str, ask: &AuditAsk) -> Result<AuditPage, Fault> {
        self.net.enter(Op::Audit, format!("{ask:?}")).await?;
        self.net.who(self.who, access)?;
        Ok(self.net.audit_page(ask))
    }
    async fn audit_proof(&self, access: &str) -> Result<AuditProof, Fault> {
        self.net.enter(Op::Proof, String::new()).await?;
        self.net.who(self.who, access)?;
        self.net.state().proof.clone().ok_or_else(|| problem(403, "not_allowed", None))
    }
    async fn client_data(&self, access: &str, client: ClientId) -> Result<Value, Fault> {
        self.net.enter(Op::ClientData, client.to_string()).await?;
        let who = self.net.who(self.who, access)?;
        let held = self.net.serve(|model| model.held(RecordRef::new(Kind::Client, client)).cloned());
        match held {
            _ if !who.is_any(KEEPERS) => Err(problem(403, "not_allowed", None)),
            Some(held) => Ok(serde_json::json!({ "client": held.record.to_value().unwrap_or_default() })),
            None => Err(problem(404, "not_found", None)),
        }
    }
    async fn erase_client(&self, access: &str, client: ClientId, asked: &EraseClient) -> Result<(), Fault> {
        self.net.enter(Op::EraseClient, client.to_string()).await?;
        let who = self.net.who(self.who, access)?;
        if !who.is_any(KEEPERS) {
            return Err(problem(403, "not_allowed", None));
        }
        self.net.serve(|model| {
            let held = model.held(RecordRef::new(Kind::Client, client)).cloned();
            match held.as_ref().map(|held| &*held.record) {
                Some(AnyRecord::Client(it)) if it.name.as_str() == asked.name.trim() => {
                    let n = 700_000 + u64::try_from(model.head).unwrap_or_default();
                    let outcome = model.act(&Actor::system(), n, "client.erase", serde_json::json!({ "id": client }));
                    outcome.code.map_or(Ok(()), |code| Err(problem(422, code.wire(), None)))
                }
                Some(_) => Err(problem(422, "stale", None)),
                None => Err(problem(404, "not_found", None)),
            }
        })
    }
    async fn file(&self, access: &str, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        let mishap = self.net.enter(Op::File, format!("{ask:?}")).await?;
        self.net.who(self.who, access)?;
        lost(mishap)?;
        let whole = match ask {
            FileAsk::Part(sha256, ..) => FileAsk::Whole(*sha256),
            other => *other,
        };
        let bytes = self.net.state().files.get(&whole).cloned().ok_or_else(|| problem(404, "not_found", None))?;
        let FileAsk::Part(_, from, upto) = *ask else { return Ok(bytes) };
        let (from, upto) = (usize::try_from(from).unwrap(), usize::try_from(upto).unwrap().min(bytes.len()));
        bytes.get(from..upto).filter(|part| !part.is_empty()).map(<[u8]>::to_vec).ok_or_else(|| problem(416, "range_not_satisfiable", None))
    }
    async fn devices(&self, access: &str, of: Option<UserId>) -> Result<DeviceList, Fault> {
        self.net.enter(Op::Devices, format!("{of:?}")).await?;
        self.net.who(self.who, access)?;
        Ok(DeviceList { items: self.net.state().devices.clone() })
    }
    async fn end_device(&self, access: &str, device: DeviceId) -> Result<(), Fault> {
        self.net.enter(Op::EndDevice, device.to_string()).await?;
        self.net.who(self.who, access)?;
        let mut state = self.net.state();
        let before = state.devices.len();
        state.devices.retain(|known| known.id != device);
        if state.devices.len() < before { Ok(()) } else { Err(problem(404, "not_found", None)) }
    }
    async fn change_password(&self, access: &str, change: &PasswordChange) -> Result<(), Fault> {
        self.net.enter(Op::Password, String::new()).await?;
        self.net.who(self.who, access)?;
        let mut state = self.net.state();
        if change.current != state.password {
            return Err(problem(422, "invalid_credentials", None));
        }
        state.password.clone_from(&change.new);
        state.devices.retain(|known| known.current);
        Ok(())
    }
    async fn second_factor(&self, access: &str, ask: &FactorAsk) -> Result<FactorTold, Fault> {
        self.net.enter(Op::Factor, String::new()).await?;
        self.net.who(self.who, access)?;
        let now = self.net.server_now();
        let mut state = self.net.state();
        let password = state.password.clone();
        state.factor.answer(ask, &password, now)
    }
}

impl Net {
    fn page(&self, actor: &Actor, ask: &Ask) -> Result<Vec<String>, Fault> {
        let model = self.model();
        let place = |cursor: &String| model.place(actor, cursor).ok_or_else(|| problem(410, "cursor_reset", None));
        // Small pages, so that there are several.
        Ok(match ask {
            Ask::Work => model.work(actor),
            Ask::Head => model.up(actor, model.head, 20, false),
            Ask::Up { after, check, .. } => model.up(actor, place(after)?, 20, *check),
            Ask::Down { before, .. } => model.down(actor, place(before)?, 20),
        })
    }
    fn audit_page(&self, ask: &AuditAsk) -> AuditPage {
        let before = ask.after.as_ref().and_then(|n| n.parse().ok()).unwrap_or(i64::MAX);
        let wanted = |entry: &&AuditEntry| {
            entry.number < before
                && ask.actor.is_none_or(|actor| entry.actor.id == actor)
                && ask.act.as_ref().is_none_or(|act| entry.act == *act)
                && ask.record.is_none_or(|record| entry.changes.iter().any(|change| change.record == record))
                && ask.from.is_none_or(|from| entry.at >= from)
                && ask.until.is_none_or(|until| entry.at < until)
        };
        let mut items: Vec<AuditEntry> = self.state().audit.iter().filter(wanted).cloned().collect();
        // Small pages, so that there are several.
        let most = usize::try_from(ask.limit.min(3)).unwrap_or(3);
        let more = items.len() > most;
        items.truncate(most);
        let next = items.last().filter(|_| more).map(|entry| entry.number.to_string());
        AuditPage { items, next }
    }
    /// How often streams were broken, and how often they said where they are.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let state = self.state();
        (state.kills, state.beats)
    }
    fn is_at_head(&self, actor: &Actor, after: &str) -> bool {
        let model = self.model();
        model.place(actor, after) == Some(model.head)
    }
    /// Holds an answer while there is nothing to say.
    async fn held(&self, actor: &Actor, after: &str) {
        let mut moved = self.moved.subscribe();
        let (until, counts) = (self.clock.mono() + 25_000, self.counts());
        while self.counts() == counts && self.clock.mono() < until && self.is_at_head(actor, after) {
            tokio::select! {
                _ = moved.changed() => {}
                () = self.clock.sleep(until - self.clock.mono()) => {}
            }
        }
    }
}
