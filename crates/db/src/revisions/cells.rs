//! Cells that an import kept of an item as they lay: they are told of its plays for as long as these are of the item, and put aside
//! while they are of another one. Must not know why plays move.

use crate::error::DbResult;
use crate::pool::{Conn, batch};

/// What is kept of an item, by the columns of an old history; the rest is of the play itself.
const OF_ITEM: &str =
    "'{rating_key,guid,full_title,year,media_index,parent_media_index,item_duration,section_id}'::text[]";

/// Puts aside what plays that the plan moves told of their items, and takes up again what lay aside of those that they come back to.
/// Asked before the plays have moved.
pub(super) async fn follow(conn: &mut Conn) -> DbResult<()> {
    let sql = format!(
        "UPDATE recorded_cells c SET former_of = p.snapshot_id, cells = c.cells - {OF_ITEM}, \
             former = (SELECT jsonb_object_agg(key, value) FROM jsonb_each(c.cells) WHERE key = ANY({OF_ITEM})) \
         FROM plan l JOIN plays p ON p.id = l.play_id \
         WHERE c.play_id = l.play_id AND l.snapshot_id <> p.snapshot_id AND c.former_of IS NULL AND c.cells ?| {OF_ITEM}; \
         UPDATE recorded_cells c SET cells = c.cells || c.former, former = NULL, former_of = NULL \
         FROM plan l WHERE c.play_id = l.play_id AND c.former_of = l.snapshot_id"
    );
    batch(conn, &sql).await
}
