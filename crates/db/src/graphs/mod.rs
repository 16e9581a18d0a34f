//! Graphs: plays and time by buckets of the zone, platforms, users and resolutions; streams at once by day.
//!
//! Whole periods are read from the sums; the ragged ends of a window, and filters that sums cannot answer, from the plays.

mod addresses;
mod bandwidth;
mod columns;
mod rows;

pub use addresses::addresses;
pub use bandwidth::bandwidth;

use self::columns::{DAY_NUMBER, Line, Value, dated, day_number, filled, packed};
use crate::error::{DbError, DbResult};
use crate::history::plain;
use crate::history::sql::{Bind, Sql};
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups::{self, peaks};
use crate::statistics::concurrency::{self, Swept};
use crate::statistics::recorded;
use crate::statistics::source::{self, Lasting, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use tautulli_domain::graphs::{
    Axis, Bucket, Category, Graph, GraphQuestion, MAX_SWEPT_DAYS, SeriesKind, Split, buckets, weekdays,
};
use tautulli_domain::statistics::{Measure, Window};
use tautulli_domain::{Result, UserId};

/// What a graph is counted from: the dimension of the sums with its bit, and how long their periods are.
struct Grain {
    sums: (i16, i16),
    unit: &'static str,
    /// How many days before Monday weeks begin.
    shift: i32,
    parts: &'static str,
}

fn grain(axis: Axis, monday: bool) -> Grain {
    let (sums, unit, parts) = match axis {
        Axis::Time(Bucket::Day) => {
            (rollups::DAY, "day", ", (f.started_at AT TIME ZONE (SELECT zone FROM rollup_state))::date")
        }
        Axis::Time(Bucket::Week) if monday => (
            rollups::WEEK_FROM_MONDAY,
            "week",
            ", date_trunc('week', f.started_at AT TIME ZONE (SELECT zone FROM rollup_state))",
        ),
        Axis::Time(Bucket::Week) => (
            rollups::WEEK_FROM_SUNDAY,
            "week",
            ", date_trunc('week', f.started_at AT TIME ZONE (SELECT zone FROM rollup_state) + interval '1 day')",
        ),
        Axis::Time(Bucket::Month) => (
            rollups::MONTH,
            "month",
            ", date_trunc('month', f.started_at AT TIME ZONE (SELECT zone FROM rollup_state))",
        ),
        Axis::Time(Bucket::HourOfDay) => (rollups::HOUR, "month", ", f.slot % 24"),
        Axis::Time(Bucket::DayOfWeek) => (rollups::WEEKDAY, "month", ", f.slot / 24"),
        Axis::Platforms => (rollups::PLATFORM, "month", ""),
        Axis::Users => (rollups::USER, "month", ""),
        Axis::SourceResolution => (rollups::SOURCE, "month", ""),
        Axis::StreamResolution => (rollups::STREAM, "month", ""),
    };
    let shift = i32::from(sums == rollups::WEEK_FROM_SUNDAY);
    Grain { sums, unit, shift, parts }
}

/// The window in days of the zone, and the whole periods in it.
#[derive(Debug, QueryableByName)]
struct Bounds {
    #[diesel(sql_type = Date)]
    first: NaiveDate,
    #[diesel(sql_type = Date)]
    last: NaiveDate,
    #[diesel(sql_type = Date)]
    whole_from: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    whole_since: DateTime<Utc>,
    #[diesel(sql_type = Date)]
    whole_to: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    whole_until: DateTime<Utc>,
    /// Nothing was before the window.
    #[diesel(sql_type = Bool)]
    is_from_the_first: bool,
    /// Days from the first play to the first whole period.
    #[diesel(sql_type = Integer)]
    days_before: i32,
}

/// What a graph of a window is read from.
struct Ground {
    grain: Grain,
    bounds: Bounds,
    lasts: Lasting,
    /// The window in which repaired plays count as they were recorded, where they do.
    recorded: Option<Window>,
    /// Columns are ranked by what no line tells too, as they were there.
    is_ranked_by_all: bool,
}

async fn ground(conn: &Conn, question: &mut GraphQuestion, grain: Grain) -> DbResult<Ground> {
    let is_ranked_by_all = question.filter.as_recorded;
    let is_recorded = recorded::take(conn, &mut question.filter).await?;
    let window = question.window;
    let (bounds, lasts) = try_join!(bounds(conn, question, &grain), source::find_lasting(conn, window))?;
    if bounds.is_from_the_first {
        question.window.since = None;
    }
    Ok(Ground { grain, bounds, lasts, recorded: is_recorded.then_some(window), is_ranked_by_all })
}

async fn bounds(conn: &Conn, question: &GraphQuestion, grain: &Grain) -> DbResult<Bounds> {
    let sql = "SELECT t.a::date AS first, greatest(t.a, t.b - interval '1 microsecond')::date AS last,
          m.x::date AS whole_from, m.x AT TIME ZONE t.zone AS whole_since, m.y::date AS whole_to, m.y AT TIME ZONE t.zone AS whole_until,
          t.is_from_the_first, coalesce(m.x::date - t.began, 0) AS days_before
        FROM (SELECT z.zone, coalesce($1, f.at, $2) AT TIME ZONE z.zone AS a, $2 AT TIME ZONE z.zone AS b,
            coalesce(f.at >= $1, true) AS is_from_the_first, (f.at AT TIME ZONE z.zone)::date AS began
          FROM rollup_state z CROSS JOIN (SELECT min(started_at) AS at FROM play_facts) f) t
          CROSS JOIN LATERAL (SELECT ('1 ' || $3)::interval AS unit, $4 * interval '1 day' AS shift) u
          CROSS JOIN LATERAL (SELECT date_trunc($3, t.a + u.shift) - u.shift AS x, date_trunc($3, t.b + u.shift) - u.shift AS y) c
          CROSS JOIN LATERAL (SELECT CASE WHEN t.is_from_the_first OR c.x = t.a THEN c.x ELSE c.x + u.unit END AS x, c.y) m";
    Ok(diesel::sql_query(sql)
        .bind::<Nullable<Timestamptz>, _>(question.window.since)
        .bind::<Timestamptz, _>(question.window.until.map_or(question.now, |until| until.min(question.now)))
        .bind::<Text, _>(grain.unit)
        .bind::<Integer, _>(grain.shift)
        .kept()
        .get_result(&mut &*conn)
        .await?)
}

/// A value of something that is ranked.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    key: i64,
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
    #[diesel(sql_type = SmallInt)]
    split: i16,
    #[diesel(sql_type = BigInt)]
    value: i64,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

/// A graph by time, with zeros where nothing was; or the `top` of what is ranked.
pub async fn graph(
    conn: &mut Conn,
    question: &GraphQuestion,
    zone: &str,
    axis: Axis,
    split: Split,
    top: i64,
) -> Result<Graph> {
    question.validate()?;
    let mut question = question.clone();
    let grain = grain(axis, question.monday);
    let ground = ground(conn, &mut question, grain).await?;
    let mut sql = Sql::default();
    statement(&mut sql, &question, zone, axis, split, &ground);
    let is_kept = plain::is_open(&question.filter) && ground.recorded.is_none();
    let Axis::Time(bucket) = axis else {
        ranking(&mut sql, axis, top);
        let rows: Vec<Row> = asked(conn, sql, is_kept).await?;
        let (columns, totals): (Vec<Category>, _) = ranked(&rows, axis).into_iter().unzip();
        // They are few, and told by their rank.
        let rank = |row: &Row| (0..).zip(&columns).find(|(_, column)| **column == category(row, axis));
        let value = |row: &Row| Some(Value { split: row.split, column: rank(row)?.0, value: row.value });
        let values: Vec<Value> = rows.iter().filter_map(value).collect();
        let columns = (0..).zip(columns).collect();
        let graph = filled(columns, values.into_iter(), split.series().iter().copied());
        return Ok(Graph { totals, ..graph });
    };
    let columns = match bucket {
        Bucket::HourOfDay => (0..24).map(|hour| (hour.into(), Category::Hour(hour))).collect(),
        Bucket::DayOfWeek => {
            weekdays(question.monday).map(|day| (day.into(), Category::Weekday(day))).to_vec()
        }
        bucket => dated(buckets(bucket, ground.bounds.first, ground.bounds.last, question.monday)?),
    };
    let lines: Vec<Line> = asked(conn, sql, is_kept).await?;
    Ok(filled(columns, lines.iter().flat_map(Line::values), split.series().iter().copied()))
}

/// What a statement says. Of those without a filter there are few texts, which are kept: reading and planning one takes a tenth of its time.
async fn asked<R>(conn: &mut Conn, sql: Sql, is_kept: bool) -> DbResult<Vec<R>>
where
    R: QueryableByName<diesel::pg::Pg> + Send + 'static,
{
    match is_kept {
        true => Ok(sql.into_query().kept().load(conn).await?),
        false => Ok(sql.into_query().load(conn).await?),
    }
}

/// The columns of a graph that ranks with their totals, the highest first.
fn ranked(rows: &[Row], axis: Axis) -> Vec<(Category, i64)> {
    let mut found: Vec<(i64, Option<&str>, Category)> = Vec::new();
    for row in rows {
        let category = category(row, axis);
        if !found.iter().any(|(.., known)| *known == category) {
            found.push((row.total, row.word.as_deref(), category));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(total, _, category)| (category, total)).collect()
}

fn category(row: &Row, axis: Axis) -> Category {
    match axis {
        Axis::Users => Category::User(UserId(row.key)),
        _ => Category::Word(row.word.clone().unwrap_or_default()),
    }
}

/// Appends the values of buckets, as lines for those of time; [`ranking`] follows for others.
fn statement(sql: &mut Sql, question: &GraphQuestion, zone: &str, axis: Axis, split: Split, ground: &Ground) {
    // Summed up as floating numbers, which are exact this far: the sum of a column of big numbers would be a decimal.
    let value = match (question.measure, question.grouped) {
        (Measure::Duration, _) => "played_ms",
        (Measure::Plays, true) => "line",
        (Measure::Plays, false) => "n",
    };
    let (parted, kinds) = match (split, axis) {
        (Split::Media, Axis::Platforms | Axis::Users) if ground.is_ranked_by_all => ("series", "TRUE"),
        (Split::Media, _) => ("series", "series < 4"),
        (Split::StreamType, Axis::SourceResolution | Axis::StreamResolution) => {
            ("decision", "series IN (0, 1, 3)")
        }
        // A stream is one, whatever was in it.
        (Split::StreamType, _) => ("decision", "TRUE"),
    };
    let is_of_time = matches!(axis, Axis::Time(_));
    if is_of_time {
        sql.text(&format!(
            "SELECT split, {} AS columns, {} AS values FROM (",
            packed(&format!("coalesce({DAY_NUMBER}, key)")),
            packed("value")
        ));
    } else {
        sql.text("WITH x AS (");
    }
    sql.text(&format!("SELECT day, key, {parted} AS split, sum({value}::float8)::bigint AS value FROM ("));
    rows::rows(sql, question, zone, (axis, split), ground);
    sql.text(&format!(") x WHERE {kinds} GROUP BY 1, 2, 3"));
    sql.text(if is_of_time { ") y GROUP BY 1" } else { ")" });
}

/// Appends that the `top` buckets with the most of all splits are taken, with their totals.
fn ranking(sql: &mut Sql, axis: Axis, top: i64) {
    let words = matches!(axis, Axis::Platforms | Axis::SourceResolution | Axis::StreamResolution);
    // Users who have as much come in the order of their accounts.
    let (word, join) = match words {
        true => ("w.word", " LEFT JOIN rollup_words w ON w.id = r.key"),
        false => ("lpad(u.account_id::text, 20, '0')", " LEFT JOIN users u ON u.id = r.key"),
    };
    sql.text(&format!(
        ", t AS (SELECT x.*, sum(value) OVER (PARTITION BY day, key) AS total FROM x), \
         r AS (SELECT t.*, dense_rank() OVER (ORDER BY total DESC, day, key) AS rank FROM t) \
         SELECT r.key, {word} AS word, r.split, r.value, r.total::bigint AS total FROM r{join} WHERE r.value <> 0 AND r.rank <= "
    ))
    .bind(Bind::Int(top));
}

/// The most streams at once on each day of the window, of each decision and of all. As it was recorded, a stream across midnight is on the
/// day of its start alone, as far as days are swept ([`MAX_SWEPT_DAYS`]).
pub async fn concurrency(conn: &mut Conn, question: &GraphQuestion, zone: &str) -> Result<Graph> {
    question.validate()?;
    let mut question = question.clone();
    let bounds = bounds(conn, &question, &grain(Axis::Time(Bucket::Day), true)).await?;
    let days = buckets(Bucket::Day, bounds.first, bounds.last, true)?;
    let is_short = (bounds.last - bounds.first).num_days() <= MAX_SWEPT_DAYS;
    let is_by_starts = std::mem::take(&mut question.filter.as_recorded) && is_short;
    let values: Vec<Value> = if !is_by_starts && plain::is_open(&question.filter) {
        kept_peaks(conn, &bounds).await?
    } else {
        // Whole days, as the kept ones are.
        let window = Window {
            since: question.window.since.map(|_| bounds.whole_since - chrono::Duration::days(1)),
            until: None,
        };
        let each = if is_by_starts { Swept::Starts } else { Swept::Days };
        let swept = concurrency::swept(conn, Scope { window, filter: &question.filter, zone }, each).await?;
        let value = |row: concurrency::Row| {
            Some(Value { split: row.decision, column: day_number(row.day?), value: row.peak })
        };
        swept.into_iter().filter_map(value).collect()
    };
    let kinds = Split::StreamType.series().iter().copied().chain([(peaks::ALL, SeriesKind::Total)]);
    Ok(filled(dated(days), values.into_iter(), kinds))
}

/// The peaks of the days of a window, as they are kept.
async fn kept_peaks(conn: &mut Conn, bounds: &Bounds) -> Result<Vec<Value>> {
    let sql = format!(
        "SELECT decision AS split, {} AS columns, {} AS values FROM stream_peaks WHERE day BETWEEN $1 AND $2 GROUP BY 1",
        packed(DAY_NUMBER),
        packed("peak")
    );
    let lines: Vec<Line> = diesel::sql_query(sql)
        .bind::<Date, _>(bounds.first)
        .bind::<Date, _>(bounds.last)
        .kept()
        .load(conn)
        .await
        .map_err(DbError::from)?;
    Ok(lines.iter().flat_map(Line::values).collect())
}
