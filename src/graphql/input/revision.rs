//! What edits of the past are asked for with.

use async_graphql::{Enum, ID, InputObject};
use tautulli_domain::watched;
use tautulli_services::revisions::RuleWishes;

/// Which instant makes an item watched.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "watched::WatchedMode")]
pub(crate) enum WatchedMode {
    /// The percentage alone.
    Percent,
    /// The first instant of the final credits.
    FinalCredits,
    /// The first credits.
    FirstCredits,
    /// The percentage or the first credits, whichever comes first.
    Earliest,
}

/// Other rules; what is absent stays as it is.
#[derive(InputObject, Debug)]
pub(crate) struct RulesInput {
    /// Per cent of a movie from which on it is watched, 0 to 100.
    movie_percent: Option<i32>,
    /// The same for episodes and clips.
    tv_percent: Option<i32>,
    /// The same for tracks.
    music_percent: Option<i32>,
    /// Which instant makes an item watched.
    watched_mode: Option<WatchedMode>,
    /// Seconds that movies and episodes must have been played for to be kept, 0 to 86400.
    ignore_interval: Option<i32>,
}

impl From<RulesInput> for RuleWishes {
    fn from(input: RulesInput) -> Self {
        Self {
            movie_percent: input.movie_percent.map(Into::into),
            tv_percent: input.tv_percent.map(Into::into),
            music_percent: input.music_percent.map(Into::into),
            mode: input.watched_mode.map(Into::into),
            ignore_interval_s: input.ignore_interval.map(Into::into),
        }
    }
}

/// What other rules hold for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleScope {
    /// All plays that there are, and those to come.
    AllHistory,
    /// Plays to come.
    FromNowOn,
}

/// An item that stands for another one from now on.
#[derive(InputObject, Debug)]
pub(crate) struct RematchInput {
    /// The server.
    pub(crate) server_id: ID,
    /// Plex's key of the old item as the history knows it: a movie, a show, a season, an episode, an artist, an album, a track.
    pub(crate) old_rating_key: String,
    /// Plex's key of the new item of the same kind, as the server has it now.
    pub(crate) new_rating_key: String,
    /// Leave the groups as they are. Else plays that move are put together with others of their new item as if they had always been of it; false by
    /// default.
    pub(crate) keep_groups: Option<bool>,
}
