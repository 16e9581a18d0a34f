//! Owns items that break naive readers: missing years, pictures, lengths, guids; odd files; clocks that were wrong.

use super::builder::Builder;
use super::{DAY, files};
use crate::world::{Item, Section};

fn change(b: &mut Builder, key: Option<&u64>, how: impl FnOnce(&mut Item)) {
    if let Some(item) = key.and_then(|key| b.items.get_mut(key)) {
        how(item);
    }
}

pub(super) fn items(b: &mut Builder, movies: &Section, shows: &Section) {
    bare_films(b, movies);
    odd_films(b, movies);
    odd_shows(b, shows);
}

fn bare_films(b: &mut Builder, movies: &Section) {
    let film = |n: usize| movies.roots.get(n);
    change(b, film(22), |item| (item.about.year, item.about.originally_available_at) = (None, None));
    change(b, film(23), |item| (item.about.has_thumb, item.about.has_art) = (false, false));
    change(b, film(24), |item| {
        item.guid = "com.plexapp.agents.imdb://tt0133093?lang=en".to_owned();
        item.about.guids.clear();
    });
    change(b, film(25), |item| {
        item.guid = format!("local://{}", item.rating_key);
        item.about.guids.clear();
    });
    // not analysed yet
    change(b, film(26), |item| {
        item.about.duration = None;
        item.media.iter_mut().for_each(|media| media.duration = None);
        item.markers.clear();
        item.chapters.clear();
    });
    change(b, film(28), |item| item.about.updated_at = None);
    change(b, film(29), |item| {
        item.about.summary.clear();
        item.tags.actors.clear();
        item.tags.genres.clear();
    });
}

fn odd_films(b: &mut Builder, movies: &Section) {
    let film = |n: usize| movies.roots.get(n);
    change(b, film(27), |item| {
        if let Some(part) = item.media.first_mut().and_then(|media| media.parts.first_mut()) {
            part.file = "/data/movies/Ünïcödé 漢字 #1 & 'q' \"dq\".mkv".to_owned();
        }
    });
    if let Some(item) = film(30).and_then(|key| b.items.get(key)) {
        let (key, length, at) = (item.rating_key, item.about.duration.unwrap_or(1), item.about.added_at);
        let made = files::optimized(b, &format!("/data/movies/Plex Versions/Mobile/{key}"), length, at);
        change(b, film(30), |item| item.media.push(made));
    }
    if let Some(item) = film(31).and_then(|key| b.items.get(key)) {
        let (key, length, at) = (item.rating_key, item.about.duration.unwrap_or(2) / 2, item.about.added_at);
        let second = files::video(b, "720", &format!("/data/movies/{key} - cd2"), length, at).parts;
        change(b, film(31), |item| {
            if let Some(media) = item.media.first_mut() {
                media.parts.extend(second);
            }
        });
    }
    let epoch = b.epoch;
    change(b, film(32), |item| item.about.added_at = epoch + 3 * DAY);
    change(b, film(33), |item| {
        item.about.user_rating = Some("10.0".to_owned());
        item.about.view_count = 12;
        item.about.last_viewed_at = Some(epoch - DAY);
    });
}

fn odd_shows(b: &mut Builder, shows: &Section) {
    change(b, shows.roots.last(), |item| {
        item.guid = "com.plexapp.agents.thetvdb://73141?lang=en".to_owned();
        item.about.guids.clear();
    });
    change(b, shows.roots.get(1), |item| item.place.skip_parent = true);
    // a talk show: dates for titles, and no numbers
    let seasons = shows.roots.get(2).and_then(|key| b.items.get(key)).map(|show| show.place.children.clone());
    let seasons: Vec<u64> = seasons.unwrap_or_default();
    let leaves: Vec<u64> = seasons
        .iter()
        .filter_map(|key| b.items.get(key))
        .flat_map(|season| season.place.children.clone())
        .collect();
    for (n, key) in leaves.iter().enumerate() {
        change(b, Some(key), |item| {
            item.title = format!("{}-0{}-1{}", 2024 + n % 2, 1 + n % 9, n % 9);
            if n % 2 == 1 {
                item.place.index = None;
            }
        });
    }
}
