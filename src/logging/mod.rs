//! The service's own log: to standard error and to a rotating file, never with a secret in it.

mod file;
pub mod mask;
mod writer;

pub use file::LogFile;

use crate::config::{Log, LogFormat, LogLevel};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use tautulli_domain::{Error, Result};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::reload;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};
use writer::{Masked, Sink};

/// What our crates' names begin with; everybody else is heard from `warn` on only.
const OURS: &str = "tautulli";

/// What can be done with the log while the service runs.
#[derive(Debug, Clone)]
pub struct Logging {
    file: Arc<LogFile>,
    level: reload::Handle<Targets, Registry>,
}

impl Logging {
    /// Logs from now on as `config` says, to the folder `dir` too. A file that cannot be written is said once on
    /// standard error and hinders nothing.
    ///
    /// # Errors
    /// `Internal` when this process logs already.
    pub fn start(config: Log, dir: &Path) -> Result<Self> {
        let ansi = config.format == LogFormat::Text && io::stderr().is_terminal();
        let (subscriber, logging) = build(config, dir, ansi, io::stderr);
        subscriber.try_init().map_err(Error::internal)?;
        Ok(logging)
    }

    /// The rotating file.
    pub fn file(&self) -> &LogFile {
        &self.file
    }

    /// Logs as much as `level` says from now on.
    ///
    /// # Errors
    /// `Internal` when the log is gone.
    pub fn set_level(&self, level: LogLevel) -> Result<()> {
        self.level.reload(targets(level)).map_err(Error::internal)
    }
}

/// The subscriber of [`Logging::start`], with the console given.
fn build<W, C>(
    config: Log,
    dir: &Path,
    ansi: bool,
    console: C,
) -> (impl Subscriber + Send + Sync + for<'a> LookupSpan<'a>, Logging)
where
    W: Write,
    C: Fn() -> W + Send + Sync + Clone + 'static,
{
    let complain = console.clone();
    let file = Arc::new(LogFile::open(dir, move |line| {
        // Where the console is gone too there is nobody left to tell.
        drop(complain().write_all(mask::mask(line).as_bytes()));
    }));
    let (filter, level) = reload::Layer::new(targets(config.level));
    let to_console = config.console.then(|| lines(config.format, ansi, Masked::new(move || Sink(console()))));
    let writer = Arc::clone(&file);
    let to_file = lines(config.format, false, Masked::new(move || Arc::clone(&writer)));
    let subscriber = Registry::default().with(filter).with(to_console).with(to_file);
    (subscriber, Logging { file, level })
}

/// Events as lines of `format`, times in UTC.
fn lines<S, W>(format: LogFormat, ansi: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> tracing_subscriber::fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(ansi);
    match format {
        LogFormat::Text => layer.boxed(),
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
    }
}

fn targets(level: LogLevel) -> Targets {
    let ours = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new().with_default(ours.min(LevelFilter::WARN)).with_target(OURS, ours)
}

#[cfg(test)]
mod tests;
