//! The simulated Plex on a thread of its own, so that nothing here delays what it says.

use super::marks::Marks;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tautulli_simplex::{Director, ItemKind, Options, Preset, Scale, Simplex, Start, World};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Every session is told of so often.
const EVERY: Duration = Duration::from_secs(10);
/// How far ahead of itself a session is when it is told of: further than rounding, nearer than what counts as a jump.
const AHEAD_MS: i64 = 4_000;

enum Order {
    Play(u64),
    Tell(bool),
    Burst(usize),
}

/// A running simulation.
pub struct Plex {
    orders: UnboundedSender<Order>,
    pub url: String,
    pub token: String,
    pub plextv: String,
    _thread: JoinHandle<()>,
}

impl Plex {
    pub fn start(marks: Arc<Marks>) -> Self {
        let (orders, inbox) = unbounded_channel();
        let (says, said) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                // It says nothing by itself.
                let options = Options { interval: 1e9, ..Options::default() };
                let plex = Simplex::start(World::generate(7, Scale::Small), options).await.unwrap();
                says.send((plex.pms_url(), plex.token(), plex.plextv_url())).unwrap();
                let stage = Stage { director: plex.director(), marks, keys: Vec::new(), next: 0 };
                stage.run(inbox).await;
            });
        });
        let (url, token, plextv) = said.recv().unwrap();
        Self { orders, url, token, plextv, _thread: thread }
    }

    /// What leads the service to it.
    pub fn settings(&self) -> [(&str, &str); 3] {
        let Self { url, token, plextv, .. } = self;
        [("TAUTULLI_PMS_URL", url), ("TAUTULLI_PMS_TOKEN", token), ("TAUTULLI_PLEXTV_URL", plextv)]
    }

    /// So many begin to watch.
    pub fn play(&self, count: u64) {
        self.order(Order::Play(count));
    }

    /// Whether progress is told.
    pub fn tell(&self, tells: bool) {
        self.order(Order::Tell(tells));
    }

    /// So many library events, one after the other.
    pub fn burst(&self, count: usize) {
        self.order(Order::Burst(count));
    }

    fn order(&self, order: Order) {
        assert!(self.orders.send(order).is_ok(), "the simulation has ended");
    }
}

struct Stage {
    director: Director,
    marks: Arc<Marks>,
    keys: Vec<u64>,
    next: usize,
}

impl Stage {
    async fn run(mut self, mut inbox: UnboundedReceiver<Order>) {
        let marks = self.marks.clone();
        self.director.witness(move |text| {
            if let Some(key) = key_of(text) {
                marks.written(key);
            }
        });
        let mut ticks: Option<Interval> = None;
        loop {
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(Order::Play(count)) => self.play(count),
                    Some(Order::Tell(tells)) => ticks = tells.then(|| self.ticks()),
                    Some(Order::Burst(count)) => self.burst(count),
                    None => return,
                },
                () = due(&mut ticks) => self.tell(),
            }
        }
    }

    /// Long items from their beginning, everywhere the same number of each delivery.
    fn play(&mut self, count: u64) {
        let (items, devices) = self.director.world(|world| {
            let long =
                world.of_kind(ItemKind::Movie, None).filter(|item| item.about.duration > Some(4_000_000));
            let items: Vec<u64> = long.map(|item| item.rating_key).collect();
            let devices: Vec<String> = world.devices.iter().map(|device| device.machine_id.clone()).collect();
            (items, devices)
        });
        let ways = [Preset::DirectPlay, Preset::Transcode, Preset::DirectStream, Preset::Hw, Preset::Audio];
        let all = items.iter().cycle().zip(devices.iter().cycle()).zip(ways.iter().cycle());
        for (_, ((item, device), way)) in (0..count).zip(all) {
            let start = Start::item(*item).device(device).decision(*way);
            self.keys.push(self.director.start(&start).unwrap().session_key);
        }
    }

    fn ticks(&self) -> Interval {
        let mut ticks = interval(EVERY / u32::try_from(self.keys.len().max(1)).unwrap());
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        ticks
    }

    fn tell(&mut self) {
        let Some(key) = self.keys.get(self.next % self.keys.len().max(1)).copied() else { return };
        self.next += 1;
        let offset = self.director.position(key).unwrap_or(0) + AHEAD_MS;
        self.marks.announce(key, u64::try_from(offset).unwrap());
        self.director.seek(key, offset, true).unwrap();
    }

    /// What a scan says of items it has seen before and has nothing to do with, as Plex says it.
    fn burst(&self, count: usize) {
        let items = self.director.world(|world| {
            let items = world.items.values().map(|item| (item.rating_key, item.kind.code(), item.section_id));
            items.collect::<Vec<_>>()
        });
        for (number, (key, kind, section)) in (0..count).zip(items.iter().cycle()) {
            let state = if number % 2 == 0 { 4 } else { 5 };
            let entry = serde_json::json!({
                "identifier": "com.plexapp.plugins.library",
                "sectionID": section.to_string(),
                "itemID": key.to_string(),
                "type": kind,
                "title": "A title of the usual length",
                "state": state,
                "updatedAt": 1_780_272_000,
            });
            self.director.emit("timeline", "TimelineEntry", vec![entry]);
        }
    }
}

async fn due(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => drop(ticks.tick().await),
        None => std::future::pending().await,
    }
}

/// The session key of a `playing` message.
fn key_of(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("\"sessionKey\":\"")?;
    rest.split_once('"')?.0.parse().ok()
}
