//! Wishes for other rules: what may be wished, and the settings that they become.

use chrono::Duration;
use std::fmt;
use tautulli_domain::session::SessionRules;
use tautulli_domain::watched::WatchedMode;
use tautulli_domain::{Error, Result};

/// Other rules of what is watched and what is kept; what is absent stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleWishes {
    /// Per cent of the duration from which on an item is watched, 0 to 100.
    pub movie_percent: Option<i64>,
    pub tv_percent: Option<i64>,
    pub music_percent: Option<i64>,
    pub mode: Option<WatchedMode>,
    /// Seconds that movies and episodes must have been played for, 0 to 86,400.
    pub ignore_interval_s: Option<i64>,
}

impl RuleWishes {
    pub(super) fn validate(&self) -> Result<()> {
        let percents = [self.movie_percent, self.tv_percent, self.music_percent];
        if percents.into_iter().flatten().any(|percent| !(0..=100).contains(&percent)) {
            return Err(Error::invalid("A threshold is between 0 and 100 per cent"));
        }
        if self.ignore_interval_s.is_some_and(|seconds| !(0..=86_400).contains(&seconds)) {
            return Err(Error::invalid("The ignore interval is between 0 and 86400 seconds"));
        }
        if *self == Self::default() {
            return Err(Error::invalid("Name at least one rule that is to change"));
        }
        Ok(())
    }

    /// The rules with the wishes fulfilled.
    pub(super) fn over(&self, rules: &SessionRules) -> SessionRules {
        let mut wished = rules.clone();
        let watched = &mut wished.watched;
        watched.movie_percent = self.movie_percent.unwrap_or(watched.movie_percent);
        watched.tv_percent = self.tv_percent.unwrap_or(watched.tv_percent);
        watched.music_percent = self.music_percent.unwrap_or(watched.music_percent);
        watched.mode = self.mode.unwrap_or(watched.mode);
        wished.ignore_interval = self.ignore_interval_s.map_or(wished.ignore_interval, Duration::seconds);
        wished
    }

    /// Settings' keys and values as text.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        let mode = self.mode.map(|mode| match mode {
            WatchedMode::Percent => 0,
            WatchedMode::FinalCredits => 1,
            WatchedMode::FirstCredits => 2,
            WatchedMode::Earliest => 3,
        });
        let all = [
            ("movie_watched_percent", self.movie_percent),
            ("tv_watched_percent", self.tv_percent),
            ("music_watched_percent", self.music_percent),
            ("watched_marker", mode),
            ("logging_ignore_interval", self.ignore_interval_s),
        ];
        all.into_iter().filter_map(|(key, value)| Some((key, value?.to_string()))).collect()
    }
}

impl fmt::Display for RuleWishes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> =
            self.settings().into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
        f.write_str(&said.join(", "))
    }
}
