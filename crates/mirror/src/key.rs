//! The key of a file.

use std::fmt::{self, Write as _};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A raw 256-bit key. It comes from the shell's randomness, leaves memory with its owner, and no `Debug` shows it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes over 32 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// The bytes, for wrapping them.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// The key in the cipher's notation for raw keys, `x'…'`: nothing is derived from it, so opening costs no time.
    pub(crate) fn literal(&self) -> String {
        let mut text = String::with_capacity(67);
        text.push_str("x'");
        for byte in self.0 {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\'');
        text
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_for_the_cipher_alone() {
        let key = Key::new([0xa5; 32]);
        assert_eq!(key.literal(), format!("x'{}'", "a5".repeat(32)));
        assert_eq!(format!("{key:?}"), "Key { .. }");
    }
}
