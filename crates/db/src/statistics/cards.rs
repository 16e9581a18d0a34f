//! The cards that rank titles, libraries, users and platforms: all that are asked for in one statement.

use super::recorded::{self, Lines};
use super::source::{self, Lasting, ONCE, Scope};
use crate::error::{DbError, DbResult};
use crate::history::plain;
use crate::history::sql::{Bind, Sql};
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups::{PLATFORM_EVER, USER_EVER};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::statistics::{Card, CardRow, Measure, Question, Subject, Window};
use tautulli_domain::watched::WatchedRules;
use tautulli_domain::{LibraryId, PlayId, Result, UserId};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    card: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = BigInt)]
    users: i64,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<BigInt>)]
    newest: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    artist: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    year: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// What a card is read from: the relation that holds its sums, and the condition on it.
fn place(card: Card) -> (&'static str, &'static str) {
    match card {
        Card::TopMovies | Card::PopularMovies => ("titled", "kind = 'movie'"),
        Card::TopShows | Card::PopularShows => ("titled", "kind = 'show'"),
        Card::TopArtists | Card::PopularArtists => ("titled", "kind = 'artist'"),
        Card::Libraries => ("by_library", "TRUE"),
        Card::Users => ("by_user", "TRUE"),
        Card::Platforms => ("by_platform", "TRUE"),
    }
}

fn is_popular(card: Card) -> bool {
    matches!(card, Card::PopularMovies | Card::PopularShows | Card::PopularArtists)
}

fn is_of_titles(card: Card) -> bool {
    place(card).0 == "titled"
}

/// The rows of the cards, each in its order. Zero `count` gives none.
pub async fn cards(conn: &mut Conn, question: &Question, zone: &str, cards: &[Card]) -> Result<Vec<CardRow>> {
    question.validate()?;
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let mut question = question.clone();
    let is_recorded = recorded::take(conn, &mut question.filter).await?;
    let lasts = source::find_lasting(conn, question.window).await?;
    let query = statement(&question, zone, cards, (lasts, is_recorded)).into_query();
    // Without a filter there are few texts, and they are long.
    let rows: Vec<Row> = match plain::is_open(&question.filter) {
        true => query.kept().load(conn).await,
        false => query.load(conn).await,
    }
    .map_err(DbError::from)?;
    Ok(rows.into_iter().filter_map(|row| read(row, cards)).collect())
}

/// `is_recorded`: what counts otherwise as it was recorded is added.
fn statement(question: &Question, zone: &str, cards: &[Card], (lasts, is_recorded): (Lasting, bool)) -> Sql {
    let mut sql = Sql::default();
    sql.text("WITH ");
    if question.window.is_everything() && plain::is_open(&question.filter) && !is_recorded {
        all_time(&mut sql, question.grouped);
    } else {
        windowed(&mut sql, question, zone, cards, (lasts, is_recorded));
    }
    sql.text(
        " SELECT c.*, k.title, k.artist, k.year, w.word, CASE c.place \
         WHEN 'titled' THEN (SELECT f.play_id FROM play_facts f WHERE f.started_at = c.last_at AND f.title_id = c.id ORDER BY 1 DESC LIMIT 1) \
         WHEN 'by_user' THEN (SELECT f.play_id FROM play_facts f WHERE f.started_at = c.last_at AND f.user_id = c.id ORDER BY 1 DESC LIMIT 1) \
         WHEN 'by_library' THEN (SELECT f.play_id FROM play_facts f WHERE f.started_at = c.last_at AND f.library_id = greatest(c.id, 0) ORDER BY 1 DESC LIMIT 1) \
         ELSE (SELECT f.play_id FROM play_facts f WHERE f.started_at = c.last_at AND f.platform_id = c.id ORDER BY 1 DESC LIMIT 1) END AS newest \
         FROM (",
    );
    for (at, card) in cards.iter().enumerate() {
        if at > 0 {
            sql.text(" UNION ALL ");
        }
        ranked(&mut sql, question, *card, at);
    }
    sql.text(
        ") c LEFT JOIN titles k ON c.place = 'titled' AND k.id = c.id \
         LEFT JOIN rollup_words w ON c.place = 'by_platform' AND w.id = c.id ORDER BY c.card, c.rank",
    );
    sql
}

