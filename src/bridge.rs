//! The legacy `/api/v2` on our routes: HTTP into its requests, its documents into executions of the schema. Knows no command.

use crate::graphql::{Caller, Executor, OwnDocument};
use crate::web::Gate;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Executor as _, Request as Question, ServerError, Variables};
use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on};
use axum::{Json, Router};
use chrono::DateTime;
use chrono_tz::Tz;
use secrecy::SecretString;
use serde_json::json;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tautulli_compat::{Backend, BackendError, Client, Download, File, Image, Picture, Source};
use tautulli_domain::server::LinkState;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, ErrorKind};
use tautulli_services::upkeep::{self, PlexLogKind};
use tautulli_services::{Services, images};
use tokio_util::io::ReaderStream;

/// The largest form that is read.
const BODY: usize = 1 << 20;
/// More parameters than this are sent by nobody.
const PARAMS: usize = 200;
/// How long one command may take.
const TIME: Duration = Duration::from_secs(60);
/// The largest key that is looked up.
const KEY: usize = 512;

/// How long those may take that read or write everything there is.
const LONG: Duration = Duration::from_secs(3_600);
const LONG_ONES: [&str; 2] = ["backup_db", "download_database"];

/// The routes of the legacy API: who may ask is decided by `gate`, days are those of `zone`.
pub fn router(executor: Executor, services: Services, gate: Gate, zone: Tz) -> Router {
    let methods = MethodFilter::GET.or(MethodFilter::HEAD).or(MethodFilter::POST).or(MethodFilter::OPTIONS);
    let old = || get(moved).post(moved).options(moved);
    Router::new()
        .route("/api/v2", on(methods, answer))
        .route("/api/v2/", on(methods, answer))
        .route("/server_status", get(server_status))
        .route("/api", old())
        .route("/api/", old())
        .route("/api/v1", old())
        .route("/api/v1/", old())
        .with_state(Bridge { executor, services, gate, zone, documents: Arc::new(documents()) })
}

#[derive(Clone)]
struct Bridge {
    executor: Executor,
    services: Services,
    gate: Gate,
    zone: Tz,
    /// Every document, parsed once.
    documents: Arc<HashMap<&'static str, ExecutableDocument>>,
}

/// What cannot be parsed is left to its execution, which tells why.
fn documents() -> HashMap<&'static str, ExecutableDocument> {
    tautulli_compat::documents().filter_map(|text| Some((text, parse_query(text).ok()?))).collect()
}

/// Whether a media server is connected, for programs that watch over services. Needs no key.
async fn server_status(State(bridge): State<Bridge>) -> Response {
    let snapshot = bridge.services.activity.snapshot();
    let is_connected = |state| matches!(state, LinkState::Live | LinkState::Polling);
    let connected = snapshot.servers.values().any(|server| is_connected(server.link.state));
    Json(json!({"result": "success", "connected": connected})).into_response()
}

async fn moved() -> Response {
    send(tautulli_compat::moved()).await
}

async fn answer(State(bridge): State<Bridge>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(TIME, read(&parts, body)).await;
    let asked = match read {
        Ok(Ok(asked)) => asked,
        Ok(Err(Unreadable(why))) => return send(tautulli_compat::unreadable(&in_query(&parts), why)).await,
        Err(_) => return send(tautulli_compat::unreadable(&in_query(&parts), "It came too slowly")).await,
    };
    let is_long =
        asked.params.iter().any(|(name, value)| name == "cmd" && LONG_ONES.contains(&value.as_str()));
    let time = if is_long { LONG } else { TIME };
    let visit = bridge.visit(&parts);
    // A task of its own is not cut off when the client hangs up, halfway through a change.
    let work = tokio::spawn(async move {
        let answered = tokio::time::timeout(time, tautulli_compat::respond(&visit, &asked)).await;
        answered.unwrap_or_else(|_| tautulli_compat::fault(&asked))
    });
    match work.await {
        Ok(response) => finish(&parts.method, response).await,
        Err(_) => send(tautulli_compat::fault(&tautulli_compat::Request::default())).await,
    }
}

