//! What the history can be asked for.

use crate::graphql::error::from_domain;
use crate::graphql::node::{NodeKind, numbers};
use crate::graphql::object::{Decision, Location, MediaKind};
use crate::graphql::scalar::Long;
use async_graphql::{Enum, ID, InputObject, Result};
use chrono::NaiveDate;
use tautulli_domain::history;
use tautulli_domain::{Error, GroupId, LibraryId, PlayId, ServerId, UserId};

/// Filters are joined by "and", values of one filter by "or".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "HistoryFilter")]
pub(crate) struct HistoryFilter {
    /// One server.
    server_id: Option<ID>,
    /// These users.
    user_ids: Option<Vec<ID>>,
    /// Users by the number of their plex.tv account.
    account_ids: Option<Vec<Long>>,
    /// Users by the exact name of their account.
    user_names: Option<Vec<String>>,
    /// These libraries.
    library_ids: Option<Vec<ID>>,
    /// Libraries by Plex's number.
    section_ids: Option<Vec<Long>>,
    /// Of the titles, the text looks at the full one alone: an album's or a season's does not count.
    by_full_title: Option<bool>,
    /// Leave out plays whose item or stream was never recorded, as in an old database.
    described: Option<bool>,
    /// Count plays of an import that had to be repaired as the program counted that recorded them: with pauses longer than the play, without
    /// what it could not join. Tables, statistics and graphs know it, for whoever compares, as the legacy API does; pages by cursor do not.
    as_recorded: Option<bool>,
    /// Kinds of items from libraries.
    kinds: Option<Vec<MediaKind>>,
    /// Live programmes.
    live: Option<bool>,
    /// Decisions that plays are counted by.
    decisions: Option<Vec<Decision>>,
    /// Items by Plex's key.
    rating_keys: Option<Vec<String>>,
    /// Seasons or albums by Plex's key.
    parent_rating_keys: Option<Vec<String>>,
    /// Shows or artists by Plex's key.
    grandparent_rating_keys: Option<Vec<String>>,
    /// Items by guid; in which language an old agent described one does not matter.
    guids: Option<Vec<String>>,
    /// Platforms of players, exact.
    platforms: Option<Vec<String>>,
    /// Programs that play, exact.
    products: Option<Vec<String>>,
    /// Names of players, exact.
    players: Option<Vec<String>>,
    /// Players by Plex's identifier of the device.
    machine_ids: Option<Vec<String>>,
    /// Addresses of players, exact.
    addresses: Option<Vec<String>>,
    /// Where players were, seen from the server.
    locations: Option<Vec<Location>>,
    /// Quarters of the way to watched that a play got, 0 to 4; 4 is watched.
    watched_quarters: Option<Vec<i32>>,
    /// These plays.
    play_ids: Option<Vec<ID>>,
    /// Groups by number (the legacy reference_id).
    group_row_ids: Option<Vec<Long>>,
    /// Plays begun on this day, YYYY-MM-DD in the configured time zone.
    on: Option<String>,
    /// Plays begun on or before this day, YYYY-MM-DD.
    before: Option<String>,
    /// Plays begun on or after this day, YYYY-MM-DD.
    after: Option<String>,
    /// Text in titles, users, addresses, platforms, products and players, in any case; % and _ are wildcards.
    text: Option<String>,
}

impl HistoryFilter {
    pub(crate) fn into_domain(self) -> Result<history::HistoryFilter> {
        let longs =
            |list: Option<Vec<Long>>| list.unwrap_or_default().into_iter().map(|n| n.0).collect::<Vec<_>>();
        let mut kinds: Vec<history::KindFilter> =
            self.kinds.unwrap_or_default().into_iter().map(|k| history::KindFilter::Kind(k.into())).collect();
        if self.live == Some(true) {
            kinds.push(history::KindFilter::Live);
        }
        let server_ids = numbers(self.server_id.map(|id| vec![id]), NodeKind::Server)?;
        Ok(history::HistoryFilter {
            server_id: server_ids.first().copied().map(ServerId),
            user_ids: numbers(self.user_ids, NodeKind::User)?.into_iter().map(UserId).collect(),
            account_ids: longs(self.account_ids),
            user_names: self.user_names.unwrap_or_default(),
            library_ids: numbers(self.library_ids, NodeKind::Library)?.into_iter().map(LibraryId).collect(),
            section_ids: longs(self.section_ids),
            kinds,
            decisions: self.decisions.unwrap_or_default().into_iter().map(Into::into).collect(),
            rating_keys: self.rating_keys.unwrap_or_default(),
            parent_rating_keys: self.parent_rating_keys.unwrap_or_default(),
            grandparent_rating_keys: self.grandparent_rating_keys.unwrap_or_default(),
            guids: self.guids.unwrap_or_default(),
            group_ids: longs(self.group_row_ids).into_iter().map(GroupId).collect(),
            play_ids: numbers(self.play_ids, NodeKind::Play)?.into_iter().map(PlayId).collect(),
            platforms: self.platforms.unwrap_or_default(),
            products: self.products.unwrap_or_default(),
            players: self.players.unwrap_or_default(),
            machine_ids: self.machine_ids.unwrap_or_default(),
            addresses: self.addresses.unwrap_or_default(),
            locations: self.locations.unwrap_or_default().into_iter().map(Into::into).collect(),
            watched_quarters: quarters(self.watched_quarters),
            on: day(self.on)?,
            before: day(self.before)?,
            after: day(self.after)?,
            by_full_title: self.by_full_title.unwrap_or(false),
            described: self.described.unwrap_or(false),
            as_recorded: self.as_recorded.unwrap_or(false),
            text: self.text.filter(|text| !text.is_empty()),
        })
    }
}

/// A number that is no quarter stays one that is none, for the domain to reject.
fn quarters(list: Option<Vec<i32>>) -> Vec<i16> {
    list.unwrap_or_default().into_iter().map(|number| i16::try_from(number).unwrap_or(-1)).collect()
}

fn day(text: Option<String>) -> Result<Option<NaiveDate>> {
    let Some(text) = text else { return Ok(None) };
    let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
    // Far enough for any life, near enough for PostgreSQL.
    let sane = date.filter(|date| (1900..=2999).contains(&chrono::Datelike::year(date)));
    sane.map(Some).ok_or_else(|| from_domain(&Error::invalid("Give days as YYYY-MM-DD, such as 2026-06-15")))
}

/// Columns that a table may be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "HistoryOrder", remote = "history::HistoryOrder")]
pub(crate) enum HistoryOrder {
    /// Start of the newest play.
    Date,
    /// Name of the user.
    User,
    /// Address of the player.
    Address,
    Platform,
    Product,
    /// Name of the player.
    Player,
    /// Full title.
    Title,
    /// Start of the first play.
    Started,
    /// Time paused.
    Paused,
    /// Stop of the last play.
    Stopped,
    /// Time played.
    Duration,
    /// Length of the item; what has none comes last.
    Length,
    /// Quarters of the way to watched.
    Watched,
    /// Number of the group, or of the play where lines are not grouped.
    Row,
}
