//! Watch time by windows, and users of libraries and items (STA-08, STA-09).

use super::recorded::{self, Counted, Difference, Key};
use crate::error::DbResult;
use crate::history::filter::of_guids;
use crate::history::sql::{Bind, Sql};
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups::USER_EVER;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::RunQueryDsl;
use std::cmp::Reverse;
use tautulli_domain::statistics::{Counting, Total, Window};
use tautulli_domain::{LibraryId, ServerId, UserId};

/// Whose or what plays are summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    Users(Vec<UserId>),
    Libraries(Vec<LibraryId>),
    /// Items of a server (of all where none is named) by rating keys at any level: the item, its season or album, its show or artist.
    Keys {
        server: Option<ServerId>,
        keys: Vec<String>,
    },
    /// Items of a server by guid.
    Guids {
        server: Option<ServerId>,
        guids: Vec<String>,
    },
}

/// Whose plays alone are counted, and of which libraries alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    pub user: Option<UserId>,
    pub libraries: Option<Vec<LibraryId>>,
}

/// Plays and time of one of many within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchTime {
    /// The user's or library's number; 0 of items, which are summed up together.
    pub id: i64,
    pub total: Total,
}

/// A user's plays of a library or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserRow {
    /// The library's number; 0 of items.
    pub id: i64,
    pub user_id: UserId,
    pub total: Total,
    pub last_at: DateTime<Utc>,
}

/// More users than any server has, more players than any user has.
pub(super) const MOST: i64 = 5_000;

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
}

/// Appends where the plays are, as `f`, and whose or what they are.
fn of(sql: &mut Sql, about: &About) {
    sql.text(" FROM play_facts f WHERE ");
    are_of(sql, about);
}

/// Appends the condition that `f` is of a server, if one is named.
fn on_server(sql: &mut Sql, server: Option<ServerId>) {
    match server {
        Some(server) => sql.text("f.server_id = ").bind(Bind::Int(server.0)),
        None => sql.text("TRUE"),
    };
}

/// Appends the condition that `f` is one of the plays.
fn are_of(sql: &mut Sql, about: &About) {
    match about {
        About::Users(users) => {
            sql.text("f.user_id = ANY(").bind(Bind::Ints(users.iter().map(|id| id.0).collect()));
        }
        About::Libraries(libraries) => {
            let libraries = libraries.iter().map(|id| id.0).collect();
            sql.text("f.library_id = ANY(").bind(Bind::Ints(libraries));
        }
        About::Keys { server, keys } => {
            on_server(sql, *server);
            sql.text(" AND f.snapshot_id = ANY(ARRAY(SELECT s.id FROM item_snapshots s WHERE FALSE");
            for column in ["rating_key", "parent_rating_key", "grandparent_rating_key"] {
                // The indexes of the outer levels leave out the empty ones.
                sql.text(&format!(" OR (s.{column} <> '' AND s.{column} = ANY("))
                    .bind(Bind::Texts(keys.clone()))
                    .text("))");
            }
            sql.text(")");
        }
        About::Guids { server, guids } => {
            on_server(sql, *server);
            sql.text(" AND f.snapshot_id = ANY(ARRAY(SELECT s.id FROM item_snapshots s WHERE ");
            of_guids(sql, "s", guids);
            sql.text(")");
        }
    }
    sql.text(")");
}

fn key(about: &About) -> &'static str {
    match about {
        About::Users(_) => "f.user_id",
        About::Libraries(_) => "f.library_id",
        About::Keys { .. } | About::Guids { .. } => "0::bigint",
    }
}

/// Plays and time since each of some moments, or of all time, of each, within the limits. Who has no plays has no row.
pub async fn watch_time(
    conn: &mut Conn,
    about: &About,
    limits: &Limits,
    since: &[Option<DateTime<Utc>>],
    counting: Counting,
) -> DbResult<Vec<Vec<WatchTime>>> {
    let grouped = counting.grouped;
    let mut found = match about {
        About::Keys { .. } | About::Guids { .. } => of_items(conn, about, limits, since, grouped).await?,
        About::Users(_) | About::Libraries(_) => {
            let mut found = Vec::with_capacity(since.len());
            for since in since {
                found.push(of_owners(conn, about, limits, *since, grouped).await?);
            }
            found
        }
    };
    let groups = recorded::groups(conn, counting, |sql| these(sql, about, limits)).await?;
    for (since, found) in since.iter().zip(&mut found) {
        for difference in differences(conn, about, limits, (*since, &groups), counting).await? {
            let known = found.iter_mut().find(|known| known.id == difference.id);
            known.into_iter().for_each(|known| difference.add_to(&mut known.total));
        }
    }
    Ok(found)
}

