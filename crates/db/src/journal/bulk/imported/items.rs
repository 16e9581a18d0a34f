//! Items, snapshots and streams of a chunk: each distinct content goes over the wire once, and what was seen lately not at all.

use super::{Content, Description, ImportedChunk, Line};
use crate::details::Deliveries;
use crate::error::DbResult;
use crate::items::DETAIL_VERSION;
use crate::pool::{Conn, batch};
use crate::schema::{item_snapshots, items};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::{BTreeMap, HashMap};

/// More than this many ids are not remembered: 10 MiB of them.
const MOST: usize = 100_000;

/// Ids of snapshots by digest, of items by identity and of streams, from chunks that have been committed. Of no use once one has failed.
#[derive(Debug, Default)]
pub struct Known {
    snapshots: HashMap<[u8; 32], i64>,
    items: HashMap<String, i64>,
    streams: Deliveries,
}

/// Gives each line its item's, its snapshot's and its stream's ids. Which snapshot is an item's newest is settled at the end of the import.
pub(super) async fn remember(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    lines: &mut [Line<'_>],
    known: &mut Known,
) -> DbResult<()> {
    if known.snapshots.len() > MOST {
        known.snapshots.clear();
    }
    if known.items.len() > MOST {
        known.items.clear();
    }
    let mut unknown: BTreeMap<[u8; 32], &Content> = BTreeMap::new();
    for line in lines.iter() {
        let content = &*line.play.content;
        if !known.snapshots.contains_key(&content.digest) {
            let kept = unknown.entry(content.digest).or_insert(content);
            if kept.description.is_none() {
                *kept = content;
            }
        }
    }
    snapshots(conn, chunk, &unknown, known).await?;
    let mut strangers: BTreeMap<&str, (&Content, DateTime<Utc>)> = BTreeMap::new();
    for line in lines.iter() {
        let content = &line.play.content;
        if !known.items.contains_key(&content.identity) {
            strangers.insert(&content.identity, (content, line.play.started_at));
        }
    }
    insert_items(conn, chunk, &strangers, known).await?;
    known.streams.remember(conn, lines.iter().map(|line| &*line.play.stream)).await?;
    for line in lines {
        line.stream_id = known.streams.number(&line.play.stream);
        line.snapshot_id = known.snapshots.get(&line.play.content.digest).copied().unwrap_or_default();
        line.item_id = known.items.get(&line.play.content.identity).copied().unwrap_or_default();
    }
    Ok(())
}

async fn snapshots(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    unknown: &BTreeMap<[u8; 32], &Content>,
    known: &mut Known,
) -> DbResult<()> {
    if unknown.is_empty() {
        return Ok(());
    }
    let digests: Vec<&[u8]> = unknown.keys().map(<[u8; 32]>::as_slice).collect();
    insert_snapshots(conn, chunk, unknown).await?;
    // A statement of its own: it sees what somebody else has added meanwhile.
    let of = item_snapshots::server_id.eq(chunk.server_id.0).and(item_snapshots::digest.eq_any(digests));
    let rows: Vec<(Vec<u8>, i64)> = item_snapshots::table
        .filter(of)
        .select((item_snapshots::digest, item_snapshots::id))
        .load(conn)
        .await?;
    known.snapshots.extend(rows.into_iter().filter_map(|(digest, id)| Some((digest.try_into().ok()?, id))));
    Ok(())
}

/// Writes those that come with their description and are not there.
async fn insert_snapshots(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    unknown: &BTreeMap<[u8; 32], &Content>,
) -> DbResult<()> {
    let all: Vec<(&[u8; 32], &Content, &Description)> = unknown
        .iter()
        .filter_map(|(digest, content)| Some((digest, *content, content.description.as_ref()?)))
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    let text = |of: fn(&Description) -> &str| all.iter().map(|(.., about)| of(about)).collect::<Vec<&str>>();
    let sql = "INSERT INTO item_snapshots (server_id, detail_version, digest, kind, guid, rating_key, parent_rating_key,
                 grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail)
               SELECT $1, $2, digest, kind, guid, rating_key, parent_rating_key, grandparent_rating_key, section_id, title,
                 parent_title, grandparent_title, full_title, year, detail::jsonb
               FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS given(digest, kind, guid, rating_key,
                 parent_rating_key, grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title,
                 year, detail)
               WHERE NOT EXISTS (SELECT 1 FROM item_snapshots s WHERE s.server_id = $1 AND s.digest = given.digest)
               ON CONFLICT (server_id, digest) DO NOTHING";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<SmallInt, _>(DETAIL_VERSION)
        .bind::<Array<Bytea>, _>(all.iter().map(|(digest, ..)| digest.as_slice()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all.iter().map(|(_, content, _)| content.kind).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|about| &about.guid))
        .bind::<Array<Text>, _>(all.iter().map(|(_, content, _)| &content.rating_key).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|about| &about.parent_rating_key))
        .bind::<Array<Text>, _>(text(|about| &about.grandparent_rating_key))
        .bind::<Array<Nullable<BigInt>>, _>(
            all.iter().map(|(.., about)| about.section_id).collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(text(|about| &about.title))
        .bind::<Array<Text>, _>(text(|about| &about.parent_title))
        .bind::<Array<Text>, _>(text(|about| &about.grandparent_title))
        .bind::<Array<Text>, _>(text(|about| &about.full_title))
        .bind::<Array<Nullable<BigInt>>, _>(all.iter().map(|(.., about)| about.year).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|about| &about.detail))
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert_items(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    strangers: &BTreeMap<&str, (&Content, DateTime<Utc>)>,
    known: &mut Known,
) -> DbResult<()> {
    if strangers.is_empty() {
        return Ok(());
    }
    let snapshot = |content: &Content| known.snapshots.get(&content.digest).copied().unwrap_or_default();
    let sql = "INSERT INTO items (server_id, guid, kind, rating_key, snapshot_id, updated_at)
               SELECT $1, * FROM unnest($2, $3, $4, $5, $6)
               ON CONFLICT (server_id, guid) DO NOTHING";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<Array<Text>, _>(strangers.keys().collect::<Vec<_>>())
        .bind::<Array<Text>, _>(strangers.values().map(|(content, _)| content.kind).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(
            strangers.values().map(|(content, _)| &content.rating_key).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(
            strangers.values().map(|(content, _)| snapshot(content)).collect::<Vec<_>>(),
        )
        .bind::<Array<Timestamptz>, _>(strangers.values().map(|(_, at)| *at).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    let of = items::server_id.eq(chunk.server_id.0).and(items::guid.eq_any(strangers.keys()));
    let rows: Vec<(String, i64)> =
        items::table.filter(of).select((items::guid, items::id)).load(conn).await?;
    known.items.extend(rows);
    Ok(())
}

/// Makes the newest play's snapshot that of its item, for all items of a server that nobody has seen since; belongs into a
/// transaction of the caller.
pub async fn settle(conn: &mut Conn, server: tautulli_domain::ServerId) -> DbResult<()> {
    // All plays are put in order once.
    batch(conn, "SET LOCAL work_mem = '64MB'").await?;
    let sql = "UPDATE items i SET snapshot_id = newest.snapshot_id, rating_key = s.rating_key, kind = s.kind, updated_at = newest.started_at
               FROM (SELECT DISTINCT ON (item_id) item_id, snapshot_id, started_at FROM plays WHERE server_id = $1
                     ORDER BY item_id, started_at DESC, id DESC) AS newest
               JOIN item_snapshots s ON s.id = newest.snapshot_id
               WHERE i.id = newest.item_id AND i.server_id = $1 AND i.updated_at < newest.started_at";
    diesel::sql_query(sql).bind::<BigInt, _>(server.0).execute(conn).await?;
    Ok(())
}

/// How many of these identities are items of a server.
pub async fn count(
    conn: &mut Conn,
    server: tautulli_domain::ServerId,
    identities: &[String],
) -> DbResult<i64> {
    let of = items::server_id.eq(server.0).and(items::guid.eq_any(identities));
    Ok(items::table.filter(of).count().get_result(conn).await?)
}
