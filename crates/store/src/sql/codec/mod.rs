//! Records and rows. Nothing here knows a record by name: a table is `rev`, `seq` and the columns of the struct in the
//! struct's order, and a cell is read and written by the type of its column. A new record needs its table and nothing else.

mod decode;
mod encode;
mod json;

pub(crate) use decode::stored;
pub(crate) use encode::encode;
pub(crate) use json::body;

use domain::record::{Column, ColumnType, Kind};
use std::sync::LazyLock;

use super::{
    bulk::{Bulk, Cell},
    engine::{Dialect, Type},
};

/// Where the cells of the struct begin in a row: behind `rev` and `seq`.
const FIRST: usize = 2;

/// The statements that are made from the columns of one kind.
struct Texts {
    by_ids: [String; 2],
    walk: String,
    insert: Bulk,
    update: Bulk,
}

static TEXTS: LazyLock<Vec<Texts>> = LazyLock::new(|| Kind::ALL.iter().map(|kind| Texts::new(*kind)).collect());

impl Texts {
    fn new(kind: Kind) -> Self {
        let head = columns(kind);
        let (table, name) = (kind.wire(), |c: &Column| (c.name, sql_type(c.ty)));
        let cells: Vec<Cell> = kind.columns().iter().map(name).collect();
        let (numbers, fields) = ([("rev", Type::Int), ("seq", Type::Int)], cells.iter().filter(|(name, _)| *name != "id").copied());
        let new: Vec<Cell> = numbers.into_iter().chain(cells.iter().copied()).collect();
        let changed: Vec<Cell> = numbers.into_iter().chain(fields).collect();
        Self {
            by_ids: [
                // The list comes first and the rows are looked up along it, so that a page costs what its rows cost.
                format!("SELECT {head} FROM json_each($1) AS k CROSS JOIN \"{table}\" AS t ON t.id = unhex(k.value)"),
                format!("SELECT {head} FROM \"{table}\" AS t WHERE t.id = ANY($1)"),
            ],
            walk: select(kind, "t.id > $1 ORDER BY t.id LIMIT $2"),
            insert: Bulk::insert(table, &new, ""),
            update: Bulk::update(table, &[("id", Type::Id), ("base", Type::Int)], &changed),
        }
    }
    fn of(kind: Kind) -> Option<&'static Self> {
        Kind::ALL.iter().position(|k| *k == kind).and_then(|at| TEXTS.get(at))
    }
}

const fn sql_type(ty: ColumnType) -> Type {
    match ty {
        ColumnType::Id => Type::Id,
        ColumnType::Time | ColumnType::Integer => Type::Int,
        ColumnType::Bool => Type::Flag,
        ColumnType::Text | ColumnType::Json => Type::Text,
    }
}

/// Declares statements that give whole records of one kind; the text is made once, from its columns.
macro_rules! selects {
    ($($name:ident: $kind:ident where $condition:literal;)*) => {$(
        static $name: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            $crate::sql::codec::select(domain::record::Kind::$kind, $condition)
        });
    )*};
}
pub(crate) use selects;

/// The text that [`selects`] declares.
pub(crate) fn select(kind: Kind, condition: &'static str) -> String {
    format!("SELECT {} FROM \"{}\" AS t WHERE {condition}", columns(kind), kind.wire())
}

/// What a statement selects so that a row of it can be decoded: `t."rev", t."seq", t."id", …`
fn columns(kind: Kind) -> String {
    let fields = kind.columns().iter().map(|column| format!("t.\"{}\"", column.name));
    ["t.\"rev\"".to_owned(), "t.\"seq\"".to_owned()].into_iter().chain(fields).collect::<Vec<_>>().join(", ")
}

/// The rows of these ids, in no order.
pub(crate) fn by_ids(kind: Kind, dialect: Dialect) -> &'static str {
    let at = if dialect == Dialect::Sqlite { 0 } else { 1 };
    Texts::of(kind).map_or("", |texts| &texts.by_ids[at])
}

/// The rows of a kind behind an id, in the order of ids.
pub(crate) fn walk(kind: Kind) -> &'static str {
    Texts::of(kind).map_or("", |texts| &texts.walk)
}

/// New records of a kind: `rev`, `seq`, columns.
pub(crate) fn insert(kind: Kind) -> Option<&'static Bulk> {
    Texts::of(kind).map(|texts| &texts.insert)
}

/// Changed records of a kind: `id`, base revision, `rev`, `seq`, columns but for the id.
pub(crate) fn update(kind: Kind) -> Option<&'static Bulk> {
    Texts::of(kind).map(|texts| &texts.update)
}
