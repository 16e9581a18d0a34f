//! What is watched in the made-up history, by whom and how: items, people and the shapes of streams.

use tautulli_domain::media::{
    AudioTrack, Decision, ItemSnapshot, MediaKind, MediaVersion, SubtitleTrack, VideoTrack,
};
use tautulli_domain::{Location, Player, StreamDetail, Transcode};

pub const USERS: i64 = 200;
pub const MOVIES: i64 = 3_000;
pub const SHOWS: i64 = 400;
/// Episodes of a show, ten a season.
pub const EPISODES: i64 = 60;
pub const ARTISTS: i64 = 300;
/// Tracks of an artist, ten an album.
pub const TRACKS: i64 = 20;
/// Ways of watching: a person has three of them.
pub const SHAPES: i64 = 60;

const WORDS: [&str; 40] = [
    "amber",
    "basalt",
    "cinder",
    "dune",
    "ember",
    "falcon",
    "glacier",
    "harbour",
    "iris",
    "juniper",
    "kestrel",
    "lantern",
    "meadow",
    "nebula",
    "orchard",
    "pylon",
    "quarry",
    "raven",
    "saffron",
    "thistle",
    "umbra",
    "velvet",
    "willow",
    "xenon",
    "yarrow",
    "zephyr",
    "anchor",
    "bramble",
    "copper",
    "driftwood",
    "echo",
    "feather",
    "granite",
    "hollow",
    "island",
    "jasper",
    "keystone",
    "lichen",
    "marble",
    "nectar",
];

/// Three words for a number: few titles share all of them, many share one.
fn title(number: i64, salt: i64) -> String {
    let draw = |step: i64| {
        let mixed = (number + 1).wrapping_mul(2_654_435_761).wrapping_add(salt * 40_503 + step * 97_531);
        WORDS[usize::try_from(mixed.rem_euclid(40_009)).unwrap() % WORDS.len()]
    };
    format!("{} {} {}", draw(1), draw(2), draw(3))
}

/// The library that holds this kind.
pub fn section(kind: MediaKind) -> i64 {
    match kind {
        MediaKind::Movie => 1,
        MediaKind::Episode => 2,
        _ => 3,
    }
}

/// Every item, in the order of its number within its kind.
pub fn items() -> impl Iterator<Item = ItemSnapshot> {
    let movies = (0..MOVIES).map(movie);
    let episodes = (0..SHOWS * EPISODES).map(|number| part(MediaKind::Episode, number, EPISODES, 2_700_000));
    let tracks = (0..ARTISTS * TRACKS).map(|number| part(MediaKind::Track, number, TRACKS, 240_000));
    movies.chain(episodes).chain(tracks)
}

fn movie(number: i64) -> ItemSnapshot {
    ItemSnapshot { title: title(number, 1), ..common(MediaKind::Movie, 10_000 + number, 6_600_000) }
}

/// An episode or a track: `of` parts make a whole, ten of them a season or an album.
fn part(kind: MediaKind, number: i64, of: i64, duration_ms: i64) -> ItemSnapshot {
    let (whole, at) = (number / of, number % of);
    let base = if kind == MediaKind::Episode { 100_000 } else { 500_000 };
    ItemSnapshot {
        title: title(number, 3),
        parent_title: format!("Season {}", at / 10 + 1),
        grandparent_title: title(whole, base),
        parent_rating_key: (base + whole * 1_000 + 500 + at / 10).to_string(),
        grandparent_rating_key: (base + whole * 1_000 + 900).to_string(),
        parent_index: Some(at / 10 + 1),
        index: Some(at % 10 + 1),
        ..common(kind, base + whole * 1_000 + at, duration_ms)
    }
}

