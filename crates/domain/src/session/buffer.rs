//! Buffering: counted, and warned about at the threshold and not more often than the wait allows (ACT-12).

use super::{EventDetail, EventKind, PlayState, Session, SessionEvent, SessionRules};
use chrono::{DateTime, Utc};

impl Session {
    /// Counts one buffering sign. The first of a stall is an event; repeats only count.
    pub(super) fn buffer(
        &mut self,
        events: &mut Vec<SessionEvent>,
        before: PlayState,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) {
        self.buffer_count = self.buffer_count.saturating_add(1);
        let detail = EventDetail { count: Some(self.buffer_count), ..Default::default() };
        if before != PlayState::Buffering {
            self.push(events, now, EventKind::Buffering, detail.clone());
        }
        let waited = self.buffer_warned_at.is_none_or(|at| now - at >= rules.buffer_wait);
        if rules.buffer_threshold > 0 && self.buffer_count >= rules.buffer_threshold && waited {
            self.buffer_warned_at = Some(now);
            self.push(events, now, EventKind::BufferWarning, detail);
        }
    }
}
