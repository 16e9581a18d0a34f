//! What was played, as it was then.

use super::rows::{Description, Fact};
use std::mem::take;
use tautulli_domain::media::{Airing, ItemSnapshot, Marker, MarkerKind, MediaKind};

/// What a key that is no key looks like.
const NO_KEY: [&str; 3] = ["", "0", "None"];

pub(super) fn read(fact: &Fact, duration_ms: Option<i64>, description: Option<Description>) -> ItemSnapshot {
    let keys = ItemSnapshot {
        kind: MediaKind::parse(&fact.media_type),
        rating_key: key(&fact.rating_key),
        parent_rating_key: key(&fact.parent_rating_key),
        grandparent_rating_key: key(&fact.grandparent_rating_key),
        section_id: fact.section_id,
        ..ItemSnapshot::default()
    };
    match description {
        Some(description) => describe(keys, duration_ms, description),
        None => ItemSnapshot { duration_ms: positive(duration_ms), ..keys },
    }
}

fn describe(keys: ItemSnapshot, duration_ms: Option<i64>, mut d: Description) -> ItemSnapshot {
    let live = d.live.is_some_and(|live| live != 0);
    let markers = credits(&d);
    let airing = live.then(|| airing(&mut d));
    ItemSnapshot {
        title: d.title,
        parent_title: d.parent_title,
        grandparent_title: d.grandparent_title,
        original_title: d.original_title,
        index: d.media_index,
        parent_index: d.parent_media_index,
        year: d.year,
        thumb: d.thumb,
        parent_thumb: d.parent_thumb,
        grandparent_thumb: d.grandparent_thumb,
        art: d.art,
        originally_available_at: d.originally_available_at,
        added_at: d.added_at,
        updated_at: d.updated_at,
        content_rating: d.content_rating,
        summary: d.summary,
        tagline: d.tagline,
        rating: d.rating,
        duration_ms: positive(d.duration).or(positive(duration_ms)),
        guid: d.guid,
        directors: list(&d.directors),
        writers: list(&d.writers),
        actors: list(&d.actors),
        genres: list(&d.genres),
        labels: labels(&d.labels),
        studio: d.studio,
        markers,
        live,
        airing,
        // Old versions kept the section beside the description.
        section_id: keys.section_id.or(d.section_id),
        ..keys
    }
}

pub(super) fn key(text: &str) -> String {
    if NO_KEY.contains(&text) { String::new() } else { text.to_owned() }
}

fn positive(number: Option<i64>) -> Option<i64> {
    number.filter(|number| *number > 0)
}

/// Names joined by semicolons.
fn list(text: &str) -> Vec<String> {
    text.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Labels as they lie, with those that have no name: clients of the file's own program count them.
fn labels(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split(';').map(str::to_owned).collect() }
}

/// Of an item's credits only their beginnings are kept; they end where the item does.
fn credits(d: &Description) -> Vec<Marker> {
    let end = positive(d.duration).unwrap_or(0);
    let marker = |start: Option<i64>, first: bool, last: bool| {
        let start_ms = positive(start)?;
        Some(Marker { id: None, kind: MarkerKind::Credits, start_ms, end_ms: end.max(start_ms), first, last })
    };
    let (first, last) = (d.marker_credits_first, d.marker_credits_final);
    if first == last {
        return marker(first, true, true).into_iter().collect();
    }
    [marker(first, true, false), marker(last, false, true)].into_iter().flatten().collect()
}

fn airing(d: &mut Description) -> Airing {
    Airing {
        channel_call_sign: take(&mut d.channel_call_sign),
        channel_id: take(&mut d.channel_id),
        channel_identifier: take(&mut d.channel_identifier),
        channel_title: take(&mut d.channel_title),
        channel_thumb: take(&mut d.channel_thumb),
        channel_vcn: take(&mut d.channel_vcn),
        ..Airing::default()
    }
}
