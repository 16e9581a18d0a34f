//! Owns made-up worlds: equal seeds and scales make equal worlds, and nothing is read from the clock.

mod awkward;
mod broadcasts;
mod builder;
mod files;
mod household;
mod markings;
mod music;
mod people;
mod shows;
mod video;
mod words;

use std::str::FromStr;

use super::{ItemKind, Section, Server, World};
use crate::dice::Dice;
use builder::Builder;

/// "Now" of a made-up world: 2026-06-01T00:00:00Z.
const EPOCH: i64 = 1_780_272_000;
const DAY: i64 = 86_400;

/// How large a made-up world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Some of everything, for tests.
    Tiny,
    /// A household: about a thousand items.
    #[default]
    Small,
    /// A large collection with two hundred users.
    Large,
}

struct Counts {
    users: usize,
    movies: usize,
    movies_4k: usize,
    shows: usize,
    seasons: i64,
    episodes: i64,
    artists: usize,
    albums: usize,
    tracks: i64,
    photo_albums: usize,
    photos: i64,
}

impl Scale {
    fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Small => "small",
            Self::Large => "large",
        }
    }

    #[rustfmt::skip]
    fn counts(self) -> Counts {
        let of = |[users, movies, movies_4k, shows, artists, albums, photo_albums]: [usize; 7],
                  [seasons, episodes, tracks, photos]: [i64; 4]| Counts {
            users, movies, movies_4k, shows, seasons, episodes, artists, albums, tracks, photo_albums, photos,
        };
        match self {
            Self::Tiny => of([8, 36, 6, 4, 4, 1, 1], [2, 3, 4, 3]),
            Self::Small => of([8, 120, 12, 25, 20, 2, 5], [3, 6, 7, 8]),
            Self::Large => of([200, 3000, 400, 220, 320, 2, 40], [4, 9, 9, 15]),
        }
    }
}

impl FromStr for Scale {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [Self::Tiny, Self::Small, Self::Large];
        all.into_iter()
            .find(|scale| scale.name() == name)
            .ok_or_else(|| format!("there is no scale {name:?}"))
    }
}

pub(super) use household::world as household;

pub(super) fn world(seed: u64, scale: Scale) -> World {
    let counts = scale.counts();
    let mut b = Builder::new(Dice::new(seed), EPOCH);
    let [mut movies, mut shows, mut music, mut photos, mut movies_4k] = sections(&mut b);
    fill_movies(&mut b, &mut movies, counts.movies);
    b.awkward_titles();
    for n in 0..counts.shows {
        b.show(&mut shows, if n == 0 { 1 } else { counts.seasons }, counts.episodes);
    }
    b.awkward_titles();
    for _ in 0..counts.artists {
        b.artist(&mut music, counts.albums, counts.tracks);
    }
    for _ in 0..counts.photo_albums {
        b.photo_album(&mut photos, counts.photos);
    }
    let dynamic = ["4k-hdr10", "4k-dv5", "4k-dv8", "4k-dv7", "4k-hlg", "4k-sdr"];
    for preset in dynamic.iter().cycle().take(counts.movies_4k) {
        b.movie(&mut movies_4k, &[preset], false);
    }
    awkward::items(&mut b, &movies, &shows);
    gather(&mut b, &mut movies, &mut shows, &mut music);
    assemble(b, seed, scale, vec![movies, shows, music, photos, movies_4k])
}

fn sections(b: &mut Builder) -> [Section; 5] {
    let mut photos = b.section(
        4,
        ItemKind::Photo,
        "Photos & Co.",
        "photos",
        "Plex Photo Scanner",
        "com.plexapp.agents.none",
    );
    photos.hidden = 1;
    [
        b.section(1, ItemKind::Movie, "Movies", "movies", "Plex Movie", "tv.plex.agents.movie"),
        b.section(2, ItemKind::Show, "TV Shows", "tv", "Plex TV Series", "tv.plex.agents.series"),
        b.section(3, ItemKind::Artist, "Music", "music", "Plex Music", "tv.plex.agents.music"),
        photos,
        b.section(7, ItemKind::Movie, "Movies (4K)", "movies-4k", "Plex Movie", "tv.plex.agents.movie"),
    ]
}

fn fill_movies(b: &mut Builder, movies: &mut Section, count: usize) {
    b.awkward_titles();
    let presets = ["720", "1080", "1080scope", "1080hevc", "480", "sd", "576i"];
    for n in 0..count {
        let chosen = b.dice.pick(&presets);
        // some films come in two versions
        let versions: &[&str] = if n % 11 == 4 { &[chosen, "4k-hdr10"] } else { &[chosen] };
        b.movie(movies, versions, n % 5 == 0);
    }
}

/// The collections.
fn gather(b: &mut Builder, movies: &mut Section, shows: &mut Section, music: &mut Section) {
    let roots = movies.roots.clone();
    b.collection(
        movies,
        "Harbor & Sea \"Cycle\"",
        roots.iter().skip(3).step_by(4).take(10).copied().collect(),
    );
    b.collection(movies, "مجموعة", roots.iter().skip(1).step_by(7).copied().collect());
    let members = shows.roots.iter().take(5).copied().collect();
    b.collection(shows, "Slow Television", members);
    let members = music.roots.iter().skip(2).take(4).copied().collect();
    b.collection(music, "Loud Ones", members);
}

fn assemble(mut b: Builder, seed: u64, scale: Scale, sections: Vec<Section>) -> World {
    let mut users = people::users(&mut b.dice, scale.counts().users, &sections);
    let devices = people::devices(&mut b.dice, &mut users);
    let playlists = broadcasts::playlists(&mut b, &users);
    let (channels, programmes) = broadcasts::live(&mut b);
    let sync_items = broadcasts::sync_items(&mut b, &devices);
    let owner = |field: fn(&super::User) -> &String| users.first().map(field).cloned().unwrap_or_default();
    let server = Server {
        machine_id: b.dice.hex(40),
        name: "Harbor \"Léa\" & Co".to_owned(),
        version: "1.42.1.10060-4e8b05daf".to_owned(),
        platform: "Linux".to_owned(),
        platform_version: "12 (bookworm)".to_owned(),
        public_address: "203.0.113.7".to_owned(),
        lan_address: "192.168.1.10".to_owned(),
        token: owner(|user| &user.server_token),
        owner_username: owner(|user| &user.username),
        owner_email: owner(|user| &user.email),
        created_at: EPOCH - 2200 * DAY,
        updated_at: EPOCH - 3600,
    };
    let (next_key, next_id) = b.counters();
    World {
        seed,
        scale: scale.name().to_owned(),
        epoch: EPOCH,
        server,
        users,
        devices,
        sections,
        items: b.items,
        playlists,
        channels,
        programmes,
        sync_items,
        next_key,
        next_id,
    }
}
