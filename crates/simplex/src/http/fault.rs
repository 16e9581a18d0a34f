//! Owns the HTTP faults a server can be told to have.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use regex::Regex;

use super::Peer;
use crate::clock::wait;

/// The largest answer a fault will spoil; larger ones pass.
const MOST: usize = 1 << 26;

/// A list without rows, whoever plays.
const NOBODY: &str = r#"<?xml version="1.0" encoding="UTF-8"?><MediaContainer size="0"></MediaContainer>"#;

/// Well-formed, and nothing in it is what it should be.
const NONSENSE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><MediaContainer size="many"><Video/>
<Video sessionKey="" type="movie" viewOffset="soon"><User/><Player state="dancing"/></Video>
<Video sessionKey="none" ratingKey="-1" type="" duration="NaN"><Media><Media/></Media><Session id=""/></Video>
<Track sessionKey="18446744073709551616" type="track"><User id="x"/></Track><MediaContainer/></MediaContainer>"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Status(StatusCode),
    Hang,
    Slow,
    Malformed,
    Truncated,
    Empty,
    Html,
    WrongType,
    Reset,
    Nobody,
    Nonsense,
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "hang" => Self::Hang,
            "slow" => Self::Slow,
            "malformed" => Self::Malformed,
            "truncated" | "cut" => Self::Truncated,
            "empty" => Self::Empty,
            "html" => Self::Html,
            "wrong-type" | "wrong-content" => Self::WrongType,
            "reset" | "close" => Self::Reset,
            "nobody" => Self::Nobody,
            "nonsense" => Self::Nonsense,
            digits => {
                Self::Status(digits.parse::<u16>().ok().and_then(|code| StatusCode::from_u16(code).ok())?)
            }
        })
    }
}

/// What to spoil: ends after `count` hits or `seconds` (of the wall); `path` is a regular expression.
#[derive(Debug, Clone)]
pub(crate) struct FaultSpec {
    pub mode: String,
    pub path: String,
    pub count: Option<u64>,
    pub seconds: Option<f64>,
    pub delay: f64,
}

#[derive(Debug)]
struct Fault {
    spec: FaultSpec,
    mode: Mode,
    path: Regex,
    since: Instant,
    hits: u64,
}

impl Fault {
    fn is_live(&self) -> bool {
        let worn = self.spec.count.is_some_and(|count| self.hits >= count);
        let late = self.spec.seconds.is_some_and(|seconds| self.since.elapsed().as_secs_f64() > seconds);
        !worn && !late
    }
}

/// The faults of one server; the first that fits applies.
#[derive(Debug, Default)]
pub(crate) struct FaultBox(Mutex<Vec<Fault>>);

impl FaultBox {
    fn faults(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault, or says what is wrong with it.
    pub(crate) fn add(&self, spec: FaultSpec) -> Result<(), String> {
        let mode = Mode::parse(&spec.mode).ok_or_else(|| format!("unknown fault {:?}", spec.mode))?;
        let path = Regex::new(&spec.path).map_err(|error| error.to_string())?;
        self.faults().push(Fault { spec, mode, path, since: Instant::now(), hits: 0 });
        Ok(())
    }

    pub(crate) fn clear(&self) -> usize {
        self.faults().drain(..).count()
    }

    pub(crate) fn modes(&self) -> Vec<String> {
        self.faults().iter().map(|fault| fault.spec.mode.clone()).collect()
    }

    /// How often the faults that are there were met.
    pub(crate) fn hits(&self) -> u64 {
        self.faults().iter().map(|fault| fault.hits).sum()
    }

    fn hit(&self, path: &str) -> Option<(Mode, FaultSpec)> {
        let mut faults = self.faults();
        faults.retain(Fault::is_live);
        let fault = faults.iter_mut().find(|fault| fault.path.is_match(path))?;
        fault.hits += 1;
        Some((fault.mode, fault.spec.clone()))
    }

    /// The middleware: spoils the answer, or lets it pass.
    pub(crate) async fn apply(State(faults): State<Arc<Self>>, request: Request, next: Next) -> Response {
        let Some((mode, spec)) = faults.hit(request.uri().path()) else {
            return next.run(request).await;
        };
        match mode {
            Mode::Status(code) => page(code, "<html><head><title>Error</title></head></html>"),
            Mode::Hang => {
                tokio::time::sleep(wait(spec.seconds.unwrap_or(3600.0))).await;
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
            Mode::Slow => {
                tokio::time::sleep(wait(spec.delay)).await;
                next.run(request).await
            }
            Mode::Reset => {
                if let Some(ConnectInfo(Peer { line: Some(line) })) =
                    request.extensions().get::<ConnectInfo<Peer>>()
                {
                    line.reset();
                }
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
            Mode::Empty => typed("text/xml", Bytes::new()),
            Mode::Html => {
                page(StatusCode::OK, "<html><body>Plex Media Server is starting up. &nbsp;</body></html>")
            }
            Mode::Nobody => typed("text/xml", NOBODY.into()),
            Mode::Nonsense => typed("text/xml", NONSENSE.into()),
            Mode::Malformed | Mode::WrongType | Mode::Truncated => {
                let (_, body) = next.run(request).await.into_parts();
                spoil(mode, to_bytes(body, MOST).await.unwrap_or_default())
            }
        }
    }
}

fn page(status: StatusCode, body: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}

fn typed(kind: &'static str, body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

fn spoil(mode: Mode, body: Bytes) -> Response {
    match mode {
        Mode::Malformed => {
            let text = String::from_utf8_lossy(&body).replacen("/>", ">", 1).replacen("=\"", "=\"&bad;", 1);
            typed("text/xml", text.into())
        }
        Mode::Truncated => truncated(body),
        _ => typed("application/octet-stream", body),
    }
}

/// Promises the whole length, sends half, and ends the connection.
fn truncated(body: Bytes) -> Response {
    let whole = body.len();
    let half = body.slice(..whole / 2);
    let pieces = stream::unfold(Some(half), |piece| async move {
        match piece {
            Some(piece) => Some((Ok(piece), None)),
            None => {
                // what was written is flushed while the body is pending, and is lost when it fails at once
                tokio::time::sleep(wait(0.02)).await;
                Some((Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted)), None))
            }
        }
    });
    let headers =
        [(header::CONTENT_TYPE, "text/xml".to_owned()), (header::CONTENT_LENGTH, whole.to_string())];
    (headers, Body::from_stream(pieces)).into_response()
}
