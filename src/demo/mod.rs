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
use std::time::Duration;
use tautulli_db::Database;
use tautulli_domain::{Error, Result, ServerId};
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
/// Between two looks at whether the service knows the household, and how often it is looked.
const LOOK: Duration = Duration::from_millis(25);
const PATIENCE: u32 = 2400;

/// Everything of a demo but the service.
pub struct Demo {
    pub config: Config,
    archive: Option<Archive>,
    folder: Folder,
    /// People and arrivals, which end with the demo.
    life: JoinSet<()>,
    world: Arc<World>,
    plex: Simplex,
    now: DateTime<Utc>,
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
        Ok(Self { config, archive, folder, life: JoinSet::new(), world, plex, now })
    }

    /// The account that is made for whoever looks.
    pub fn account() -> DemoAccount {
        DemoAccount { username: USERNAME.to_owned(), password: PASSWORD.to_owned() }
    }

    /// Lets people in and fills the service's history; it answers meanwhile.
    pub async fn furnish(&mut self, services: &Services, database: &Database) -> Result<Ready> {
        let servers = services.servers.all().await?;
        let server = servers.first().ok_or_else(|| Error::internal("the demo's server is not there"))?.id;
        self.until_known(server, database).await?;
        self.enliven();
        let Some(archive) = self.archive.take() else { return Ok(Ready { plays: None }) };
        let plays = archive.write(database, server).await?;
        self.folder.complete()?;
        Ok(Ready { plays: Some(plays) })
    }

    /// Plays belong to people and libraries; they are made known by plex.tv and the server, not by what is played.
    async fn until_known(&self, server: ServerId, database: &Database) -> Result<()> {
        let limit = i64::from(u16::MAX);
        let of_users = tautulli_db::users::Wanted { server: Some(server), ..Default::default() };
        let of_libraries = tautulli_db::libraries::Wanted { server: Some(server), ..Default::default() };
        for _ in 0..PATIENCE {
            let mut conn = database.conn().await?;
            let people = tautulli_db::users::list(&mut conn, &of_users, limit).await?;
            let libraries = tautulli_db::libraries::list(&mut conn, &of_libraries, limit).await?;
            if people.len() > self.world.users.len() && libraries.len() >= self.world.sections.len() {
                return Ok(());
            }
            drop(conn);
            tokio::time::sleep(LOOK).await;
        }
        Err(Error::unavailable("The demo's own Plex does not answer; try again"))
    }

    /// People come, and new films arrive.
    fn enliven(&mut self) {
        let (director, seed) = (self.plex.director(), self.now.timestamp().unsigned_abs());
        let mut crowd = Crowd::new(director.clone(), seed, Habits::household());
        crowd.gather(AT_ONCE);
        self.life.spawn(crowd.live());
        self.life.spawn(arrivals::arrive(director, self.world.clone(), Chance::new(seed)));
    }

    /// What a person reads who has started it.
    pub fn welcome(&self, ready: &Ready, port: u16) -> String {
        let url = format!("http://localhost:{port}{}/", self.config.http.root);
        let plays = match ready.plays {
            Some(plays) => format!("{plays} plays of two years, all of them made up"),
            None => "as it was left".to_owned(),
        };
        let end = if self.folder.is_temporary() {
            "Ctrl-C ends it and leaves nothing behind"
        } else {
            "Ctrl-C ends it"
        };
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
