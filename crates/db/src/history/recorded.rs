//! Lines as they were told by the program whose history was imported, where plays had to be repaired: those that name no group, or
//! one that never was, are one line for each name; times and pauses are as they lie. Few plays are like that, and most databases
//! have none: whoever asks is told with one look.

use super::facets;
use super::filter;
use super::plan::{Look, Plan};
use super::resolve::Resolved;
use super::speaker::Unsaid;
use super::sql::{Bind, Sql};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::statistics::recorded::is_anything;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;
use tautulli_domain::history::{HistoryLine, RecordedLine};
use tautulli_domain::{GroupId, PlayId};

/// More repaired plays than any database has that is of any use.
const MOST: i64 = 20_000;

/// A play, as it is here and as it was recorded.
#[derive(QueryableByName, Clone)]
struct Member {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    group_id: i64,
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    stopped_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = BigInt)]
    paused_ms: i64,
    #[diesel(sql_type = SmallInt)]
    percent_complete: i16,
    /// The same as it was recorded.
    #[diesel(sql_type = BigInt)]
    percent: i64,
    #[diesel(sql_type = SmallInt)]
    watched_quarters: i16,
    #[diesel(sql_type = Bool)]
    is_recorded: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    started_s: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    stopped_s: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    paused_s: Option<i64>,
    #[diesel(sql_type = Bool)]
    is_of_group: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    named_group: Option<i64>,
}

const MEMBERS: &str = "SELECT p.id, p.group_id, p.started_at, p.stopped_at, p.played_ms, p.paused_ms, p.percent_complete, \
    coalesce(r.percent, p.percent_complete) AS percent, p.watched_quarters, r.play_id IS NOT NULL AS is_recorded, r.started_s, r.stopped_s, r.paused_s, \
    coalesce(r.is_of_group, true) AS is_of_group, r.named_group";

impl Member {
    /// What it played and paused, as it was recorded.
    fn recorded_ms(&self) -> (i64, i64) {
        if !self.is_recorded {
            return (self.played_ms, self.paused_ms);
        }
        let paused = self.paused_s.unwrap_or(0);
        let lasted = match (self.started_s, self.stopped_s) {
            (Some(started), Some(stopped)) if stopped > 0 => stopped - started,
            _ => 0,
        };
        ((lasted - paused) * 1_000, paused * 1_000)
    }

    fn recorded_stop(&self) -> Option<DateTime<Utc>> {
        if !self.is_recorded {
            return Some(self.stopped_at);
        }
        self.stopped_s.and_then(|stopped| DateTime::from_timestamp(stopped, 0))
    }
}

/// What is told otherwise of what is looked for.
#[derive(Default)]
pub(super) struct Recorded {
    /// How much more was played.
    pub played_more_ms: i64,
    /// Groups that are part of another line, by the group in whose place that stands.
    merged: BTreeMap<i64, Vec<i64>>,
    /// Some groups are of several users or libraries: one of them is not known by the group.
    pub is_mixed: bool,
    /// The groups with repaired plays.
    groups: Vec<i64>,
    /// Nobody asked, or nothing at all was repaired.
    is_nothing: bool,
}

impl Recorded {
    /// Nothing is told otherwise, whatever is looked for.
    pub(super) fn nothing() -> Self {
        Self { is_nothing: true, ..Self::default() }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.is_nothing
    }

    /// How many lines fewer there are.
    pub(super) fn lines_less(&self) -> i64 {
        i64::try_from(self.merged.values().map(Vec::len).sum::<usize>()).unwrap_or(0)
    }

    /// The groups that have no line of their own.
    pub(super) fn passed_over(&self) -> Vec<GroupId> {
        self.merged.values().flatten().copied().map(GroupId).collect()
    }
}

/// Which group stands for those of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The newest, for pages by date.
    Newest,
    /// That of the play which speaks for them, for pages by what it says.
    Speaker,
}

