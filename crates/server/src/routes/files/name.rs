//! What a file is to be saved as (RFC 6266, RFC 8187).

use domain::file::FileName;

/// `attachment`, with the name for everybody and, where it has other letters, for those who know UTF-8.
pub(super) fn disposition(name: &FileName) -> String {
    let plain: String =
        name.as_str().chars().map(|c| if c == ' ' || (c.is_ascii_graphic() && !"\"\\%".contains(c)) { c } else { '_' }).collect();
    if plain == name.as_str() {
        return format!("attachment; filename=\"{plain}\"");
    }
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escaped: String =
        name.as_str().bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_written_so_that_everybody_reads_them() {
        let written = |name: &str| disposition(&FileName::new(name).unwrap());
        assert_eq!(written("logo final.png"), "attachment; filename=\"logo final.png\"");
        assert_eq!(written("café 100%.png"), "attachment; filename=\"caf_ 100_.png\"; filename*=UTF-8''caf%C3%A9%20100%25.png");
    }

    proptest! {
        #[test]
        fn no_name_gets_out_of_its_header(name in any::<String>()) {
            if let Ok(name) = FileName::new(&name) {
                let written = disposition(&name);
                prop_assert!(written.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{written}");
                prop_assert_eq!(written.matches('"').count(), 2, "{}", written);
            }
        }
    }
}
