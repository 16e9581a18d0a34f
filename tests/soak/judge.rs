//! The truth against the history. Pure: a ledger and rows in, a verdict out.

use super::kept::{Kept, Play};
use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Result};
use tautulli_simplex::{End, Ledger, Taste, Watched};

/// What could be seen in one piece for so many seconds must be kept: a look every five, and a second for the look itself.
const SEEN: f64 = 6.0;
/// Tracks of thirty seconds and more are not kept when they were played for less than fifteen.
const TRACK: f64 = 15.0;
/// How far a time may be off where nothing disturbed.
const CLOSE: f64 = 2.5;
/// How far it may be off where messages could be missed, and only looks tell.
const LOOK: f64 = 7.5;
/// How late a play may end that vanished while others did: a look, another one to be sure, and a blow between them.
const VANISHED: f64 = 14.0;
/// How often progress is written down: a play that vanishes ends with what was written last.
const WRITTEN: f64 = 70.0;

/// What is wrong, and how much was judged.
#[derive(Debug, Default)]
pub struct Verdict {
    faults: Vec<String>,
    plays: usize,
    due: usize,
    kept: usize,
    undisturbed: usize,
}

impl Verdict {
    pub fn of(ledger: &Ledger, kept: &Kept, now: f64) -> Self {
        let mut verdict = Self { plays: ledger.plays().len(), kept: kept.plays.len(), ..Self::default() };
        verdict.faults.extend(kept.contradictions.iter().cloned());
        let mut rows: BTreeMap<(u64, u64), Vec<&Play>> = BTreeMap::new();
        for row in &kept.plays {
            rows.entry((row.user, row.rating_key)).or_default().push(row);
        }
        for play in ledger.plays() {
            let of_item = rows.entry((play.user, play.rating_key)).or_default();
            let (mine, others) = of_item.iter().partition(|row| is_of(row, play, now));
            *of_item = others;
            verdict.judge(ledger, play, &mine, now);
        }
        for row in rows.into_values().flatten() {
            verdict.faults.push(format!("nobody watched {}", told(row)));
        }
        verdict
    }

    pub fn is_well(&self) -> bool {
        self.faults.is_empty() && self.due > 0
    }

    pub fn summary(&self) -> String {
        let Self { plays, due, kept, undisturbed, faults } = self;
        format!(
            "{plays} plays, {due} of them had to be kept, {kept} are; {undisturbed} nothing disturbed; {} faults",
            faults.len()
        )
    }

    fn judge(&mut self, ledger: &Ledger, play: &Watched, rows: &[&Play], now: f64) {
        let seen = ledger.longest(play, now);
        let due = is_due(play, seen);
        self.due += usize::from(due);
        let story = || story(ledger, play, seen, now);
        match rows {
            [] if due => self.faults.push(format!("lost: {}", story())),
            [] => {}
            _ if matches!(play.taste, Taste::Clips | Taste::Photos) => {
                self.faults.push(format!("kept, though of a kind that is not: {}", story()));
            }
            [row] => {
                let wrong = self.times(ledger, play, row, now);
                self.faults.extend(wrong.map(|what| format!("{what}: {} as {}", story(), told(row))));
            }
            many => {
                let many: Vec<String> = many.iter().map(|row| told(row)).collect();
                self.faults.push(format!("doubled: {} as {}", story(), many.join(" and ")));
            }
        }
    }

    /// What is wrong with the times of a row.
    fn times(&mut self, ledger: &Ledger, play: &Watched, row: &Play, now: f64) -> Option<&'static str> {
        let (from, to) = (play.time.from, play.time.to.unwrap_or(now));
        let calm = |at: f64| !near(ledger, at);
        let checks = [
            (row.from < from - 0.5, "began too early"),
            (calm(from) && row.from > from + CLOSE, "began too late"),
            (row.from > first_seen(ledger, play, now) + LOOK, "began too late, in spite of everything"),
            (calm(to) && row.to > to + LOOK, "ended too late"),
            (row.to > to + VANISHED, "ended too late, in spite of everything"),
            (
                row.to < last_seen(ledger, play, now) - WRITTEN - LOOK,
                "ended too early, in spite of everything",
            ),
        ];
        let wrong = checks.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, what)| what);
        let was_told = matches!(play.end, Some(End::Said | End::Next));
        let quiet = ledger.disturbing(play, now).next().is_none() && calm(from) && calm(to) && was_told;
        self.undisturbed += usize::from(quiet);
        wrong.or_else(|| if quiet { exact(play, row, to) } else { None })
    }
}

