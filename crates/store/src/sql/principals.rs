//! Principals stand in the feed as small integers. What was committed never changes, so it is kept in memory.

use domain::role::Principal;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use super::{
    bulk::Bulk,
    engine::{Arg, Engine, Sql, Type},
    reader::Reader,
    view::{Side, View, Writing},
};
use crate::Result;

const BY_NAME: Sql = Sql::each(
    "SELECT id, name FROM principal WHERE name IN (SELECT value FROM json_each($1))",
    "SELECT id, name FROM principal WHERE name = ANY($1)",
);
static ADD: LazyLock<Bulk> = LazyLock::new(|| Bulk::insert("principal", &[("name", Type::Text)], ""));

/// How many are kept: every role and the people who are about.
const MOST: usize = 10_000;

/// The numbers of principals, as far as they were met.
#[derive(Debug, Default)]
pub(crate) struct Principals(Mutex<HashMap<Principal, i64>>);

impl Principals {
    fn known(&self, principals: &[Principal]) -> HashMap<Principal, i64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        principals.iter().filter_map(|p| known.get(p).map(|n| (p.clone(), *n))).collect()
    }
    /// Takes in what was committed.
    pub(super) fn learn(&self, more: impl IntoIterator<Item = (Principal, i64)>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(more);
        if known.len() > MOST {
            known.clear();
        }
    }
}

impl<E: Engine, W: Side> View<E, W> {
    /// The numbers of these principals; one for whom nothing was ever filed has none.
    pub(super) async fn numbers(&mut self, principals: &[Principal]) -> Result<HashMap<Principal, i64>> {
        let mut numbers = self.principals.known(principals);
        if let Some(fresh) = self.extra.fresh() {
            numbers.extend(principals.iter().filter_map(|p| fresh.get(p).map(|n| (p.clone(), *n))));
        }
        let missing: Vec<String> = principals.iter().filter(|p| !numbers.contains_key(p)).map(ToString::to_string).collect();
        if missing.is_empty() {
            return Ok(numbers);
        }
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "principal");
            let (number, name) = (r.int()?, r.text()?);
            Ok((r.parsed(name.parse().ok(), "not a principal")?, number))
        };
        let found: Vec<(Principal, i64)> = self.rows(BY_NAME, vec![Arg::Texts(missing)], read).await?;
        numbers.extend(found.iter().cloned());
        match self.extra.fresh() {
            Some(fresh) => fresh.extend(found),
            None => self.principals.learn(found),
        }
        Ok(numbers)
    }
}

impl<E: Engine> View<E, Writing> {
    /// The same, giving numbers to those who have none.
    pub(super) async fn numbered(&mut self, principals: &[Principal]) -> Result<HashMap<Principal, i64>> {
        let numbers = self.numbers(principals).await?;
        let new: Vec<Arg> = principals.iter().filter(|p| !numbers.contains_key(p)).map(|p| p.to_string().into()).collect();
        if new.is_empty() {
            return Ok(numbers);
        }
        E::bulk(&mut self.tx, &ADD, new).await?;
        self.numbers(principals).await
    }
}