/// A request whose form cannot be read, and why.
struct Unreadable(&'static str);

const TOO_LARGE: Unreadable = Unreadable("The form is too large");
const BROKEN: Unreadable = Unreadable("The form is not well-formed");

/// What the address alone says.
fn in_query(parts: &Parts) -> tautulli_compat::Request {
    let params = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    tautulli_compat::Request { params, api_key: key_in(&parts.headers) }
}

/// Parameters of the address, then of the form.
async fn read(parts: &Parts, body: Body) -> Result<tautulli_compat::Request, Unreadable> {
    let mut asked = in_query(parts);
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    let bare = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match bare.as_str() {
        "application/x-www-form-urlencoded" => {
            let form = to_bytes(body, BODY).await.map_err(|_| TOO_LARGE)?;
            asked.params.extend(pairs(&form));
        }
        "multipart/form-data" => asked.params.extend(fields(kind, body).await?),
        _ => {}
    }
    Ok(asked)
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().take(PARAMS).collect()
}

/// The fields of a form in parts. Files are passed over: no command takes one this way.
async fn fields(kind: &str, body: Body) -> Result<Vec<(String, String)>, Unreadable> {
    let unreadable = |failure: multer::Error| match failure {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => TOO_LARGE,
        _ => BROKEN,
    };
    let most = u64::try_from(BODY).unwrap_or(u64::MAX);
    let limits = multer::SizeLimit::new().whole_stream(most).per_field(most);
    let limits = multer::Constraints::new().size_limit(limits);
    let boundary = multer::parse_boundary(kind).map_err(unreadable)?;
    let mut form = multer::Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let mut params = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().map(str::to_owned).filter(|_| field.file_name().is_none());
        let value = field.bytes().await.map_err(unreadable)?;
        if let Some(name) = name.filter(|_| params.len() < PARAMS) {
            params.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
    }
    Ok(params)
}

fn key_in(headers: &HeaderMap) -> Option<String> {
    headers.get("x-api-key").and_then(|key| key.to_str().ok()).map(str::to_owned)
}

async fn finish(method: &Method, mut response: tautulli_compat::Response) -> Response {
    let left_out = method == Method::HEAD;
    if left_out {
        response.body.clear();
    }
    let mut sent = send(response).await;
    if left_out {
        *sent.body_mut() = Body::empty();
    }
    sent
}

async fn send(response: tautulli_compat::Response) -> Response {
    let tautulli_compat::Response { status, content_type, body, download } = response;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    match download {
        None => (status, [kind], body).into_response(),
        Some(download) => match stream(&download).await {
            Ok(body) => {
                let name = format!("attachment; filename=\"{}\"", download.name);
                let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
                (status, [kind, (header::CONTENT_DISPOSITION, name)], body).into_response()
            }
            Err(failure) => {
                tracing::error!(%failure, name = download.name, "a file cannot be sent");
                let fault = tautulli_compat::fault(&tautulli_compat::Request::default());
                let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(fault.content_type))];
                (StatusCode::INTERNAL_SERVER_ERROR, kind, fault.body).into_response()
            }
        },
    }
}

/// A file piece by piece. One that was made for this has no name any more once it is open.
async fn stream(download: &tautulli_compat::Download) -> std::io::Result<Body> {
    let file = tokio::fs::File::open(&download.path).await?;
    if download.temporary {
        tokio::fs::remove_file(&download.path).await?;
    }
    Ok(Body::from_stream(ReaderStream::new(file)))
}

impl Bridge {
    fn visit(self, parts: &Parts) -> Visit {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
        let caller = Caller {
            origin: self.gate.origin(&parts.headers, peer),
            secure: self.gate.is_secure(&parts.headers),
            ..Caller::default()
        };
        Visit { bridge: self, caller }
    }
}

/// One request: who is behind it turns out when its key is shown.
#[derive(Clone)]
struct Visit {
    bridge: Bridge,
    caller: Caller,
}

impl Visit {
    fn local(&self, unix_seconds: i64, format: &str) -> String {
        let at = DateTime::from_timestamp(unix_seconds, 0).unwrap_or_default();
        at.with_timezone(&self.bridge.zone).format(format).to_string()
    }
}

#[async_trait]
impl Backend for Visit {
    async fn authenticate(&self, key: &str) -> Result<Option<Box<dyn Client>>, BackendError> {
        if key.len() > KEY {
            return Ok(None);
        }
        let found = self.bridge.gate.access.by_key(&SecretString::from(key)).await;
        let viewer = found.map_err(refusal)?;
        let caller = |viewer| Caller { viewer: Some(viewer), ..self.caller.clone() };
        Ok(viewer.map(|viewer| Box::new(Self { bridge: self.bridge.clone(), caller: caller(viewer) }) as _))
    }
}

