//! Files: by what they are known, what they may be called, and which ones are taken for what (R-077, R-096, C-34; facts 4.9).
//! Whether the bytes are what they say is looked at by `inspect`, which goes by the limits that stand here.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Digest as _;
use std::{fmt, str::FromStr};
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    record::column_types,
    text::{Invalid, clean_line, is_unseen},
    wire_enum::wire_enum,
};

/// The most bytes of a design or of a proof of payment (R-077, R-096, C-34).
const TEN_MEGABYTES: u64 = 10_485_760;
/// The most pixels of an image (facts 4.9).
pub const MOST_PIXELS: u64 = 40_000_000;
/// The most entries of an archive.
pub const MOST_ENTRIES: usize = 1_000;
/// The most bytes that an archive may say it holds.
pub const MOST_UNPACKED: u64 = 1 << 30;
/// How many times larger than they are packed files of an archive may say they are.
pub const MOST_RATIO: u64 = 200;

/// What a file is known by: the SHA-256 of its bytes, 64 hexadecimal digits in lower case on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

/// A text that is no SHA-256 in the wire's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits in lower case")]
pub struct BadSha256;

impl Sha256 {
    /// That of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
    /// One that was computed piece by piece.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// Its 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}
impl FromStr for Sha256 {
    type Err = BadSha256;
    fn from_str(text: &str) -> Result<Self, BadSha256> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(BadSha256),
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(BadSha256);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }
}
impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Sha256 {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sha256".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// What a file is called: its name alone, without folders, in Unicode's composed form (NFC), at most 120 bytes. Nothing in it steers
/// a screen or a path, and Windows can keep it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// The most bytes, in UTF-8.
    pub const MOST: usize = 120;
    /// The most bytes of an ending that is kept when a name is too long.
    const ENDING: usize = 16;

    /// Makes a name of whatever a file was called. A path counts by what stands behind its last slash or backslash; what a name must
    /// not have is left out, what Windows keeps for itself gets a `_` before it, and what is too long is cut before its ending.
    ///
    /// # Errors
    /// [`Invalid::Required`] where nothing is left of it.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let base = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = clean_line(base).chars().filter(|c| !is_unseen(*c)).collect();
        let composed: String = kept.nfc().filter(|c| !"<>:\"|?*/\\".contains(*c)).collect();
        let mut name = trimmed(&composed).to_owned();
        if is_reserved(&name) {
            name.insert(0, '_');
        }
        let name = shortened(&name);
        if name.is_empty() { Err(Invalid::Required) } else { Ok(Self(name)) }
    }
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Its ending without the dot, in lower case: `logo.final.PNG` ends in `png`.
    #[must_use]
    pub fn ending(&self) -> Option<String> {
        self.0.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending.to_lowercase())
    }
}

/// Windows drops dots and spaces at an end, and a dot at the beginning hides a file elsewhere.
fn trimmed(name: &str) -> &str {
    let unwanted = |c: char| c == '.' || c.is_whitespace();
    name.trim_matches(unwanted)
}

/// The names of devices, which Windows opens instead of a file, whatever ending they have.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let mut number = number.unwrap_or_default().chars();
    matches!((number.next(), number.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

fn shortened(name: &str) -> String {
    if name.len() <= FileName::MOST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= FileName::ENDING => (stem, Some(ending)),
        _ => (name, None),
    };
    let room = FileName::MOST - ending.map_or(0, |ending| ending.len() + 1);
    let stem = trimmed(&stem[..stem.floor_char_boundary(room)]);
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

wire_enum! {
    /// What the bytes of a file are. The other names are those that systems and browsers say as well.
    pub enum MediaType {
        /// A JPEG.
        Jpeg = "image/jpeg" | "image/jpg" | "image/pjpeg",
        /// A PNG.
        Png = "image/png" | "image/x-png",
        /// A PDF.
        Pdf = "application/pdf" | "application/x-pdf",
        /// A ZIP archive.
        Zip = "application/zip" | "application/x-zip" | "application/x-zip-compressed",
        /// A RAR archive.
        Rar = "application/vnd.rar" | "application/rar" | "application/x-rar" | "application/x-rar-compressed",
    }
}

impl MediaType {
    /// Whether pictures are made of such a file: of a PDF and of archives none are.
    #[must_use]
    pub const fn is_image(&self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
    /// What a file with this ending (in lower case) says it is.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::KNOWN.iter().find(|media| media.endings().contains(&ending)).cloned()
    }
    /// The endings, in lower case, that say of a file that it is this; the usual one first.
    #[must_use]
    pub const fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Pdf => &["pdf"],
            Self::Zip => &["zip"],
            Self::Rar => &["rar"],
            Self::Unknown(_) => &[],
        }
    }
    /// What a file that was declared as this (`image/png; charset=x` counts as `image/png`) says it is.
    #[must_use]
    pub fn of_declared(declared: &str) -> Self {
        Self::of_wire(&declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }
}

wire_enum! {
    /// What a file is uploaded for.
    pub enum FilePolicy {
        /// A design.
        Design = "design",
        /// A proof of payment.
        Proof = "proof",
        /// The picture of a person.
        Avatar = "avatar",
        /// The result of a session.
        Result = "result",
    }
}

/// Which files are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// The most bytes.
    pub bytes: u64,
    /// What they may be.
    pub media: &'static [MediaType],
}

