//! Entering markers: told once per entry, a little early because notices are seldom (ACT-13).

use super::{EventDetail, EventKind, Session, SessionEvent, SessionRules};
use chrono::{DateTime, Duration, Utc};

impl Session {
    /// Tells of the marker that the play has entered; leaving all of them forgets which it was.
    pub(super) fn enter_marker(
        &mut self,
        events: &mut Vec<SessionEvent>,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) {
        let inside = self.marker_at(self.view_offset_ms, rules);
        if inside == self.marker {
            return;
        }
        let Some(marker) = inside.and_then(|at| self.item.markers.get(at)).cloned() else {
            self.marker = None;
            return;
        };
        let wait = marker.start_ms - self.view_offset_ms;
        if wait > 0 && self.state != super::PlayState::Playing {
            return;
        }
        self.marker = inside;
        let at = now + Duration::milliseconds(wait.max(0));
        let detail = EventDetail { marker: Some(marker.kind), ..Default::default() };
        self.push(events, at, EventKind::Marker, detail);
    }

    fn marker_at(&self, offset_ms: i64, rules: &SessionRules) -> Option<usize> {
        let lead = rules.marker_lead.num_milliseconds();
        self.item
            .markers
            .iter()
            .position(|m| offset_ms >= m.start_ms.saturating_sub(lead) && offset_ms < m.end_ms)
    }
}
