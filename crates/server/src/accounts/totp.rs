//! Codes that change with time: RFC 6238 over RFC 4226, with SHA-1, six digits and steps of 30 s, as every authenticator does it.

use domain::time::UtcMillis;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// The bytes of a secret (RFC 4226, 4: as long as the hash).
pub(super) const SECRET: usize = 20;
/// A step, in milliseconds.
const STEP: i64 = 30_000;
/// How many steps before and after now count: clocks of telephones are seconds off, and people type slowly.
const AROUND: i64 = 1;

/// The code of one step (RFC 4226, 5.3).
fn code(secret: &[u8; SECRET], step: i64) -> u32 {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret) else { return u32::MAX };
    let hash: [u8; 20] = mac.chain_update(step.to_be_bytes()).finalize().into_bytes().into();
    let at = usize::from(hash[19] & 0x0f);
    let four = [hash[at], hash[at + 1], hash[at + 2], hash[at + 3]];
    (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
}

/// Six digits, however they are grouped.
pub(super) fn six_digits(text: &str) -> Option<u32> {
    if text.len() > 100 {
        return None;
    }
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let six = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
    six.then(|| digits.parse().ok()).flatten()
}

/// The step of which this is the code, around `now` and after the last one that was taken. All steps are looked at, and numbers
/// compared, so that the time it takes says nothing.
pub(super) fn step_of(secret: &[u8; SECRET], given: u32, now: UtcMillis, last: i64) -> Option<i64> {
    let at = now.ms().div_euclid(STEP);
    (at - AROUND..=at + AROUND).fold(None, |found, step| {
        let is = (code(secret, step) == given) & (step > last);
        if is { Some(step) } else { found }
    })
}

/// Base32 without padding (RFC 4648, 6). Twenty bytes are thirty-two letters, so no bits are left over.
pub(super) fn base32(secret: &[u8; SECRET]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let letters = secret.chunks_exact(5).flat_map(|five| {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8).rev().map(move |place| LETTERS[usize::from((bits >> (5 * place)) as u8 & 31)])
    });
    letters.map(char::from).collect()
}

/// The code of a moment, for tests that stand in for an authenticator.
#[cfg(test)]
pub(crate) fn code_at(secret: &str, now: UtcMillis) -> String {
    let bits = secret.bytes().map(|c| u64::from(if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' }));
    let bits: Vec<u64> = bits.collect();
    let bytes: Vec<u8> =
        bits.chunks(8).flat_map(|eight| eight.iter().fold(0, |all, five| all << 5 | five).to_be_bytes()[3..].to_vec()).collect();
    format!("{:06}", code(&bytes.try_into().unwrap(), now.ms().div_euclid(STEP)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const SECRET_OF_THE_RFC: &[u8; 20] = b"12345678901234567890";

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    #[rstest]
    #[case(59, 287_082)]
    #[case(1_111_111_109, 81_804)]
    #[case(1_111_111_111, 50_471)]
    #[case(1_234_567_890, 5_924)]
    #[case(2_000_000_000, 279_037)]
    #[case(20_000_000_000, 353_130)]
    fn the_vectors_of_the_rfc(#[case] second: i64, #[case] expected: u32) {
        assert_eq!(code(SECRET_OF_THE_RFC, second / 30), expected);
        assert_eq!(step_of(SECRET_OF_THE_RFC, expected, UtcMillis::from_ms(second * 1_000), 0), Some(second / 30));
    }

    #[test]
    fn a_code_counts_one_step_around_and_never_twice() {
        let (at, given) = (|second: i64| UtcMillis::from_ms(second * 1_000), code(SECRET_OF_THE_RFC, 100));
        let taken: Vec<i64> = (0..300).filter(|n| step_of(SECRET_OF_THE_RFC, given, at(2_900 + n), 0).is_some()).collect();
        assert_eq!((taken.first(), taken.last(), taken.len()), (Some(&70), Some(&159), 90));
        assert_eq!(step_of(SECRET_OF_THE_RFC, given, at(3_000), 99), Some(100));
        assert_eq!(step_of(SECRET_OF_THE_RFC, given, at(3_000), 100), None);
    }

    #[test]
    fn a_secret_is_written_as_authenticators_read_it() {
        assert_eq!(base32(SECRET_OF_THE_RFC), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", UtcMillis::from_ms(59_000)), "287082");
    }

    #[rstest]
    #[case("287082", Some(287_082))]
    #[case(" 012 345\n", Some(12_345))]
    #[case("28708", None)]
    #[case("2870822", None)]
    #[case("28708a", None)]
    #[case("٢٨٧", None)]
    #[case("", None)]
    fn six_digits_are_read_however_they_are_grouped(#[case] text: &str, #[case] expected: Option<u32>) {
        assert_eq!(six_digits(text), expected);
    }
}
