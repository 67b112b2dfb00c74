//! What the desk inside the window keeps: nothing. What a real one would say of its files is played.

use bridge::{
    CheckLocal, Checked, Crash, CrashHow, CrashReply, CrashReport, DeskError, Diagnostics, Evidence, Exported, Licence, Licences,
    LocalFileKind, LocalFiles, LocalKind, LocalState, LocalStateReply, OutboxExport, SessionState, Wipe, WipeReply,
};
use domain::{
    record::Kind,
    time::{HOUR, MINUTE, SECOND},
};

use super::{account::ruang_karsa, desk::Desk, sample::BEGIN, situation::Line};

/// A report as the real desk writes it.
const CRASHED: &str = "2026-11-24T03:22:00.000Z\nMeja 0.1.0, linux x86_64\nlisten.rs:98:13\n  desk::work::listen listen.rs:98\n  tokio::runtime::task poll.rs:42\n";

impl Desk {
    /// What is here.
    pub(super) fn local_state(&mut self, _: &LocalState) -> Result<LocalStateReply, DeskError> {
        self.trouble()?;
        let file = |kind, bytes, age: i64| LocalFiles { kind, bytes, changed_at: Some(self.now.plus(-age)) };
        let mut kinds: Vec<LocalKind> = Vec::new();
        for kind in Kind::ALL.iter().filter(|kind| !kind.stays_on_the_server()) {
            let records = self.server.keys().filter(|r| r.kind == *kind).count() as u64;
            let newest = (!matches!(kind, Kind::User | Kind::Setting)).then(|| BEGIN.plus(-12 * MINUTE));
            kinds.extend((records > 0).then(|| LocalKind { kind: kind.to_string(), records, newest }));
        }
        Ok(LocalStateReply {
            files: vec![
                file(LocalFileKind::Mirror, 6_418_432, 4 * SECOND),
                file(LocalFileKind::Outbox, 147_456, MINUTE),
                file(LocalFileKind::Copies, 393_216, 5 * HOUR),
                file(LocalFileKind::Keys, 1_310, 15 * MINUTE),
                file(LocalFileKind::Log, 24_600, 30 * SECOND),
            ],
            kinds,
            position: Some(48_211),
            complete: self.situation.line != Line::Behind && !self.situation.incomplete,
            compared_at: (self.situation.line != Line::Behind).then(|| BEGIN.plus(-5 * HOUR)),
            checked: self.checked,
        })
    }
    /// Everything can be read, unless the situation says otherwise.
    pub(super) fn check_local(&mut self, _: &CheckLocal) -> Result<Checked, DeskError> {
        self.trouble()?;
        let whole = !self.situation.damaged;
        let (records, commands) = if whole { (self.server.len() as u64, self.commands.len() as u64) } else { (0, 0) };
        let checked = Checked { at: self.now, whole, records, commands };
        self.checked = Some(checked);
        Ok(checked)
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn outbox_export(&mut self, _: &OutboxExport) -> Result<Exported, DeskError> {
        self.trouble()?;
        Ok(Exported { path: "/home/dewi/Unduhan/meja-belum-terkirim-2026-11-24-1042.csv".into(), rows: self.undone(), more: false })
    }
    /// The same.
    pub(super) fn diagnostics(&mut self, _: &Diagnostics) -> Result<Exported, DeskError> {
        self.trouble()?;
        Ok(Exported { path: "/home/dewi/Unduhan/meja-diagnosa-2026-11-24-1042.json".into(), rows: 148, more: false })
    }
    /// The same.
    pub(super) fn evidence(&mut self, _: &Evidence) -> Result<Exported, DeskError> {
        self.trouble()?;
        Ok(Exported { path: "/home/dewi/Unduhan/meja-bukti-2026-11-24-1042.json".into(), rows: 64, more: false })
    }
    /// What the last program left when it broke off, in a situation where it did.
    pub(super) fn crash(&mut self, query: &Crash) -> Result<CrashReply, DeskError> {
        let report = || CrashReport { at: BEGIN.plus(-20 * MINUTE), text: CRASHED.to_owned() };
        let there = self.situation.crashed;
        self.situation.crashed &= query.how == CrashHow::Look;
        let path = || "/home/dewi/Unduhan/meja-laporan-henti-2026-11-24-1042.txt".to_owned();
        let saved = (there && query.how == CrashHow::Save).then(|| Exported { path: path(), rows: 5, more: false });
        Ok(CrashReply { report: self.situation.crashed.then(report), saved })
    }
    /// Forgets everything that was done here.
    pub(super) fn wipe(&mut self, query: &Wipe) -> Result<WipeReply, DeskError> {
        let unsent = self.undone();
        if unsent > query.told {
            return Ok(WipeReply { unsent, done: false });
        }
        self.commands.clear();
        self.lay();
        self.session = SessionState::LoggedOut { server: Some(ruang_karsa()), email: None, unsent: 0 };
        self.tell(bridge::Event::Session { session: self.session.clone() });
        Ok(WipeReply { unsent, done: true })
    }
    /// The same list that the real desk has.
    pub(super) fn licences(&mut self, _: &Licences) -> Result<Vec<Licence>, DeskError> {
        let mut all = Vec::new();
        for line in include_str!("../../../crates/desk/licences.tsv").lines() {
            if let [name, version, licence] = line.split('\t').collect::<Vec<_>>()[..] {
                all.push(Licence { name: name.to_owned(), version: version.to_owned(), licence: licence.to_owned() });
            }
        }
        Ok(all)
    }
    fn undone(&self) -> u32 {
        u32::try_from(self.commands.iter().filter(|c| c.state.is_waiting() || c.state.needs_decision()).count()).unwrap_or(u32::MAX)
    }
}
