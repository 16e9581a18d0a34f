//! The media server's logs, where their folder is within reach.

use super::logs::{LogEntry, tail};
use chrono::NaiveDateTime;
use std::path::Path;
use tautulli_domain::Result;

/// Bytes from the end that are looked at.
const LIMIT: u64 = 8 * 1024 * 1024;

/// Which log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlexLogKind {
    Server,
    Scanner,
}

impl PlexLogKind {
    pub(super) fn file_name(self) -> &'static str {
        match self {
            Self::Server => "Plex Media Server.log",
            Self::Scanner => "Plex Media Scanner.log",
        }
    }
}

/// The last lines, oldest first.
pub(super) fn read(path: &Path, lines: usize) -> Result<Vec<LogEntry>> {
    let text = tail(path, LIMIT)?;
    let all: Vec<LogEntry> = text.lines().filter_map(entry).collect();
    let from = all.len().saturating_sub(lines);
    Ok(all.into_iter().skip(from).collect())
}

/// `Jun 15, 2026 20:30:02.123 [140] INFO - Request: …`; what looks otherwise is passed over.
fn entry(line: &str) -> Option<LogEntry> {
    let (at, rest) = line.split_once(" [")?;
    let at = NaiveDateTime::parse_from_str(at, "%b %d, %Y %H:%M:%S%.f").ok()?.and_utc();
    let (_, rest) = rest.split_once("] ")?;
    let (level, message) = rest.split_once(" - ")?;
    Some(LogEntry {
        at: Some(at),
        level: level.trim().to_owned(),
        target: String::new(),
        message: message.to_owned(),
    })
}
