//! `refresh_libraries_list`: the media server's libraries are read now.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/refresh_libraries_list.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let server = call.server().await?.ok_or(Failure::Refused(None))?;
    call.change(DOCUMENT, json!({"server": server})).await?;
    Ok(Answer::data(true))
}
