//! Who sits at the desk inside the window. Its one account is `dewi@ruangkarsa.id` with any password but «salah».

use bridge::{
    Boot, DeskError, ErrorCode, Event, Forgot, GetPreferences, Lock, Login, Logout, LogoutReply, NewPassword, Preferences, Present, Quit,
    Recovered, RecoveredReply, Salvaged, ServerCheck, ServerInfo, ServerProblem, SessionInfo, SessionState, SetPreferences, Start,
    StartAfresh, TestToast, TestToastReply, Unlock, VaultState,
};
use domain::{id::CommandId, letters::LetterProblem, status::CommandState, text::Invalid, time::MINUTE};

use super::{
    desk::Desk,
    sample::{BEGIN, ZONE, colleague},
    situation::{Found, Who},
};

const EMAIL: &str = "dewi@ruangkarsa.id";
pub(super) const WRONG: &str = "salah";
/// The code of the second factor that is right.
pub(super) const CODE: &str = "287082";
pub(super) const OFTEN: &str = "sering";

pub(super) fn ruang_karsa() -> ServerInfo {
    ServerInfo {
        address: "https://meja.ruangkarsa.id".to_owned(),
        shown: "meja.ruangkarsa.id".to_owned(),
        org_name: Some("Ruang Karsa".to_owned()),
        problem: None,
    }
}

/// What is found at an address: each diagnosis can be had by typing its name.
fn found_at(address: &str) -> ServerInfo {
    let problem = match address.trim() {
        "" => Some(ServerProblem::BadAddress),
        text if text.contains(' ') || text.contains("bad") => Some(ServerProblem::BadAddress),
        text if text.starts_with("http://") && !text.contains("127.0.0.1") => Some(ServerProblem::PlainHttp),
        text if text.contains("tls") => Some(ServerProblem::Tls),
        text if text.contains("hotel") => Some(ServerProblem::CaptivePortal),
        text if text.contains("example") => Some(ServerProblem::NotMeja),
        text if text.contains("busy") => Some(ServerProblem::NotReady),
        text if text.contains("ruangkarsa") || text.contains("127.0.0.1") => None,
        _ => Some(ServerProblem::Unreachable),
    };
    match problem {
        None => ruang_karsa(),
        problem => ServerInfo { address: address.to_owned(), shown: address.trim().to_owned(), org_name: None, problem },
    }
}

impl Desk {
    fn info(&self) -> SessionInfo {
        let me = colleague(0);
        SessionInfo {
            user: me.id,
            name: me.name.to_string(),
            email: EMAIL.to_owned(),
            roles: self.situation.roles.clone(),
            org_name: "Ruang Karsa".to_owned(),
            zone: ZONE,
            server: "meja.ruangkarsa.id".to_owned(),
            device: None,
        }
    }
    /// The state in which the window opens.
    pub(super) fn session_of(&self, who: Who) -> SessionState {
        let email = Some(EMAIL.to_owned());
        match who {
            Who::Open => SessionState::Open { session: self.info() },
            Who::Login => SessionState::LoggedOut { server: Some(ruang_karsa()), email, unsent: 0 },
            Who::Fresh => SessionState::LoggedOut { server: None, email: None, unsent: 0 },
            Who::Unsent => SessionState::LoggedOut { server: Some(ruang_karsa()), email, unsent: 3 },
            Who::Locked => SessionState::Locked { session: self.info(), since: BEGIN.plus(-5 * MINUTE) },
            Who::Revoked => SessionState::Revoked { server: Some(ruang_karsa()), email: EMAIL.to_owned(), unsent: 2 },
            Who::Choose => SessionState::NeedsPassphrase { vault: VaultState::Absent, choose: true, email },
            Who::Passphrase => SessionState::NeedsPassphrase { vault: VaultState::Locked, choose: false, email },
        }
    }
    fn enter(&mut self, who: Who) -> SessionState {
        self.session = self.session_of(who);
        self.tell(Event::Session { session: self.session.clone() });
        self.session.clone()
    }

