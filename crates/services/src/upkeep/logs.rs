//! The service's own log, read back: lines of text or JSON to entries, found, ordered, cut.

use chrono::{DateTime, Utc};
use regex::{Regex, RegexBuilder};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use tautulli_domain::{Error, Result};

pub(super) const NAME: &str = "tautulli.log";
/// What is read at most, from the end of the newest file: the log rotates at five megabytes.
const LIMIT: u64 = 6 * 1024 * 1024;
/// A pattern's automaton may take so much memory.
const PATTERN: usize = 256 * 1024;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogEntry {
    pub at: Option<DateTime<Utc>>,
    /// `ERROR`, `WARN`, `INFO`, `DEBUG`, `TRACE`.
    pub level: String,
    /// The part of the service that says it.
    pub target: String,
    pub message: String,
}

/// What entries may be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogOrder {
    #[default]
    Time,
    Level,
    Target,
    Message,
}

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct LogQuery {
    /// Text in the entry, in any case.
    pub text: String,
    /// A regular expression that must be found in it, in any case; empty: none.
    pub pattern: String,
    pub order: LogOrder,
    pub descending: bool,
    pub offset: usize,
    pub limit: Option<usize>,
}

pub(super) fn read(folder: &Path, query: &LogQuery) -> Result<Vec<LogEntry>> {
    let pattern = pattern(&query.pattern)?;
    let text = query.text.to_lowercase();
    let mut entries: Vec<LogEntry> = parse(&tail(&folder.join(NAME), LIMIT)?);
    entries.retain(|entry| {
        let matches = |words: &str| {
            let plain = text.is_empty() || words.to_lowercase().contains(&text);
            plain && pattern.as_ref().is_none_or(|pattern| pattern.is_match(words))
        };
        [&entry.message, &entry.target, &entry.level].into_iter().any(|words| matches(words))
    });
    match query.order {
        LogOrder::Time => {}
        LogOrder::Level => entries.sort_by(|a, b| a.level.cmp(&b.level)),
        LogOrder::Target => entries.sort_by(|a, b| a.target.cmp(&b.target)),
        LogOrder::Message => entries.sort_by(|a, b| a.message.cmp(&b.message)),
    }
    if query.descending {
        entries.reverse();
    }
    Ok(entries.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect())
}

fn pattern(text: &str) -> Result<Option<Regex>> {
    if text.is_empty() {
        return Ok(None);
    }
    let built = RegexBuilder::new(text).case_insensitive(true).size_limit(PATTERN).build();
    built.map(Some).map_err(|_| Error::invalid("The pattern is no regular expression"))
}

/// The end of a file, from the beginning of a line on. A file that is not there is empty.
pub(super) fn tail(path: &Path, limit: u64) -> Result<String> {
    let read = || -> std::io::Result<String> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let from = size.saturating_sub(limit);
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(limit).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(match text.split_once('\n') {
            Some((_, rest)) if from > 0 => rest.to_owned(),
            _ => text,
        })
    };
    match read() {
        Err(failure) if failure.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|failure| Error::unavailable("The log cannot be read").because(failure)),
    }
}

fn parse(text: &str) -> Vec<LogEntry> {
    let mut entries: Vec<LogEntry> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match entry(line) {
            Some(entry) => entries.push(entry),
            // What goes on over several lines belongs to the entry before.
            None => match entries.last_mut() {
                Some(last) => {
                    last.message.push('\n');
                    last.message.push_str(line);
                }
                None => entries.push(LogEntry { message: line.to_owned(), ..LogEntry::default() }),
            },
        }
    }
    entries
}

fn entry(line: &str) -> Option<LogEntry> {
    if line.starts_with('{') {
        return of_json(line);
    }
    let (at, rest) = line.split_once(' ')?;
    let at = DateTime::parse_from_rfc3339(at).ok()?.to_utc();
    let (level, rest) = rest.trim_start().split_once(' ')?;
    let (target, message) = rest.split_once(": ").unwrap_or(("", rest));
    Some(LogEntry {
        at: Some(at),
        level: level.to_owned(),
        target: target.trim().to_owned(),
        message: message.to_owned(),
    })
}

fn of_json(line: &str) -> Option<LogEntry> {
    let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).ok()?;
    let mut take = |name: &str| match fields.remove(name) {
        Some(serde_json::Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (at, level, target) = (take("timestamp"), take("level"), take("target"));
    let mut message = take("message");
    for (name, value) in fields {
        message.push_str(&format!(" {name}={value}"));
    }
    let at = DateTime::parse_from_rfc3339(&at).ok()?.to_utc();
    Some(LogEntry { at: Some(at), level, target, message: message.trim_start().to_owned() })
}
