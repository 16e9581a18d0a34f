//! Items and streams of plays that were read before. Rows of both never change, so what is remembered is true for as long as it is
//! asked for; a show that many watch is the same few rows again and again. Knows nothing of plays.

use crate::error::DbResult;
use crate::json::Json;
use crate::pool::Conn;
use crate::schema::{item_snapshots, stream_details};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use moka::sync::Cache;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tautulli_domain::StreamDetail;
use tautulli_domain::media::ItemSnapshot;

/// How many are remembered: some 20 MiB of items at most, where every one has actors, genres and a summary.
const MOST_ITEMS: u64 = 4_000;
const MOST_STREAMS: u64 = 2_000;

/// Items and streams by their row.
#[derive(Debug, Clone)]
pub struct Remembered {
    items: Cache<i64, Arc<ItemSnapshot>>,
    streams: Cache<i64, Arc<StreamDetail>>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { items: Cache::new(MOST_ITEMS), streams: Cache::new(MOST_STREAMS) }
    }
}

impl Remembered {
    /// The items of these rows.
    pub(crate) async fn items(
        &self,
        conn: &Conn,
        rows: impl Iterator<Item = i64>,
    ) -> DbResult<HashMap<i64, Arc<ItemSnapshot>>> {
        let (mut found, unknown) = known(&self.items, rows);
        if !unknown.is_empty() {
            let read: Vec<(i64, Json<ItemSnapshot>)> = item_snapshots::table
                .filter(item_snapshots::id.eq_any(unknown))
                .select((item_snapshots::id, item_snapshots::detail))
                .load(&mut &*conn)
                .await?;
            take_in(&self.items, &mut found, read);
        }
        Ok(found)
    }

    /// The streams of these rows.
    pub(crate) async fn streams(
        &self,
        conn: &Conn,
        rows: impl Iterator<Item = i64>,
    ) -> DbResult<HashMap<i64, Arc<StreamDetail>>> {
        let (mut found, unknown) = known(&self.streams, rows);
        if !unknown.is_empty() {
            let read: Vec<(i64, Json<StreamDetail>)> = stream_details::table
                .filter(stream_details::id.eq_any(unknown))
                .select((stream_details::id, stream_details::detail))
                .load(&mut &*conn)
                .await?;
            take_in(&self.streams, &mut found, read);
        }
        Ok(found)
    }
}

type Found<T> = HashMap<i64, Arc<T>>;

/// What is remembered of these rows, and which are not.
fn known<T: Send + Sync + 'static>(
    cache: &Cache<i64, Arc<T>>,
    rows: impl Iterator<Item = i64>,
) -> (Found<T>, Vec<i64>) {
    let (mut found, mut unknown) = (HashMap::new(), Vec::new());
    for row in rows.collect::<BTreeSet<_>>() {
        match cache.get(&row) {
            Some(value) => {
                found.insert(row, value);
            }
            None => unknown.push(row),
        }
    }
    (found, unknown)
}

fn take_in<T: Send + Sync + 'static>(
    cache: &Cache<i64, Arc<T>>,
    found: &mut Found<T>,
    read: Vec<(i64, Json<T>)>,
) {
    for (row, Json(value)) in read {
        let value = Arc::new(value);
        cache.insert(row, value.clone());
        found.insert(row, value);
    }
}