/// Appends one card's rows with their rank.
fn ranked(sql: &mut Sql, question: &Question, card: Card, at: usize) {
    let (place, condition) = place(card);
    let measure = if question.measure == Measure::Plays { "counted" } else { "played_ms" };
    let first = if is_popular(card) { "users DESC, " } else { "" };
    let order = format!("{first}{measure} DESC, last_at DESC, id");
    sql.text(&format!(
        "(SELECT {at}::bigint AS card, '{place}' AS place, row_number() OVER (ORDER BY {order}) AS rank, id, counted AS plays, \
         played_ms::bigint AS played_ms, users::bigint AS users, last_at FROM (SELECT * FROM {place} WHERE {condition} ORDER BY {order} LIMIT "
    ))
    .bind(Bind::Int(question.count))
    .text(" OFFSET ")
    .bind(Bind::Int(question.offset))
    .text(") t)");
}

/// Appends the relations of all time, which are kept.
fn all_time(sql: &mut Sql, grouped: bool) {
    let count = if grouped { "lines" } else { "plays" };
    let kept = |dimension: i16, key: &str| {
        format!(
            "(SELECT {key} AS id, sum({count})::bigint AS counted, sum(played_ms)::bigint AS played_ms, 0 AS users, \
             max(last_at) AS last_at FROM rollups WHERE dimension = {dimension} GROUP BY 1)"
        )
    };
    sql.text(&format!(
        "titled AS (SELECT id, kind, {count} AS counted, played_ms, users, last_at FROM titles WHERE plays > 0)"
    ))
    .text(&format!(", by_library AS {}", kept(USER_EVER.0, "library_id")))
    .text(&format!(", by_user AS {}", kept(USER_EVER.0, "key")))
    .text(&format!(", by_platform AS {}", kept(PLATFORM_EVER.0, "key")));
}

/// Not what counts on its platform alone ([`recorded::NOBODY`]).
const THOSE_OF_SOMEBODY: &str = " AND user_id <> -1";

/// Sums of sums.
const AGAIN: &str =
    "sum(counted) AS counted, sum(played_ms) AS played_ms, coalesce(max(last_at), min(began_at)) AS last_at";

