//! Owns artists, albums and tracks, and photo albums.

use super::builder::Builder;
use super::{files, words};
use crate::world::{Item, ItemKind, Section};

impl Builder {
    pub(super) fn artist(&mut self, section: &mut Section, albums: usize, tracks: i64) {
        let title = self.title();
        let mut artist = self.item(ItemKind::Artist, section, title);
        self.common(&mut artist);
        artist.place.index = Some(1);
        let about = &mut artist.about;
        (about.rating, about.rating_image, about.studio) = (None, None, None);
        (about.audience_rating, about.audience_rating_image) = (None, None);
        artist.about.guids = vec![format!("mbid://{}", self.dice.uuid())];
        artist.tags.genres = self.tags("genre", &words::MUSIC_GENRES, 1, 3);
        artist.tags.moods = self.tags("mood", &words::MOODS, 0, 2);
        artist.tags.styles = self.tags("style", &words::STYLES, 0, 2);
        let folder = section.locations.first().map(|(_, path)| path.as_str()).unwrap_or_default();
        artist.place.location = Some(format!("{folder}/{} artist", artist.rating_key));
        for number in 0..albums {
            self.album(section, &mut artist, number, tracks);
        }
        section.roots.push(artist.rating_key);
        self.add(artist);
    }

    fn album(&mut self, section: &Section, artist: &mut Item, number: usize, tracks: i64) {
        let title = self.title();
        let mut album = self.item(ItemKind::Album, section, title);
        album.place.index = Some(1);
        album.place.parent_key = Some(artist.rating_key);
        album.about.year = if self.dice.chance(0.5) { Some(self.dice.between(1960, 2026)) } else { None };
        album.about.studio = Some(self.dice.pick(&words::STUDIOS).to_owned());
        album.about.originally_available_at = album.about.year.map(|year| self.date(year));
        self.times(&mut album.about, 1500);
        album.about.guids = vec![format!("mbid://{}", self.dice.uuid())];
        album.tags.genres = self.tags("genre", &words::MUSIC_GENRES, 0, 2);
        artist.place.children.push(album.rating_key);
        for index in 1..=self.dice.between((tracks - 3).max(1), tracks + 3) {
            self.track(section, artist, &mut album, index, number == 0 && index == 2);
        }
        self.add(album);
    }

    fn track(&mut self, section: &Section, artist: &Item, album: &mut Item, index: i64, guest: bool) {
        let title = self.title();
        let mut track = self.item(ItemKind::Track, section, title);
        track.place.index = Some(index);
        track.place.parent_key = Some(album.rating_key);
        track.place.grandparent_key = Some(artist.rating_key);
        track.about.added_at = album.about.added_at;
        track.about.updated_at = album.about.updated_at;
        let length = self.dice.between(30, 599) * 1000;
        track.about.duration = Some(length);
        track.about.original_title = guest.then(|| "Various & Sundry ft. \"Q\"".to_owned());
        let folder = artist.place.location.as_deref().unwrap_or_default();
        let path = format!("{folder}/{}/{index:02}", album.rating_key);
        track.media = vec![files::audio(self, &path, length, album.about.added_at)];
        album.place.children.push(track.rating_key);
        self.add(track);
    }

    /// Answers the key of the album.
    pub(super) fn photo_album(&mut self, section: &mut Section, photos: i64) -> u64 {
        let title = self.title();
        let mut album = self.item(ItemKind::PhotoAlbum, section, title);
        album.guid = format!("local://{}", album.rating_key);
        album.place.index = Some(1);
        album.about.has_art = false;
        self.times(&mut album.about, 1500);
        let folder = section.locations.first().map(|(_, path)| path.as_str()).unwrap_or_default().to_owned();
        for index in 1..=photos {
            let mut photo = self.item(ItemKind::Photo, section, format!("IMG_{}", 4000 + index));
            photo.guid = format!("local://{}", photo.rating_key);
            photo.place.index = Some(index);
            photo.place.parent_key = Some(album.rating_key);
            photo.about.year = Some(2024);
            photo.about.originally_available_at = Some("2024-08-14".to_owned());
            photo.about.added_at = album.about.added_at;
            photo.about.updated_at = album.about.updated_at;
            photo.about.has_art = false;
            let path = format!("{folder}/{}/{}", album.rating_key, photo.rating_key);
            photo.media = vec![files::photo(self, &path, album.about.added_at)];
            album.place.children.push(photo.rating_key);
            self.add(photo);
        }
        let key = album.rating_key;
        section.roots.push(key);
        self.add(album);
        key
    }
}
