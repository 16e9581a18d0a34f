//! For this crate's tests only: recorded answers, and a server that gives them.

use crate::{Connection, Identity, MediaServer};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

pub(crate) const TOKEN: &str = "a-very-secret-token";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// A recorded answer by its path below `fixtures/`.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Every recorded XML and JSON answer with its path.
pub(crate) fn all_fixtures() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "xml" || e == "json") {
                found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 80, "the fixtures are gone: {}", found.len());
    found
}

/// A request as the stub saw it; header names are lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub line: String,
    pub headers: HashMap<String, String>,
}

type Answers = HashMap<String, (u16, &'static str, Vec<u8>)>;

/// Answers by path (without the query); what it does not know is 404.
#[derive(Debug)]
pub(crate) struct Stub {
    pub url: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Stub {
    pub async fn start(
        answers: impl IntoIterator<Item = (&'static str, (u16, &'static str, Vec<u8>))>,
    ) -> Self {
        let answers: Arc<Answers> = Arc::new(answers.into_iter().map(|(p, a)| (p.to_owned(), a)).collect());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answers.clone(), log.clone()));
            }
        });
        Self { url, seen }
    }

    /// XML files by path.
    pub async fn of_files(files: &[(&'static str, &str)]) -> Self {
        Self::start(files.iter().map(|(path, name)| (*path, (200, "text/xml", fixture(name))))).await
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn server(&self) -> MediaServer {
        server(self.url.clone())
    }
}

async fn serve(stream: TcpStream, answers: Arc<Answers>, log: Arc<Mutex<Vec<Seen>>>) {
    let mut stream = BufReader::new(stream);
    while let Some(seen) = read_request(&mut stream).await {
        let path =
            seen.line.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
        log.lock().unwrap().push(seen);
        let missing = (404, "text/html", b"<html><body>404</body></html>".to_vec());
        let (status, mime, body) = answers.get(&path).unwrap_or(&missing);
        let head =
            format!("HTTP/1.1 {status} X\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\r\n", body.len());
        if stream.write_all(head.as_bytes()).await.is_err() || stream.write_all(body).await.is_err() {
            return;
        }
    }
}

async fn read_request(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut seen = Seen::default();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim_end();
        if seen.line.is_empty() {
            seen.line = line.to_owned();
        } else if let Some((name, value)) = line.split_once(": ") {
            seen.headers.insert(name.to_lowercase(), value.to_owned());
        } else {
            return Some(seen);
        }
    }
}

pub(crate) fn server(url: Url) -> MediaServer {
    let connection =
        Connection { timeout: Duration::from_secs(5), ..Connection::new(url, TOKEN.to_owned().into()) };
    let identity = Identity { product: "Monitor".to_owned(), ..Identity::default() };
    MediaServer::new(&connection, &identity, 7).unwrap().retry_at_once()
}

/// A document spoiled at some places: bytes changed, cut out, doubled, the end cut off.
pub(crate) fn spoil(mut bytes: Vec<u8>, wounds: &[(usize, u8, u8)]) -> Vec<u8> {
    for (place, how, byte) in wounds {
        if bytes.is_empty() {
            break;
        }
        let at = place % bytes.len();
        match how % 5 {
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.drain(at..(at + usize::from(*byte)).min(bytes.len()))),
            3 => bytes.extend_from_within(at..(at + usize::from(*byte)).min(bytes.len())),
            _ => bytes.truncate(at),
        }
    }
    bytes
}
