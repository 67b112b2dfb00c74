//! What records are found by, kept in memory once somebody has searched.
//!
//! An index in the file would be paid for by every first sync: SQLite's own (FTS5) made the same 200,000 rows take three times as
//! long (docs/adr/0009). The folded texts of as many records are some megabytes, and looking through all of them takes
//! milliseconds. They are read from the covering index of the lists, a part at a time, and only what was read is kept up to date: by
//! reading again, before the next search, what was written since. So nothing can be remembered that the file does not say.

use domain::{id::RecordId, record::Kind, search::Wanted};
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};
use std::collections::{HashMap, HashSet};

use super::{Mirror, gone, rows::blob};
use crate::error::Result;

/// How many rows are read at a time.
const PART: u32 = 1_000;
/// When so much was written since everything was read, it is read anew: the texts that are gone are gone then too.
const STALE: usize = 20_000;

/// A record that can be found.
#[derive(Debug)]
struct Entry {
    found: Found,
    /// Where its text stands: in which part, from where to where.
    part: u32,
    start: u32,
    end: u32,
}

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) id: RecordId,
    /// Whether it waits for somebody.
    pub(crate) open: bool,
    /// By which moment lists order it.
    pub(crate) at: i64,
    /// Where it stands; a number of [`Finder::states`].
    state: u8,
}

/// The records of a kind.
#[derive(Debug, Default)]
struct Shelf {
    entries: Vec<Entry>,
    places: HashMap<RecordId, u32>,
    /// The texts, as they were read: what is gone stays in its part.
    parts: Vec<String>,
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
    /// What was found last: one text is looked for in several lists, one after another.
    last: Option<(String, HashMap<Kind, Vec<Found>>)>,
}

impl Shelf {
    fn remove(&mut self, id: RecordId) {
        let Some(place) = self.places.remove(&id) else { return };
        self.entries.swap_remove(place as usize);
        if let Some(moved) = self.entries.get(place as usize) {
            self.places.insert(moved.found.id, place);
        }
    }
    /// Begins a part, into which the next texts go.
    fn begin(&mut self) {
        if let Some(last) = self.parts.last_mut() {
            last.shrink_to_fit();
        }
        self.parts.push(String::new());
    }
    fn put(&mut self, found: Found, text: &str) {
        self.remove(found.id);
        let (Ok(part), Ok(place)) = (u32::try_from(self.parts.len()), u32::try_from(self.entries.len())) else { return };
        let Some(texts) = self.parts.last_mut() else { return };
        let start = texts.len();
        texts.push_str(text);
        // A part is at most some thousand texts: it has no four gigabytes.
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(texts.len())) else { return };
        self.places.insert(found.id, place);
        self.entries.push(Entry { found, part: part.saturating_sub(1), start, end });
    }
    fn text(&self, entry: &Entry) -> &str {
        let part = self.parts.get(entry.part as usize);
        part.and_then(|texts| texts.get(entry.start as usize..entry.end as usize)).unwrap_or_default()
    }
    fn find(&self, is_found: impl Fn(&str) -> bool) -> Vec<Found> {
        self.entries.iter().filter(|entry| is_found(self.text(entry))).map(|entry| entry.found).collect()
    }
    /// What is found as it is typed; where there is nothing of it, with a mistake forgiven.
    fn search(&self, kind: Kind, wanted: &Wanted) -> Vec<Found> {
        // Of clients a number is their telephone's; elsewhere it is a word like any other.
        let exactly = if wanted.is_number() && kind == Kind::Client {
            self.find(|text| wanted.has_number(text))
        } else {
            self.find(|text| wanted.is_in(text))
        };
        if exactly.is_empty() && wanted.can_be_near() { self.find(|text| wanted.is_nearly_in(text)) } else { exactly }
    }
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
    /// Takes in a row with the columns `open, at, id, state, search`.
    fn take(&mut self, kind: i64, row: &SqliteRow) -> Result<()> {
        let state = self.state(row.try_get("state")?);
        let (id, open) = (gone::id(row.try_get("id")?)?, row.try_get("open")?);
        let at: Option<i64> = row.try_get("at")?;
        let shelf = self.shelves.entry(kind).or_default();
        if shelf.parts.is_empty() {
            shelf.begin();
        }
        shelf.put(Found { id, open, at: at.unwrap_or(0), state }, row.try_get("search")?);
        Ok(())
    }
    /// These records, as far as they can be found.
    pub(crate) fn those(&self, kind: Kind, ids: &HashSet<RecordId>) -> Vec<Found> {
        let Some(shelf) = self.shelf(kind) else { return Vec::new() };
        let places = ids.iter().filter_map(|id| shelf.places.get(id));
        places.filter_map(|place| shelf.entries.get(*place as usize)).map(|entry| entry.found).collect()
    }
    /// What a record is found by: its name first.
    pub(crate) fn text_of(&self, kind: Kind, id: RecordId) -> &str {
        let text = self.shelf(kind).and_then(|shelf| Some(shelf.text(shelf.entries.get(*shelf.places.get(&id)? as usize)?)));
        text.unwrap_or_default()
    }
    fn shelf(&self, kind: Kind) -> Option<&Shelf> {
        self.shelves.get(&i64::from(kind.code()))
    }
    /// The records of a kind that a text finds. Where nothing of the kind is found as it is typed, in whatever list it stands, a mistake
    /// is forgiven.
    pub(crate) fn find(&mut self, kind: Kind, wanted: &Wanted) -> &[Found] {
        if self.last.as_ref().is_none_or(|(text, _)| text != wanted.text()) {
            self.last = Some((wanted.text().to_owned(), HashMap::new()));
        }
        let shelf = self.shelves.get(&i64::from(kind.code()));
        let Some((_, last)) = &mut self.last else { return &[] };
        last.entry(kind).or_insert_with(|| shelf.map(|shelf| shelf.search(kind, wanted)).unwrap_or_default())
    }
}

