//! Somebody's second factor, as the server keeps it; without an authenticator: one code is right.

use domain::{
    time::UtcMillis,
    wire::{RecoveryCodes, SecondFactor, SecondFactorSecret},
};
use sync::{FactorAsk, FactorTold, Fault};

use crate::net::problem;

/// The code that is right.
pub const CODE: &str = "287082";
/// The secret that is given.
pub const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Factor {
    begun: bool,
    since: Option<UtcMillis>,
    /// How often recovery codes were made.
    rounds: u32,
}

impl Factor {
    pub(crate) const fn is_on(&self) -> bool {
        self.since.is_some()
    }
    pub(crate) fn answer(&mut self, ask: &FactorAsk, password: &str, now: UtcMillis) -> Result<FactorTold, Fault> {
        let may = |right: bool, code: &str| if right { Ok(()) } else { Err(problem(422, code, None)) };
        let on = self.is_on();
        let is = |wanted: bool| match (wanted, on) {
            (true, false) => Err(problem(409, "second_factor_off", None)),
            (false, true) => Err(problem(409, "second_factor_on", None)),
            _ => Ok(()),
        };
        match ask {
            FactorAsk::State => Ok(FactorTold::State(SecondFactor { on, since: self.since, recovery_left: if on { 10 } else { 0 } })),
            FactorAsk::Begin(asked) => {
                may(asked.password == password, "invalid_credentials")?;
                is(false)?;
                self.begun = true;
                let uri = format!("otpauth://totp/Meja:dewi%40x.id?secret={SECRET}&issuer=Meja&algorithm=SHA1&digits=6&period=30");
                Ok(FactorTold::Secret(SecondFactorSecret { secret: SECRET.to_owned(), uri }))
            }
            FactorAsk::Confirm(asked) => {
                is(false)?;
                may(self.begun && asked.code == CODE, "code_wrong")?;
                self.since = Some(now);
                Ok(self.codes())
            }
            FactorAsk::Renew(asked) => {
                is(true)?;
                may(asked.code == CODE, "code_wrong")?;
                Ok(self.codes())
            }
            FactorAsk::Off(asked) => {
                is(true)?;
                may(asked.password == password, "invalid_credentials")?;
                may(asked.code == CODE, "code_wrong")?;
                *self = Self::default();
                Ok(FactorTold::Off)
            }
        }
    }
    fn codes(&mut self) -> FactorTold {
        self.rounds += 1;
        let recovery_codes = (0..10).map(|n| format!("{:04}-kode-{n:04}", self.rounds)).collect();
        FactorTold::Codes(RecoveryCodes { recovery_codes })
    }
}
