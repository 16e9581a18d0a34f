//! Which rows of a table, in which order.

use crate::graphql::error::from_domain;
use async_graphql::{Enum, InputObject, Result};
use tautulli_domain::Error;
use tautulli_services::catalogue;

/// Columns that a library's table may be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalogue::Order")]
pub(crate) enum LibraryOrder {
    /// When it came into the library.
    AddedAt,
    /// The title that it is sorted by.
    Title,
    /// Its number in what it is part of, and where it has none the title.
    Index,
    Container,
    Bitrate,
    VideoCodec,
    /// Height of the picture.
    VideoResolution,
    VideoFramerate,
    AudioCodec,
    AudioChannels,
    FileSize,
    /// When its newest play began.
    LastPlayed,
    /// How often it was played.
    Plays,
}

/// Which rows of a library's table, in which order.
#[derive(InputObject, Debug, Default)]
pub(crate) struct TableInput {
    /// Text in titles and formats, in any case.
    text: Option<String>,
    /// Columns to order by, the most important first; at most 5.
    order_by: Option<Vec<LibraryOrder>>,
    /// For each column, whether it descends; the last one counts for the rest.
    descending: Option<Vec<bool>>,
    /// Rows to pass over.
    #[graphql(default = 0)]
    offset: i32,
    /// Rows on the page; everything if it is absent.
    limit: Option<i32>,
    /// Ask the media server anew.
    #[graphql(default = false)]
    refresh: bool,
    /// Count plays as an imported history recorded them, where they had to be repaired.
    #[graphql(default = false)]
    as_recorded: bool,
}

const MAX_ORDER: usize = 5;
const MAX_TEXT: usize = 500;

impl TableInput {
    /// The question, and whether the media server is to be asked anew.
    pub(crate) fn into_domain(self) -> Result<(catalogue::Query, bool)> {
        let Self { text, order_by, descending, offset, limit, refresh, as_recorded } = self;
        let (text, order_by) = (text.unwrap_or_default(), order_by.unwrap_or_default());
        let size = |number: i32| {
            usize::try_from(number).map_err(|_| from_domain(&Error::invalid("A page begins at 0 or later")))
        };
        if order_by.len() > MAX_ORDER || text.len() > MAX_TEXT {
            return Err(from_domain(&Error::invalid("The text is too long, or there are too many columns")));
        }
        let directions = descending.unwrap_or_default();
        let descends = |at: usize| directions.get(at).or(directions.last()).copied().unwrap_or(false);
        let order = order_by.into_iter().enumerate().map(|(at, order)| (order.into(), descends(at)));
        let query = catalogue::Query {
            text,
            order: order.collect(),
            offset: size(offset)?,
            limit: limit.map(size).transpose()?,
            as_recorded,
        };
        Ok((query, refresh))
    }
}
