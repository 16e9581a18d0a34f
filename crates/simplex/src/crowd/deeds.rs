//! Owns how each deed is done, and that the ledger hears of it.

use super::ledger::{End, Ledger, Spell, Watched};
use super::repertoire::{Repertoire, Spot, Title};
use super::{Crowd, Deed, Habits, Taste, Visit};
use crate::director::{Change, NextItem, Start};
use crate::playback::State;
use crate::world::{Device, User};

/// Starts at most this far into an item.
const MIDWAY: f64 = 0.8;

/// Plex's player for music shows no pictures.
fn plays_only_music(device: &Device) -> bool {
    device.product == "Plexamp"
}

impl Crowd {
    /// Someone comes and plays something.
    pub(super) fn come(&mut self) -> Option<Deed> {
        let (user, device) = self.seat(None)?;
        let taste = self.habits.taste(&mut self.dice);
        let taste = if plays_only_music(&device) { Taste::Music } else { taste };
        let fits = fits(&self.ledger, &self.habits, self.clock.now(), &user);
        let spot = self.repertoire.choose(taste, &mut self.dice, fits)?;
        let length = self.repertoire.title(spot)?.length;
        let offset = if length > 0 && self.dice.chance(self.habits.midway) {
            self.dice.between(0, share(length, MIDWAY))
        } else {
            0
        };
        self.begin(&user, &device, spot, offset).map(|()| Deed::Come)
    }

    /// Someone comes back to what was left unfinished.
    pub(super) fn again(&mut self) -> Option<Deed> {
        let left: Vec<(u64, u64, i64)> = self
            .ledger
            .plays()
            .iter()
            .filter(|play| matches!(play.taste, Taste::Movies | Taste::Episodes))
            .filter_map(|play| Some((play.user, play.rating_key, play.left_at?)))
            .collect();
        let (user, rating_key, offset) = self.dice.pick(&left.into_iter().map(Some).collect::<Vec<_>>())?;
        let (user, device) = self.seat(Some(user))?;
        let spot = self.repertoire.find(rating_key)?;
        let title = self.repertoire.title(spot)?;
        let is_finished = offset > share(title.length, MIDWAY);
        let may = fits(&self.ledger, &self.habits, self.clock.now(), &user)(&title);
        if is_finished || !may || plays_only_music(&device) {
            return None;
        }
        self.begin(&user, &device, spot, offset).map(|()| Deed::Again)
    }

    /// Does it for one of those who are there.
    pub(super) fn carry_out(&mut self, deed: Deed, at: usize) -> Option<Deed> {
        let now = self.clock.now();
        let visit = self.visits.get_mut(at)?;
        let (key, play) = (visit.session_key, visit.play);
        match deed {
            Deed::Come | Deed::Again => return None,
            Deed::Pause if visit.state == State::Playing => {
                self.director.pause(key).ok()?;
                visit.state = State::Paused;
                self.ledger.pause(play, now);
            }
            Deed::Resume if visit.state != State::Playing => {
                self.director.resume(key).ok()?;
                visit.state = State::Playing;
                self.ledger.resume(play, now);
            }
            Deed::Pause | Deed::Resume => return None,
            Deed::Buffer => {
                self.director.buffer(key, 1).ok()?;
                visit.state = State::Buffering;
                self.ledger.wait(play, now);
                self.pending = Some((Deed::Resume, key));
            }
            Deed::Seek => {
                let length = self.repertoire.title(visit.spot)?.length;
                if length == 0 {
                    return None;
                }
                let offset = self.dice.between(0, share(length, MIDWAY));
                self.director.seek(key, offset, true).ok()?;
            }
            Deed::Change => {
                let delivery = self.dice.pick(visit.spot.taste.deliveries(visit.is_local));
                self.director.change(Change::new(key, delivery)).ok()?;
            }
            Deed::Next => return self.next(at),
            Deed::Go | Deed::Vanish => self.go(at, deed == Deed::Go),
        }
        Some(deed)
    }

    fn go(&mut self, at: usize, says_so: bool) {
        let visit = self.visits.remove(at);
        let left = self.director.stop(visit.session_key, None, says_so).ok().map(|stopped| stopped.offset);
        let end = if says_so { End::Said } else { End::Vanished };
        self.ledger.end(visit.play, self.clock.now(), left, end);
    }

