//! Asking the service over HTTP, and reading in its database's log what it asked there.

use super::bed::service::{KEY, Service};
use serde_json::{Value, json};
use std::io::{Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// A client that keeps its connection open, as programs do.
pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    pub fn new(service: &Service) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(120)).build().unwrap();
        Self { http, url: format!("http://{}/graphql", service.address) }
    }

    /// The answer's data, and how long it took to the last byte.
    pub async fn ask(&self, document: &str, variables: &Value) -> (Value, Duration) {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let request =
            self.http.post(&self.url).header("x-api-key", KEY).header("content-type", "application/json");
        let begun = Instant::now();
        let bytes = request.body(body).send().await.unwrap().bytes().await.unwrap();
        let took = begun.elapsed();
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        assert!(answer.get("errors").is_none(), "{document} {variables}: {answer}");
        (answer["data"].clone(), took)
    }
}

/// The statements in a piece of the log, with their values written in. Those about who asks are left out.
pub fn statements(log: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for entry in entries(log) {
        if let Some((_, sql)) = entry.split_once("LOG:  execute ").and_then(|(_, rest)| rest.split_once(": "))
        {
            found.push(sql.to_owned());
        } else if let Some((_, values)) = entry.split_once("arameters: ")
            && let Some(last) = found.last_mut()
        {
            *last = filled(last, values);
        }
    }
    found.retain(|sql| sql.contains("SELECT") && !sql.contains("api_keys") && !sql.contains("collectors"));
    found
}

/// Entries begin with the date; their further lines with a tab.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(entry)) => {
                entry.push('\n');
                entry.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// `$1 = 'a''b', $2 = NULL` written into the statement; the highest number first, so that `$1` is not found in `$10`.
fn filled(sql: &str, values: &str) -> String {
    let mut literals = Vec::new();
    let mut rest = values;
    while let Some((_, from)) = rest.split_once(" = ") {
        let end = match from.strip_prefix('\'') {
            Some(quoted) => 2 + closing(quoted),
            None => from.find(',').unwrap_or(from.len()),
        };
        literals.push(&from[..end]);
        rest = &from[end..];
    }
    (1..=literals.len()).rev().fold(sql.to_owned(), |sql, n| {
        let literal = literals[n - 1];
        // A moment without its type would be read as a range beside one.
        let typed =
            if literal.ends_with("+00'") { format!("{literal}::timestamptz") } else { literal.to_owned() };
        sql.replace(&format!("${n}"), &typed)
    })
}

/// Where a quoted text ends: at the first quote that is not doubled.
fn closing(text: &str) -> usize {
    let mut quotes = text.match_indices('\'').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return at;
        }
    }
    text.len()
}

/// What the database's log has grown by.
pub struct Log {
    path: std::path::PathBuf,
    at: u64,
}

impl Log {
    pub fn follow(service: &Service) -> Self {
        let path = service.data.join("postgres/postgres.log");
        let at = std::fs::metadata(&path).unwrap().len();
        Self { path, at }
    }

    /// A log that has become long is put aside, and begins again.
    pub fn grown(&mut self) -> String {
        let mut file = std::fs::File::open(&self.path).unwrap();
        if file.metadata().unwrap().len() < self.at {
            self.at = 0;
        }
        file.seek(SeekFrom::Start(self.at)).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        self.at += u64::try_from(bytes.len()).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
