//! From where somebody asks. The headers of a proxy count only if that proxy was named.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address.
    pub address: IpAddr,
    /// Whether it speaks TLS with us.
    pub tls: bool,
}

impl Default for Peer {
    fn default() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), tls: false }
    }
}

/// The address a request came from: the peer's, or behind named proxies the last one that is not a proxy.
#[must_use]
pub fn client_address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let trusted = |address: &IpAddr| proxies.iter().any(|net| net.contains(&address.to_canonical()));
    if !trusted(&peer) {
        return peer;
    }
    let forwarded: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).collect();
    let mut address = peer;
    // From the nearest hop outwards; what stands before the first untrusted one was written by a stranger.
    for hop in forwarded.into_iter().rev() {
        let Ok(hop) = hop.trim().parse() else { break };
        address = hop;
        if !trusted(&address) {
            break;
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use rstest::rstest;

    #[rstest]
    #[case("9.9.9.9", "1.1.1.1", "9.9.9.9")] // A stranger may write what they like.
    #[case("10.0.0.1", "1.1.1.1", "1.1.1.1")]
    #[case("10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1")]
    #[case("10.0.0.1", "1.1.1.1, 10.0.0.7", "1.1.1.1")]
    #[case("10.0.0.1", "", "10.0.0.1")]
    #[case("10.0.0.1", "nonsense", "10.0.0.1")]
    #[case("::ffff:10.0.0.1", "1.1.1.1", "1.1.1.1")]
    fn who_asks(#[case] peer: &str, #[case] forwarded: &str, #[case] expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_str(forwarded).unwrap());
        let found = client_address(peer.parse().unwrap(), &headers, &["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(found, expected.parse::<IpAddr>().unwrap());
    }
}
