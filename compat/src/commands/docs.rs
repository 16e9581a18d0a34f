//! `docs` and `docs_md`: the registry, told.

use crate::answer::{Answer, Outcome};
use crate::http::HTML;
use crate::registry::{ROWS, Row};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Every command with its text.
pub(crate) fn json() -> Outcome {
    let told: Map<String, Value> = ROWS.iter().map(|row| (row.name.to_owned(), tell(row).into())).collect();
    Ok(Answer::data(told))
}

/// The same for people.
pub(crate) fn markdown() -> Outcome {
    let mut text = "# API reference\n\nEndpoint: `/api/v2?apikey=$apikey&cmd=$command`\n".to_owned();
    for row in ROWS {
        // Writing into memory does not fail.
        let _ = write!(text, "\n## {}\n\n{}\n", row.name, tell(row));
    }
    Ok(Answer::Text { content_type: HTML, text })
}

fn tell(row: &Row) -> String {
    let params = row.params.iter().map(|param| format!("\n- `{}`: {}", param.name, param.about));
    let params: String = params.collect();
    if params.is_empty() { row.about.to_owned() } else { format!("{}\n\nParameters:\n{params}", row.about) }
}
