//! Owns films, photo albums and collections of the household.

use super::films::{FILMS, Film};
use super::names;
use crate::world::generate::builder::Builder;
use crate::world::generate::{DAY, files};
use crate::world::{About, Item, ItemKind, Section, Tag};

/// How long ago the house began to be watched; most of the library is older.
const WATCHED_FOR: i64 = 740 * DAY;

/// Films: those of recent years that look best are in the library for the projector.
pub(super) fn films(b: &mut Builder, movies: &mut Section, movies_4k: &mut Section) {
    let ranges = ["4k-hdr10", "4k-dv8", "4k-hdr10", "4k-dv5", "4k-hlg", "4k-sdr"];
    let mut best = ranges.iter().cycle();
    for (n, film) in FILMS.iter().enumerate() {
        let (_, year, ..) = *film;
        if year >= 2016 && n % 2 == 0 {
            let range = best.next().copied().unwrap_or("4k-hdr10");
            add_film(b, movies_4k, film, range);
        } else {
            let preset = match year {
                ..1995 => b.dice.pick(&["480", "576i", "720"]),
                1995..2010 => b.dice.pick(&["720", "1080", "1080scope"]),
                _ => b.dice.pick(&["1080", "1080scope", "1080hevc", "1080"]),
            };
            add_film(b, movies, film, preset);
        }
    }
}

fn add_film(b: &mut Builder, section: &mut Section, film: &Film, preset: &str) {
    let (title, year, minutes, genres, rating, studio, director, summary) = *film;
    let mut item = b.item(ItemKind::Movie, section, title.to_owned());
    let key = i64::try_from(item.rating_key).unwrap_or(0);
    describe(b, &mut item, year, summary, studio);
    item.about.guids = vec![format!("imdb://tt{}", 90_000_000 + key), format!("tmdb://{}", 9_000_000 + key)];
    item.about.content_rating = Some(rating.to_owned());
    item.about.added_at = added(b);
    item.about.updated_at = Some(item.about.added_at + 120);
    let length = minutes * 60_000 + b.dice.between(-59_000, 59_000);
    item.about.duration = Some(length);
    item.tags.genres = genres.iter().map(|genre| b.tag("genre", genre)).collect();
    item.tags.directors = vec![b.tag("director", director)];
    item.tags.writers = b.tags("writer", &names::WRITERS, 1, 2);
    item.tags.actors = cast(b, 6);
    let folder = section.locations.first().map(|(_, path)| path.as_str()).unwrap_or_default();
    let path = format!("{folder}/{title} ({year})/{title} ({year})");
    item.media = vec![files::video(b, preset, &path, length, item.about.added_at)];
    b.mark_up(&mut item);
    section.roots.push(item.rating_key);
    b.add(item);
}

/// What films and shows say of themselves alike.
pub(super) fn describe(b: &mut Builder, item: &mut Item, year: i64, summary: &str, studio: &str) {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let slug: String = item.title.chars().map(plain).collect();
    let slug = slug.split_whitespace().collect::<Vec<_>>().join("-");
    let sorted = item.title.strip_prefix("The ").or(item.title.strip_prefix("A "));
    item.about = About {
        slug: Some(slug),
        title_sort: sorted.map(str::to_owned),
        year: Some(year),
        originally_available_at: Some(b.date(year)),
        summary: summary.to_owned(),
        studio: Some(studio.to_owned()),
        rating: Some(b.mark(5)),
        rating_image: Some("rottentomatoes://image.rating.ripe".to_owned()),
        audience_rating: Some(b.mark(5)),
        audience_rating_image: Some("rottentomatoes://image.rating.upright".to_owned()),
        ..About::default()
    };
    item.tags.countries =
        b.tags("country", &["United Kingdom", "Canada", "Norway", "Ireland", "Germany"], 1, 1);
}

/// When something came into the library: mostly before the watch began, the rest evenly until yesterday.
pub(super) fn added(b: &mut Builder) -> i64 {
    let ago = if b.dice.chance(0.62) {
        b.dice.between(WATCHED_FOR, WATCHED_FOR + 900 * DAY)
    } else {
        b.dice.between(DAY, WATCHED_FOR)
    };
    b.epoch - ago
}

pub(super) fn cast(b: &mut Builder, count: usize) -> Vec<Tag> {
    let chosen = b.dice.sample(&names::ACTORS, count);
    chosen
        .into_iter()
        .map(|name| {
            let role = b.dice.pick(&names::ACTORS);
            let role = role.split(' ').next().unwrap_or_default().to_owned();
            Tag { role: Some(role), ..b.tag("actor", name) }
        })
        .collect()
}

pub(super) fn photos(b: &mut Builder, section: &mut Section) {
    for title in names::ALBUMS {
        let key = b.photo_album(section, 14);
        if let Some(album) = b.items.get_mut(&key) {
            title.clone_into(&mut album.title);
        }
    }
}

/// Films of one director each.
pub(super) fn collections(b: &mut Builder, movies: &mut Section) {
    for director in ["Ines Calloway", "Hal Vandermeer", "Denholm Achebe", "Amparo Quill"] {
        let by = |item: &&Item| item.tags.directors.iter().any(|tag| tag.tag == director);
        let roots = movies.roots.iter().filter_map(|key| b.items.get(key)).filter(by);
        let members: Vec<u64> = roots.map(|item| item.rating_key).collect();
        b.collection(movies, &format!("{director} Collection"), members);
        let made = movies.collections.last().and_then(|key| b.items.get_mut(key));
        if let Some(collection) = made {
            collection.about.summary = format!("Everything by {director} in the house.");
        }
    }
}
