//! Edits of the past: what they do equals the rules of the domain, and undoing them leaves no trace (HIS-09, HIS-10, HIS-15).

use crate::support::past::{DURATION_MS, Past, PastPlay};
use crate::support::{Client, TestApp};
use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tautulli_db::history::Scope;
use tautulli_db::revisions::{self, Author, Edit};
use tautulli_domain::grouping::{Predecessor, join_group, join_live_group};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::revision::{Revision, RuleChange};
use tautulli_domain::session::SessionRules;
use tautulli_domain::watched::{Reach, WatchedMode, WatchedRules};
use tautulli_domain::{ErrorKind, GroupId, PlayId, UserId};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

const AUTHOR: Author<'_> = Author { name: "tests", now: DateTime::UNIX_EPOCH, summary: "an edit" };

fn author() -> Author<'static> {
    Author { now: now(), ..AUTHOR }
}

fn of(filter: &HistoryFilter) -> Edit<'_> {
    Edit::Delete(Scope { filter, grouped: false, zone: "Europe/Berlin" })
}

/// Everything that a play shows in: rows, groups, sums and roll-ups.
async fn trace(past: &Past) -> Vec<Vec<String>> {
    // A title that nobody has watched any more gets another number when it comes back.
    const ROWS: [&str; 9] = [
        "SELECT to_jsonb(p) FROM plays p ORDER BY id",
        "SELECT to_jsonb(g) FROM play_groups g ORDER BY id",
        "SELECT to_jsonb(s) FROM (SELECT sum(plays), sum(groups), sum(played_ms) FROM history_sums) s",
        "SELECT to_jsonb(f) - 'title_id' || jsonb_build_object('title', t.digest) FROM play_facts f
            LEFT JOIN titles t ON t.id = f.title_id ORDER BY play_id",
        "SELECT to_jsonb(t) - 'id' FROM titles t WHERE plays <> 0 ORDER BY digest",
        "SELECT to_jsonb(r) FROM rollups r WHERE plays <> 0 ORDER BY to_jsonb(r)::text",
        "SELECT to_jsonb(p) FROM stream_peaks p ORDER BY to_jsonb(p)::text",
        "SELECT to_jsonb(u) - 'title_id' || jsonb_build_object('title', t.digest) FROM title_users u
            JOIN titles t ON t.id = u.title_id WHERE u.plays <> 0 ORDER BY t.digest, u.user_id",
        "SELECT to_jsonb(d) FROM removed_plays d ORDER BY play_id",
    ];
    let mut all = Vec::new();
    for sql in ROWS {
        let wrapped = format!("SELECT line::text FROM ({sql}) AS lines(line)");
        let found = past.client.query(&wrapped, &[]).await.unwrap();
        all.push(found.iter().map(|row| row.get(0)).collect());
    }
    all
}

/// Says what differs, not everything that is the same.
#[track_caller]
fn assert_same(after: &[Vec<String>], before: &[Vec<String>], what: &str) {
    let one_sided = |one: &[Vec<String>], other: &[Vec<String>]| -> Vec<String> {
        let lines = one.iter().zip(other).flat_map(|(a, b)| a.iter().filter(|line| !b.contains(line)));
        lines.take(5).cloned().collect()
    };
    let (gained, lost) = (one_sided(after, before), one_sided(before, after));
    assert!(after == before, "{what}: gained {gained:#?}, lost {lost:#?}");
}

/// A past whose roll-ups are counted.
async fn counted(sketches: Vec<(PastPlay, bool)>) -> Past {
    let past = Past::of(sketches).await;
    let ids: Vec<PlayId> = past.plays.iter().map(|play| PlayId(play.id)).collect();
    tautulli_db::rollups::count(&mut past.pool.conn().await.unwrap(), &ids).await.unwrap();
    past
}

async fn carry_out(past: &Past, edit: Edit<'_>) -> Option<Revision> {
    revisions::carry_out(&mut past.pool.conn().await.unwrap(), edit, author(), &[]).await.unwrap()
}

async fn undo(past: &Past, revision: &Revision) -> tautulli_domain::Result<Revision> {
    revisions::undo(&mut past.pool.conn().await.unwrap(), revision.id, "tests", now()).await
}

