//! `delete_synced_item`: something is taken off a device again.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/delete_synced_item.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let (client, id) = (call.params.filled("client_id"), call.params.filled("sync_id"));
    let (Some(client), Some(id)) = (client, id) else {
        return Err(Failure::refused("Missing client ID and sync ID."));
    };
    let server = call.server().await?;
    call.change(DOCUMENT, json!({"server": server, "client": client, "id": id})).await?;
    Ok(Answer::said("Synced item deleted successfully."))
}
