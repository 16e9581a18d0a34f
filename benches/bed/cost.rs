//! What processes use, from /proc: processor time and memory.

use std::fs;
use std::time::{Duration, Instant};

/// Clock ticks a second in /proc.
const TICKS: f64 = 100.0;

/// A reading of the service and its PostgreSQL at one moment.
#[derive(Debug)]
pub struct Reading {
    at: Instant,
    service_ticks: u64,
    postgres_ticks: u64,
    own_ticks: u64,
    service: Memory,
    postgres: Memory,
    /// Rows inserted, updated and deleted since the statistics began.
    rows: i64,
}

/// Kibibytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    pub resident: u64,
    /// Shared pages divided by those who share them.
    pub proportional: u64,
}

/// What a window cost. Processor in per cent of one core; memory at its end.
#[derive(Debug)]
pub struct Cost {
    pub service_cpu: f64,
    pub postgres_cpu: f64,
    /// This process: listeners and simulated Plex.
    pub own_cpu: f64,
    pub service: Memory,
    pub postgres: Memory,
    pub rows: i64,
    pub window: Duration,
}

impl Reading {
    pub fn now(service: i32, postmaster: i32, rows: i64) -> Self {
        let postgres = family(postmaster);
        Self {
            at: Instant::now(),
            service_ticks: ticks(service).0,
            // Backends that have ended are counted by their parent.
            postgres_ticks: postgres.iter().map(|pid| ticks(*pid).0).sum::<u64>() + ticks(postmaster).1,
            own_ticks: ticks(i32::try_from(std::process::id()).unwrap()).0,
            service: memory(service),
            postgres: postgres.into_iter().map(memory).fold(Memory::default(), Memory::plus),
            rows,
        }
    }
}

impl Cost {
    pub fn between(before: &Reading, after: &Reading) -> Self {
        let window = after.at - before.at;
        let share = |from: u64, to: u64| {
            let ticks = u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
            100.0 * f64::from(ticks) / TICKS / window.as_secs_f64()
        };
        Self {
            service_cpu: share(before.service_ticks, after.service_ticks),
            postgres_cpu: share(before.postgres_ticks, after.postgres_ticks),
            own_cpu: share(before.own_ticks, after.own_ticks),
            service: after.service,
            postgres: after.postgres,
            rows: after.rows - before.rows,
            window,
        }
    }
}

impl Memory {
    fn plus(self, other: Self) -> Self {
        Self {
            resident: self.resident + other.resident,
            proportional: self.proportional + other.proportional,
        }
    }
}

/// The fields of /proc/<pid>/stat after the name, which may contain anything.
fn stat(pid: i32) -> Option<Vec<u64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    Some(fields.split(' ').map(|field| field.trim().parse().unwrap_or(0)).collect())
}

/// Own ticks, and those of children that have ended.
fn ticks(pid: i32) -> (u64, u64) {
    stat(pid).map_or((0, 0), |fields| (fields[11] + fields[12], fields[13] + fields[14]))
}

/// A process and its children.
fn family(parent: i32) -> Vec<i32> {
    let all =
        fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let is_child = |pid: &i32| {
        *pid == parent
            || stat(*pid).is_some_and(|fields| i32::try_from(fields[1]).is_ok_and(|of| of == parent))
    };
    all.filter(is_child).collect()
}

fn memory(pid: i32) -> Memory {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let of = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
    };
    Memory { resident: of("Rss:"), proportional: of("Pss:") }
}
