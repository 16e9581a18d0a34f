//! The plan of two years: who plays what, when, where, how far. Pure: a world, a seed and a present moment make a diary.
//!
//! Nobody does two things at once, and no player is used by two people at once.

use super::calendar;
use super::chance::Chance;
use super::delivery::{self, Delivery, Place};
use super::people::{HABITS, Habit, Sitting, Want};
use super::person::Person;
use super::shelf::Shelf;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use tautulli_simplex::{Device, User, World};

/// What is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An item of a library.
    Item(u64),
    /// A programme on the air.
    Programme(u64),
}

/// One play as it will have happened. Offsets and pauses in milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewing<'w> {
    pub user: &'w User,
    pub device: &'w Device,
    pub place: Place,
    pub subject: Subject,
    pub delivery: Delivery,
    pub started_at: DateTime<Utc>,
    pub from_ms: i64,
    pub to_ms: i64,
    /// Where in the item, and for how long; ascending.
    pub pauses: Vec<(i64, i64)>,
    /// Where the player had to wait for data, once for a moment.
    pub stall: Option<i64>,
}

impl Viewing<'_> {
    pub fn stopped_at(&self) -> DateTime<Utc> {
        let paused: i64 = self.pauses.iter().map(|(_, length)| length).sum();
        let waited = self.stall.map_or(0, |_| STALL_MS);
        self.started_at + Duration::milliseconds(self.to_ms - self.from_ms + paused + waited)
    }
}

/// How much more they all watch than they would admit.
const EAGER: f64 = 1.2;
/// How long a player waits for data.
pub const STALL_MS: i64 = 2_600;
/// How far back it goes, in days.
pub const DAYS: u64 = 731;
/// Nothing of the diary is later than so long before now: what runs now is for the living.
const UNTIL: Duration = Duration::minutes(12);
/// Whoever would have to wait longer for the television does something else.
const PATIENCE: Duration = Duration::minutes(100);

/// Plans everything up to `now`, in the order in which plays end.
pub fn plan<'w>(world: &'w World, seed: u64, zone: Tz, now: DateTime<Utc>) -> Vec<Viewing<'w>> {
    let shelf = Shelf::of(world);
    let mut chance = Chance::new(seed ^ 0x00D1_A121);
    let mut people: Vec<Person<'_>> = HABITS
        .iter()
        .filter_map(|habit| {
            let user = world.users.iter().find(|user| user.title == habit.person)?;
            Some(Person::new(habit, user, &shelf, &mut chance))
        })
        .collect();
    let mut diary =
        Diary { shelf, chance, zone, until: now - UNTIL, busy: BTreeMap::new(), viewings: Vec::new() };
    let today = now.with_timezone(&zone).date_naive();
    for day in calendar::days(zone, now, DAYS) {
        let ago = (today - day).num_days();
        for person in &mut people {
            diary.live_through(person, day, ago);
        }
    }
    let mut viewings = diary.viewings;
    viewings.sort_by_key(|viewing| (viewing.stopped_at(), viewing.started_at));
    viewings
}

/// What one item is played for.
struct Part {
    subject: Subject,
    from_ms: i64,
    to_ms: i64,
}

struct Diary<'w> {
    shelf: Shelf<'w>,
    chance: Chance,
    zone: Tz,
    until: DateTime<Utc>,
    /// Until when people (by user name) and players (by machine) are taken.
    busy: BTreeMap<&'w str, DateTime<Utc>>,
    viewings: Vec<Viewing<'w>>,
}

impl<'w> Diary<'w> {
    fn live_through(&mut self, person: &mut Person<'w>, day: NaiveDate, ago: i64) {
        let habit: &'static Habit = person.habit;
        let mood = EAGER * calendar::season(day, habit.family) * calendar::settled(habit.joined - ago);
        let weekday = calendar::weekday(day);
        for sitting in habit.sittings {
            let likely = sitting.days.get(weekday).copied().unwrap_or_default() * mood;
            // Drawn in any case, so that one sitting more does not change all that follow it on other days.
            let (comes, hour) =
                (self.chance.happens(likely.min(0.97)), self.chance.around(sitting.hour, sitting.spread));
            let start = calendar::instant(self.zone, day, hour).filter(|_| comes);
            if let Some(start) = start {
                self.sit(person, sitting, start, hour);
            }
        }
    }