fn common(kind: MediaKind, key: i64, duration_ms: i64) -> ItemSnapshot {
    ItemSnapshot {
        kind,
        rating_key: key.to_string(),
        guid: format!("plex://{}/{key:024x}", kind.name()),
        section_id: Some(section(kind)),
        library_name: format!("Library {}", section(kind)),
        year: Some(1960 + key % 64),
        duration_ms: Some(duration_ms),
        thumb: format!("/library/metadata/{key}/thumb/1700000000"),
        art: format!("/library/metadata/{key}/art/1700000000"),
        studio: "A studio of the usual length".to_owned(),
        content_rating: "PG-13".to_owned(),
        summary: "What happens in it, told in a sentence or two. ".repeat(6),
        directors: vec!["Somebody Who Directs".to_owned()],
        writers: vec!["Somebody Who Writes".to_owned(), "And Another".to_owned()],
        actors: (0..12).map(|n| format!("An Actor Of Number {n}")).collect(),
        genres: vec!["Drama".to_owned(), "Mystery".to_owned()],
        ..ItemSnapshot::default()
    }
}

/// A way of watching: device and stream.
pub struct Shape {
    pub player: Player,
    pub stream: StreamDetail,
}

pub fn shape(number: i64) -> Shape {
    let of = |names: &[&str]| names[usize::try_from(number).unwrap() % names.len()].to_owned();
    let decision = [Decision::DirectPlay, Decision::DirectPlay, Decision::Copy, Decision::Transcode]
        [usize::try_from(number % 4).unwrap()];
    let player = Player {
        title: format!("{} of room {number}", of(&["Television", "Tablet", "Telephone", "Browser", "Stick"])),
        machine_id: format!("machine-{number:032x}"),
        platform: of(&["Roku", "Android", "iOS", "Chrome", "tvOS", "webOS", "Windows"]),
        product: of(&["Plex for Roku", "Plex for Android", "Plex for iOS", "Plex Web", "Plex for Apple TV"]),
        version: "10.4.1.2345".to_owned(),
        address: format!("192.0.2.{}", number + 1),
        local: number % 3 == 0,
        location: if number % 3 == 0 { Location::Lan } else { Location::Wan },
        bandwidth: Some(8_000 + number * 100),
        ..Player::default()
    };
    let source = version(&of(&["1080", "4k", "720", "sd"]), Decision::DirectPlay);
    let delivered = version(&of(&["1080", "1080", "720", "sd"]), decision);
    let transcode = (decision == Decision::Transcode).then(|| Transcode {
        key: format!("transcode-{number}"),
        protocol: "dash".to_owned(),
        container: "mp4".to_owned(),
        video_codec: "h264".to_owned(),
        audio_codec: "aac".to_owned(),
        video_decision: Some(Decision::Transcode),
        audio_decision: Some(Decision::Copy),
        ..Transcode::default()
    });
    Shape { player, stream: StreamDetail { source, delivered, transcode, ..StreamDetail::default() } }
}

fn version(resolution: &str, decision: Decision) -> MediaVersion {
    let language = || ("English".to_owned(), "eng".to_owned());
    MediaVersion {
        media_id: "4711".to_owned(),
        part_id: "4712".to_owned(),
        container: "mkv".to_owned(),
        bitrate: Some(9_120),
        width: Some(1_920),
        height: Some(1_080),
        video_codec: "hevc".to_owned(),
        video_resolution: resolution.to_owned(),
        full_resolution: tautulli_domain::media::full_resolution(resolution, "progressive"),
        video_framerate: "24p".to_owned(),
        audio_codec: "eac3".to_owned(),
        audio_channels: Some(6),
        file: "/media/somewhere/in/a/folder/of/the/usual/length/and its file.mkv".to_owned(),
        file_size: Some(7_654_321_098),
        decision: Some(decision),
        video: Some(VideoTrack {
            id: "1".to_owned(),
            codec: "hevc".to_owned(),
            bitrate: Some(8_400),
            bit_depth: Some(10),
            dynamic_range: "HDR".to_owned(),
            frame_rate: "23.976".to_owned(),
            decision: Some(decision),
            ..VideoTrack::default()
        }),
        audio: Some(AudioTrack {
            id: "2".to_owned(),
            codec: "eac3".to_owned(),
            channels: Some(6),
            language: language().0,
            language_code: language().1,
            decision: Some(Decision::Copy),
            ..AudioTrack::default()
        }),
        subtitle: Some(SubtitleTrack {
            id: "3".to_owned(),
            codec: "srt".to_owned(),
            language: language().0,
            language_code: language().1,
            ..SubtitleTrack::default()
        }),
        ..MediaVersion::default()
    }
}
