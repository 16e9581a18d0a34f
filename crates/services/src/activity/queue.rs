//! What waits for the database: one step for each running session and every finished play, so bounded by what plays.

use super::step::Step;
use super::writer::Order;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tautulli_domain::session::SessionRules;
use tautulli_domain::{LibraryId, SessionId, UserId};

/// Steps in one transaction.
const MOST: usize = 200;
/// Tries of a step that the database refuses for its own sake, before it is set aside.
const PATIENCE: u32 = 5;

/// What writing a session has found out.
pub struct Ids {
    pub user: UserId,
    pub library: Option<LibraryId>,
    pub initial: bool,
}

/// The steps on their way.
#[derive(Default)]
pub struct Queue {
    /// The ids of running sessions, by session.
    pub known: BTreeMap<SessionId, Ids>,
    /// What waits: steps to write, and behind one that is being written whatever comes next of its session.
    pub steps: VecDeque<Step>,
    /// What is being written.
    flying: Vec<Step>,
    pub rules: SessionRules,
    /// Failures in a row.
    pub failures: u32,
    /// One step at a time, to find the one that is refused.
    careful: bool,
}

impl Queue {
    /// Gives back a step that waits for nothing.
    pub fn take(&mut self, order: Order) -> Option<Step> {
        match order {
            Order::Step(step) => return self.push(*step),
            Order::Rules(rules) => self.rules = *rules,
            Order::Abandon => {
                self.steps.retain(|s| s.change.ended);
                self.flying.retain(|s| s.change.ended);
            }
        }
        None
    }

    /// Joins a step to a waiting one of the same session.
    fn push(&mut self, step: Step) -> Option<Step> {
        let id = step.change.session.id;
        let joined = match self.remove(id) {
            Some(earlier) => earlier.absorb(step),
            None => step,
        };
        if !joined.written && !self.flying.iter().any(|s| s.change.session.id == id) {
            return Some(joined);
        }
        self.steps.push_back(joined);
        None
    }

    fn remove(&mut self, id: SessionId) -> Option<Step> {
        let at = self.steps.iter().position(|s| s.change.session.id == id && !s.change.ended)?;
        self.steps.remove(at)
    }

    /// The next steps to write.
    pub fn begin(&mut self) -> Vec<Step> {
        let count = self.steps.len().min(if self.careful { 1 } else { MOST });
        self.flying = self.steps.drain(..count).collect();
        self.flying.clone()
    }

    /// They are written: what waited behind them only to be told is given back.
    pub fn succeed(&mut self) -> Vec<Step> {
        self.flying.clear();
        self.failures = 0;
        let (kept, released) = self.steps.drain(..).partition(|s| s.written);
        self.steps = kept;
        self.careful = self.careful && !self.steps.is_empty();
        Vec::from(released)
    }

    /// They are not: they wait again, with what has come since.
    pub fn restore(&mut self) {
        for step in std::mem::take(&mut self.flying).into_iter().rev() {
            let later = if step.change.ended { None } else { self.remove(step.change.session.id) };
            let step = match later {
                Some(later) => step.absorb(later),
                None => step,
            };
            self.steps.push_front(step);
        }
    }

    /// A refusal that trying again will not mend: first find the step that it is about, in the end drop that step.
    pub fn give_up(&mut self) -> bool {
        if !self.careful {
            self.careful = true;
            self.failures = 0;
        } else if self.failures >= PATIENCE {
            self.steps.pop_front();
            self.failures = 0;
            return true;
        }
        false
    }

