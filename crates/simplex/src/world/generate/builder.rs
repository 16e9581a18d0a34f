//! Owns the counters, the tags and the items while a world is made, and what all kinds of item share.

use std::collections::BTreeMap;

use super::{DAY, words};
use crate::dice::Dice;
use crate::world::{About, Item, ItemKind, Section, Tag};

pub(super) struct Builder {
    pub dice: Dice,
    pub epoch: i64,
    pub items: BTreeMap<u64, Item>,
    /// What the main sound of a film may be in.
    pub spoken: &'static [Option<&'static str>],
    key: u64,
    id: u64,
    tags: BTreeMap<(&'static str, String), Tag>,
    awkward: std::slice::Iter<'static, &'static str>,
}

impl Builder {
    pub(super) fn new(dice: Dice, epoch: i64) -> Self {
        Self {
            dice,
            epoch,
            items: BTreeMap::new(),
            spoken: &[Some("eng"), Some("eng"), Some("jpn"), None],
            key: 0,
            id: 40_000,
            tags: BTreeMap::new(),
            awkward: [].iter(),
        }
    }

    /// The next titles come from the list of awkward ones.
    pub(super) fn awkward_titles(&mut self) {
        self.awkward = words::AWKWARD_TITLES.iter();
    }

    /// Keys have gaps, as on a server things were deleted from.
    pub(super) fn new_key(&mut self) -> u64 {
        self.key += if self.dice.chance(0.97) { 1 } else { self.dice.pick(&[2, 5, 11, 29]) };
        self.key
    }

    pub(super) fn new_id(&mut self) -> u64 {
        self.id += 1;
        self.id
    }

    /// The next free key and id.
    pub(super) fn counters(&self) -> (u64, u64) {
        (self.key + 1, self.id + 1)
    }

    pub(super) fn add(&mut self, item: Item) {
        self.items.insert(item.rating_key, item);
    }

    pub(super) fn item(&mut self, kind: ItemKind, section: &Section, title: String) -> Item {
        let guid = format!("plex://{}/{}", kind.name(), self.dice.hex(24));
        Item::new(self.new_key(), kind, section.id, guid, title)
    }

    pub(super) fn tag(&mut self, kind: &'static str, text: &str) -> Tag {
        if let Some(known) = self.tags.get(&(kind, text.to_owned())) {
            return known.clone();
        }
        let person = matches!(kind, "director" | "writer" | "actor" | "producer").then(|| self.dice.hex(24));
        let tag = Tag {
            id: self.new_id(),
            tag: text.to_owned(),
            role: None,
            thumb: person.as_ref().map(|id| format!("https://metadata-static.plex.tv/a/people/{id}.jpg")),
            tag_key: person,
        };
        self.tags.insert((kind, text.to_owned()), tag.clone());
        tag
    }

    pub(super) fn tags(&mut self, kind: &'static str, of: &[&str], low: usize, high: usize) -> Vec<Tag> {
        let count = self.dice.count(low, high);
        let chosen = self.dice.sample(of, count);
        chosen.into_iter().map(|text| self.tag(kind, text)).collect()
    }

    pub(super) fn people(&mut self, kind: &'static str, counts: &[usize]) -> Vec<Tag> {
        let mut out: Vec<Tag> = Vec::new();
        for _ in 0..self.dice.pick(counts) {
            let name = format!("{} {}", self.dice.pick(&words::FIRST), self.dice.pick(&words::LAST));
            let mut tag = self.tag(kind, &name);
            if kind == "actor" {
                tag.role = Some(format!(
                    "{} \"{}\"",
                    self.dice.pick(&words::FIRST),
                    self.dice.pick(&words::ADJECTIVES)
                ));
            }
            if out.iter().all(|known| known.id != tag.id) {
                out.push(tag);
            }
        }
        out
    }

    pub(super) fn title(&mut self) -> String {
        if let Some(title) = self.awkward.next() {
            return (*title).to_owned();
        }
        let adjective = self.dice.pick(&words::ADJECTIVES);
        let (noun, place) = (self.dice.pick(&words::NOUNS), self.dice.pick(&words::PLACES));
        match self.dice.between(0, 4) {
            0 => format!("The {adjective} {noun}"),
            1 => format!("{noun} of {place}"),
            2 => format!("{adjective} {noun}: Part {}", self.dice.between(2, 9)),
            3 => format!("A {noun} in {place}"),
            _ => format!("{adjective} {place}"),
        }
    }

