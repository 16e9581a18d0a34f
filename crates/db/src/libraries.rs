//! Libraries of media servers.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::libraries;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::media::MediaKind;
use tautulli_domain::server::{LIVE_TV_SECTION, Library, ObservedLibrary};
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
    art: String,
    item_count: Option<i64>,
    parent_count: Option<i64>,
    child_count: Option<i64>,
    is_active: bool,
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
            art: row.art,
            count: row.item_count,
            parent_count: row.parent_count,
            child_count: row.child_count,
            is_active: row.is_active,
            keep_history: row.keep_history,
            deleted: row.deleted,
        }
    }
}

/// Libraries of one server or of all, in Plex's order.
pub async fn list(conn: &mut Conn, server: Option<ServerId>, limit: i64) -> DbResult<Vec<Library>> {
    let mut query = libraries::table
        .order((libraries::server_id, libraries::section_id))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(server) = server {
        query = query.filter(libraries::server_id.eq(server.0));
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
pub async fn keeps_history(conn: &mut Conn, id: LibraryId) -> DbResult<bool> {
    Ok(libraries::table.find(id.0).select(libraries::keep_history).first(conn).await?)
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
