//! `get_date_formats`: how dates and times are to be written.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_date_formats.graphql");

#[derive(Deserialize)]
struct Data {
    settings: Vec<Setting>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    key: String,
    value: Option<Value>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { settings } = call.ask(DOCUMENT, json!({})).await?;
    let value = |name: &str| {
        let found = settings.iter().find(|setting| setting.key == name);
        found.and_then(|setting| setting.value.clone()).unwrap_or_default()
    };
    Ok(Answer::data(json!({"date_format": value("date_format"), "time_format": value("time_format")})))
}
