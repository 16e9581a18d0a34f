//! Imported rows that stand for nothing here.

use crate::graphql::scalar::Long;
use async_graphql::SimpleObject;
use tautulli_domain::stray;

/// A user of an imported installation who has no account: nobody can have played as them.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct StrayUser {
    /// The row's number.
    row_id: Long,
    /// Name of the account.
    username: String,
    /// The name that was chosen.
    friendly_name: Option<String>,
    /// The name that Plex showed.
    title: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Address of the picture: the chosen one, or the account's.
    picture: Option<String>,
    /// Address of the account's picture.
    thumb: Option<String>,
    /// Still had access to the server.
    is_active: bool,
    /// A choice that programs read.
    do_notify: bool,
    /// Plays were to be kept.
    keep_history: bool,
    /// Was allowed to sign in.
    allow_guest: bool,
    /// Was deleted.
    deleted: bool,
}

impl From<stray::StrayUser> for StrayUser {
    fn from(user: stray::StrayUser) -> Self {
        Self {
            row_id: Long(user.row_id),
            username: user.username,
            friendly_name: user.custom_name,
            title: user.title,
            email: user.email,
            picture: chosen(user.custom_thumb, user.thumb.clone()),
            thumb: user.thumb,
            is_active: user.is_active,
            do_notify: user.do_notify,
            keep_history: user.keep_history,
            allow_guest: user.allow_guest,
            deleted: user.deleted,
        }
    }
}

/// A library of an imported installation that belonged to another server than the one whose history it is.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct StrayLibrary {
    /// The row's number.
    row_id: Long,
    /// Plex's identifier of the machine that had it.
    machine_id: String,
    /// Plex's number of the library there.
    section_id: Option<Long>,
    /// Its name.
    name: Option<String>,
    /// Plex's word for what it holds.
    word: Option<String>,
    /// The agent that found its facts.
    agent: Option<String>,
    /// Address of the picture: the chosen one, or its own.
    picture: Option<String>,
    /// Path of its own picture.
    thumb: Option<String>,
    /// Address of the background: the chosen one, or its own.
    background: Option<String>,
    /// Movies, shows or artists in it, as it was written: a number, or not.
    count: Option<String>,
    /// Seasons or albums in it.
    parent_count: Option<Long>,
    /// Episodes or tracks in it.
    child_count: Option<Long>,
    /// Still on the server.
    is_active: bool,
    /// A choice that programs read.
    do_notify: bool,
    /// The same for what was added.
    do_notify_created: bool,
    /// Plays were to be kept.
    keep_history: bool,
    /// Was deleted.
    deleted: bool,
}

impl From<stray::StrayLibrary> for StrayLibrary {
    fn from(library: stray::StrayLibrary) -> Self {
        Self {
            row_id: Long(library.row_id),
            machine_id: library.machine_id,
            section_id: library.section_id.map(Long),
            name: library.name,
            word: library.kind,
            agent: library.agent,
            picture: chosen(library.custom_thumb, library.thumb.clone()),
            thumb: library.thumb,
            background: chosen(library.custom_art, library.art),
            count: library.count,
            parent_count: library.parent_count.map(Long),
            child_count: library.child_count.map(Long),
            is_active: library.is_active,
            do_notify: library.do_notify,
            do_notify_created: library.do_notify_created,
            keep_history: library.keep_history,
            deleted: library.deleted,
        }
    }
}

fn chosen(custom: Option<String>, own: Option<String>) -> Option<String> {
    custom.filter(|text| !text.is_empty()).or(own)
}
