//! Libraries as the schema tells them, and `get_library`, `get_libraries`, `get_library_names`.

use super::Call;
use super::stray::StrayLibrary;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::{Record, lower};
use crate::params::whole;
use crate::registry::Param;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const LIBRARY_DOCUMENT: &str = include_str!("../../documents/get_library.graphql");
pub(crate) const LIBRARIES_DOCUMENT: &str = include_str!("../../documents/get_libraries.graphql");
pub(crate) const NAMES_DOCUMENT: &str = include_str!("../../documents/get_library_names.graphql");

pub(crate) const LIBRARY_PARAMS: &[Param] = &[
    Param { name: "section_id", about: "the library" },
    Param { name: "include_last_accessed", about: "1 to tell when it was played from last" },
];

/// The library of live programmes.
const LIVE: i64 = 999_999;
const LIVE_THUMB: &str = "interfaces/default/images/libraries/live.png";

/// What a library shows of itself.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pictures {
    background: Option<String>,
    picture: Option<String>,
    #[serde(default)]
    thumb: Option<String>,
}

impl Pictures {
    /// Picture and background on cards.
    pub(crate) fn told(self, section_id: i64) -> (String, Option<String>) {
        let art = if section_id == LIVE {
            Some("interfaces/default/images/art-live.png".to_owned())
        } else {
            self.background.clone()
        };
        (self.thumb(section_id), art)
    }

    /// The picture, or the one for libraries that have none.
    pub(crate) fn thumb(&self, section_id: i64) -> String {
        let usual = match section_id {
            LIVE => LIVE_THUMB,
            _ => "interfaces/default/images/cover.png",
        };
        self.picture.clone().unwrap_or_else(|| usual.to_owned())
    }

    /// The picture that it has of itself, whatever was chosen here.
    pub(crate) fn own_thumb(&self, section_id: i64) -> Option<String> {
        let live = (section_id == LIVE).then(|| LIVE_THUMB.to_owned());
        self.thumb.clone().or(live)
    }

    /// The background, as tables and pages tell it.
    pub(crate) fn art(&self, section_id: i64) -> Option<String> {
        let live = (section_id == LIVE).then(|| "interfaces/default/images/art-live-full.png".to_owned());
        self.background.clone().or(live)
    }
}

/// The word for what a library holds.
pub(crate) fn kind(name: &str, section_id: i64) -> String {
    if section_id == LIVE { "live".to_owned() } else { lower(name) }
}

#[derive(Deserialize)]
struct Libraries {
    libraries: Vec<Library>,
}

/// A library, as several commands tell of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Library {
    pub(crate) child_count: Option<i64>,
    pub(crate) count: Option<i64>,
    pub(crate) deleted: bool,
    pub(crate) do_notify: bool,
    pub(crate) do_notify_created: bool,
    pub(crate) is_active: bool,
    pub(crate) keep_history: bool,
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) last_played_at: Option<DateTime<Utc>>,
    pub(crate) name: String,
    pub(crate) parent_count: Option<i64>,
    #[serde(flatten)]
    pub(crate) pictures: Pictures,
    pub(crate) row_id: i64,
    pub(crate) section_id: i64,
    pub(crate) server: Option<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Server {
    pub(crate) machine_id: Option<String>,
}

impl Library {
    /// Plex's identifier of the machine that has it.
    pub(crate) fn machine_id(&self) -> Option<String> {
        self.server.as_ref().and_then(|server| server.machine_id.clone())
    }
}

pub(crate) async fn get_library(call: Call<'_>) -> Outcome {
    let Some(section) = call.params.filled("section_id") else { return Err(Failure::Refused(None)) };
    let seen = call.params.switch("include_last_accessed", false);
    let Some(section) = whole(section) else { return Ok(Answer::data(nowhere())) };
    let Libraries { libraries } =
        call.ask(LIBRARY_DOCUMENT, json!({"section": section, "seen": seen})).await?;
    let known = libraries.into_iter().find(|library| !library.name.is_empty());
    Ok(Answer::data(known.map_or_else(nowhere, one)))
}

