//! Pages by date: the lines of a page are found first, and only they are summed up.
//!
//! A line stands where its newest matching play stands, so plays are walked by date and those that are not the newest of
//! their group are passed over. What many plays match is met soon by walking; what few match is fetched whole by index and
//! sorted. Which of both it is, the walk finds out: it looks at [`FIRST_STEPS`] plays, then at more, and gives up.

use super::Number;
use super::bound;
use super::facets;
use super::filter;
use super::lines::{KEPT, Row, SINGLE, SUMMED};
use super::plan::{Look, Plan};
use super::resolve::{Resolved, Snapshots};
use super::speaker::Unsaid;
use super::sql::{Bind, Sql};
use super::text;
use crate::error::DbResult;
use crate::kept::{FirstTexts, Keep};
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;
use tautulli_domain::history::HistoryFilter;

/// Plays that a walk looks at first. So few are taken from an index in their order, and the walk ends with the page; of more,
/// PostgreSQL likes to fetch and sort them all.
const FIRST_STEPS: i64 = 400;
/// Plays that a walk looks at before it gives up.
const STEPS: i64 = 10_000;
/// The same where plays lie far apart, as one user's do, or where an index has all that lines are put in order by.
const SHORT_STEPS: i64 = 3_000;
/// What follows these where the index of users has all that is asked, and none of the plays themselves is looked at. Only what few
/// plays match gets here: of each that matches the group is looked at.
const LONG_STEPS: i64 = 50_000;
/// So many plays are fetched at once without walking first.
const FEW: i64 = 5_000;

/// Walks that connections keep prepared. Reading and planning one takes as long as walking it.
static WALKS: FirstTexts = FirstTexts::new(64);

/// What is cut out of the lines in order of date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Oldest first.
    pub ascending: bool,
    /// Only lines between these places, without them.
    pub newer_than: Option<(DateTime<Utc>, i64)>,
    pub older_than: Option<(DateTime<Utc>, i64)>,
    pub offset: i64,
    pub limit: i64,
}

/// Where the plays of a walk come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// All plays in order of date.
    Whole,
    /// So many of the next in order of date.
    Next(i64),
    /// Those that match, by index, in no order.
    Found,
}

/// A walk over plays with everything that it needs to know.
struct Walk<'a> {
    look: Look<'a>,
    found: &'a Resolved,
    /// The plan without its text, where that is looked for in the speakers of lines alone.
    unsaid: Option<Unsaid>,
    cut: Cut,
}

