//! A file that has been checked and looked over, and the stream of its contents.

use super::people::People;
use super::preparation::Setting;
use super::reader::{self, AHEAD, Portion};
use super::report::TableReport;
use super::{Report, Request};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tautulli_domain::{Error, Result};
use tautulli_import::{STAGED, Source, Survey};
use tokio::sync::mpsc;

pub(super) struct Opened {
    /// One reader at a time; in a lock only so that what has been read of it can be shared meanwhile.
    source: Mutex<Source>,
    /// Rows of the tables that are read one by one, in their order.
    rows: Vec<(&'static str, i64)>,
    pub survey: Survey,
    pub people: People,
    pub name: String,
    /// Bytes.
    pub size: i64,
}

impl Opened {
    /// Opens a file on a thread where waiting for a disk holds nobody up.
    pub(super) async fn open(path: PathBuf) -> Result<Self> {
        tokio::task::spawn_blocking(move || Self::of(&path)).await.map_err(Error::internal)?
    }

    fn of(path: &Path) -> Result<Self> {
        let source = Source::open(path)?;
        let integrity = std::thread::spawn(source.integrity());
        let looked = Self::look_over(source, path);
        // What is damaged fails the look as well, and says less about it.
        let whole =
            integrity.join().map_err(|_| Error::internal("the check of the file ended in the middle"))?;
        whole.and(looked)
    }

    fn look_over(source: Source, path: &Path) -> Result<Self> {
        let mut rows = Vec::new();
        for name in Source::history_tables().into_iter().take(1).chain(STAGED.iter().map(|table| table.name))
        {
            rows.push((name, source.count(name)?));
        }
        let survey = source.survey()?;
        let people = People { users: source.users()?, libraries: source.libraries()? };
        let size = std::fs::metadata(path).map_or(0, |file| file.len());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        Ok(Self { source: Mutex::new(source), rows, survey, people, name, size })
    }

    /// What stays the same in later copies of the file.
    pub(super) fn origin(&self) -> [u8; 32] {
        Sha256::digest(&self.survey.origin).into()
    }

    /// What changes whenever the file does.
    pub(super) fn state(&self) -> [u8; 32] {
        Sha256::digest(&self.survey.state).into()
    }

    /// Names of the accounts in the file.
    pub(super) fn names(&self) -> BTreeMap<i64, String> {
        self.people.users.0.iter().map(|user| (user.account_id, user.username.clone())).collect()
    }

    /// A report of which nothing has been done yet.
    pub(super) fn report(&self, request: &Request, machine_id: &str) -> Report {
        Report {
            file_name: self.name.clone(),
            version: self.survey.version.clone(),
            machine_id: machine_id.to_owned(),
            tables: self.rows.iter().map(|(name, rows)| TableReport::new(name, *rows)).collect(),
            source: self.survey.totals,
            aside: self.survey.aside,
            ..Report::expected(request, false)
        }
    }

    /// What `done` does not have yet, read on a thread of its own; the reading ends when nobody listens.
    pub(super) fn stream(self, setting: Setting, done: Report) -> mpsc::Receiver<Result<Portion>> {
        let (to, portions) = mpsc::channel(AHEAD);
        let source = self.source.into_inner().unwrap_or_else(PoisonError::into_inner);
        tokio::task::spawn_blocking(move || reader::read(&source, &setting, &done, &to));
        portions
    }
}
