//! What must be known before the database is there: where to listen, where data is, which database, how to log.
//! Everything else is a setting and lives in the database. Flag wins over environment, over `config.ini`, over default.

mod cli;
mod ini;
mod layer;
mod value;
mod zone;

pub use cli::{Cli, Command, Flags, ImportMode};
pub use ini::Ini;
pub use layer::Origin;
pub use value::{LogFormat, LogLevel};

use chrono_tz::Tz;
use layer::{Key, Layers};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use tautulli_domain::{Error, Result};

/// The bootstrap settings of one run.
#[derive(Debug, Clone)]
pub struct Config {
    pub http: Http,
    /// Absolute.
    pub data_dir: PathBuf,
    /// Absolute; need not exist.
    pub config_file: PathBuf,
    /// None: a private cluster in the data folder.
    pub database_url: Option<SecretString>,
    /// The folder of PostgreSQL's server programs; searched for if none.
    pub postgres_bin: Option<PathBuf>,
    pub log: Log,
    pub pidfile: Option<PathBuf>,
    /// Accepted for the sake of existing start scripts; a headless service opens no browser.
    pub nolaunch: bool,
    pub dev: bool,
    pub time_zone: Tz,
    /// What was odd but did not hinder the start; to be logged once there is a log.
    pub warnings: Vec<String>,
    origins: BTreeMap<&'static str, Origin>,
    overrides: BTreeMap<String, String>,
    ini_values: BTreeMap<String, String>,
}

/// Where HTTP is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Http {
    pub host: IpAddr,
    /// 0 lets the system choose.
    pub port: u16,
    /// Prefix of every path: empty, or `/a/b` without a slash at the end.
    pub root: String,
}

/// What is logged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Log {
    pub level: LogLevel,
    pub format: LogFormat,
    /// Whether standard error gets the log too.
    pub console: bool,
}

/// What a configuration is read from besides flags and files.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub env: BTreeMap<String, String>,
    /// Where the system keeps `localtime` and `timezone`: `/etc`.
    pub etc: PathBuf,
    pub root_user: bool,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        let env = std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { env, etc: PathBuf::from("/etc"), root_user: rustix::process::geteuid().is_root() }
    }
}

const DEFAULT_PORT: u16 = 8181;

impl Config {
    /// Reads the configuration: `flags`, then the environment, then the file that these name.
    ///
    /// # Errors
    /// `Invalid`, naming source, key and what was expected, for a bootstrap value that makes no sense and for a file
    /// that cannot be read. A file that is not there, and lines in it that are not understood, are no errors.
    pub fn load(flags: &Flags, around: &Surroundings) -> Result<Self> {
        let mut layers = Layers::new(flags, &around.env);
        let data_dir = match layers.take(&Key::DATADIR, value::path, value::PATH)? {
            Some(dir) => dir,
            None => default_data_dir(around)?,
        };
        let data_dir = absolute(&data_dir)?;
        let named = layers.take(&Key::CONFIG, value::path, value::PATH)?;
        let config_file = absolute(&named.clone().unwrap_or_else(|| data_dir.join("config.ini")))?;
        let mut warnings = Vec::new();
        let ini = read_ini(&config_file, named.is_some(), &mut warnings)?;
        layers.add_ini(&config_file, ini.values);
        Ok(Self {
            http: http(&mut layers)?,
            database_url: layers.take(&Key::DATABASE_URL, value::database_url, value::DATABASE_URL)?,
            postgres_bin: layers.take(&Key::POSTGRES_BIN, value::path, value::PATH)?,
            log: log(&mut layers)?,
            pidfile: layers.take(&Key::PIDFILE, value::path, value::PATH)?,
            nolaunch: layers.take(&Key::NOLAUNCH, value::switch, value::SWITCH)?.unwrap_or(false),
            dev: layers.take(&Key::DEV, value::switch, value::SWITCH)?.unwrap_or(false),
            time_zone: time_zone(&mut layers, around)?,
            data_dir,
            config_file,
            warnings,
            overrides: layers.rest_of_env(),
            ini_values: layers.rest_of_ini(),
            origins: layers.origins,
        })
    }

    /// The other `TAUTULLI_<KEY>` variables, by lower-case key without the prefix: they lock settings.
    pub fn overrides(&self) -> &BTreeMap<String, String> {
        &self.overrides
    }

    /// The other keys of `config.ini`, sections flattened, keys in lower case. A list is a JSON array of strings.
    pub fn ini_values(&self) -> &BTreeMap<String, String> {
        &self.ini_values
    }

    /// Where the bootstrap setting `key` (its `config.ini` name, such as `http_port`) comes from.
    pub fn origin(&self, key: &str) -> Origin {
        self.origins.get(key).copied().unwrap_or(Origin::Default)
    }
}

fn http(layers: &mut Layers<'_>) -> Result<Http> {
    let host = layers.take(&Key::HTTP_HOST, value::host, value::HOST)?;
    let port = layers.take(&Key::HTTP_PORT, |text| text.parse().ok(), value::PORT)?;
    let root = layers.take(&Key::HTTP_ROOT, value::prefix, value::PREFIX)?;
    Ok(Http {
        host: host.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        port: port.unwrap_or(DEFAULT_PORT),
        root: root.unwrap_or_default(),
    })
}

fn log(layers: &mut Layers<'_>) -> Result<Log> {
    let level = layers.take(&Key::LOG_LEVEL, value::level, value::LEVEL)?;
    let format = layers.take(&Key::LOG_FORMAT, value::format, value::FORMAT)?;
    let verbose = layers.take(&Key::VERBOSE, value::switch, value::SWITCH)?.unwrap_or(false);
    let quiet = layers.take(&Key::QUIET, value::switch, value::SWITCH)?.unwrap_or(false);
    let least = if verbose { LogLevel::Debug } else { LogLevel::Error };
    Ok(Log {
        level: level.unwrap_or(LogLevel::Info).max(least),
        format: format.unwrap_or(LogFormat::Text),
        console: !quiet,
    })
}

fn time_zone(layers: &mut Layers<'_>, around: &Surroundings) -> Result<Tz> {
    let named = layers.take(&Key::TIME_ZONE, zone::from_tz, zone::EXPECTED)?;
    Ok(named.flatten().or_else(|| zone::of_system(&around.etc)).unwrap_or(Tz::UTC))
}

fn read_ini(path: &Path, named: bool, warnings: &mut Vec<String>) -> Result<Ini> {
    let Some(ini) = Ini::read(path)? else {
        if named {
            warnings.push(format!("{} does not exist; defaults are used", path.display()));
        }
        return Ok(Ini::default());
    };
    if let Some(warning) = ini.warning() {
        warnings.push(format!("{}: {warning}", path.display()));
    }
    Ok(ini)
}

/// A system service keeps its data where system services do; a person's, where that person's programs do. Not the
/// working folder: the same command must find the same history wherever it is typed. And not root's home, which the
/// system user that runs PostgreSQL may not enter.
fn default_data_dir(around: &Surroundings) -> Result<PathBuf> {
    if around.root_user {
        return Ok(PathBuf::from("/var/lib/tautulli"));
    }
    let folder = |key: &str| around.env.get(key).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_DATA_HOME")
        .or_else(|| Some(folder("HOME")?.join(".local/share")))
        .map(|base| base.join("tautulli"))
        .ok_or_else(|| {
            Error::invalid("There is no home folder to keep data in; name a folder with --datadir")
        })
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path)
        .map_err(|error| Error::invalid(format!("{} is not a usable path: {error}", path.display())))
}

#[cfg(test)]
mod tests;
