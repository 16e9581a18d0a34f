//! What graphs are asked and what they say (GRA-01 to GRA-05). Buckets are days and hours of the configured zone.

use crate::history::HistoryFilter;
use crate::statistics::{Measure, Window};
use crate::{Error, Result, UserId};
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc};

/// How time is cut up. A play belongs to the bucket in which it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    Day,
    Week,
    Month,
    HourOfDay,
    DayOfWeek,
}

/// What a graph counts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Time(Bucket),
    /// The platforms with most plays (or time).
    Platforms,
    Users,
    /// Of films and episodes.
    SourceResolution,
    StreamResolution,
}

/// What a graph's lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Shows, movies, music, live TV.
    Media,
    /// Direct play, direct stream, transcode.
    StreamType,
}

/// A line of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    Shows,
    Movies,
    Music,
    Live,
    DirectPlay,
    DirectStream,
    Transcode,
    /// In the local network.
    Local,
    /// From elsewhere.
    Remote,
    Total,
}

impl Split {
    /// The lines in their order, each with the number that facts have for it.
    pub fn series(self) -> &'static [(i16, SeriesKind)] {
        match self {
            Self::Media => &[
                (0, SeriesKind::Shows),
                (1, SeriesKind::Movies),
                (2, SeriesKind::Music),
                (3, SeriesKind::Live),
            ],
            Self::StreamType => {
                &[(0, SeriesKind::DirectPlay), (1, SeriesKind::DirectStream), (2, SeriesKind::Transcode)]
            }
        }
    }
}

/// What graphs are asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphQuestion {
    pub window: Window,
    pub filter: HistoryFilter,
    pub measure: Measure,
    /// Count a play and its resumptions once in each bucket.
    pub grouped: bool,
    /// Weeks begin on Monday, not on Sunday.
    pub monday: bool,
    /// Where time ends for graphs whose window does not.
    pub now: DateTime<Utc>,
}

/// What a column of a graph is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// The first day of a day, week or month.
    Date(NaiveDate),
    /// 0 to 23.
    Hour(u32),
    /// 1 is Monday, 7 Sunday.
    Weekday(u32),
    User(UserId),
    /// A platform or a resolution; empty where nobody said.
    Word(String),
}

/// Values for each category, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub kind: SeriesKind,
    /// Plays, groups, milliseconds, streams, kbit/s, or addresses.
    pub values: Vec<i64>,
}

/// A graph: every series has a value for every category.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    pub categories: Vec<Category>,
    pub series: Vec<Series>,
    /// Where columns are ranked, what each has by which they are.
    pub totals: Vec<i64>,
}

/// The most columns of a graph; ten years have 3653 days.
pub const MAX_COLUMNS: i64 = 12_000;
/// The most days of a graph that is swept from the plays whenever it is asked for.
pub const MAX_SWEPT_DAYS: i64 = 400;
/// The most columns of a graph that ranks.
pub const MAX_TOP: i64 = 100;

impl GraphQuestion {
    /// Rejects what no honest client asks for.
    pub fn validate(&self) -> Result<()> {
        self.window.validate()?;
        self.filter.validate()
    }
}

/// The days on which buckets begin, from the one of `first` to the one of `last`.
pub fn buckets(bucket: Bucket, first: NaiveDate, last: NaiveDate, monday: bool) -> Result<Vec<NaiveDate>> {
    if (last - first).num_days() > MAX_COLUMNS * if bucket == Bucket::Day { 1 } else { 7 } {
        return Err(Error::invalid(format!(
            "A graph has at most {MAX_COLUMNS} columns; choose a shorter window"
        )));
    }
    let (mut at, mut found) = (begin(bucket, first, monday), Vec::new());
    while at <= last {
        found.push(at);
        let next = match bucket {
            Bucket::Week => at.checked_add_signed(Duration::days(7)),
            Bucket::Month => at.checked_add_months(Months::new(1)),
            _ => at.succ_opt(),
        };
        let Some(next) = next else { break };
        at = next;
    }
    Ok(found)
}

/// The first day of the bucket that `day` lies in.
pub fn begin(bucket: Bucket, day: NaiveDate, monday: bool) -> NaiveDate {
    let back = match bucket {
        Bucket::Week if monday => day.weekday().num_days_from_monday(),
        Bucket::Week => day.weekday().num_days_from_sunday(),
        Bucket::Month => day.day0(),
        _ => 0,
    };
    day - Duration::days(back.into())
}

/// Weekdays in the order in which a week has them; 1 is Monday.
pub fn weekdays(monday: bool) -> [u32; 7] {
    if monday { [1, 2, 3, 4, 5, 6, 7] } else { [7, 1, 2, 3, 4, 5, 6] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_begin_where_the_settings_say() {
        // GRA-04
        let of = |monday| buckets(Bucket::Week, day("2026-03-04"), day("2026-03-15"), monday).unwrap();
        assert_eq!(of(true), [day("2026-03-02"), day("2026-03-09")]);
        assert_eq!(of(false), [day("2026-03-01"), day("2026-03-08"), day("2026-03-15")]);
        assert!(buckets(Bucket::Day, day("1900-01-01"), day("2026-01-01"), true).is_err());
    }

    proptest! {
        #[test]
        fn every_day_lies_in_one_bucket(first in 0i64..20_000, long in 0i64..900, kind in 0usize..3, monday in any::<bool>()) {
            let bucket = [Bucket::Day, Bucket::Week, Bucket::Month][kind];
            let first = day("1970-01-01") + Duration::days(first);
            let found = buckets(bucket, first, first + Duration::days(long), monday).unwrap();
            prop_assert!(found.is_sorted_by(|a, b| a < b));
            for at in 0..=long {
                prop_assert!(found.contains(&begin(bucket, first + Duration::days(at), monday)));
            }
        }
    }
}
