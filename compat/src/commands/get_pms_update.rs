//! `get_pms_update`: the newest release for the media server.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::seconds;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_pms_update.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
    settings: Vec<Setting>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    release: Option<Release>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    key: String,
    value: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Release {
    platform: String,
    version: String,
    newer: bool,
    released_at: Option<DateTime<Utc>>,
    requirements: Option<String>,
    extra_info: Option<String>,
    added: Option<String>,
    fixed: Option<String>,
    builds: Vec<Build>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Build {
    label: String,
    build: String,
    distro: String,
    url: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers, settings } = call.ask(DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    let Some(Server { is_default: _, release: Some(release) }) = server else {
        return Err(Failure::Refused(None));
    };
    let wanted = |name: &str| {
        let found = settings.iter().find(|setting| setting.key == name);
        found.and_then(|setting| setting.value.as_ref()?.as_str()).unwrap_or_default().to_owned()
    };
    let (distro, build) = (wanted("pms_update_distro"), wanted("pms_update_distro_build"));
    Ok(Answer::data(reshape(release, &distro, &build)))
}

/// The build that is set, or else the first.
fn reshape(release: Release, distro: &str, build: &str) -> Value {
    let Release { platform, version, newer, released_at, requirements, extra_info, added, fixed, mut builds } =
        release;
    let set = |found: &Build| {
        (!distro.is_empty() || !build.is_empty())
            && (distro.is_empty() || found.distro == distro)
            && (build.is_empty() || found.build == build)
    };
    let at = builds.iter().position(set).unwrap_or(0);
    let chosen = if at < builds.len() { builds.swap_remove(at) } else { Build::default() };
    let Build { label, build, distro, url } = chosen;
    json!({
        "update_available": newer,
        "platform": platform,
        "release_date": seconds(released_at),
        "version": version,
        "requirements": requirements.unwrap_or_default(),
        "extra_info": extra_info.unwrap_or_default(),
        "changelog_added": added.unwrap_or_default(),
        "changelog_fixed": fixed.unwrap_or_default(),
        "label": label,
        "distro": distro,
        "distro_build": build,
        "download_url": url,
    })
}
