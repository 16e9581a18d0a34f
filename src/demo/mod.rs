//! The service shown to anyone: over a simulated Plex in the same process, with two years of made-up history and people
//! who watch. Knows the simulation and how the service is configured; never a real server and never real data.

mod archive;
mod arrivals;
mod calendar;
mod chance;
mod delivery;
mod diary;
mod folder;
mod people;
mod person;
mod rehearsal;
mod shelf;
mod tape;

use crate::config::{Config, Flags, Surroundings};
use archive::Archive;
use chance::Chance;
use chrono::{DateTime, Utc};
use folder::Folder;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_domain::{Error, Result};
use tautulli_services::Services;
use tautulli_services::access::DemoAccount;
use tautulli_simplex::{Crowd, Habits, Options, Simplex, World};
use tokio::task::JoinSet;

/// Variables of the environment that a demo heeds; all others could lead it to real things.
const HEEDED: [&str; 8] = [
    "TZ",
    "TAUTULLI_API_KEY",
    "TAUTULLI_HTTP_HOST",
    "TAUTULLI_HTTP_PORT",
    "TAUTULLI_HTTP_ROOT",
    "TAUTULLI_LOG_FORMAT",
    "TAUTULLI_LOG_LEVEL",
    "TAUTULLI_POSTGRES_BIN",
];

const USERNAME: &str = "demo";
const PASSWORD: &str = "attic-demo";

/// How many watch at the first moment.
const AT_ONCE: usize = 8;

/// Everything of a demo but the service.
pub struct Demo {
    pub config: Config,
    archive: Option<Archive>,
    folder: Folder,
    /// People and arrivals, who end with the demo.
    #[expect(dead_code, reason = "it is there to end its tasks")]
    life: JoinSet<()>,
    #[expect(dead_code, reason = "it serves until it is dropped")]
    plex: Simplex,
}

/// What there is to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Plays that were written now; `None` when they were there.
    pub plays: Option<usize>,
}

impl Demo {
    /// Makes the household, lets people in, and begins with its history. Flags say port, folder and how much is logged;
    /// a configuration file is not read.
    pub async fn open(flags: &Flags, seed: u64, now: DateTime<Utc>) -> Result<Self> {
        let folder = Folder::open(flags.datadir.as_deref(), seed, now)?;
        let edition = folder.edition;
        let world = Arc::new(World::household(edition.seed, edition.made_at.timestamp()));
        let options = Options { local_pictures: true, ..Options::default() };
        let started = Simplex::start(World::clone(&world), options).await;
        let plex = started.map_err(|failure| Error::internal(failure.to_string()))?;
        let config = configure(flags, &folder, &plex)?;
        let archive = (!edition.complete)
            .then(|| Archive::begin(world.clone(), edition.seed, config.time_zone, edition.made_at));
        let mut life = JoinSet::new();
        let mut crowd = Crowd::new(plex.director(), now.timestamp().unsigned_abs(), Habits::household());
        crowd.gather(AT_ONCE);
        life.spawn(crowd.live());
        life.spawn(arrivals::arrive(plex.director(), world, Chance::new(edition.seed)));
        Ok(Self { config, archive, folder, life, plex })
    }

    /// The account that is made for whoever looks.
    pub fn account() -> DemoAccount {
        DemoAccount { username: USERNAME.to_owned(), password: PASSWORD.to_owned() }
    }

    /// Fills the service's history; it answers meanwhile.
    pub async fn furnish(&mut self, services: &Services, database: &Database) -> Result<Ready> {
        let Some(archive) = self.archive.take() else { return Ok(Ready { plays: None }) };
        let servers = services.servers.all().await?;
        let server = servers.first().ok_or_else(|| Error::internal("the demo's server is not there"))?.id;
        // Plays belong to people and libraries, which must not be made up from plays.
        services.servers.refresh_users(server).await?;
        services.servers.refresh_libraries(server).await?;
        let plays = archive.write(database, server).await?;
        self.folder.complete()?;
        Ok(Ready { plays: Some(plays) })
    }

    /// What a person reads who has started it.
    pub fn welcome(&self, ready: &Ready, port: u16) -> String {
        let url = format!("http://localhost:{port}{}/", self.config.http.root);
        let plays = match ready.plays {
            Some(plays) => format!("{plays} plays of two years, all of them made up"),
            None => "as it was left".to_owned(),
        };
        let end = if self.folder.is_temporary() { "Ctrl-C ends it and leaves nothing behind" } else { "Ctrl-C ends it" };
        format!(
            "\n  Tautulli, over a simulated Plex\n\n    open      {url}\n    sign in   {USERNAME} / {PASSWORD}\n    history   {plays}\n\n  {end}.\n\n"
        )
    }
}

fn configure(flags: &Flags, folder: &Folder, plex: &Simplex) -> Result<Config> {
    let mut around = Surroundings::of_process();
    around.env.retain(|key, _| HEEDED.contains(&key.as_str()));
    // The password is known to everyone, so nobody else may come in unasked.
    around.env.entry("TAUTULLI_HTTP_HOST".to_owned()).or_insert_with(|| "127.0.0.1".to_owned());
    let own = [
        ("TAUTULLI_PMS_URL", plex.pms_url()),
        ("TAUTULLI_PMS_TOKEN", plex.token()),
        ("TAUTULLI_PLEXTV_URL", plex.plextv_url()),
        ("TAUTULLI_ADMIN_USERNAME", USERNAME.to_owned()),
        ("TAUTULLI_ADMIN_PASSWORD", PASSWORD.to_owned()),
    ];
    around.env.extend(own.map(|(key, value)| (key.to_owned(), value)));
    let flags = Flags {
        datadir: Some(folder.path().display().to_string()),
        config: Some("/dev/null".to_owned()),
        ..flags.clone()
    };
    let mut config = Config::load(&flags, &around)?;
    config.log.console = flags.verbose && !flags.quiet;
    Ok(config)
}
