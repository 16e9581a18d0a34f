//! What the history knows of an item and what is below it: the old side of a new match.

use crate::error::DbResult;
use crate::json::Json;
use crate::pool::Conn;
use crate::schema::item_snapshots;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::ServerId;
use tautulli_domain::media::ItemSnapshot;

/// A snapshot's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SnapshotId(pub i64);

/// The snapshots of plays that had this rating key themselves, as their parent's or as their grandparent's, at most `most`.
pub async fn snapshots_under(
    conn: &mut Conn,
    server: ServerId,
    rating_key: &str,
    most: i64,
) -> DbResult<Vec<(SnapshotId, ItemSnapshot)>> {
    let under = item_snapshots::rating_key
        .eq(rating_key)
        .or(item_snapshots::parent_rating_key.eq(rating_key))
        .or(item_snapshots::grandparent_rating_key.eq(rating_key));
    let rows: Vec<(i64, Json<ItemSnapshot>)> = item_snapshots::table
        .filter(item_snapshots::server_id.eq(server.0).and(under))
        .order(item_snapshots::id)
        .limit(most)
        .select((item_snapshots::id, item_snapshots::detail))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, Json(item))| (SnapshotId(id), item)).collect())
}

/// The key that stands above everything that the history knows under this one: the show's or artist's, or the item's own.
pub async fn root_above(conn: &mut Conn, server: ServerId, rating_key: &str) -> DbResult<String> {
    let with = item_snapshots::rating_key
        .eq(rating_key)
        .or(item_snapshots::parent_rating_key.eq(rating_key))
        .or(item_snapshots::grandparent_rating_key.eq(rating_key));
    let found: Option<String> = item_snapshots::table
        .filter(item_snapshots::server_id.eq(server.0).and(with))
        .filter(item_snapshots::grandparent_rating_key.ne(""))
        .order(item_snapshots::id.desc())
        .select(item_snapshots::grandparent_rating_key)
        .first(conn)
        .await
        .optional()?;
    Ok(found.unwrap_or_else(|| rating_key.to_owned()))
}
