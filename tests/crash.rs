//! Killed while people watch: no play is lost, none is doubled, none stays open. A few rounds; the seed is printed.

use crate::support::process::{Service, folder, free_port, postmaster};
use crate::support::{Client, until};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{Rng, SeedableRng};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use tautulli_simplex::{Director, ItemKind, NextItem, Options, Scale, Simplex, Start, World};

const KEY: &str = "the-key-of-the-crash-test";
const ROUNDS: usize = 8;

/// What people did: who, what, for how long it could be seen in one piece.
struct Watched {
    user: u64,
    item: u64,
    seen: Duration,
}

struct People {
    director: Director,
    items: Vec<u64>,
    users: Vec<u64>,
    random: StdRng,
    running: BTreeMap<u64, (u64, u64, Instant)>,
    done: Vec<Watched>,
    /// When the last disturbance was over: what could be seen counts from then.
    calm_since: Instant,
    pieces: BTreeMap<u64, Duration>,
}

impl People {
    fn begin(&mut self) {
        let free: Vec<(u64, u64)> = self
            .users
            .iter()
            .flat_map(|u| self.items.iter().map(move |i| (*u, *i)))
            .filter(|pair| !self.running.values().any(|(u, i, _)| (*u, *i) == *pair))
            .filter(|(u, i)| !self.done.iter().any(|w| (w.user, w.item) == (*u, *i)))
            .collect();
        let Some((user, item)) = free.choose(&mut self.random).copied() else { return };
        let started = self.director.start(&Start::item(item).user(user)).unwrap();
        self.running.insert(started.session_key, (user, item, Instant::now()));
    }

    /// The longest undisturbed piece so far.
    fn seen(&self, key: u64, since: Instant) -> Duration {
        let piece = Instant::now() - since.max(self.calm_since);
        piece.max(self.pieces.get(&key).copied().unwrap_or_default())
    }

    fn finish(&mut self, key: u64) {
        let (user, item, since) = self.running.remove(&key).unwrap();
        let seen = self.seen(key, since);
        self.pieces.remove(&key);
        self.done.push(Watched { user, item, seen });
    }

    fn act(&mut self) {
        let someone = self.running.keys().copied().choose(&mut self.random);
        match (self.random.random_range(0..10), someone) {
            (0..4, _) if self.running.len() < 6 => self.begin(),
            (4, Some(key)) => self.director.pause(key).unwrap(),
            (5, Some(key)) => self.director.resume(key).unwrap(),
            (6..8, Some(key)) => {
                self.director.stop(key, None, true).unwrap();
                self.finish(key);
            }
            (8, Some(key)) => {
                let (user, item, _) = self.running[&key];
                let taken = |i: &u64| {
                    *i == item
                        || self.running.values().any(|(u, other, _)| (*u, *other) == (user, *i))
                        || self.done.iter().any(|w| (w.user, w.item) == (user, *i))
                };
                if let Some(next) = self.items.iter().copied().find(|i| !taken(i)) {
                    self.director.next_item(&NextItem::new(key, next)).unwrap();
                    self.finish(key);
                    self.running.insert(key, (user, next, Instant::now()));
                }
            }
            _ => {}
        }
    }

    /// A disturbance begins: what was seen so far is one piece.
    fn disturbed(&mut self) {
        let pieces: Vec<(u64, Duration)> =
            self.running.iter().map(|(key, (_, _, since))| (*key, self.seen(*key, *since))).collect();
        self.pieces.extend(pieces);
    }
}

fn environment(plex: &Simplex, port: u16) -> Vec<(&'static str, String)> {
    vec![
        ("TAUTULLI_PMS_URL", plex.pms_url()),
        ("TAUTULLI_PMS_TOKEN", plex.token()),
        ("TAUTULLI_PLEXTV_URL", plex.plextv_url()),
        ("TAUTULLI_API_KEY", KEY.to_owned()),
        ("TAUTULLI_HTTP_HOST", "127.0.0.1".to_owned()),
        ("TAUTULLI_HTTP_PORT", port.to_string()),
        ("TAUTULLI_LOGGING_IGNORE_INTERVAL", "0".to_owned()),
    ]
}

