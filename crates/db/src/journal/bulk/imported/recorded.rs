//! What the other program says of plays that had to be repaired, kept beside them.

use super::{ImportedChunk, ImportedPlay, Line};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::schema::recorded_plays;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Keeps them for the new plays, and for those that were `written` by an import that did not keep them, or only some of their cells.
pub(super) async fn keep(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    written: &BTreeMap<Uuid, i64>,
    lines: &[Line<'_>],
) -> DbResult<()> {
    keep_cells(conn, numbered(chunk, written, lines)).await?;
    let rows: Vec<_> = numbered(chunk, written, lines)
        .filter_map(|(id, play)| Some((id, play.recorded?)))
        .map(|(id, recorded)| {
            (
                recorded_plays::play_id.eq(id),
                recorded_plays::started_s.eq(recorded.started_s),
                recorded_plays::stopped_s.eq(recorded.stopped_s),
                recorded_plays::paused_s.eq(recorded.paused_s),
                recorded_plays::is_of_group.eq(recorded.is_of_group),
                recorded_plays::named_group.eq(recorded.named_group),
                recorded_plays::has_item.eq(recorded.has_item),
                recorded_plays::has_stream.eq(recorded.has_stream),
                recorded_plays::has_kind.eq(recorded.has_kind),
                recorded_plays::has_decision.eq(recorded.has_decision),
                recorded_plays::percent.eq(recorded.percent),
            )
        })
        .collect();
    // A statement has at most 65,535 values.
    for some in rows.chunks(5_000) {
        diesel::insert_into(recorded_plays::table)
            .values(some)
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// The plays of a chunk that are new and those that were there, with their numbers.
fn numbered<'a>(
    chunk: &'a ImportedChunk<'_>,
    written: &'a BTreeMap<Uuid, i64>,
    lines: &'a [Line<'_>],
) -> impl Iterator<Item = (i64, &'a ImportedPlay)> {
    let new = lines.iter().map(|line| (line.id, line.play));
    new.chain(chunk.plays.iter().filter_map(|play| Some((*written.get(&play.session_id)?, play))))
}

async fn keep_cells(conn: &mut Conn, plays: impl Iterator<Item = (i64, &ImportedPlay)>) -> DbResult<()> {
    let (ids, cells): (Vec<i64>, Vec<&str>) =
        plays.filter_map(|(id, play)| Some((id, play.cells.as_deref()?))).unzip();
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO recorded_cells (play_id, cells) SELECT id, cells::jsonb FROM unnest($1, $2) AS given(id, cells)
               ON CONFLICT (play_id) DO UPDATE SET cells = EXCLUDED.cells - ARRAY(SELECT jsonb_object_keys(recorded_cells.former)) || recorded_cells.cells
                 WHERE EXCLUDED.cells - ARRAY(SELECT jsonb_object_keys(recorded_cells.former)) || recorded_cells.cells <> recorded_cells.cells";
    diesel::sql_query(sql)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(cells)
        .kept()
        .execute(conn)
        .await?;
    Ok(())
}
