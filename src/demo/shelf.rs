//! What there is to choose from: the world's items in the order in which people meet them.

use tautulli_simplex::{Item, ItemKind, Programme, World};

/// Sections of the generated household.
pub const MOVIES: u64 = 1;
pub const SHOWS: u64 = 2;
pub const KIDS: u64 = 3;
pub const MOVIES_4K: u64 = 6;

/// A show's or an album's parts in order.
#[derive(Debug)]
pub struct Run {
    pub key: u64,
    pub parts: Vec<u64>,
}

/// The shelf.
#[derive(Debug)]
pub struct Shelf<'w> {
    pub world: &'w World,
    pub shows: Vec<Run>,
    pub cartoons: Vec<Run>,
    pub albums: Vec<Run>,
    pub films: Vec<u64>,
    pub best_films: Vec<u64>,
    /// Films that children are shown.
    pub family_films: Vec<u64>,
    pub sport: Vec<u64>,
    pub news: Vec<u64>,
}

impl<'w> Shelf<'w> {
    pub fn of(world: &'w World) -> Self {
        let runs = |kind, section| {
            let whole = world.of_kind(kind, section);
            whole
                .map(|item| Run { key: item.rating_key, parts: keys(world.leaves(item)) })
                .filter(|run| run.parts.iter().any(|part| *part != run.key))
                .collect::<Vec<Run>>()
        };
        let films = |section| keys(world.of_kind(ItemKind::Movie, Some(section)));
        let family = |item: &&Item| item.about.content_rating.as_deref() == Some("G");
        let on_air = |fits: fn(&str) -> bool| {
            let shown = world.programmes.iter().filter(|programme| {
                let channel = world.channel(&programme.channel_id);
                channel.is_some_and(|channel| fits(&channel.call_sign))
            });
            shown.map(|programme| programme.rating_key).collect::<Vec<u64>>()
        };
        Self {
            world,
            shows: runs(ItemKind::Show, Some(SHOWS)),
            cartoons: runs(ItemKind::Show, Some(KIDS)),
            albums: runs(ItemKind::Album, None),
            films: films(MOVIES),
            best_films: films(MOVIES_4K),
            family_films: keys(world.of_kind(ItemKind::Movie, Some(MOVIES)).filter(family)),
            sport: on_air(|sign| sign == "SPRT"),
            news: on_air(|sign| sign == "NWS5"),
        }
    }

    /// The item, if it was there at a time (unix seconds).
    pub fn item(&self, key: u64, at: i64) -> Option<&'w Item> {
        self.world.items.get(&key).filter(|item| item.about.added_at < at)
    }

    pub fn programme(&self, key: u64) -> Option<&'w Programme> {
        self.world.programmes.iter().find(|programme| programme.rating_key == key)
    }
}

fn keys<'w>(items: impl IntoIterator<Item = &'w Item>) -> Vec<u64> {
    items.into_iter().map(|item| item.rating_key).collect()
}
