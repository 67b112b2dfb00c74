//! Everything that stands in a database, as text: for tests that look for what must not be there.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use std::path::Path;

/// Every row of every table of a file, with the table's name before it.
///
/// # Panics
/// When the file is no database.
pub async fn sqlite(path: &Path) -> Vec<String> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}?mode=ro", path.display())).await.expect("the file opens");
    let tables = "SELECT m.name, group_concat('quote(\"' || c.name || '\")', ' || '' | '' || ') FROM sqlite_schema AS m, \
                  pragma_table_info(m.name) AS c WHERE m.type = 'table' GROUP BY m.name";
    let mut all = Vec::new();
    for table in sqlx::query(tables).fetch_all(&mut connection).await.expect("the tables") {
        let (name, cells): (String, String) = (table.get(0), table.get(1));
        let rows = sqlx::query_scalar(AssertSqlSafe(format!("SELECT {cells} FROM \"{name}\""))).fetch_all(&mut connection).await;
        all.extend(rows.expect("the rows").into_iter().map(|row: String| format!("{name}: {row}")));
    }
    connection.close().await.expect("the connection closes");
    all
}

/// The same of a database of PostgreSQL.
///
/// # Panics
/// When it does not answer.
pub async fn postgres(url: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.expect("PostgreSQL answers");
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1";
    let mut all = Vec::new();
    for name in sqlx::query_scalar(tables).fetch_all(&mut connection).await.expect("the tables") {
        let name: String = name;
        let rows =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT row_to_json(t)::text FROM \"{name}\" AS t"))).fetch_all(&mut connection);
        all.extend(rows.await.expect("the rows").into_iter().map(|row: String| format!("{name}: {row}")));
    }
    connection.close().await.expect("the connection closes");
    all
}