fn reach(play: &PastPlay) -> Reach {
    let (first, last) = if play.item % 3 == 0 { (Some(700_000), Some(950_000)) } else { (None, None) };
    Reach {
        view_offset_ms: play.offset_ms,
        duration_ms: Some(DURATION_MS),
        first_credits_ms: first,
        final_credits_ms: last,
    }
}

/// The group of each play by the rules of the domain, one play after another.
fn grouped(plays: &[&PastPlay], rules: &WatchedRules) -> BTreeMap<i64, i64> {
    let mut plays = plays.to_vec();
    plays.sort_by_key(|play| (play.started, play.id));
    let mut last: BTreeMap<(i64, i64), Predecessor> = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for play in plays {
        let key = (play.user, play.item);
        let before = last.get(&key).copied();
        let joined = if play.live {
            join_live_group(before, play.started_at())
        } else {
            join_group(play.kind(), before, &reach(play), rules)
        };
        let group_id = joined.unwrap_or(GroupId(play.id));
        let (started_at, view_offset_ms) = (play.started_at(), play.offset_ms);
        last.insert(key, Predecessor { group_id, started_at, view_offset_ms });
        groups.insert(play.id, group_id.0);
    }
    groups
}

async fn kept(past: &Past) -> (BTreeMap<i64, i64>, BTreeMap<i64, i16>) {
    let rows = past.client.query("SELECT id, group_id, watched_quarters FROM plays", &[]).await.unwrap();
    let groups = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    (groups, rows.iter().map(|row| (row.get(0), row.get(2))).collect())
}

/// The kept groups equal the plays that they are made of.
async fn assert_groups_are_true(past: &Past) {
    let wrong = "SELECT count(*) FROM (SELECT group_id, min(started_at), max(started_at), max(stopped_at), sum(played_ms), sum(paused_ms),
            max(percent_complete), max(watched_quarters), count(*) FROM plays GROUP BY group_id
        EXCEPT SELECT id, started_at, date, stopped_at, played_ms, paused_ms, percent_complete, watched_quarters, play_count FROM play_groups) x";
    assert_eq!(past.client.query_one(wrong, &[]).await.unwrap().get::<_, i64>(0), 0);
    let empty =
        "SELECT count(*) FROM play_groups g WHERE NOT EXISTS (SELECT 1 FROM plays p WHERE p.group_id = g.id)";
    assert_eq!(past.client.query_one(empty, &[]).await.unwrap().get::<_, i64>(0), 0);
}

fn rules(percent: i64, mode: i64, ignore: i64) -> SessionRules {
    let watched = WatchedRules {
        movie_percent: percent,
        tv_percent: (percent + 20) % 101,
        mode: WatchedMode::from_number(mode),
        ..WatchedRules::default()
    };
    SessionRules { watched, ignore_interval: Duration::seconds(ignore), ..SessionRules::default() }
}

async fn regrouping_equals_the_domain(sketches: Vec<(PastPlay, bool)>, rules: &SessionRules) {
    let past = counted(sketches).await;
    let before = trace(&past).await;
    let wanted = grouped(&past.plays.iter().collect::<Vec<_>>(), &rules.watched);
    let preview =
        revisions::preview(&mut past.pool.conn().await.unwrap(), Edit::Regroup(rules)).await.unwrap();
    assert_same(&trace(&past).await, &before, "a preview changes nothing");
    let changed = past.plays.iter().filter(|play| wanted[&play.id] != play.group).count();
    assert_eq!((preview.counts.changed, preview.regrouped), (changed as i64, changed as i64));
    assert_eq!(preview.examples.len(), changed.min(20));
    let Some(revision) = carry_out(&past, Edit::Regroup(rules)).await else {
        assert_eq!(changed, 0);
        return;
    };
    assert_eq!(kept(&past).await.0, wanted);
    assert_groups_are_true(&past).await;
    assert!(carry_out(&past, Edit::Regroup(rules)).await.is_none(), "done twice is done once");
    undo(&past, &revision).await.unwrap();
    assert_same(&trace(&past).await, &before, "undone is as it was");
}

#[test]
fn regrouping_any_history_equals_the_rules_and_can_be_undone() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = ProptestConfig { cases: 8, max_shrink_iters: 20, ..ProptestConfig::default() };
    proptest!(cases, |(sketches in Past::sketches(80), percent in 0i64..=100, mode in 0i64..4)| {
        runtime.block_on(regrouping_equals_the_domain(sketches, &rules(percent, mode, 0)));
    });
}

