//! Statistics: cards, streams at once, watch time, players and users.

use super::enums::Decision;
use super::{Library, Play, User};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::scalar::{Duration, Long, int, said};
use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::statistics::{Card, CardRow, Concurrency, Subject, Total};
use tautulli_domain::{LibraryId, PlayId, UserId};
use tautulli_services::{PlayerRow, UserRow};

/// What cards say. Only the cards that are asked for are counted, all of them in one statement.
pub(crate) struct Statistics {
    pub(crate) rows: Vec<CardRow>,
    pub(crate) recent: Vec<PlayId>,
    pub(crate) concurrent: Vec<Concurrency>,
}

/// The cards' fields and what they are counted as.
pub(crate) const CARDS: [(&str, Card); 9] = [
    ("topMovies", Card::TopMovies),
    ("popularMovies", Card::PopularMovies),
    ("topShows", Card::TopShows),
    ("popularShows", Card::PopularShows),
    ("topArtists", Card::TopArtists),
    ("popularArtists", Card::PopularArtists),
    ("libraries", Card::Libraries),
    ("users", Card::Users),
    ("platforms", Card::Platforms),
];

impl Statistics {
    fn of(&self, card: Card) -> Vec<StatisticsRow> {
        self.rows.iter().filter(|row| row.card == card).cloned().map(StatisticsRow).collect()
    }
}

/// What cards say. Only the cards that are asked for are counted.
#[Object]
impl Statistics {
    /// Movies with most plays (or time). The same title of the same year is one.
    async fn top_movies(&self) -> Vec<StatisticsRow> {
        self.of(Card::TopMovies)
    }

    /// Movies with most distinct users.
    async fn popular_movies(&self) -> Vec<StatisticsRow> {
        self.of(Card::PopularMovies)
    }

    /// Shows with most plays (or time), by their title.
    async fn top_shows(&self) -> Vec<StatisticsRow> {
        self.of(Card::TopShows)
    }

    /// Shows with most distinct users.
    async fn popular_shows(&self) -> Vec<StatisticsRow> {
        self.of(Card::PopularShows)
    }

    /// Artists with most plays (or time); tracks with an artist of their own count apart.
    async fn top_artists(&self) -> Vec<StatisticsRow> {
        self.of(Card::TopArtists)
    }

    /// Artists with most distinct users.
    async fn popular_artists(&self) -> Vec<StatisticsRow> {
        self.of(Card::PopularArtists)
    }

    /// Libraries with most plays (or time).
    async fn libraries(&self) -> Vec<StatisticsRow> {
        self.of(Card::Libraries)
    }

    /// Users with most plays (or time).
    async fn users(&self) -> Vec<StatisticsRow> {
        self.of(Card::Users)
    }

    /// Platforms with most plays (or time).
    async fn platforms(&self) -> Vec<StatisticsRow> {
        self.of(Card::Platforms)
    }

    /// Movies and episodes that were watched to the end, newest first; with grouping the newest of each line.
    async fn recently_watched(&self, ctx: &Context<'_>) -> Result<Vec<Play>> {
        let loaders = ctx.loaders()?;
        let all = self.recent.iter().map(|id| loaders.play(*id));
        let plays = futures_util::future::try_join_all(all).await.gql()?;
        Ok(plays.into_iter().flatten().map(Play).collect())
    }

    /// The most streams at once: of all, then of each decision that ran at all. What ran for more than two days was never
    /// closed and does not count.
    async fn most_concurrent(&self) -> Vec<StreamPeak> {
        self.concurrent.iter().copied().map(StreamPeak).collect()
    }
}

/// A row of a card.
pub(crate) struct StatisticsRow(CardRow);

/// A row of a card.
#[Object]
impl StatisticsRow {
    /// The title of a movie or show, or the album artist; absent for what is no title.
    async fn title(&self) -> Option<&str> {
        match &self.0.subject {
            Subject::Title { title, .. } => Some(title),
            _ => None,
        }
    }

    /// The tracks' own artist where they have one.
    async fn artist(&self) -> Option<String> {
        match &self.0.subject {
            Subject::Title { artist, .. } => said(artist),
            _ => None,
        }
    }

    /// The year of a movie.
    async fn year(&self) -> Option<i32> {
        match &self.0.subject {
            Subject::Title { year, .. } => int(*year),
            _ => None,
        }
    }

    /// The library; absent for what belongs to none.
    async fn library(&self, ctx: &Context<'_>) -> Result<Option<Library>> {
        let Subject::Library(Some(id)) = &self.0.subject else { return Ok(None) };
        Ok(ctx.loaders()?.library(*id).await.gql()?.map(Library))
    }

