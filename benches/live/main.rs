//! What the service costs while people watch and many look on: the real binary, a simulated Plex, real sockets.
//!
//! `make bench-live` runs it; it prints a table in markdown. These make it another one, or a shorter one:
//! `BENCH_SESSIONS` (300), `BENCH_LISTENERS` (500,5000), `BENCH_SECONDS` (60), `BENCH_BURST` (10000), `BENCH_IDLE` (60),
//! `BENCH_STARTS` (5), and `TAUTULLI_BIN` for another binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark that cannot run says so and ends, and its result is what it prints"
)]

#[path = "../bed/mod.rs"]
mod bed;
mod echo;
mod latency;
mod listener;
mod marks;
mod plex;
mod report;
mod socket;

use bed::cost::Cost;
use bed::service::{self, Service};
use listener::Listeners;
use marks::Marks;
use plex::Plex;
use report::{Burst, Live, Report};
use std::sync::Arc;
use std::time::Duration;

/// What is asked for.
pub struct Wishes {
    sessions: u64,
    listeners: Vec<usize>,
    window: Duration,
    burst: usize,
    idle: Duration,
    starts: usize,
}

fn number(name: &str, usual: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {text:?}")),
        Err(_) => usual,
    }
}

impl Wishes {
    fn read() -> Self {
        let listeners = std::env::var("BENCH_LISTENERS").unwrap_or_else(|_| "500,5000".to_owned());
        let count = |text: &str| text.trim().parse().expect("BENCH_LISTENERS are numbers with commas");
        Self {
            sessions: number("BENCH_SESSIONS", 300),
            listeners: listeners.split(',').map(count).collect(),
            window: Duration::from_secs(number("BENCH_SECONDS", 60)),
            burst: usize::try_from(number("BENCH_BURST", 10_000)).unwrap(),
            idle: Duration::from_secs(number("BENCH_IDLE", 60)),
            starts: usize::try_from(number("BENCH_STARTS", 5)).unwrap(),
        }
    }
}

/// Time for everything to find its pace before something is measured.
const SETTLE: Duration = Duration::from_secs(12);

fn main() {
    let wishes = Wishes::read();
    raise_limits();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let report = runtime.block_on(run(&wishes));
    println!("{report}");
}

/// One descriptor for each listener here, and one in the service, which inherits the limit.
fn raise_limits() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Nofile).maximum;
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}

async fn run(wishes: &Wishes) -> Report {
    let marks = Arc::new(Marks::new(wishes.sessions));
    let plex = Plex::start(marks.clone());
    let folder = service::folder();
    let starts = starts(wishes, &plex, folder.path()).await;
    eprintln!("cold starts: {starts:?}");
    let service = Service::start(&plex.settings(), folder.path()).await;
    let idle = idle(wishes, &service).await;
    eprintln!("idle: {idle:?}");
    let echo = echo::measure(wishes.window.min(Duration::from_secs(10))).await;
    plex.play(wishes.sessions);
    service.until("the streams", || streams_are(&service, wishes.sessions)).await;
    let mut live = Vec::new();
    for count in &wishes.listeners {
        live.push(listened(wishes, &plex, &service, &marks, *count).await);
    }
    let report = Report { starts, idle, echo, live, sessions: wishes.sessions, burst: wishes.burst };
    service.stop();
    report
}

async fn streams_are(service: &Service, count: u64) -> bool {
    let answer = service::get(service.address, "/graphql?query=%7Bactivity%7BstreamCount%7D%7D").await;
    answer.is_some_and(|answer| answer.contains(&format!("\"streamCount\":{count}}}")))
}

async fn starts(wishes: &Wishes, plex: &Plex, folder: &std::path::Path) -> Vec<Duration> {
    // The first one makes the database.
    Service::start(&plex.settings(), folder).await.stop();
    let mut starts = Vec::new();
    for _ in 0..wishes.starts {
        let service = Service::start(&plex.settings(), folder).await;
        starts.push(service.started_in);
        service.stop();
    }
    starts
}

async fn idle(wishes: &Wishes, service: &Service) -> Cost {
    tokio::time::sleep(SETTLE).await;
    let before = service.reading().await;
    tokio::time::sleep(wishes.idle).await;
    Cost::between(&before, &service.reading().await)
}

/// So many listeners: a window with everyday events, and one that begins with a burst of library events.
async fn listened(wishes: &Wishes, plex: &Plex, service: &Service, marks: &Arc<Marks>, count: usize) -> Live {
    let listeners = Listeners::connect(service, marks, count).await;
    eprintln!("{count} listen");
    plex.tell(true);
    tokio::time::sleep(SETTLE).await;
    let (everyday, cost) = measured(service, &listeners, marks, wishes.window).await;
    let frames = everyday.frames;
    plex.burst(wishes.burst);
    let (after, burst_cost) = measured(service, &listeners, marks, Duration::from_secs(10)).await;
    plex.tell(false);
    let burst = Burst { heard: after, cost: burst_cost };
    Live { listeners: count, lost: listeners.lost(), frames, heard: everyday, cost, burst }
}

async fn measured(
    service: &Service,
    listeners: &Listeners,
    marks: &Marks,
    window: Duration,
) -> (latency::Heard, Cost) {
    let before = service.reading().await;
    listeners.begin(marks);
    tokio::time::sleep(window).await;
    let heard = listeners.end(marks);
    (heard, Cost::between(&before, &service.reading().await))
}