async fn other_rules_judge_the_past(
    sketches: Vec<(PastPlay, bool)>,
    change: RuleChange,
    back: &SessionRules,
) {
    let past = counted(sketches).await;
    // From a history that the old rules have made.
    carry_out(
        &past,
        Edit::Rules(&RuleChange { before: SessionRules::default(), after: change.before.clone() }),
    )
    .await;
    carry_out(&past, Edit::Regroup(&change.before)).await;
    let before = trace(&past).await;
    let made = carry_out(&past, Edit::Rules(&change)).await;
    let shown = |rules: &SessionRules| {
        let least = rules.ignore_interval.num_milliseconds();
        past.plays.iter().filter(move |play| play.played_ms >= least).collect::<Vec<_>>()
    };
    let there = shown(&change.after);
    let (groups, quarters) = kept(&past).await;
    assert_eq!(groups, grouped(&there, &change.after.watched));
    for play in there {
        let rules = &change.after.watched;
        let wanted = if play.live { 4 } else { rules.quarters(play.kind(), &reach(play)) };
        assert_eq!(quarters[&play.id], wanted, "{play:?}");
    }
    assert_groups_are_true(&past).await;
    // A third set of rules on top, then both are taken back, the last one first.
    let third = RuleChange { before: change.after.clone(), after: back.clone() };
    let on_top = carry_out(&past, Edit::Rules(&third)).await;
    assert_eq!(kept(&past).await.0, grouped(&shown(back), &back.watched));
    for revision in [on_top, made].into_iter().flatten() {
        undo(&past, &revision).await.unwrap();
    }
    assert_same(&trace(&past).await, &before, "undone is as it was");
}

