//! What a filter names, looked up before plays are walked: users, libraries, snapshots, and what free text hits.
//!
//! Titles, people and devices are few where plays are many: they are found first, and plays by index afterwards.

use super::plan::Plan;
use super::sql::{Bind, Sql};
use super::text::Sought;
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use tautulli_domain::history::HistoryFilter;

/// More snapshots than this are not carried along: plays are then compared one by one.
const MOST_SNAPSHOTS: usize = 20_000;

/// Snapshots that a condition on items or titles leaves.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Snapshots {
    These(Vec<i64>),
    /// Too many to name.
    Many,
}

/// What free text is found in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextHits {
    pub snapshots: Snapshots,
    pub users: Vec<i64>,
    /// Values by the mark of their column: f platform, p product, n player, a address.
    pub words: Vec<(char, String)>,
    /// Of plays whose title was recorded otherwise than their snapshots say, where text is looked for as it was recorded: those whose title
    /// has it, and those whose title has not.
    pub titled: Vec<i64>,
    pub untitled: Vec<i64>,
}

/// A filter's names as numbers; `None`: not filtered by that.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Resolved {
    pub users: Option<Vec<i64>>,
    pub libraries: Option<Vec<i64>>,
    pub snapshots: Option<Snapshots>,
    pub text: Option<TextHits>,
}

impl Resolved {
    /// Whether plays are found by their snapshots; looking at the terms of each would take longer than the rest.
    pub(super) fn names_snapshots(&self) -> bool {
        matches!(self.snapshots, Some(Snapshots::These(_)))
    }

    /// Whether something named does not exist, so that nothing can match.
    pub(super) fn is_empty(&self) -> bool {
        let none = |snapshots: &Snapshots| *snapshots == Snapshots::These(Vec::new());
        self.users.as_ref().is_some_and(Vec::is_empty)
            || self.libraries.as_ref().is_some_and(Vec::is_empty)
            || self.snapshots.as_ref().is_some_and(none)
            || self.text.as_ref().is_some_and(|hits| {
                let TextHits { snapshots, users, words, titled, untitled: _ } = hits;
                users.is_empty() && words.is_empty() && titled.is_empty() && none(snapshots)
            })
    }
}

/// Thousands of numbers: as rows of their own they would take longer to read than to find.
#[derive(QueryableByName)]
struct Ids {
    #[diesel(sql_type = Array<BigInt>)]
    ids: Vec<i64>,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    word: String,
}

/// Looks the plan's names up; asks the database only for what it has.
pub(super) async fn resolve(conn: &Conn, plan: &Plan) -> DbResult<Resolved> {
    Ok(Resolved {
        users: users(conn, plan).await?,
        libraries: libraries(conn, plan).await?,
        snapshots: snapshots(conn, plan).await?,
        text: match plan.sought() {
            Some(sought) => Some(text_hits(conn, plan, &sought).await?),
            None => None,
        },
    })
}

async fn ids(conn: &Conn, sql: Sql) -> DbResult<Vec<i64>> {
    Ok(gathered(sql).into_query().get_result::<Ids>(&mut &*conn).await?.ids)
}

/// The same for texts of which there are few.
async fn kept_ids(conn: &Conn, sql: Sql) -> DbResult<Vec<i64>> {
    Ok(gathered(sql).into_query().kept().get_result::<Ids>(&mut &*conn).await?.ids)
}

/// The ids that a statement selects, in one row.
fn gathered(selection: Sql) -> Sql {
    let mut sql = Sql::default();
    sql.text("SELECT coalesce(array_agg(x.id), '{}') AS ids FROM (").append(selection).text(") x");
    sql
}