    pub fn pause(&self) -> Duration {
        Duration::from_millis(200 * u64::from(self.failures.min(10) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::step::Told;
    use proptest::prelude::*;
    use tautulli_domain::ServerId;
    use tautulli_domain::session::{EventDetail, EventKind, Observation, Session, SessionEvent};
    use uuid::Uuid;

    fn session(number: u8, offset: i64) -> Session {
        let row = Observation { session_key: number.into(), ..Default::default() };
        let id = SessionId(Uuid::from_u128(number.into()));
        let (mut session, _) =
            Session::open(id, ServerId(1), row, chrono::DateTime::UNIX_EPOCH, &SessionRules::default());
        session.view_offset_ms = offset;
        session
    }

    fn order(step: Step) -> Order {
        Order::Step(Box::new(step))
    }

    fn save(number: u8, offset: i64) -> Order {
        let event = SessionEvent {
            seq: 1,
            at: chrono::DateTime::UNIX_EPOCH,
            kind: EventKind::Paused,
            view_offset_ms: offset,
            detail: EventDetail::default(),
        };
        order(Step::save(&session(number, offset), vec![event]))
    }

    fn tell(number: u8, offset: i64) -> Order {
        order(Step::tell(&session(number, offset)))
    }

    fn seen(steps: &[Step]) -> Vec<(i64, i64)> {
        steps.iter().map(|s| (s.change.session.session_key, s.change.session.view_offset_ms)).collect()
    }

    #[test]
    fn progress_waits_for_its_own_session_only() {
        let mut queue = Queue::default();
        assert!(queue.take(save(1, 10)).is_none());
        assert_eq!(seen(&queue.begin()), [(1, 10)]);
        assert_eq!(seen(queue.take(tell(2, 20)).as_slice()), [(2, 20)], "nothing of it is being written");
        assert!(queue.take(tell(1, 11)).is_none() && queue.take(tell(1, 12)).is_none());
        assert_eq!(seen(&queue.succeed()), [(1, 12)], "the last word, once the first is written");
        assert!(queue.steps.is_empty());
    }

    #[test]
    fn progress_joins_what_waits_to_be_written() {
        let mut queue = Queue::default();
        assert!(queue.take(save(1, 10)).is_none() && queue.take(tell(1, 11)).is_none());
        let batch = queue.begin();
        assert_eq!(seen(&batch), [(1, 11)]);
        assert_eq!(batch[0].change.events.len(), 1);
    }

    #[test]
    fn what_is_told_to_nobody_hides_no_news() {
        let kept = Step::keep(&session(1, 12));
        let hidden = Step::hide(&session(1, 11));
        for (steps, told) in [
            ([Step::tell(&session(1, 10)), kept.clone()], Told::Session),
            ([kept.clone(), Step::tell(&session(1, 13))], Told::Session),
            ([hidden.clone(), kept.clone()], Told::Absence),
            ([kept.clone(), hidden], Told::Absence),
            ([kept.clone(), kept], Told::Nothing),
        ] {
            let [earlier, later] = steps;
            let joined = earlier.absorb(later);
            assert_eq!((joined.written, joined.told), (true, told));
        }
    }

    #[test]
    fn what_failed_is_tried_again_with_what_came_since() {
        let mut queue = Queue::default();
        queue.take(save(1, 10));
        queue.take(save(2, 20));
        queue.begin();
        queue.take(save(3, 30));
        queue.take(save(1, 11));
        queue.restore();
        let batch = queue.begin();
        assert_eq!(seen(&batch), [(1, 11), (2, 20), (3, 30)]);
        assert_eq!(batch[0].change.events.len(), 2, "no entry of the timeline is lost");
    }

    #[test]
    fn running_sessions_that_are_abandoned_do_not_come_back_by_failing() {
        let mut queue = Queue::default();
        queue.take(save(1, 10));
        queue.take(order(Step::end(session(2, 20), Vec::new())));
        queue.begin();
        queue.take(save(3, 30));
        queue.take(Order::Abandon);
        queue.restore();
        assert_eq!(seen(&queue.begin()), [(2, 20)]);
    }

    proptest! {
        /// Whatever happens to the database, each session's steps are published in order, each event exactly once, and the
        /// last word of every session is said.
        #[test]
        fn every_session_is_told_in_order_and_to_the_end(
            acts in prop::collection::vec((0_u8..4, 0_u8..6), 0..200),
        ) {
            let mut queue = Queue::default();
            let mut told: BTreeMap<i64, Vec<(i64, usize)>> = BTreeMap::new();
            let mut said: BTreeMap<i64, (i64, usize)> = BTreeMap::new();
            let mut flying: Option<Vec<Step>> = None;
            let mut publish = |steps: Vec<Step>| {
                for step in steps {
                    let session = &step.change.session;
                    told.entry(session.session_key).or_default().push((session.view_offset_ms, step.change.events.len()));
                }
            };
            let ends = [(0, 9), (0, 9), (0, 9)];
            for (time, (number, act)) in acts.into_iter().chain(ends).enumerate() {
                let offset = i64::try_from(time).unwrap();
                match act {
                    0..=3 => {
                        let saves = act < 2;
                        let last = said.entry(number.into()).or_default();
                        *last = (offset, last.1 + usize::from(saves));
                        let order = if saves { save(number, offset) } else { tell(number, offset) };
                        publish(queue.take(order).into_iter().collect());
                    }
                    4 => {
                        if flying.take().is_some() {
                            queue.restore();
                        }
                    }
                    _ => {
                        if let Some(batch) = flying.take() {
                            let released = queue.succeed();
                            publish(batch);
                            publish(released);
                        }
                        if !queue.steps.is_empty() {
                            flying = Some(queue.begin());
                        }
                    }
                }
            }
            prop_assert!(queue.steps.is_empty() && flying.is_none());
            for (number, (last, events)) in said {
                let heard = &told[&number];
                prop_assert!(heard.windows(2).all(|pair| pair[0].0 < pair[1].0), "{heard:?}");
                prop_assert_eq!(heard.last().map(|h| h.0), Some(last));
                prop_assert_eq!(heard.iter().map(|h| h.1).sum::<usize>(), events);
            }
        }
    }
}
