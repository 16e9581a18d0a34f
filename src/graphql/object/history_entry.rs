//! Lines of the history, their pages, and the footers of a table.

use super::{Play, Session};
use crate::graphql::connection::asks_for;
use crate::graphql::context::ContextExt;
use crate::graphql::cursor::Place;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Duration, Long, Longs};
use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::history;

/// One line: a play with its resumptions, or a single play when lines are not grouped.
pub(crate) struct HistoryEntry(pub(crate) history::HistoryLine);

/// One line: a play with its resumptions, or a single play when lines are not grouped.
#[Object(serial)]
impl HistoryEntry {
    /// The group's id.
    async fn group_id(&self) -> ID {
        encode(NodeKind::Group, self.0.group_id)
    }

    /// The group's number, which the legacy API calls reference_id.
    async fn group_row_id(&self) -> Long {
        Long(self.0.group_id.0)
    }

    /// When the newest play began.
    async fn date(&self) -> DateTime<Utc> {
        self.0.date
    }

    /// When the first play began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// When the last play ended.
    async fn stopped_at(&self) -> DateTime<Utc> {
        self.0.stopped_at
    }

    /// Time played by all of them, without pauses.
    async fn played(&self) -> Duration {
        Duration(self.0.played_ms)
    }

    /// Time paused by all of them.
    async fn paused(&self) -> Duration {
        Duration(self.0.paused_ms)
    }

    /// Per cent of the item reached, 0 to 100.
    async fn percent_complete(&self) -> i32 {
        i32::try_from(self.0.percent_complete).unwrap_or(0)
    }

    /// Quarters of the way to watched, 0 to 4; 4 is watched.
    async fn watched_quarters(&self) -> i32 {
        self.0.watched_quarters.into()
    }

    /// How many plays there are.
    async fn play_count(&self) -> Long {
        Long(self.0.play_count)
    }

    /// What an import recorded otherwise of this line, where that was asked for and something was repaired.
    async fn recorded(&self) -> Option<RecordedLine> {
        let recorded = self.0.recorded?;
        Some(RecordedLine {
            stopped_at: recorded.stopped_at,
            named_group_row_id: recorded.named_group.map(Long),
        })
    }

    /// Row numbers of the plays, oldest first.
    async fn play_row_ids(&self) -> Longs {
        Longs(self.0.play_ids.iter().map(|id| id.0).collect())
    }

    /// The newest play, which speaks for the line.
    async fn play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        Ok(ctx.loaders()?.play(self.0.newest).await.gql()?.map(Play))
    }

    /// The play that got furthest.
    async fn furthest(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        Ok(ctx.loaders()?.play(self.0.furthest).await.gql()?.map(Play))
    }
}

/// What an import recorded of a line whose plays had to be repaired.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct RecordedLine {
    /// When its last play ended; 1970 for one that was open, nothing where nothing stood there.
    stopped_at: Option<DateTime<Utc>>,
    /// The row that its group is named after, which may never have been; nothing where it names none.
    named_group_row_id: Option<Long>,
}

/// What a connection of the history says beyond its lines.
#[derive(SimpleObject, Default)]
#[graphql(serial)]
pub(crate) struct HistoryTotals {
    /// How many lines match; counted only when asked for.
    pub(crate) total_count: Option<Long>,
    /// Time played by all lines that match; summed up only when asked for.
    pub(crate) total_duration: Option<Duration>,
    /// What plays now and would be found by the filter, the newest first: what stands on top of the first page. Empty
    /// unless `includeActivity` is set.
    pub(crate) activity: Vec<Session>,
}

/// A page of the history.
pub(crate) type HistoryConnection = Connection<Place, HistoryEntry, HistoryTotals>;

/// Puts a page together; `totals` are asked for only if the operation wants one of them.
pub(crate) async fn entry_connection(
    ctx: &Context<'_>,
    lines: Vec<history::PlacedLine>,
    page: &history::KeysetPage,
    more: bool,
    totals: impl Future<Output = tautulli_domain::Result<history::HistoryTotals>>,
    activity: Vec<Session>,
) -> Result<HistoryConnection> {
    let (has_previous, has_next) =
        if page.backwards { (more, page.before.is_some()) } else { (page.after.is_some(), more) };
    let mut fields = HistoryTotals { activity, ..HistoryTotals::default() };
    if asks_for(ctx, "totalCount") || asks_for(ctx, "totalDuration") {
        let totals = totals.await.gql()?;
        (fields.total_count, fields.total_duration) =
            (Some(Long(totals.lines)), Some(Duration(totals.played_ms)));
    }
    let mut connection = Connection::with_additional_fields(has_previous, has_next, fields);
    let edges = lines.into_iter().map(|(place, line)| Edge::new(Place(place), HistoryEntry(line)));
    connection.edges.extend(edges);
    Ok(connection)
}

/// A page of a table that jumps, with its footers.
pub(crate) struct HistoryTable(pub(crate) history::HistoryTable);

/// A page of a table that jumps, with its footers.
#[Object(serial)]
impl HistoryTable {
    /// The lines of the page.
    async fn rows(&self) -> Vec<HistoryEntry> {
        self.0.lines.iter().cloned().map(HistoryEntry).collect()
    }

    /// How many lines match.
    async fn filtered_count(&self) -> Long {
        Long(self.0.filtered_count)
    }

    /// How many plays there are altogether.
    async fn total_count(&self) -> Long {
        Long(self.0.total_count)
    }

    /// Time played by the lines of this page.
    async fn page_played(&self) -> Duration {
        Duration(self.0.page_played_ms)
    }

    /// Time played by everything that matches, whatever the free text says.
    async fn total_played(&self) -> Duration {
        Duration(self.0.total_played_ms)
    }
}
