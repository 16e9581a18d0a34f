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
    /// Bring the history of a Tautulli installation here
    ///
    /// Reads its file tautulli.db, which is never written to and may be in use. Stopped or killed, the same command goes on where it
    /// was; done again, it adds nothing twice. A service over the same database may run meanwhile. Ends with a report that holds the
    /// sums of the file against those of the database.
    Import {
        /// Tautulli's database, or one of its backups
        file: PathBuf,
        /// Tautulli's config.ini: its settings are taken over, but for those of its machine, which the report names
        #[arg(long, value_name = "FILE")]
        config_ini: Option<PathBuf>,
        /// What becomes of the history that is here already: it stays (merge), or that of the same media server is removed in the
        /// moment in which the import ends (overwrite)
        #[arg(long, value_enum, default_value_t = ImportMode::Merge)]
        mode: ImportMode,
        /// Work out anew which plays belong together, instead of keeping what Tautulli has recorded
        #[arg(long)]
        recompute_groups: bool,
        /// Write nothing; say what would come of it
        #[arg(long)]
        dry_run: bool,
        /// Print the report as JSON
        #[arg(long)]
        json: bool,
    },
    /// Count all plays again for statistics and graphs, and say what had been wrong
    Rebuild,
    /// Back the database up
    Backup {
        /// The file to write; by default a dated one in the backups folder
        file: Option<PathBuf>,
    },
}

/// What becomes of the history that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ImportMode {
    Merge,
    Overwrite,
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
