//! Where a demo keeps what it keeps: a temporary folder, or one that was named and holds nothing but a demo.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tautulli_domain::{Error, Result};
use tempfile::TempDir;

/// Its presence says that a folder is a demo's; its content, which history was made.
const MARK: &str = "demo.json";

/// What history a folder holds. Equal ones are equal histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    pub seed: u64,
    /// The "now" that it was made for.
    pub made_at: DateTime<Utc>,
    /// Whether all of it is written.
    pub complete: bool,
}

#[derive(Debug)]
enum Place {
    Temporary(TempDir),
    Named(PathBuf),
}

/// The folder of one demo. A temporary one goes when this is dropped.
#[derive(Debug)]
pub struct Folder {
    place: Place,
    pub edition: Edition,
}

impl Folder {
    /// A new temporary folder, or the named one.
    ///
    /// # Errors
    /// `Invalid` when the named folder holds anything but a demo: real data must never be touched.
    pub fn open(named: Option<&str>, seed: u64, now: DateTime<Utc>) -> Result<Self> {
        let fresh = Edition { seed, made_at: now, complete: false };
        let Some(named) = named else {
            let dir = temporary().map_err(|failure| unusable(&std::env::temp_dir(), &failure))?;
            return Ok(Self { place: Place::Temporary(dir), edition: fresh });
        };
        let path = std::path::absolute(named).map_err(|failure| unusable(Path::new(named), &failure))?;
        let edition = match read_mark(&path) {
            Some(known) => known,
            None if is_empty(&path) => fresh,
            None => {
                return Err(Error::invalid(format!(
                    "{} holds something that is not a demo; name an empty folder with --datadir",
                    path.display()
                )));
            }
        };
        let folder = Self { place: Place::Named(path), edition };
        folder.mark()?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        match &self.place {
            Place::Temporary(dir) => dir.path(),
            Place::Named(path) => path,
        }
    }

    pub fn is_temporary(&self) -> bool {
        matches!(self.place, Place::Temporary(_))
    }

    /// Notes that the history is written whole.
    pub fn complete(&mut self) -> Result<()> {
        self.edition.complete = true;
        self.mark()
    }

    fn mark(&self) -> Result<()> {
        let Place::Named(path) = &self.place else { return Ok(()) };
        let Edition { seed, made_at, complete } = self.edition;
        let text = json!({ "seed": seed, "made_at": made_at, "complete": complete }).to_string();
        let written = fs::create_dir_all(path).and_then(|()| fs::write(path.join(MARK), text));
        written.map_err(|failure| unusable(path, &failure))
    }
}

fn unusable(path: &Path, failure: &io::Error) -> Error {
    Error::invalid(format!("The folder {} cannot be used: {failure}", path.display()))
}

/// PostgreSQL may run as a user of its own and must get through to its part.
fn temporary() -> io::Result<TempDir> {
    let dir = tempfile::Builder::new().prefix("tautulli-demo-").tempdir()?;
    if rustix::process::geteuid().is_root() {
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711))?;
    }
    Ok(dir)
}

fn is_empty(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(failure) => failure.kind() == io::ErrorKind::NotFound,
    }
}

fn read_mark(path: &Path) -> Option<Edition> {
    let text = fs::read_to_string(path.join(MARK)).ok()?;
    let mark: Value = serde_json::from_str(&text).ok()?;
    Some(Edition {
        seed: mark.get("seed")?.as_u64()?,
        made_at: mark.get("made_at")?.as_str()?.parse().ok()?,
        complete: mark.get("complete")?.as_bool()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_data_is_refused_and_a_demo_is_known_again() {
        let home = tempfile::tempdir().unwrap();
        let now = DateTime::UNIX_EPOCH;
        let real = home.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::write(real.join("config.ini"), "").unwrap();
        assert!(Folder::open(real.to_str(), 1, now).is_err());
        let mine = home.path().join("mine");
        let mut first = Folder::open(mine.to_str(), 1, now).unwrap();
        first.complete().unwrap();
        let again = Folder::open(mine.to_str(), 2, now + chrono::Duration::days(9)).unwrap();
        assert_eq!(again.edition, Edition { seed: 1, made_at: now, complete: true });
    }

    #[test]
    fn a_temporary_folder_goes() {
        let folder = Folder::open(None, 1, DateTime::UNIX_EPOCH).unwrap();
        let path = folder.path().to_owned();
        assert!(path.is_dir());
        drop(folder);
        assert!(!path.exists());
    }
}
