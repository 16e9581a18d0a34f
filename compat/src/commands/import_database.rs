//! `import_database` and `import_config`.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::registry::Param;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/import_database.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "import_app", about: "`tautulli`; `app` is taken by the endpoint itself" },
    Param { name: "database_path", about: "the file, as a path in the service's data folder" },
    Param { name: "method", about: "`merge`, the default, or `overwrite`" },
];
pub(crate) const CONFIG_PARAMS: &[Param] =
    &[Param { name: "config_path", about: "a `config.ini` in the service's data folder" }];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(app) = call.params.filled("import_app") else {
        return Err(Failure::refused("No app specified for import"));
    };
    if !app.eq_ignore_ascii_case("tautulli") {
        return Err(Failure::refused("App not recognized for import"));
    }
    let Some(path) = call.params.filled("database_path") else {
        return Err(Failure::refused("No database specified for import"));
    };
    let mode = if call.params.get("method") == Some("overwrite") { "OVERWRITE" } else { "MERGE" };
    if let Some(problem) = call.attempt(DOCUMENT, json!({"input": {"path": path, "mode": mode}})).await? {
        return Err(problem.into());
    }
    Ok(Answer::said("Database import has started. Check the logs to monitor any problems."))
}

/// Settings of a file are taken over at the start of the service, once.
pub(crate) async fn config(call: Call<'_>) -> Outcome {
    if call.params.filled("config_path").is_none() {
        return Err(Failure::refused("No config specified for import"));
    }
    Err(Failure::refused("A config.ini is read from the data folder when the service starts; put it there"))
}
