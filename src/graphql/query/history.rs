//! Everything ever watched.

use crate::graphql::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::cursor::Place;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::input::{HistoryFilter, HistoryOrder};
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{HistoryConnection, HistoryTable, Play, Session, entry_connection};
use crate::graphql::scalar::Long;
use async_graphql::connection::CursorType;
use async_graphql::{Context, ID, Object, Result};
use tautulli_domain::glimpse::Seen;
use tautulli_domain::history::{self, HistoryCursor};
use tautulli_domain::{Error, PlayId};

#[derive(Default)]
pub(super) struct HistoryQueries;

#[Object]
impl HistoryQueries {
    /// The history, newest first unless another order is asked for.
    #[graphql(guard = "Allow::Viewer", complexity = "10 + 2 * child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "Relay's four and what the history is asked for")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: Option<HistoryFilter>,
        #[graphql(desc = "One line for a play and its resumptions.", default = true)] grouped: bool,
        #[graphql(desc = "What to order by; cursors hold for one order.")] order_by: Option<HistoryOrder>,
        #[graphql(desc = "Whether the order descends.", default = true)] descending: bool,
        #[graphql(desc = "Whether to tell what plays now, in `activity`.", default)] include_activity: bool,
        #[graphql(desc = "How many lines from the start, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Lines after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many lines from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Lines before this cursor.")] before: Option<String>,
    ) -> Result<HistoryConnection> {
        let order = order_by.map(Into::into).unwrap_or_default();
        let sort = history::HistorySort { order, descending };
        let page = connection::page(sort, cursor(after)?, cursor(before)?, first, last)?;
        let filter = filter.unwrap_or_default().into_domain()?;
        let (history, viewer) = (&ctx.services()?.history, ctx.viewer()?);
        let (lines, more) = history.page(viewer, filter.clone(), grouped, &page).await.gql()?;
        let activity = if include_activity { running(ctx, filter.clone()).await? } else { Vec::new() };
        let totals = history.totals(viewer, filter, grouped);
        entry_connection(ctx, lines, &page, more, totals, activity).await
    }

    /// The history as a table that jumps to any page, with footers. Prefer `history`, which stays fast at any size.
    #[graphql(guard = "Allow::Viewer", complexity = "20 + 2 * child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "a table's four and the two of the history")]
    async fn history_table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: Option<HistoryFilter>,
        #[graphql(desc = "One line for a play and its resumptions.", default = true)] grouped: bool,
        #[graphql(desc = "Lines to pass over.", default)] offset: i32,
        #[graphql(desc = "Lines on the page; everything if it is absent.")] limit: Option<i32>,
        #[graphql(desc = "Columns to order by, the most important first.")] order_by: Option<
            Vec<HistoryOrder>,
        >,
        #[graphql(desc = "For each column, whether it descends; the last one counts for the rest.")]
        descending: Option<Vec<bool>>,
    ) -> Result<HistoryTable> {
        let filter = filter.unwrap_or_default().into_domain()?;
        let columns = order_by.unwrap_or_default();
        if columns.len() > 5 {
            return Err(from_domain(&Error::invalid("Order by at most 5 columns")));
        }
        let directions = descending.unwrap_or_default();
        let order = columns.into_iter().enumerate().map(|(at, column)| {
            let down = directions.get(at).or(directions.last()).copied().unwrap_or(true);
            (history::HistoryOrder::from(column), down)
        });
        let page = history::OffsetPage {
            offset: offset.into(),
            limit: limit.map(Into::into),
            order: order.collect(),
        };
        let footers = history::Footers {
            filtered_count: connection::asks_for(ctx, "filteredCount"),
            total_count: connection::asks_for(ctx, "totalCount"),
            total_played: connection::asks_for(ctx, "totalPlayed"),
        };
        let history = &ctx.services()?.history;
        let table = history.table(ctx.viewer()?, filter, grouped, page, footers).await.gql()?;
        Ok(HistoryTable(table))
    }

    /// A finished play, by id or by row number.
    #[graphql(guard = "Allow::Viewer")]
    async fn play(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Option<ID>,
        #[graphql(desc = "Its row number.")] row_id: Option<Long>,
    ) -> Result<Option<Play>> {
        let row = match (id, row_id) {
            (Some(id), None) => node::number(&id, NodeKind::Play)?,
            (None, Some(row)) => row.0,
            _ => {
                return Err(from_domain(&Error::invalid("Give either the id or the row number of the play")));
            }
        };
        Ok(ctx.loaders()?.play(PlayId(row)).await.gql()?.map(Play))
    }
}

async fn running(ctx: &Context<'_>, filter: history::HistoryFilter) -> Result<Vec<Session>> {
    let services = ctx.services()?;
    let now = services.activity.snapshot();
    let found = services.history.running(ctx.viewer()?, filter, &now).await.gql()?;
    Ok(found.into_iter().map(|session| Session(Seen::whole(session))).collect())
}

fn cursor(text: Option<String>) -> Result<Option<HistoryCursor>> {
    let read = |text: String| Place::decode_cursor(&text).map(|place| place.0);
    text.map(read).transpose().map_err(|bad| from_domain(&Error::invalid(bad.to_string())))
}
