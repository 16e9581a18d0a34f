//! The command `import`: over the database of a running service, or over one that is started for it.

use super::store::{self, Store};
use super::{Edges, Failure};
use crate::config::{Config, Ini};
use crate::datadir::DataDir;
use crate::import::{Progress, render};
use secrecy::ExposeSecret;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use tautulli_db::{Database, PoolOptions};
use tautulli_domain::{Error, ErrorKind};
use tautulli_services::importer::{Importer, Mode, Outcome, Report, Request};
use tautulli_services::settings::Settings;
use tokio_util::sync::CancellationToken;

/// What the command line asks for.
#[derive(Debug)]
pub struct Wanted {
    pub file: PathBuf,
    pub config_ini: Option<PathBuf>,
    pub overwrite: bool,
    pub recompute_groups: bool,
    pub dry_run: bool,
    pub json: bool,
}

/// Imports and prints the report; `stop` ends it so that the same command goes on later.
pub async fn import(config: &Config, wanted: &Wanted, stop: CancellationToken) -> Result<(), Failure> {
    let request = request(wanted)?;
    let elsewhere = config.database_url.as_ref().map(|url| url.expose_secret().to_owned());
    let url = match elsewhere {
        Some(url) => Some(url),
        None => store::running_url(&config.data_dir.join("postgres")).await?,
    };
    if let Some(url) = url {
        let database = Database::connect(&url, PoolOptions::default()).await.map_err(failed)?;
        if !tautulli_db::migrate::is_current(&database).await.unwrap_or(false) {
            let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
            let store = Store::open(config, &data).await?;
            store.upgrade(&data.backups(), Edges::default().clock.now()).await?;
            store.close().await;
        }
        return over(config, database, wanted, &request, stop).await;
    }
    let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
    let store = Store::open(config, &data).await?;
    let done = match store.upgrade(&data.backups(), Edges::default().clock.now()).await {
        Ok(()) => over(config, store.database.clone(), wanted, &request, stop).await,
        Err(failure) => Err(failure),
    };
    store.close().await;
    done
}

fn request(wanted: &Wanted) -> Result<Request, Failure> {
    let ini = match &wanted.config_ini {
        Some(path) => {
            let missing = || Error::not_found(format!("The file {}", path.display()));
            let ini = Ini::read(path).map_err(Failure::Config)?;
            Some(ini.ok_or_else(missing).map_err(Failure::Config)?.values)
        }
        None => None,
    };
    Ok(Request {
        file: wanted.file.clone(),
        mode: if wanted.overwrite { Mode::Overwrite } else { Mode::Merge },
        recompute_groups: wanted.recompute_groups,
        ini,
    })
}

async fn over(
    config: &Config,
    database: Database,
    wanted: &Wanted,
    request: &Request,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let clock = Edges::default().clock;
    let settings = Settings::load(database.clone(), clock.clone(), config.overrides(), config.ini_values());
    let settings = Arc::new(settings.await.map_err(failed)?);
    let importer = Importer::new(database, settings, clock, config.time_zone.name(), &config.data_dir);
    let mut progress = Progress::on_stderr();
    let mut tell = |_, report: &Report| progress.show(report);
    let ended = match wanted.dry_run {
        true => importer.plan(request, &mut tell, &stop).await,
        false => importer.run(request, &mut tell, &stop).await,
    };
    let Outcome { report, finished, .. } = ended.map_err(failed)?;
    progress.end();
    if !finished {
        return Err(Failure::other(match wanted.dry_run {
            true => "The preview was stopped; nothing was written",
            false => "The import was stopped; the same command goes on where it stopped",
        }));
    }
    print(&report, wanted.json)?;
    if report.matches() {
        return Ok(());
    }
    Err(Failure::other(
        "The database does not have the totals of the file; the report above says where they differ",
    ))
}

fn print(report: &Report, json: bool) -> Result<(), Failure> {
    let text = match json {
        true => serde_json::to_string_pretty(report).map_err(Failure::other)? + "\n",
        false => render(report),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(Failure::other)
}

fn failed(failure: Error) -> Failure {
    match failure.kind() {
        ErrorKind::Unavailable => Failure::Database(failure.to_string()),
        _ => Failure::other(failure),
    }
}
