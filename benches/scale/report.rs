//! The table.

use super::bed::cost::Cost;
use super::measure::Measured;
use super::writing::Times;
use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

/// What was measured at one size.
pub struct Size {
    pub plays: i64,
    pub filled_in: Duration,
    /// Of the database on disk.
    pub bytes: i64,
    /// While it was asked.
    pub cost: Cost,
    pub questions: Vec<Measured>,
    pub written: Times,
}

fn per_cent(times: &[Duration], share: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn mib(bytes: i64) -> String {
    format!("{:.0} MiB", f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0)
}

impl Display for Size {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let kib = |kib: u64| mib(i64::try_from(kib).unwrap_or(i64::MAX).saturating_mul(1024));
        writeln!(f, "\n### {} plays\n", self.plays)?;
        let Cost { service, postgres, service_cpu, postgres_cpu, own_cpu, rows, window } = &self.cost;
        writeln!(
            f,
            "Filled in {:.0} s; {} on disk. Asked for {:.0} s: the service used {service_cpu:.0} % of a core and holds {}, \
             PostgreSQL {postgres_cpu:.0} % and {} (shared pages once), the benchmark {own_cpu:.0} %; {rows} rows were written.\n",
            self.filled_in.as_secs_f64(),
            mib(self.bytes),
            window.as_secs_f64(),
            kib(service.resident),
            kib(postgres.proportional),
        )?;
        writeln!(
            f,
            "| question | p50 ms | p95 ms | bare p50 ms | bare p95 ms | ratio of p50 | more than bare ms | statements | rows read |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|---|")?;
        for question in &self.questions {
            let [whole, bare] = [&question.whole, &question.bare];
            let (p50, bare_p50) = (per_cent(whole, 50), per_cent(bare, 50));
            writeln!(
                f,
                "| {} | {p50:.1} | {:.1} | {bare_p50:.1} | {:.1} | {:.1} | {:.1} | {} | {} |",
                question.name,
                per_cent(whole, 95),
                per_cent(bare, 95),
                p50 / bare_p50.max(0.001),
                p50 - bare_p50,
                question.statements,
                question.rows,
            )?;
        }
        writeln!(f, "\n| one transaction of the journal | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")?;
        for (name, times) in [("a play begins", &self.written.begins), ("a play ends", &self.written.ends)] {
            let [p50, p95, p99] = [50, 95, 99].map(|share| per_cent(times, share));
            writeln!(f, "| {name} | {p50:.1} | {p95:.1} | {p99:.1} |")?;
        }
        Ok(())
    }
}
