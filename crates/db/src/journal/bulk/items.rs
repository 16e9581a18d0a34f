//! Items and snapshots of a round: each distinct content once.

use super::{BulkBatch, Line};
use crate::error::DbResult;
use crate::items::{DETAIL_VERSION, lasting};
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;
use tautulli_domain::media::ItemSnapshot;

/// The different contents of a round, by their item's identity.
#[derive(Default)]
struct Contents {
    all: Vec<ItemSnapshot>,
    of: BTreeMap<String, Vec<usize>>,
}

impl Contents {
    /// The place of a content; equal ones share it.
    fn place(&mut self, item: &ItemSnapshot) -> usize {
        let item = lasting(item);
        let known = self.of.entry(item.identity().0).or_default();
        let same = |at: &&usize| self.all.get(**at) == Some(&item);
        if let Some(at) = known.iter().find(same) {
            return *at;
        }
        known.push(self.all.len());
        self.all.push(item);
        self.all.len() - 1
    }
}

/// Keeps every item as it was last, and gives each line its item's and its snapshot's ids.
pub(super) async fn remember(conn: &mut Conn, batch: &BulkBatch<'_>, lines: &mut [Line<'_>]) -> DbResult<()> {
    let mut contents = Contents::default();
    let places: Vec<usize> = lines.iter().map(|line| contents.place(&line.play().session.item)).collect();
    let snapshots = snapshots(conn, batch, &contents.all).await?;
    let mut newest: BTreeMap<String, (&ItemSnapshot, i64)> = BTreeMap::new();
    for (line, place) in lines.iter_mut().zip(&places) {
        line.snapshot_id = snapshots.get(*place).copied().unwrap_or_default();
        if let Some(item) = contents.all.get(*place) {
            newest.insert(item.identity().0, (item, line.snapshot_id));
        }
    }
    let ids = items(conn, batch, &newest).await?;
    for line in lines {
        let identity = line.play().session.item.identity().0;
        line.item_id = ids.get(&identity).copied().unwrap_or_default();
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Placed {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The ids of snapshots, in their order.
async fn snapshots(conn: &mut Conn, batch: &BulkBatch<'_>, all: &[ItemSnapshot]) -> DbResult<Vec<i64>> {
    let texts: Vec<String> = all.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let text = |of: fn(&ItemSnapshot) -> &str| all.iter().map(of).collect::<Vec<&str>>();
    let full_titles: Vec<String> = all.iter().map(ItemSnapshot::full_title).collect();
    // The statement's own insertions are not seen by its other parts, hence the union.
    let sql = "WITH given AS (
                 SELECT sha256(convert_to(detail, 'UTF8')) AS digest, g.*
                 FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) WITH ORDINALITY AS g(detail, kind, guid,
                   rating_key, parent_rating_key, grandparent_rating_key, section_id, title, parent_title, grandparent_title,
                   full_title, year, place)),
               made AS (
                 INSERT INTO item_snapshots (server_id, digest, kind, guid, rating_key, parent_rating_key,
                   grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail, detail_version)
                 SELECT $1, digest, kind, guid, rating_key, parent_rating_key, grandparent_rating_key, section_id, title,
                   parent_title, grandparent_title, full_title, year, detail::jsonb, $2 FROM given
                 ORDER BY place
                 ON CONFLICT (server_id, digest) DO NOTHING
                 RETURNING id, digest),
               kept AS (
                 SELECT id, digest FROM made
                 UNION ALL SELECT s.id, s.digest FROM item_snapshots s JOIN given USING (digest) WHERE s.server_id = $1)
               SELECT min(kept.id) AS id FROM given JOIN kept USING (digest) GROUP BY place ORDER BY place";
    let placed: Vec<Placed> = diesel::sql_query(sql)
        .bind::<BigInt, _>(batch.server_id.0)
        .bind::<SmallInt, _>(DETAIL_VERSION)
        .bind::<Array<Text>, _>(texts)
        .bind::<Array<Text>, _>(text(|item| item.kind.name()))
        .bind::<Array<Text>, _>(text(|item| &item.guid))
        .bind::<Array<Text>, _>(text(|item| &item.rating_key))
        .bind::<Array<Text>, _>(text(|item| &item.parent_rating_key))
        .bind::<Array<Text>, _>(text(|item| &item.grandparent_rating_key))
        .bind::<Array<Nullable<BigInt>>, _>(all.iter().map(|item| item.section_id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|item| &item.title))
        .bind::<Array<Text>, _>(text(|item| &item.parent_title))
        .bind::<Array<Text>, _>(text(|item| &item.grandparent_title))
        .bind::<Array<Text>, _>(full_titles)
        .bind::<Array<Nullable<BigInt>>, _>(all.iter().map(|item| item.year).collect::<Vec<_>>())
        .load(conn)
        .await?;
    Ok(placed.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    guid: String,
}

/// The ids of items by their identity.
async fn items(
    conn: &mut Conn,
    batch: &BulkBatch<'_>,
    newest: &BTreeMap<String, (&ItemSnapshot, i64)>,
) -> DbResult<BTreeMap<String, i64>> {
    let sql = "INSERT INTO items (server_id, updated_at, guid, kind, rating_key, snapshot_id)
               SELECT $1, $2, * FROM unnest($3, $4, $5, $6)
               ON CONFLICT (server_id, guid) DO UPDATE SET kind = excluded.kind, rating_key = excluded.rating_key,
                 snapshot_id = excluded.snapshot_id, updated_at = excluded.updated_at
               RETURNING id, guid";
    let rows: Vec<Known> = diesel::sql_query(sql)
        .bind::<BigInt, _>(batch.server_id.0)
        .bind::<Timestamptz, _>(batch.now)
        .bind::<Array<Text>, _>(newest.keys().collect::<Vec<_>>())
        .bind::<Array<Text>, _>(newest.values().map(|(item, _)| item.kind.name()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(newest.values().map(|(item, _)| &item.rating_key).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(newest.values().map(|(_, snapshot)| *snapshot).collect::<Vec<_>>())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.guid, row.id)).collect())
}
