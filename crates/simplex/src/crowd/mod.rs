//! Owns people: a crowd that comes, watches, pauses, seeks, goes on to the next item, and goes, driven by a seed.
//!
//! ```no_run
//! # async fn run(sim: tautulli_simplex::Simplex) {
//! use tautulli_simplex::{Crowd, Habits};
//!
//! let mut crowd = Crowd::new(sim.director(), 7, Habits::household());
//! crowd.gather(8); // in the middle of things
//! crowd.live().await; // for ever, at the habits' pace
//! # }
//! ```
//!
//! Must not know of sockets, bodies or who listens: what people do goes through the director like everything else.

mod deeds;
mod habits;
mod ledger;
mod repertoire;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::clock::{Clock, wait};
use crate::dice::Dice;
use crate::director::Director;
use crate::playback::State;
use crate::world::{Device, User};
pub use habits::{Deed, Habits, Taste};
pub use ledger::{Disturbance, End, Ledger, Spell, Watched};
use repertoire::{Repertoire, Spot};

/// Someone in front of a screen.
#[derive(Debug)]
struct Visit {
    session_key: u64,
    session_id: String,
    user: u64,
    device: String,
    is_local: bool,
    spot: Spot,
    state: State,
    /// The play's place in the ledger.
    play: usize,
}

/// People who watch. Equal seeds make equal choices as long as nobody else ends what they play.
#[derive(Debug)]
pub struct Crowd {
    director: Director,
    dice: Dice,
    habits: Habits,
    clock: Clock,
    repertoire: Repertoire,
    /// Everyone who may play something, with every player of theirs.
    seats: Vec<(User, Device)>,
    /// In order of arrival.
    visits: Vec<Visit>,
    /// What follows of itself from what was done last: who buffers plays on.
    pending: Option<(Deed, u64)>,
    ledger: Ledger,
}

impl Crowd {
    /// Nobody is there yet. Times in the ledger are of the wall, whatever the simulation's clock says.
    #[must_use]
    pub fn new(director: Director, seed: u64, habits: Habits) -> Self {
        let (repertoire, seats) = director.world(|world| {
            let active = world.users.iter().filter(|user| user.is_active);
            let seats = active.flat_map(|user| {
                let of_user = world.devices.iter().filter(|device| device.user_id == user.user_id);
                of_user.map(|device| (user.clone(), device.clone()))
            });
            (Repertoire::of(world), seats.collect())
        });
        Self {
            director,
            dice: Dice::new(seed),
            habits,
            clock: Clock::real(),
            repertoire,
            seats,
            visits: Vec::new(),
            pending: None,
            ledger: Ledger::default(),
        }
    }

    /// The same with another clock for the ledger.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Lets people come until so many are there, all somewhere in the middle of what they watch.
    pub fn gather(&mut self, count: usize) {
        let midway = std::mem::replace(&mut self.habits.midway, 1.0);
        // someone may find nothing that fits, so there are more tries than people
        for _ in 0..count.saturating_mul(4) {
            if self.visits.len() < count {
                self.come();
            }
        }
        self.habits.midway = midway;
    }

    /// One thing happens; none when what was chosen could not be done.
    pub fn act(&mut self) -> Option<Deed> {
        self.look_round();
        let pending = self.pending.take();
        let of = |key| self.visits.iter().position(|visit| visit.session_key == key);
        if let Some((deed, at)) = pending.and_then(|(deed, key)| Some((deed, of(key)?))) {
            return self.carry_out(deed, at);
        }
        if let Some(at) = self.nearly_over() {
            return self.carry_out(Deed::Next, at);
        }
        let present = self.visits.len();
        let deed = match present {
            few if few < self.habits.least => Deed::Come,
            many if many > self.habits.most => Deed::Go,
            _ => self.habits.choose(&mut self.dice),
        };
        match deed {
            Deed::Come | Deed::Again if present >= self.habits.most => None,
            Deed::Come => self.come(),
            Deed::Again => self.again(),
            _ if present == 0 => None,
            other => {
                let at = self.dice.count(0, present - 1);
                self.carry_out(other, at)
            }
        }
    }

    /// Someone whose player goes on by itself, at the end of an item.
    fn nearly_over(&self) -> Option<usize> {
        let soon = crate::clock::whole(self.habits.pause.as_secs_f64() * 2_000.0);
        self.visits.iter().position(|visit| {
            let length = self.repertoire.title(visit.spot).map_or(0, |title| title.length);
            let left = length - self.director.position(visit.session_key).unwrap_or(0);
            matches!(visit.spot.taste, Taste::Episodes | Taste::Music) && length > 0 && left <= soon
        })
    }

    /// How long until the next act: as the habits say, now shorter, now longer.
    pub fn rest(&mut self) -> Duration {
        let share = f64::from(u32::try_from(self.dice.between(20, 180)).unwrap_or(100)) / 100.0;
        wait(self.habits.pause.as_secs_f64() * share)
    }

    /// Acts and rests for ever.
    pub async fn live(mut self) {
        loop {
            let rest = self.rest();
            tokio::time::sleep(rest).await;
            self.act();
        }
    }

    /// Everyone stops and goes.
    pub fn leave(&mut self) {
        self.look_round();
        while !self.visits.is_empty() {
            self.carry_out(Deed::Go, 0);
        }
    }

    /// Takes note of playbacks that ended without us: at the end of the item, by the owner, by a restart.
    pub fn look_round(&mut self) {
        let now = self.clock.now();
        let playing: BTreeMap<u64, String> = self.director.playing();
        let ledger = &mut self.ledger;
        self.visits.retain(|visit| {
            let goes_on = playing.get(&visit.session_key) == Some(&visit.session_id);
            if !goes_on {
                ledger.end(visit.play, now, None, End::Unasked);
            }
            goes_on
        });
    }

    /// Something begins that may keep an observer from seeing what is played. `blinds`: it surely does.
    pub fn disturbed(&mut self, what: &str, blinds: bool) {
        self.ledger.disturb(what, blinds, self.clock.now());
    }

    /// All disturbances are over.
    pub fn calm(&mut self) {
        self.ledger.calm(self.clock.now());
    }

    /// How many watch.
    #[must_use]
    pub fn present(&self) -> usize {
        self.visits.len()
    }

    /// What was done, and by whom: the truth.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Wall time, unix seconds, as in the ledger.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.clock.now()
    }
}
