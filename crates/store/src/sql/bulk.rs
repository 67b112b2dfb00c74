//! Statements over many rows. SQLite gets them as `VALUES` in a few fixed sizes, so that its statement cache holds them;
//! PostgreSQL as arrays that are unnested, so that one text serves any number of rows.

use std::fmt::Write as _;

use super::engine::Type;

/// How many rows one statement of SQLite takes. The small ones are there because a single act writes two or three of most.
pub(crate) const SIZES: [usize; 6] = [64, 16, 4, 3, 2, 1];

/// A statement over many rows of the same columns.
#[derive(Debug)]
pub(crate) struct Bulk {
    /// The types of a row's cells.
    pub(crate) types: Vec<Type>,
    /// For [`SIZES`] rows.
    pub(crate) sqlite: [String; SIZES.len()],
    /// For any number of rows.
    pub(crate) postgres: String,
}

/// A column: its name, and what it holds.
pub(crate) type Cell = (&'static str, Type);

impl Bulk {
    /// New rows. `conflict` is what happens to one that stands there already; without it that is an error.
    pub(crate) fn insert(table: &str, columns: &[Cell], conflict: &str) -> Self {
        let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let head = format!("INSERT INTO \"{table}\" ({})", names.join(", "));
        Self {
            types: columns.iter().map(|(_, ty)| *ty).collect(),
            sqlite: SIZES.map(|rows| format!("{head} VALUES {}{conflict}", values(rows, columns.len()))),
            postgres: format!("{head} SELECT * FROM {}{conflict}", unnest(columns)),
        }
    }
    /// Changed rows, found by `keys`, which come first in every row; a key `base` stands for the `rev` that must be there.
    pub(crate) fn update(table: &str, keys: &[Cell], columns: &[Cell]) -> Self {
        let all: Vec<Cell> = keys.iter().chain(columns).copied().collect();
        let place = |name: &str| all.iter().position(|(n, _)| *n == name).map_or(0, |at| at + 1);
        let text = |cell: &dyn Fn(&str) -> String, from: &str| {
            let sets: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\" = {}", cell(name))).collect();
            let found = |name: &'static str| if name == "base" { "rev" } else { name };
            let wheres: Vec<String> = keys.iter().map(|(name, _)| format!("t.\"{}\" = {}", found(name), cell(name))).collect();
            format!("UPDATE \"{table}\" AS t SET {} FROM {from} WHERE {}", sets.join(", "), wheres.join(" AND "))
        };
        let names: Vec<String> = all.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        Self {
            types: all.iter().map(|(_, ty)| *ty).collect(),
            sqlite: SIZES
                .map(|rows| text(&|name| format!("v.column{}", place(name)), &format!("(VALUES {}) AS v", values(rows, all.len())))),
            postgres: text(&|name| format!("v.\"{name}\""), &format!("{} AS v ({})", unnest(&all), names.join(", "))),
        }
    }
}

/// `($1,$2),($3,$4)`
fn values(rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 5);
    for place in 1..=rows * columns {
        let (first, last) = (place % columns == 1 || columns == 1, place % columns == 0);
        // Writing to a String cannot fail.
        let _ = write!(text, "{}${place}{}", if first { "(" } else { "" }, if last { ")" } else { "" });
        if place < rows * columns {
            text.push(',');
        }
    }
    text
}

/// `UNNEST($1::uuid[], $2::int8[])`
fn unnest(columns: &[Cell]) -> String {
    let array = |(at, (_, ty)): (usize, &Cell)| {
        let ty = match ty {
            Type::Id => "uuid",
            Type::Int => "int8",
            Type::Flag => "bool",
            Type::Text => "text",
            Type::Bytes => "bytea",
        };
        format!("${}::{ty}[]", at + 1)
    };
    format!("UNNEST({})", columns.iter().enumerate().map(array).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulk_statement_says_the_same_in_both_dialects() {
        let bulk = Bulk::insert("feed", &[("id", Type::Id), ("seq", Type::Int)], " ON CONFLICT DO NOTHING");
        assert_eq!(bulk.sqlite[SIZES.len() - 1], r#"INSERT INTO "feed" ("id", "seq") VALUES ($1,$2) ON CONFLICT DO NOTHING"#);
        assert_eq!(bulk.sqlite[2], r#"INSERT INTO "feed" ("id", "seq") VALUES ($1,$2),($3,$4),($5,$6),($7,$8) ON CONFLICT DO NOTHING"#);
        assert_eq!(
            bulk.postgres,
            r#"INSERT INTO "feed" ("id", "seq") SELECT * FROM UNNEST($1::uuid[], $2::int8[]) ON CONFLICT DO NOTHING"#
        );
        let bulk = Bulk::update("note", &[("id", Type::Id), ("base", Type::Int)], &[("rev", Type::Int)]);
        assert_eq!(
            bulk.sqlite[SIZES.len() - 1],
            r#"UPDATE "note" AS t SET "rev" = v.column3 FROM (VALUES ($1,$2,$3)) AS v WHERE t."id" = v.column1 AND t."rev" = v.column2"#
        );
        assert_eq!(
            bulk.postgres,
            r#"UPDATE "note" AS t SET "rev" = v."rev" FROM UNNEST($1::uuid[], $2::int8[], $3::int8[]) AS v ("id", "base", "rev") WHERE t."id" = v."id" AND t."rev" = v."base""#
        );
    }
}
