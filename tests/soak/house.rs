//! The stage: a simulated Plex full of people, and the real service with its private PostgreSQL as processes to be killed.

use super::kept::{self, Kept};
use crate::support::process::{Service, folder, free_port, postmaster};
use crate::support::{Client, until};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tautulli_simplex::{Crowd, Habits, Options, Scale, Simplex, World};
use tempfile::TempDir;

const KEY: &str = "the-key-of-the-soak";
/// How often everyone does something, whatever their number.
const RESTLESS: Duration = Duration::from_secs(10);
/// How long a service may take to be itself again.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything that stands.
pub struct House {
    pub plex: Simplex,
    pub crowd: Crowd,
    folder: TempDir,
    port: u16,
    service: Option<Service>,
    http: reqwest::Client,
    opened: Instant,
}

impl House {
    /// A service that follows a server with people in front of their screens.
    pub async fn open(seed: u64, streams: usize) -> Self {
        let options = Options { interval: 2.0, ..Options::default() };
        let plex = Simplex::start(World::generate(seed, Scale::Small), options).await.unwrap();
        let pause = RESTLESS / u32::try_from(streams.max(1)).unwrap();
        let habits = Habits { pause, ..Habits::restless(streams) };
        let crowd = Crowd::new(plex.director(), seed, habits);
        let (folder, port) = (folder(), free_port());
        let http = crate::support::http();
        let mut house = Self { plex, crowd, folder, port, service: None, http, opened: Instant::now() };
        house.start_service();
        house.settle().await;
        house
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Seconds since the beginning.
    pub fn age(&self) -> f64 {
        self.opened.elapsed().as_secs_f64()
    }

    pub fn start_service(&mut self) {
        let environment = [
            ("TAUTULLI_PMS_URL", self.plex.pms_url()),
            ("TAUTULLI_PMS_TOKEN", self.plex.token()),
            ("TAUTULLI_PLEXTV_URL", self.plex.plextv_url()),
            ("TAUTULLI_API_KEY", KEY.to_owned()),
            ("TAUTULLI_HTTP_HOST", "127.0.0.1".to_owned()),
            ("TAUTULLI_HTTP_PORT", self.port.to_string()),
            ("TAUTULLI_LOGGING_IGNORE_INTERVAL", "0".to_owned()),
            ("TAUTULLI_LOG_LEVEL", "debug".to_owned()),
        ];
        self.service = Some(Service::start(&self.data(), &environment));
    }

    pub fn kill_service(&mut self) {
        if let Some(mut service) = self.service.take() {
            service.kill();
        }
    }

    pub fn kill_database(&self) {
        if let Some(pid) = postmaster(&self.data()).and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    }

    /// People go on with what they do for so long.
    pub async fn live(&mut self, duration: Duration) {
        let end = Instant::now() + duration;
        while Instant::now() < end {
            let rest = self.crowd.rest().min(end - Instant::now());
            tokio::time::sleep(rest).await;
            self.crowd.act();
        }
    }

    /// The same until the service is well: its database answers and it has seen who watches.
    pub async fn live_until_well(&mut self) {
        let since = Instant::now();
        while !self.is_well().await {
            assert!(since.elapsed() < PATIENCE, "the service has not recovered");
            let rest = self.crowd.rest().min(Duration::from_millis(250));
            tokio::time::sleep(rest).await;
            self.crowd.act();
        }
    }

    /// Waits until the service is well and says what the server says: as many streams.
    pub async fn settle(&self) {
        let director = self.plex.director();
        until("the service to say what the server says", async || {
            let streams = self.streams().await?;
            (self.is_well().await && streams == director.playing().len()).then_some(())
        })
        .await;
    }

    async fn is_well(&self) -> bool {
        let ready = self.http.get(format!("{}/readyz", self.base())).send().await;
        if !ready.is_ok_and(|answer| answer.status().is_success()) {
            return false;
        }
        let answer = self.ask("{ servers { link { state } } }").await;
        answer.is_some_and(|answer| answer["data"]["servers"][0]["link"]["state"] == "LIVE")
    }

    async fn streams(&self) -> Option<usize> {
        let answer = self.ask("{ activity { streamCount } }").await?;
        usize::try_from(answer["data"]["activity"]["streamCount"].as_u64()?).ok()
    }

    async fn ask(&self, query: &str) -> Option<serde_json::Value> {
        let request = self.http.post(format!("{}/graphql", self.base())).header("X-Api-Key", KEY);
        let answer = request.json(&serde_json::json!({ "query": query })).send().await.ok()?;
        answer.json().await.ok()
    }

    /// What is in the database, once everything that is over is written.
    pub async fn kept(&self) -> Kept {
        let url = tautulli_postgres::url_of_running(&self.data().join("postgres"), "tautulli").await;
        let admin = Client::with_key(&self.base(), KEY);
        kept::read(&url.unwrap().expect("the database runs"), &admin).await
    }

    /// The service stops in order.
    pub async fn close(mut self) {
        let service = self.service.take().expect("the service runs");
        assert_eq!(service.terminate(), Some(0));
    }
}

impl Drop for House {
    /// What failed stays on the disk, with its logs.
    #[expect(clippy::print_stdout, reason = "whoever looks for the cause must know where")]
    fn drop(&mut self) {
        self.kill_service();
        self.kill_database();
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            println!("all of it is in {}", self.folder.path().display());
        }
    }
}
