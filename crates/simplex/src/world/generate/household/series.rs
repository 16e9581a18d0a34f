//! Owns the shows of the household with their seasons and episodes; the newest season of some is still coming in.

use super::library::{added, cast, describe};
use super::names;
use super::shows::{EPISODES, KIDS, KIDS_EPISODES, SHOWS, Show};
use crate::world::generate::builder::Builder;
use crate::world::generate::{DAY, files};
use crate::world::{Item, ItemKind, Section};

pub(super) fn shows(b: &mut Builder, shows: &mut Section, kids: &mut Section) {
    for (n, show) in SHOWS.iter().enumerate() {
        add_show(b, shows, show, n % 4 == 0, &EPISODES);
    }
    for (n, show) in KIDS.iter().enumerate() {
        add_show(b, kids, show, n % 6 == 1, &KIDS_EPISODES);
    }
}

fn add_show(b: &mut Builder, section: &mut Section, show: &Show, running: bool, titles: &[&str]) {
    let (title, year, genre, rating, network, minutes, seasons, summary) = *show;
    let mut item = b.item(ItemKind::Show, section, title.to_owned());
    let key = i64::try_from(item.rating_key).unwrap_or(0);
    describe(b, &mut item, year, summary, network);
    item.about.guids = vec![format!("imdb://tt{}", 91_000_000 + key), format!("tvdb://{}", 9_100_000 + key)];
    item.about.content_rating = Some(rating.to_owned());
    item.about.duration = Some(minutes * 60_000);
    item.about.has_theme = true;
    item.about.added_at = if running { b.epoch - b.dice.between(800, 1500) * DAY } else { added(b) };
    item.about.updated_at = Some(item.about.added_at + 120);
    item.place.index = Some(1);
    item.tags.genres = vec![b.tag("genre", genre)];
    item.tags.actors = cast(b, 7);
    let folder = section.locations.first().map(|(_, path)| path.as_str()).unwrap_or_default();
    item.place.location = Some(format!("{folder}/{title} ({year})"));
    let mut titles = titles.to_vec();
    b.dice.shuffle(&mut titles);
    let mut titles = titles.into_iter().cycle();
    for (n, episodes) in (1i64..).zip(seasons) {
        let last = usize::try_from(n).is_ok_and(|n| n == seasons.len());
        // A running show gets an episode a week; the season began some weeks ago.
        let since =
            if running && last { b.epoch - b.dice.between(3, 6) * 7 * DAY } else { item.about.added_at };
        let weekly = if running && last { 7 * DAY } else { 0 };
        let batch = Batch { number: n, episodes: *episodes, since, every: weekly };
        add_season(b, section, &mut item, &batch, &mut titles);
    }
    section.roots.push(item.rating_key);
    b.add(item);
}

/// A season as it comes in: its first episode at `since`, unix seconds, the others `every` so many seconds.
struct Batch {
    number: i64,
    episodes: i64,
    since: i64,
    every: i64,
}

fn add_season<'t>(
    b: &mut Builder,
    section: &Section,
    show: &mut Item,
    batch: &Batch,
    titles: &mut impl Iterator<Item = &'t str>,
) {
    let mut season = b.item(ItemKind::Season, section, format!("Season {}", batch.number));
    season.place.index = Some(batch.number);
    season.place.parent_key = Some(show.rating_key);
    season.about.added_at = batch.since;
    season.about.updated_at = Some(batch.since + 120);
    season.about.year = show.about.year.map(|year| year + batch.number - 1);
    for index in 1..=batch.episodes {
        let added = batch.since + (index - 1) * batch.every;
        if added < b.epoch {
            let title = titles.next().unwrap_or("Untitled");
            add_episode(b, section, show, &mut season, (index, title, added));
        }
    }
    show.place.children.push(season.rating_key);
    b.add(season);
}

fn add_episode(
    b: &mut Builder,
    section: &Section,
    show: &Item,
    season: &mut Item,
    (index, title, added): (i64, &str, i64),
) {
    let mut item = b.item(ItemKind::Episode, section, title.to_owned());
    let number = season.place.index.unwrap_or(1);
    item.place.index = Some(index);
    item.place.parent_key = Some(season.rating_key);
    item.place.grandparent_key = Some(show.rating_key);
    let year = season.about.year.unwrap_or(2020);
    item.about.year = Some(year);
    item.about.originally_available_at = Some(b.date(year));
    item.about.guids = vec![format!("tvdb://{}", 92_000_000 + item.rating_key)];
    item.about.summary = b.dice.sample(&names::HAPPENINGS, 2).join(" ");
    item.about.content_rating.clone_from(&show.about.content_rating);
    item.about.audience_rating = Some(b.mark(6));
    item.about.audience_rating_image = Some("themoviedb://image.rating".to_owned());
    item.about.added_at = added;
    item.about.updated_at = Some(added + 120);
    let length = show.about.duration.unwrap_or(1_320_000) * b.dice.between(94, 106) / 100;
    item.about.duration = Some(length);
    item.tags.directors = b.tags("director", &names::WRITERS, 1, 1);
    item.tags.writers = b.tags("writer", &names::WRITERS, 1, 2);
    let preset = match year {
        ..2013 => b.dice.pick(&["720", "sd", "720"]),
        2013..2019 => b.dice.pick(&["720", "1080"]),
        _ => b.dice.pick(&["1080", "1080", "1080hevc"]),
    };
    let folder = show.place.location.as_deref().unwrap_or_default();
    let path = format!("{folder}/Season {number:02}/{} - s{number:02}e{index:02} - {title}", show.title);
    item.media = vec![files::video(b, preset, &path, length, added)];
    b.mark_up(&mut item);
    season.place.children.push(item.rating_key);
    b.add(item);
}
