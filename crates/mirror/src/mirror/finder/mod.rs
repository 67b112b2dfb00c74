//! What records are found by, kept in memory once somebody has searched.
//!
//! An index in the file would be paid for by every first sync: SQLite's own (FTS5) made the same 200,000 rows take three times as
//! long (docs/adr/0009). The words of as many records are some megabytes, each kept once, and looking through all of them takes
//! milliseconds. They are read from the covering index of the lists, a part at a time, and only what was read is kept up to date: by
//! reading again, before the next search, what was written since. So nothing can be remembered that the file does not say.

use domain::{id::RecordId, record::Kind, search::Wanted};
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};
use std::collections::HashMap;

use super::{Mirror, gone, rows::blob};
use crate::error::Result;
use shelf::Shelf;

mod shelf;
mod words;

/// How many rows are read at a time.
const PART: u32 = 1_000;
/// When so much was written since everything was read, it is read anew: the texts that are gone are gone then too.
const STALE: usize = 20_000;

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The number of its row, as long as the record is here.
    pub(crate) row: i64,
    pub(crate) id: RecordId,
    /// Whether it waits for somebody.
    pub(crate) open: bool,
    /// By which moment lists order it.
    pub(crate) at: i64,
    /// Where it stands; a number of [`Finder::states`].
    state: u8,
}

/// Everything that can be found, as far as it was read.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    shelves: HashMap<i64, Shelf>,
    /// The wire names of states.
    states: Vec<String>,
    /// Behind which row of the index to go on; nothing at the beginning.
    read: Option<(i64, bool, i64, Vec<u8>)>,
    complete: bool,
    /// What was written since.
    stale: Vec<(i64, RecordId)>,
    /// How much was written since everything was read.
    written: usize,
    /// The places of what was found last: one text is looked for in several lists, one after another.
    last: Option<(String, HashMap<Kind, Vec<u32>>)>,
    /// The places of a list whose order stands in the file alone, in that order, for as long as nothing is written: one list is looked
    /// through letter by letter.
    order: Option<(Kind, &'static str, Vec<u32>)>,
}

impl Finder {
    fn state(&mut self, name: Option<&str>) -> u8 {
        let name = name.unwrap_or_default();
        let known = self.states.iter().position(|known| known == name);
        let n = known.unwrap_or_else(|| {
            self.states.push(name.to_owned());
            self.states.len() - 1
        });
        u8::try_from(n).unwrap_or(u8::MAX)
    }
    /// The wire name of the state in which a record stands.
    pub(crate) fn state_of(&self, found: &Found) -> &str {
        self.states.get(usize::from(found.state)).map_or("", String::as_str)
    }
    /// Takes in a row with the columns `n, open, at, id, state, search`.
    fn take(&mut self, kind: i64, row: &SqliteRow) -> Result<()> {
        let state = self.state(row.try_get("state")?);
        let (id, open) = (gone::id(row.try_get("id")?)?, row.try_get("open")?);
        let at: Option<i64> = row.try_get("at")?;
        self.shelves
            .entry(kind)
            .or_default()
            .put(Found { row: row.try_get("n")?, id, open, at: at.unwrap_or(0), state }, row.try_get("search")?);
        Ok(())
    }
    /// This record, if it can be found.
    pub(crate) fn get(&self, kind: Kind, id: RecordId) -> Option<&Found> {
        self.shelf(kind)?.get(id)
    }
    /// What a record is found by: its name first.
    pub(crate) fn text_of(&self, kind: Kind, id: RecordId) -> String {
        self.shelf(kind).map(|shelf| shelf.text(id)).unwrap_or_default()
    }
    fn shelf(&self, kind: Kind) -> Option<&Shelf> {
        self.shelves.get(&i64::from(kind.code()))
    }
    /// Looks for the records of a kind that a text finds. Where nothing of the kind is found as it is typed, in whatever list it stands, a
    /// mistake is forgiven.
    fn look_for(&mut self, kind: Kind, wanted: &Wanted) {
        if self.last.as_ref().is_none_or(|(text, _)| text != wanted.text()) {
            self.last = Some((wanted.text().to_owned(), HashMap::new()));
        }
        let shelf = self.shelves.get(&i64::from(kind.code()));
        if let Some((_, last)) = &mut self.last {
            last.entry(kind).or_insert_with(|| shelf.map(|shelf| shelf.search(kind, wanted)).unwrap_or_default());
        }
    }
    /// What was found of a list whose order was kept ([`Mirror::keep_order`]), in that order: the numbers of its rows.
    pub(crate) fn in_order(&self, kind: Kind, list: &str) -> Option<Vec<i64>> {
        let (_, _, order) = self.order.as_ref().filter(|(of, kept, _)| (*of, *kept) == (kind, list))?;
        let (shelf, (_, last)) = (self.shelf(kind)?, self.last.as_ref()?);
        let mut found = vec![false; shelf.len()];
        for place in last.get(&kind)? {
            *found.get_mut(*place as usize)? = true;
        }
        let shown: Vec<u32> = order.iter().copied().filter(|place| found.get(*place as usize).is_some_and(|found| *found)).collect();
        Some(shelf.at(&shown).map(|it| it.row).collect())
    }
    /// The records of a kind that were found, in no order.
    pub(crate) fn found(&self, kind: Kind) -> impl Iterator<Item = &Found> {
        let places = self.last.as_ref().and_then(|(_, last)| last.get(&kind)).map_or(&[][..], Vec::as_slice);
        self.shelf(kind).into_iter().flat_map(|shelf| shelf.at(places))
    }
}

