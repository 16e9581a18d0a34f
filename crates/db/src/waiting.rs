//! Rows of imported tables whose feature is not here yet: read as they wait, and forgotten when somebody says so.

use crate::error::DbResult;
use crate::pool::Conn;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text};
use diesel_async::RunQueryDsl;
use serde_json::Value;

/// A table that waits, with the names that may go into a statement.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    /// Columns that it may be ordered by and searched in.
    pub columns: &'static [&'static str],
    /// A log of the rows' doings: its table, and the column that names the row.
    pub log: Option<(&'static str, &'static str)>,
}

/// Columns of text among those that tables are ordered by.
const TEXTS: [&str; 13] = [
    "agent_name",
    "body_text",
    "custom_fields",
    "device_id",
    "end_date",
    "file_format",
    "friendly_name",
    "media_type",
    "notify_action",
    "start_date",
    "subject_text",
    "title",
    "uuid",
];

/// Which rows.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// Numbers of rows; all of them where it is absent.
    pub ids: Option<&'a [i64]>,
    /// Text anywhere in these columns.
    pub text: Option<(&'a str, &'a [&'static str])>,
    /// Columns and whether they descend.
    pub order: &'a [(&'static str, bool)],
    pub offset: i64,
    pub limit: Option<i64>,
}

/// A page of rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Objects by column.
    pub rows: Vec<Value>,
    pub filtered: i64,
    pub total: i64,
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Jsonb)]
    content: Value,
    #[diesel(sql_type = BigInt)]
    filtered: i64,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The rows of the installation that was imported last.
fn of_newest(name: &str) -> String {
    format!("source_id = (SELECT max(source_id) FROM staged.{name})")
}

/// A page of a table that waits.
pub async fn page(conn: &mut Conn, table: Table, wanted: &Wanted<'_>) -> DbResult<Rows> {
    let name = table.name;
    let newest = of_newest(name);
    let total: Count =
        diesel::sql_query(format!("SELECT count(*) AS count FROM staged.{name} WHERE {newest}"))
            .get_result(conn)
            .await?;
    let known = |column: &&str| table.columns.contains(column);
    let (text, searched) = wanted.text.unwrap_or(("", &[]));
    let places: Vec<_> = searched.iter().filter(|column| known(column)).collect();
    // As the file's own database finds text: `%` is anything, `_` any letter, and the case of Latin letters does not matter.
    let places: Vec<_> = places
        .iter()
        .map(|column| {
            format!(
                "{} LIKE '%' || lower($1 COLLATE \"C\") || '%' ESCAPE ''",
                folded(&format!("t.\"{column}\"::text"))
            )
        })
        .collect();
    let found = if places.is_empty() { "$1::text IS NOT NULL".to_owned() } else { places.join(" OR ") };
    let order = wanted.order.iter().filter(|(column, _)| known(column));
    let order = order.map(|(column, descends)| {
        let key = if TEXTS.contains(column) {
            folded(&format!("t.\"{column}\""))
        } else {
            format!("t.\"{column}\"")
        };
        format!("{key} {}", if *descends { "DESC NULLS LAST" } else { "ASC NULLS FIRST" })
    });
    // Rows that are equal come by their numbers, whatever the direction.
    let order: Vec<_> = order.chain(["t.row_id".to_owned()]).collect();
    let (extra, join) = doings(table);
    let sql = format!(
        "SELECT to_jsonb(t) - 'source_id' - 'row_id' - 'others' || jsonb_build_object('row_id', t.row_id){extra} AS content,
                count(*) OVER () AS filtered
         FROM staged.{name} t {join} WHERE t.{newest} AND ({found}) AND ($2::bigint[] IS NULL OR t.row_id = ANY($2))
         ORDER BY {} OFFSET $3 LIMIT $4",
        order.join(", ")
    );
    let lines: Vec<Line> = diesel::sql_query(sql)
        .bind::<Text, _>(text)
        .bind::<Nullable<Array<BigInt>>, _>(wanted.ids)
        .bind::<BigInt, _>(wanted.offset)
        .bind::<Nullable<BigInt>, _>(wanted.limit)
        .load(conn)
        .await?;
    let filtered = match lines.as_slice().first() {
        Some(line) => line.filtered,
        None => count(conn, table, wanted, &found).await?,
    };
    Ok(Rows { rows: lines.into_iter().map(|line| line.content).collect(), filtered, total: total.count })
}

/// A text without regard to the case of Latin letters.
fn folded(text: &str) -> String {
    format!("lower({text} COLLATE \"C\")")
}

/// How many rows match, where the page that was asked for is empty.
async fn count(conn: &mut Conn, table: Table, wanted: &Wanted<'_>, found: &str) -> DbResult<i64> {
    let (name, newest) = (table.name, of_newest(table.name));
    let sql = format!(
        "SELECT count(*) AS count FROM staged.{name} t
         WHERE t.{newest} AND ({found}) AND ($2::bigint[] IS NULL OR t.row_id = ANY($2))"
    );
    let counted: Count = diesel::sql_query(sql)
        .bind::<Text, _>(wanted.text.map_or("", |(text, _)| text))
        .bind::<Nullable<Array<BigInt>>, _>(wanted.ids)
        .get_result(conn)
        .await?;
    Ok(counted.count)
}

/// When the row did something last and whether that succeeded, from its log.
fn doings(table: Table) -> (String, String) {
    let Some((log, column)) = table.log else { return (String::new(), String::new()) };
    let extra = " || jsonb_build_object('last_triggered', l.at, 'last_success', l.success)".to_owned();
    let join = format!(
        "LEFT JOIN LATERAL (SELECT \"timestamp\" AS at, success FROM staged.{log}
         WHERE {} AND \"{column}\" = t.id ORDER BY \"timestamp\" DESC NULLS LAST, row_id DESC LIMIT 1) l ON true",
        of_newest(log)
    );
    (extra, join)
}

/// Forgets rows of a table that waits, of whichever installation: those where `column` has one of the values, or all.
pub async fn forget(conn: &mut Conn, table: Table, only: Option<(&'static str, &[i64])>) -> DbResult<usize> {
    let name = table.name;
    let condition = match only {
        Some((column, _)) if column == "row_id" || table.columns.contains(&column) => {
            format!("\"{column}\" = ANY($1)")
        }
        Some(_) => "$1::bigint[] IS NULL".to_owned(),
        None => "true".to_owned(),
    };
    let statement = diesel::sql_query(format!("DELETE FROM staged.{name} WHERE {condition}"));
    Ok(match only {
        Some((_, values)) => statement.bind::<Array<BigInt>, _>(values).execute(conn).await?,
        None => statement.execute(conn).await?,
    })
}
