//! Owns shows, seasons and episodes.

use super::builder::Builder;
use super::{DAY, files, words};
use crate::world::{Item, ItemKind, Section};

impl Builder {
    pub(super) fn show(&mut self, section: &mut Section, seasons: i64, episodes: i64) {
        let year = self.dice.between(1965, 2025);
        let title = self.title();
        let mut show = self.item(ItemKind::Show, section, title);
        self.common(&mut show);
        let n = show.rating_key;
        show.place.index = Some(1);
        show.about.year = Some(year);
        show.about.has_theme = self.dice.chance(0.5);
        show.about.guids = vec![
            format!("imdb://tt{}", 5_000_000 + n),
            format!("tmdb://{}", 60_000 + n),
            format!("tvdb://{}", 70_000 + n),
        ];
        show.about.content_rating = Some(self.dice.pick(&words::TV_RATINGS).to_owned());
        show.about.originally_available_at = Some(self.date(year));
        show.about.duration = Some(self.dice.pick(&[22, 42, 55]) * 60_000);
        show.tags.actors = self.people("actor", &[0, 5, 8]);
        let (_, folder) = self.dice.pick(&section.locations);
        show.place.location = Some(format!("{folder}/{n} show"));
        // some shows have specials, which are season 0 and begin with episode 0
        let first = if self.dice.chance(0.25) { 0 } else { 1 };
        for number in first..=seasons {
            self.season(section, &mut show, number, episodes);
        }
        section.roots.push(n);
        self.add(show);
    }

    fn season(&mut self, section: &Section, show: &mut Item, number: i64, episodes: i64) {
        let title = if number == 0 { "Specials".to_owned() } else { format!("Season {number}") };
        let mut season = self.item(ItemKind::Season, section, title);
        season.place.index = Some(number);
        season.place.parent_key = Some(show.rating_key);
        season.about.added_at = show.about.added_at;
        season.about.updated_at = show.about.updated_at;
        season.about.year = show.about.year.map(|year| year + number);
        season.about.guids = vec![format!("tvdb://{}", 700_000 + season.rating_key)];
        show.place.children.push(season.rating_key);
        let range = match number {
            0 => 0..=1,
            _ => 1..=self.dice.between((episodes - 2).max(1), episodes + 2),
        };
        for index in range {
            self.episode(section, show, &mut season, index);
        }
        self.add(season);
    }

    fn episode(&mut self, section: &Section, show: &Item, season: &mut Item, index: i64) {
        let title = if self.dice.chance(0.7) { self.title() } else { format!("Episode {index}") };
        let mut item = self.item(ItemKind::Episode, section, title);
        let n = item.rating_key;
        item.place.index = Some(index);
        item.place.parent_key = Some(season.rating_key);
        item.place.grandparent_key = Some(show.rating_key);
        let year = season.about.year.unwrap_or(2020).min(2026);
        item.about.year = Some(year);
        item.about.guids = vec![
            format!("imdb://tt{}", 8_000_000 + n),
            format!("tmdb://{}", 900_000 + n),
            format!("tvdb://{}", 100_000 + n),
        ];
        item.about.summary = self.summary();
        item.about.content_rating.clone_from(&show.about.content_rating);
        let length = show.about.duration.unwrap_or(1_320_000) * self.dice.between(90, 110) / 100;
        item.about.duration = Some(length);
        item.about.originally_available_at = (index != 0).then(|| self.date(year));
        let week = i64::try_from(season.place.children.len()).unwrap_or(0) * 7 * DAY;
        item.about.added_at = (self.epoch - 60).min(show.about.added_at + week);
        item.about.updated_at = Some(item.about.added_at + 30);
        if self.dice.chance(0.6) {
            item.about.audience_rating = Some(self.mark(4));
            item.about.audience_rating_image = Some("themoviedb://image.rating".to_owned());
        }
        item.tags.directors = self.people("director", &[0, 1]);
        item.tags.writers = self.people("writer", &[0, 1, 2]);
        item.tags.actors = self.people("actor", &[0, 0, 2]);
        let preset = self.dice.pick(&["720", "1080", "1080hevc", "sd", "576i", "1440-av1"]);
        let folder = show.place.location.as_deref().unwrap_or_default();
        let path = format!("{folder}/S{:02}E{index:02}", season.place.index.unwrap_or(0));
        item.media = vec![files::video(self, preset, &path, length, item.about.added_at)];
        self.mark_up(&mut item);
        season.place.children.push(n);
        self.add(item);
    }
}
