//! Cursors: `v1~<epoch>~<number>~<rights>~<chain>`. A cursor belongs to a database, a history and the rights of a person;
//! whatever does not match is a reset (docs/sync.md, Reset).

use domain::{audience::AUDIENCE_VERSION, audit::Hash, role::Principal};
use sha2::{Digest, Sha256};
use std::{
    fmt::{self, Write},
    str::FromStr,
};
use store::Snapshot;
use uuid::Uuid;

/// A place where a commit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The history it belongs to.
    pub epoch: Uuid,
    /// The number.
    pub seq: i64,
    /// The chain at it.
    pub chain: Hash,
}

/// The first bytes of a hash over a person's principals and the version of the audience function: other rights, another feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights([u8; 4]);

impl Rights {
    /// The rights of whoever has these principals.
    #[must_use]
    pub fn of(principals: &[Principal]) -> Self {
        let mut sorted: Vec<String> = principals.iter().map(ToString::to_string).collect();
        sorted.sort();
        let text = format!("{AUDIENCE_VERSION}\n{}", sorted.join("\n"));
        let hash = Sha256::digest(text.as_bytes());
        Self([hash[0], hash[1], hash[2], hash[3]])
    }
}

/// What a desk keeps of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    epoch: Uuid,
    /// The number.
    pub seq: i64,
    rights: Rights,
    chain: [u8; 8],
}

/// A text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

impl Cursor {
    /// The cursor of a place, for whoever has these rights.
    #[must_use]
    pub fn at(place: &Place, rights: Rights) -> Self {
        let mut chain = [0; 8];
        chain.copy_from_slice(&place.chain[..8]);
        Self { epoch: place.epoch, seq: place.seq, rights, chain }
    }
    /// Whether it belongs to this database, this history and these rights.
    ///
    /// # Errors
    /// [`store::StoreError`].
    pub async fn fits(&self, epoch: Uuid, rights: Rights, snapshot: &mut dyn Snapshot) -> store::Result<bool> {
        if domain::planted::planted("history_unchecked") {
            return Ok(self.rights == rights && snapshot.link_hash(self.seq).await?.is_some());
        }
        if self.epoch != epoch || (self.rights != rights && !domain::planted::planted("rights_unchecked")) {
            return Ok(false);
        }
        let chain = snapshot.link_hash(self.seq).await?;
        Ok(chain.is_some_and(|hash| hash[..8] == self.chain))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v1~{}~{}~", self.epoch.simple(), self.seq)?;
        self.rights.0.iter().try_for_each(|b| write!(f, "{b:02x}"))?;
        f.write_char('~')?;
        self.chain.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

fn hex<const N: usize>(text: &str) -> Result<[u8; N], BadCursor> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Ok(b - b'0'),
        b'a'..=b'f' => Ok(b - b'a' + 10),
        _ => Err(BadCursor),
    };
    if text.len() != 2 * N {
        return Err(BadCursor);
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Ok(bytes)
}

impl FromStr for Cursor {
    type Err = BadCursor;
    fn from_str(text: &str) -> Result<Self, BadCursor> {
        if text.len() > 100 {
            return Err(BadCursor);
        }
        let mut parts = text.split('~');
        let (Some("v1"), Some(epoch), Some(seq), Some(rights), Some(chain), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(BadCursor);
        };
        let plain = !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit());
        let seq = seq.parse().ok().filter(|_| plain).ok_or(BadCursor)?;
        Ok(Self { epoch: Uuid::from_bytes(hex(epoch)?), seq, rights: Rights(hex(rights)?), chain: hex(chain)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{id::UserId, role::Role, wire::is_cursor};
    use hostile::{most_allocated, text_near};
    use proptest::prelude::*;

    fn place(seq: i64) -> Place {
        Place { epoch: Uuid::from_u128(0x0123_4567), seq, chain: [0xab; 32] }
    }

    #[test]
    fn a_cursor_is_written_as_the_page_says() {
        let rights = Rights::of(&[Principal::Role(Role::Admin)]);
        let text = Cursor::at(&place(42), rights).to_string();
        assert!(text.starts_with("v1~00000000000000000000000001234567~42~"), "{text}");
        assert!(text.ends_with("~abababababababab") && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~-".contains(&b)), "{text}");
        assert_eq!(text.parse(), Ok(Cursor::at(&place(42), rights)));
    }

    #[test]
    fn rights_do_not_depend_on_an_order() {
        let user = Principal::User(UserId::from_uuid(Uuid::from_u128(7)));
        let (admin, cs) = (Principal::Role(Role::Admin), Principal::Role(Role::Cs));
        assert_eq!(Rights::of(&[admin.clone(), cs.clone(), user.clone()]), Rights::of(&[user.clone(), admin.clone(), cs]));
        assert_ne!(Rights::of(&[admin, user.clone()]), Rights::of(&[user]));
    }

    #[test]
    fn what_is_almost_a_cursor_is_none() {
        let good = Cursor::at(&place(42), Rights([1, 2, 3, 4])).to_string();
        for bad in [
            "",
            "x",
            "v1~~~~",
            "~",
            &good.to_uppercase(),
            &good.replace("v1", "v2"),
            &good.replace("~42~", "~+42~"),
            &good.replace("~42~", "~-1~"),
            &good.replace("~42~", "~99999999999999999999~"),
            &format!("{good}~"),
            &good[..good.len() - 1],
        ] {
            assert_eq!(bad.parse::<Cursor>(), Err(BadCursor), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_cursor_survives_its_text(epoch in any::<u128>(), seq in 0..i64::MAX, rights in any::<[u8; 4]>(), chain in any::<[u8; 32]>()) {
            let cursor = Cursor::at(&Place { epoch: Uuid::from_u128(epoch), seq, chain }, Rights(rights));
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            prop_assert!(is_cursor(&cursor.to_string()), "a desk takes it");
        }
        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>()) {
            let _ = text.parse::<Cursor>();
        }
        #[test]
        fn what_is_near_a_cursor_is_one_or_none(text in text_near(&["v1~00000000000000000000000001234567~42~01020304~abababababababab"])) {
            let (most, read) = most_allocated(|| text.parse::<Cursor>());
            prop_assert_eq!(most, 0, "reading one takes no memory");
            if let Ok(cursor) = read {
                prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            }
        }
    }
}
