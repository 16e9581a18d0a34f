//! The reference's file after somebody shook it: dirt of every kind in dozens of places each, far more than it had.

use super::Old;
use super::history::{addresses, history, streams};
use super::statistics::{busiest, graphs};
use rusqlite::Connection;
use std::path::Path;

/// A change and the plays that it befalls: of every so many the one with that remainder.
const SHAKES: &[(&str, i64, i64)] = &[
    ("UPDATE session_history SET paused_counter = NULL", 53, 1),
    ("UPDATE session_history SET paused_counter = 100000", 59, 2),
    ("UPDATE session_history SET paused_counter = -30", 61, 3),
    ("UPDATE session_history SET paused_counter = 'long'", 157, 3),
    ("UPDATE session_history SET stopped = NULL", 67, 4),
    ("UPDATE session_history SET stopped = 0", 71, 5),
    ("UPDATE session_history SET stopped = started - 500", 73, 6),
    ("UPDATE session_history SET stopped = started", 127, 6),
    (
        "UPDATE session_history AS h SET reference_id = (SELECT max(o.id) FROM session_history o WHERE o.id < h.id AND o.rating_key = h.rating_key)",
        47,
        7,
    ),
    (
        "UPDATE session_history AS h SET reference_id = (SELECT min(o.id) FROM session_history o WHERE o.id > h.id AND o.rating_key = h.rating_key)",
        149,
        7,
    ),
    ("UPDATE session_history SET reference_id = NULL", 79, 8),
    ("UPDATE session_history SET reference_id = 900000 + id % 3", 83, 9),
    (
        "UPDATE session_history SET user_id = (SELECT max(user_id) FROM users WHERE id <= 2 + session_history.id % 5)",
        43,
        10,
    ),
    ("UPDATE session_history SET user_id = NULL", 89, 11),
    ("UPDATE session_history SET user_id = 424242, user = 'gone'", 97, 11),
    ("UPDATE session_history SET user = NULL", 107, 11),
    ("UPDATE session_history SET platform = ''", 109, 12),
    ("UPDATE session_history SET player = NULL, product = NULL", 113, 12),
    ("UPDATE session_history SET ip_address = NULL", 131, 12),
    ("UPDATE session_history SET ip_address = ''", 137, 12),
    ("UPDATE session_history SET section_id = NULL", 139, 13),
    ("UPDATE session_history SET section_id = section_id % 3 + 1", 151, 13),
    ("UPDATE session_history SET view_offset = NULL", 163, 14),
    ("UPDATE session_history SET view_offset = -5000", 167, 14),
    ("UPDATE session_history SET view_offset = 99999999", 173, 14),
    ("UPDATE session_history_metadata SET full_title = NULL", 179, 15),
    ("UPDATE session_history_metadata SET full_title = ''", 181, 15),
    ("UPDATE session_history_metadata SET duration = NULL", 193, 16),
    ("UPDATE session_history_metadata SET duration = 0", 197, 16),
    ("UPDATE session_history_metadata SET live = NULL", 199, 16),
    ("UPDATE session_history_metadata SET year = 'unknown', guid = ''", 211, 17),
    ("UPDATE session_history_media_info SET transcode_decision = NULL", 223, 18),
    ("UPDATE session_history_media_info SET transcode_decision = ''", 227, 18),
    ("UPDATE session_history_media_info SET video_full_resolution = ''", 229, 19),
    ("UPDATE session_history_media_info SET video_full_resolution = NULL", 233, 19),
    ("UPDATE session_history_media_info SET stream_video_full_resolution = 'vast'", 239, 19),
    ("UPDATE session_history_media_info SET bitrate = 'much'", 241, 19),
    ("DELETE FROM session_history_metadata", 101, 20),
    ("DELETE FROM session_history_media_info", 103, 21),
];

fn shake(file: &Path) {
    let conn = Connection::open(file).unwrap();
    for (change, every, rest) in SHAKES {
        let changed = conn.execute(&format!("{change} WHERE id % {every} = {rest}"), []).unwrap();
        assert!(changed > 10, "{change}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shaken_file_is_told_as_it_lies() {
    let old = Old::start(shake).await;
    history(&old, 3).await;
    streams(&old).await;
    graphs(&old).await;
    addresses(&old).await;
    busiest(&old).await;
}
