//! The command line: subcommands, and the flags that may stand before or after them.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// A monitor for Plex Media Server.
#[derive(Debug, Clone, Parser)]
#[command(name = "tautulli", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Run the service (what happens when no command is given)
    Serve,
    /// Show the service over a simulated Plex, with two years of made-up history
    ///
    /// Needs nothing and touches nothing real: DATABASE_URL, TAUTULLI_PMS_*, TAUTULLI_DATADIR and config.ini are not heeded. It
    /// listens on this machine alone unless TAUTULLI_HTTP_HOST says otherwise. What it keeps goes when it ends; with --datadir (an
    /// empty folder, or one of an earlier demo) it stays.
    Demo {
        /// Another number makes another history
        #[arg(long, default_value_t = 7, value_name = "N")]
        seed: u64,
    },
    /// Bring the database up to date and exit
    Migrate,
    /// Print the GraphQL schema
    Schema,
    /// Ask a running service whether it is well; the exit code tells
    Healthcheck,
    /// Back the database up
    Backup {
        /// The file to write; by default a dated one in the backups folder
        file: Option<PathBuf>,
    },
}

/// Flags, each optional; text is judged later, so that every source of a value gets the same message.
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// The folder for everything that is kept
    #[arg(long, global = true, value_name = "DIR")]
    pub datadir: Option<String>,
    /// The configuration file [default: config.ini in the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<String>,
    /// The port of the web interface [default: 8181]
    #[arg(short, long, global = true, value_name = "PORT", allow_hyphen_values = true)]
    pub port: Option<String>,
    /// Do not open a browser (accepted; none is ever opened)
    #[arg(long, global = true)]
    pub nolaunch: bool,
    /// Log nothing to the console
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Log more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Write the number of the process to a file
    #[arg(long, global = true, value_name = "FILE")]
    pub pidfile: Option<String>,
    /// Development mode
    #[arg(long, global = true)]
    pub dev: bool,
    /// The same as the command `migrate`
    #[arg(long, global = true)]
    pub migrate_db: bool,
}

impl Cli {
    /// What to do, with `--migrate-db` and the default taken into account.
    pub fn command(&self) -> Command {
        if self.flags.migrate_db {
            return Command::Migrate;
        }
        self.command.clone().unwrap_or(Command::Serve)
    }
}

impl Flags {
    /// The value of the flag `name`, if it was given.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let switch = |given: bool| given.then_some("true");
        match name {
            "datadir" => self.datadir.as_deref(),
            "config" => self.config.as_deref(),
            "port" => self.port.as_deref(),
            "pidfile" => self.pidfile.as_deref(),
            "nolaunch" => switch(self.nolaunch),
            "quiet" => switch(self.quiet),
            "verbose" => switch(self.verbose),
            "dev" => switch(self.dev),
            _ => None,
        }
    }
}
