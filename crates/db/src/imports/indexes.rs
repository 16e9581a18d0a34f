//! Indexes that wait while an import adds most of a history: making them once in the end takes a tenth of the time that keeping
//! them takes.
//!
//! What waits is written down in the transaction that takes it off, so that it is made again whoever dies meanwhile. Indexes
//! that keep rows from being there twice never wait. Must not know what is imported.

use crate::error::DbResult;
use crate::pool::{Conn, Database, batch};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use tautulli_domain::Result;

/// Below so many plays to come, keeping the indexes takes less time than asking.
const FEW: i64 = 20_000;

/// The tables that an import adds most to.
const TABLES: [&str; 4] = ["plays", "play_groups", "item_snapshots", "items"];

#[derive(QueryableByName)]
struct Worth {
    #[diesel(sql_type = Bool)]
    worth: bool,
}

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Takes the indexes off where so many plays are to come that most of the history will be new; `keep` stays.
pub async fn take_off(conn: &mut Conn, to_come: i64, keep: &[&str]) -> DbResult<()> {
    let sql =
        "SELECT $1 >= $2 AND (SELECT count(*) FROM (SELECT FROM plays LIMIT $1 / 2) x) < $1 / 2 AS worth";
    let Worth { worth } =
        diesel::sql_query(sql).bind::<BigInt, _>(to_come).bind::<BigInt, _>(FEW).get_result(conn).await?;
    if !worth {
        return Ok(());
    }
    conn.transaction(async |conn| -> DbResult<()> {
        let note = "INSERT INTO waiting_indexes (name, table_name, definition)
            SELECT c.relname, t.relname, pg_get_indexdef(c.oid) FROM pg_index i
              JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
            WHERE t.oid = ANY(SELECT to_regclass(name) FROM unnest($1) name) AND t.relkind = 'r'
              AND NOT i.indisunique AND c.relname <> ALL($2)
            ON CONFLICT DO NOTHING RETURNING name, definition";
        let waiting: Vec<Waiting> = diesel::sql_query(note)
            .bind::<Array<Text>, _>(TABLES.as_slice())
            .bind::<Array<Text>, _>(keep)
            .load(conn)
            .await?;
        // Whoever reads or writes at this moment goes first, but not for ever.
        batch(conn, "SET LOCAL lock_timeout = '30s'").await?;
        for index in waiting {
            batch(conn, &format!("DROP INDEX IF EXISTS \"{}\"", index.name)).await?;
        }
        Ok(())
    })
    .await
}

/// Whether any index waits.
pub async fn are_waiting(conn: &mut Conn) -> DbResult<bool> {
    use crate::schema::waiting_indexes;
    Ok(waiting_indexes::table.count().get_result::<i64>(conn).await? > 0)
}

/// Makes the indexes that wait, one after the other. Nothing is done where none waits.
///
/// On one connection: what else is done at the end of an import takes as long on another, and small machines have two cores.
///
/// # Errors
/// When the database goes away; what is left waits on.
pub async fn make(database: &Database) -> Result<()> {
    Ok(make_all(&mut database.dedicated().await?).await?)
}

async fn make_all(conn: &mut Conn) -> DbResult<()> {
    batch(conn, "SET maintenance_work_mem = '96MB'; SET application_name = 'tautulli import'").await?;
    let waiting = "SELECT name, definition FROM waiting_indexes ORDER BY table_name, name";
    let waiting: Vec<Waiting> = diesel::sql_query(waiting).load(conn).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    for Waiting { name, definition } in waiting {
        conn.transaction(async |conn| -> DbResult<()> {
            batch(conn, &definition.replacen(" INDEX ", " INDEX IF NOT EXISTS ", 1)).await?;
            diesel::sql_query("DELETE FROM waiting_indexes WHERE name = $1")
                .bind::<Text, _>(&name)
                .execute(conn)
                .await?;
            Ok(())
        })
        .await?;
    }
    // Until PostgreSQL looks by itself, a minute later, it would plan for the empty tables that it knew.
    batch(conn, &format!("ANALYZE {}", TABLES.join(", "))).await
}
