//! `get_stream_data`: how a play, or a running stream, was delivered.

mod delivery;

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use delivery::{Delivery, Seen, Subject};
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) const PLAY_DOCUMENT: &str = include_str!("../../../documents/get_stream_data_play.graphql");
pub(crate) const SESSION_DOCUMENT: &str = include_str!("../../../documents/get_stream_data_session.graphql");

#[derive(Deserialize)]
struct OfPlay {
    play: Option<Play>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Play {
    is_imported: bool,
    item: Subject,
    recorded_cells: Option<Map<String, Value>>,
    stream: Delivery,
}

#[derive(Deserialize)]
struct OfSessions {
    activity: Activity,
}

#[derive(Deserialize)]
struct Activity {
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Session {
    session_key: i64,
    item: Subject,
    stream: Delivery,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let row = call.params.filled("row_id").or_else(|| call.params.filled("id"));
    match (row, call.params.filled("session_key")) {
        (Some(row), _) => of_play(call, row).await,
        (None, Some(key)) => of_session(call, key).await,
        (None, None) => Err(Failure::Refused(None)),
    }
}

async fn of_play(call: Call<'_>, row: &str) -> Outcome {
    let Some(row) = whole(row) else { return Ok(Answer::nothing()) };
    let OfPlay { play } = call.ask(PLAY_DOCUMENT, json!({"row": row})).await?;
    // Nothing is told of a play whose item was never recorded.
    let told = play.filter(|play| play.item.is_known());
    let told = told.map(|Play { is_imported, item, recorded_cells, stream }| {
        let seen = if is_imported { Seen::Elsewhere } else { Seen::Here };
        let mut record = delivery::reshape(item, stream, seen);
        record.replace(recorded_cells.unwrap_or_default());
        record.into_value()
    });
    Ok(told.map_or_else(Answer::nothing, Answer::data))
}

async fn of_session(call: Call<'_>, key: &str) -> Outcome {
    let server = call.server().await?;
    let OfSessions { activity } = call.ask(SESSION_DOCUMENT, json!({"server": server})).await?;
    let found = activity.sessions.into_iter().find(|session| Some(session.session_key) == whole(key));
    let told = found.map(|Session { session_key: _, item, stream }| {
        delivery::reshape(item, stream, Seen::Now).into_value()
    });
    Ok(told.map_or_else(Answer::nothing, Answer::data))
}

#[cfg(test)]
mod tests;
