//! Owns the household: a believable family with a server in the attic, for the demo and for pictures of it.
//!
//! Nothing in it is awkward on purpose; worlds for tests are made elsewhere.

mod films;
mod library;
mod music;
mod names;
mod people;
mod series;
mod shows;
mod songs;
mod television;

use super::builder::Builder;
use super::{DAY, broadcasts};
use crate::dice::Dice;
use crate::world::{ItemKind, Playlist, Section, Server, User, World};

/// The languages that films are spoken in here.
const SPOKEN: [Option<&str>; 1] = [Some("eng")];

pub(in crate::world) fn world(seed: u64, now: i64) -> World {
    let mut b = Builder::new(Dice::new(seed ^ 0x00A7_71C0), now);
    b.spoken = &SPOKEN;
    let mut sections = sections(&mut b);
    let [movies, shows, kids, music, photos, movies_4k] = &mut sections;
    library::films(&mut b, movies, movies_4k);
    series::shows(&mut b, shows, kids);
    songs::artists(&mut b, music);
    library::photos(&mut b, photos);
    library::collections(&mut b, movies);
    assemble(b, seed, sections.into())
}

fn sections(b: &mut Builder) -> [Section; 6] {
    const FILM: (&str, &str) = ("Plex Movie", "tv.plex.agents.movie");
    const SERIES: (&str, &str) = ("Plex TV Series", "tv.plex.agents.series");
    let mut section = |id, kind, title, folder, (scanner, agent)| {
        let mut section = b.section(id, kind, title, folder, scanner, agent);
        section.locations = vec![(id, format!("/data/{folder}"))];
        section
    };
    [
        section(1, ItemKind::Movie, "Movies", "movies", FILM),
        section(2, ItemKind::Show, "Shows", "shows", SERIES),
        section(3, ItemKind::Show, "Kids", "kids", SERIES),
        section(4, ItemKind::Artist, "Music", "music", ("Plex Music", "tv.plex.agents.music")),
        section(5, ItemKind::Photo, "Photos", "photos", ("Plex Photo Scanner", "com.plexapp.agents.none")),
        section(6, ItemKind::Movie, "4K Movies", "movies-4k", FILM),
    ]
}

fn playlists(b: &mut Builder, users: &[User]) -> Vec<Playlist> {
    let tracks: Vec<u64> = keys(b, ItemKind::Track);
    let films: Vec<u64> = keys(b, ItemKind::Movie);
    let made = [
        ("Dinner with friends", "audio", b.dice.sample(&tracks, 42)),
        ("Sunday cleaning", "audio", b.dice.sample(&tracks, 30)),
        ("Rainy weekend", "video", b.dice.sample(&films, 8)),
    ];
    let owners = users.iter().cycle();
    (1i64..)
        .zip(made.into_iter().zip(owners))
        .map(|(n, ((title, kind, items), owner))| Playlist {
            rating_key: b.new_key(),
            title: title.to_owned(),
            kind: kind.to_owned(),
            smart: false,
            owner_id: owner.user_id,
            items,
            added_at: b.epoch - 300 * DAY,
            updated_at: b.epoch - n * 9 * DAY,
            summary: String::new(),
        })
        .collect()
}

fn keys(b: &Builder, kind: ItemKind) -> Vec<u64> {
    b.items.values().filter(|item| item.kind == kind).map(|item| item.rating_key).collect()
}

fn assemble(mut b: Builder, seed: u64, sections: Vec<Section>) -> World {
    let every: Vec<u64> = sections.iter().map(|section| section.id).collect();
    let mut users = people::users(&mut b.dice, &every);
    let devices = people::devices(&mut b.dice, &mut users);
    let playlists = playlists(&mut b, &users);
    let (channels, programmes) = television::on_air(&mut b);
    let sync_items = broadcasts::sync_items(&mut b, &devices);
    let owner = |field: fn(&User) -> &String| users.first().map(field).cloned().unwrap_or_default();
    let server = Server {
        machine_id: b.dice.hex(40),
        name: "Attic".to_owned(),
        version: "1.42.1.10060-4e8b05daf".to_owned(),
        platform: "Linux".to_owned(),
        platform_version: "12 (bookworm)".to_owned(),
        public_address: "203.0.113.24".to_owned(),
        lan_address: "192.168.20.10".to_owned(),
        token: owner(|user| &user.server_token),
        owner_username: owner(|user| &user.username),
        owner_email: owner(|user| &user.email),
        created_at: b.epoch - 2200 * DAY,
        updated_at: b.epoch - 3600,
    };
    let (next_key, next_id) = b.counters();
    World {
        seed,
        scale: "household".to_owned(),
        epoch: b.epoch,
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