impl Mirror {
    /// Notes that a record was written or taken away.
    pub(super) fn touched(&mut self, kind: i64, id: RecordId) {
        if let Some(finder) = &mut self.finder {
            finder.stale.push((kind, id));
            finder.written += 1;
            if finder.written > STALE {
                self.finder = None;
            }
        }
    }
    /// What can be found: all of it, as the file stands.
    pub(crate) async fn finder(&mut self) -> Result<&mut Finder> {
        while !self.read_texts().await? {}
        self.read_again().await?;
        Ok(self.finder.get_or_insert_default())
    }
    /// Reads the next part of what can be found. Whether all has been read.
    pub(crate) async fn read_texts(&mut self) -> Result<bool> {
        let finder = self.finder.get_or_insert_default();
        if finder.complete {
            return Ok(true);
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT kind, open, at, id, state, search FROM record INDEXED BY record_list ");
        query.push("WHERE search IS NOT NULL AND at IS NOT NULL");
        if let Some((kind, open, at, id)) = finder.read.clone() {
            query.push(" AND (kind, open, at, id) > (").push_bind(kind).push(", ").push_bind(open).push(", ");
            query.push_bind(at).push(", ").push_bind(id).push(")");
        }
        query.push(" ORDER BY kind, open, at, id LIMIT ").push_bind(PART);
        let rows = self.file.all(query.build()).await?;
        let finder = self.finder.get_or_insert_default();
        finder.shelves.values_mut().for_each(Shelf::begin);
        for row in &rows {
            finder.take(row.try_get("kind")?, row)?;
        }
        finder.read = match rows.last() {
            Some(row) => Some((row.try_get("kind")?, row.try_get("open")?, row.try_get("at")?, row.try_get("id")?)),
            None => finder.read.take(),
        };
        finder.complete = rows.len() < PART as usize;
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
                QueryBuilder::<Sqlite>::new("SELECT open, at, id, state, search FROM record WHERE search IS NOT NULL AND kind = ");
            query.push_bind(part[0].0).push(" AND id IN (");
            let mut ids = query.separated(", ");
            for (_, id) in part {
                ids.push_bind(blob(*id));
            }
            query.push(")");
            rows.push((part[0].0, self.file.all(query.build()).await?));
        }
        let Some(finder) = &mut self.finder else { return Ok(()) };
        finder.last = None;
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
