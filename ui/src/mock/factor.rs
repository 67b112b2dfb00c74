//! The second factor, as the server would say it. Its code is always the same one.

use bridge::{DeskError, ErrorCode, FactorSecret, QrCode, SecondFactor, SecondFactorReply};
use domain::wire;

use super::{
    account::{CODE, OFTEN, WRONG},
    desk::Desk,
};

impl Desk {
    /// Asks about it, or changes it: any password but «salah» is right, «sering» was tried too often.
    pub(super) fn second_factor(&mut self, query: &SecondFactor) -> Result<SecondFactorReply, DeskError> {
        self.asks()?;
        let refused = |code| Err(DeskError::new(code));
        let right = |password: &str| match password {
            WRONG => refused(ErrorCode::InvalidCredentials),
            OFTEN => Err(DeskError { retry_after: Some(30), ..DeskError::new(ErrorCode::TooManyTries) }),
            _ => Ok(()),
        };
        let good = |code: &str| if code == CODE { Ok(()) } else { refused(ErrorCode::CodeWrong) };
        match query {
            SecondFactor::State => {}
            SecondFactor::Begin { password } => {
                right(password)?;
                let secret = FactorSecret { secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(), qr: Some(picture()) };
                return Ok(SecondFactorReply::Secret { secret });
            }
            SecondFactor::Confirm { code } => {
                good(code)?;
                self.factor = Some(self.now);
                return Ok(codes());
            }
            SecondFactor::Renew { code } => {
                good(code)?;
                return Ok(codes());
            }
            SecondFactor::Off { password, code } => {
                right(password)?;
                good(code)?;
                self.factor = None;
            }
        }
        let (on, since) = (self.factor.is_some(), self.factor);
        Ok(SecondFactorReply::State { state: wire::SecondFactor { on, since, recovery_left: if on { 10 } else { 0 } } })
    }
}

fn codes() -> SecondFactorReply {
    const SYLLABLES: [&str; 10] = ["k7mq", "r2xw", "p9ta", "h4zn", "c6ve", "y3bd", "m8fj", "t5gs", "w2ku", "n7pr"];
    let code = |n: usize| format!("{}-{}-{}", SYLLABLES[n], SYLLABLES[(n + 3) % 10], SYLLABLES[(n + 7) % 10]);
    SecondFactorReply::Codes { codes: (0..10).map(code).collect() }
}

/// What looks like a code. No camera reads it.
pub(crate) fn picture() -> QrCode {
    const SIDE: u32 = 37;
    let corner = |x: u32, y: u32| {
        let ring = |n: u32, size: u32| format!("M{} {}h{size}v{size}h-{size}z", x + n, y + n);
        // The ring's inside goes round the other way, and so stays light.
        format!("{}M{} {}v5h5v-5z{}", ring(0, 7), x + 1, y + 1, ring(2, 3))
    };
    let mut path = [corner(4, 4), corner(26, 4), corner(4, 26)].concat();
    let mut bits = 0x2545_f491_u32;
    for (x, y) in (4..SIDE - 4).flat_map(|y| (4..SIDE - 4).map(move |x| (x, y))) {
        bits ^= bits << 13;
        bits ^= bits >> 17;
        bits ^= bits << 5;
        let in_corner = (x < 12 && !(12..=24).contains(&y)) || (x > 24 && y < 12);
        if bits & 1 == 1 && !in_corner {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    QrCode { side: SIDE, path }
}
