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

/// Plays in a library by key, of one user or of all. As they were recorded, those that name no group are no line of their own.
pub async fn plays(
    conn: &mut Conn,
    library: LibraryId,
    level: Level,
    user: Option<UserId>,
    as_recorded: bool,
) -> DbResult<Vec<Counted>> {
    let column = level.column();
    let (group, join) = match as_recorded {
        true => (
            "CASE WHEN r.is_of_group IS FALSE THEN r.named_group ELSE p.group_id END",
            "LEFT JOIN recorded_plays r ON r.play_id = p.id",
        ),
        false => ("p.group_id", ""),
    };
    let sql = format!(
        "SELECT s.{column} AS key, count(DISTINCT {group}) AS plays, max(p.started_at) AS last_at
         FROM plays p JOIN item_snapshots s ON s.id = p.snapshot_id {join}
         WHERE p.library_id = $1 AND ($2::bigint IS NULL OR p.user_id = $2) GROUP BY 1"
    );
    Ok(diesel::sql_query(sql)
        .bind::<BigInt, _>(library.0)
        .bind::<Nullable<BigInt>, _>(user.map(|user| user.0))
        .load(conn)
        .await?)
}
