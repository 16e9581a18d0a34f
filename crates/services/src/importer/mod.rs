//! Bringing the history of another installation here: previewed, resumable, told about while it runs, and reconciled in the end.
//!
//! The file is read by `tautulli-import` on a thread of its own; what it gives is written portion by portion, each in one
//! transaction with the mark of how far the import has got. Whatever kills it, the next run goes on after the last mark.

mod aftermath;
mod elsewhere;
mod opened;
mod people;
mod place;
mod plan;
mod preparation;
mod reader;
mod report;
mod run;
mod server;
mod watch;
mod writer;

pub use place::inside;
pub use report::{Report, TableReport};
pub use tautulli_import::Totals;
pub use watch::Status;

use crate::settings::Settings;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tautulli_db::Database;
use tautulli_db::imports::Import;
use tautulli_domain::{Error, Result, SharedClock};
use tokio::sync::{oneshot, watch as channel};
use tokio_util::sync::CancellationToken;

/// What becomes of the history that is here already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It stays.
    #[default]
    Merge,
    /// That of the same media server is replaced, in the moment in which the import ends.
    Overwrite,
}

impl Mode {
    pub fn name(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Overwrite => "overwrite",
        }
    }
}

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub file: PathBuf,
    pub mode: Mode,
    /// Work out which plays belong together by our rules instead of keeping what was recorded.
    pub recompute_groups: bool,
    /// The values of a `config.ini` to take over, by lower-case key.
    pub ini: Option<BTreeMap<String, String>>,
}

/// An import as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRecord {
    pub id: i64,
    /// `running`, `stopped`, `failed` or `done`.
    pub state: String,
    /// Why it failed, for people; empty where it did not.
    pub problem: String,
    pub report: Report,
    pub started_at: chrono::DateTime<chrono::Utc>,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub finished_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl From<Import> for ImportRecord {
    fn from(import: Import) -> Self {
        let said = import.report.unwrap_or(import.progress);
        Self {
            id: import.id,
            state: import.state,
            problem: import.problem,
            report: serde_json::from_value(said).unwrap_or_default(),
            started_at: import.started_at,
            updated_at: import.updated_at,
            finished_at: import.finished_at,
        }
    }
}

/// What a client asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The file, as a path in the data folder.
    pub path: &'a str,
    pub mode: Mode,
    pub recompute_groups: bool,
    /// Write nothing; tell what would come of it.
    pub dry_run: bool,
}

/// What came of a client's question.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    Begun(Box<ImportRecord>),
    /// A preview, or an import whose file is still being checked.
    Told(Arc<Status>),
}

/// How an import or a preview ended; a preview has no number.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub id: i64,
    pub report: Report,
    /// False when it was stopped before its end; the next run of the same goes on.
    pub finished: bool,
}

/// Imports, one at a time.
#[derive(Debug)]
pub struct Importer {
    database: Database,
    settings: Arc<Settings>,
    clock: SharedClock,
    /// IANA name of the zone whose days statistics count.
    zone: String,
    /// Where files that clients name must lie.
    folder: PathBuf,
    running: watch::Running,
}

/// The most imports that are listed.
const MOST: i64 = 100;

/// How long whoever wants to wait does: well within the time that a question may take.
const PATIENCE: Duration = Duration::from_secs(5);

impl Importer {
    pub fn new(
        database: Database,
        settings: Arc<Settings>,
        clock: SharedClock,
        zone: &str,
        folder: &Path,
    ) -> Self {
        Self {
            database,
            settings,
            clock,
            zone: zone.to_owned(),
            folder: folder.to_owned(),
            running: watch::Running::default(),
        }
    }

