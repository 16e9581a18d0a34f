//! What the history knows of an item and what is below it: the old side of a new match.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::item_snapshots;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
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
    let rows: Vec<(i64, Value)> = item_snapshots::table
        .filter(item_snapshots::server_id.eq(server.0).and(under))
        .order(item_snapshots::id)
        .limit(most)
        .select((item_snapshots::id, item_snapshots::detail))
        .load(conn)
        .await?;
    rows.into_iter().map(|(id, detail)| Ok((SnapshotId(id), serde_json::from_value(detail)?))).collect()
}
