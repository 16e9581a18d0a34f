//! Logs read back.

use super::logs::{LogEntry, LogOrder, LogQuery, NAME, read};
use super::plex_logs;
use proptest::prelude::*;
use std::fs;

const LINES: &str = "2026-06-15T18:30:02.000001Z  INFO tautulli::boot: listening address=127.0.0.1:8181
2026-06-15T18:30:03.000001Z  WARN tautulli_services::events: the web server: slow
  and more of it
{\"timestamp\":\"2026-06-15T18:30:04Z\",\"level\":\"DEBUG\",\"message\":\"answered\",\"status\":200,\"target\":\"tautulli::web\"}
";

fn found(query: &LogQuery) -> Vec<LogEntry> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(NAME), LINES).unwrap();
    read(folder.path(), query).unwrap()
}

#[test]
fn lines_become_entries() {
    let entries = found(&LogQuery::default());
    let told: Vec<_> =
        entries.iter().map(|e| (e.level.as_str(), e.target.as_str(), e.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("INFO", "tautulli::boot", "listening address=127.0.0.1:8181"),
            ("WARN", "tautulli_services::events", "the web server: slow\n  and more of it"),
            ("DEBUG", "tautulli::web", "answered status=200"),
        ]
    );
}

#[test]
fn entries_are_found_ordered_and_cut() {
    let levels = |query: LogQuery| found(&query).into_iter().map(|entry| entry.level).collect::<Vec<_>>();
    assert_eq!(levels(LogQuery { text: "WEB".to_owned(), ..LogQuery::default() }), ["WARN", "DEBUG"]);
    assert_eq!(levels(LogQuery { pattern: "web ?server".to_owned(), ..LogQuery::default() }), ["WARN"]);
    let order = LogQuery { order: LogOrder::Level, descending: true, ..LogQuery::default() };
    assert_eq!(levels(order.clone()), ["WARN", "INFO", "DEBUG"]);
    assert_eq!(levels(LogQuery { offset: 1, limit: Some(1), ..order }), ["INFO"]);
}

#[test]
fn what_is_no_pattern_is_refused_and_a_missing_log_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let bad = LogQuery { pattern: "(".to_owned(), ..LogQuery::default() };
    assert!(read(folder.path(), &bad).is_err());
    let huge = LogQuery { pattern: "(a{1000}){1000}".to_owned(), ..LogQuery::default() };
    assert!(read(folder.path(), &huge).is_err());
    assert_eq!(read(folder.path(), &LogQuery::default()).unwrap(), []);
}

#[test]
fn lines_of_the_media_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plex Media Server.log");
    let text = "Jun 15, 2026 20:30:02.123 [140] INFO - one\nnonsense\nJun 15, 2026 20:30:03.001 [0x7f] DEBUG - two - three\n";
    fs::write(&path, text).unwrap();
    let entries = plex_logs::read(&path, 1).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].level.as_str(), entries[0].message.as_str()), ("DEBUG", "two - three"));
}

proptest! {
    #[test]
    fn any_log_is_read(text in "(?s).{0,300}") {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), &text).unwrap();
        let entries = read(folder.path(), &LogQuery::default()).unwrap();
        prop_assert!(entries.len() <= text.lines().count());
    }
}
