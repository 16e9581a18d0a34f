//! Owns the truth about a crowd: every play, what went on meanwhile, and what of it could be seen.
//!
//! Times are unix seconds of the wall.

use super::Taste;

/// From when to when; open while it lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    pub from: f64,
    pub to: Option<f64>,
}

impl Spell {
    fn overlaps(&self, from: f64, to: f64) -> bool {
        self.from < to && self.to.is_none_or(|end| end > from)
    }
}

/// How a play ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The player said that it stops.
    Said,
    /// The player said nothing.
    Vanished,
    /// The next item in the same session.
    Next,
    /// Not by the crowd: at the end of the item, by the owner, by a restart. Its time is when it was noticed.
    Unasked,
}

/// One play. Offsets in milliseconds.
#[derive(Debug, Clone)]
pub struct Watched {
    pub user: u64,
    pub rating_key: u64,
    pub taste: Taste,
    pub device: String,
    pub session_key: u64,
    pub session_id: String,
    pub time: Spell,
    pub begun_at: i64,
    /// Where it was left, as far as known.
    pub left_at: Option<i64>,
    pub end: Option<End>,
    pub pauses: Vec<Spell>,
    /// Buffering alone shows nobody that something is played.
    pub waits: Vec<Spell>,
}

/// What may have kept an observer from seeing. `blinds`: it surely did, all the time.
#[derive(Debug, Clone)]
pub struct Disturbance {
    pub what: String,
    pub blinds: bool,
    pub time: Spell,
}

/// Everything that happened.
#[derive(Debug, Default, Clone)]
pub struct Ledger {
    plays: Vec<Watched>,
    disturbances: Vec<Disturbance>,
}

impl Ledger {
    /// A story that is known already.
    #[must_use]
    pub fn of(plays: Vec<Watched>, disturbances: Vec<Disturbance>) -> Self {
        Self { plays, disturbances }
    }

    /// In order of their beginning.
    #[must_use]
    pub fn plays(&self) -> &[Watched] {
        &self.plays
    }

    #[must_use]
    pub fn disturbances(&self) -> &[Disturbance] {
        &self.disturbances
    }

    /// What went on while it was played.
    pub fn disturbing(&self, play: &Watched, now: f64) -> impl Iterator<Item = &Disturbance> {
        let (from, to) = (play.time.from, play.time.to.unwrap_or(now));
        self.disturbances.iter().filter(move |other| other.time.overlaps(from, to))
    }

    /// Seconds of the longest piece in which nothing kept an observer from seeing it.
    #[must_use]
    pub fn longest(&self, play: &Watched, now: f64) -> f64 {
        let blind = self.disturbances.iter().filter(|other| other.blinds).map(|other| other.time);
        let mut gaps: Vec<Spell> = blind.chain(play.waits.iter().copied()).collect();
        gaps.sort_by(|a, b| a.from.total_cmp(&b.from));
        let end = play.time.to.unwrap_or(now);
        let (mut best, mut clear) = (0.0_f64, play.time.from);
        for gap in gaps {
            best = best.max(gap.from.min(end) - clear);
            clear = clear.max(gap.to.unwrap_or(end));
        }
        best.max(end - clear)
    }

    /// Whether this person plays it, or did since then.
    pub(super) fn has_lately(&self, user: u64, rating_key: u64, since: f64) -> bool {
        let mut same = self.plays.iter().filter(|play| play.user == user && play.rating_key == rating_key);
        same.any(|play| play.time.to.is_none_or(|to| to > since))
    }

    pub(super) fn begin(&mut self, play: Watched) -> usize {
        self.plays.push(play);
        self.plays.len() - 1
    }

    pub(super) fn end(&mut self, play: usize, now: f64, left_at: Option<i64>, end: End) {
        if let Some(play) = self.plays.get_mut(play) {
            play.time.to = Some(now);
            play.left_at = left_at;
            play.end = Some(end);
            close(&mut play.pauses, now);
            close(&mut play.waits, now);
        }
    }

    pub(super) fn pause(&mut self, play: usize, now: f64) {
        if let Some(play) = self.plays.get_mut(play) {
            close(&mut play.waits, now);
            play.pauses.push(Spell { from: now, to: None });
        }
    }

    pub(super) fn wait(&mut self, play: usize, now: f64) {
        if let Some(play) = self.plays.get_mut(play) {
            close(&mut play.pauses, now);
            play.waits.push(Spell { from: now, to: None });
        }
    }

    pub(super) fn resume(&mut self, play: usize, now: f64) {
        if let Some(play) = self.plays.get_mut(play) {
            close(&mut play.pauses, now);
            close(&mut play.waits, now);
        }
    }

    pub(super) fn disturb(&mut self, what: &str, blinds: bool, now: f64) {
        let time = Spell { from: now, to: None };
        self.disturbances.push(Disturbance { what: what.to_owned(), blinds, time });
    }

    pub(super) fn calm(&mut self, now: f64) {
        for disturbance in &mut self.disturbances {
            disturbance.time.to.get_or_insert(now);
        }
    }
}

fn close(spells: &mut [Spell], now: f64) {
    for spell in spells {
        spell.to.get_or_insert(now);
    }
}
