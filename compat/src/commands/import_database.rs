//! `import_database` and `import_config`.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::registry::Param;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/import_database.graphql");

pub(crate) const CONFIG_DOCUMENT: &str = include_str!("../../documents/import_config.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "import_app", about: "`tautulli`; `app` is taken by the endpoint itself" },
    Param { name: "database_path", about: "the file, as a path in the service's data folder" },
    Param { name: "method", about: "`merge`, the default, or `overwrite`" },
];
pub(crate) const CONFIG_PARAMS: &[Param] = &[
    Param { name: "config_path", about: "a `config.ini`, as a path in the service's data folder" },
    Param { name: "backup", about: "true backs the settings up first, false by default" },
];

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

/// What may be taken over is; many settings count from the next start on.
pub(crate) async fn config(call: Call<'_>) -> Outcome {
    let Some(path) = call.params.filled("config_path") else {
        return Err(Failure::refused("No config specified for import"));
    };
    let back_up = call.params.switch("backup", false);
    if let Some(problem) = call.attempt(CONFIG_DOCUMENT, json!({"path": path, "backUp": back_up})).await? {
        return Err(problem.into());
    }
    Ok(Answer::said("Config import has started. Check the logs to monitor any problems."))
}
