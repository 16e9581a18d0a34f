//! How often the items of a library were played, by Plex's key at a level of their titles.

use crate::error::DbResult;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::{LibraryId, UserId};

/// Whose key plays are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// What was played: movies, episodes, tracks.
    Item,
    /// Seasons, albums.
    Parent,
    /// Shows, artists.
    Grandparent,
}

impl Level {
    fn column(self) -> &'static str {
        match self {
            Self::Item => "rating_key",
            Self::Parent => "parent_rating_key",
            Self::Grandparent => "grandparent_rating_key",
        }
    }
}

/// Plays under one key.
#[derive(Debug, Clone, PartialEq, Eq, diesel::QueryableByName)]
pub struct Counted {
    #[diesel(sql_type = Text)]
    pub key: String,
    /// A play and its resumptions count once.
    #[diesel(sql_type = BigInt)]
    pub plays: i64,
    #[diesel(sql_type = Timestamptz)]
    pub last_at: DateTime<Utc>,
}

/// Plays in a library by key, of one user or of all.
pub async fn plays(
    conn: &mut Conn,
    library: LibraryId,
    level: Level,
    user: Option<UserId>,
) -> DbResult<Vec<Counted>> {
    let column = level.column();
    let sql = format!(
        "SELECT s.{column} AS key, count(DISTINCT p.group_id) AS plays, max(p.started_at) AS last_at
         FROM plays p JOIN item_snapshots s ON s.id = p.snapshot_id
         WHERE p.library_id = $1 AND ($2::bigint IS NULL OR p.user_id = $2) GROUP BY 1"
    );
    Ok(diesel::sql_query(sql)
        .bind::<BigInt, _>(library.0)
        .bind::<Nullable<BigInt>, _>(user.map(|user| user.0))
        .load(conn)
        .await?)
}