impl FilePolicy {
    /// Which files are taken for it (C-34); nothing for what no file is taken for yet.
    #[must_use]
    pub const fn limits(&self) -> Option<FileLimits> {
        const DESIGN: &[MediaType] = &[MediaType::Jpeg, MediaType::Png, MediaType::Pdf, MediaType::Zip, MediaType::Rar];
        const PROOF: &[MediaType] = &[MediaType::Jpeg, MediaType::Png, MediaType::Pdf];
        match self {
            Self::Design => Some(FileLimits { bytes: TEN_MEGABYTES, media: DESIGN }),
            Self::Proof => Some(FileLimits { bytes: TEN_MEGABYTES, media: PROOF }),
            Self::Avatar | Self::Result | Self::Unknown(_) => None,
        }
    }
    /// Whether clients too put files there for it: what they attach to a message.
    #[must_use]
    pub const fn is_for_clients(&self) -> bool {
        matches!(self, Self::Design)
    }
    /// A size that is taken for it, as a record keeps it.
    ///
    /// # Errors
    /// [`Invalid::Unknown`] where no file is taken for it at all; [`Invalid::OutOfRange`].
    pub fn size(&self, bytes: u64) -> Result<i64, Invalid> {
        let limits = self.limits().ok_or(Invalid::Unknown)?;
        i64::try_from(bytes).ok().filter(|_| (1..=limits.bytes).contains(&bytes)).ok_or(Invalid::OutOfRange)
    }
    /// Whether a file of this size and kind is taken for it.
    ///
    /// # Errors
    /// [`Invalid::Unknown`] where it is not.
    pub fn takes(&self, size: i64, media_type: &MediaType) -> Result<(), Invalid> {
        let limits = self.limits().ok_or(Invalid::Unknown)?;
        let fits = u64::try_from(size).is_ok_and(|size| size <= limits.bytes);
        if fits && limits.media.contains(media_type) { Ok(()) } else { Err(Invalid::Unknown) }
    }
}

column_types! { Text: Sha256, FileName, MediaType, FilePolicy; }

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn a_hash_has_one_form() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), text);
        assert_eq!(text.parse(), Ok(Sha256::of(b"abc")));
        assert_eq!(serde_json::to_string(&Sha256::of(b"abc")).unwrap(), format!("\"{text}\""));
        for bad in ["", &text[1..], &text.to_uppercase(), &format!("{text}0"), &text.replace('b', "ß"), "../../etc/passwd"] {
            assert_eq!(bad.parse::<Sha256>(), Err(BadSha256), "{bad}");
        }
    }

    #[rstest]
    #[case("logo final.PNG", "logo final.PNG")]
    #[case("/etc/../logo.png", "logo.png")]
    #[case("C:\\Users\\Bayu\\logo.png", "logo.png")]
    #[case("C:logo.png", "Clogo.png")]
    #[case("lo\u{0}go\r\n.png", "logo .png")]
    #[case("logo\u{202e}gnp.exe", "logognp.exe")]
    #[case("cafe\u{301}.pdf", "caf\u{e9}.pdf")]
    #[case("  .. .logo.png. . ", "logo.png")]
    #[case("a<b>c:d\"e|f?g*.zip", "abcdefg.zip")]
    #[case("CON", "_CON")]
    #[case("nul.tar.zip", "_nul.tar.zip")]
    #[case("com1.png", "_com1.png")]
    #[case("LPT³.png", "_LPT³.png")]
    #[case("com10.png", "com10.png")]
    #[case("console.png", "console.png")]
    fn names_are_made_harmless(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(FileName::new(text).unwrap().as_str(), expected);
    }

    #[test]
    fn what_is_too_long_keeps_its_ending() {
        let name = FileName::new(&format!("{}.jpeg", "é".repeat(200))).unwrap();
        assert_eq!((name.as_str().len(), name.ending().as_deref()), (119, Some("jpeg")));
        assert_eq!(FileName::new(&"é".repeat(200)).unwrap().as_str().len(), 120);
        for nothing in ["", "/", "...", "\u{202e}", "a/", " \n "] {
            assert_eq!(FileName::new(nothing), Err(Invalid::Required), "{nothing:?}");
        }
    }

    #[test]
    fn a_name_ends_behind_its_last_dot() {
        let ending = |text: &str| FileName::new(text).unwrap().ending();
        assert_eq!((ending("logo.png.exe").as_deref(), ending("LOGO.JPG").as_deref(), ending("logo")), (Some("exe"), Some("jpg"), None));
    }

    proptest! {
        #[test]
        fn cleaning_a_name_twice_is_cleaning_it_once(text in any::<String>()) {
            if let Ok(name) = FileName::new(&text) {
                prop_assert!(name.as_str().len() <= FileName::MOST);
                let steers = |c: char| c.is_control() || "/\\\u{202e}".contains(c);
                prop_assert!(!name.as_str().contains(steers), "{name}");
                prop_assert_eq!(FileName::new(name.as_str()), Ok(name));
            }
        }
        #[test]
        fn a_hash_comes_back(bytes in any::<[u8; 32]>()) {
            let hash = Sha256::from_bytes(bytes);
            prop_assert_eq!(hash.to_string().parse(), Ok(hash));
        }
    }
}
