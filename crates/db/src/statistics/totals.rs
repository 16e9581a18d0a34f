//! What every user, library and address has played altogether, for tables that list them all (USR-02, LIB-02).

use super::recorded::{self, Counted, Key};
use crate::error::DbResult;
use crate::history::sql::{Bind, Sql};
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups::USER_EVER;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::statistics::{Counting, Total};
use tautulli_domain::{PlayId, ServerId};

/// What somebody or something has played altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EverPlayed {
    /// The user's or library's number.
    pub id: i64,
    pub total: Total,
    /// Start of the newest play.
    pub last_at: Option<DateTime<Utc>>,
    /// The play that was written last.
    pub last_play: Option<PlayId>,
}

/// Whether totals are of users or of libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    User,
    Library,
}

/// What was played from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPlayed {
    /// Empty: the server did not say.
    pub address: String,
    /// An import found nothing there, not even an empty text; told apart where that was asked for.
    pub is_nothing: bool,
    pub plays: i64,
    pub first_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
    /// The newest play.
    pub last_play: PlayId,
}

/// More addresses than any user has.
const MOST: i64 = 10_000;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    last_play: Option<i64>,
}

/// A line for every user or library of a server, or of all; those without plays too.
pub async fn ever_played(
    conn: &mut Conn,
    owner: Owner,
    server: Option<ServerId>,
    counting: Counting,
) -> DbResult<Vec<EverPlayed>> {
    let (table, key, fact) = match owner {
        Owner::User => ("users", "key", "user_id"),
        Owner::Library => ("libraries", "library_id", "library_id"),
    };
    let count = if counting.grouped { "lines" } else { "plays" };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT o.id, coalesce(r.plays, 0)::bigint AS plays, coalesce(r.played_ms, 0)::bigint AS played_ms, r.last_at, f.last_play \
         FROM {table} o \
         LEFT JOIN (SELECT {key} AS id, sum({count}) AS plays, sum(played_ms) AS played_ms, max(last_at) AS last_at FROM rollups \
           WHERE dimension = {} GROUP BY 1) r USING (id) \
         LEFT JOIN (SELECT {fact} AS id, max(play_id) AS last_play FROM play_facts GROUP BY 1) f USING (id) WHERE TRUE",
        USER_EVER.0
    ));
    if let Some(server) = server {
        sql.text(" AND o.server_id = ").bind(Bind::Int(server.0));
    }
    sql.text(" ORDER BY o.id LIMIT ").bind(Bind::Int(MOST));
    let rows: Vec<Row> = sql.into_query().kept().load(conn).await?;
    let read = |row: Row| EverPlayed {
        id: row.id,
        total: Total { plays: row.plays, played_ms: row.played_ms },
        last_at: row.last_at,
        last_play: row.last_play.map(PlayId),
    };
    let mut found: Vec<EverPlayed> = rows.into_iter().map(read).collect();
    let groups = recorded::groups(conn, counting, |_| {}).await?;
    if !groups.is_empty() {
        let id = if owner == Owner::User { "f.user_id" } else { "f.library_id" };
        let key = Key { id, user: "0::bigint", word: "''", counts_for_each: false };
        for difference in recorded::sums(conn, key, Counted::All, counting, (None, &groups), |_| {}).await? {
            let of = |row: &&mut EverPlayed| row.id == difference.id;
            found.iter_mut().find(of).into_iter().for_each(|row| difference.add_to(&mut row.total));
        }
    }
    Ok(found)
}

/// When users or libraries with these numbers were played by or from last. Who never played has no line.
pub async fn last_played(conn: &mut Conn, owner: Owner, ids: &[i64]) -> DbResult<Vec<(i64, DateTime<Utc>)>> {
    #[derive(QueryableByName)]
    struct Last {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Timestamptz)]
        last_at: DateTime<Utc>,
    }
    let key = match owner {
        Owner::User => "key",
        Owner::Library => "library_id",
    };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT {key} AS id, max(last_at) AS last_at FROM rollups WHERE dimension = {} AND last_at IS NOT NULL AND {key} = ANY(",
        USER_EVER.0
    ))
    .bind(Bind::Ints(ids.to_vec()))
    .text(") GROUP BY 1");
    let rows: Vec<Last> = sql.into_query().kept().load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.last_at)).collect())
}

#[derive(QueryableByName)]
struct AddressRow {
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Bool)]
    is_nothing: bool,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = Timestamptz)]
    first_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    last_play: i64,
}

/// The addresses that users with these numbers have played from, in the order of their text. As it was recorded, plays whose item or
/// stream was not are left out.
pub async fn addresses(conn: &mut Conn, users: &[i64], as_recorded: bool) -> DbResult<Vec<AddressPlayed>> {
    let mut sql = Sql::default();
    let (nothing, told) = super::recorded::nothing("p", "ip_address", as_recorded);
    sql.text(&format!(
        "SELECT p.address, {nothing} AS is_nothing, count(*) AS plays, min(p.started_at) AS first_at, max(p.started_at) AS last_at, \
         (array_agg(p.id ORDER BY p.started_at DESC, p.id DESC))[1] AS last_play FROM plays p{told} WHERE p.user_id = ANY("
    ))
    .bind(Bind::Ints(users.to_vec()))
    .text(")");
    if as_recorded {
        sql.text(" AND p.id NOT IN (SELECT play_id FROM recorded_plays WHERE NOT (has_item AND has_stream))");
    }
    sql.text(" GROUP BY 1, 2 ORDER BY 2 DESC, p.address COLLATE \"C\" LIMIT ").bind(Bind::Int(MOST));
    let rows: Vec<AddressRow> = sql.into_query().kept().load(conn).await?;
    let read = |row: AddressRow| AddressPlayed {
        address: row.address,
        is_nothing: row.is_nothing,
        plays: row.plays,
        first_at: row.first_at,
        last_at: row.last_at,
        last_play: PlayId(row.last_play),
    };
    Ok(rows.into_iter().map(read).collect())
}