#[async_trait]
impl Client for Visit {
    async fn execute(
        &self,
        document: &'static str,
        variables: serde_json::Value,
    ) -> Result<String, BackendError> {
        let mut question =
            Question::new(document).variables(Variables::from_json(variables)).data(self.caller.clone());
        if let Some(parsed) = self.bridge.documents.get(document) {
            question = question.data(OwnDocument);
            question.set_parsed_query(parsed.clone());
        }
        let response = self.bridge.executor.execute(question).await;
        if let Some(error) = response.errors.first() {
            return Err(BackendError::new(code(error), error.message.clone()));
        }
        serde_json::to_string(&response.data)
            .map_err(|error| BackendError::new("INTERNAL", error.to_string()))
    }

    fn day_of(&self, unix_seconds: i64) -> String {
        self.local(unix_seconds, "%Y-%m-%d")
    }

    fn local_time(&self, unix_seconds: i64) -> String {
        self.local(unix_seconds, "%Y-%m-%dT%H:%M:%S")
    }

    async fn picture(&self, wanted: Picture) -> Result<Option<Image>, BackendError> {
        let Some(picture) = self.find_picture(&wanted).await.map_err(refusal)? else { return Ok(None) };
        let found = self.bridge.services.images.picture(&picture, wanted.fresh).await;
        Ok(found.map(|image| Image { content_type: image.content_type, bytes: image.bytes.to_vec() }))
    }

    async fn file(&self, wanted: File) -> Result<Option<Download>, BackendError> {
        let viewer = self.viewer().map_err(refusal)?;
        // A dump of the database holds the servers' tokens, with which anything can be changed.
        let may = if wanted == File::Database { viewer.may_change() } else { viewer.is_admin() };
        if !may {
            return Err(refusal(Error::forbidden()));
        }
        let upkeep = &self.bridge.services.upkeep;
        let of_plex = |kind| {
            let path = upkeep.plex_log(kind)?;
            let name = path.file_name()?.to_string_lossy().into_owned();
            Some(upkeep::Download { path, name, temporary: false })
        };
        let found = match wanted {
            File::Log => Some(upkeep.log_download()),
            File::ServerLog => of_plex(PlexLogKind::Server),
            File::ScannerLog => of_plex(PlexLogKind::Scanner),
            File::Config => Some(upkeep.settings_download().await.map_err(refusal)?),
            File::Database => Some(upkeep.database_download().await.map_err(refusal)?),
        };
        let there = found.filter(|file| file.path.exists());
        Ok(there.map(|file| Download { path: file.path, name: file.name, temporary: file.temporary }))
    }
}

impl Visit {
    fn viewer(&self) -> tautulli_domain::Result<&Viewer> {
        self.caller.viewer.as_ref().ok_or_else(Error::unauthenticated)
    }

    /// The picture that is meant, if the viewer may see it: a guest names items that are shared with them, and no paths.
    async fn find_picture(&self, wanted: &Picture) -> tautulli_domain::Result<Option<images::Picture>> {
        let (viewer, services) = (self.viewer()?, &self.bridge.services);
        let Some(server) = services.servers.all().await?.first().map(|server| server.id) else {
            return Ok(None);
        };
        let of_item = async |key: &str, kind: &str| {
            let is_key = !key.is_empty() && key.len() < 20 && key.bytes().all(|byte| byte.is_ascii_digit());
            let seen = is_key
                && (viewer.is_admin() || services.catalogue.item(viewer, server, key).await?.is_some());
            Ok::<_, Error>(seen.then(|| format!("/library/metadata/{key}/{kind}")))
        };
        let path = match &wanted.source {
            Source::Path(path) if viewer.is_admin() => Some(path.clone()),
            Source::Path(_) => return Err(Error::forbidden()),
            Source::Poster(key) => of_item(key, "thumb").await?,
            Source::Art(key) => of_item(key, "art").await?,
        };
        let Some(path) = path else { return Ok(None) };
        let format = if wanted.jpeg { images::Format::Jpeg } else { images::Format::Png };
        let finish = images::Finish::new(format, wanted.opacity, &wanted.background);
        let (width, height) = (wanted.width, wanted.height);
        let picture =
            images::Picture::new(server, &path, width, height, wanted.blur, images::Fallback::Poster);
        Ok(picture.map(|picture| images::Picture { finish, ..picture }))
    }
}

fn refusal(error: Error) -> BackendError {
    if matches!(error.kind(), ErrorKind::Internal | ErrorKind::Unavailable) {
        BackendError::new(error.kind().code(), error.to_string())
    } else {
        BackendError::new(error.kind().code(), error.outer())
    }
}

fn code(error: &ServerError) -> String {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    match code {
        Some(async_graphql::Value::String(code)) => code.clone(),
        _ => "INTERNAL".to_owned(),
    }
}