/// Appends the relations of a window, summed up from its plays in one walk: by title and user (without a library), and by user,
/// library and platform (without a title).
///
/// Time is summed up in floating numbers, which are exact for 285,000 years of it: whole numbers of that size are added up much
/// more slowly.
fn windowed(
    sql: &mut Sql,
    question: &Question,
    zone: &str,
    cards: &[Card],
    (lasts, is_recorded): (Lasting, bool),
) {
    // What has later members of groups alone is spoken for by the earliest of them.
    let (last, began) = if question.by_group && question.grouped {
        ("max(CASE WHEN line > 0 THEN started_at END)", "min(started_at)")
    } else {
        ("max(started_at)", "NULL::timestamptz")
    };
    let count = if question.grouped { "line" } else { "n" };
    let has_titles = cards.iter().any(|card| is_of_titles(*card));
    let has_others = cards.iter().any(|card| !is_of_titles(*card));
    let (columns, sets) = match (has_titles, has_others) {
        (true, false) => (
            "title_id, user_id, NULL::bigint AS library_id, NULL::bigint AS platform_id",
            "(title_id, user_id)",
        ),
        (false, _) => (
            "NULL::bigint AS title_id, user_id, library_id, platform_id",
            "(user_id, library_id, platform_id)",
        ),
        (true, true) => (
            "title_id, user_id, library_id, platform_id",
            "(title_id, user_id), (user_id, library_id, platform_id)",
        ),
    };
    sql.text(&format!(
        "sums AS MATERIALIZED (SELECT {columns}, sum({count})::int AS counted, sum(played_ms::float8) AS played_ms, {last} AS last_at, {began} AS began_at FROM ("
    ));
    let scope = Scope { window: question.window, filter: &question.filter, zone };
    source::rows(sql, scope, ONCE, lasts);
    let (played, somebody) = if is_recorded {
        sql.text(" UNION ALL ");
        let lines = if question.grouped { Lines::Groups } else { Lines::Plays };
        recorded::rows_of_cards(sql, scope, lines, question.grouped && cards.contains(&Card::Platforms));
        // Who is nobody is no user there.
        (" HAVING sum(n) > 0", " FILTER (WHERE user_id NOT IN (SELECT id FROM users WHERE account_id < 0))")
    } else {
        ("", "")
    };
    sql.text(&format!(
        ") x GROUP BY GROUPING SETS ({sets}){played}), titled AS MATERIALIZED (SELECT p.*, k.kind FROM ( \
           SELECT title_id AS id, count(*){somebody} AS users, {AGAIN} FROM sums WHERE title_id IS NOT NULL GROUP BY 1) p \
           JOIN titles k USING (id))"
    ));
    for (name, id) in [("by_library", "library_id"), ("by_user", "user_id"), ("by_platform", "platform_id")] {
        sql.text(&format!(
            ", {name} AS (SELECT {id} AS id, 0 AS users, {AGAIN} FROM sums WHERE library_id IS NOT NULL{} GROUP BY 1)",
            if is_recorded && name != "by_platform" { THOSE_OF_SOMEBODY } else { "" },
        ));
    }
}

fn read(row: Row, cards: &[Card]) -> Option<CardRow> {
    let card = cards.get(usize::try_from(row.card).ok()?).copied()?;
    let (place, ..) = place(card);
    let subject = match place {
        "titled" => Subject::Title {
            title: row.title.unwrap_or_default(),
            artist: row.artist.unwrap_or_default(),
            year: row.year,
        },
        "by_library" => Subject::Library((row.id > 0).then_some(LibraryId(row.id))),
        "by_user" => Subject::User(UserId(row.id)),
        _ => Subject::Platform(row.word.unwrap_or_default()),
    };
    let users = is_of_titles(card).then_some(row.users);
    let (plays, played_ms, last_at) = (row.plays, row.played_ms, row.last_at);
    Some(CardRow { card, subject, plays, played_ms, users, last_at, newest: row.newest.map(PlayId) })
}

/// The newest plays that were watched to the end, one for each group where lines are grouped (STA-05). Films and episodes; live ones
/// count as watched everywhere else, and are here those that were followed that far.
pub async fn recently_watched(
    conn: &mut Conn,
    question: &Question,
    zone: &str,
    rules: &WatchedRules,
) -> Result<Vec<PlayId>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    question.validate()?;
    for among in NEWEST {
        let sql = watched(question, zone, rules, among);
        let found: Vec<Found> = sql.into_query().load(conn).await.map_err(DbError::from)?;
        let is_full = i64::try_from(found.len()).is_ok_and(|found| found >= question.count);
        if is_full || among.is_none() {
            return Ok(found.into_iter().map(|row| PlayId(row.id)).collect());
        }
    }
    Ok(Vec::new())
}

/// So many of the newest that were watched are looked at before the rest: mostly enough of them match.
const NEWEST: [Option<i64>; 3] = [Some(60), Some(2_000), None];

/// What the index of watched plays holds.
const WATCHED: &str = "watched_quarters = 4 AND kind IN ('movie', 'episode')";

/// What has no length is watched there as soon as it began, for this one list.
const WATCHED_THERE: &str = " UNION ALL SELECT e.* FROM plays e JOIN recorded_plays r ON r.play_id = e.id \
     WHERE r.percent IS NOT NULL AND e.watched_quarters < 4 AND e.kind IN ('movie', 'episode')";

