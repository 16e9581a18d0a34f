//! Users and libraries of a file, and those that are known from its plays alone.

use super::preparation::NOBODY;
use super::report::{TableReport, by_rule};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tautulli_db::Conn;
use tautulli_db::error::DbResult;
use tautulli_db::imports::people::{self, Person, Section};
use tautulli_db::imports::remains::Aside;
use tautulli_domain::media::MediaKind;
use tautulli_domain::server::LIVE_TV_SECTION;
use tautulli_domain::{LibraryId, ServerId, UserId};
use tautulli_import::{ImportedLibrary, ImportedUser, ReadRows, Rule, Survey};

/// Users and libraries as they were read.
#[derive(Debug, Default)]
pub(super) struct People {
    pub users: ReadRows<ImportedUser>,
    pub libraries: ReadRows<ImportedLibrary>,
}

/// Writes the users; a play's user who is not among them is added, inactive.
pub(super) async fn write_users(
    conn: &mut Conn,
    server: ServerId,
    read: &People,
    survey: &Survey,
    now: DateTime<Utc>,
) -> DbResult<()> {
    for user in &read.users.0 {
        people::user(conn, server, &person(user), now).await?;
    }
    for added in strangers(read, survey) {
        people::user(conn, server, &added, now).await?;
    }
    Ok(())
}

/// Writes the libraries; sections that are known from plays alone are added without a name, inactive.
pub(super) async fn write_libraries(
    conn: &mut Conn,
    server: ServerId,
    machine_id: &str,
    read: &People,
    survey: &Survey,
    now: DateTime<Utc>,
) -> DbResult<()> {
    let mut seen = BTreeSet::new();
    for library in libraries_of(read, machine_id) {
        if seen.insert(library.section_id) {
            people::library(conn, server, &section(library), now).await?;
        }
    }
    for section_id in survey.sections.iter().copied().filter(|id| *id > 0 && !seen.contains(id)) {
        people::library(conn, server, &nameless(section_id), now).await?;
    }
    Ok(())
}

/// The libraries of this server first, then those of others, whose sections may have been the server's before.
fn libraries_of<'a>(read: &'a People, machine_id: &str) -> Vec<&'a ImportedLibrary> {
    let mut libraries: Vec<&ImportedLibrary> = read.libraries.0.iter().collect();
    libraries.sort_by_key(|library| (library.machine_id != machine_id, library.row_id));
    libraries
}

/// How many of the users are known by their accounts.
pub(super) fn known_users(read: &People, accounts: &BTreeMap<i64, UserId>) -> usize {
    read.users.0.iter().filter(|user| accounts.contains_key(&user.account_id)).count()
}

/// How many of the libraries are known by their sections.
pub(super) fn known_libraries(read: &People, sections: &BTreeMap<i64, LibraryId>) -> usize {
    read.libraries.0.iter().filter(|library| sections.contains_key(&library.section_id)).count()
}

/// The report's lines about users and libraries.
pub(super) fn report(read: &People, survey: &Survey, known: (usize, usize)) -> [TableReport; 2] {
    let mut users = TableReport::new("users", count(read.users.0.len() + read.users.1.len()));
    users.repair(&by_rule(read.users.0.iter().flat_map(|user| &user.repairs)));
    let added = strangers(read, survey).len();
    if added > 0 {
        users.repaired.insert(Rule::UserAdded.name(), count(added));
    }
    let mut libraries =
        TableReport::new("library_sections", count(read.libraries.0.len() + read.libraries.1.len()));
    libraries.repair(&by_rule(read.libraries.0.iter().flat_map(|library| &library.repairs)));
    let asides = [&read.users.1, &read.libraries.1];
    let good = [(read.users.0.len(), known.0), (read.libraries.0.len(), known.1)];
    let mut tables = [users, libraries];
    for ((table, asides), (good, known)) in tables.iter_mut().zip(asides).zip(good) {
        table.read = table.rows;
        table.written = count(good.saturating_sub(known));
        table.known = count(known);
        table.done = true;
        for row in asides {
            table.set_aside(&row.reason.name());
        }
    }
    tables
}

/// The rows that were set aside, by table.
pub(super) fn asides(read: &People) -> [(&'static str, Vec<Aside>); 2] {
    [("users", &read.users.1), ("library_sections", &read.libraries.1)].map(|(table, rows)| {
        let asides = rows.iter().map(|row| Aside {
            row_id: row.row_id,
            reason: row.reason.name(),
            raw: row.raw.clone(),
        });
        (table, asides.collect())
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Accounts that played something and are not among the users.
pub(super) fn strangers(read: &People, survey: &Survey) -> Vec<Person> {
    let known: BTreeSet<i64> = read.users.0.iter().map(|user| user.account_id).collect();
    let unknown =
        survey.accounts.iter().filter(|(account, _)| !account.is_some_and(|id| known.contains(&id)));
    unknown
        .map(|(account, name)| {
            let name = if account.is_some() { name.clone() } else { "unknown".to_owned() };
            Person {
                account_id: account.unwrap_or(NOBODY),
                username: name.clone(),
                title: name,
                do_notify: true,
                keep_history: true,
                share_filters: json!({}),
                ..Person::default()
            }
        })
        .collect()
}

fn person(user: &ImportedUser) -> Person {
    let filters: Map<String, Value> =
        user.filters.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
    Person {
        row_id: Some(user.row_id),
        account_id: user.account_id,
        username: user.username.clone(),
        title: user.title.clone(),
        custom_name: user.custom_name.clone(),
        email: user.email.clone(),
        thumb: user.thumb.clone(),
        custom_thumb: user.custom_thumb.clone(),
        is_active: user.is_active,
        is_admin: user.is_admin,
        is_home_user: user.is_home_user,
        is_allow_sync: user.is_allow_sync,
        is_restricted: user.is_restricted,
        is_told: user.is_told,
        do_notify: user.do_notify,
        keep_history: user.keep_history,
        allow_guest: user.allow_guest,
        deleted: user.deleted,
        server_token: user.server_token.clone(),
        shared_sections: user.shared_sections.clone(),
        share_filters: Value::Object(filters),
    }
}

fn section(library: &ImportedLibrary) -> Section {
    let is_live = library.section_id == LIVE_TV_SECTION;
    Section {
        row_id: Some(library.row_id),
        section_id: library.section_id,
        name: library.name.clone(),
        kind: if is_live { "live" } else { library.kind.name() },
        agent: library.agent.clone(),
        thumb: library.thumb.clone(),
        custom_thumb: library.custom_thumb.clone(),
        art: library.art.clone(),
        custom_art: library.custom_art.clone(),
        count: library.count,
        parent_count: library.parent_count,
        child_count: library.child_count,
        is_active: library.is_active,
        do_notify: library.do_notify,
        do_notify_created: library.do_notify_created,
        keep_history: library.keep_history,
        deleted: library.deleted,
    }
}

fn nameless(section_id: i64) -> Section {
    let is_live = section_id == LIVE_TV_SECTION;
    Section {
        row_id: None,
        section_id,
        name: if is_live { "Live TV".to_owned() } else { String::new() },
        kind: if is_live { "live" } else { MediaKind::default().name() },
        agent: String::new(),
        thumb: String::new(),
        custom_thumb: String::new(),
        art: String::new(),
        custom_art: String::new(),
        count: None,
        parent_count: None,
        child_count: None,
        is_active: is_live,
        do_notify: true,
        do_notify_created: true,
        keep_history: true,
        deleted: false,
    }
}
