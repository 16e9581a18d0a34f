//! Settings: one typed registry, values from the environment, the database or the default, in this order.
//!
//! Knows what the values mean for sessions, and nothing of who shows or edits them.

mod read;
mod registry;
pub(crate) mod sections;
mod takeover;

pub use registry::{Kind, SETTINGS, Setting, find};
pub use takeover::{LeftOut, Takeover};

use chrono::Duration;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::RwLock;
use tautulli_db::Database;
use tautulli_domain::session::SessionRules;
use tautulli_domain::watched::{WatchedMode, WatchedRules};
use tautulli_domain::{Error, Result, SharedClock};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Default,
    Stored,
    /// Given by the environment: it always wins and cannot be changed here.
    Environment,
}

/// The settings in force.
#[derive(Debug)]
pub struct Settings {
    database: Database,
    clock: SharedClock,
    locked: BTreeMap<&'static str, Value>,
    stored: RwLock<BTreeMap<&'static str, Value>>,
}

/// The first start has read `config.ini`; afterwards the database is the only truth.
/// Longer intervals, in hours, are this one: a year.
const LONGEST_INTERVAL: i64 = 24 * 366;
const ADOPTED: &str = "_config_ini_adopted";

impl Settings {
    /// Reads the stored settings. `environment` holds the values of `TAUTULLI_<KEY>` by lower-case key; a bad one is an
    /// error that names it. `ini` is adopted once, at the first start; what it gets wrong is left at the default.
    pub async fn load(
        database: Database,
        clock: SharedClock,
        environment: &BTreeMap<String, String>,
        ini: &BTreeMap<String, String>,
    ) -> Result<Self> {
        let mut locked = BTreeMap::new();
        for (key, text) in environment {
            let Some(setting) = find(key) else { continue };
            locked
                .insert(setting.key, read::value(setting, text).map_err(|why| locked_error(setting, &why))?);
        }
        let settings = Self { database, clock, locked, stored: RwLock::default() };
        settings.adopt(ini).await?;
        settings.reload().await?;
        Ok(settings)
    }

    async fn adopt(&self, ini: &BTreeMap<String, String>) -> Result<()> {
        let mut conn = self.database.conn().await?;
        let now = self.clock.now();
        let stored = tautulli_db::settings::load(&mut conn).await?;
        if stored.iter().any(|(key, _)| key == ADOPTED) {
            return Ok(());
        }
        for (key, text) in ini {
            let Some(setting) = find(key) else { continue };
            match read::value(setting, text) {
                Ok(value) if value != setting.default_value() => {
                    tautulli_db::settings::store(&mut conn, setting.key, &value, now).await?;
                }
                Ok(_) => {}
                Err(why) => tracing::warn!(key = setting.key, %why, "config.ini: value left at its default"),
            }
        }
        tautulli_db::settings::store(&mut conn, ADOPTED, &json!(true), now).await?;
        Ok(())
    }

    /// Reads what other replicas or tools may have stored.
    pub async fn reload(&self) -> Result<()> {
        let mut conn = self.database.conn().await?;
        let rows = tautulli_db::settings::load(&mut conn).await?;
        let known = rows.into_iter().filter_map(|(key, value)| find(&key).map(|s| (s.key, value))).collect();
        *self.stored.write().unwrap_or_else(std::sync::PoisonError::into_inner) = known;
        Ok(())
    }

    /// Stores a setting; one that the environment gives is refused.
    pub async fn store(&self, key: &str, text: &str) -> Result<()> {
        let setting = find(key).ok_or_else(|| Error::not_found(format!("The setting {key:?}")))?;
        if self.locked.contains_key(setting.key) {
            let name = variable(setting);
            return Err(Error::conflict(format!("{key} is given by {name}; change it there")));
        }
        let value = read::value(setting, text).map_err(|why| Error::invalid(format!("{key}: {why}")))?;
        let mut conn = self.database.conn().await?;
        tautulli_db::settings::store(&mut conn, setting.key, &value, self.clock.now()).await?;
        drop(conn);
        self.reload().await
    }

    /// Checks settings that are to be stored together with something else: the values by their keys, as they are stored.
    ///
    /// # Errors
    /// Not found, invalid, or a conflict where the environment gives the value.
    pub fn prepare(&self, wanted: &[(&str, String)]) -> Result<Vec<(&'static str, Value)>> {
        let check = |(key, text): &(&str, String)| {
            let setting = find(key).ok_or_else(|| Error::not_found(format!("The setting {key:?}")))?;
            if self.locked.contains_key(setting.key) {
                let name = variable(setting);
                return Err(Error::conflict(format!("{key} is given by {name}; change it there")));
            }
            let value = read::value(setting, text).map_err(|why| Error::invalid(format!("{key}: {why}")))?;
            Ok((setting.key, value))
        };
        wanted.iter().map(check).collect()
    }

    /// A value and where it comes from.
    pub fn value(&self, key: &str) -> Option<(Value, Source)> {
        let setting = find(key)?;
        if let Some(value) = self.locked.get(setting.key) {
            return Some((value.clone(), Source::Environment));
        }
        let stored = self.stored.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Some(match stored.get(setting.key) {
            Some(value) => (value.clone(), Source::Stored),
            None => (setting.default_value(), Source::Default),
        })
    }

    /// A number; 0 where the key is unknown.
    pub fn int(&self, key: &str) -> i64 {
        self.value(key).and_then(|(value, _)| value.as_i64()).unwrap_or(0)
    }

    /// An interval that is set in hours; `None` where it is set to nothing, which switches it off.
    pub fn hours(&self, key: &str) -> Option<Duration> {
        let hours = self.int(key);
        (hours > 0).then(|| Duration::hours(hours.min(LONGEST_INTERVAL)))
    }

    pub fn flag(&self, key: &str) -> bool {
        self.int(key) != 0
    }

    /// A text; empty where the key is unknown.
    pub fn text(&self, key: &str) -> String {
        self.value(key).and_then(|(value, _)| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The rules of the session state machine as the settings want them.
    pub fn session_rules(&self) -> SessionRules {
        self.session_rules_with(&BTreeMap::new())
    }

    /// The same as they would be with some values changed.
    pub fn session_rules_with(&self, changed: &BTreeMap<&'static str, Value>) -> SessionRules {
        let int = |key| changed.get(key).and_then(Value::as_i64).unwrap_or_else(|| self.int(key));
        let seconds = |key| Duration::seconds(int(key).clamp(0, 86_400));
        let percent = |key| int(key).clamp(0, 100);
        SessionRules {
            watched: WatchedRules {
                movie_percent: percent("movie_watched_percent"),
                tv_percent: percent("tv_watched_percent"),
                music_percent: percent("music_watched_percent"),
                mode: WatchedMode::from_number(int("watched_marker")),
            },
            ignore_interval: seconds("logging_ignore_interval"),
            continued_within: seconds("notify_continued_session_threshold"),
            buffer_threshold: int("buffer_threshold").clamp(0, 10_000),
            buffer_wait: seconds("buffer_wait"),
            ..SessionRules::default()
        }
    }
}

fn variable(setting: &Setting) -> String {
    format!("TAUTULLI_{}", setting.key.to_uppercase())
}

fn locked_error(setting: &Setting, why: &str) -> Error {
    Error::invalid(format!("The environment variable {} {why}", variable(setting)))
}
