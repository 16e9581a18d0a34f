//! What was played, as it was then.

use super::rows::{Description, Fact, Media};
use tautulli_domain::media::{Airing, ItemSnapshot, Marker, MarkerKind, MediaKind};

/// What a key that is no key looks like.
const NO_KEY: [&str; 3] = ["", "0", "None"];

pub(super) fn read(fact: &Fact, media: &Media, description: Option<&Description>) -> ItemSnapshot {
    let keys = ItemSnapshot {
        kind: MediaKind::parse(&fact.media_type),
        rating_key: key(&fact.rating_key),
        parent_rating_key: key(&fact.parent_rating_key),
        grandparent_rating_key: key(&fact.grandparent_rating_key),
        section_id: fact.section_id,
        ..ItemSnapshot::default()
    };
    match description {
        Some(description) => describe(keys, media, description),
        None => ItemSnapshot { duration_ms: positive(media.duration), ..keys },
    }
}

fn describe(keys: ItemSnapshot, media: &Media, d: &Description) -> ItemSnapshot {
    let live = d.live.is_some_and(|live| live != 0);
    ItemSnapshot {
        title: d.title.clone(),
        parent_title: d.parent_title.clone(),
        grandparent_title: d.grandparent_title.clone(),
        original_title: d.original_title.clone(),
        index: d.media_index,
        parent_index: d.parent_media_index,
        year: d.year,
        thumb: d.thumb.clone(),
        parent_thumb: d.parent_thumb.clone(),
        grandparent_thumb: d.grandparent_thumb.clone(),
        art: d.art.clone(),
        originally_available_at: d.originally_available_at.clone(),
        added_at: d.added_at,
        updated_at: d.updated_at,
        last_viewed_at: d.last_viewed_at,
        content_rating: d.content_rating.clone(),
        summary: d.summary.clone(),
        tagline: d.tagline.clone(),
        rating: d.rating.clone(),
        duration_ms: positive(d.duration).or(positive(media.duration)),
        guid: d.guid.clone(),
        directors: list(&d.directors),
        writers: list(&d.writers),
        actors: list(&d.actors),
        genres: list(&d.genres),
        labels: list(&d.labels),
        studio: d.studio.clone(),
        markers: credits(d),
        live,
        airing: live.then(|| airing(d)),
        ..keys
    }
}

fn key(text: &str) -> String {
    if NO_KEY.contains(&text) { String::new() } else { text.to_owned() }
}

fn positive(number: Option<i64>) -> Option<i64> {
    number.filter(|number| *number > 0)
}

/// Names joined by semicolons.
fn list(text: &str) -> Vec<String> {
    text.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect()
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

fn airing(d: &Description) -> Airing {
    Airing {
        channel_call_sign: d.channel_call_sign.clone(),
        channel_id: d.channel_id.clone(),
        channel_identifier: d.channel_identifier.clone(),
        channel_title: d.channel_title.clone(),
        channel_thumb: d.channel_thumb.clone(),
        channel_vcn: d.channel_vcn.clone(),
        ..Airing::default()
    }
}
