//! When a play counts as watched (ACT-14, HIS-12).

use crate::media::MediaKind;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Which instant makes an item watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchedMode {
    /// The percentage alone.
    Percent,
    /// The first instant of the final credits.
    FinalCredits,
    /// The first credits.
    FirstCredits,
    /// The percentage or the first credits, whichever comes first.
    #[default]
    Earliest,
}

impl WatchedMode {
    /// The legacy setting's number (`watched_marker`); unknown numbers are the default.
    pub fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Percent,
            1 => Self::FinalCredits,
            2 => Self::FirstCredits,
            _ => Self::Earliest,
        }
    }
}

/// Thresholds in percent of the duration, and the mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedRules {
    pub movie_percent: i64,
    pub tv_percent: i64,
    pub music_percent: i64,
    pub mode: WatchedMode,
}

impl Default for WatchedRules {
    fn default() -> Self {
        Self { movie_percent: 85, tv_percent: 85, music_percent: 85, mode: WatchedMode::Earliest }
    }
}

/// How far a play got and what decides about it. Milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    pub view_offset_ms: i64,
    pub duration_ms: Option<i64>,
    pub first_credits_ms: Option<i64>,
    pub final_credits_ms: Option<i64>,
}

impl WatchedRules {
    /// The threshold in percent for a kind of item; kinds without one are never watched. Clips use the TV value.
    pub fn percent(&self, kind: MediaKind) -> Option<i64> {
        match kind {
            MediaKind::Movie => Some(self.movie_percent),
            MediaKind::Episode | MediaKind::Clip => Some(self.tv_percent),
            MediaKind::Track => Some(self.music_percent),
            _ => None,
        }
    }

    /// The position from which on the item is watched; `None` where nothing can say so.
    pub fn watched_from_ms(&self, kind: MediaKind, reach: &Reach) -> Option<i64> {
        let percent = self.percent(kind)?;
        let duration = reach.duration_ms.filter(|d| *d > 0)?;
        let by_percent = duration.saturating_mul(percent) / 100;
        Some(match self.mode {
            WatchedMode::Percent => by_percent,
            WatchedMode::FinalCredits => reach.final_credits_ms.unwrap_or(by_percent),
            WatchedMode::FirstCredits => reach.first_credits_ms.unwrap_or(by_percent),
            WatchedMode::Earliest => reach.first_credits_ms.map_or(by_percent, |c| c.min(by_percent)),
        })
    }

    /// Whether the play counts as watched.
    pub fn is_watched(&self, kind: MediaKind, reach: &Reach) -> bool {
        self.watched_from_ms(kind, reach).is_some_and(|from| reach.view_offset_ms >= from)
    }

    /// Quarters watched, 0 to 4: 4 is watched, the others compare the part that was reached with parts of the threshold (HIS-12).
    pub fn quarters(&self, kind: MediaKind, reach: &Reach) -> i16 {
        if self.is_watched(kind, reach) {
            return 4;
        }
        let (Some(threshold), Some(duration)) = (self.percent(kind), reach.duration_ms.filter(|d| *d > 0))
        else {
            return 0;
        };
        // Multiplied out, so that nothing is rounded.
        let reached = i128::from(reach.view_offset_ms) * 400;
        let wanted = |quarter: i16| i128::from(threshold) * i128::from(duration) * i128::from(quarter);
        (1..=3).rev().find(|quarter| reached >= wanted(*quarter)).unwrap_or(0)
    }
}

/// Whole percent of the duration, 0 to 100; 0 without a duration. A half goes to the even number, as in every history that was
/// recorded before.
pub fn percent_complete(view_offset_ms: i64, duration_ms: Option<i64>) -> i64 {
    let Some(duration) = duration_ms.filter(|duration| *duration > 0).map(i128::from) else { return 0 };
    let hundredfold = i128::from(view_offset_ms).clamp(0, duration) * 100;
    let (percent, rest) = (hundredfold / duration, hundredfold % duration);
    let up = match (rest * 2).cmp(&duration) {
        Ordering::Less => false,
        Ordering::Equal => percent % 2 == 1,
        Ordering::Greater => true,
    };
    i64::try_from(percent + i128::from(up)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reach(offset: i64, first: Option<i64>, last: Option<i64>) -> Reach {
        Reach {
            view_offset_ms: offset,
            duration_ms: Some(1000),
            first_credits_ms: first,
            final_credits_ms: last,
        }
    }

    #[test]
    fn each_mode_has_its_own_instant() {
        // ACT-14
        let rules = |mode| WatchedRules { mode, ..Default::default() };
        let movie = MediaKind::Movie;
        assert!(rules(WatchedMode::Percent).is_watched(movie, &reach(850, Some(800), None)));
        assert!(!rules(WatchedMode::Percent).is_watched(movie, &reach(840, Some(800), None)));
        assert!(rules(WatchedMode::Earliest).is_watched(movie, &reach(800, Some(800), Some(900))));
        assert!(!rules(WatchedMode::FinalCredits).is_watched(movie, &reach(860, Some(800), Some(900))));
        assert!(rules(WatchedMode::FinalCredits).is_watched(movie, &reach(860, Some(800), None)));
        assert!(!rules(WatchedMode::FirstCredits).is_watched(movie, &reach(880, Some(900), None)));
        assert!(!rules(WatchedMode::Earliest).is_watched(MediaKind::Photo, &reach(1000, None, None)));
    }

    #[test]
    fn quarters_compare_with_the_threshold() {
        // HIS-12
        let rules = WatchedRules::default();
        let quarters = |thousandths: i64| rules.quarters(MediaKind::Movie, &reach(thousandths, None, None));
        assert_eq!([200, 220, 430, 640, 850].map(quarters), [0, 1, 2, 3, 4]);
        assert_eq!(
            [212, 213, 424, 425, 637, 638].map(quarters),
            [0, 1, 1, 2, 2, 3],
            "by the part, not by whole per cent"
        );
        let without = Reach { duration_ms: None, ..reach(900, None, None) };
        assert_eq!(rules.quarters(MediaKind::Movie, &without), 0);
    }

    #[test]
    fn halves_go_to_the_even_number() {
        // As recorded: offset and duration of a play, and its percentage.
        for (offset, duration, percent) in [
            (201_685, 209_000, 96),
            (42_975, 45_000, 96),
            (437_806, 440_000, 100),
            (67_500, 100_000, 68),
            (66_500, 100_000, 66),
            (29_556, 30_000, 99),
            (7_327_946, 7_364_902, 99),
        ] {
            assert_eq!(percent_complete(offset, Some(duration)), percent, "{offset} of {duration}");
        }
    }

    proptest! {
        #[test]
        fn going_further_never_unwatches(offset in 0i64..2000, more in 0i64..2000, first in proptest::option::of(0i64..1000), last in proptest::option::of(0i64..1000), mode in 0i64..5) {
            let rules = WatchedRules { mode: WatchedMode::from_number(mode), ..Default::default() };
            if rules.is_watched(MediaKind::Episode, &reach(offset, first, last)) {
                prop_assert!(rules.is_watched(MediaKind::Episode, &reach(offset + more, first, last)));
            }
        }

        #[test]
        fn percentages_stay_in_range(offset in any::<i64>(), duration in proptest::option::of(any::<i64>())) {
            prop_assert!((0..=100).contains(&percent_complete(offset, duration)));
        }
    }
}
