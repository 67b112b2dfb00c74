//! Addresses in what somebody wrote. Nothing in the window is led by a text: an address is shown whole, its host apart, and can be
//! taken to a browser. What only looks like one stays text.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// As it stands.
    Plain(String),
    /// An address of the web: what stands before its host, the host, what follows.
    Link(String, String, String),
}

/// The parts of a text, in its order; put together they are the text again.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let (mut all, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(at) = next(rest, from) {
        let end = at + rest[at..].find(ends).unwrap_or(rest.len() - at);
        let whole = rest[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"', '…']);
        match link(whole) {
            Some(link) => {
                if at > 0 {
                    all.push(Part::Plain(rest[..at].to_owned()));
                }
                all.push(link);
                (rest, from) = (&rest[at + whole.len()..], 0);
            }
            None => from = end,
        }
    }
    if !rest.is_empty() {
        all.push(Part::Plain(rest.to_owned()));
    }
    all
}

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Where the next address may begin.
fn next(text: &str, from: usize) -> Option<usize> {
    let lower = text.get(from..)?.to_ascii_lowercase();
    SCHEMES.iter().filter_map(|scheme| lower.find(scheme)).min().map(|at| from + at)
}

/// What cannot stand in an address: spaces, marks that steer direction, what is quoted.
fn ends(c: char) -> bool {
    let steers = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || steers || matches!(c, '<' | '>' | '"' | '`' | '\\')
}

/// An address in its parts, if its host is one that can be read: with somebody's name before it, or in letters that look like
/// others, it could lead elsewhere than it seems.
fn link(whole: &str) -> Option<Part> {
    let scheme = SCHEMES.iter().find(|scheme| whole.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let (scheme, after) = whole.split_at(scheme.len());
    let (host, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let readable = name.contains('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let port = host.strip_prefix(name)?;
    let plain_port = port.is_empty() || (port.len() > 1 && port[1..].bytes().all(|b| b.is_ascii_digit()));
    let whole = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    (readable && plain_port && whole).then(|| Part::Link(scheme.to_owned(), host.to_owned(), rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn links(text: &str) -> Vec<String> {
        let whole = |part| if let Part::Link(scheme, host, rest) = part { Some(format!("{scheme}|{host}|{rest}")) } else { None };
        parts(text).into_iter().filter_map(whole).collect()
    }

    #[rstest]
    #[case("Lihat https://ruangkarsa.id/a?b=1#c.", &["https://|ruangkarsa.id|/a?b=1#c"])]
    #[case("(HTTP://contoh.id:8080), lalu https://b.id", &["HTTP://|contoh.id:8080|", "https://|b.id|"])]
    #[case("javascript:alert(1) data:text/html,x file:///etc/passwd //contoh.id", &[])]
    #[case("https://bank.id@jahat.id/x", &[])]
    #[case("https://xn.бank.id https:// https://. https://localhost", &[])]
    #[case("https://a.id/\u{202e}gnp.exe", &["https://|a.id|/"])]
    #[case("https:///x.id https://baik.id", &["https://|baik.id|"])]
    fn only_addresses_of_the_web_whose_host_can_be_read_are_links(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(links(text), expected);
    }

    #[rstest]
    #[case("")]
    #[case("é https://a.id/é, http://é https://b.id.\u{202e}x\n\u{feff}HTTPS://C.ID")]
    #[case("http://http://a.id https://https://")]
    fn put_together_the_parts_are_the_text(#[case] text: &str) {
        let back = |part| match part {
            Part::Plain(text) => text,
            Part::Link(scheme, host, rest) => scheme + &host + &rest,
        };
        assert_eq!(parts(text).into_iter().map(back).collect::<String>(), text, "whatever is written is shown, and no more");
    }
}
