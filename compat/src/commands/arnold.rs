//! `arnold`: a line of no use.

use super::Call;
use crate::answer::{Answer, Outcome};
use std::sync::atomic::{AtomicUsize, Ordering};

const LINES: [&str; 6] = [
    "The buffer is empty, and so is the popcorn.",
    "One more episode, said everybody, at midnight.",
    "A transcode a day keeps the fan awake.",
    "Somebody paused this in spring and will be back.",
    "The credits are the best part; ask whoever made them.",
    "Nothing plays. Enjoy the silence.",
];

pub(crate) async fn run(_: Call<'_>) -> Outcome {
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let at = TURN.fetch_add(1, Ordering::Relaxed) % LINES.len();
    Ok(Answer::data(LINES.get(at).copied().unwrap_or_default()))
}
