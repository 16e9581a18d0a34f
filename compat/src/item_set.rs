//! Collections and playlists, spelt like Plex does.

use crate::table::Fields;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

/// A collection or a playlist in a list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Member {
    child_count: Option<i64>,
    leaf_count: Option<i64>,
    facts: Facts,
    set: Option<Set>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Facts {
    added_at: Option<DateTime<Utc>>,
    art: Option<String>,
    content_rating: Option<String>,
    duration: Option<i64>,
    guid: Option<String>,
    rating_key: Option<String>,
    sort_title: Option<String>,
    subtype: Option<String>,
    summary: Option<String>,
    thumb: Option<String>,
    title: Option<String>,
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Set {
    smart: bool,
    playlist_type: Option<String>,
    composite: Option<String>,
    min_year: Option<i64>,
    max_year: Option<i64>,
    mode: Option<i64>,
    sort: Option<i64>,
    published: bool,
}

impl Member {
    /// Whether it is a playlist of `video`, `audio` or `photo`.
    pub(crate) fn is_playlist_of(&self, content: &str) -> bool {
        self.set.as_ref().is_some_and(|set| set.playlist_type.as_deref() == Some(content))
    }
}

fn key(text: Option<String>) -> Option<i64> {
    text.and_then(|text| text.parse().ok())
}

/// Writes a moment (unix seconds) in the service's time zone.
type Clock<'a> = &'a dyn Fn(i64) -> String;

pub(crate) fn collection(member: Member, section: i64, clock: Clock<'_>) -> Fields {
    let Member { child_count, leaf_count: _, facts, set } = member;
    let Facts {
        added_at,
        art,
        content_rating,
        duration: _,
        guid,
        rating_key,
        sort_title,
        subtype,
        summary,
        thumb,
        title,
        updated_at,
    } = facts;
    let Set { smart, playlist_type: _, composite: _, min_year, max_year, mode, sort, published } =
        set.unwrap_or_default();
    let sort_title = sort_title.or_else(|| title.clone());
    fields(json!({
        "addedAt": added_at.map(|at| clock(at.timestamp())),
        "art": art,
        "childCount": child_count,
        "collectionMode": mode.unwrap_or(-1),
        "collectionPublished": published,
        "collectionSort": sort.unwrap_or(0),
        "contentRating": content_rating,
        "guid": guid,
        "librarySectionID": section,
        "librarySectionTitle": null,
        "maxYear": max_year,
        "minYear": min_year,
        "ratingKey": key(rating_key),
        "smart": smart,
        "subtype": subtype,
        "summary": summary.unwrap_or_default(),
        "thumb": thumb,
        "title": title,
        "titleSort": sort_title,
        "type": "collection",
        "updatedAt": updated_at.map(|at| clock(at.timestamp())),
    }))
}

pub(crate) fn playlist(
    member: Member,
    section: Option<&str>,
    user: Option<&str>,
    clock: Clock<'_>,
) -> Fields {
    let Member { child_count: _, leaf_count, facts, set } = member;
    let Facts {
        added_at,
        art: _,
        content_rating: _,
        duration,
        guid,
        rating_key,
        sort_title: _,
        subtype: _,
        summary,
        thumb: _,
        title,
        updated_at,
    } = facts;
    let Set { smart, playlist_type, composite, min_year: _, max_year: _, mode: _, sort: _, published: _ } =
        set.unwrap_or_default();
    fields(json!({
        "addedAt": added_at.map(|at| clock(at.timestamp())),
        "composite": composite,
        "duration": duration.unwrap_or(0),
        "guid": guid,
        "leafCount": leaf_count,
        "librarySectionID": section,
        "playlistType": playlist_type,
        "ratingKey": key(rating_key),
        "smart": smart,
        "summary": summary.unwrap_or_default(),
        "title": title,
        "type": "playlist",
        "updatedAt": updated_at.map(|at| clock(at.timestamp())),
        "userID": user,
    }))
}

fn fields(row: Value) -> Fields {
    match row {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}
