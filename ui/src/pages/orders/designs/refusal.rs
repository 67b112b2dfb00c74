//! Why a file became no version, or was not taken by the server: which check it was, and what would help (ui.md, principle 8).

use bridge::Attached;
use domain::{
    decision::Code,
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};

use crate::words::refusal;

/// What helps against a check of the inspector; nothing where nobody at the desk can do anything.
fn help(check: &str) -> Option<&'static str> {
    Some(match check {
        "extension_unknown" | "type_mismatch" => "upload-help-kind",
        "too_large" => "upload-help-size",
        "too_many_pixels" => "upload-help-pixels",
        "name_unusable" => "upload-help-name",
        "empty" | "magic_mismatch" | "trailing_data" | "two_kinds" | "truncated" | "damaged" => "upload-help-export",
        "unreadable" => "upload-help-read",
        check if check.starts_with("zip_") => "upload-help-pack",
        _ => return None,
    })
}

/// A check in words; nothing where it is none.
fn check_word(words: &Words, check: &str) -> Option<String> {
    let key = match check {
        "unreadable" => "upload-unreadable".to_owned(),
        check => format!("file-{}", check.replace('_', "-")),
    };
    // The names of the desk's own files begin alike and are no checks.
    (words.has(&key) && (help(check).is_some() || matches!(check, "policy_unknown" | "hash_mismatch" | "too_many_files")))
        .then(|| words.text(&key))
}

/// Why a file became no version.
pub(crate) fn not_taken(words: &Words, it: &Attached, now: UtcMillis, zone: Zone) -> String {
    let code = it.refused.as_deref().unwrap_or_default();
    let details = it.details.as_deref().cloned().unwrap_or_default();
    if let (Code::SameDesign, Some(number)) = (Code::of_wire(code), &details.number) {
        return words.with("upload-same", &[("version", isolate(number).into())]);
    }
    match check_word(words, code) {
        Some(why) => [Some(why), help(code).map(|help| words.text(help))].into_iter().flatten().collect::<Vec<_>>().join(" "),
        None => refusal(words, code, &details, now, zone),
    }
}

/// Why the server did not take one.
pub(super) fn not_sent(words: &Words, code: Option<&str>) -> String {
    let code = code.unwrap_or_default();
    let known = || (!matches!(Code::of_wire(code), Code::Unknown(_))).then(|| words.text(&Code::of_wire(code).word()));
    check_word(words, code).or_else(known).unwrap_or_else(|| words.text("upload-refused-unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{decision::Details, records::SettingKey, role::Role, words::Lang};

    fn why(code: &str, number: Option<&str>) -> String {
        told(code, Details { number: number.map(Into::into), ..Details::default() })
    }
    fn told(code: &str, details: Details) -> String {
        let it = Attached { name: "x.psd".into(), design: None, refused: Some(code.into()), details: Some(Box::new(details)) };
        let said = not_taken(&Words::new(Lang::Id), &it, UtcMillis::from_ms(0), Zone::Wib);
        said.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn a_check_says_what_would_help() {
        assert!(why("extension_unknown", None).ends_with("Yang diterima: JPG, PNG, PDF, ZIP, RAR sampai 10 MB."));
        assert!(why("zip_link", None).starts_with("Arsip berisi tautan ke tempat lain. Buat ulang arsipnya"));
        assert!(why("unreadable", None).starts_with("Berkas tidak bisa dibaca."));
        assert_eq!(why("same_design", Some("V2")), "Sama dengan V2, tidak diunggah lagi");
        assert!(why("not_open", None).starts_with("Ini sudah ditutup."));
        let details = Details { roles: vec![Role::Admin], setting: Some(SettingKey::DesignUploaders), ..Details::default() };
        assert_eq!(told("not_allowed", details), "Hanya Admin yang boleh mengunggah (setelan organisasi).");
    }

    #[test]
    fn what_nobody_knows_is_said_as_such() {
        let words = Words::new(Lang::Id);
        assert_eq!(not_sent(&words, Some("damaged")), "Berkas rusak.");
        assert_eq!(not_sent(&words, Some("quota_of_next_year")), words.text("upload-refused-unknown"));
        assert_eq!(not_sent(&words, Some("mirror")), words.text("upload-refused-unknown"), "a word of another list is no check");
    }
}
