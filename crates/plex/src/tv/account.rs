//! The account of a token.

use crate::wire::Node;

/// A plex.tv account, as it tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlexAccount {
    pub id: i64,
    pub uuid: String,
    pub username: String,
    pub title: String,
    pub email: String,
    pub thumb: String,
    /// Plex Pass is active.
    pub plex_pass: bool,
    pub is_home_user: bool,
    pub is_restricted: bool,
    pub filter_all: String,
    pub filter_movies: String,
    pub filter_tv: String,
    pub filter_music: String,
    pub filter_photos: String,
}

/// `None` for what is no account: without a numeric id.
pub(super) fn read(root: &Node) -> Option<PlexAccount> {
    let node = root.child("user").unwrap_or(root);
    let title = node.text("title");
    Some(PlexAccount {
        id: node.int("id")?,
        uuid: node.text("uuid"),
        username: super::users::name(node),
        title,
        email: node.text("email"),
        thumb: node.text("thumb"),
        plex_pass: node.child("subscription").is_some_and(|s| s.flag("active")),
        is_home_user: node.flag("home"),
        is_restricted: node.flag("restricted"),
        filter_all: node.text("filterAll"),
        filter_movies: node.text("filterMovies"),
        filter_tv: node.text("filterTelevision"),
        filter_music: node.text("filterMusic"),
        filter_photos: node.text("filterPhotos"),
    })
}
