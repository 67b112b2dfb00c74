//! Why a file is not taken.

use std::fmt;

macro_rules! checks {
    ($($(#[$doc:meta])* $check:ident = $wire:literal,)*) => {
        /// What a file did not pass. The name on the wire never changes; the words for people are `file-…` in the catalogues.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $($(#[$doc])* $check,)* }

        impl Check {
            /// All checks.
            pub const ALL: &'static [Self] = &[$(Self::$check,)*];
            /// The name on the wire.
            #[must_use]
            pub const fn wire(self) -> &'static str { match self { $(Self::$check => $wire,)* } }
        }
    };
}
checks! {
    /// No file is taken for this policy.
    PolicyUnknown = "policy_unknown",
    /// More bytes than the policy takes.
    TooLarge = "too_large",
    /// No bytes.
    Empty = "empty",
    /// Nothing is left of its name once it is made harmless.
    NameUnusable = "name_unusable",
    /// Its name does not end as one of the kinds that the policy takes.
    ExtensionUnknown = "extension_unknown",
    /// It is declared as another kind than its name says.
    TypeMismatch = "type_mismatch",
    /// Its bytes do not begin as those of the kind that its name says.
    MagicMismatch = "magic_mismatch",
    /// Something stands behind its end.
    TrailingData = "trailing_data",
    /// It can be read as a file of another kind as well.
    TwoKinds = "two_kinds",
    /// Its end is missing.
    Truncated = "truncated",
    /// It is not put together as its kind must be.
    Damaged = "damaged",
    /// An image with too many pixels.
    TooManyPixels = "too_many_pixels",
    /// An archive without anything in it.
    ZipEmpty = "zip_empty",
    /// A part of an archive that has several.
    ZipSpanned = "zip_spanned",
    /// An archive behind something else.
    ZipNotAtStart = "zip_not_at_start",
    /// An archive whose directory does not say what is there.
    ZipDirectory = "zip_directory",
    /// An archive with too many entries.
    ZipTooManyEntries = "zip_too_many_entries",
    /// An archive that holds too much.
    ZipTooLarge = "zip_too_large",
    /// An archive that is packed too well to be honest.
    ZipRatio = "zip_ratio",
    /// An archive whose entries share bytes.
    ZipOverlap = "zip_overlap",
    /// An archive with an entry that would be unpacked elsewhere, or whose name is none.
    ZipPath = "zip_path",
    /// An archive with an entry that points elsewhere.
    ZipLink = "zip_link",
    /// An archive within an archive.
    ZipNested = "zip_nested",
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire())
    }
}

/// A file that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file does not pass `{check}`")]
pub struct Refused {
    /// The first check that it did not pass.
    pub check: Check,
}

impl From<Check> for Refused {
    fn from(check: Check) -> Self {
        Self { check }
    }
}