async fn users(conn: &Conn, filter: &HistoryFilter) -> DbResult<Option<Vec<i64>>> {
    let named: Vec<i64> = filter.user_ids.iter().map(|id| id.0).collect();
    if filter.account_ids.is_empty() && filter.user_names.is_empty() {
        return Ok((!named.is_empty()).then_some(named));
    }
    let mut sql = Sql::default();
    sql.text("SELECT id FROM users WHERE TRUE");
    super::filter::any_int(&mut sql, "id", named);
    super::filter::any_int(&mut sql, "account_id", filter.account_ids.clone());
    super::filter::any_text(&mut sql, "username", filter.user_names.clone());
    Ok(Some(kept_ids(conn, sql).await?))
}

async fn libraries(conn: &Conn, filter: &HistoryFilter) -> DbResult<Option<Vec<i64>>> {
    let named: Vec<i64> = filter.library_ids.iter().map(|id| id.0).collect();
    if filter.section_ids.is_empty() {
        return Ok((!named.is_empty()).then_some(named));
    }
    let mut sql = Sql::default();
    sql.text("SELECT id FROM libraries WHERE TRUE");
    super::filter::any_int(&mut sql, "id", named);
    super::filter::any_int(&mut sql, "section_id", filter.section_ids.clone());
    Ok(Some(kept_ids(conn, sql).await?))
}

async fn snapshots(conn: &Conn, filter: &HistoryFilter) -> DbResult<Option<Snapshots>> {
    if !super::filter::names_items(filter) {
        return Ok(None);
    }
    let mut sql = Sql::default();
    sql.text("SELECT s.id FROM item_snapshots s WHERE TRUE");
    super::filter::items(&mut sql, "s", filter);
    limited(&mut sql);
    Ok(Some(named(kept_ids(conn, sql).await?)))
}

fn limited(sql: &mut Sql) {
    let most = i64::try_from(MOST_SNAPSHOTS).unwrap_or(i64::MAX);
    sql.text(" LIMIT ").bind(Bind::Int(most.saturating_add(1)));
}

fn named(found: Vec<i64>) -> Snapshots {
    if found.len() > MOST_SNAPSHOTS { Snapshots::Many } else { Snapshots::These(found) }
}

/// The plays whose title was recorded otherwise, and has the text or has not.
async fn recorded_titles(conn: &Conn, sought: &Sought, has_text: bool) -> DbResult<Vec<i64>> {
    let mut sql = Sql::default();
    sql.text("SELECT c.play_id AS id FROM recorded_cells c WHERE c.cells ? 'full_title' AND coalesce(");
    sought.is_in(&mut sql, "(c.cells ->> 'full_title')");
    sql.text(if has_text { ", FALSE)" } else { ", FALSE) IS FALSE" });
    limited(&mut sql);
    ids(conn, sql).await
}

async fn text_hits(conn: &Conn, plan: &Plan, sought: &Sought) -> DbResult<TextHits> {
    let mut users = Sql::default();
    users.text("SELECT u.id FROM users u WHERE ");
    sought.is_of_user(&mut users);
    let mut words = Sql::default();
    words.text("SELECT kind, word FROM play_words WHERE ");
    sought.is_in(&mut words, "word");
    let mut titles = Sql::default();
    titles.text("SELECT s.id FROM item_snapshots s WHERE ");
    sought.is_in_titles(&mut titles, "s");
    if let Some(server) = plan.server_id {
        titles.text(" AND s.server_id = ").bind(Bind::Int(server.0));
    }
    limited(&mut titles);
    let words = words.into_query().kept();
    // How titles are looked through depends on the text, so that is planned each time.
    let (titles, users, words): (_, _, Vec<Word>) =
        try_join!(ids(conn, titles), kept_ids(conn, users), async { Ok(words.load(&mut &*conn).await?) })?;
    let (titled, untitled) = match plan.as_spoken {
        true => try_join!(recorded_titles(conn, sought, true), recorded_titles(conn, sought, false))?,
        false => Default::default(),
    };
    Ok(TextHits {
        titled,
        untitled,
        snapshots: named(titles),
        users,
        words: words.into_iter().filter_map(|row| Some((row.kind.chars().next()?, row.word))).collect(),
    })
}