    /// Everything the window needs for its first picture.
    pub(super) fn start(&mut self, _: &Start) -> Result<Boot, DeskError> {
        Ok(Boot {
            preferences: self.situation.preferences.clone(),
            session: self.session.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            now: self.now,
        })
    }
    /// What was found when the files were opened.
    pub(super) fn recovered(&mut self, query: &Recovered) -> Result<RecoveredReply, DeskError> {
        if query.seen {
            self.situation.found = Found::Nothing;
        }
        let salvaged = |whole| Some(Salvaged { commands: 5, from_copies: if whole { 0 } else { 2 }, whole });
        Ok(match self.situation.found {
            Found::Nothing => RecoveredReply::default(),
            Found::Held => RecoveredReply { held: vec![CommandId::from_uuid(self.next_id().uuid()); 2], salvaged: None },
            Found::Whole => RecoveredReply { held: Vec::new(), salvaged: salvaged(true) },
            Found::Part => RecoveredReply { held: Vec::new(), salvaged: salvaged(false) },
        })
    }
    /// Takes over the settings that the fragment of the address has, where it has changed: the page stays, and is dressed anew.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn look_at_address(&mut self) {
        let fragment = crate::browser::fragment();
        let before = self.fragment.replace(fragment.clone());
        if before.is_some_and(|before| before != fragment) {
            self.situation.preferences = super::situation::preferences(&crate::browser::parameter);
            self.tell(Event::Preferences { preferences: self.situation.preferences.clone() });
        }
    }
    /// The person's own settings.
    pub(super) fn preferences(&mut self, _: &GetPreferences) -> Result<Preferences, DeskError> {
        Ok(self.situation.preferences.clone())
    }
    /// Changes them.
    pub(super) fn set_preferences(&mut self, query: &SetPreferences) -> Result<Preferences, DeskError> {
        let bad = |problem: LetterProblem| DeskError { diagnosis: problem.to_string(), ..DeskError::new(ErrorCode::BadCall) };
        query.preferences.letters.check().map_err(bad)?;
        self.situation.preferences = query.preferences.clone();
        Ok(query.preferences.clone())
    }
    /// This desk does not lock itself.
    pub(super) fn present(&mut self, _: &Present) -> Result<(), DeskError> {
        Ok(())
    }
    /// A browser shows no notifications of ours; the situation says what a system would make of it.
    pub(super) fn test_toast(&mut self, _: &TestToast) -> Result<TestToastReply, DeskError> {
        Ok(TestToastReply { shown: !self.situation.toasts_refused })
    }
    /// Is there a server?
    pub(super) fn server_check(&mut self, query: &ServerCheck) -> Result<ServerInfo, DeskError> {
        Ok(found_at(&query.address))
    }
    /// Logs in.
    pub(super) fn login(&mut self, query: &Login) -> Result<SessionState, DeskError> {
        let refused = |code| Err(DeskError::new(code));
        match query.email.trim() {
            "klien@ruangkarsa.id" => refused(ErrorCode::NotStaff),
            "tutup@ruangkarsa.id" => refused(ErrorCode::AccountDisabled),
            "sering@ruangkarsa.id" => Err(DeskError { retry_after: Some(90), ..DeskError::new(ErrorCode::TooManyTries) }),
            "luring@ruangkarsa.id" => refused(ErrorCode::Unreachable),
            EMAIL if query.password != WRONG => match query.code.as_deref() {
                None if self.factor.is_some() => refused(ErrorCode::CodeRequired),
                Some(code) if self.factor.is_some() && code != CODE => refused(ErrorCode::CodeWrong),
                _ => Ok(self.enter(Who::Open)),
            },
            _ => refused(ErrorCode::InvalidCredentials),
        }
    }
    /// Logs out.
    pub(super) fn logout(&mut self, query: &Logout) -> Result<LogoutReply, DeskError> {
        let unfinished = |c: &&super::commands::Entry| !matches!(c.state, CommandState::Applied | CommandState::Settled);
        let unsent = u32::try_from(self.commands.iter().filter(unfinished).count()).unwrap_or(u32::MAX);
        let done = unsent == 0 || query.anyway;
        if done {
            let session = SessionState::LoggedOut { server: Some(ruang_karsa()), email: Some(EMAIL.to_owned()), unsent };
            self.session = session.clone();
            self.tell(Event::Session { session });
        }
        Ok(LogoutReply { unsent, done })
    }
    /// Locks the desk.
    pub(super) fn lock_now(&mut self, _: &Lock) -> Result<SessionState, DeskError> {
        if let SessionState::Open { session } = self.session.clone() {
            self.session = SessionState::Locked { session, since: self.now };
            self.tell(Event::Session { session: self.session.clone() });
        }
        Ok(self.session.clone())
    }
    /// Gives up the files of a forgotten passphrase.
    pub(super) fn start_afresh(&mut self, _: &StartAfresh) -> Result<SessionState, DeskError> {
        Ok(self.enter(Who::Login))
    }
    /// A window in a browser does not end.
    pub(super) fn quit(&mut self, _: &Quit) -> Result<(), DeskError> {
        Ok(())
    }
    /// Opens the files.
    pub(super) fn unlock(&mut self, query: &Unlock) -> Result<SessionState, DeskError> {
        if query.secret == OFTEN {
            return Err(DeskError { retry_after: Some(30), ..DeskError::new(ErrorCode::TooManyTries) });
        }
        let other = self.password.as_ref().is_some_and(|password| *password != query.secret);
        if query.secret == WRONG || query.secret.is_empty() || other {
            return Err(DeskError::new(ErrorCode::WrongPassphrase));
        }
        Ok(self.enter(Who::Open))
    }
    /// Asks for a mail with a code.
    pub(super) fn forgot(&mut self, _: &Forgot) -> Result<(), DeskError> {
        Ok(())
    }
    /// Sets a new password. The code is always 482913.
    pub(super) fn new_password(&mut self, query: &NewPassword) -> Result<(), DeskError> {
        if query.token.trim() != "482913" {
            return Err(DeskError::new(ErrorCode::BadToken));
        }
        if query.password.chars().count() < 10 {
            let details = domain::decision::Refusal::invalid("new_password", Invalid::TooShort(10)).details;
            return Err(DeskError { details: Some(details), ..DeskError::new(ErrorCode::Refused) });
        }
        Ok(())
    }
}
