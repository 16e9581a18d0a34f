//! What the cards of statistics are asked and what they say (STA-01 to STA-06), and how streams at once are counted.

mod concurrency;

pub use concurrency::{Peak, Stretch, peak};

use crate::history::HistoryFilter;
use crate::media::Decision;
use crate::{Error, LibraryId, PlayId, Result, UserId};
use chrono::{DateTime, NaiveDate, Utc};

/// Plays that stopped at or after `since` and before `until`; unbounded where absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// A window as people say it; at most one way of saying where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stretched {
    /// So many times 24 hours until now.
    pub days: Option<i64>,
    /// So many days of the zone, today included.
    pub whole_days: Option<i64>,
    /// So many months of the zone, this one included.
    pub months: Option<i64>,
    pub since: Option<DateTime<Utc>>,
    /// On or after this day of the zone.
    pub after: Option<NaiveDate>,
    pub until: Option<DateTime<Utc>>,
    /// On or before this day of the zone.
    pub before: Option<NaiveDate>,
}

/// What is more: more plays, or more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    #[default]
    Plays,
    Duration,
}

/// How plays are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counting {
    /// A play and its resumptions once.
    pub grouped: bool,
    /// Plays of an import that had to be repaired, as the program counted that recorded them.
    pub as_recorded: bool,
}

/// A card that ranks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Card {
    TopMovies,
    PopularMovies,
    TopShows,
    PopularShows,
    TopArtists,
    PopularArtists,
    Libraries,
    Users,
    Platforms,
}

impl Card {
    pub const ALL: [Self; 9] = [
        Self::TopMovies,
        Self::PopularMovies,
        Self::TopShows,
        Self::PopularShows,
        Self::TopArtists,
        Self::PopularArtists,
        Self::Libraries,
        Self::Users,
        Self::Platforms,
    ];
}

/// What statistics are asked about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    pub window: Window,
    pub filter: HistoryFilter,
    pub measure: Measure,
    /// Count a play and its resumptions once.
    pub grouped: bool,
    /// With groups, a row's last play is the first play of its newest group within the window, and ties are broken by it. Of
    /// all time the newest play speaks all the same.
    pub by_group: bool,
    /// Rows of each card.
    pub count: i64,
    /// Rows to pass over.
    pub offset: i64,
}

/// The most rows of a card.
pub const MAX_ROWS: i64 = 500;

impl Question {
    /// Rejects what no honest client asks for.
    pub fn validate(&self) -> Result<()> {
        if !(0..=MAX_ROWS).contains(&self.count) || !(0..=100_000).contains(&self.offset) {
            return Err(Error::invalid(format!(
                "A card has between 0 and {MAX_ROWS} rows and passes over at most 100000"
            )));
        }
        self.window.validate()?;
        self.filter.validate()
    }
}

impl Window {
    /// Rejects a window that ends before it begins.
    pub fn validate(&self) -> Result<()> {
        if self.since.zip(self.until).is_some_and(|(since, until)| since > until) {
            return Err(Error::invalid("The window ends before it begins; exchange since and until"));
        }
        Ok(())
    }

    pub fn is_everything(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }
}

/// What a row of a card is about. Titles are counted by text, not by item (STA-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A film by title and year, a show by title, an artist by album artist and the tracks' own artist.
    Title {
        title: String,
        artist: String,
        year: Option<i64>,
    },
    Library(Option<LibraryId>),
    User(UserId),
    /// Empty: the player did not say.
    Platform(String),
}

/// A row of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    pub card: Card,
    pub subject: Subject,
    /// Plays; groups where lines are grouped.
    pub plays: i64,
    pub played_ms: i64,
    /// Distinct users; of titles only.
    pub users: Option<i64>,
    /// Start of the newest play.
    pub last_at: DateTime<Utc>,
    pub newest: Option<PlayId>,
}

/// The most streams at once: of all, or of one decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    pub decision: Option<Decision>,
    pub peak: Peak,
}

/// Plays and time of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    pub plays: i64,
    pub played_ms: i64,
}