/// What is told otherwise of what is looked for.
pub(super) async fn find(conn: &Conn, look: Look<'_>, found: &Resolved, place: Place) -> DbResult<Recorded> {
    if !is_anything(conn).await? {
        return Ok(Recorded::nothing());
    }
    // Lines are made of all that the rest of the filter lets through; what they say is looked at in the group that stands for them.
    let unsaid = Unsaid::of(look, found);
    let (look, found, place) = match &unsaid {
        Some(unsaid) => (Look { plan: &unsaid.plan, ..look }, &unsaid.found, Place::Speaker),
        None => (look, found, place),
    };
    if found.is_empty() {
        return Ok(Recorded::default());
    }
    let mut sql = Sql::default();
    sql.text(MEMBERS);
    sql.text(" FROM plays p JOIN recorded_plays r ON r.play_id = p.id WHERE TRUE");
    facets::conditions(&mut sql, "p", look.plan, found);
    filter::resolved(&mut sql, "p", look.plan, found, look.zone);
    sql.text(" ORDER BY p.started_at DESC, p.id DESC LIMIT ").bind(Bind::Int(MOST));
    let members: Vec<Member> = sql.into_query().load(&mut &*conn).await?;
    let played_more_ms = members.iter().map(|member| member.recorded_ms().0 - member.played_ms).sum();
    let is_mixed = is_mixed(conn, look, found).await?;
    let mut groups: Vec<i64> = members.iter().map(|member| member.group_id).collect();
    if look.grouped && look.plan.described {
        groups.extend(partly_described(conn).await?);
    }
    groups.sort_unstable();
    groups.dedup();
    let mut merged: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    if look.grouped {
        let mut nameless: Vec<&Member> = members.iter().filter(|member| !member.is_of_group).collect();
        if place == Place::Speaker {
            nameless.sort_by_key(|member| std::cmp::Reverse((member.percent, member.id)));
        }
        // The first stands for all of its name.
        let mut places: BTreeMap<Option<i64>, i64> = BTreeMap::new();
        for member in nameless {
            let place = *places.entry(member.named_group).or_insert(member.group_id);
            let others = merged.entry(place).or_default();
            if place != member.group_id && !others.contains(&member.group_id) {
                others.push(member.group_id);
            }
        }
    }
    Ok(Recorded { played_more_ms, merged, is_mixed, groups, is_nothing: false })
}

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = BigInt)]
    group_id: i64,
}

/// The groups of plays that were never described: their lines are made of the others.
async fn partly_described(conn: &Conn) -> DbResult<impl Iterator<Item = i64> + use<>> {
    let sql = "SELECT DISTINCT p.group_id FROM bare_plays b JOIN plays p ON p.id = b.play_id LIMIT $1";
    let found: Vec<Part> = sql_query(sql).bind::<BigInt, _>(MOST).kept().load(&mut &*conn).await?;
    Ok(found.into_iter().map(|part| part.group_id))
}

/// Whether some of the plays that are found are in a group with one of somebody else, of another library or of another kind, where groups
/// would be filtered by that. Of each such group those that are not of its own owner were noted.
async fn is_mixed(conn: &Conn, look: Look<'_>, found: &Resolved) -> DbResult<bool> {
    if !(look.grouped && look.plan.names_owners_or_kinds() && look.plan.is_group_level()) {
        return Ok(false);
    }
    let mut sql = Sql::default();
    sql.text(
        "SELECT EXISTS (SELECT FROM recorded_plays r JOIN plays o ON o.id = r.play_id JOIN play_groups g ON g.id = o.group_id \
         JOIN plays p ON p.group_id = o.group_id AND ((p.user_id, p.library_id, p.kind, p.live) IS DISTINCT FROM \
         (o.user_id, o.library_id, o.kind, o.live) OR (p.user_id, p.library_id, p.kind, p.live) IS DISTINCT FROM \
         (g.user_id, g.library_id, g.kind, g.live)) WHERE TRUE",
    );
    filter::resolved(&mut sql, "p", look.plan, found, look.zone);
    sql.text(") AS holds");
    sql.holds(conn).await
}

/// Whose name a play carries.
#[derive(QueryableByName)]
struct Carried {
    #[diesel(sql_type = BigInt)]
    play_id: i64,
    #[diesel(sql_type = Bool)]
    is_one: bool,
}

/// Puts names that plays carry in the place of those of their accounts, where a filter names users and some plays carry others.
pub(super) async fn carry_names(conn: &Conn, plan: &mut Plan) -> DbResult<()> {
    if plan.user_names.is_empty() {
        return Ok(());
    }
    let names = || Bind::Texts(plan.user_names.clone());
    let mut sql = Sql::default();
    sql.text("SELECT c.play_id, coalesce(c.cells ->> 'user' = ANY(").bind(names());
    sql.text("), false) AS is_one FROM recorded_cells c JOIN plays p ON p.id = c.play_id JOIN users u ON u.id = p.user_id \
        WHERE c.cells ? 'user' AND coalesce(c.cells ->> 'user' = ANY(");
    sql.bind(names()).text("), false) <> (u.username = ANY(").bind(names()).text(")) LIMIT ");
    sql.bind(Bind::Int(MOST));
    let found: Vec<Carried> = sql.into_query().load(&mut &*conn).await?;
    if found.is_empty() {
        return Ok(());
    }
    let (also, except): (Vec<Carried>, Vec<Carried>) = found.into_iter().partition(|play| play.is_one);
    let ids = |plays: Vec<Carried>| plays.into_iter().map(|play| PlayId(play.play_id)).collect();
    plan.carry(ids(also), ids(except));
    Ok(())
}

