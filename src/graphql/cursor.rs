//! Cursors of the history: opaque text around a place in it.

use async_graphql::connection::CursorType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use tautulli_domain::history::HistoryCursor;

/// A place in the history, as text `<microseconds>.<id>` in base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(pub HistoryCursor);

/// What is wrong with a cursor.
#[derive(Debug, thiserror::Error)]
#[error("This is not a cursor that was given out here")]
pub(super) struct BadCursor;

impl CursorType for Place {
    type Error = BadCursor;

    fn decode_cursor(text: &str) -> Result<Self, BadCursor> {
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let (micros, id) = text.split_once('.')?;
            let date = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
            Some(Self(HistoryCursor { date, id: id.parse().ok()? }))
        };
        if text.len() > 100 { Err(BadCursor) } else { read().ok_or(BadCursor) }
    }

    fn encode_cursor(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}", self.0.date.timestamp_micros(), self.0.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cursors_come_back(micros in -1_000_000_000_000_000i64..4_000_000_000_000_000, id in any::<i64>()) {
            let date = DateTime::from_timestamp_micros(micros).unwrap();
            let place = Place(HistoryCursor { date, id });
            prop_assert_eq!(Place::decode_cursor(&place.encode_cursor()).unwrap(), place);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,120}") {
            let _ = Place::decode_cursor(&text);
        }
    }
}