/// What the program that recorded plays counts otherwise: all of users' plays, and of others those whose item it knows.
async fn differences(
    conn: &Conn,
    about: &About,
    limits: &Limits,
    which: (Option<DateTime<Utc>>, &[i64]),
    counting: Counting,
) -> DbResult<Vec<Difference>> {
    let counted = if matches!(about, About::Users(_)) { Counted::All } else { Counted::WithItem };
    let key = Key { id: key(about), user: "0::bigint", word: "''", counts_for_each: false };
    recorded::sums(conn, key, counted, counting, which, |sql| these(sql, about, limits)).await
}

/// Appends that a difference `f` is one of the plays within the limits.
pub(super) fn these(sql: &mut Sql, about: &About, limits: &Limits) {
    sql.text(" AND ");
    are_of(sql, about);
    limited(sql, "f.user_id", "f.library_id", limits);
}

/// Items are summed up together. What has their keys is found once and looked at for every window.
async fn of_items(
    conn: &mut Conn,
    about: &About,
    limits: &Limits,
    since: &[Option<DateTime<Utc>>],
    grouped: bool,
) -> DbResult<Vec<Vec<WatchTime>>> {
    let mut sql = Sql::default();
    sql.text("WITH x AS MATERIALIZED (SELECT f.prev_at, f.stopped_at, f.played_ms");
    of(&mut sql, about);
    limited(&mut sql, "f.user_id", "f.library_id", limits);
    let lines = if grouped { " FILTER (WHERE x.prev_at IS NULL OR x.prev_at < w.since)" } else { "" };
    sql.text(&format!(
        ") SELECT w.place AS id, count(*){lines} AS plays, sum(x.played_ms)::bigint AS played_ms FROM (VALUES (-1::bigint, NULL::timestamptz)"
    ));
    for (place, since) in (0..).zip(since) {
        sql.text(", (").bind(Bind::Int(place)).text(", ");
        match since {
            Some(since) => sql.bind(Bind::Time(*since)).text(")"),
            None => sql.text("NULL)"),
        };
    }
    sql.text(") w(place, since) JOIN x ON w.since IS NULL OR x.stopped_at >= w.since WHERE w.place >= 0 GROUP BY 1");
    let rows: Vec<SumRow> = sql.into_query().kept().load(conn).await?;
    let sums = |place: i64| {
        let row = rows.iter().find(|row| row.id == place);
        row.map(|row| WatchTime { id: 0, total: Total { plays: row.plays, played_ms: row.played_ms } })
    };
    Ok((0..).zip(since).map(|(place, _)| sums(place).into_iter().collect()).collect())
}

async fn of_owners(
    conn: &mut Conn,
    about: &About,
    limits: &Limits,
    since: Option<DateTime<Utc>>,
    grouped: bool,
) -> DbResult<Vec<WatchTime>> {
    let mut sql = Sql::default();
    let column = if grouped { "lines" } else { "plays" };
    match (about, since) {
        (About::Users(users), None) => {
            sql.text(&format!(
                "SELECT key AS id, sum({column})::bigint AS plays, sum(played_ms)::bigint AS played_ms FROM rollups \
                 WHERE dimension = {} AND key = ANY(", USER_EVER.0
            ))
            .bind(Bind::Ints(users.iter().map(|id| id.0).collect()))
            .text(")");
            limited(&mut sql, "key", "library_id", limits);
        }
        (About::Libraries(libraries), None) => {
            sql.text(&format!(
                "SELECT library_id AS id, sum({column})::bigint AS plays, sum(played_ms)::bigint AS played_ms FROM rollups \
                 WHERE dimension = {} AND library_id = ANY(", USER_EVER.0
            ))
            .bind(Bind::Ints(libraries.iter().map(|id| id.0).collect()))
            .text(")");
            limited(&mut sql, "key", "library_id", limits);
        }
        _ => {
            raw(&mut sql, about, since, grouped);
            limited(&mut sql, "f.user_id", "f.library_id", limits);
        }
    }
    sql.text(" GROUP BY 1");
    let rows: Vec<SumRow> = sql.into_query().kept().load(conn).await?;
    let read =
        |row: SumRow| WatchTime { id: row.id, total: Total { plays: row.plays, played_ms: row.played_ms } };
    Ok(rows.into_iter().map(read).collect())
}

