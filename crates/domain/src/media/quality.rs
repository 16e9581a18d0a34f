//! The named quality profile of a stream (ACT-18).

use super::MediaKind;

/// The profile of a stream that nobody made smaller.
pub const ORIGINAL: &str = "Original";

/// Plex's named video qualities: kbit/s and name, smallest first.
const VIDEO: [(i64, &str); 13] = [
    (64, "64 kbps"),
    (96, "96 kbps"),
    (208, "0.2 Mbps 160p"),
    (320, "0.3 Mbps 240p"),
    (720, "0.7 Mbps 328p"),
    (1500, "1.5 Mbps 480p"),
    (2000, "2 Mbps 720p"),
    (3000, "3 Mbps 720p"),
    (4000, "4 Mbps 720p"),
    (8000, "8 Mbps 1080p"),
    (10000, "10 Mbps 1080p"),
    (12000, "12 Mbps 1080p"),
    (20000, "20 Mbps 1080p"),
];

/// Plex's named music qualities.
const AUDIO: [(i64, &str); 6] = [
    (96, "96 kbps"),
    (128, "128 kbps"),
    (192, "192 kbps"),
    (256, "256 kbps"),
    (320, "320 kbps"),
    (512, "512 kbps"),
];

/// The smallest named profile whose bitrate lies between the stream's and the source's (both kbit/s); else [`ORIGINAL`].
pub fn quality_profile(kind: MediaKind, stream_kbps: Option<i64>, source_kbps: Option<i64>) -> &'static str {
    let (Some(stream), Some(source)) = (stream_kbps, source_kbps) else { return ORIGINAL };
    let table: &[(i64, &str)] = if kind == MediaKind::Track { &AUDIO } else { &VIDEO };
    table.iter().find(|(kbps, _)| (stream..=source).contains(kbps)).map_or(ORIGINAL, |(_, name)| name)
}
