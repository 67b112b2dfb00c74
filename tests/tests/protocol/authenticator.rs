//! An authenticator, made from RFC 6238 and RFC 4226.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::client::now;

/// The code that an authenticator shows so many steps of 30 s from now.
pub(crate) fn code(secret: &str, from_now: i64) -> String {
    let letter = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
    let bits: String = secret.chars().map(|c| format!("{:05b}", letter(c))).collect();
    let bytes = bits.as_bytes().chunks_exact(8).map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap());
    let key: Vec<u8> = bytes.collect();
    let step = i64::try_from(now() / 30_000).unwrap() + from_now;
    let mac = Hmac::<Sha1>::new_from_slice(&key).unwrap().chain_update(step.to_be_bytes()).finalize().into_bytes();
    let at = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes(mac[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
