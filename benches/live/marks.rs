//! What was told last about each session, and when it was written to the socket: what listeners compare with.
//!
//! A position that is told jumps ahead of where play would have got to, so that nothing said before can be mistaken for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// One session's last event.
#[derive(Debug, Default)]
struct Mark {
    number: AtomicU64,
    offset_ms: AtomicU64,
    written_ns: AtomicU64,
}

/// The marks of all sessions, by session key.
#[derive(Debug)]
pub struct Marks {
    base: Instant,
    marks: Vec<Mark>,
    told: AtomicU64,
}

/// An event as a listener sees it.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub number: u64,
    pub offset_ms: u64,
    pub written_ns: u64,
}

impl Marks {
    pub fn new(sessions: u64) -> Self {
        let count = usize::try_from(sessions).unwrap() + 1;
        Self {
            base: Instant::now(),
            marks: (0..count).map(|_| Mark::default()).collect(),
            told: AtomicU64::new(0),
        }
    }

    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Nanoseconds since the beginning.
    pub fn now(&self) -> u64 {
        u64::try_from(self.base.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Events that were written so far.
    pub fn told(&self) -> u64 {
        self.told.load(Ordering::Relaxed)
    }

    /// This offset is about to be told.
    pub fn announce(&self, key: u64, offset_ms: u64) {
        if let Some(mark) = self.of(key) {
            mark.written_ns.store(0, Ordering::Release);
            mark.offset_ms.store(offset_ms, Ordering::Release);
            mark.number.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// It is being written.
    pub fn written(&self, key: u64) {
        if let Some(mark) = self.of(key) {
            mark.written_ns.store(self.now(), Ordering::Release);
            self.told.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The last event of a session, if it is on its way already.
    pub fn last(&self, key: u64) -> Option<Told> {
        let mark = self.of(key)?;
        let told = Told {
            number: mark.number.load(Ordering::Acquire),
            offset_ms: mark.offset_ms.load(Ordering::Acquire),
            written_ns: mark.written_ns.load(Ordering::Acquire),
        };
        (told.written_ns > 0).then_some(told)
    }

    fn of(&self, key: u64) -> Option<&Mark> {
        self.marks.get(usize::try_from(key).ok()?)
    }
}
