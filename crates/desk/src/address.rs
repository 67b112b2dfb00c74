//! The server's address: from what a person types to the form that is kept, `https://meja.ruangkarsa.id`.

use bridge::{DeskError, ErrorCode, ServerInfo, ServerProblem};
use sync::{BadAddress, Http};

use crate::error::told;

/// What a person typed, in the form that is kept; or why it cannot be used.
pub(crate) fn read(typed: &str) -> ServerInfo {
    let info = |address: &str, problem| ServerInfo { address: address.to_owned(), shown: shown(address), org_name: None, problem };
    match Http::new(typed) {
        Ok(server) => info(server.base(), None),
        Err(BadAddress::PlainHttp) => info(typed.trim(), Some(ServerProblem::PlainHttp)),
        Err(BadAddress::Malformed) => info(typed.trim(), Some(ServerProblem::BadAddress)),
    }
}

/// The server at an address that was checked before.
///
/// # Errors
/// `bad_call` when it is none.
pub(crate) fn usable(address: &str) -> Result<ServerInfo, DeskError> {
    let server = read(address);
    if server.problem.is_some() { Err(told(ErrorCode::BadCall, "address")) } else { Ok(server) }
}

/// How people read an address: without its scheme.
pub(crate) fn shown(address: &str) -> String {
    address.split_once("://").map_or(address, |(_, rest)| rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("meja.ruangkarsa.id", "https://meja.ruangkarsa.id", "meja.ruangkarsa.id", None)]
    #[case("127.0.0.1:8787", "http://127.0.0.1:8787", "127.0.0.1:8787", None)]
    #[case(" meja ruangkarsa ", "meja ruangkarsa", "meja ruangkarsa", Some(ServerProblem::BadAddress))]
    #[case("http://meja.ruangkarsa.id", "http://meja.ruangkarsa.id", "meja.ruangkarsa.id", Some(ServerProblem::PlainHttp))]
    fn addresses(#[case] typed: &str, #[case] address: &str, #[case] shown: &str, #[case] problem: Option<ServerProblem>) {
        assert_eq!(read(typed), ServerInfo { address: address.into(), shown: shown.into(), org_name: None, problem });
    }
}