impl Mirror {
    /// Notes that a record was written or taken away.
    pub(super) fn touched(&mut self, kind: i64, id: RecordId) {
        if let Some(finder) = &mut self.finder {
            finder.order = None;
            finder.stale.push((kind, id));
            finder.written += 1;
            if finder.written > STALE {
                self.finder = None;
            }
        }
    }
    /// Everything that can be found, as the file stands, and what of a kind a text finds ([`Finder::found`]).
    pub(crate) async fn find_text(&mut self, kind: Kind, wanted: &Wanted) -> Result<&Finder> {
        while !self.read_texts().await? {}
        self.read_again().await?;
        let finder = self.finder.get_or_insert_default();
        finder.look_for(kind, wanted);
        Ok(finder)
    }
    /// Keeps the order of a list of this kind, whose rows have these numbers, until something is written.
    pub(crate) fn keep_order(&mut self, kind: Kind, list: &'static str, rows: impl Iterator<Item = i64>) {
        let Some(finder) = &mut self.finder else { return };
        let Some(shelf) = finder.shelves.get(&i64::from(kind.code())) else { return };
        let places = shelf.places();
        finder.order = Some((kind, list, rows.filter_map(|row| places.get(&row).copied()).collect()));
    }
    /// Reads the next part of what can be found. Whether all has been read.
    pub(crate) async fn read_texts(&mut self) -> Result<bool> {
        let finder = self.finder.get_or_insert_default();
        if finder.complete {
            return Ok(true);
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT kind, n, open, at, id, state, search FROM record INDEXED BY record_list ");
        query.push("WHERE search IS NOT NULL AND at IS NOT NULL");
        if let Some((kind, open, at, id)) = finder.read.clone() {
            query.push(" AND (kind, open, at, id) > (").push_bind(kind).push(", ").push_bind(open).push(", ");
            query.push_bind(at).push(", ").push_bind(id).push(")");
        }
        query.push(" ORDER BY kind, open, at, id LIMIT ").push_bind(PART);
        let rows = self.file.all(query.build()).await?;
        let finder = self.finder.get_or_insert_default();
        for row in &rows {
            finder.take(row.try_get("kind")?, row)?;
        }
        finder.read = match rows.last() {
            Some(row) => Some((row.try_get("kind")?, row.try_get("open")?, row.try_get("at")?, row.try_get("id")?)),
            None => finder.read.take(),
        };
        finder.complete = rows.len() < PART as usize;
        if finder.complete {
            finder.shelves.values_mut().for_each(Shelf::shrink);
        }
        Ok(finder.complete)
    }
    /// Reads again what was written since it was read.
    async fn read_again(&mut self) -> Result<()> {
        // Whoever does not wait for the end of this leaves them as they were.
        let Some(mut stale) = self.finder.as_ref().map(|finder| finder.stale.clone()) else { return Ok(()) };
        if stale.is_empty() {
            return Ok(());
        }
        stale.sort_unstable();
        stale.dedup();
        let mut rows = Vec::new();
        for part in stale.chunk_by(|a, b| a.0 == b.0).flat_map(|of_kind| of_kind.chunks(1_000)) {
            let mut query =
                QueryBuilder::<Sqlite>::new("SELECT n, open, at, id, state, search FROM record WHERE search IS NOT NULL AND kind = ");
            query.push_bind(part[0].0).push(" AND id IN (");
            let mut ids = query.separated(", ");
            for (_, id) in part {
                ids.push_bind(blob(*id));
            }
            query.push(")");
            rows.push((part[0].0, self.file.all(query.build()).await?));
        }
        let Some(finder) = &mut self.finder else { return Ok(()) };
        (finder.last, finder.order) = (None, None);
        for (kind, id) in &stale {
            finder.shelves.entry(*kind).or_default().remove(*id);
        }
        for (kind, rows) in rows {
            rows.iter().try_for_each(|row| finder.take(kind, row))?;
        }
        finder.stale.clear();
        Ok(())
    }
}