fn raw(sql: &mut Sql, about: &About, since: Option<DateTime<Utc>>, grouped: bool) {
    sql.text(&format!("SELECT {} AS id, count(*)", key(about)));
    if grouped {
        sql.text(" FILTER (WHERE f.prev_at IS NULL");
        if let Some(since) = since {
            sql.text(" OR f.prev_at < ").bind(Bind::Time(since));
        }
        sql.text(")");
    }
    sql.text(" AS plays, coalesce(sum(f.played_ms), 0)::bigint AS played_ms");
    of(sql, about);
    if since.is_some() {
        sql.text(" AND ");
        super::source::within(sql, Window { since, until: None });
    }
}

/// Appends the limits; the names are those of the columns of users and libraries.
pub(super) fn limited(sql: &mut Sql, user: &str, library: &str, limits: &Limits) {
    if let Some(only) = limits.user {
        sql.text(&format!(" AND {user} = ")).bind(Bind::Int(only.0));
    }
    if let Some(libraries) = &limits.libraries {
        let ids = libraries.iter().map(|id| id.0).collect();
        sql.text(&format!(" AND {library} = ANY(")).bind(Bind::Ints(ids)).text(")");
    }
}

#[derive(QueryableByName)]
struct UserSum {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
}

/// The users of libraries or items, those with most plays first, within the limits.
pub async fn users(
    conn: &mut Conn,
    about: &About,
    limits: &Limits,
    counting: Counting,
) -> DbResult<Vec<UserRow>> {
    let mut sql = Sql::default();
    let (who, library) = if let About::Libraries(libraries) = about {
        let column = if counting.grouped { "lines" } else { "plays" };
        sql.text(&format!(
            "SELECT library_id AS id, key AS user_id, sum({column})::bigint AS plays, sum(played_ms)::bigint AS played_ms, \
             max(last_at) AS last_at FROM rollups WHERE dimension = {} AND library_id = ANY(", USER_EVER.0
        ))
        .bind(Bind::Ints(libraries.iter().map(|id| id.0).collect()))
        .text(")");
        ("key", "library_id")
    } else {
        let lines = if counting.grouped { " FILTER (WHERE f.prev_at IS NULL)" } else { "" };
        sql.text(&format!(
            "SELECT {} AS id, f.user_id, count(*){lines} AS plays, sum(f.played_ms)::bigint AS played_ms, max(f.started_at) AS last_at",
            key(about)
        ));
        of(&mut sql, about);
        ("f.user_id", "f.library_id")
    };
    limited(&mut sql, who, library, limits);
    sql.text(" GROUP BY 1, 2 ORDER BY plays DESC, last_at DESC LIMIT ").bind(Bind::Int(MOST));
    let rows: Vec<UserSum> = sql.into_query().kept().load(conn).await?;
    let read = |row: UserSum| UserRow {
        id: row.id,
        user_id: UserId(row.user_id),
        total: Total { plays: row.plays, played_ms: row.played_ms },
        last_at: row.last_at,
    };
    let mut found: Vec<UserRow> = rows.into_iter().map(read).collect();
    let narrow = |sql: &mut Sql| these(sql, about, limits);
    let groups = recorded::groups(conn, counting, narrow).await?;
    if !groups.is_empty() {
        let key = Key { id: key(about), user: "f.user_id", word: "''", counts_for_each: false };
        for difference in
            recorded::sums(conn, key, Counted::WithItem, counting, (None, &groups), narrow).await?
        {
            let of = |row: &&mut UserRow| row.user_id.0 == difference.user_id && row.id == difference.id;
            found.iter_mut().find(of).into_iter().for_each(|row| difference.add_to(&mut row.total));
        }
        found.retain(|row| row.total != Total::default());
        found.sort_by_key(|row| Reverse((row.total.plays, row.last_at)));
    }
    Ok(found)
}