/// Where decisions are asked for: leaves out the plays that have one of them here, where it was worked out, and were recorded with another
/// word or none.
pub(super) async fn except_undecided(conn: &Conn, plan: &mut Plan) -> DbResult<()> {
    #[derive(QueryableByName)]
    struct Undecided {
        #[diesel(sql_type = BigInt)]
        play_id: i64,
    }
    if plan.decisions.is_empty() {
        return Ok(());
    }
    let words = || Bind::Texts(plan.decisions.iter().map(|decision| decision.word().to_owned()).collect());
    let mut sql = Sql::default();
    sql.text("SELECT c.play_id FROM recorded_cells c JOIN plays p ON p.id = c.play_id WHERE c.cells ? 'transcode_decision' \
        AND p.decision = ANY(");
    sql.bind(words()).text(") AND coalesce(c.cells ->> 'transcode_decision', '') <> ALL(");
    sql.bind(words()).text(") LIMIT ").bind(Bind::Int(MOST));
    let found: Vec<Undecided> = sql.into_query().load(&mut &*conn).await?;
    plan.except.extend(found.into_iter().map(|play| PlayId(play.play_id)));
    Ok(())
}

/// Tells the lines of a page as they were recorded.
pub(super) async fn tell(
    conn: &Conn,
    look: Look<'_>,
    found: &Resolved,
    recorded: &Recorded,
    lines: &mut [HistoryLine],
) -> DbResult<()> {
    let unsaid = Unsaid::of(look, found);
    let (plan, found) = unsaid.as_ref().map_or((look.plan, found), |unsaid| (&unsaid.plan, &unsaid.found));
    let told = |line: &HistoryLine| recorded.groups.binary_search(&line.group_id.0).is_ok();
    let mut groups: Vec<i64> = lines.iter().filter(|line| told(line)).map(|line| line.group_id.0).collect();
    if groups.is_empty() {
        return Ok(());
    }
    let more: Vec<i64> =
        groups.iter().filter_map(|group| recorded.merged.get(group)).flatten().copied().collect();
    groups.extend(more);
    let mut sql = Sql::default();
    sql.text(MEMBERS)
        .text(" FROM plays p LEFT JOIN recorded_plays r ON r.play_id = p.id WHERE p.group_id = ANY(");
    sql.bind(Bind::Ints(groups)).text(")");
    filter::resolved(&mut sql, "p", plan, found, look.zone);
    sql.text(" ORDER BY p.id");
    let members: Vec<Member> = sql.into_query().load(&mut &*conn).await?;
    for line in lines.iter_mut().filter(|line| told(line)) {
        let merged = recorded.merged.get(&line.group_id.0);
        let is_of = |member: &&Member| {
            line.play_ids.contains(&PlayId(member.id))
                || (look.grouped && merged.is_some_and(|merged| merged.contains(&member.group_id)))
        };
        let those: Vec<&Member> = members.iter().filter(is_of).collect();
        retell(line, &those);
    }
    Ok(())
}

/// Makes a line of its members, oldest number first, as they were recorded.
fn retell(line: &mut HistoryLine, members: &[&Member]) {
    let Some(first) = members.first() else { return };
    let times: Vec<(i64, i64)> = members.iter().map(|member| member.recorded_ms()).collect();
    line.played_ms = times.iter().map(|(played, _)| played).sum();
    line.paused_ms = times.iter().map(|(_, paused)| paused).sum();
    line.date = members.iter().map(|member| member.started_at).max().unwrap_or(line.date);
    line.started_at = members.iter().map(|member| member.started_at).min().unwrap_or(line.started_at);
    line.play_ids = members.iter().map(|member| PlayId(member.id)).collect();
    line.play_count = i64::try_from(members.len()).unwrap_or(line.play_count);
    let furthest = members.iter().max_by_key(|member| (member.percent, member.id));
    if let Some(furthest) = furthest {
        line.furthest = PlayId(furthest.id);
        line.percent_complete = furthest.percent_complete.into();
    }
    line.watched_quarters =
        members.iter().map(|member| member.watched_quarters).max().unwrap_or(line.watched_quarters);
    line.recorded = Some(RecordedLine {
        stopped_at: members.iter().filter_map(|member| member.recorded_stop()).max(),
        named_group: if first.is_of_group { Some(line.group_id.0) } else { first.named_group },
    });
}
