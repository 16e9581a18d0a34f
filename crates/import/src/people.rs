//! Users and libraries as the file has them.

use crate::cell::Repair;
use crate::remains::AsideRow;
use crate::rule::SetAside;
use crate::source::Source;
use crate::table::{Table, table};
use std::collections::BTreeSet;
use tautulli_domain::Result;
use tautulli_domain::media::MediaKind;

table! {
    /// A user.
    UserRow = "users" {
        user_id: int,
        username: text,
        friendly_name: text,
        thumb: text,
        custom_avatar_url: text,
        title: text,
        email: text,
        is_active: int,
        is_admin: int,
        is_home_user: int,
        is_allow_sync: int,
        is_restricted: int,
        do_notify: int,
        keep_history: int,
        deleted_user: int,
        allow_guest: int,
        user_token: text,
        server_token: text,
        shared_libraries: text,
        filter_all: text,
        filter_movies: text,
        filter_tv: text,
        filter_music: text,
        filter_photos: text,
    }
}

table! {
    /// A library.
    LibraryRow = "library_sections" {
        server_id: text,
        section_id: int,
        section_name: text,
        section_type: text,
        agent: text,
        thumb: text,
        custom_thumb_url: text,
        art: text,
        custom_art_url: text,
        count: int,
        parent_count: int,
        child_count: int,
        is_active: int,
        do_notify: int,
        do_notify_created: int,
        keep_history: int,
        deleted_section: int,
    }
}

/// A user of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedUser {
    pub row_id: i64,
    pub account_id: i64,
    pub username: String,
    /// The name that the owner has chosen; empty where it is the account's own.
    pub custom_name: String,
    pub title: String,
    pub email: String,
    pub thumb: String,
    pub custom_thumb: String,
    pub is_active: bool,
    pub is_admin: bool,
    pub is_home_user: bool,
    pub is_allow_sync: bool,
    pub is_restricted: bool,
    /// Whether plex.tv has ever told of the account.
    pub is_told: bool,
    pub do_notify: bool,
    pub keep_history: bool,
    pub deleted: bool,
    pub allow_guest: bool,
    pub user_token: String,
    pub server_token: String,
    pub shared_sections: Vec<i64>,
    /// Plex's filter texts by what they are for.
    pub filters: [(&'static str, String); 5],
    pub repairs: Vec<Repair>,
}

/// A library of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedLibrary {
    pub row_id: i64,
    /// Plex's identifier of the machine that had it.
    pub machine_id: String,
    pub section_id: i64,
    pub name: String,
    pub kind: MediaKind,
    pub agent: String,
    pub thumb: String,
    pub custom_thumb: String,
    pub art: String,
    pub custom_art: String,
    pub count: Option<i64>,
    pub parent_count: Option<i64>,
    pub child_count: Option<i64>,
    pub is_active: bool,
    pub do_notify: bool,
    pub do_notify_created: bool,
    pub keep_history: bool,
    pub deleted: bool,
    pub repairs: Vec<Repair>,
}

/// Rows that were read, and rows that were set aside.
pub type ReadRows<T> = (Vec<T>, Vec<AsideRow>);

impl Source {
    /// The users, in the order of their rows.
    pub fn users(&self) -> Result<ReadRows<ImportedUser>> {
        self.people(user, |user| user.account_id)
    }

    /// The libraries, in the order of their rows.
    pub fn libraries(&self) -> Result<ReadRows<ImportedLibrary>> {
        self.people(library, |library| (library.section_id, library.machine_id.clone()))
    }

    fn people<R: Table, T, K: Ord>(
        &self,
        read: impl Fn(i64, R, Vec<Repair>) -> Option<T>,
        key: impl Fn(&T) -> K,
    ) -> Result<ReadRows<T>> {
        let (mut known, mut aside, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (row_id, row, repairs) in self.rows::<R>()? {
            let reason = match read(row_id, row, repairs) {
                Some(fact) if seen.insert(key(&fact)) => {
                    known.push(fact);
                    continue;
                }
                Some(_) => SetAside::Duplicate,
                None => SetAside::NoNumber,
            };
            aside.push(AsideRow { row_id, reason, raw: self.as_it_lies(R::NAME, "rowid", row_id)? });
        }
        Ok((known, aside))
    }
}

fn on(number: Option<i64>, usual: bool) -> bool {
    number.map_or(usual, |number| number != 0)
}

fn user(row_id: i64, row: UserRow, repairs: Vec<Repair>) -> Option<ImportedUser> {
    let account_id = row.user_id?;
    // The reference fills in the account's own name where nobody has chosen one.
    let is_chosen = row.friendly_name != row.username && row.friendly_name != row.title;
    Some(ImportedUser {
        row_id,
        account_id,
        custom_name: if is_chosen { row.friendly_name } else { String::new() },
        username: row.username,
        title: row.title,
        email: row.email,
        thumb: row.thumb,
        custom_thumb: row.custom_avatar_url,
        is_active: on(row.is_active, true),
        is_admin: on(row.is_admin, false),
        is_home_user: on(row.is_home_user, false),
        is_allow_sync: on(row.is_allow_sync, false),
        is_restricted: on(row.is_restricted, false),
        is_told: row.is_home_user.is_some(),
        do_notify: on(row.do_notify, true),
        keep_history: on(row.keep_history, true),
        deleted: on(row.deleted_user, false),
        allow_guest: on(row.allow_guest, false),
        user_token: row.user_token,
        server_token: row.server_token,
        shared_sections: row.shared_libraries.split(';').filter_map(|id| id.trim().parse().ok()).collect(),
        filters: [
            ("all", row.filter_all),
            ("movies", row.filter_movies),
            ("tv", row.filter_tv),
            ("music", row.filter_music),
            ("photos", row.filter_photos),
        ],
        repairs,
    })
}

fn library(row_id: i64, row: LibraryRow, repairs: Vec<Repair>) -> Option<ImportedLibrary> {
    Some(ImportedLibrary {
        row_id,
        machine_id: row.server_id,
        section_id: row.section_id?,
        name: row.section_name,
        kind: MediaKind::parse(&row.section_type),
        agent: row.agent,
        thumb: row.thumb,
        custom_thumb: row.custom_thumb_url,
        art: row.art,
        custom_art: row.custom_art_url,
        count: row.count,
        parent_count: row.parent_count,
        child_count: row.child_count,
        is_active: on(row.is_active, true),
        do_notify: on(row.do_notify, true),
        do_notify_created: on(row.do_notify_created, true),
        keep_history: on(row.keep_history, true),
        deleted: on(row.deleted_section, false),
        repairs,
    })
}
