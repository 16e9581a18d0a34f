//! How many different addresses were played from in each day, week or month: what says whether an account is shared.

use super::columns::{Value, dated, day_number, filled};
use super::{Grain, bounds, grain};
use crate::error::DbError;
use crate::history::filter;
use crate::history::sql::Sql;
use crate::pool::Conn;
use crate::statistics::source;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, SmallInt};
use diesel_async::RunQueryDsl;
use tautulli_domain::graphs::{Axis, Bucket, Graph, GraphQuestion, MAX_SWEPT_DAYS, SeriesKind, buckets};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::{Error, Result};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Date)]
    period: NaiveDate,
    #[diesel(sql_type = SmallInt)]
    line: i16,
    #[diesel(sql_type = BigInt)]
    addresses: i64,
}

/// The lines with the numbers that the statement has for them. An address can be in both of the first.
const LINES: [(i16, SeriesKind); 3] =
    [(0, SeriesKind::Local), (1, SeriesKind::Remote), (2, SeriesKind::Total)];

/// Different addresses from which plays began in each period: in the local network, from elsewhere, and of all. Plays without an
/// address count nothing.
///
/// # Errors
/// `Invalid` for hours and weekdays, and for more than [`MAX_SWEPT_DAYS`] of everybody: those of chosen users may go back for ever.
pub async fn addresses(
    conn: &mut Conn,
    question: &GraphQuestion,
    zone: &str,
    bucket: Bucket,
) -> Result<Graph> {
    question.validate()?;
    if matches!(bucket, Bucket::HourOfDay | Bucket::DayOfWeek) {
        return Err(Error::invalid("Addresses are counted by day, week or month"));
    }
    let grain = grain(Axis::Time(bucket), question.monday);
    let bounds = bounds(conn, question, &grain).await?;
    let is_long = (bounds.last - bounds.first).num_days() > MAX_SWEPT_DAYS;
    let HistoryFilter { user_ids, account_ids, user_names, .. } = &question.filter;
    if is_long && user_ids.is_empty() && account_ids.is_empty() && user_names.is_empty() {
        return Err(Error::invalid(format!(
            "Addresses of everybody are told of at most {MAX_SWEPT_DAYS} days at once; choose a shorter window, or users"
        )));
    }
    let periods = buckets(bucket, bounds.first, bounds.last, question.monday)?;
    let Grain { unit, shift, .. } = grain;
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT x.period, v.line, count(DISTINCT x.address) AS addresses FROM ( \
           SELECT (date_trunc('{unit}', f.started_at AT TIME ZONE z.zone + interval '{shift} day') - interval '{shift} day')::date AS period, \
             p.address, CASE p.location WHEN 'lan' THEN 0 ELSE 1 END::smallint AS line \
           FROM play_facts f CROSS JOIN rollup_state z JOIN plays p ON p.id = f.play_id \
             JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id WHERE p.address <> '' AND "
    ));
    source::within(&mut sql, question.window);
    sql.text(" AND ");
    filter::shared(&mut sql, "p", "p.group_id", &question.filter);
    filter::plays(&mut sql, &question.filter, zone);
    sql.text(") x CROSS JOIN LATERAL (VALUES (x.line), (2::smallint)) v(line) GROUP BY 1, 2");
    let rows: Vec<Row> = sql.into_query().load(conn).await.map_err(DbError::from)?;
    let value = |row: &Row| Value { split: row.line, column: day_number(row.period), value: row.addresses };
    Ok(filled(dated(periods), rows.iter().map(value), LINES.into_iter()))
}
