//! Opaque tokens: 32 random bytes that only their holder has; the database keeps their SHA-256.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::audit::Hash;
use sha2::{Digest, Sha256};

use crate::shell::Shell;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// For every request.
    Access,
    /// For the next pair.
    Refresh,
    /// From a mail, for a new password.
    Mail,
}

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Access => "mja_",
            Self::Refresh => "mjr_",
            Self::Mail => "mjm_",
        }
    }
}

/// A token in plain text: it is sent once and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// A new one.
    #[must_use]
    pub fn new(purpose: Purpose, shell: &Shell) -> Self {
        let random: [u8; 32] = shell.random();
        Self(format!("{}{}", purpose.prefix(), BASE64_URL_SAFE_NO_PAD.encode(random)))
    }
    /// What the database keeps of it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(&self.0)
    }
    /// The token itself, for the one answer that carries it.
    #[must_use]
    pub fn expose(self) -> String {
        self.0
    }
}

/// What the database would keep of this text, if it has the form of such a token.
#[must_use]
pub fn hash_of(purpose: Purpose, text: &str) -> Option<Hash> {
    let shaped = text.starts_with(purpose.prefix()) && text.len() <= 100;
    shaped.then(|| hash(text))
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{most_allocated, text_near};
    use proptest::prelude::*;

    #[test]
    fn a_token_is_found_by_its_hash_and_shown_nowhere() {
        let token = Token::new(Purpose::Access, &Shell::system());
        assert_eq!(format!("{token:?}"), "Token(..)");
        let hash = token.hash();
        let text = token.expose();
        assert!(text.starts_with("mja_") && text.len() == 47, "{text}");
        assert_eq!(hash_of(Purpose::Access, &text), Some(hash));
        assert_eq!(hash_of(Purpose::Refresh, &text), None, "an access token refreshes nothing");
        assert_eq!(hash_of(Purpose::Access, &format!("mja_{}", "x".repeat(5_000))), None);
    }

    proptest! {
        /// A text is looked up as the one kind of token that it says it is, or as none; a long one is not even hashed.
        #[test]
        fn a_text_is_one_token_or_none(text in text_near(&["mja_Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8", "mjr_x", "mjm_"])) {
            let purposes = [Purpose::Access, Purpose::Refresh, Purpose::Mail];
            let (most, hashes) = most_allocated(|| purposes.map(|purpose| hash_of(purpose, &text)));
            prop_assert_eq!(most, 0, "looking it up takes no memory");
            prop_assert!(hashes.iter().flatten().count() <= 1);
            prop_assert!(text.len() <= 100 || hashes.iter().all(Option::is_none));
        }
    }
}
