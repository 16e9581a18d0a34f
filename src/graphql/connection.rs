//! The one way to page: Relay connections with keyset cursors; `totalCount` is counted only when asked for.

use super::error::from_domain;
use async_graphql::{Context, Result};
use tautulli_domain::Error;
use tautulli_domain::history::{HistoryCursor, HistorySort, KeysetPage};

/// Lines on a page when nobody says how many.
const DEFAULT_PAGE: i32 = 25;

/// Relay's arguments as a keyset page.
pub(super) fn page(
    sort: HistorySort,
    after: Option<HistoryCursor>,
    before: Option<HistoryCursor>,
    first: Option<i32>,
    last: Option<i32>,
) -> Result<KeysetPage> {
    if first.is_some() && last.is_some() {
        return Err(from_domain(&Error::invalid("Ask for the first or the last lines, not for both")));
    }
    let limit = first.or(last).unwrap_or(DEFAULT_PAGE);
    if limit < 0 {
        return Err(from_domain(&Error::invalid("A page cannot hold fewer than 0 lines")));
    }
    Ok(KeysetPage { sort, after, before, limit: limit.into(), backwards: last.is_some() })
}

/// Whether the operation asks for the field `name` of what is being resolved.
pub(super) fn asks_for(ctx: &Context<'_>, name: &str) -> bool {
    ctx.look_ahead().field(name).exists()
}
