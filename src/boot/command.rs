//! The commands of the program.

use super::host::{self, ThisProcess};
use super::import::{Wanted, import};
use super::rebuild::rebuild;
use super::store::{self, Store};
use super::{Edges, Failure, Running};
use crate::config::{Cli, Command, Config, ImportMode, Surroundings};
use crate::datadir::DataDir;
use crate::demo::Demo;
use crate::logging::{Logging, mask};
use secrecy::ExposeSecret;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tautulli_db::Database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Runs the command to its end. The runtime is made here and not by the program: what is awaited is compiled where somebody
/// waits for it, which would be everything, a second time.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::other)?;
    runtime.block_on(obey(cli))
}

async fn obey(cli: &Cli) -> Result<(), Failure> {
    match cli.command() {
        Command::Schema => print(&crate::graphql::sdl()),
        Command::Serve => serve(&load(cli)?).await,
        Command::Demo { seed } => demo(cli, seed).await,
        Command::Migrate => migrate(&load(cli)?).await,
        Command::Backup { file } => back_up(&load(cli)?, file).await,
        Command::Import { file, config_ini, mode, recompute_groups, dry_run, json } => {
            let overwrite = mode == ImportMode::Overwrite;
            let wanted = Wanted { file, config_ini, overwrite, recompute_groups, dry_run, json };
            import(&load(cli)?, &wanted, stop_on_signals()?).await
        }
        Command::Rebuild => rebuild(&load(cli)?).await,
        Command::Healthcheck => check_health(&load(cli)?).await,
    }
}

fn load(cli: &Cli) -> Result<Config, Failure> {
    Config::load(&cli.flags, &Surroundings::of_process()).map_err(Failure::Config)
}

fn print(text: &str) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(Failure::other)
}

async fn serve(config: &Config) -> Result<(), Failure> {
    run_service(config, Edges::default(), async |_, _| Ok(())).await
}

/// A service over a simulated Plex.
async fn demo(cli: &Cli, seed: u64) -> Result<(), Failure> {
    let edges = Edges { demo: Some(Demo::account()), ..Edges::default() };
    let mut demo = Demo::open(&cli.flags, seed, edges.clock.now()).await.map_err(Failure::Config)?;
    let config = demo.config.clone();
    run_service(&config, edges, async |running, database| {
        let ready = demo.furnish(&running.services, database).await.map_err(Failure::other)?;
        print(&demo.welcome(&ready, running.address.port()))
    })
    .await
}

/// Runs the service until it is told to stop. `then` is done as soon as it answers, unless the stop comes first.
async fn run_service(
    config: &Config,
    edges: Edges,
    then: impl AsyncFnOnce(&Running, &Database) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let stop = stop_on_signals()?;
    let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
    let _logging = start_logging(config, &data)?;
    let _pid = write_pid(config)?;
    let store = Store::open(config, &data).await?;
    let (url, binaries) = store.dumping();
    let process = Arc::new(ThisProcess::new(url, binaries, stop.clone()));
    let edges = Edges { host: Some(process.clone()), ..edges };
    let ended = run_over(config, edges, &store, &data, stop, then).await;
    store.close().await;
    tracing::info!("stopped");
    if ended.is_ok() && process.is_to_start_again() {
        return Err(Failure::other(format!("The service cannot start again: {}", host::start_again())));
    }
    ended
}

async fn run_over(
    config: &Config,
    edges: Edges,
    store: &Store,
    data: &DataDir,
    stop: CancellationToken,
    then: impl AsyncFnOnce(&Running, &Database) -> Result<(), Failure>,
) -> Result<(), Failure> {
    store.upgrade(&data.backups(), edges.clock.now()).await?;
    let running = Running::start(config, store.database.clone(), edges, stop.clone()).await?;
    let first = tokio::select! {
        biased;
        () = stop.cancelled() => Ok(()),
        done = then(&running, &store.database) => done,
    };
    if first.is_err() {
        stop.cancel();
    }
    let ended = running.until_stopped().await;
    first.and(ended)
}