    /// One sitting: some items in a row.
    fn sit(&mut self, person: &mut Person<'w>, sitting: &Sitting, wanted: DateTime<Utc>, hour: f64) {
        let Some(device) = self.chance.pick(sitting.players).copied().and_then(|title| self.player(title))
        else {
            return;
        };
        let names = [person.user.uuid.as_str(), device.machine_id.as_str()];
        let free = names.into_iter().filter_map(|name| self.busy.get(name).copied()).max();
        let mut at = match free {
            Some(free) if free > wanted => free + Duration::seconds(self.chance.between(60, 900)),
            _ => wanted,
        };
        if at - wanted > PATIENCE {
            return;
        }
        let evening = !(8.0..17.5).contains(&hour);
        let week = wanted.timestamp() / (7 * 86_400);
        let place = Place::of(device, person.habit.family, evening, week);
        let binge = matches!(sitting.want, Want::Series) && self.chance.happens(0.07);
        let count = self.chance.between(sitting.items.0, sitting.items.1) + if binge { 3 } else { 0 };
        for _ in 0..count {
            let Some(part) = self.next_part(person, sitting.want, device, at) else { break };
            let viewing = self.view(person, device, &place, &part, at);
            let stopped = viewing.stopped_at();
            if stopped > self.until {
                break;
            }
            self.busy.extend(names.map(|name| (name, stopped)));
            self.viewings.push(viewing);
            at = stopped + self.breath(sitting.want);
        }
    }

    fn player(&self, title: &str) -> Option<&'w Device> {
        self.shelf.world.devices.iter().find(|device| device.title == title)
    }

    /// Between two items: the player goes on by itself, or somebody fetches a glass of water.
    fn breath(&mut self, want: Want) -> Duration {
        match want {
            Want::Album => Duration::milliseconds(self.chance.between(300, 2_200)),
            _ if self.chance.happens(0.75) => Duration::seconds(self.chance.between(4, 14)),
            _ => Duration::seconds(self.chance.between(60, 540)),
        }
    }

    fn next_part(
        &mut self,
        person: &mut Person<'w>,
        want: Want,
        device: &Device,
        at: DateTime<Utc>,
    ) -> Option<Part> {
        let at = at.timestamp();
        let big = matches!(device.device_class.as_str(), "tv" | "stb");
        let (key, from_ms) = match want {
            Want::Series => person.next_episode(&self.shelf, &mut self.chance, at)?,
            Want::Cartoons => (person.next_cartoon(&self.shelf, &mut self.chance, at)?, 0),
            Want::Film => person.next_film(&self.shelf, &mut self.chance, at, big)?,
            Want::Album => (person.next_track(&self.shelf, &mut self.chance, at)?, 0),
            Want::Sport | Want::News => return self.broadcast(want),
        };
        let item = self.shelf.item(key, at)?;
        let length = item.about.duration.unwrap_or_default();
        let to_ms = person.watch(item, want, from_ms, length, &mut self.chance);
        Some(Part { subject: Subject::Item(key), from_ms, to_ms })
    }

    fn broadcast(&mut self, want: Want) -> Option<Part> {
        let of = if want == Want::Sport { &self.shelf.sport } else { &self.shelf.news };
        let key = *self.chance.pick(of)?;
        let length = self.shelf.programme(key)?.duration;
        let to_ms = length * self.chance.between(35, 104) / 100;
        Some(Part { subject: Subject::Programme(key), from_ms: 0, to_ms })
    }

    fn view(
        &mut self,
        person: &Person<'w>,
        device: &'w Device,
        place: &Place,
        part: &Part,
        started_at: DateTime<Utc>,
    ) -> Viewing<'w> {
        let media = match part.subject {
            Subject::Item(key) => self.shelf.world.items.get(&key).and_then(|item| item.media.first()),
            Subject::Programme(_) => None,
        };
        let delivery = match media {
            Some(media) => delivery::choose(media, device, place, &mut self.chance),
            None if place.location == "lan" => Delivery::Remux,
            None => Delivery::Hardware("4mbps-720"),
        };
        let far = place.location != "lan" && self.chance.happens(0.05);
        Viewing {
            user: person.user,
            device,
            place: place.clone(),
            subject: part.subject,
            delivery,
            started_at,
            from_ms: part.from_ms,
            to_ms: part.to_ms,
            pauses: self.pauses(part, media.is_some_and(|media| media.width.is_some())),
            stall: far.then(|| self.chance.between(part.from_ms + 1000, part.to_ms - 1000)),
        }
    }

    /// The door, the kettle, the telephone: seldom in an episode, more often in a film, never in a song.
    fn pauses(&mut self, part: &Part, picture: bool) -> Vec<(i64, i64)> {
        let length = part.to_ms - part.from_ms;
        if !picture || length < 5 * 60_000 {
            return Vec::new();
        }
        let likely = if length > 70 * 60_000 { 0.5 } else { 0.14 };
        let mut found = Vec::new();
        while found.len() < 4 && self.chance.happens(likely) {
            let at = self.chance.between(part.from_ms + 60_000, part.to_ms - 60_000);
            let long = self.chance.happens(0.2);
            let seconds = if long { self.chance.between(300, 1500) } else { self.chance.between(15, 260) };
            found.push((at, seconds * 1000));
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests;
