//! Somebody of the household as the years go by: what they are in the middle of, what they have seen, what they put on again.

use super::chance::Chance;
use super::people::{Habit, Want};
use super::shelf::{MOVIES_4K, Run, Shelf};
use std::collections::BTreeMap;
use tautulli_simplex::{Item, User};

const DAY: i64 = 86_400;

/// A place in a show: its position on the shelf, the next episode, and where in that the last sitting ended.
#[derive(Debug, Clone, Copy)]
struct Bookmark {
    show: usize,
    next: usize,
    offset_ms: i64,
}

/// A film that was not finished.
#[derive(Debug, Clone, Copy)]
struct Unfinished {
    key: u64,
    offset_ms: i64,
    at: i64,
}

#[derive(Debug)]
pub struct Person<'w> {
    pub habit: &'static Habit,
    pub user: &'w User,
    /// Shows in the order in which they appeal, those to come.
    wishes: Vec<usize>,
    /// Shows that are being watched, the favourite last.
    open: Vec<Bookmark>,
    /// Shows that one can put on any time.
    comforts: Vec<usize>,
    cartoons: Vec<Bookmark>,
    /// When films were seen, unix seconds.
    seen: BTreeMap<u64, i64>,
    unfinished: Option<Unfinished>,
    albums: Vec<usize>,
    album: Option<Bookmark>,
    sitting_with: Option<usize>,
}

impl<'w> Person<'w> {
    pub fn new(habit: &'static Habit, user: &'w User, shelf: &Shelf<'_>, chance: &mut Chance) -> Self {
        let mut order = |count: usize| {
            let mut all: Vec<usize> = (0..count).collect();
            chance.shuffle(&mut all);
            all
        };
        let wishes = order(shelf.shows.len());
        let comforts = wishes.iter().copied().take(3).collect();
        let cartoons = order(shelf.cartoons.len()).into_iter().take(5);
        Self {
            habit,
            user,
            wishes,
            open: Vec::new(),
            comforts,
            cartoons: cartoons.map(|show| Bookmark { show, next: 0, offset_ms: 0 }).collect(),
            seen: BTreeMap::new(),
            unfinished: None,
            albums: order(shelf.albums.len()).into_iter().take(16).collect(),
            album: None,
            sitting_with: None,
        }
    }

    /// The next episode and where in it to begin. Usually of the show of last time.
    pub fn next_episode(&mut self, shelf: &Shelf<'_>, chance: &mut Chance, at: i64) -> Option<(u64, i64)> {
        let ready = |mark: &Bookmark| part(&shelf.shows, mark, shelf, at).is_some();
        if self.open.len() < 2 && chance.happens(0.3) || !self.open.iter().any(ready) {
            self.begin_show(shelf, chance, at);
        }
        if self.open.len() > 1 && chance.happens(0.12) {
            self.open.rotate_left(1);
        }
        let found = self.open.iter().rposition(ready)?;
        let mark = self.open.remove(found);
        self.open.push(mark);
        Some((part(&shelf.shows, &mark, shelf, at)?, mark.offset_ms))
    }

    fn begin_show(&mut self, shelf: &Shelf<'_>, chance: &mut Chance, at: i64) {
        let new = |show: &usize| part(&shelf.shows, &Bookmark::start(*show), shelf, at).is_some();
        let wished = self.wishes.iter().position(new).map(|found| self.wishes.remove(found));
        // Whoever has seen everything puts an old one on again.
        let again = || chance.pick(&self.comforts).copied();
        if let Some(show) = wished.or_else(again)
            && !self.open.iter().any(|mark| mark.show == show)
        {
            self.open.push(Bookmark::start(show));
        }
    }

    /// One of the favourites, for as long as it is fun.
    pub fn next_cartoon(&mut self, shelf: &Shelf<'_>, chance: &mut Chance, at: i64) -> Option<u64> {
        let choice: Vec<usize> = (0..self.cartoons.len()).collect();
        if self.sitting_with.is_none() || chance.happens(0.22) {
            self.sitting_with = chance.pick(&choice).copied();
        }
        let mark = self.cartoons.get_mut(self.sitting_with?)?;
        let there = part(&shelf.cartoons, mark, shelf, at);
        let found = there.or_else(|| part(&shelf.cartoons, &Bookmark::start(mark.show), shelf, at))?;
        mark.next = if there.is_some() { mark.next + 1 } else { 1 };
        Some(found)
    }