async fn ready(port: u16) {
    let client = crate::support::http();
    until("the service", async || {
        let answer = client.get(format!("http://127.0.0.1:{port}/readyz")).send().await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
}

fn kill_database(data: &Path) {
    if let Some(pid) = postmaster(data).and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_play_is_lost_doubled_or_left_open_when_killed() {
    let seed: u64 = std::env::var("CRASH_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_261_123);
    println!("CRASH_SEED={seed}");
    let options = Options { interval: 1.0, ..Options::default() };
    let plex = Simplex::start(World::generate(7, Scale::Tiny), options).await.unwrap();
    let director = plex.director();
    let items = director.world(|w| {
        let movie = |i: &&tautulli_simplex::Item| i.kind == ItemKind::Movie;
        w.items.values().filter(movie).map(|i| i.rating_key).collect::<Vec<_>>()
    });
    let users = director.world(|w| w.users.iter().map(|u| u.user_id).collect::<Vec<_>>());
    let (dir, port) = (folder(), free_port());
    let data = dir.path().join("data");
    let environment = environment(&plex, port);
    let mut service = Service::start(&data, &environment);
    ready(port).await;
    let mut people = People {
        director,
        items,
        users,
        random: StdRng::seed_from_u64(seed),
        running: BTreeMap::new(),
        done: Vec::new(),
        calm_since: Instant::now(),
        pieces: BTreeMap::new(),
    };
    for round in 0..ROUNDS {
        let until = Instant::now() + Duration::from_millis(people.random.random_range(1_500..5_000));
        while Instant::now() < until {
            people.act();
            tokio::time::sleep(Duration::from_millis(people.random.random_range(50..400))).await;
        }
        people.disturbed();
        match (round + usize::try_from(seed % 5).unwrap()) % 5 {
            0 | 3 => service.kill(),
            1 => kill_database(&data),
            2 => {
                service.kill();
                kill_database(&data);
            }
            _ => {
                people
                    .director
                    .run("ws", serde_json::json!({ "kind": "abort" }).as_object().unwrap().clone())
                    .await
                    .unwrap();
            }
        }
        if people.random.random_bool(0.5) {
            people.act();
        }
        service = {
            drop(service);
            Service::start(&data, &environment)
        };
        ready(port).await;
        people.calm_since = Instant::now();
    }
    tokio::time::sleep(Duration::from_secs(7)).await;
    for key in people.running.keys().copied().collect::<Vec<_>>() {
        people.director.stop(key, None, true).unwrap();
        people.finish(key);
    }
    judge(&people, port).await;
    assert_eq!(service.terminate(), Some(0));
}

async fn judge(people: &People, port: u16) {
    let admin = Client::with_key(&format!("http://127.0.0.1:{port}"), KEY);
    until("every session to end", async || {
        let data = admin.data("{ activity { streamCount } }").await;
        (data["activity"]["streamCount"] == 0).then_some(())
    })
    .await;
    let query = "{ history(grouped: false, first: 500) { nodes { play { user { accountId } item { ratingKey } } } } }";
    let data = admin.data(query).await;
    let mut kept: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for node in data["history"]["nodes"].as_array().unwrap() {
        let number = |v: &Value| v.as_u64().or_else(|| v.as_str()?.parse().ok()).unwrap();
        let play = &node["play"];
        *kept.entry((number(&play["user"]["accountId"]), number(&play["item"]["ratingKey"]))).or_default() +=
            1;
    }
    for watched in &people.done {
        let count = kept.remove(&(watched.user, watched.item)).unwrap_or(0);
        assert!(count <= 1, "doubled: {} watched {} once, kept {count} times", watched.user, watched.item);
        let long = watched.seen >= Duration::from_secs(6);
        assert!(
            count == 1 || !long,
            "lost: {} watched {} for {:?}",
            watched.user,
            watched.item,
            watched.seen
        );
    }
    assert!(kept.is_empty(), "plays that nobody watched: {kept:?}");
    assert!(people.done.len() > 5, "nobody watched");
}