    /// The next item: in the same session, or, as some players do, in a new one.
    fn next(&mut self, at: usize) -> Option<Deed> {
        let visit = self.visits.get(at)?;
        let (user, device) = self.seats.iter().find(|(_, device)| device.machine_id == visit.device)?.clone();
        let fits = fits(&self.ledger, &self.habits, self.clock.now(), &user);
        let spot = self.repertoire.next(visit.spot, &mut self.dice, fits)?;
        let (same, says_so) = (self.dice.chance(0.7), self.dice.chance(0.5));
        if !same || spot.taste == Taste::Live {
            self.go(at, true);
            return self.begin(&user, &device, spot, 0).map(|()| Deed::Next);
        }
        let rating_key = self.repertoire.title(spot)?.rating_key;
        let visit = self.visits.get_mut(at)?;
        let left = self.director.position(visit.session_key);
        let how = NextItem { say_stop: says_so, ..NextItem::new(visit.session_key, rating_key) };
        // a session that is paused or waits would go on to do so in the next item
        self.director.resume(visit.session_key).ok()?;
        self.director.next_item(&how).ok()?;
        visit.state = State::Playing;
        visit.spot = spot;
        let now = self.clock.now();
        self.ledger.end(visit.play, now, left, End::Next);
        let play = watched(visit, rating_key, 0, now);
        visit.play = self.ledger.begin(play);
        Some(Deed::Next)
    }

    fn begin(&mut self, user: &User, device: &Device, spot: Spot, offset: i64) -> Option<()> {
        let title = self.repertoire.title(spot)?;
        let start = match spot.taste {
            Taste::Live => Start::channel(Repertoire::channel(spot)),
            _ => Start::item(title.rating_key).at(offset),
        };
        let delivery = self.dice.pick(spot.taste.deliveries(device.local));
        let start = start.user(user.user_id).device(&device.machine_id).decision(delivery);
        let started = self.director.start(&start).ok()?;
        let mut visit = Visit {
            session_key: started.session_key,
            session_id: started.session_id,
            user: user.user_id,
            device: device.machine_id.clone(),
            is_local: device.local,
            spot,
            state: State::Playing,
            play: 0,
        };
        visit.play = self.ledger.begin(watched(&visit, title.rating_key, offset, self.clock.now()));
        self.visits.push(visit);
        Some(())
    }

    /// A person with a player that is free.
    fn seat(&mut self, user: Option<u64>) -> Option<(User, Device)> {
        let is_free = |device: &Device| {
            !self.habits.one_for_each_player
                || !self.visits.iter().any(|visit| visit.device == device.machine_id)
        };
        let free: Vec<usize> = (0..)
            .zip(&self.seats)
            .filter(|(_, (person, device))| {
                user.is_none_or(|wanted| person.user_id == wanted) && is_free(device)
            })
            .map(|(at, _)| at)
            .collect();
        if free.is_empty() {
            return None;
        }
        let at = self.dice.pick(&free);
        self.seats.get(at).cloned()
    }
}

/// What this person may play, and would not play twice at a time.
fn fits(ledger: &Ledger, habits: &Habits, now: f64, user: &User) -> impl Fn(&Title) -> bool {
    move |title| {
        let shared = |section| user.is_owner || user.shared_sections.contains(&section);
        title.section.is_none_or(shared)
            && !ledger.has_lately(user.user_id, title.rating_key, now - habits.apart.unwrap_or(0.0))
    }
}

fn watched(visit: &Visit, rating_key: u64, offset: i64, now: f64) -> Watched {
    Watched {
        user: visit.user,
        rating_key,
        taste: visit.spot.taste,
        device: visit.device.clone(),
        session_key: visit.session_key,
        session_id: visit.session_id.clone(),
        time: Spell { from: now, to: None },
        begun_at: offset,
        left_at: None,
        end: None,
        pauses: Vec::new(),
        waits: Vec::new(),
    }
}

fn share(length: i64, part: f64) -> i64 {
    crate::clock::whole(crate::clock::real(length) * part)
}
