//! Where people reach this server: what stands in mails. A setting, because nothing that a request says of itself may stand there.

use axum::http::Uri;
use serde::{Deserialize, Serialize};
use std::{fmt, net::IpAddr, str::FromStr};

/// The address of the server as people reach it, without a slash at its end: `https://meja.example.id`, or with a path before
/// everything the server answers. HTTPS, but for this machine itself; no name, password, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(String);

/// Why a text is no public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPublicUrl {
    /// No address at all, or with parts that it must not have.
    #[error("a public address is written as https://meja.example.id, without a name, a query or a fragment")]
    Form,
    /// Plain HTTP to another machine.
    #[error("a public address begins with https://; plain HTTP is for this machine alone")]
    Plain,
}

impl PublicUrl {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The link that lets somebody set a password with this token. It stands behind `#`: no request carries it, and so no log.
    #[must_use]
    pub fn password_link(&self, token: &str) -> String {
        format!("{}/password#{token}", self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = NoPublicUrl;
    fn from_str(text: &str) -> Result<Self, NoPublicUrl> {
        let text = text.trim().trim_end_matches('/');
        // A fragment is none of what this reads: it would be cut off in silence.
        if text.contains(['#', '?']) {
            return Err(NoPublicUrl::Form);
        }
        let uri: Uri = text.parse().map_err(|_| NoPublicUrl::Form)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(NoPublicUrl::Form) };
        let bad_port = authority.as_str().ends_with(':');
        if authority.as_str().contains('@') || authority.host().is_empty() || bad_port {
            return Err(NoPublicUrl::Form);
        }
        match scheme {
            "https" => Ok(Self(text.to_owned())),
            "http" if is_this_machine(authority.host()) => Ok(Self(text.to_owned())),
            "http" => Err(NoPublicUrl::Plain),
            _ => Err(NoPublicUrl::Form),
        }
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = NoPublicUrl;
    fn try_from(text: String) -> Result<Self, NoPublicUrl> {
        text.parse()
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://meja.example.id", Ok("https://meja.example.id"))]
    #[case(" https://meja.example.id:8443/meja/ ", Ok("https://meja.example.id:8443/meja"))]
    #[case("http://127.0.0.1:8787", Ok("http://127.0.0.1:8787"))]
    #[case("http://[::1]:8787/", Ok("http://[::1]:8787"))]
    #[case("http://localhost", Ok("http://localhost"))]
    #[case("http://meja.example.id", Err(NoPublicUrl::Plain))]
    #[case("http://127.0.0.1.example.id", Err(NoPublicUrl::Plain))]
    #[case("meja.example.id", Err(NoPublicUrl::Form))]
    #[case("https://", Err(NoPublicUrl::Form))]
    #[case("https://meja.example.id:", Err(NoPublicUrl::Form))]
    #[case("https://u:p@meja.example.id", Err(NoPublicUrl::Form))]
    #[case("https://meja.example.id/?a=b", Err(NoPublicUrl::Form))]
    #[case("https://meja.example.id/#a", Err(NoPublicUrl::Form))]
    #[case("https://meja.example.id/a\r\nBcc: x", Err(NoPublicUrl::Form))]
    #[case("javascript:alert(1)", Err(NoPublicUrl::Form))]
    fn what_is_a_public_address(#[case] text: &str, #[case] expected: Result<&str, NoPublicUrl>) {
        assert_eq!(text.parse::<PublicUrl>().as_ref().map(PublicUrl::as_str), expected.as_ref().copied());
    }

    #[test]
    fn the_token_stands_where_no_request_carries_it() {
        let url: PublicUrl = "https://meja.example.id/kantor/".parse().unwrap();
        assert_eq!(url.password_link("mjm_x"), "https://meja.example.id/kantor/password#mjm_x");
    }
}