    /// The user.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let Subject::User(id) = &self.0.subject else { return Ok(None) };
        Ok(ctx.loaders()?.user(*id).await.gql()?.map(User))
    }

    /// The platform; empty if players did not say.
    async fn platform(&self) -> Option<&str> {
        match &self.0.subject {
            Subject::Platform(platform) => Some(platform),
            _ => None,
        }
    }

    /// Number of plays; with grouping a play and its resumptions count once.
    async fn plays(&self) -> Long {
        Long(self.0.plays)
    }

    /// Time played.
    async fn played(&self) -> Duration {
        Duration(self.0.played_ms)
    }

    /// Number of distinct users; of titles only.
    async fn user_count(&self) -> Option<Long> {
        self.0.users.map(Long)
    }

    /// When the newest play began.
    async fn last_played_at(&self) -> DateTime<Utc> {
        self.0.last_at
    }

    /// The newest play, with its item and pictures.
    async fn last_play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        match self.0.newest {
            Some(id) => Ok(ctx.loaders()?.play(id).await.gql()?.map(Play)),
            None => Ok(None),
        }
    }
}

/// The most streams at once.
pub(crate) struct StreamPeak(Concurrency);

/// The most streams at once. A peak that goes on across midnight begins and ends there.
#[Object]
impl StreamPeak {
    /// Of which decision; absent for all streams.
    async fn decision(&self) -> Option<Decision> {
        self.0.decision.map(Into::into)
    }

    /// Number of streams.
    async fn count(&self) -> Long {
        Long(self.0.peak.count)
    }

    /// When the latest time of so many streams began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.peak.started_at
    }

    /// When it ended.
    async fn stopped_at(&self) -> DateTime<Utc> {
        self.0.peak.stopped_at
    }
}

/// Plays and time of a subject within a window.
#[derive(SimpleObject)]
#[graphql(serial, complex)]
pub(crate) struct WatchTime {
    #[graphql(skip)]
    pub(crate) user_id: Option<UserId>,
    #[graphql(skip)]
    pub(crate) library_id: Option<LibraryId>,
    /// The window: so many times 24 hours until now; 0 is all time.
    pub(crate) days: i32,
    /// Number of plays; with grouping a play and its resumptions count once.
    pub(crate) plays: Long,
    /// Time played.
    pub(crate) played: Duration,
}

#[async_graphql::ComplexObject]
impl WatchTime {
    /// The user, if users were asked about.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match self.user_id {
            Some(id) => Ok(ctx.loaders()?.user(id).await.gql()?.map(User)),
            None => Ok(None),
        }
    }

    /// The library, if libraries were asked about.
    async fn library(&self, ctx: &Context<'_>) -> Result<Option<Library>> {
        match self.library_id {
            Some(id) => Ok(ctx.loaders()?.library(id).await.gql()?.map(Library)),
            None => Ok(None),
        }
    }
}

/// A user's plays on a player.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct PlayerStatistics {
    /// Name of the player.
    player: String,
    /// An import found nothing there, not even an empty text. Told apart as it was recorded alone.
    is_nothing: bool,
    /// Platform of the newest play; absent if the player did not say.
    platform: Option<String>,
    /// Number of plays; with grouping a play and its resumptions count once.
    plays: Long,
    /// Time played.
    played: Duration,
    /// When the newest play began.
    last_played_at: DateTime<Utc>,
}

impl From<PlayerRow> for PlayerStatistics {
    fn from(row: PlayerRow) -> Self {
        let Total { plays, played_ms } = row.total;
        Self {
            player: row.player,
            is_nothing: row.is_nothing,
            platform: said(&row.platform),
            plays: Long(plays),
            played: Duration(played_ms),
            last_played_at: row.last_at,
        }
    }
}

/// A user's plays of a library or of items.
pub(crate) struct UserStatistics(pub(crate) UserRow, pub(crate) bool);

/// A user's plays of a library or of items.
#[Object(serial)]
impl UserStatistics {
    /// The user.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(ctx.loaders()?.user(self.0.user_id).await.gql()?.map(User))
    }

    /// The library, if libraries were asked about.
    async fn library(&self, ctx: &Context<'_>) -> Result<Option<Library>> {
        if !self.1 {
            return Ok(None);
        }
        Ok(ctx.loaders()?.library(LibraryId(self.0.id)).await.gql()?.map(Library))
    }

    /// Number of plays; with grouping a play and its resumptions count once.
    async fn plays(&self) -> Long {
        Long(self.0.total.plays)
    }

    /// Time played.
    async fn played(&self) -> Duration {
        Duration(self.0.total.played_ms)
    }

    /// When the newest play began.
    async fn last_played_at(&self) -> DateTime<Utc> {
        self.0.last_at
    }
}
