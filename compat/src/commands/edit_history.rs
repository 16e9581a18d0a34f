//! `delete_history`, `regroup_history`, `update_metadata_details`, `delete_temp_sessions`.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::registry::Param;
use serde_json::{Value, json};

pub(crate) const DELETE: &str = include_str!("../../documents/delete_history.graphql");
pub(crate) const REGROUP: &str = include_str!("../../documents/regroup_history.graphql");
pub(crate) const REMATCH: &str = include_str!("../../documents/update_metadata_details.graphql");
pub(crate) const SESSIONS: &str = include_str!("../../documents/delete_temp_sessions.graphql");

pub(crate) const DELETE_PARAMS: &[Param] =
    &[Param { name: "row_ids", about: "plays by row number, separated by commas" }];
pub(crate) const REMATCH_PARAMS: &[Param] = &[
    Param { name: "old_rating_key", about: "the item as the history knows it" },
    Param { name: "new_rating_key", about: "the item that stands for it from now on" },
    Param { name: "media_type", about: "what both are" },
    Param { name: "single_update", about: "accepted, and without meaning: what is above the item stays" },
];

pub(crate) async fn delete(call: Call<'_>) -> Outcome {
    let Some(rows) = call.params.numbers("row_ids") else {
        return Err(Failure::refused("No row ids received."));
    };
    if !rows.is_empty()
        && let Some(problem) = call.attempt(DELETE, json!({"rows": rows})).await?
    {
        return Err(problem.into());
    }
    Ok(Answer::said("Deleted history."))
}

pub(crate) async fn regroup(call: Call<'_>) -> Outcome {
    if let Some(problem) = call.attempt(REGROUP, json!({})).await? {
        return Err(problem.into());
    }
    Ok(Answer::said("Regrouping play history started. Check the logs to monitor any problems."))
}

/// What the history does not know, or the server, has nothing to be updated.
pub(crate) async fn rematch(call: Call<'_>) -> Outcome {
    let key = |name: &str| {
        let missing = || Failure::Fault(format!("{name} is missing"));
        call.params.get(name).ok_or_else(missing)
    };
    let (old, new) = (key("old_rating_key")?, key("new_rating_key")?);
    key("media_type")?;
    if let Some(server) = call.server().await? {
        let input = json!({"serverId": server, "oldRatingKey": old, "newRatingKey": new, "keepGroups": true});
        let problem = call.attempt(REMATCH, json!({"input": input})).await?;
        if let Some(problem) = problem.filter(|problem| problem.code != "NOT_FOUND") {
            return Err(problem.into());
        }
    }
    Ok(Answer::said("Updated metadata in database."))
}

pub(crate) async fn forget_sessions(call: Call<'_>) -> Outcome {
    let _: Value = call.ask(SESSIONS, json!({})).await?;
    Ok(Answer::said("Temporary sessions flushed."))
}
