//! Finding a client by a part of their name, telephone number or address.

use domain::{
    facts::Lookup,
    record::{AnyRecord, Kind},
    records::Client,
    time::UtcMillis,
};
use sqlx::QueryBuilder;

use crate::{
    cabinet::{Cabinet, Inner},
    columns::{digits, fold, searched},
    error::Result,
};

/// A client that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientHit {
    /// The client.
    pub client: Client,
    /// The number of their waiting request, if they have one.
    pub waiting: Option<String>,
}

/// How many are read at most, to choose the best of.
const READ: u32 = 200;

impl Cabinet {
    /// The clients that a text finds, best first, at most `limit`: those whose name begins with it, then those with a word
    /// that does, then the rest; by name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn clients(&self, text: &str, limit: usize, now: UtcMillis) -> Result<Vec<ClientHit>> {
        let mut inner = self.lock(now).await?;
        inner.clients(text, limit).await
    }
}

impl Inner {
    async fn clients(&mut self, text: &str, limit: usize) -> Result<Vec<ClientHit>> {
        let wanted = fold(text);
        let numbers = writings(text);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 2 AND (");
        if numbers.is_empty() {
            for (n, word) in searched(text).into_iter().enumerate() {
                query.push(if n > 0 { " AND instr(search, " } else { "instr(search, " }).push_bind(word).push(") > 0");
            }
        }
        for (n, number) in numbers.iter().enumerate() {
            query.push(if n > 0 { " OR instr(search, " } else { "instr(search, " }).push_bind(number.clone()).push(") > 0");
        }
        query.push(") LIMIT ").push_bind(READ);
        let mut found = Vec::new();
        for stored in self.mirror.fetch(Kind::Client, query).await? {
            if let AnyRecord::Client(client) = stored.record()? {
                let name = fold(client.name.as_str());
                let rank = if name.starts_with(&wanted) {
                    0
                } else if name.split(' ').any(|word| word.starts_with(&wanted)) {
                    1
                } else {
                    2
                };
                found.push((rank, name, client));
            }
        }
        found.sort_by(|a, b| (a.0, &a.1, a.2.id).cmp(&(b.0, &b.1, b.2.id)));
        let mut hits = Vec::with_capacity(limit);
        for (_, _, client) in found.into_iter().take(limit) {
            let waiting = self.waiting_of(&client).await?;
            hits.push(ClientHit { client, waiting });
        }
        Ok(hits)
    }
    async fn waiting_of(&mut self, client: &Client) -> Result<Option<String>> {
        let found = self.mirror.find(&Lookup::WaitingOf(client.id)).await?.unwrap_or_default();
        let number = found.iter().find_map(|held| match &*held.record {
            AnyRecord::Consultation(it) => Some(it.number.clone()),
            _ => None,
        });
        Ok(number)
    }
}

/// The digits that a text could mean as a part of a telephone number kept as `62…` (facts 4.5): as they are, and without the
/// prefixes people write before the national number. Nothing when it is not only a number.
fn writings(text: &str) -> Vec<String> {
    let only_a_number = text.chars().all(|c| c.is_ascii_digit() || " +-./()\u{a0}".contains(c));
    let typed = digits(text);
    if !only_a_number || typed.len() < 3 {
        return Vec::new();
    }
    let country = typed.strip_prefix("0062").or_else(|| typed.strip_prefix("62"));
    let national = country.unwrap_or(&typed);
    let bare = national.strip_prefix('0').unwrap_or(national);
    let mut all = vec![bare.to_owned()];
    // What begins with 62 may also be a national number that begins so, or its middle.
    if country.is_some() {
        all.push(typed.trim_start_matches("00").to_owned());
    }
    all.retain(|digits| !digits.is_empty());
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("0812-3456", "6281234567890", true)]
    #[case("+62 812 3456", "6281234567890", true)]
    #[case("+62 0812 3456", "6281234567890", true)]
    #[case("0062 812", "6281234567890", true)]
    #[case("62812", "6281234567890", true)]
    #[case("8123", "6281234567890", true)]
    #[case("4567", "6281234567890", true)]
    #[case("0813", "6281234567890", false)]
    fn a_number_is_found_in_any_writing(#[case] typed: &str, #[case] kept: &str, #[case] found: bool) {
        assert_eq!(writings(typed).iter().any(|digits| kept.contains(digits.as_str())), found, "{typed}");
    }

    #[test]
    fn a_name_is_no_number() {
        assert!(writings("Rani 2").is_empty() && writings("12").is_empty() && writings("").is_empty());
    }
}
