//! Three answers of plex.tv made one list of a server's users.

use super::PlexAccount;
use crate::wire::Node;
use std::collections::{HashMap, HashSet};
use tautulli_domain::server::ObservedAccount;

/// The owner, then the friends in their order, each account once. Inactive users are in none of the answers.
pub(super) fn read(owner: &PlexAccount, friends: &Node, shares: &Node) -> Vec<ObservedAccount> {
    let shares: HashMap<i64, &Node> =
        shares.all("SharedServer").filter_map(|share| Some((share.int("userID")?, share))).collect();
    let mut seen = HashSet::new();
    std::iter::once(owner_account(owner))
        .chain(friends.all("User").filter_map(|friend| {
            let id = friend.int("id")?;
            Some(friend_account(id, friend, shares.get(&id).copied()))
        }))
        .filter(|account| seen.insert(account.account_id))
        .collect()
}

/// The name to know an account by: managed users have only a title.
pub(super) fn name(node: &Node) -> String {
    node.get("username").filter(|name| !name.is_empty()).map_or_else(|| node.text("title"), str::to_owned)
}

fn owner_account(owner: &PlexAccount) -> ObservedAccount {
    ObservedAccount {
        account_id: owner.id,
        username: owner.username.clone(),
        title: owner.title.clone(),
        email: owner.email.clone(),
        thumb: owner.thumb.clone(),
        is_admin: true,
        is_home_user: owner.is_home_user,
        is_allow_sync: true,
        is_restricted: owner.is_restricted,
        filter_all: owner.filter_all.clone(),
        filter_movies: owner.filter_movies.clone(),
        filter_tv: owner.filter_tv.clone(),
        filter_music: owner.filter_music.clone(),
        filter_photos: owner.filter_photos.clone(),
        ..ObservedAccount::default()
    }
}

fn friend_account(id: i64, friend: &Node, share: Option<&Node>) -> ObservedAccount {
    ObservedAccount {
        account_id: id,
        username: name(friend),
        title: friend.text("title"),
        email: friend.text("email"),
        thumb: friend.text("thumb"),
        is_admin: false,
        is_home_user: friend.flag("home"),
        is_allow_sync: friend.flag("allowSync"),
        is_restricted: friend.flag("restricted"),
        shared_sections: share.map(sections).unwrap_or_default(),
        server_token: share.map(|s| s.text("accessToken")).unwrap_or_default(),
        filter_all: friend.text("filterAll"),
        filter_movies: friend.text("filterMovies"),
        filter_tv: friend.text("filterTelevision"),
        filter_music: friend.text("filterMusic"),
        filter_photos: friend.text("filterPhotos"),
    }
}

/// The server's own section numbers (`key`; `id` is plex.tv's) that are shared.
fn sections(share: &Node) -> Vec<i64> {
    share
        .all("Section")
        .filter(|section| section.flag("shared"))
        .filter_map(|section| section.int("key"))
        .collect()
}
