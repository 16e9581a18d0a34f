//! Owns films and clips.

use super::builder::Builder;
use super::{files, words};
use crate::world::{Item, ItemKind, Section};

/// Code and name of the kinds of clip.
const CLIPS: [(i64, &str); 4] =
    [(1, "trailer"), (2, "deletedScene"), (5, "behindTheScenes"), (10, "featurette")];

impl Builder {
    pub(super) fn movie(&mut self, section: &mut Section, presets: &[&str], trailer: bool) {
        let year = self.dice.between(1937, 2026);
        let title = self.title();
        let mut item = self.item(ItemKind::Movie, section, title);
        self.common(&mut item);
        let n = item.rating_key;
        item.about.year = Some(year);
        item.about.guids = vec![
            format!("imdb://tt{:07}", 1_000_000 + n * 37),
            format!("tmdb://{}", 20_000 + n * 13),
            format!("tvdb://{}", 3000 + n),
        ];
        item.about.guids.truncate(self.dice.pick(&[1, 3, 3, 3]));
        item.about.originally_available_at = Some(self.date(year));
        let length = self.dice.between(70, 199) * 60_000 + self.dice.between(0, 59_999);
        item.about.duration = Some(length);
        item.about.tagline =
            self.dice.pick(&[Some("Nothing stays \"lost\"."), Some("One & only."), None]).map(str::to_owned);
        item.about.content_rating = Some(self.dice.pick(&words::MOVIE_RATINGS).to_owned());
        item.tags.directors = self.people("director", &[1, 1, 2]);
        item.tags.writers = self.people("writer", &[0, 1, 3]);
        item.tags.actors = self.people("actor", &[0, 3, 9]);
        item.tags.producers = self.people("producer", &[0, 2]);
        let folder = section.locations.first().map(|(_, path)| path.as_str()).unwrap_or_default();
        for preset in presets {
            let path = format!("{folder}/{n} film ({year})/{n} film - {preset}");
            item.media.push(files::video(self, preset, &path, length, item.about.added_at));
        }
        self.mark_up(&mut item);
        if trailer {
            self.clip(&mut item);
        }
        section.roots.push(n);
        self.add(item);
    }

    fn clip(&mut self, owner: &mut Item) {
        let number = owner.place.extras.len();
        let (code, subtype) = CLIPS.get(number % CLIPS.len()).copied().unwrap_or_default();
        let lead: String = owner.title.chars().take(40).collect();
        let guid = format!("iva://api.internetvideoarchive.com/2.0/{}", owner.rating_key);
        let key = self.new_key();
        let mut item = Item::new(key, ItemKind::Clip, owner.section_id, guid, format!("{lead} {subtype}"));
        item.about.year = owner.about.year;
        item.about.extra_type = Some(code);
        item.about.subtype = Some(subtype.to_owned());
        item.about.added_at = owner.about.added_at;
        let length = self.dice.between(60, 239) * 1000;
        item.about.duration = Some(length);
        item.place.index = i64::try_from(number + 1).ok();
        item.media =
            vec![files::video(self, "480", &format!("/data/clips/{key}"), length, item.about.added_at)];
        owner.place.extras.push(key);
        self.add(item);
    }
}
