//! The real binary with its private PostgreSQL.

use super::cost::Reading;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const KEY: &str = "the-key-of-the-benchmark";
/// A start whose migrations come to an old database makes a backup first.
const PATIENCE: Duration = Duration::from_secs(1800);
const POLL: Duration = Duration::from_millis(2);

/// A running service.
pub struct Service {
    child: Child,
    pub data: PathBuf,
    pub address: SocketAddr,
    /// From the start of the process to the first good answer.
    pub started_in: Duration,
}

/// A folder that the database's user may enter.
pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("tautulli-bench-").tempdir_in("/tmp").unwrap();
    open_to_all(folder.path());
    folder
}

/// Makes a folder, if it is not there, that the database's user may enter.
pub fn open_to_all(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A command of the binary over the data in `folder`.
pub fn command(name: &str, folder: &Path) -> Command {
    let binary = std::env::var_os("TAUTULLI_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_tautulli").into());
    let mut command = Command::new(binary);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.arg(name).arg("--datadir").arg(data(folder));
    command
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn serve(settings: &[(&str, &str)], folder: &Path, port: u16) -> Command {
    let mut command = command("serve", folder);
    command.envs(settings.iter().copied()).envs([
        ("TAUTULLI_API_KEY", KEY),
        ("TAUTULLI_HTTP_HOST", "127.0.0.1"),
        ("TAUTULLI_HTTP_PORT", &port.to_string()),
    ]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl Service {
    /// Starts it with these settings from the environment, and waits until it can be asked.
    pub async fn start(settings: &[(&str, &str)], folder: &Path) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let begun = Instant::now();
        let child = serve(settings, folder, address.port()).spawn().unwrap();
        let mut service = Self { child, data: data(folder), address, started_in: Duration::ZERO };
        service.until("the service", || async { get(address, "/healthz").await.is_some() }).await;
        service.started_in = begun.elapsed();
        service.until("the database", || async { get(address, "/readyz").await.is_some() }).await;
        service
    }

    /// Waits until `check` is true.
    pub async fn until<F: Future<Output = bool>>(&self, what: &str, check: impl Fn() -> F) {
        let begun = Instant::now();
        while !check().await {
            assert!(begun.elapsed() < PATIENCE, "gave up waiting for {what}");
            tokio::time::sleep(POLL).await;
        }
    }

    pub async fn reading(&self) -> Reading {
        let service = i32::try_from(self.child.id()).unwrap();
        let file = std::fs::read_to_string(self.data.join("postgres/data/postmaster.pid")).unwrap();
        let postmaster = file.lines().next().unwrap().trim().parse().unwrap();
        Reading::now(service, postmaster, self.rows().await)
    }

    /// Where its database is, for its owner.
    pub async fn database_url(&self) -> String {
        tautulli_postgres::url_of_running(&self.data.join("postgres"), "tautulli").await.unwrap().unwrap()
    }

    /// A connection to its database, as its owner.
    pub async fn database(&self) -> tokio_postgres::Client {
        let url = self.database_url().await;
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// Rows inserted, updated and deleted since the database was made.
    async fn rows(&self) -> i64 {
        let query =
            "SELECT (sum(n_tup_ins) + sum(n_tup_upd) + sum(n_tup_del))::int8 FROM pg_stat_user_tables";
        self.database().await.query_one(query, &[]).await.unwrap().get(0)
    }

    /// Stops in order.
    pub fn stop(mut self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A good answer's text; a connection for each question, so that nothing is kept open.
pub async fn get(address: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nX-Api-Key: {KEY}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    answer.starts_with("HTTP/1.1 200").then_some(answer)
}