fn one(library: Library) -> Value {
    let section = library.section_id;
    let mut record = Record::default();
    record.put("row_id", library.row_id);
    record.text("server_id", library.machine_id());
    record.put("section_id", section);
    record.put("section_name", library.name);
    record.put("section_type", kind(&library.kind, section));
    record.put("library_thumb", library.pictures.thumb(section));
    record.put("library_art", library.pictures.art(section));
    record.put("count", library.count);
    record.put("parent_count", library.parent_count);
    record.put("child_count", library.child_count);
    record.flag("is_active", library.is_active);
    record.flag("do_notify", library.do_notify);
    record.flag("do_notify_created", library.do_notify_created);
    record.flag("keep_history", library.keep_history);
    record.flag("deleted_section", library.deleted);
    record.put("last_accessed", library.last_played_at.map(|at| at.timestamp()));
    record.into_value()
}

/// What is unknown is told to be a local library.
fn nowhere() -> Value {
    json!({
        "row_id": 0,
        "server_id": "",
        "section_id": 0,
        "section_name": "Local",
        "section_type": "",
        "library_thumb": "interfaces/default/images/cover.png",
        "library_art": "",
        "count": 0,
        "parent_count": 0,
        "child_count": 0,
        "is_active": 1,
        "do_notify": 0,
        "do_notify_created": 0,
        "keep_history": 1,
        "deleted_section": 0,
        "last_accessed": null,
    })
}

#[derive(Deserialize)]
struct Sections {
    libraries: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Section {
    agent: Option<String>,
    art: Option<String>,
    child_count: Option<i64>,
    count: Option<i64>,
    is_active: bool,
    kind: String,
    name: String,
    parent_count: Option<i64>,
    section_id: i64,
    thumb: Option<String>,
}

/// The libraries that the server has now, numbers as text.
pub(crate) async fn get_libraries(call: Call<'_>) -> Outcome {
    let Sections { libraries } =
        call.ask(LIBRARIES_DOCUMENT, json!({"server": call.server().await?})).await?;
    let there = libraries.into_iter().filter(|library| library.is_active && library.section_id != LIVE);
    Ok(Answer::data(there.map(section).collect::<Vec<_>>()))
}

fn section(section: Section) -> Value {
    let mut record = Record::default();
    record.digits("section_id", Some(section.section_id));
    record.put("section_name", section.name);
    record.put("section_type", kind(&section.kind, section.section_id));
    record.text("agent", section.agent);
    record.text("thumb", section.thumb);
    record.text("art", section.art);
    record.digits("count", section.count);
    record.flag("is_active", section.is_active);
    // Films have nothing above or below them.
    if section.kind != "MOVIE" {
        record.digits("parent_count", section.parent_count);
        record.digits("child_count", section.child_count);
    }
    record.into_value()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Names {
    libraries: Vec<Name>,
    stray_libraries: Vec<StrayLibrary>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Name {
    agent: Option<String>,
    deleted: bool,
    kind: String,
    name: String,
    row_id: i64,
    section_id: i64,
}

pub(crate) async fn get_library_names(call: Call<'_>) -> Outcome {
    let server = call.server().await?;
    let Names { libraries, stray_libraries } = call.ask(NAMES_DOCUMENT, json!({"server": server})).await?;
    // A library of another server may have been taken for this one's.
    let strays: Vec<_> = stray_libraries.into_iter().filter(|library| !library.deleted).collect();
    let mut libraries = libraries;
    libraries.sort_by_key(|library| library.row_id);
    let there = libraries.into_iter().filter(|library| {
        let taken = strays.iter().any(|stray| stray.row_id == library.row_id);
        !library.deleted && !library.name.is_empty() && !taken
    });
    let told = there.map(|Name { agent, deleted: _, kind: holds, name, row_id: _, section_id }| {
        json!({
            "section_id": section_id,
            "section_name": name,
            "section_type": kind(&holds, section_id),
            "agent": agent,
        })
    });
    let mut told: Vec<Value> = told.collect();
    told.extend(strays.into_iter().map(StrayLibrary::named));
    Ok(Answer::data(told))
}