#[test]
fn other_rules_judge_any_history_and_can_be_undone() {
    // ACT-14, HIS-02, HIS-12
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = ProptestConfig { cases: 8, max_shrink_iters: 20, ..ProptestConfig::default() };
    let wishes = || {
        (0i64..=100, 0i64..4, 0i64..3_000).prop_map(|(percent, mode, ignore)| rules(percent, mode, ignore))
    };
    proptest!(cases, |(sketches in Past::sketches(60), before in wishes(), after in wishes(), back in wishes())| {
        runtime.block_on(other_rules_judge_the_past(sketches, RuleChange { before, after }, &back));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_and_undoing_leaves_no_trace() {
    // HIS-10
    let past = Past::random(150).await;
    let ids: Vec<PlayId> = past.plays.iter().map(|play| PlayId(play.id)).collect();
    tautulli_db::rollups::count(&mut past.pool.conn().await.unwrap(), &ids).await.unwrap();
    let before = trace(&past).await;
    let filters = [
        HistoryFilter { user_ids: vec![UserId(2)], ..Default::default() },
        HistoryFilter { text: Some("amber".to_owned()), ..Default::default() },
        HistoryFilter { play_ids: (1..=30).map(PlayId).collect(), ..Default::default() },
    ];
    let mut made = Vec::new();
    for filter in &filters {
        let preview = revisions::preview(&mut past.pool.conn().await.unwrap(), of(filter)).await.unwrap();
        let revision = carry_out(&past, of(filter)).await.unwrap();
        assert_eq!(revision.counts, preview.counts);
        assert_groups_are_true(&past).await;
        made.push(revision);
    }
    let left = past.client.query_one("SELECT count(*) FROM plays", &[]).await.unwrap().get::<_, i64>(0);
    assert_eq!(left + made.iter().map(|r| r.counts.removed).sum::<i64>(), 150);
    // Deletions concern different plays, so any order will do.
    for revision in &made {
        undo(&past, revision).await.unwrap();
    }
    assert_same(&trace(&past).await, &before, "undone is as it was");
    let again = undo(&past, &made[0]).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_later_edits_stand_on_is_not_pulled_away() {
    let past = Past::random(120).await;
    let some = rules(40, 0, 0);
    let first = carry_out(&past, Edit::Regroup(&some)).await.unwrap();
    let second = carry_out(&past, Edit::Regroup(&rules(95, 0, 0))).await.unwrap();
    let refused = undo(&past, &first).await.unwrap_err();
    assert!(refused.outer().contains(&format!("revision {}", second.id)), "{refused:?}");
    undo(&past, &second).await.unwrap();
    undo(&past, &first).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_revisions_are_a_record_only() {
    let past = Past::random(60).await;
    let filter = HistoryFilter { user_ids: vec![UserId(1)], ..Default::default() };
    let deleted = carry_out(&past, of(&filter)).await.unwrap();
    let hiding = RuleChange { before: rules(85, 3, 0), after: rules(85, 3, 1_500) };
    let hidden = carry_out(&past, Edit::Rules(&hiding)).await.unwrap();
    assert!(hidden.counts.removed > 0);
    let mut conn = past.pool.conn().await.unwrap();
    assert_eq!(revisions::purge(&mut conn, now() + Duration::days(29)).await.unwrap(), 0);
    assert_eq!(revisions::purge(&mut conn, now() + Duration::days(31)).await.unwrap(), 2);
    assert_eq!(revisions::purge(&mut conn, now() + Duration::days(31)).await.unwrap(), 0);
    let late = revisions::undo(&mut conn, deleted.id, "tests", now() + Duration::days(31)).await.unwrap_err();
    assert!(late.outer().contains("could be undone until"), "{late:?}");
    drop(conn);
    let left = past.client.query("SELECT DISTINCT hidden FROM removed_plays", &[]).await.unwrap();
    assert_eq!(left.iter().map(|row| row.get::<_, bool>(0)).collect::<Vec<_>>(), [true], "raw facts stay");
    // Other rules bring hidden plays back for ever.
    let back =
        carry_out(&past, Edit::Rules(&RuleChange { before: hiding.after, after: rules(85, 3, 0) })).await;
    assert_eq!(back.unwrap().counts.restored, hidden.counts.removed);
}

/// The answer of a mutation that must have worked.
async fn edit(admin: &Client, mutation: &str, variables: Value) -> Value {
    let kinds = [
        ("rows", "[Long!]"),
        ("id", "ID!"),
        ("input", "RulesInput!"),
        ("match", "RematchInput!"),
        ("preview", "Boolean!"),
    ];
    let used = kinds.into_iter().filter(|(name, _)| mutation.contains(&format!("${name}")));
    let head: Vec<String> = used.map(|(name, kind)| format!("${name}: {kind}")).collect();
    let query = format!(
        "mutation({}) {{ edit: {mutation} {{ revision {{ id kind removed restored changed undoneAt }}
            preview {{ changed regrouped examples {{ titleAfter }} }} problem {{ code message }} }} }}",
        head.join(", ")
    );
    admin.data_with(&query, variables).await["edit"].clone()
}

/// One play of a movie that the simulated server does not have, in the service's own database.
async fn old_play(app: &TestApp, kind: &str) {
    let client = app.database.client().await.unwrap();
    client
        .batch_execute(&format!(
            "INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key,
                 grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail, detail_version)
             VALUES (7000, 1, '\\x01', '{kind}', 'local://old', '70001', '', '', 1, 'Old title', '', '', 'Old title', 2000,
                 jsonb_build_object('kind', '{kind}', 'title', 'Old title', 'rating_key', '70001', 'duration_ms', 1000000), 1);
             INSERT INTO items VALUES (7000, 1, 'local://old', '{kind}', '70001', 7000, now());
             INSERT INTO play_groups VALUES (7000, 1, 2, 1, 7000, '{kind}', false, '2026-01-01', '2026-01-01', '2026-01-01 00:30Z', 1800000, 0, 60, 2, 1, 7000, 7000);
             INSERT INTO stream_details (id, digest, version, detail) VALUES (70000, md5('')::uuid, 1, '{{}}') ON CONFLICT DO NOTHING;
             INSERT INTO plays (id, session_id, group_id, server_id, user_id, library_id, item_id, snapshot_id, kind, live, started_at,
                 stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform, product,
                 player, machine_id, address, location, initial, player_detail, stream_id)
             VALUES (7000, gen_random_uuid(), 7000, 1, 2, 1, 7000, 7000, '{kind}', false, '2026-01-01', '2026-01-01 00:30Z', 1800000, 0,
                 600000, 60, 2, 'copy', 'Roku', 'Plex', 'Den', 'm', '192.0.2.1', 'lan', true, '{{}}', 70000)"
        ))
        .await
        .unwrap();
}