    pub(super) fn summary(&mut self) -> String {
        if self.dice.chance(0.05) {
            return self.dice.pick(&words::AWKWARD_SUMMARIES).to_owned();
        }
        self.dice.sample(&words::SENTENCES, 2).join(" ")
    }

    /// A day of a year.
    pub(super) fn date(&mut self, year: i64) -> String {
        format!("{year:04}-{:02}-{:02}", self.dice.between(1, 12), self.dice.between(1, 28))
    }

    pub(super) fn times(&mut self, about: &mut About, days: i64) {
        about.added_at = self.epoch - self.dice.between(DAY, days * DAY);
        about.updated_at = Some(self.epoch.min(about.added_at + self.dice.between(0, 90 * DAY)));
    }

    /// A mark out of ten.
    pub(super) fn mark(&mut self, low: i64) -> String {
        let tenths = self.dice.between(low * 10, 99);
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    fn ratings(&mut self, about: &mut About) {
        if self.dice.chance(0.8) {
            let mark = self.mark(2);
            let ripe = mark.as_bytes().first().is_some_and(|digit| *digit >= b'6');
            let image = if ripe { "ripe" } else { "rotten" };
            about.rating_image = Some(format!("rottentomatoes://image.rating.{image}"));
            about.rating = Some(mark);
        }
        if self.dice.chance(0.85) {
            about.audience_rating = Some(self.mark(2));
            let images =
                ["rottentomatoes://image.rating.upright", "themoviedb://image.rating", "imdb://image.rating"];
            about.audience_rating_image = Some(self.dice.pick(&images).to_owned());
        }
        if self.dice.chance(0.1) {
            about.user_rating = Some(format!("{}.0", self.dice.between(1, 10)));
        }
    }

    /// What films, shows and artists share.
    pub(super) fn common(&mut self, item: &mut Item) {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
        let slug: String = item.title.chars().map(plain).collect();
        item.about.slug = Some(slug.split_whitespace().collect::<Vec<_>>().join("-"));
        item.about.summary = self.summary();
        self.ratings(&mut item.about);
        self.times(&mut item.about, 1500);
        item.tags.genres = self.tags("genre", &words::GENRES, 1, 4);
        item.tags.countries = self.tags("country", &words::COUNTRIES, 0, 2);
        if self.dice.chance(0.15) {
            item.tags.labels = self.tags("label", &words::LABELS, 1, 2);
        }
        item.about.studio = self.dice.chance(0.95).then(|| self.dice.pick(&words::STUDIOS).to_owned());
        if self.dice.chance(0.3) {
            let title = item.title.strip_prefix("The ").unwrap_or(&item.title);
            item.about.title_sort = Some(title.strip_prefix("A ").unwrap_or(title).to_owned());
        }
        if self.dice.chance(0.15) {
            item.about.original_title = words::AWKWARD_TITLES.first().map(|title| (*title).to_owned());
        }
    }

    pub(super) fn section(
        &mut self,
        id: u64,
        kind: ItemKind,
        title: &str,
        folder: &str,
        scanner: &str,
        agent: &str,
    ) -> Section {
        let mut locations = vec![(id, format!("/data/{folder}"))];
        if kind == ItemKind::Show {
            locations.push((20 + id, "/data/More TV & Séries".to_owned()));
        }
        Section {
            id,
            kind,
            title: title.to_owned(),
            agent: agent.to_owned(),
            scanner: scanner.to_owned(),
            uuid: self.dice.uuid(),
            locations,
            language: "en-US".to_owned(),
            created_at: self.epoch - 2200 * DAY,
            updated_at: self.epoch - 40 * DAY,
            scanned_at: self.epoch - 3600,
            content_changed_at: self.dice.between(100_000, 10_000_000),
            hidden: 0,
            roots: Vec::new(),
            collections: Vec::new(),
        }
    }

    pub(super) fn collection(&mut self, section: &mut Section, title: &str, members: Vec<u64>) {
        let mut item = self.item(ItemKind::Collection, section, title.to_owned());
        item.guid = format!("collection://{}", self.dice.uuid());
        item.about.subtype = Some(section.kind.wire().to_owned());
        item.about.content_rating = Some("PG".to_owned());
        item.about.summary = "A <hand-picked> set & more.".to_owned();
        item.place.index = i64::try_from(self.new_id()).ok();
        self.times(&mut item.about, 400);
        let tag = self.tag("collection", title);
        for member in &members {
            if let Some(member) = self.items.get_mut(member) {
                member.tags.collections.push(tag.clone());
            }
        }
        item.place.children = members;
        section.collections.push(item.rating_key);
        self.add(item);
    }
}
