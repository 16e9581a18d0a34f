//! Rows that wait: tables without room of their own yet, tables that nobody knows, rows that were set aside.

use crate::error::DbResult;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Text};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use tautulli_domain::Error;

/// The tables of the schema `staged` that have a shape; a name goes into a statement only from here.
const STAGED: [&str; 17] = [
    "sessions",
    "sessions_continued",
    "user_login",
    "notifiers",
    "notify_log",
    "newsletters",
    "newsletter_log",
    "recently_added",
    "mobile_devices",
    "tvmaze_lookup",
    "themoviedb_lookup",
    "musicbrainz_lookup",
    "image_hash_lookup",
    "imgur_lookup",
    "cloudinary_lookup",
    "exports",
    "version_info",
];

/// A row that could not become anything here.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    pub row_id: i64,
    pub reason: String,
    pub raw: Value,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What was written of some rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub new: usize,
    /// Rows that an earlier import had brought; they are as this file has them now.
    pub known: usize,
}

/// Writes rows of a staged table: objects by column, `row_id` and `others` among them. Rows of the same number are replaced.
pub async fn stage(conn: &mut Conn, source: i64, table: &str, rows: Vec<Value>) -> DbResult<Kept> {
    let Some(table) = STAGED.iter().find(|known| **known == table) else {
        return Err(Error::internal(format!("nothing is staged under the name {table:?}")).into());
    };
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.get("row_id")?.as_i64()).collect();
    let count = rows.len();
    let known =
        diesel::sql_query(format!("DELETE FROM staged.{table} WHERE source_id = $1 AND row_id = ANY($2)"))
            .bind::<BigInt, _>(source)
            .bind::<Array<BigInt>, _>(ids)
            .execute(conn)
            .await?;
    let sql = format!(
        "INSERT INTO staged.{table} SELECT (jsonb_populate_record(null::staged.{table}, line || jsonb_build_object('source_id', $1))).*
         FROM jsonb_array_elements($2) AS line"
    );
    diesel::sql_query(sql)
        .bind::<BigInt, _>(source)
        .bind::<Jsonb, _>(Value::Array(rows))
        .execute(conn)
        .await?;
    Ok(Kept { new: count.saturating_sub(known), known })
}

/// Keeps rows of a table without a shape as they lie. Rows of the same number are replaced.
pub async fn keep(conn: &mut Conn, source: i64, table: &str, rows: &[(i64, Value)]) -> DbResult<Kept> {
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let contents: Vec<&Value> = rows.iter().map(|row| &row.1).collect();
    // A row that this statement has made itself has no deleter.
    let sql = "WITH kept AS (
                 INSERT INTO staged.others (source_id, table_name, row_id, content) SELECT $1, $2, * FROM unnest($3, $4)
                 ON CONFLICT (source_id, table_name, row_id) DO UPDATE SET content = excluded.content
                 RETURNING xmax = 0 AS is_new)
               SELECT count(*) FILTER (WHERE NOT is_new) AS number FROM kept";
    let known: Number = diesel::sql_query(sql)
        .bind::<BigInt, _>(source)
        .bind::<Text, _>(table)
        .bind::<Array<BigInt>, _>(&ids)
        .bind::<Array<Jsonb>, _>(contents)
        .get_result(conn)
        .await?;
    let known = usize::try_from(known.number).unwrap_or_default();
    Ok(Kept { new: rows.len().saturating_sub(known), known })
}

/// Keeps rows that were set aside, each once.
pub async fn set_aside(
    conn: &mut Conn,
    source: i64,
    import: i64,
    table: &str,
    rows: &[Aside],
) -> DbResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "INSERT INTO import_asides (source_id, import_id, table_name, row_id, reason, raw)
         SELECT $1, $2, $3, * FROM unnest($4, $5, $6)
         ON CONFLICT (source_id, table_name, row_id, reason) DO UPDATE SET raw = excluded.raw, import_id = excluded.import_id",
    )
    .bind::<BigInt, _>(source)
    .bind::<BigInt, _>(import)
    .bind::<Text, _>(table)
    .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.row_id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(rows.iter().map(|row| &row.raw).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
