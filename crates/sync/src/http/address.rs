//! The address of a server, as people type it.

use reqwest::Url;
use std::net::IpAddr;

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It is no address.
    #[error("not an address of a server")]
    Malformed,
    /// Plain HTTP to another machine: passwords would be readable on the way (protocol.md, Common).
    #[error("plain HTTP is for this computer only")]
    PlainHttp,
}

/// Where a server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme and host, and a port if it is not the usual one; without a slash at the end.
    pub(super) base: String,
    /// Whether it is this computer.
    pub(super) loopback: bool,
}

impl Address {
    pub(super) fn read(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let text = text.strip_suffix('/').unwrap_or(text);
        let url = match text.split_once("://") {
            Some((_, "" | "/")) => return Err(BadAddress::Malformed),
            Some(_) => Url::parse(text).map_err(|_| BadAddress::Malformed)?,
            None if text.ends_with(":/") => return Err(BadAddress::Malformed),
            None => {
                let secure = Url::parse(&format!("https://{text}")).map_err(|_| BadAddress::Malformed)?;
                // Nobody has a certificate for this computer: there plain HTTP is meant.
                if is_loopback(&secure) { Url::parse(&format!("http://{text}")).map_err(|_| BadAddress::Malformed)? } else { secure }
            }
        };
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        if !plain || url.host_str().is_none_or(str::is_empty) || url.path() != "/" {
            return Err(BadAddress::Malformed);
        }
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(BadAddress::PlainHttp),
            _ => return Err(BadAddress::Malformed),
        }
        Ok(Self { base: url.as_str().trim_end_matches('/').to_owned(), loopback })
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::text_near;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_becomes_an_address() {
        let base = |text| Address::read(text).map(|a| (a.base, a.loopback));
        let is = |text: &str, loopback| Ok((text.to_owned(), loopback));
        assert_eq!(base(" meja.example.id/ "), is("https://meja.example.id", false));
        assert_eq!(base("https://Meja.example.id:8443"), is("https://meja.example.id:8443", false));
        assert_eq!(base("127.0.0.1:8787"), is("http://127.0.0.1:8787", true));
        assert_eq!(base("[::1]:8787"), is("http://[::1]:8787", true));
        assert_eq!(base("http://localhost:1"), is("http://localhost:1", true));
        assert_eq!(base("http://meja.example.id"), Err(BadAddress::PlainHttp));
        for bad in
            ["", "meja example", "ftp://meja.example.id", "https://a@meja.example.id", "https://meja.example.id/x", "https://", "https:///"]
        {
            assert_eq!(base(bad), Err(BadAddress::Malformed), "{bad}");
        }
    }

    proptest! {
        /// Whatever is typed: an address that is taken is taken again as the same, names no account and no place within the server,
        /// and is plain HTTP for this computer alone.
        #[test]
        fn no_text_leads_elsewhere(text in text_near(&["https://meja.example.id:8443/", "http://127.0.0.1:8787", "[::1]:8787", "http://localhost@evil.example/", "127.0.0.1.evil.example", "http://0x7f.1/", "\u{ff4d}eja.id"])) {
            if let Ok(address) = Address::read(&text) {
                prop_assert_eq!(Address::read(&address.base), Ok(address.clone()));
                let url = Url::parse(&address.base).unwrap();
                prop_assert!(url.username().is_empty() && url.path() == "/" && url.query().is_none());
                prop_assert!(url.scheme() == "https" || is_loopback(&url), "{}", address.base);
            }
        }
    }
}
