//! `terminate_session`: stops a running stream, found by Plex's number or id.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use serde::Deserialize;
use serde_json::json;

pub(crate) const SESSIONS_DOCUMENT: &str = include_str!("../../documents/terminate_session_find.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../../documents/terminate_session.graphql");

#[derive(Deserialize)]
struct Data {
    activity: Activity,
}

#[derive(Deserialize)]
struct Activity {
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Session {
    id: String,
    session_key: i64,
    plex_session_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Done {
    terminate_session: Payload,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    terminated: bool,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    message: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(id) = find(&call).await? else { return Err(unknown(&call)) };
    let message = call.params.get("message").unwrap_or_default();
    let done: Done = call.ask(DOCUMENT, json!({"id": id, "message": message})).await?;
    let Payload { terminated, problem } = done.terminate_session;
    if terminated {
        return Ok(Answer::said("Session terminated."));
    }
    let reason = problem.map(|problem| problem.message).unwrap_or_default();
    Err(Failure::refused(format!("Failed to terminate session: {reason}")))
}

async fn find(call: &Call<'_>) -> Result<Option<String>, Failure> {
    let (key, id) = (call.params.filled("session_key"), call.params.filled("session_id"));
    if key.is_none() && id.is_none() {
        return Ok(None);
    }
    let server = call.server().await?;
    let data: Data = call.ask(SESSIONS_DOCUMENT, json!({"server": server})).await?;
    let wanted = |session: &Session| match (key, id) {
        (Some(key), _) => Some(session.session_key) == whole(key),
        (None, id) => session.plex_session_id.as_deref() == id,
    };
    Ok(data.activity.sessions.into_iter().find(wanted).map(|session| session.id))
}

/// What was not given is `None` only where nothing was given at all.
fn unknown(call: &Call<'_>) -> Failure {
    let (key, id) = (call.params.get("session_key"), call.params.get("session_id"));
    let absent = if key.is_none() && id.is_none() { "None" } else { "" };
    let (key, id) = (key.unwrap_or(absent), id.unwrap_or(absent));
    Failure::refused(format!(
        "Failed to terminate session: Invalid session_key ({key}) or session_id ({id})."
    ))
}
