//! The folder for backups: what files in it are called, and which of those that were made by schedule are too old (OPS-02).

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use std::path::{Path, PathBuf};

/// What is backed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Database,
    Settings,
}

/// Why it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Somebody asked for it. Such a file is kept until somebody removes it.
    Asked,
    /// It was time.
    Scheduled,
}

const STAMP: &str = "%Y%m%d-%H%M%S";
const SCHEDULED: &str = "-sched";

pub(super) fn stamp(now: DateTime<Utc>) -> impl std::fmt::Display {
    now.format(STAMP)
}

impl Content {
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Database => ("tautulli-", ".dump"),
            Self::Settings => ("config.backup-", ".ini"),
        }
    }

    /// The name of a backup.
    pub(super) fn name(self, occasion: Occasion, now: DateTime<Utc>) -> String {
        let (before, after) = self.around();
        let occasion = match (occasion, self) {
            (Occasion::Scheduled, _) => SCHEDULED,
            (Occasion::Asked, Self::Database) => "-api",
            (Occasion::Asked, Self::Settings) => "",
        };
        format!("{before}{}{occasion}{after}", stamp(now))
    }

    /// When the scheduled backup of a name was made; `None` for any other file.
    fn scheduled_at(self, name: &str) -> Option<DateTime<Utc>> {
        let (before, after) = self.around();
        let stamp = name.strip_prefix(before)?.strip_suffix(after)?.strip_suffix(SCHEDULED)?;
        Some(NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc())
    }
}

/// The least that must be free before a backup, in bytes, and how many times the newest one.
const LEAST_ROOM: u64 = 64 << 20;
const TIMES_NEWEST: u64 = 2;

/// Bytes that are missing before another backup should be written: a full disk would stop the database that is backed up.
pub(super) fn missing_room(folder: &Path, content: Content) -> std::io::Result<u64> {
    let newest = scheduled(folder, content, "")?.pop().map(|(_, path)| path.metadata()).transpose()?;
    let wanted = newest.map_or(0, |file| file.len()).saturating_mul(TIMES_NEWEST).max(LEAST_ROOM);
    let disk = rustix::fs::statvfs(folder)?;
    Ok(wanted.saturating_sub(disk.f_bavail.saturating_mul(disk.f_frsize)))
}

/// What a backup is called while it is being written.
const PARTIAL: &str = ".partial";

/// Removes scheduled backups from before so many days, and what is left of those that were cut short; the newest is never removed.
/// Not while one is being written. Gives how many there were.
pub(super) fn remove_old(
    folder: &Path,
    content: Content,
    days: i64,
    now: DateTime<Utc>,
) -> std::io::Result<usize> {
    let mut made = scheduled(folder, content, "")?;
    made.pop();
    let oldest = now.checked_sub_signed(Duration::days(days.clamp(1, 36_500))).unwrap_or(now);
    let old = made.into_iter().filter(|(at, _)| *at < oldest).chain(scheduled(folder, content, PARTIAL)?);
    let mut removed = 0;
    for (_, path) in old {
        std::fs::remove_file(path)?;
        removed += 1;
    }
    Ok(removed)
}

/// The scheduled backups whose names end like this, oldest first.
fn scheduled(folder: &Path, content: Content, end: &str) -> std::io::Result<Vec<(DateTime<Utc>, PathBuf)>> {
    let mut made = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().and_then(|name| name.strip_suffix(end));
        let at = name.and_then(|name| content.scheduled_at(name));
        if let Some(at) = at {
            made.push((at, entry.path()));
        }
    }
    made.sort();
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_scheduled_backups_of_the_kind_are_removed_and_never_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let day = |day| Utc.with_ymd_and_hms(2026, 6, day, 3, 0, 0).unwrap();
        let kept = [
            Content::Database.name(Occasion::Asked, day(1)),
            Content::Settings.name(Occasion::Scheduled, day(1)),
            "tautulli-before-upgrade-20260601-030000.dump".to_owned(),
            "tautulli-nonsense-sched.dump".to_owned(),
            "pg_dump.log".to_owned(),
        ];
        for name in &kept {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        for n in 1..=5 {
            let name = Content::Database.name(Occasion::Scheduled, day(n));
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let cut_short = Content::Database.name(Occasion::Scheduled, day(5)) + PARTIAL;
        std::fs::write(folder.path().join(cut_short), "").unwrap();
        assert_eq!(remove_old(folder.path(), Content::Database, 3, day(6)).unwrap(), 3);
        let mut left: Vec<_> = kept.to_vec();
        left.extend((3..=5).map(|n| Content::Database.name(Occasion::Scheduled, day(n))));
        left.sort();
        assert_eq!(names(folder.path()), left);
        // Nothing was made for a month.
        assert_eq!(remove_old(folder.path(), Content::Database, 3, day(30)).unwrap(), 2);
        left.retain(|name| !name.contains("-20260603-") && !name.contains("-20260604-"));
        assert_eq!(names(folder.path()), left);
        assert_eq!(
            remove_old(folder.path(), Content::Settings, 0, day(30)).unwrap(),
            0,
            "the only one stays"
        );
    }

    #[test]
    fn more_room_is_wanted_than_the_newest_backup_takes() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(missing_room(folder.path(), Content::Database).unwrap(), 0);
        let at = Utc.with_ymd_and_hms(2026, 6, 1, 3, 0, 0).unwrap();
        let file = std::fs::File::create(folder.path().join(Content::Database.name(Occasion::Scheduled, at)));
        // Sparse: it has the size of a large disk and takes nothing.
        file.unwrap().set_len(1 << 43).unwrap();
        assert!(missing_room(folder.path(), Content::Database).unwrap() > 1 << 43);
        assert_eq!(missing_room(folder.path(), Content::Settings).unwrap(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        assert!(remove_old(&missing, Content::Database, 3, DateTime::UNIX_EPOCH).is_err());
    }
}
