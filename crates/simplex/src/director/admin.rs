//! Owns the admin endpoint: commands and looks at the simulation over HTTP.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Map, Value, json};

use super::commands::COMMANDS;
use super::{Director, DirectorError};
use crate::core::Sim;
use crate::http::{Ask, json as reply};

/// The largest body of arguments.
const MOST: usize = 1 << 24;

/// The routes; `about` is shown with the list of commands.
pub(crate) fn router(sim: &Sim, about: Value) -> Router {
    let listed = get(move || list(about));
    Router::new()
        .route("/__sim", listed.clone())
        .route("/__sim/", listed)
        .route("/__sim/state", get(state).post(run_state))
        .route("/__sim/sent", get(sent).post(run_sent))
        .route("/__sim/{command}", post(run))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(Director::new(std::sync::Arc::clone(sim)))
}

async fn list(mut about: Value) -> Response {
    let commands: Map<String, Value> =
        COMMANDS.iter().map(|(name, args)| ((*name).to_owned(), (*args).into())).collect();
    if let Some(about) = about.as_object_mut() {
        about.insert("commands".to_owned(), Value::Object(commands));
    }
    reply(StatusCode::OK, &about)
}

async fn state(State(director): State<Director>, ask: Ask) -> Response {
    let report = serde_json::to_value(director.state(ask.flag("full"))).unwrap_or_default();
    reply(StatusCode::OK, &report)
}

async fn sent(State(director): State<Director>, ask: Ask) -> Response {
    let messages = director.sent(ask.number("last").unwrap_or(50), ask.given("type"));
    reply(StatusCode::OK, &Value::Array(messages))
}

async fn run_state(director: State<Director>, body: Bytes) -> Response {
    run(director, Path("state".to_owned()), body).await
}

async fn run_sent(director: State<Director>, body: Bytes) -> Response {
    run(director, Path("sent".to_owned()), body).await
}

fn arguments(body: &[u8]) -> Result<Map<String, Value>, DirectorError> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(body).map_err(|error| DirectorError::Invalid(error.to_string()))
}

async fn run(State(director): State<Director>, Path(command): Path<String>, body: Bytes) -> Response {
    let done = match arguments(&body) {
        Ok(args) => director.run(&command, args).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(result) => reply(StatusCode::OK, &json!({ "ok": true, "result": result })),
        Err(error @ DirectorError::NoCommand(_)) => {
            let known: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
            let body = json!({ "ok": false, "error": error.to_string(), "commands": known });
            reply(StatusCode::NOT_FOUND, &body)
        }
        Err(error) => reply(StatusCode::BAD_REQUEST, &json!({ "ok": false, "error": error.to_string() })),
    }
}
