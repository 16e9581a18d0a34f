//! Why the program could not start or go on, as an exit code and a sentence that says what to do.

use std::fmt;
use std::process::ExitCode;
use tautulli_domain::Error;

/// A run that failed.
#[derive(Debug)]
pub enum Failure {
    /// A flag, a variable or the configuration file makes no sense.
    Config(Error),
    /// The data folder cannot be used: not writable, full, or in use by another process.
    DataDir(Error),
    /// The database cannot be started, reached or brought up to date.
    Database(String),
    /// The port is in use or may not be opened.
    Listen(String),
    /// The health check found the service unwell.
    Unhealthy(String),
    Other(String),
}

impl Failure {
    pub fn other(failure: impl fmt::Display) -> Self {
        Self::Other(failure.to_string())
    }

    /// 1 anything else, 3 configuration, 4 data folder, 5 database, 6 port, 7 unhealthy; 2 is for bad usage.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Other(_) => 1,
            Self::Config(_) => 3,
            Self::DataDir(_) => 4,
            Self::Database(_) => 5,
            Self::Listen(_) => 6,
            Self::Unhealthy(_) => 7,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Config(error) | Self::DataDir(error) => error.to_string(),
            Self::Database(text) | Self::Listen(text) | Self::Unhealthy(text) | Self::Other(text) => {
                text.clone()
            }
        };
        f.write_str(&crate::logging::mask::mask(&text))
    }
}
