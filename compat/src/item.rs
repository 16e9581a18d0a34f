//! The facts of an item as the schema tells them, in the order in which legacy records put them.

use crate::graph::{Record, lower, seconds};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Item {
    actors: Vec<String>,
    added_at: Option<DateTime<Utc>>,
    airing: Option<Airing>,
    art: Option<String>,
    audience_rating: Option<String>,
    audience_rating_image: Option<String>,
    banner: Option<String>,
    children_count: Option<i64>,
    collections: Vec<String>,
    content_rating: Option<String>,
    directors: Vec<String>,
    duration: Option<i64>,
    edition_title: Option<String>,
    pub(crate) full_title: String,
    genres: Vec<String>,
    grandparent_guid: Option<String>,
    grandparent_guids: Vec<String>,
    grandparent_rating_key: Option<String>,
    grandparent_slug: Option<String>,
    grandparent_thumb: Option<String>,
    grandparent_title: Option<String>,
    grandparent_year: Option<i64>,
    guid: Option<String>,
    guids: Vec<String>,
    index: Option<i64>,
    pub(crate) kind: String,
    labels: Vec<String>,
    last_viewed_at: Option<DateTime<Utc>>,
    pub(crate) library_name: Option<String>,
    pub(crate) live: bool,
    markers: Vec<Marker>,
    original_title: Option<String>,
    originally_available_at: Option<String>,
    parent_guid: Option<String>,
    parent_guids: Vec<String>,
    parent_index: Option<i64>,
    parent_rating_key: Option<String>,
    parent_slug: Option<String>,
    parent_thumb: Option<String>,
    pub(crate) parent_title: Option<String>,
    parent_year: Option<i64>,
    rating: Option<String>,
    rating_image: Option<String>,
    pub(crate) rating_key: Option<String>,
    pub(crate) section_id: Option<i64>,
    slug: Option<String>,
    sort_title: Option<String>,
    studio: Option<String>,
    summary: Option<String>,
    tagline: Option<String>,
    pub(crate) thumb: Option<String>,
    pub(crate) title: Option<String>,
    updated_at: Option<DateTime<Utc>>,
    user_rating: Option<String>,
    writers: Vec<String>,
    year: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Airing {
    pub(crate) uuid: Option<String>,
    pub(crate) channel_call_sign: Option<String>,
    pub(crate) channel_id: Option<String>,
    pub(crate) channel_identifier: Option<String>,
    pub(crate) channel_title: Option<String>,
    pub(crate) channel_thumb: Option<String>,
    pub(crate) channel_vcn: Option<String>,
    pub(crate) begins_at: Option<DateTime<Utc>>,
    pub(crate) ends_at: Option<DateTime<Utc>>,
    pub(crate) epg_identifier: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Marker {
    marker_id: Option<i64>,
    kind: String,
    start: i64,
    end: i64,
    first: bool,
    last: bool,
}

/// What is not in the record, for those who tell more.
pub(crate) struct Told {
    pub(crate) airing: Airing,
    pub(crate) duration: Option<i64>,
}

/// Puts everything from the library to whether it is live.
pub(crate) fn put(record: &mut Record, item: Item) -> Told {
    let Item {
        actors,
        added_at,
        airing,
        art,
        audience_rating,
        audience_rating_image,
        banner,
        children_count,
        collections,
        content_rating,
        directors,
        duration,
        edition_title,
        full_title,
        genres,
        grandparent_guid,
        grandparent_guids,
        grandparent_rating_key,
        grandparent_slug,
        grandparent_thumb,
        grandparent_title,
        grandparent_year,
        guid,
        guids,
        index,
        kind: _,
        labels,
        last_viewed_at,
        library_name,
        live,
        markers,
        original_title,
        originally_available_at,
        parent_guid,
        parent_guids,
        parent_index,
        parent_rating_key,
        parent_slug,
        parent_thumb,
        parent_title,
        parent_year,
        rating,
        rating_image,
        rating_key,
        section_id,
        slug,
        sort_title,
        studio,
        summary,
        tagline,
        thumb,
        title,
        updated_at,
        user_rating,
        writers,
        year,
    } = item;
    let airing = airing.unwrap_or_default();
    put_section(record, section_id, live);
    record.text("library_name", library_name);
    record.text("rating_key", rating_key);
    record.text("parent_rating_key", parent_rating_key);
    record.text("grandparent_rating_key", grandparent_rating_key);
    record.text("title", title);
    record.text("parent_title", parent_title);
    record.text("grandparent_title", grandparent_title);
    record.text("original_title", original_title);
    record.text("sort_title", sort_title);
    record.text("edition_title", edition_title);
    record.text("slug", slug);
    record.text("parent_slug", parent_slug);
    record.text("grandparent_slug", grandparent_slug);
    record.digits("media_index", index);
    record.digits("parent_media_index", parent_index);
    record.text("studio", studio);
    record.text("content_rating", content_rating);
    record.text("summary", summary);
    record.text("tagline", tagline);
    record.text("rating", rating);
    record.text("rating_image", rating_image);
    record.text("audience_rating", audience_rating);
    record.text("audience_rating_image", audience_rating_image);
    record.text("user_rating", user_rating);
    record.digits("duration", duration);
    record.digits("year", year);
    record.digits("parent_year", parent_year);
    record.digits("grandparent_year", grandparent_year);
    record.text("thumb", thumb);
    record.text("parent_thumb", parent_thumb);
    record.text("grandparent_thumb", grandparent_thumb);
    record.text("art", art);
    record.text("banner", banner);
    record.text("originally_available_at", originally_available_at);
    record.digits("added_at", seconds(added_at));
    record.digits("updated_at", seconds(updated_at));
    record.digits("last_viewed_at", seconds(last_viewed_at));
    record.text("guid", guid);
    record.text("parent_guid", parent_guid);
    record.text("grandparent_guid", grandparent_guid);
    record.put("directors", directors);
    record.put("writers", writers);
    record.put("actors", actors);
    record.put("genres", genres);
    record.put("labels", labels);
    record.put("collections", collections);
    record.put("guids", guids);
    record.put("markers", markers.into_iter().map(reshape_marker).collect::<Vec<_>>());
    record.put("parent_guids", parent_guids);
    record.put("grandparent_guids", grandparent_guids);
    record.put("full_title", full_title);
    record.put("children_count", children_count.unwrap_or(0));
    record.flag("live", live);
    Told { airing, duration }
}

/// The library's number is text, live TV's is a number.
fn put_section(record: &mut Record, section_id: Option<i64>, live: bool) {
    if live {
        record.number("section_id", section_id);
    } else {
        record.digits("section_id", section_id);
    }
}

/// Only credits know whether they are the first or the final ones.
fn reshape_marker(marker: Marker) -> Value {
    let Marker { marker_id, kind, start, end, first, last } = marker;
    let credits = kind == "CREDITS";
    json!({
        "id": marker_id,
        "type": lower(&kind),
        "start_time_offset": start,
        "end_time_offset": end,
        "first": credits.then_some(first),
        "final": credits.then_some(last),
    })
}
