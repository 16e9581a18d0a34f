//! `get_export_fields`: what an export of each kind of items may hold, and from which level of detail on.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::data::lines;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/export_fields.txt");

/// Where a field belongs: to the item, or to its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Metadata,
    MediaInfo,
}

/// Fields and their levels, of a kind and a place.
type Fields = BTreeMap<&'static str, u8>;

static FIELDS: LazyLock<BTreeMap<(&'static str, Place), Fields>> = LazyLock::new(|| {
    let mut fields = BTreeMap::new();
    for line in lines(TABLE) {
        read(line, &mut fields);
    }
    fields
});

fn read(line: &'static str, fields: &mut BTreeMap<(&'static str, Place), Fields>) {
    let mut words = line.split_whitespace();
    let (Some(kinds), Some(place), Some(level)) = (words.next(), words.next(), words.next()) else { return };
    let Ok(level) = level.parse::<u8>() else { return };
    let place = if place == "metadata" { Place::Metadata } else { Place::MediaInfo };
    let names: Vec<&'static str> = words.collect();
    for kind in kinds.split(',') {
        fields.entry((kind, place)).or_default().extend(names.iter().map(|name| (*name, level)));
    }
}

/// What stands below items of a kind, and under which name.
fn parts(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "show" => &[("season", "seasons")],
        "season" => &[("episode", "episodes")],
        "artist" => &[("album", "albums")],
        "album" => &[("track", "tracks")],
        "photoalbum" => &[("photoalbum", "photoalbums"), ("photo", "photos"), ("clip", "clips")],
        _ => &[],
    }
}

/// What collections and playlists of a kind hold; none where nothing of that kind is collected.
fn members(kind: &str, of: &str) -> &'static [&'static str] {
    match (kind, of) {
        ("collection", "movie") => &["movie"],
        ("collection", "show") => &["show"],
        ("collection", "season") => &["season"],
        ("collection", "episode") => &["episode"],
        ("collection", "artist") => &["artist"],
        ("collection", "album") => &["album"],
        ("collection", "track") => &["track"],
        ("collection", "photoalbum") => &["photoalbum"],
        ("playlist", "video") => &["movie", "episode"],
        ("playlist", "audio") => &["track"],
        ("playlist", "photo") => &["photo"],
        _ => &[],
    }
}

/// The fields of a kind with those of its parts, whose names tell the way to them.
fn add(found: &mut BTreeMap<Place, BTreeMap<String, u8>>, kind: &str, way: &str, deeper: bool) {
    for place in [Place::Metadata, Place::MediaInfo] {
        let fields = FIELDS.get(&(kind, place)).into_iter().flatten();
        let named = fields.map(|(name, level)| (format!("{way}{name}"), *level));
        found.entry(place).or_default().extend(named);
    }
    if deeper {
        for (part, name) in parts(kind) {
            // Albums of photos hold such albums, which go no deeper.
            add(found, part, &format!("{way}{name}."), *part != kind);
        }
    }
}

fn of_kind(kind: &str, sub: &str) -> BTreeMap<Place, BTreeMap<String, u8>> {
    let mut found = BTreeMap::new();
    if !["collection", "playlist"].contains(&kind) {
        add(&mut found, kind, "", true);
        return found;
    }
    let held = members(kind, sub);
    if !held.is_empty() {
        add(&mut found, kind, "", false);
    }
    for item in held {
        let is_album = *item == "photoalbum";
        add(&mut found, item, "items.", !is_album);
        if is_album {
            add(&mut found, item, "items.photoalbums.", false);
        }
    }
    found
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let kind = call.params.get("media_type").unwrap_or_default();
    let found = of_kind(kind, call.params.get("sub_media_type").unwrap_or_default());
    let told = |place| {
        let fields = found.get(&place).into_iter().flatten();
        fields.map(|(name, level)| json!({"field": name, "level": level})).collect::<Value>()
    };
    let mut data = Map::new();
    data.insert("metadata_fields".to_owned(), told(Place::Metadata));
    data.insert("media_info_fields".to_owned(), told(Place::MediaInfo));
    Ok(Answer::data(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(kind: &str, sub: &str) -> (usize, usize) {
        let found = of_kind(kind, sub);
        let count = |place| found.get(&place).map_or(0, BTreeMap::len);
        (count(Place::Metadata), count(Place::MediaInfo))
    }

    #[test]
    fn as_many_as_recorded() {
        for (kind, sub, wanted) in [
            ("movie", "", (89, 146)),
            ("show", "", (225, 147)),
            ("season", "", (149, 146)),
            ("artist", "", (181, 78)),
            ("album", "", (127, 77)),
            ("track", "", (63, 77)),
            ("photo", "", (32, 20)),
            ("photoalbum", "", (192, 166)),
            ("clip", "", (94, 146)),
            ("bogus", "", (0, 0)),
            ("collection", "movie", (134, 146)),
            ("collection", "show", (270, 147)),
            ("collection", "photoalbum", (111, 0)),
            ("collection", "photo", (0, 0)),
            ("playlist", "video", (139, 146)),
            ("playlist", "audio", (93, 77)),
            ("playlist", "photo", (62, 20)),
        ] {
            assert_eq!(counts(kind, sub), wanted, "{kind} of {sub}");
        }
    }

    #[test]
    fn names_tell_the_way() {
        let found = of_kind("show", "");
        assert_eq!(found[&Place::Metadata].get("title"), Some(&1));
        assert_eq!(found[&Place::Metadata].get("seasons.episodes.title"), Some(&1));
        assert_eq!(found[&Place::MediaInfo].get("seasons.episodes.media.bitrate"), Some(&1));
    }
}