/// Nothing disturbed: everything must be as it was.
fn exact(play: &Watched, row: &Play, to: f64) -> Option<&'static str> {
    let paused: f64 = play.pauses.iter().map(|pause| pause.to.unwrap_or(to) - pause.from).sum();
    if (row.to - to).abs() > CLOSE {
        Some("ended at another time")
    } else if (row.paused - paused).abs() > CLOSE {
        Some("paused for another time")
    } else {
        None
    }
}

/// Whether a row can be of this play: the same player at about the time. Plays of the same are a minute apart.
fn is_of(row: &Play, play: &Watched, now: f64) -> bool {
    row.machine_id == play.device
        && row.from < play.time.to.unwrap_or(now) + 3.0 * LOOK
        && row.to > play.time.from - LOOK
}

fn is_due(play: &Watched, seen: f64) -> bool {
    match play.taste {
        Taste::Clips | Taste::Photos => false,
        Taste::Music => {
            let paused: f64 = play.pauses.iter().map(|p| p.to.unwrap_or(p.from) - p.from).sum();
            seen - paused >= TRACK + LOOK && matches!(play.end, Some(End::Said | End::Next))
        }
        Taste::Movies | Taste::Episodes | Taste::Live => seen >= SEEN,
    }
}

/// Whether something disturbed at about that moment.
fn near(ledger: &Ledger, at: f64) -> bool {
    ledger
        .disturbances()
        .iter()
        .any(|other| other.time.from < at + LOOK && other.time.to.is_none_or(|end| end > at - LOOK))
}

/// The pieces in which nothing blinded, long enough to be sure to be seen.
fn pieces(ledger: &Ledger, play: &Watched, now: f64) -> Vec<(f64, f64)> {
    let end = play.time.to.unwrap_or(now);
    let blind = ledger.disturbances().iter().filter(|other| other.blinds).map(|other| other.time);
    let mut gaps: Vec<_> = blind.chain(play.waits.iter().copied()).collect();
    gaps.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut clear = play.time.from;
    let mut found = Vec::new();
    for gap in gaps {
        found.push((clear, gap.from.min(end)));
        clear = clear.max(gap.to.unwrap_or(end));
    }
    found.push((clear, end));
    found.retain(|(from, to)| to - from >= SEEN);
    found
}

/// The beginning of the first such piece; the end of the play if there is none.
fn first_seen(ledger: &Ledger, play: &Watched, now: f64) -> f64 {
    pieces(ledger, play, now).first().map_or(play.time.to.unwrap_or(now), |(from, _)| *from)
}

/// The end of the last such piece; the beginning of the play if there is none.
fn last_seen(ledger: &Ledger, play: &Watched, now: f64) -> f64 {
    pieces(ledger, play, now).last().map_or(play.time.from, |(_, to)| *to)
}

fn told(row: &Play) -> String {
    let Play { id, user, rating_key, from, to, played, paused, .. } = row;
    format!(
        "play {id} ({user} watched {rating_key}, {from:.1} to {to:.1}, played {played:.1}, paused {paused:.1})"
    )
}

fn story(ledger: &Ledger, play: &Watched, seen: f64, now: f64) -> String {
    let spell = |s: &tautulli_simplex::Spell| format!("{:.1}-{:.1}", s.from, s.to.unwrap_or(now));
    let of = |spells: &[tautulli_simplex::Spell]| spells.iter().map(spell).collect::<Vec<_>>().join(", ");
    let (from, to) = (play.time.from - LOOK, play.time.to.unwrap_or(now) + LOOK);
    let around = ledger.disturbances().iter();
    let around = around.filter(|d| d.time.from < to && d.time.to.is_none_or(|end| end > from));
    let blows: Vec<String> = around.map(|d| format!("{} {}", d.what, spell(&d.time))).collect();
    format!(
        "{} watched {} ({:?}, session {} {}) {}, {:.1} s in one piece, ended {:?}, paused [{}], buffering [{}], blows [{}]",
        play.user,
        play.rating_key,
        play.taste,
        play.session_key,
        play.session_id,
        spell(&play.time),
        seen,
        play.end,
        of(&play.pauses),
        of(&play.waits),
        blows.join(", "),
    )
}

impl Display for Verdict {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "{}", self.summary())?;
        self.faults.iter().try_for_each(|fault| writeln!(f, "- {fault}"))
    }
}

#[cfg(test)]
mod tests;
