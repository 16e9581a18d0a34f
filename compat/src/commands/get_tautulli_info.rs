//! `get_tautulli_info`: the version that clients are spoken to as, and the machine.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_tautulli_info.graphql");
/// The release of the reference whose API this is; clients decide by it what they may ask.
pub(crate) const VERSION: &str = "v2.17.2";

#[derive(Deserialize)]
struct Data {
    machine: Machine,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Machine {
    system: String,
    release: String,
    version: String,
    name: String,
    distribution: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { machine } = call.ask(DOCUMENT, json!({})).await?;
    Ok(Answer::data(reshape(machine)))
}

fn reshape(machine: Machine) -> Value {
    let Machine { system, release, version, name, distribution } = machine;
    json!({
        "tautulli_install_type": "source",
        "tautulli_version": VERSION,
        "tautulli_branch": "master",
        "tautulli_commit": null,
        "tautulli_platform": system,
        "tautulli_platform_release": release,
        "tautulli_platform_version": version,
        "tautulli_platform_linux_distro": distribution.unwrap_or_default(),
        "tautulli_platform_device_name": name,
        // Nothing here is written in Python.
        "tautulli_python_version": "",
    })
}
