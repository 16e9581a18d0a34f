//! `docs` and `docs_md`: the registry, told.

use crate::answer::{Answer, Outcome};
use crate::http::HTML;
use crate::registry::{self, Row};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Every command with its text.
pub(crate) fn json() -> Outcome {
    let told: Map<String, Value> =
        registry::names().map(|name| (name.to_owned(), told(name).into())).collect();
    Ok(Answer::data(told))
}

/// The same for people.
pub(crate) fn markdown() -> Outcome {
    let mut text = "# API reference\n\nEndpoint: `/api/v2?apikey=$apikey&cmd=$command`\n".to_owned();
    for name in registry::names() {
        // Writing into memory does not fail.
        let _ = write!(text, "\n## {name}\n\n{}\n", told(name));
    }
    Ok(Answer::Bytes { content_type: HTML, bytes: text.into_bytes() })
}

fn told(name: &str) -> String {
    registry::find(name).map_or_else(|| "Not there yet.".to_owned(), tell)
}

fn tell(row: &Row) -> String {
    let params = row.params.iter().map(|param| format!("\n- `{}`: {}", param.name, param.about));
    let params: String = params.collect();
    if params.is_empty() { row.about.to_owned() } else { format!("{}\n\nParameters:\n{params}", row.about) }
}
