//! Collections and playlists: clients ask about them as if they were items, and mean what is in them.

use super::Call;
use crate::answer::Failure;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/members.graphql");

/// The schema takes no more keys.
const MOST: usize = 500;

#[derive(Deserialize)]
struct Data {
    members: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Member {
    kind: String,
    rating_key: Option<String>,
}

/// Keys by the field of the schema's filter that finds their plays.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    /// All keys, whatever they are of.
    pub(crate) fn keys(&self) -> Vec<Value> {
        self.0.values().filter_map(Value::as_array).flatten().cloned().collect()
    }

    /// The filter's fields. Fields are joined by "and", so that of a mixed list only what has most members can be found.
    pub(crate) fn into_filter(self) -> Map<String, Value> {
        let most = self.0.into_iter().max_by_key(|(_, keys)| keys.as_array().map_or(0, Vec::len));
        most.into_iter().collect()
    }
}

impl Call<'_> {
    /// What is in the collection or playlist that `rating_key` names; `None` if `media_type` says that it names neither.
    pub(crate) async fn members(&self) -> Result<Option<Members>, Failure> {
        let playlist = match self.params.get("media_type") {
            Some("collection") => false,
            Some("playlist") => true,
            _ => return Ok(None),
        };
        let Some(key) = self.params.filled("rating_key") else { return Ok(None) };
        let Some(server) = self.server().await? else { return Ok(None) };
        let variables = json!({"server": server, "key": key, "playlist": playlist});
        let Data { members } = self.ask(DOCUMENT, variables).await?;
        let mut fields: Map<String, Value> = Map::new();
        for Member { kind, rating_key } in members.into_iter().take(MOST) {
            let field = match kind.as_str() {
                "SHOW" | "ARTIST" => "grandparentRatingKeys",
                "SEASON" | "ALBUM" => "parentRatingKeys",
                _ => "ratingKeys",
            };
            let keys = fields.entry(field).or_insert_with(|| json!([]));
            if let Some(keys) = keys.as_array_mut() {
                keys.extend(rating_key.map(Value::from));
            }
        }
        Ok(Some(Members(fields)))
    }
}