/// A token that SIGTERM, SIGINT and SIGHUP cancel.
fn stop_on_signals() -> Result<CancellationToken, Failure> {
    let token = CancellationToken::new();
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let mut received = signal(kind).map_err(Failure::other)?;
        let token = token.clone();
        tokio::spawn(async move {
            received.recv().await;
            token.cancel();
        });
    }
    Ok(token)
}

fn start_logging(config: &Config, data: &DataDir) -> Result<Logging, Failure> {
    if let Some(url) = &config.database_url
        && let Ok(url) = url::Url::parse(url.expose_secret())
        && let Some(password) = url.password()
    {
        mask::learn(password);
    }
    for (key, value) in config.overrides() {
        if tautulli_services::settings::find(key).is_some_and(|s| s.secret) || key.contains("password") {
            mask::learn(value);
        }
    }
    let logging = Logging::start(config.log, &data.logs()).map_err(Failure::DataDir)?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    Ok(logging)
}

/// The pid file, which goes with its process.
struct PidFile(PathBuf);

impl Drop for PidFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn write_pid(config: &Config) -> Result<Option<PidFile>, Failure> {
    let Some(path) = &config.pidfile else { return Ok(None) };
    std::fs::write(path, format!("{}\n", std::process::id())).map_err(|failure| {
        Failure::other(format!("The pid file {} cannot be written: {failure}", path.display()))
    })?;
    Ok(Some(PidFile(path.clone())))
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
    let _logging = start_logging(config, &data)?;
    let store = Store::open(config, &data).await?;
    let done = store.upgrade(&data.backups(), Edges::default().clock.now()).await;
    store.close().await;
    done
}

async fn back_up(config: &Config, file: Option<PathBuf>) -> Result<(), Failure> {
    let now = Edges::default().clock.now();
    let backups = config.data_dir.join("backups");
    let file = file.unwrap_or_else(|| store::dated(&backups, "backup", now));
    let cluster = config.data_dir.join("postgres");
    let elsewhere = config.database_url.as_ref().map(|url| url.expose_secret().to_owned());
    let url = match elsewhere {
        Some(url) => Some(url),
        None => store::running_url(&cluster).await?,
    };
    match url {
        Some(url) => store::dump(&url, &file, config.postgres_bin.as_deref()).await?,
        None => {
            let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
            let store = Store::open(config, &data).await?;
            let done = store.back_up(&file).await;
            store.close().await;
            done?;
        }
    }
    print(&format!("{}\n", file.display()))
}

/// How long a service may take to say that it is well.
const HEALTH_TIME: Duration = Duration::from_secs(5);

async fn check_health(config: &Config) -> Result<(), Failure> {
    let host =
        if config.http.host.is_unspecified() { "127.0.0.1".to_owned() } else { config.http.host.to_string() };
    let path = format!("{}/healthz", config.http.root);
    let ask = ask_status(&host, config.http.port, &path);
    match tokio::time::timeout(HEALTH_TIME, ask).await {
        Ok(Ok(200)) => Ok(()),
        Ok(Ok(status)) => Err(Failure::Unhealthy(format!("the service answers with status {status}"))),
        Ok(Err(failure)) => Err(Failure::Unhealthy(format!("the service does not answer: {failure}"))),
        Err(_) => Err(Failure::Unhealthy("the service does not answer in time".to_owned())),
    }
}

/// One request over a bare connection: a health check needs no client library.
async fn ask_status(host: &str, port: u16, path: &str) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .await?;
    let mut head = Vec::new();
    stream.take(256).read_to_end(&mut head).await?;
    let text = String::from_utf8_lossy(&head);
    let status = text.split_whitespace().nth(1).and_then(|word| word.parse().ok());
    status.ok_or_else(|| std::io::Error::other("this is not an HTTP server"))
}