    /// Does what a client asks for: begins an import or a preview, which goes on by itself. With `patient` it is waited for a while:
    /// for an import to begin, for a preview to end.
    ///
    /// # Errors
    /// `Invalid` for a path that leaves the data folder. Where it is known by then: `Conflict` while another import runs; `NotFound`
    /// and `Invalid` for a file that is none of Tautulli's.
    pub async fn ask(self: &Arc<Self>, wish: Wish<'_>, patient: bool) -> Result<Asked> {
        let Wish { path, mode, recompute_groups, dry_run } = wish;
        let file = inside(&self.folder, path)?;
        let request = Request { file, mode, recompute_groups, ini: None };
        let (mut told, mut failure) = self.launch(request, dry_run);
        if patient {
            let known = told.wait_for(|status| status.is_over() || status.has_begun());
            let _ = tokio::time::timeout(PATIENCE, known).await;
        }
        if let Ok(failure) = failure.try_recv() {
            return Err(failure);
        }
        let status = told.borrow().clone();
        self.stands(status).await
    }

    /// Begins it. What makes it fail is told as text to those who watch, and whole to the caller.
    fn launch(
        self: &Arc<Self>,
        request: Request,
        dry_run: bool,
    ) -> (channel::Receiver<Arc<Status>>, oneshot::Receiver<Error>) {
        let (importer, cancel) = (self.clone(), CancellationToken::new());
        let (ticket, told) = self.running.begin(&cancel, Report::expected(&request, dry_run));
        let (said, failure) = oneshot::channel();
        tokio::spawn(async move {
            let mut tell = |id: i64, report: &Report| importer.running.tell(ticket, id, report);
            let work = async {
                match dry_run {
                    true => importer.plan(&request, &mut tell, &cancel).await,
                    false => importer.run(&request, &mut tell, &cancel).await,
                }
            };
            // Whatever happens, it is over then: what runs for ever could neither be stopped nor begun again.
            let ended = AssertUnwindSafe(work).catch_unwind().await;
            let ended = ended.unwrap_or_else(|_| Err(Error::internal("an import broke off by a panic")));
            if let Err(failure) = &ended {
                tracing::warn!(%failure, "an import failed");
                let _ = said.send(failure.clone());
            }
            importer.running.end(ticket, &ended);
        });
        (told, failure)
    }

    /// Stops a running import or preview of this process and waits until it has stopped; an import can be gone on with.
    pub async fn stop(&self, id: i64) -> Result<Asked> {
        let watched = self.running.watch(id).filter(|_| self.running.stop(id));
        let Some(mut watched) = watched else {
            return Err(Error::not_found("A running import with this id"));
        };
        // Nobody who could tell is left when it is over.
        let _ = watched.wait_for(|status| status.is_over()).await;
        let status = watched.borrow().clone();
        self.stands(status).await
    }

    /// What has a number that lasts is as the database has it.
    async fn stands(&self, status: Arc<Status>) -> Result<Asked> {
        if !status.has_begun() {
            return Ok(Asked::Told(status));
        }
        let record = self.record(status.id).await?;
        record.ok_or_else(|| Error::not_found("An import with this id"))
    }

    async fn record(&self, id: i64) -> Result<Option<Asked>> {
        let mut conn = self.database.conn().await?;
        let found = tautulli_db::imports::get(&mut conn, id).await?;
        Ok(found.map(|import| Asked::Begun(Box::new(import.into()))))
    }

    /// What is told of a running import or preview of this process: the newest is always there.
    pub fn watch(&self, id: i64) -> Option<channel::Receiver<Arc<Status>>> {
        self.running.watch(id)
    }

    /// One import, or a preview of this process, as it stands.
    pub async fn find(&self, id: i64) -> Result<Option<Asked>> {
        match self.running.told(id) {
            Some(status) => self.stands(status).await.map(Some),
            None => self.record(id).await,
        }
    }

    /// The newest imports.
    pub async fn list(&self) -> Result<Vec<ImportRecord>> {
        let mut conn = self.database.conn().await?;
        let imports = tautulli_db::imports::list(&mut conn, MOST).await?;
        Ok(imports.into_iter().map(Into::into).collect())
    }
}
