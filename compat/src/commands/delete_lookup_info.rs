//! `delete_lookup_info`: what was looked up elsewhere is forgotten, of one item or of one service.

use super::{Call, FORGET};
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use serde_json::json;

/// Services by their legacy names.
const SERVICES: [(&str, &str); 3] =
    [("themoviedb", "THE_MOVIE_DB"), ("tvmaze", "TV_MAZE"), ("musicbrainz", "MUSIC_BRAINZ")];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let service = call.params.filled("service");
    let of_service = SERVICES.iter().filter(|(name, _)| Some(*name) == service);
    let (tables, keys): (Vec<_>, _) = match call.params.filled("rating_key") {
        // What is no number is no item's key.
        Some(key) => (SERVICES.iter().collect(), Some(whole(key).into_iter().collect::<Vec<_>>())),
        None if call.params.switch("delete_all", false) => (of_service.collect(), None),
        None => (Vec::new(), None),
    };
    if tables.is_empty() {
        return Err(Failure::refused("Failed to delete lookup info."));
    }
    for (_, table) in tables {
        call.client.execute(FORGET, json!({"table": table, "keys": keys})).await?;
    }
    Ok(Answer::said("Deleted lookup info."))
}