async fn lines(admin: &Client) -> Value {
    admin.data("{ history { totalCount totalDuration nodes { watchedQuarters play { rowId item { title } } } } }").await
        ["history"]
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn plays_are_deleted_and_brought_back_through_the_schema() {
    let app = TestApp::start().await;
    old_play(&app, "movie").await;
    let admin = app.admin();
    let before = lines(&admin).await;
    assert_eq!(before["totalCount"], 1);
    let made = edit(&admin, "deletePlays(rowIds: $rows)", json!({ "rows": [7000, 99_999_999] })).await;
    assert_eq!(
        (&made["revision"]["kind"], &made["revision"]["removed"]),
        (&json!("DELETE"), &json!(1)),
        "{made}"
    );
    let empty = lines(&admin).await;
    assert_eq!([&empty["totalCount"], &empty["totalDuration"]], [0, 0]);
    let nothing = edit(&admin, "deletePlays(rowIds: $rows)", json!({ "rows": [99_999_999] })).await;
    assert_eq!((&nothing["revision"], &nothing["problem"]), (&Value::Null, &Value::Null));
    let all = edit(&admin, "deletePlays(rowIds: $rows)", json!({ "rows": [] })).await;
    assert_eq!(all["problem"]["code"], "INVALID", "nobody deletes everything by mistake");
    let id = json!({ "id": made["revision"]["id"] });
    let undone = edit(&admin, "undoRevision(id: $id)", id.clone()).await;
    assert!(undone["revision"]["undoneAt"].is_string(), "{undone}");
    assert_eq!(lines(&admin).await, before);
    assert_eq!(edit(&admin, "undoRevision(id: $id)", id).await["problem"]["code"], "CONFLICT");
    let known = admin.data("{ revisions { id undoneBy } }").await["revisions"].clone();
    assert_eq!(known, json!([{ "id": made["revision"]["id"], "undoneBy": "environment" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_rules_are_previewed_applied_and_undone_through_the_schema() {
    let app = TestApp::start().await;
    old_play(&app, "movie").await;
    let admin = app.admin();
    let preview = "{ previewRules(input: { moviePercent: 50 }) { changed rewatched examples { title watchedQuartersBefore watchedQuartersAfter } } }";
    let seen = admin.data(preview).await["previewRules"].clone();
    assert_eq!(
        (&seen["rewatched"], &seen["examples"][0]["watchedQuartersAfter"]),
        (&json!(1), &json!(4)),
        "{seen}"
    );
    let input = json!({ "input": { "moviePercent": 50 } });
    let later = edit(&admin, "applyRules(input: $input, scope: FROM_NOW_ON)", input.clone()).await;
    assert_eq!(later["revision"]["changed"], 0, "{later}");
    assert_eq!(lines(&admin).await["nodes"][0]["watchedQuarters"], 2);
    let made = edit(&admin, "applyRules(input: $input, scope: ALL_HISTORY)", input).await;
    assert_eq!(made["revision"]["changed"], 1, "{made}");
    assert_eq!(lines(&admin).await["nodes"][0]["watchedQuarters"], 4);
    for revision in [&made, &later] {
        let undone = edit(&admin, "undoRevision(id: $id)", json!({ "id": revision["revision"]["id"] })).await;
        assert_eq!(undone["problem"], Value::Null, "{undone}");
    }
    assert_eq!(lines(&admin).await["nodes"][0]["watchedQuarters"], 2);
    let stored = app.database.client().await.unwrap();
    let stored =
        stored.query("SELECT 1 FROM settings WHERE key = 'movie_watched_percent'", &[]).await.unwrap();
    assert!(stored.is_empty(), "the default stands again");
    let locked = json!({ "input": { "ignoreInterval": 60 } });
    let refused = edit(&admin, "applyRules(input: $input, scope: ALL_HISTORY)", locked).await;
    assert!(refused["problem"]["message"].as_str().unwrap().contains("TAUTULLI_LOGGING_IGNORE_INTERVAL"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_matched_anew_and_back() {
    // HIS-15
    let app = TestApp::start().await;
    old_play(&app, "movie").await;
    let admin = app.admin();
    let movie = app.director().world(|w| {
        let found = w.items.values().find(|i| i.kind == tautulli_simplex::ItemKind::Movie).unwrap();
        (found.rating_key, found.title.clone())
    });
    let server = admin.data("{ servers { id } }").await["servers"][0]["id"].clone();
    let wanted = |preview: bool| json!({ "preview": preview, "match": { "serverId": server, "oldRatingKey": "70001", "newRatingKey": movie.0.to_string() } });
    // What an import could not take as it lay: of the item, and of the play.
    let client = app.database.client().await.unwrap();
    let lay = json!({ "full_title": "As it lay", "year": "MMXX", "platform": null });
    client.batch_execute(&format!("INSERT INTO recorded_cells VALUES (7000, '{lay}')")).await.unwrap();
    let cells = async || {
        let data = admin.data("{ history { nodes { play { recordedCells } } } }").await;
        data["history"]["nodes"][0]["play"]["recordedCells"].clone()
    };
    assert_eq!(cells().await, lay);
    let before = lines(&admin).await;
    let seen = edit(&admin, "rematch(input: $match, preview: $preview)", wanted(true)).await;
    assert_eq!((&seen["preview"]["changed"], &seen["revision"]), (&json!(1), &Value::Null), "{seen}");
    assert_eq!(seen["preview"]["examples"][0]["titleAfter"], movie.1);
    assert_eq!(lines(&admin).await, before);
    let made = edit(&admin, "rematch(input: $match, preview: $preview)", wanted(false)).await;
    assert_eq!(made["revision"]["changed"], 1, "{made}");
    assert_eq!(lines(&admin).await["nodes"][0]["play"]["item"]["title"], movie.1);
    assert_eq!(cells().await, json!({ "platform": null }), "what lay of the item is not of the other one");
    // A play that is deleted and comes back meanwhile knows both.
    let gone = edit(&admin, "deletePlays(rowIds: $rows)", json!({ "rows": [7000] })).await;
    edit(&admin, "undoRevision(id: $id)", json!({ "id": gone["revision"]["id"] })).await;
    assert_eq!(cells().await, json!({ "platform": null }));
    edit(&admin, "undoRevision(id: $id)", json!({ "id": made["revision"]["id"] })).await;
    assert_eq!((lines(&admin).await, cells().await), (before, lay));
    let unknown = json!({ "preview": true, "match": { "serverId": server, "oldRatingKey": "123456", "newRatingKey": "1" } });
    assert_eq!(
        edit(&admin, "rematch(input: $match, preview: $preview)", unknown).await["problem"]["code"],
        "NOT_FOUND"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_match_leaves_groups_where_that_is_asked() {
    // HIS-15: a resumption that was never grouped.
    let app = TestApp::start().await;
    old_play(&app, "movie").await;
    let client = app.database.client().await.unwrap();
    client
        .batch_execute(
            "INSERT INTO play_groups SELECT (jsonb_populate_record(g, '{\"id\": 7001, \"date\": \"2026-01-01 01:00Z\",
                 \"started_at\": \"2026-01-01 01:00Z\", \"stopped_at\": \"2026-01-01 01:10Z\", \"newest_play_id\": 7001,
                 \"furthest_play_id\": 7001}')).* FROM play_groups g WHERE g.id = 7000;
             INSERT INTO plays SELECT (jsonb_populate_record(p, jsonb_build_object('id', 7001, 'group_id', 7001, 'session_id',
                 gen_random_uuid(), 'started_at', '2026-01-01 01:00Z', 'stopped_at', '2026-01-01 01:10Z', 'view_offset_ms', 700000))).*
             FROM plays p WHERE p.id = 7000",
        )
        .await
        .unwrap();
    let admin = app.admin();
    let movie = app.director().world(|w| {
        w.items.values().find(|i| i.kind == tautulli_simplex::ItemKind::Movie).unwrap().rating_key.to_string()
    });
    let server = admin.data("{ servers { id } }").await["servers"][0]["id"].clone();
    for (keeps, regrouped) in [(Value::Null, 1), (json!(false), 1), (json!(true), 0)] {
        let wanted = json!({ "serverId": server, "oldRatingKey": "70001", "newRatingKey": movie, "keepGroups": keeps });
        let asked = "rematch(input: $match, preview: $preview)";
        let seen = edit(&admin, asked, json!({ "preview": true, "match": wanted })).await;
        assert_eq!(seen["preview"]["changed"], 2, "{seen}");
        assert_eq!(seen["preview"]["regrouped"], regrouped, "{keeps}");
    }
}