/// The lines of a cut.
pub(super) async fn cut(conn: &Conn, look: Look<'_>, found: &Resolved, cut: Cut) -> DbResult<Vec<Row>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let walk = Walk { look, found, unsaid: Unsaid::of(look, found), cut };
    if look.grouped && is_one_walk_over_groups(look.plan, found) {
        return Ok(walk.groups().into_query().kept().load(&mut &*conn).await?);
    }
    for source in sources(conn, look.plan, found).await? {
        let statement = walk.plays(source);
        let is_kept = match source {
            // Whatever else the filter asks, so many steps are taken along one index: there is one way to plan that. Days are another matter:
            // not knowing them, PostgreSQL takes them for few plays and sorts those of a user.
            Source::Next(_) => !names_days(look.plan) && WALKS.have(statement.as_text()),
            // What few texts ask.
            Source::Found => found.names_snapshots() && is_indexed(look.plan),
            Source::Whole => false,
        };
        let query = statement.into_query();
        let rows: Vec<Row> = match is_kept {
            true => query.kept().load(&mut &*conn).await?,
            // Planned for what it is to find.
            false => query.load(&mut &*conn).await?,
        };
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows >= cut.limit);
        if is_full || !matches!(source, Source::Next(_)) {
            return Ok(rows);
        }
        if source == Source::Next(FIRST_STEPS)
            && rows.is_empty()
            && !bound::may_match(conn, look.plan, found).await?
        {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

fn names_days(filter: &HistoryFilter) -> bool {
    filter.on.is_some() || filter.before.is_some() || filter.after.is_some()
}

/// Whether an index of `play_groups` has the lines in order: without a filter, or with one value of one of its columns.
fn is_one_walk_over_groups(plan: &Plan, found: &Resolved) -> bool {
    let sizes = [
        found.users.as_ref().map_or(0, Vec::len),
        found.libraries.as_ref().map_or(0, Vec::len),
        plan.kinds.len(),
    ];
    plan.is_group_level() && plan.group_ids.is_empty() && sizes.into_iter().sum::<usize>() <= 1
}

async fn sources(conn: &Conn, plan: &Plan, found: &Resolved) -> DbResult<Vec<Source>> {
    if !plan.group_ids.is_empty() || !plan.play_ids.is_empty() {
        return Ok(vec![Source::Found]);
    }
    let titles = found.text.as_ref().filter(|hits| hits.users.is_empty() && hits.words.is_empty());
    let snapshots = found.snapshots.as_ref().or(titles.map(|hits| &hits.snapshots));
    if let Some(Snapshots::These(ids)) = snapshots
        && are_few(conn, ids).await?
    {
        return Ok(vec![Source::Found]);
    }
    let by_index = facets::knows(plan, found) || found.snapshots.is_some() || found.text.is_some();
    let is_of_one_user = matches!(found.users.as_deref(), Some([_]));
    let is_in_index = found.names_snapshots() && is_indexed(plan);
    if !by_index {
        return Ok(vec![Source::Whole]);
    }
    let steps: &[i64] = if is_of_one_user && is_in_index_of_users(plan) {
        &[FIRST_STEPS, SHORT_STEPS, LONG_STEPS]
    } else if is_of_one_user || is_in_index {
        &[FIRST_STEPS, SHORT_STEPS]
    } else {
        &[FIRST_STEPS, STEPS]
    };
    Ok(steps.iter().copied().map(Source::Next).chain([Source::Found]).collect())
}

/// Whether the index of snapshots knows everything that the filter asks: it names servers, users, items and days.
pub(super) fn is_indexed(plan: &Plan) -> bool {
    plan.is_no_more_than(|rest| rest.people().items().days().described())
}

/// Whether the index of users knows everything that the filter asks: it names servers, users, libraries, kinds, decisions and days.
fn is_in_index_of_users(plan: &Plan) -> bool {
    plan.is_no_more_than(|rest| rest.people().libraries().kinds().decisions().days().described())
}

/// Whether few plays are of these snapshots; counts no further than that.
async fn are_few(conn: &Conn, snapshots: &[i64]) -> DbResult<bool> {
    let mut sql = Sql::default();
    sql.text("SELECT count(*) AS number FROM (SELECT 1 FROM plays p WHERE p.snapshot_id = ANY(")
        .bind(Bind::Ints(snapshots.to_vec()))
        .text(") LIMIT ")
        .bind(Bind::Int(FEW + 1))
        .text(") x");
    Ok(sql.into_query().kept().get_result::<Number>(&mut &*conn).await?.number <= FEW)
}

impl Walk<'_> {
    /// One walk over an index of groups.
    fn groups(&self) -> Sql {
        let mut sql = Sql::default();
        sql.text(KEPT).text(", '' AS sort_value FROM play_groups g WHERE TRUE");
        filter::groups(&mut sql, "g", self.look.plan, self.found);
        self.bounds(&mut sql, "(g.date, g.id)");
        self.order(&mut sql, "g.date", "g.id");
        self.limit(&mut sql);
        sql
    }

    /// The page's places, then their sums.
    fn plays(&self, source: Source) -> Sql {
        let mut sql = Sql::default();
        let key = if self.look.grouped { "p.group_id" } else { "p.id" };
        if self.look.grouped && source == Source::Found {
            // All that match are there: a group's place is known without looking at each of its plays again.
            sql.text(
                "WITH page AS MATERIALIZED (SELECT p.group_id, p.started_at FROM ( \
                 SELECT f.group_id, max(f.started_at) AS started_at FROM plays f WHERE ",
            );
            match &self.unsaid {
                None => self.found(&mut sql),
                Some(unsaid) => {
                    sql.text("f.group_id IN (SELECT f.group_id FROM plays f WHERE ");
                    self.found(&mut sql);
                    sql.text(")");
                    unsaid.conditions(&mut sql, "f", self.look.zone);
                    self.spoken(&mut sql, "f");
                }
            }
            sql.text(" GROUP BY 1) p WHERE TRUE");
        } else {
            sql.text("WITH page AS MATERIALIZED (SELECT p.id, p.group_id, p.started_at FROM ");
            self.source(&mut sql, source);
            if self.look.grouped {
                self.newest_of_group(&mut sql);
                self.spoken(&mut sql, "p");
            }
        }
        self.bounds(&mut sql, &format!("(p.started_at, {key})"));
        self.order(&mut sql, "p.started_at", key);
        self.limit(&mut sql);
        sql.text(") SELECT x.*, '' AS sort_value FROM page JOIN LATERAL (");
        if self.look.grouped {
            sql.text(SUMMED).text(" FROM plays p WHERE p.group_id = page.group_id");
            self.conditions(&mut sql, "p");
            sql.text(" GROUP BY p.group_id) x ON TRUE");
        } else {
            sql.text(SINGLE).text(" FROM plays p WHERE p.id = page.id) x ON TRUE");
        }
        self.order(&mut sql, "x.date", "x.key");
        sql
    }

    /// Appends the plays `p` that match, up to and with a WHERE.
    fn source(&self, sql: &mut Sql, source: Source) {
        match source {
            Source::Whole => {
                sql.text("plays p WHERE TRUE");
                self.conditions(sql, "p");
            }
            Source::Next(steps) => {
                sql.text("(SELECT * FROM plays w WHERE TRUE");
                self.near(sql);
                let direction = if self.cut.ascending { "" } else { " DESC" };
                sql.text(&format!(" ORDER BY w.started_at{direction} FETCH FIRST "))
                    .text(&steps.to_string())
                    .text(" ROWS WITH TIES) p WHERE TRUE");
                self.conditions(sql, "p");
            }
            Source::Found => {
                sql.text("(SELECT * FROM plays f WHERE ");
                self.found(sql);
                // A fence: PostgreSQL would take a limit for a promise that walking will soon meet something.
                sql.text(" OFFSET 0) p WHERE TRUE");
            }
        }
    }

    /// Appends what an index over plays by date can begin and end with.
    fn near(&self, sql: &mut Sql) {
        if let Some([user]) = self.found.users.as_deref() {
            sql.text(" AND w.user_id = ").bind(Bind::Int(*user));
        }
        filter::days(sql, "w", self.look.plan, self.look.zone);
        if let Some((date, _)) = self.cut.older_than {
            sql.text(" AND w.started_at <= ").bind(Bind::Time(date));
        }
        if let Some((date, _)) = self.cut.newer_than {
            sql.text(" AND w.started_at >= ").bind(Bind::Time(date));
        }
    }

    /// Appends a condition on the plays `f` that indexes can answer.
    fn found(&self, sql: &mut Sql) {
        let (plan, found) = (self.look.plan, self.found);
        let (Some(hits), Some(sought)) = (&found.text, plan.sought()) else {
            sql.text("TRUE");
            if !found.names_snapshots() {
                facets::conditions(sql, "f", plan, found);
            }
            self.all_conditions(sql, "f");
            return;
        };
        sql.text("f.id IN (SELECT f.id FROM plays f WHERE ");
        facets::words(sql, "f", hits);
        facets::conditions(sql, "f", plan, found);
        self.all_conditions(sql, "f");
        text::titled(sql, "f", " UNION SELECT f.id FROM plays f WHERE ", hits, &sought);
        facets::conditions(sql, "f", plan, found);
        self.all_conditions(sql, "f");
        sql.text(")");
    }

    /// Appends what the plays of lines must be.
    fn conditions(&self, sql: &mut Sql, alias: &str) {
        match &self.unsaid {
            Some(unsaid) => unsaid.conditions(sql, alias, self.look.zone),
            None => self.all_conditions(sql, alias),
        }
    }

    fn all_conditions(&self, sql: &mut Sql, alias: &str) {
        filter::resolved(sql, alias, self.look.plan, self.found, self.look.zone);
    }

    /// Appends that the speaker of the group has the text, where that is asked.
    fn spoken(&self, sql: &mut Sql, alias: &str) {
        let (Some(unsaid), Some(hits), Some(sought)) =
            (&self.unsaid, &self.found.text, self.look.plan.sought())
        else {
            return;
        };
        sql.text(" AND ");
        unsaid.speaker(sql, alias, self.look.zone, |sql| text::hit(sql, "q", hits, &sought));
    }

    /// Appends that no newer play of the same group matches.
    fn newest_of_group(&self, sql: &mut Sql) {
        sql.text(" AND (SELECT q.id FROM plays q WHERE q.group_id = p.group_id");
        self.conditions(sql, "q");
        sql.text(" ORDER BY q.started_at DESC, q.id DESC LIMIT 1) = p.id");
    }

    fn bounds(&self, sql: &mut Sql, place: &str) {
        for (bound, comparison) in [(self.cut.older_than, "<"), (self.cut.newer_than, ">")] {
            if let Some((date, id)) = bound {
                sql.text(&format!(" AND {place} {comparison} ("))
                    .bind(Bind::Time(date))
                    .text(", ")
                    .bind(Bind::Int(id))
                    .text(")");
            }
        }
    }

    fn order(&self, sql: &mut Sql, date: &str, key: &str) {
        let direction = if self.cut.ascending { "" } else { " DESC" };
        sql.text(&format!(" ORDER BY {date}{direction}, {key}{direction}"));
    }

    fn limit(&self, sql: &mut Sql) {
        sql.text(" OFFSET ").bind(Bind::Int(self.cut.offset)).text(" LIMIT ").bind(Bind::Int(self.cut.limit));
    }
}
