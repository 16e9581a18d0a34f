//! Libraries of media servers.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::libraries;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::media::MediaKind;
use tautulli_domain::server::{LIVE_TV_SECTION, Library, LibraryChoices, ObservedLibrary};
use tautulli_domain::{LibraryId, ServerId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = libraries, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    server_id: i64,
    section_id: i64,
    name: String,
    kind: String,
    agent: String,
    thumb: String,
    custom_thumb: String,
    art: String,
    custom_art: String,
    item_count: Option<i64>,
    parent_count: Option<i64>,
    child_count: Option<i64>,
    is_active: bool,
    do_notify: bool,
    do_notify_created: bool,
    keep_history: bool,
    deleted: bool,
}

impl From<Row> for Library {
    fn from(row: Row) -> Self {
        Self {
            id: LibraryId(row.id),
            server_id: ServerId(row.server_id),
            section_id: row.section_id,
            name: row.name,
            kind: MediaKind::parse(&row.kind),
            agent: row.agent,
            thumb: row.thumb,
            custom_thumb: row.custom_thumb,
            art: row.art,
            custom_art: row.custom_art,
            count: row.item_count,
            parent_count: row.parent_count,
            child_count: row.child_count,
            is_active: row.is_active,
            do_notify: row.do_notify,
            do_notify_created: row.do_notify_created,
            keep_history: row.keep_history,
            deleted: row.deleted,
        }
    }
}

/// Which libraries are wanted; what is absent does not matter.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub server: Option<ServerId>,
    pub sections: Option<Vec<i64>>,
    pub rows: Option<Vec<i64>>,
    pub names: Option<Vec<String>>,
}

/// Libraries in Plex's order, at most `limit`.
pub async fn list(conn: &mut Conn, wanted: &Wanted, limit: i64) -> DbResult<Vec<Library>> {
    let Wanted { server, sections, rows, names } = wanted;
    let mut query = libraries::table
        .order((libraries::server_id, libraries::section_id))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(server) = server {
        query = query.filter(libraries::server_id.eq(server.0));
    }
    if let Some(sections) = sections {
        query = query.filter(libraries::section_id.eq_any(sections));
    }
    if let Some(rows) = rows {
        query = query.filter(libraries::id.eq_any(rows));
    }
    if let Some(names) = names {
        query = query.filter(libraries::name.eq_any(names));
    }
    let rows: Vec<Row> = query.load(conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub async fn by_ids(conn: &mut Conn, ids: &[LibraryId]) -> DbResult<Vec<Library>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> =
        libraries::table.filter(libraries::id.eq_any(ids)).select(Row::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The library of a session's item. One that is not known yet gets a row; live TV has a library of its own (LIB-01).
pub async fn resolve(
    conn: &mut Conn,
    server: ServerId,
    section_id: Option<i64>,
    name: &str,
    kind: MediaKind,
    now: DateTime<Utc>,
) -> DbResult<Option<LibraryId>> {
    // Negative numbers are Plex's own pseudo sections (pre-rolls and the like).
    let Some(section_id) = section_id.filter(|id| *id > 0) else { return Ok(None) };
    let that = || {
        let of_section = libraries::server_id.eq(server.0).and(libraries::section_id.eq(section_id));
        libraries::table.filter(of_section).select(libraries::id)
    };
    let found: Option<i64> = that().first(conn).await.optional()?;
    if let Some(id) = found {
        return Ok(Some(LibraryId(id)));
    }
    let (name, kind) =
        if section_id == LIVE_TV_SECTION { ("Live TV", "live") } else { (name, section_kind(kind).name()) };
    diesel::insert_into(libraries::table)
        .values((
            libraries::server_id.eq(server.0),
            libraries::section_id.eq(section_id),
            libraries::name.eq(name),
            libraries::kind.eq(kind),
            libraries::updated_at.eq(now),
        ))
        // Whoever refreshes the libraries at the same moment may have been first.
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(Some(LibraryId(that().first(conn).await?)))
}

fn section_kind(kind: MediaKind) -> MediaKind {
    match kind {
        MediaKind::Season | MediaKind::Episode => MediaKind::Show,
        MediaKind::Album | MediaKind::Track => MediaKind::Artist,
        other => other,
    }
}

/// Whether the library's plays are kept (HIS-03).
pub async fn keeps_history(conn: &Conn, id: LibraryId) -> DbResult<bool> {
    Ok(libraries::table.find(id.0).select(libraries::keep_history).first(&mut &*conn).await?)
}

#[derive(AsChangeset)]
#[diesel(table_name = libraries)]
struct Changes<'a> {
    custom_thumb: Option<&'a str>,
    custom_art: Option<&'a str>,
    do_notify: Option<bool>,
    do_notify_created: Option<bool>,
    keep_history: Option<bool>,
    updated_at: DateTime<Utc>,
}

/// Stores choices about a library; gives the library as it is then, or `None` where there is none.
pub async fn choose(
    conn: &mut Conn,
    id: LibraryId,
    choices: &LibraryChoices,
    now: DateTime<Utc>,
) -> DbResult<Option<Library>> {
    let changes = Changes {
        custom_thumb: choices.custom_thumb.as_deref(),
        custom_art: choices.custom_art.as_deref(),
        do_notify: choices.do_notify,
        do_notify_created: choices.do_notify_created,
        keep_history: choices.keep_history,
        updated_at: now,
    };
    let row: Option<Row> = diesel::update(libraries::table.find(id.0))
        .set(changes)
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// Hides a library and keeps nothing of it from now on, or the other way round (LIB-02). Gives the library as it is then.
pub async fn set_deleted(
    conn: &mut Conn,
    id: LibraryId,
    deleted: bool,
    now: DateTime<Utc>,
) -> DbResult<Option<Library>> {
    let row: Option<Row> = diesel::update(libraries::table.find(id.0))
        .set((
            libraries::deleted.eq(deleted),
            libraries::keep_history.eq(!deleted),
            libraries::do_notify.eq(!deleted),
            libraries::do_notify_created.eq(!deleted),
            libraries::updated_at.eq(now),
        ))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// Takes over what the media server tells; missing ones become inactive (LIB-01).
pub async fn refresh(
    conn: &mut Conn,
    server: ServerId,
    seen: &[ObservedLibrary],
    now: DateTime<Utc>,
) -> DbResult<usize> {
    for library in seen {
        let changes = (
            libraries::name.eq(&library.name),
            libraries::kind.eq(library.kind.name()),
            libraries::agent.eq(&library.agent),
            libraries::thumb.eq(&library.thumb),
            libraries::art.eq(&library.art),
            libraries::item_count.eq(library.count),
            libraries::parent_count.eq(library.parent_count),
            libraries::child_count.eq(library.child_count),
            libraries::is_active.eq(true),
            libraries::updated_at.eq(now),
        );
        diesel::insert_into(libraries::table)
            .values((
                libraries::server_id.eq(server.0),
                libraries::section_id.eq(library.section_id),
                changes,
            ))
            .on_conflict((libraries::server_id, libraries::section_id))
            .do_update()
            .set(changes)
            .execute(conn)
            .await?;
    }
    let told: Vec<i64> = seen.iter().map(|l| l.section_id).chain([LIVE_TV_SECTION]).collect();
    diesel::update(
        libraries::table.filter(libraries::server_id.eq(server.0)).filter(libraries::section_id.ne_all(told)),
    )
    .set((libraries::is_active.eq(false), libraries::updated_at.eq(now)))
    .execute(conn)
    .await?;
    Ok(seen.len())
}
