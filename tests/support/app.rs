//! The real service in this process: a database of its own, a simulated Plex, short intervals.

use super::Client;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tautulli::boot::{Edges, Running};
use tautulli::config::{Config, Flags, Surroundings};
use tautulli_db::Database;
use tautulli_domain::SharedClock;
use tautulli_services::activity::Timing;
use tautulli_simplex::{Director, Options, Scale, Simplex, World};
use tautulli_testkit::TestDatabase;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The key that the environment gives.
pub const KEY: &str = "environment-key-of-the-tests";

/// A running service.
pub struct TestApp {
    pub plex: Simplex,
    pub database: TestDatabase,
    /// The service's own pool.
    pub pool: Database,
    pub base: String,
    stop: CancellationToken,
    ended: Option<JoinHandle<()>>,
    folder: tempfile::TempDir,
}

fn timing() -> Timing {
    Timing {
        tick: Duration::from_millis(50),
        busy: Duration::from_millis(200),
        idle: Duration::from_millis(400),
        mark: Duration::from_millis(100),
        contend: Duration::from_millis(50),
        drain: Duration::from_secs(5),
        first_retry: Duration::from_millis(50),
        glance: Duration::from_millis(50),
        vigil: Duration::from_millis(200),
    }
}

impl TestApp {
    /// Follows a small world; everything that plays for any time at all is kept.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with more variables in the environment.
    pub async fn with(more: &[(&str, &str)]) -> Self {
        let plex = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await.unwrap();
        let database = TestDatabase::create().await.unwrap();
        Self::over(plex, database, more).await
    }

    /// The service over what is there already, as after a restart.
    pub async fn over(plex: Simplex, database: TestDatabase, more: &[(&str, &str)]) -> Self {
        Self::under(plex, database, more, Edges::default().clock).await
    }

    /// The same under another clock.
    pub async fn under(
        plex: Simplex,
        database: TestDatabase,
        more: &[(&str, &str)],
        clock: SharedClock,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The folder as a first start leaves it.
        for part in ["backups", "logs"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
        }
        let mut env: BTreeMap<String, String> = [
            ("TAUTULLI_PMS_URL", plex.pms_url()),
            ("TAUTULLI_PMS_TOKEN", plex.token()),
            ("TAUTULLI_PLEXTV_URL", plex.plextv_url()),
            ("TAUTULLI_API_KEY", KEY.to_owned()),
            ("TAUTULLI_HTTP_HOST", "127.0.0.1".to_owned()),
            ("TAUTULLI_HTTP_PORT", "0".to_owned()),
            ("TAUTULLI_LOGGING_IGNORE_INTERVAL", "0".to_owned()),
            ("TAUTULLI_DATADIR", folder.path().display().to_string()),
            ("DATABASE_URL", database.url().to_owned()),
            ("TZ", "Europe/Berlin".to_owned()),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
        env.extend(more.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let around = Surroundings { env, etc: PathBuf::from("/etc"), root_user: false };
        let config = Config::load(&Flags::default(), &around).unwrap();
        let edges = Edges { timing: timing(), clock, ..Edges::default() };
        let stop = CancellationToken::new();
        let pool = database.pool().await.unwrap();
        let running = Running::start(&config, pool.clone(), edges, stop.clone()).await.unwrap();
        let base = format!("http://{}{}", running.address, config.http.root);
        let ended = tokio::spawn(async move { running.until_stopped().await.unwrap() });
        let app = Self { plex, database, pool, base, stop, ended: Some(ended), folder };
        app.until_live().await;
        app
    }

    async fn until_live(&self) {
        let admin = self.admin();
        super::until("the service to follow the server", async || {
            let answer =
                admin.ask("{ servers { version link { state } } users { id } libraries { id } }").await;
            let server = &answer["data"]["servers"][0];
            // It may be followed before it has said what it is.
            let live = server["link"]["state"] == "LIVE" && server["version"].is_string();
            let known = answer["data"]["users"].as_array().is_some_and(|users| users.len() > 1);
            (live && known).then_some(())
        })
        .await;
    }

    /// Someone with full rights.
    pub fn admin(&self) -> Client {
        Client::with_key(&self.base, KEY)
    }

    /// Someone who has proved nothing.
    pub fn stranger(&self) -> Client {
        Client::stranger(&self.base)
    }

    /// A guest: the user with this plex.tv account.
    pub async fn guest(&self, account: i64) -> Client {
        let admin = self.admin();
        let users = admin.data("{ users { id accountId } }").await;
        let users = users["users"].as_array().unwrap().clone();
        let user = users.into_iter().find(|u| u["accountId"] == account).unwrap();
        let make =
            "mutation($user: ID!) { createApiKey(name: \"guest\", role: GUEST, userId: $user) { secret } }";
        let made = admin.data_with(make, serde_json::json!({ "user": user["id"] })).await;
        Client::with_key(&self.base, made["createApiKey"]["secret"].as_str().unwrap())
    }

    /// An administrator's key with limits: more arguments of `createApiKey`.
    pub async fn key(&self, limits: &str) -> Client {
        Client::with_key(&self.base, &self.secret(limits).await)
    }

    /// The text of such a key.
    pub async fn secret(&self, limits: &str) -> String {
        let make = format!("mutation {{ createApiKey(name: \"key\", role: ADMIN, {limits}) {{ secret }} }}");
        let made = self.admin().data(&make).await;
        made["createApiKey"]["secret"].as_str().unwrap().to_owned()
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Makes things happen in the simulated Plex.
    pub fn director(&self) -> Director {
        self.plex.director()
    }

    /// Stops in order and gives back what a next start needs.
    pub async fn stop(mut self) -> (Simplex, TestDatabase) {
        self.stop.cancel();
        if let Some(ended) = self.ended.take() {
            ended.await.unwrap();
        }
        (self.plex, self.database)
    }
}
