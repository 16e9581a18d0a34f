//! Owns the artists of the household with their albums and tracks.

use super::library::added;
use super::music::{ARTISTS, Artist, SONGS};
use crate::world::generate::builder::Builder;
use crate::world::generate::files;
use crate::world::{Item, ItemKind, Section};

pub(super) fn artists(b: &mut Builder, section: &mut Section) {
    let mut songs = SONGS.to_vec();
    b.dice.shuffle(&mut songs);
    let mut songs = songs.into_iter().cycle();
    for artist in &ARTISTS {
        add_artist(b, section, artist, &mut songs);
    }
}

fn add_artist<'t>(
    b: &mut Builder,
    section: &mut Section,
    artist: &Artist,
    songs: &mut impl Iterator<Item = &'t str>,
) {
    let (name, genre, albums) = *artist;
    let mut item = b.item(ItemKind::Artist, section, name.to_owned());
    item.place.index = Some(1);
    item.place.location = Some(format!("/data/music/{name}"));
    item.about.guids = vec![format!("mbid://{}", b.dice.uuid())];
    item.about.added_at = added(b);
    item.about.updated_at = Some(item.about.added_at + 60);
    item.about.title_sort = name.strip_prefix("The ").map(str::to_owned);
    item.tags.genres = vec![b.tag("genre", genre)];
    for album in albums {
        add_album(b, section, &mut item, *album, songs);
    }
    section.roots.push(item.rating_key);
    b.add(item);
}

fn add_album<'t>(
    b: &mut Builder,
    section: &Section,
    artist: &mut Item,
    (title, year): (&str, i64),
    songs: &mut impl Iterator<Item = &'t str>,
) {
    let mut album = b.item(ItemKind::Album, section, title.to_owned());
    album.place.index = Some(1);
    album.place.parent_key = Some(artist.rating_key);
    album.about.year = Some(year);
    album.about.originally_available_at = Some(b.date(year));
    album.about.added_at = artist.about.added_at;
    album.about.updated_at = artist.about.updated_at;
    album.about.guids = vec![format!("mbid://{}", b.dice.uuid())];
    album.tags.genres.clone_from(&artist.tags.genres);
    for index in 1..=b.dice.between(7, 11) {
        let song = songs.next().unwrap_or("Untitled");
        add_track(b, section, artist, &mut album, (index, song));
    }
    artist.place.children.push(album.rating_key);
    b.add(album);
}

fn add_track(
    b: &mut Builder,
    section: &Section,
    artist: &Item,
    album: &mut Item,
    (index, title): (i64, &str),
) {
    let mut track = b.item(ItemKind::Track, section, title.to_owned());
    track.place.index = Some(index);
    track.place.parent_key = Some(album.rating_key);
    track.place.grandparent_key = Some(artist.rating_key);
    track.about.year = album.about.year;
    track.about.added_at = album.about.added_at;
    track.about.updated_at = album.about.updated_at;
    let length = b.dice.between(128, 352) * 1000 + b.dice.between(0, 999);
    track.about.duration = Some(length);
    let folder = artist.place.location.as_deref().unwrap_or_default();
    let path = format!("{folder}/{}/{index:02} - {title}", album.title);
    track.media = vec![files::audio(b, &path, length, album.about.added_at)];
    album.place.children.push(track.rating_key);
    b.add(track);
}
