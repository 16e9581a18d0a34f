//! Owns what there is to watch, in the order one would watch it.

use std::collections::BTreeMap;

use super::Taste;
use crate::dice::Dice;
use crate::world::World;

/// How often something fitting is looked for before giving up.
const TRIES: usize = 60;

/// Something to play. `length` in milliseconds, 0 when it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Title {
    pub rating_key: u64,
    /// None for what is on air.
    pub section: Option<u64>,
    pub length: i64,
}

/// A place in the repertoire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub taste: Taste,
    series: usize,
    at: usize,
}

/// By taste: shows, albums, photo albums and channels as series, anything else as a series of one.
#[derive(Debug)]
pub(super) struct Repertoire(BTreeMap<Taste, Vec<Vec<Title>>>);

impl Repertoire {
    pub(super) fn of(world: &World) -> Self {
        let all = Taste::ALL.into_iter().map(|taste| {
            let series = match taste.kinds() {
                None => vec![on_air(world)],
                Some((holder, kind)) => world
                    .of_kind(holder, None)
                    .map(|holder| {
                        let leaves = world.leaves(holder).into_iter();
                        leaves.filter(|leaf| leaf.kind == kind && !leaf.media.is_empty()).map(title).collect()
                    })
                    .collect(),
            };
            (taste, series.into_iter().filter(|series| !series.is_empty()).collect())
        });
        Self(all.collect())
    }

    pub(super) fn title(&self, spot: Spot) -> Option<Title> {
        self.0.get(&spot.taste)?.get(spot.series)?.get(spot.at).copied()
    }

    /// Which programme of the world's it is, counted from 0.
    pub(super) fn channel(spot: Spot) -> usize {
        spot.at
    }

    /// Where an item is.
    pub(super) fn find(&self, rating_key: u64) -> Option<Spot> {
        self.0.iter().find_map(|(taste, all)| {
            all.iter().enumerate().find_map(|(series, titles)| {
                let at = titles.iter().position(|title| title.rating_key == rating_key)?;
                Some(Spot { taste: *taste, series, at })
            })
        })
    }

    /// Something fitting by chance.
    pub(super) fn choose(
        &self,
        taste: Taste,
        dice: &mut Dice,
        fits: impl Fn(&Title) -> bool,
    ) -> Option<Spot> {
        let all = self.0.get(&taste).filter(|all| !all.is_empty())?;
        (0..TRIES).find_map(|_| {
            let series = dice.count(0, all.len() - 1);
            let at = dice.count(0, all.get(series)?.len() - 1);
            let spot = Spot { taste, series, at };
            self.title(spot).is_some_and(|title| fits(&title)).then_some(spot)
        })
    }

    /// What comes after it, or something else of the kind.
    pub(super) fn next(&self, spot: Spot, dice: &mut Dice, fits: impl Fn(&Title) -> bool) -> Option<Spot> {
        let next = Spot { at: spot.at + 1, ..spot };
        match self.title(next).filter(|title| fits(title)) {
            Some(_) => Some(next),
            None => self.choose(spot.taste, dice, fits),
        }
    }
}

fn title(item: &crate::world::Item) -> Title {
    Title {
        rating_key: item.rating_key,
        section: Some(item.section_id),
        length: item.about.duration.unwrap_or(0),
    }
}

fn on_air(world: &World) -> Vec<Title> {
    let programmes = world.programmes.iter();
    programmes.map(|p| Title { rating_key: p.rating_key, section: None, length: 0 }).collect()
}
