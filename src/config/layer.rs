//! Flag over environment over file over default: finds a bootstrap value and says where it came from.

use super::cli::Flags;
use std::collections::BTreeMap;
use std::path::Path;
use tautulli_domain::{Error, Result};

const PREFIX: &str = "TAUTULLI_";

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Env,
    File,
    Default,
}

/// One bootstrap setting and its names.
#[derive(Debug)]
pub(super) struct Key {
    /// In `config.ini` and for [`super::Config::origin`].
    name: &'static str,
    flag: Option<&'static str>,
    /// The first that is set counts.
    env: &'static [&'static str],
    /// Whether `config.ini` may say it.
    file: bool,
    secret: bool,
}

impl Key {
    pub(super) const DATADIR: Self = Self::new("datadir", Some("datadir"), &["TAUTULLI_DATADIR"], false);
    pub(super) const CONFIG: Self = Self::new("config", Some("config"), &["TAUTULLI_CONFIG"], false);
    pub(super) const HTTP_PORT: Self = Self::new("http_port", Some("port"), &["TAUTULLI_HTTP_PORT"], true);
    pub(super) const HTTP_HOST: Self = Self::new("http_host", None, &["TAUTULLI_HTTP_HOST"], true);
    pub(super) const HTTP_ROOT: Self = Self::new("http_root", None, &["TAUTULLI_HTTP_ROOT"], true);
    pub(super) const DATABASE_URL: Self = Self {
        secret: true,
        ..Self::new("database_url", None, &["TAUTULLI_DATABASE_URL", "DATABASE_URL"], true)
    };
    pub(super) const POSTGRES_BIN: Self = Self::new("postgres_bin", None, &["TAUTULLI_POSTGRES_BIN"], true);
    pub(super) const LOG_LEVEL: Self = Self::new("log_level", None, &["TAUTULLI_LOG_LEVEL"], true);
    pub(super) const LOG_FORMAT: Self = Self::new("log_format", None, &["TAUTULLI_LOG_FORMAT"], true);
    pub(super) const PIDFILE: Self = Self::new("pidfile", Some("pidfile"), &["TAUTULLI_PIDFILE"], false);
    pub(super) const QUIET: Self = Self::new("quiet", Some("quiet"), &["TAUTULLI_QUIET"], false);
    pub(super) const VERBOSE: Self = Self::new("verbose", Some("verbose"), &["TAUTULLI_VERBOSE"], false);
    pub(super) const NOLAUNCH: Self = Self::new("nolaunch", Some("nolaunch"), &["TAUTULLI_NOLAUNCH"], false);
    pub(super) const DEV: Self = Self::new("dev", Some("dev"), &["TAUTULLI_DEV"], false);
    pub(super) const TIME_ZONE: Self = Self::new("time_zone", None, &["TZ"], false);

    const ALL: [&'static Self; 15] = [
        &Self::DATADIR,
        &Self::CONFIG,
        &Self::HTTP_PORT,
        &Self::HTTP_HOST,
        &Self::HTTP_ROOT,
        &Self::DATABASE_URL,
        &Self::POSTGRES_BIN,
        &Self::LOG_LEVEL,
        &Self::LOG_FORMAT,
        &Self::PIDFILE,
        &Self::QUIET,
        &Self::VERBOSE,
        &Self::NOLAUNCH,
        &Self::DEV,
        &Self::TIME_ZONE,
    ];

    const fn new(
        name: &'static str,
        flag: Option<&'static str>,
        env: &'static [&'static str],
        file: bool,
    ) -> Self {
        Self { name, flag, env, file, secret: false }
    }
}

/// The sources of values, the stronger ones first.
#[derive(Debug)]
pub(super) struct Layers<'a> {
    flags: &'a Flags,
    env: &'a BTreeMap<String, String>,
    ini_name: String,
    ini: BTreeMap<String, String>,
    pub(super) origins: BTreeMap<&'static str, Origin>,
}

impl<'a> Layers<'a> {
    pub(super) fn new(flags: &'a Flags, env: &'a BTreeMap<String, String>) -> Self {
        Self { flags, env, ini_name: String::new(), ini: BTreeMap::new(), origins: BTreeMap::new() }
    }

    pub(super) fn add_ini(&mut self, path: &Path, values: BTreeMap<String, String>) {
        self.ini_name = path.display().to_string();
        self.ini = values;
    }

    /// The value of `key` from its strongest source; none if no source has it.
    ///
    /// # Errors
    /// `Invalid` when `parse` does not take the value; the message says what was `expected`.
    pub(super) fn take<T>(
        &mut self,
        key: &Key,
        parse: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>> {
        let Some((origin, named, text)) = self.find(key) else { return Ok(None) };
        let shown = if key.secret { "the value".to_owned() } else { format!("`{}`", clip(text)) };
        let value = parse(text)
            .ok_or_else(|| Error::invalid(format!("{named}: {shown} will not do; expected {expected}")))?;
        self.origins.insert(key.name, origin);
        Ok(Some(value))
    }

    fn find(&self, key: &Key) -> Option<(Origin, String, &str)> {
        if let Some((flag, text)) = key.flag.and_then(|flag| Some((flag, self.flags.value(flag)?))) {
            return Some((Origin::Flag, format!("--{flag}"), text.trim()));
        }
        // Compose files set variables to nothing when they mean to leave them out.
        let set = |name: &&str| self.env.get(*name).map(|text| text.trim()).filter(|text| !text.is_empty());
        if let Some((name, text)) = key.env.iter().find_map(|name| Some((name, set(name)?))) {
            return Some((Origin::Env, format!("Environment variable {name}"), text));
        }
        let text = self.ini.get(key.name).filter(|text| key.file && !text.trim().is_empty())?;
        Some((Origin::File, format!("{}, key {}", self.ini_name, key.name), text.trim()))
    }

    /// The `TAUTULLI_` variables that are no bootstrap settings, by lower-case key.
    pub(super) fn rest_of_env(&self) -> BTreeMap<String, String> {
        let known = |name: &str| Key::ALL.iter().any(|key| key.env.contains(&name));
        let named = self.env.iter().filter(|(name, _)| !known(name.as_str()));
        named
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_lowercase(), value.clone())))
            .filter(|(key, _)| !key.is_empty())
            .collect()
    }

    /// The keys of the file that are no bootstrap settings.
    pub(super) fn rest_of_ini(&self) -> BTreeMap<String, String> {
        let known = |name: &str| Key::ALL.iter().any(|key| key.file && key.name == name);
        self.ini.iter().filter(|(key, _)| !known(key)).map(|(k, v)| (k.clone(), v.clone())).collect()
    }
}

/// Enough of a wrong value to recognise it by.
fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
