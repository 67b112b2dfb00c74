//! One's own second factor: it stands on the server, and codes are checked there.

use bridge::{DeskError, ErrorCode, FactorSecret, QrCode, SecondFactor, SecondFactorReply};
use domain::wire::{SecondFactorBegin, SecondFactorCode, SecondFactorOff, SecondFactorSecret};
use sync::{FactorAsk, FactorTold, Fault};

use crate::{
    desk::Desk,
    error::{told, unanswered},
};

/// The modules that stay white around a code (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

impl Desk {
    /// Asks about one's own second factor, or changes it.
    ///
    /// # Errors
    /// `invalid_credentials`, `code_wrong`, `factor_changed`, `factor_unavailable`, `too_many_tries`; `unreachable`; `no_session`.
    pub async fn second_factor(&self, query: SecondFactor) -> Result<SecondFactorReply, DeskError> {
        let asking = self.inner.work().await?.asking();
        let told = asking.second_factor(&ask_of(query)).await.map_err(|fault| unchanged(&fault))?;
        Ok(match told {
            FactorTold::State(state) => SecondFactorReply::State { state },
            FactorTold::Secret(SecondFactorSecret { secret, uri }) => {
                SecondFactorReply::Secret { secret: FactorSecret { secret, qr: drawn(&uri) } }
            }
            FactorTold::Codes(codes) => SecondFactorReply::Codes { codes: codes.recovery_codes },
            FactorTold::Off => SecondFactorReply::State { state: domain::wire::SecondFactor { on: false, since: None, recovery_left: 0 } },
        })
    }
}

fn ask_of(query: SecondFactor) -> FactorAsk {
    match query {
        SecondFactor::State => FactorAsk::State,
        SecondFactor::Begin { password } => FactorAsk::Begin(SecondFactorBegin { password }),
        SecondFactor::Confirm { code } => FactorAsk::Confirm(SecondFactorCode { code }),
        SecondFactor::Renew { code } => FactorAsk::Renew(SecondFactorCode { code }),
        SecondFactor::Off { password, code } => FactorAsk::Off(SecondFactorOff { password, code }),
    }
}

/// Why it is as it was.
fn unchanged(fault: &Fault) -> DeskError {
    let code = match (fault.status(), fault.code()) {
        (Some(422), Some("invalid_credentials")) => ErrorCode::InvalidCredentials,
        (Some(422), Some("code_wrong")) => ErrorCode::CodeWrong,
        (Some(409), Some("second_factor_on" | "second_factor_off")) => ErrorCode::FactorChanged,
        (Some(503), Some("second_factor_unavailable")) => ErrorCode::FactorUnavailable,
        _ => return unanswered(fault),
    };
    told(code, &fault.to_string())
}

/// The code that an authenticator's camera reads; nothing where it is no address of one, or too long to be drawn: whoever points
/// a camera at the window is never led elsewhere.
fn drawn(uri: &str) -> Option<QrCode> {
    if !uri.starts_with("otpauth://totp/") {
        return None;
    }
    let code = qrcode::QrCode::with_error_correction_level(uri, qrcode::EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let rows = colors.chunks(width).enumerate();
    let path = rows.map(|(y, row)| runs(row).map(|(x, n)| format!("M{} {}h{n}v1h-{n}z", x + QUIET, y + QUIET)).collect::<String>());
    Some(QrCode { side: u32::try_from(width + 2 * QUIET).ok()?, path: path.collect() })
}

/// Where dark modules follow each other in a row, and how many.
fn runs(row: &[qrcode::Color]) -> impl Iterator<Item = (usize, usize)> {
    let parts = row.chunk_by(|a, b| a == b).scan(0, |at, part| {
        let from = *at;
        *at += part.len();
        Some((part[0] == qrcode::Color::Dark, from, part.len()))
    });
    parts.filter(|(dark, ..)| *dark).map(|(_, from, n)| (from, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_as_it_is_within_its_quiet_zone() {
        let uri = "otpauth://totp/Meja:dewi%40x.id?secret=GEZDGNBVGY3TQOJQ&issuer=Meja";
        let drawn = drawn(uri).unwrap();
        let code = qrcode::QrCode::with_error_correction_level(uri, qrcode::EcLevel::M).unwrap();
        assert_eq!(usize::try_from(drawn.side).unwrap(), code.width() + 8);
        let mut dark = vec![qrcode::Color::Light; code.width() * code.width()];
        for run in drawn.path.split_terminator('z') {
            let (place, length) = run[1..].split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let n: usize = length.split_once('v').unwrap().0.parse().unwrap();
            assert_eq!(run, format!("M{x} {y}h{n}v1h-{n}"));
            (0..n).for_each(|more| dark[(y - 4) * code.width() + x - 4 + more] = qrcode::Color::Dark);
        }
        assert!(dark == code.to_colors(), "what is drawn is the code");
    }

    #[test]
    fn nothing_else_is_drawn() {
        assert!(drawn("https://ruangkarsa.id").is_none());
        assert!(drawn(&format!("otpauth://totp/{}", "x".repeat(5_000))).is_none());
    }
}
