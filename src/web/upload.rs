//! Taking a database to import: the body of one request becomes a file in the data folder. For administrators alone.

use super::credentials::{Credentials, Gate};
use super::graphql::refusal;
use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::StreamExt;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;

/// Bytes; databases of five million plays are smaller.
const MOST: u64 = 16 * 1024 * 1024 * 1024;
/// For how long an upload may say nothing before it counts as broken off.
const SILENCE: Duration = Duration::from_secs(60);
/// The folder in the data folder, and the file in it. There is one: a new upload takes the place of the one before.
const FOLDER: &str = "imports";
const FILE: &str = "tautulli.db";

/// Where uploads go, one at a time.
#[derive(Debug)]
struct Landing {
    gate: Gate,
    folder: PathBuf,
    most: u64,
    busy: Mutex<()>,
}

/// `POST /import/upload`: the file as the body. Answers with its path in the data folder, for `importDatabase`.
pub fn routes(gate: Gate, data_dir: &Path) -> Router {
    bounded(gate, data_dir, MOST)
}

fn bounded(gate: Gate, data_dir: &Path, most: u64) -> Router {
    let landing = Landing { gate, folder: data_dir.join(FOLDER), most, busy: Mutex::default() };
    Router::new().route("/import/upload", post(take)).with_state(Arc::new(landing))
}

async fn take(State(landing): State<Arc<Landing>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(why) = refusal(&parts, landing.gate.behind_proxy) {
        return said(StatusCode::FORBIDDEN, why);
    }
    let credentials = Credentials::read(&parts.headers, parts.uri.query());
    match landing.gate.viewer(&credentials).await {
        Ok(Some(viewer)) if viewer.may_change() => {}
        Ok(Some(_)) => return said(StatusCode::FORBIDDEN, "You may not do this"),
        _ => return said(StatusCode::UNAUTHORIZED, "Sign in or send an API key"),
    }
    let Ok(_alone) = landing.busy.try_lock() else {
        return said(StatusCode::CONFLICT, "Another upload is running; wait until it has ended");
    };
    match land(&landing, body).await {
        Ok(size) => Json(json!({ "path": format!("{FOLDER}/{FILE}"), "size": size })).into_response(),
        Err(refused) => refused,
    }
}

fn said(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

/// Writes the body beside its place and puts it there when it is whole.
async fn land(landing: &Landing, body: Body) -> Result<u64, Response> {
    let failed = |failure: std::io::Error| {
        tracing::warn!(%failure, "an upload could not be kept");
        said(StatusCode::INSUFFICIENT_STORAGE, "The file could not be kept; is the disk full?")
    };
    tokio::fs::create_dir_all(&landing.folder).await.map_err(failed)?;
    let partial = landing.folder.join("upload.part");
    let written = write(&partial, body, landing.most).await;
    match written {
        Ok(size) => {
            tokio::fs::rename(&partial, landing.folder.join(FILE)).await.map_err(failed)?;
            Ok(size)
        }
        Err(refused) => {
            let _ = tokio::fs::remove_file(&partial).await;
            Err(refused.into_answer(failed))
        }
    }
}

/// Why a body was not written: an answer for the client, or a failure of ours.
enum Refused {
    Answer(Response),
    Failure(std::io::Error),
}

impl Refused {
    fn into_answer(self, failed: impl FnOnce(std::io::Error) -> Response) -> Response {
        match self {
            Self::Answer(answer) => answer,
            Self::Failure(failure) => failed(failure),
        }
    }
}

async fn write(path: &Path, body: Body, most: u64) -> Result<u64, Refused> {
    let mut file = tokio::fs::OpenOptions::new();
    file.write(true).create(true).truncate(true).mode(0o600);
    let mut file = file.open(path).await.map_err(Refused::Failure)?;
    let mut size = 0;
    let mut pieces = body.into_data_stream();
    loop {
        let piece = match tokio::time::timeout(SILENCE, pieces.next()).await {
            Ok(None) => break,
            Ok(Some(Ok(piece))) => piece,
            Ok(Some(Err(_))) | Err(_) => {
                let message = "The upload broke off; send it again";
                return Err(Refused::Answer(said(StatusCode::BAD_REQUEST, message)));
            }
        };
        size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if size > most {
            let message = format!("The file is larger than {most} bytes, the most that is taken");
            return Err(Refused::Answer(said(StatusCode::PAYLOAD_TOO_LARGE, &message)));
        }
        file.write_all(&piece).await.map_err(Refused::Failure)?;
    }
    file.sync_all().await.map_err(Refused::Failure)?;
    Ok(size)
}