/// The plays that were watched to the end, `among` so many of the newest of them.
fn watched(question: &Question, zone: &str, rules: &WatchedRules, among: Option<i64>) -> Sql {
    let Window { since, until } = question.window;
    let mut sql = Sql::default();
    sql.text(&format!("SELECT p.id FROM (WITH w AS (SELECT * FROM plays WHERE {WATCHED}"));
    if let Some(since) = since {
        sql.text(" AND started_at >= ").bind(Bind::Time(source::near(since)));
    }
    if let Some(until) = until {
        sql.text(" AND started_at < ").bind(Bind::Time(until));
    }
    match (among, since) {
        (Some(newest), _) => {
            sql.text(" ORDER BY started_at DESC, id DESC LIMIT ").bind(Bind::Int(newest));
        }
        (None, Some(since)) => {
            sql.text(&format!(
                " UNION ALL SELECT * FROM plays WHERE {WATCHED} AND id IN (SELECT f.play_id FROM "
            ));
            source::lasting(&mut sql, since);
            sql.text(")");
        }
        (None, None) => {}
    }
    sql.text(") SELECT * FROM w");
    if question.filter.as_recorded {
        sql.text(WATCHED_THERE);
        if among.is_some() {
            sql.text(" AND e.started_at >= (SELECT min(w.started_at) FROM w)");
        }
    }
    sql.text(
        ") p JOIN play_facts f ON f.play_id = p.id JOIN item_snapshots s ON s.id = p.snapshot_id \
         JOIN users u ON u.id = p.user_id WHERE ",
    );
    source::within(&mut sql, question.window);
    sql.text(
        " AND (NOT p.live OR CASE WHEN jsonb_typeof(s.detail -> 'duration_ms') = 'number' THEN p.view_offset_ms * 100 >= \
         (s.detail ->> 'duration_ms')::bigint * CASE p.kind WHEN 'movie' THEN ",
    )
    .bind(Bind::Int(rules.movie_percent))
    .text("::bigint ELSE ")
    .bind(Bind::Int(rules.tv_percent))
    .text("::bigint END END) AND ");
    crate::history::filter::shared(&mut sql, "p", "p.group_id", &question.filter);
    crate::history::filter::plays(&mut sql, &question.filter, zone);
    if question.filter.as_recorded {
        sql.text(" AND p.id NOT IN (SELECT play_id FROM recorded_plays WHERE NOT has_item)");
    }
    if question.grouped {
        sql.text(
            " AND NOT EXISTS (SELECT FROM plays n WHERE n.group_id = p.group_id AND n.watched_quarters = 4 \
             AND (n.started_at, n.id) > (p.started_at, p.id))",
        );
    }
    sql.text(" ORDER BY p.started_at DESC, p.id DESC LIMIT ").bind(Bind::Int(question.count));
    sql.text(" OFFSET ").bind(Bind::Int(question.offset));
    sql
}

/// Plays and time of a scope, as one sum.
pub async fn total(
    conn: &mut Conn,
    scope: Scope<'_>,
    grouped: bool,
) -> DbResult<tautulli_domain::statistics::Total> {
    #[derive(QueryableByName)]
    struct Sum {
        #[diesel(sql_type = BigInt)]
        plays: i64,
        #[diesel(sql_type = BigInt)]
        played_ms: i64,
    }
    let count = if grouped { "line" } else { "n" };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT coalesce(sum({count}), 0)::bigint AS plays, coalesce(sum(played_ms), 0)::bigint AS played_ms FROM ("
    ));
    source::rows(&mut sql, scope, ONCE, source::find_lasting(conn, scope.window).await?);
    sql.text(") x");
    let Sum { plays, played_ms } = sql.into_query().get_result(conn).await?;
    Ok(tautulli_domain::statistics::Total { plays, played_ms })
}
