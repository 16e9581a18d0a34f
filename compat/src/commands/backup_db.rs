//! `backup_db`: a dump of the database into the folder for backups.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/backup_db.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    call.change(DOCUMENT, json!({})).await?;
    Ok(Answer::data(true))
}