    /// A film and where in it to begin: the one of the other evening, or one that was not seen for a year.
    pub fn next_film(
        &mut self,
        shelf: &Shelf<'_>,
        chance: &mut Chance,
        at: i64,
        big: bool,
    ) -> Option<(u64, i64)> {
        if let Some(left) = self.unfinished.take().filter(|left| at - left.at < 12 * DAY) {
            return Some((left.key, left.offset_ms));
        }
        let may_4k = self.user.shared_sections.contains(&MOVIES_4K);
        let from = if self.user.is_restricted {
            &shelf.family_films
        } else if big && may_4k && chance.happens(0.45) {
            &shelf.best_films
        } else {
            &shelf.films
        };
        for _ in 0..40 {
            let key = *chance.pick(from)?;
            let again = if self.user.is_restricted { 20 * DAY } else { 400 * DAY };
            let fresh = self.seen.get(&key).is_none_or(|seen| at - seen > again);
            if fresh && shelf.item(key, at).is_some() {
                self.seen.insert(key, at);
                return Some((key, 0));
            }
        }
        None
    }

    /// The next song of the record that is on, or one of another: the first, or any.
    pub fn next_track(&mut self, shelf: &Shelf<'_>, chance: &mut Chance, at: i64) -> Option<u64> {
        for turn in 0..8 {
            let leave = turn == 0 && chance.happens(0.09);
            if let Some(mark) = self.album.as_mut().filter(|_| !leave)
                && let Some(key) = part(&shelf.albums, mark, shelf, at)
            {
                mark.next += 1;
                return Some(key);
            }
            let all: Vec<usize> = (0..shelf.albums.len()).collect();
            let from = if chance.happens(0.8) { &self.albums } else { &all };
            let first = if chance.happens(0.3) { chance.between(0, 7) } else { 0 };
            let next = usize::try_from(first).unwrap_or(0);
            self.album = chance.pick(from).map(|album| Bookmark { next, ..Bookmark::start(*album) });
        }
        None
    }

    /// How far it is watched this time, and what that means for the next time.
    pub fn watch(&mut self, item: &Item, want: Want, from_ms: i64, length: i64, chance: &mut Chance) -> i64 {
        let mut credits =
            item.markers.iter().filter(|marker| marker.kind == "credits").map(|marker| marker.start);
        let rolling = credits.next_back().unwrap_or(length * 97 / 100);
        let over = match chance.between(0, 9) {
            0..4 => length,
            4..8 => rolling + chance.between(1_000, 20_000),
            _ => rolling + (length - rolling) * chance.between(10, 90) / 100,
        };
        let over = over.clamp(from_ms, length);
        let midway = |chance: &mut Chance| from_ms + (rolling - from_ms) * chance.between(15, 85) / 100;
        match want {
            Want::Series => {
                let to_ms = if chance.happens(0.1) { midway(chance) } else { over };
                self.turn_page(to_ms, to_ms < rolling * 85 / 100, chance);
                to_ms
            }
            Want::Film if from_ms == 0 && chance.happens(0.2) => {
                let to_ms = midway(chance);
                let at = self.seen.get(&item.rating_key).copied().unwrap_or_default();
                self.unfinished =
                    chance.happens(0.75).then_some(Unfinished { key: item.rating_key, offset_ms: to_ms, at });
                to_ms
            }
            Want::Album if chance.happens(0.09) => length * chance.between(12, 70) / 100,
            Want::Album => length,
            Want::Cartoons if chance.happens(0.12) => midway(chance),
            _ => over,
        }
    }

    /// Moves the bookmark of the show that is on; a show that does not please is given up.
    fn turn_page(&mut self, to_ms: i64, early: bool, chance: &mut Chance) {
        if early && chance.happens(0.2) {
            self.open.pop();
            return;
        }
        if let Some(mark) = self.open.last_mut() {
            let next = if early { mark.next } else { mark.next + 1 };
            *mark = Bookmark { next, offset_ms: if early { to_ms } else { 0 }, ..*mark };
        }
    }
}

impl Bookmark {
    fn start(show: usize) -> Self {
        Self { show, next: 0, offset_ms: 0 }
    }
}

/// The part of a run that a bookmark is at, if it was there already.
fn part(runs: &[Run], mark: &Bookmark, shelf: &Shelf<'_>, at: i64) -> Option<u64> {
    let key = runs.get(mark.show)?.parts.get(mark.next)?;
    shelf.item(*key, at).map(|item| item.rating_key)
}
