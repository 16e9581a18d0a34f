//! Pages as the reference cuts them: like a slice, where an end before the beginning counts from the back.

use crate::answer::Failure;
use crate::params::{Params, whole};

const LENGTH: i64 = 25;
/// More rows than this are asked for by nobody; it keeps numbers within the schema's.
const MOST: i64 = 1_000_000;

/// Where a page begins and how long it is, as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    start: i64,
    length: i64,
}

/// Rows to pass over and rows to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Window {
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

impl Page {
    /// Text that is no number is a fault, as it always was.
    pub(crate) fn read(params: Params<'_>) -> Result<Self, Failure> {
        let read = |name: &str, default: i64| match params.get(name) {
            None => Ok(default),
            Some(text) => {
                let number = whole(text).map(|number| number.clamp(-MOST, MOST));
                number.ok_or_else(|| Failure::Fault(format!("{name} is no number")))
            }
        };
        Ok(Self { start: read("start", 0)?, length: read("length", LENGTH)? })
    }

    /// The rows to ask for before anything is counted; `None` if counting has to come first.
    pub(crate) fn first_look(&self) -> Option<Window> {
        let plain = self.start >= 0 && self.length >= 0;
        plain.then_some(Window { offset: self.start, limit: self.length })
    }

    /// First row and the row after the last one, of so many.
    pub(crate) fn bounds(&self, count: i64) -> (i64, i64) {
        let place = |at: i64| if at < 0 { (count + at).max(0) } else { at.min(count) };
        let (from, to) = (place(self.start), place(self.start + self.length));
        // An end at the very beginning is before everything, not after it.
        (from, to.max(from))
    }
}

/// What of the rows from `from` to `to` lies behind the first `running` ones.
pub(crate) fn behind(running: i64, from: i64, to: i64) -> Window {
    let offset = (from - running).max(0);
    Window { offset, limit: ((to - running).max(0) - offset).max(0) }
}

impl Window {
    /// Whether the rows of `other` are the first ones of this.
    pub(crate) fn begins_with(self, other: Self) -> bool {
        other.limit == 0 || (self.offset == other.offset && self.limit >= other.limit)
    }
}

pub(crate) fn at(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(start: i64, length: i64) -> Page {
        Page { start, length }
    }

    #[test]
    fn as_recorded() {
        assert_eq!(page(0, 25).bounds(3965), (0, 25));
        assert_eq!(page(0, -1).bounds(3965), (0, 3964));
        assert_eq!(page(0, 0).bounds(3965), (0, 0));
        assert_eq!(page(1_000_000, 5).bounds(3965), (3965, 3965));
        assert_eq!(page(0, -1).bounds(0), (0, 0));
    }

    #[test]
    fn text_is_a_fault() {
        for bad in ["abc", "", "1.5"] {
            for name in ["start", "length"] {
                let given = [(name.to_owned(), bad.to_owned())];
                assert!(matches!(Page::read(Params(&given)), Err(Failure::Fault(_))), "{name}={bad}");
            }
        }
        assert_eq!(Page::read(Params(&[])).unwrap(), page(0, 25));
    }

    proptest! {
        #[test]
        fn like_a_slice(start in -50_i64..50, length in -50_i64..50, running in 0_i64..10, finished in 0_i64..40) {
            let (running, count) = (running.min(finished), running.min(finished) + finished);
            let rows: Vec<i64> = (0..count).collect();
            let place = |at: i64| at_of(at, count);
            let (a, b) = (place(start), place(start + length));
            let wanted = if a < b { rows[a..b].to_vec() } else { Vec::new() };
            let (from, to) = page(start, length).bounds(count);
            let Window { offset, limit } = behind(running, from, to);
            let top = rows[..at(running)].iter().copied().skip(at(from)).take(at(to - from));
            let rest = rows[at(running)..].iter().copied().skip(at(offset)).take(at(limit));
            prop_assert_eq!(top.chain(rest).collect::<Vec<_>>(), wanted);
        }
    }

    fn at_of(index: i64, count: i64) -> usize {
        at(if index < 0 { (index + count).max(0) } else { index.min(count) })
    }
}
