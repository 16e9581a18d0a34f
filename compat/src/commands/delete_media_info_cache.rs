//! `delete_media_info_cache`: the table of a library is forgotten.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/delete_media_info_cache.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let given = call.params.get("section_id");
    let given = given.ok_or_else(|| Failure::Fault("section_id is missing".to_owned()))?;
    let Some(section) = whole(given) else {
        return Ok(Answer::said("Unable to delete media info table cache, section_id not valid."));
    };
    if let Some(library) = call.library(section).await? {
        call.client.execute(DOCUMENT, json!({"id": library.id})).await?;
    }
    let message = format!("Deleted media info table cache for library with id {section}.");
    Ok(Answer::said(&message))
}
