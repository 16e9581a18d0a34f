//! How much libraries held, day by day.

use crate::error::DbResult;
use crate::pool::Conn;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date};
use diesel_async::RunQueryDsl;
use tautulli_domain::LibraryId;
use tautulli_domain::holdings::Holding;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    library_id: i64,
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    items: i64,
    #[diesel(sql_type = BigInt)]
    size: i64,
    #[diesel(sql_type = Bool)]
    is_reckoned: bool,
}

impl Row {
    fn holding(&self) -> Holding {
        let Self { day, items, size, is_reckoned, .. } = *self;
        Holding { day, items, size, is_reckoned }
    }
}

/// The newest holding of each library that has one.
pub async fn newest(conn: &mut Conn, libraries: &[LibraryId]) -> DbResult<Vec<(LibraryId, Holding)>> {
    let sql =
        "SELECT DISTINCT ON (library_id) library_id, day, items, size, is_reckoned FROM library_holdings
               WHERE library_id = ANY($1) ORDER BY library_id, day DESC";
    let ids: Vec<i64> = libraries.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = diesel::sql_query(sql).bind::<Array<BigInt>, _>(ids).load(conn).await?;
    Ok(rows.iter().map(|row| (LibraryId(row.library_id), row.holding())).collect())
}

/// How a library grew, oldest first: every day of the year before `today`, and the last day of each month before that.
pub async fn growth(conn: &mut Conn, library: LibraryId, today: NaiveDate) -> DbResult<Vec<Holding>> {
    let sql = "SELECT DISTINCT ON (period) library_id, day, items, size, is_reckoned
               FROM (SELECT *, CASE WHEN day > $2 - 366 THEN day ELSE date_trunc('month', day)::date END AS period
                     FROM library_holdings WHERE library_id = $1) h
               ORDER BY period, day DESC";
    let rows: Vec<Row> =
        diesel::sql_query(sql).bind::<BigInt, _>(library.0).bind::<Date, _>(today).load(conn).await?;
    Ok(rows.iter().map(Row::holding).collect())
}

/// Notes what a library holds; `before` is kept where nothing was known yet.
pub async fn note(conn: &mut Conn, library: LibraryId, now: Holding, before: &[Holding]) -> DbResult<()> {
    let all: Vec<&Holding> = before.iter().chain([&now]).collect();
    let sql = "INSERT INTO library_holdings (library_id, day, items, size, is_reckoned)
               SELECT $1, g.* FROM unnest($2, $3, $4, $5) g(day, items, size, is_reckoned)
               WHERE NOT g.is_reckoned OR NOT EXISTS (SELECT FROM library_holdings h WHERE h.library_id = $1)
               ON CONFLICT (library_id, day) DO UPDATE
                 SET items = excluded.items, size = excluded.size, is_reckoned = excluded.is_reckoned";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(library.0)
        .bind::<Array<Date>, _>(all.iter().map(|h| h.day).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(all.iter().map(|h| h.items).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(all.iter().map(|h| h.size).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(all.iter().map(|h| h.is_reckoned).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    Ok(())
}
