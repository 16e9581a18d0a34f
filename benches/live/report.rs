//! The table.

use super::bed::cost::{Cost, Memory};
use super::latency::Heard;
use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

/// A window that begins with a burst.
pub struct Burst {
    pub heard: Heard,
    pub cost: Cost,
}

/// What was measured with so many listeners.
pub struct Live {
    pub listeners: usize,
    /// Connections that ended.
    pub lost: u64,
    pub frames: u64,
    pub heard: Heard,
    pub cost: Cost,
    pub burst: Burst,
}

/// Everything that was measured.
pub struct Report {
    pub starts: Vec<Duration>,
    pub idle: Cost,
    pub echo: Heard,
    pub live: Vec<Live>,
    pub sessions: u64,
    pub burst: usize,
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

fn mib(memory: Memory) -> String {
    let mib = |kib: u64| format!("{:.1}", f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0);
    format!("{} MiB (proportional {})", mib(memory.resident), mib(memory.proportional))
}

fn latencies(heard: &Heard) -> String {
    let [p50, p95, p99] = [500, 950, 990].map(|share| ms(heard.per_mille(share)));
    format!("{p50} / {p95} / {p99} / {}", ms(heard.max()))
}

/// How much of what should have been heard was.
fn share(heard: &Heard) -> String {
    format!("{} of {}", heard.count(), heard.expected)
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

impl Report {
    fn rows(&self) -> Vec<(String, String)> {
        let starts: Vec<String> = self.starts.iter().map(|time| ms(*time)).collect();
        let mut rows = vec![
            ("cold start to the first answer, median".to_owned(), ms(median(&self.starts))),
            ("all cold starts".to_owned(), starts.join(", ")),
            (
                "idle: processor of the service".to_owned(),
                format!("{:.2} % of a core", self.idle.service_cpu),
            ),
            (
                "idle: processor of PostgreSQL".to_owned(),
                format!("{:.2} % of a core", self.idle.postgres_cpu),
            ),
            ("idle: memory of the service".to_owned(), mib(self.idle.service)),
            ("idle: memory of PostgreSQL".to_owned(), mib(self.idle.postgres)),
            ("echo there and back, p50 / p95 / p99 / max".to_owned(), latencies(&self.echo)),
        ];
        for live in &self.live {
            rows.extend(self.of(live));
        }
        rows
    }

    fn of(&self, live: &Live) -> Vec<(String, String)> {
        let of = |what: &str| format!("{} sessions, {} listeners: {what}", self.sessions, live.listeners);
        let seconds = live.heard.window.as_secs_f64();
        let each_second = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / seconds;
        let cost = &live.cost;
        vec![
            (of("event to frame, p50 / p95 / p99 / max"), latencies(&live.heard)),
            (of("heard"), share(&live.heard)),
            (of("connections lost"), live.lost.to_string()),
            (of("frames a second"), format!("{:.0}", each_second(live.frames))),
            (of("MiB a second"), format!("{:.1}", each_second(live.heard.bytes) / 1_048_576.0)),
            (of("processor of the service"), format!("{:.1} % of a core", cost.service_cpu)),
            (of("processor of PostgreSQL"), format!("{:.1} % of a core", cost.postgres_cpu)),
            (of("processor of listeners and simulated Plex"), format!("{:.1} % of a core", cost.own_cpu)),
            (of("memory of the service"), mib(cost.service)),
            (of("memory of PostgreSQL"), mib(cost.postgres)),
            (of("rows written"), format!("{} in {:.0} s", cost.rows, cost.window.as_secs_f64())),
            (of(&format!("with {} library events at once", self.burst)), latencies(&live.burst.heard)),
            (of("heard then"), share(&live.burst.heard)),
            (of("processor of the service then"), format!("{:.1} % of a core", live.burst.cost.service_cpu)),
        ]
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "| measured | value |\n|---|---|")?;
        self.rows().iter().try_for_each(|(what, value)| writeln!(f, "| {what} | {value} |"))
    }
}
