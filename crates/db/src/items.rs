//! Items by lasting identity, and their snapshots, written once for each distinct content.

use crate::error::DbResult;
use crate::json::Json;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::schema::{item_snapshots, items};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::media::ItemSnapshot;
use tautulli_domain::{ItemId, ServerId};

/// The version of a stored [`ItemSnapshot`].
pub(crate) const DETAIL_VERSION: i16 = 1;

diesel::define_sql_function! {
    /// The digest of a snapshot's text.
    fn sha256(content: diesel::sql_types::Bytea) -> diesel::sql_types::Bytea;
}

/// An item with its newest facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub id: ItemId,
    pub server_id: ServerId,
    pub snapshot: ItemSnapshot,
}

/// Keeps an item as it is now; gives its identity's id and the id of the snapshot.
pub async fn remember(
    conn: &Conn,
    server: ServerId,
    item: &ItemSnapshot,
    now: DateTime<Utc>,
) -> DbResult<(ItemId, i64)> {
    let snapshot_id = snapshot(conn, server, item).await?;
    let identity = item.identity().0;
    let changes = (
        items::kind.eq(item.kind.name()),
        items::rating_key.eq(&item.rating_key),
        items::snapshot_id.eq(snapshot_id),
        items::updated_at.eq(now),
    );
    let id = diesel::insert_into(items::table)
        .values((items::server_id.eq(server.0), items::guid.eq(&identity), changes))
        .on_conflict((items::server_id, items::guid))
        .do_update()
        .set(changes)
        .returning(items::id)
        .kept()
        .get_result(&mut &*conn)
        .await?;
    Ok((ItemId(id), snapshot_id))
}

async fn snapshot(conn: &Conn, server: ServerId, item: &ItemSnapshot) -> DbResult<i64> {
    let lasting = lasting(item);
    let detail = serde_json::to_value(&lasting)?;
    let text = serde_json::to_vec(&lasting)?;
    let known: Option<i64> = item_snapshots::table
        .filter(item_snapshots::server_id.eq(server.0).and(item_snapshots::digest.eq(sha256(&text))))
        .select(item_snapshots::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    Ok(diesel::insert_into(item_snapshots::table)
        .values((
            (
                item_snapshots::server_id.eq(server.0),
                item_snapshots::digest.eq(sha256(&text)),
                item_snapshots::kind.eq(item.kind.name()),
                item_snapshots::guid.eq(&item.guid),
                item_snapshots::rating_key.eq(&item.rating_key),
                item_snapshots::parent_rating_key.eq(&item.parent_rating_key),
                item_snapshots::grandparent_rating_key.eq(&item.grandparent_rating_key),
                item_snapshots::section_id.eq(item.section_id),
            ),
            item_snapshots::title.eq(&item.title),
            item_snapshots::parent_title.eq(&item.parent_title),
            item_snapshots::grandparent_title.eq(&item.grandparent_title),
            item_snapshots::full_title.eq(item.full_title()),
            item_snapshots::year.eq(item.year),
            item_snapshots::detail.eq(detail),
            item_snapshots::detail_version.eq(DETAIL_VERSION),
        ))
        .on_conflict((item_snapshots::server_id, item_snapshots::digest))
        .do_update()
        .set(item_snapshots::detail_version.eq(DETAIL_VERSION))
        .returning(item_snapshots::id)
        .get_result(&mut &*conn)
        .await?)
}

/// What changes with every viewing is no fact about the item; keeping it would make every snapshot a new one.
pub(crate) fn lasting(item: &ItemSnapshot) -> ItemSnapshot {
    let mut lasting = item.clone();
    lasting.last_viewed_at = None;
    if let Some(airing) = lasting.airing.as_mut() {
        airing.uuid.clear();
    }
    lasting
}

pub async fn by_ids(conn: &mut Conn, ids: &[ItemId]) -> DbResult<Vec<Item>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = items::table
        .inner_join(item_snapshots::table)
        .filter(items::id.eq_any(ids))
        .select((items::id, items::server_id, item_snapshots::detail))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The item that a server calls by a rating key now: the one seen last under it.
pub async fn by_rating_key(conn: &mut Conn, server: ServerId, rating_key: &str) -> DbResult<Option<Item>> {
    let row: Option<Row> = items::table
        .inner_join(item_snapshots::table)
        .filter(items::server_id.eq(server.0).and(items::rating_key.eq(rating_key)))
        .order(items::updated_at.desc())
        .select((items::id, items::server_id, item_snapshots::detail))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(read))
}

pub async fn by_guid(conn: &mut Conn, server: ServerId, guid: &str) -> DbResult<Option<Item>> {
    let row: Option<Row> = items::table
        .inner_join(item_snapshots::table)
        .filter(items::server_id.eq(server.0).and(items::guid.eq(guid)))
        .select((items::id, items::server_id, item_snapshots::detail))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(read))
}

type Row = (i64, i64, Json<ItemSnapshot>);

fn read((id, server_id, Json(snapshot)): Row) -> Item {
    Item { id: ItemId(id), server_id: ServerId(server_id), snapshot }
}
