//! Pages of the history against the raw rows.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Plays of two users and three items, in groups, written as bare rows.
async fn fill(app: &TestApp, plays: i64) {
    let client = app.database.client().await.unwrap();
    client
        .batch_execute(&format!(
            "INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key,
                 grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail, detail_version)
             SELECT 1000 + n, 1, decode(lpad(n::text, 4, '0'), 'hex'), 'movie', 'plex://movie/' || n, n::text, '', '', 1, 'Film ' || n, '', '',
                 'Film ' || n, 2000, jsonb_build_object('kind', 'movie', 'title', 'Film ' || n, 'rating_key', n::text), 1
             FROM generate_series(1, 3) n;
             INSERT INTO items (id, server_id, guid, kind, rating_key, snapshot_id, updated_at)
             SELECT 1000 + n, 1, 'plex://movie/' || n, 'movie', n::text, 1000 + n, now() FROM generate_series(1, 3) n;
             INSERT INTO stream_details (id, digest, version, detail) VALUES (70000, md5('')::uuid, 1, '{{}}') ON CONFLICT DO NOTHING;
             INSERT INTO plays (id, session_id, group_id, server_id, user_id, library_id, item_id, snapshot_id, kind, live, started_at,
                 stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform, product,
                 player, machine_id, address, location, initial, player_detail, stream_id)
             SELECT n, gen_random_uuid(), (n + 1) / 2 * 2 - 1, 1, 2 + ((n - 1) / 2) % 2, 1, 1001 + ((n - 1) / 2) % 3, 1001 + ((n - 1) / 2) % 3, 'movie', false,
                 '2026-03-29T00:30:00Z'::timestamptz + n * interval '10 minutes', '2026-03-29T00:35:00Z'::timestamptz + n * interval '10 minutes',
                 n * 1000, 0, n, (n % 100)::smallint, (n % 5)::smallint, CASE n % 3 WHEN 0 THEN 'transcode' WHEN 1 THEN 'copy' ELSE 'direct play' END,
                 'Roku', 'Plex', 'Den', 'm', '192.0.2.1', 'lan', true, '{{}}', 70000
             FROM generate_series(1, {plays}) n;
             INSERT INTO play_groups SELECT group_id, min(server_id), min(user_id), min(library_id), min(item_id), 'movie', false, max(started_at),
                 min(started_at), max(stopped_at), sum(played_ms), sum(paused_ms), max(percent_complete), max(watched_quarters), count(*),
                 max(id), (array_agg(id ORDER BY percent_complete DESC, id DESC))[1] FROM plays GROUP BY group_id;"
        ))
        .await
        .unwrap();
}

async fn walk(client: &Client, grouped: bool, filter: Value, size: i64) -> Vec<Vec<i64>> {
    let query = "query($g: Boolean!, $f: HistoryFilter, $n: Int!, $a: String) {
        history(grouped: $g, filter: $f, first: $n, after: $a) { pageInfo { hasNextPage endCursor } nodes { playRowIds } } }";
    let (mut after, mut lines) = (Value::Null, Vec::new());
    loop {
        let page = client.data_with(query, json!({ "g": grouped, "f": filter, "n": size, "a": after })).await
            ["history"]
            .clone();
        for node in page["nodes"].as_array().unwrap() {
            lines
                .push(node["playRowIds"].as_array().unwrap().iter().map(|id| id.as_i64().unwrap()).collect());
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return lines;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn walking_the_pages_meets_every_play_once() {
    let app = TestApp::start().await;
    fill(&app, 101).await;
    let admin = app.admin();
    for (grouped, lines) in [(true, 51), (false, 101)] {
        for size in [7, 100, 500] {
            let walked = walk(&admin, grouped, json!({}), size).await;
            let plays: BTreeSet<i64> = walked.iter().flatten().copied().collect();
            assert_eq!((walked.len(), plays.len()), (lines, 101), "grouped {grouped}, {size} a page");
            assert!(walked.is_sorted_by(|a, b| a.last() > b.last()), "newest first");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_mean_what_they_say() {
    let app = TestApp::start().await;
    fill(&app, 120).await;
    let admin = app.admin();
    let count = async |filter: Value| walk(&admin, false, filter, 500).await.len();
    assert_eq!(count(json!({ "decisions": ["TRANSCODE"] })).await, 40);
    assert_eq!(count(json!({ "decisions": ["TRANSCODE", "COPY"] })).await, 80);
    assert_eq!(count(json!({ "text": "film 2" })).await, 40);
    assert_eq!(count(json!({ "text": "nothing like it" })).await, 0);
    assert_eq!(count(json!({ "ratingKeys": ["1"] })).await, 40);
    assert_eq!(count(json!({ "kinds": ["EPISODE"] })).await, 0);
    assert_eq!(count(json!({ "live": true })).await, 0);
    assert_eq!(count(json!({ "sectionIds": [1] })).await, 120);
    assert_eq!(count(json!({ "accountIds": [1_000_001] })).await, 60);
    // Berlin's clocks went forward that night: its day lasts until 22:00 UTC.
    assert_eq!(count(json!({ "on": "2026-03-29" })).await, 120);
    assert_eq!(count(json!({ "before": "2026-03-28" })).await, 0);
    assert_eq!(count(json!({ "after": "2026-03-30" })).await, 0);
    let whole = walk(&admin, true, json!({ "decisions": ["TRANSCODE"] }), 500).await;
    assert!(whole.iter().all(|line| line.len() == 1), "only the plays that match are summed up");
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_jump_and_add_up() {
    let app = TestApp::start().await;
    fill(&app, 60).await;
    let query = "{ historyTable(offset: 10, limit: 5, orderBy: [DURATION], descending: [false]) {
        filteredCount totalCount pagePlayed totalPlayed rows { played playCount furthest { rowId } } } }";
    let table = app.admin().data(query).await["historyTable"].clone();
    assert_eq!([&table["filteredCount"], &table["totalCount"]], [30, 60]);
    assert_eq!(table["totalPlayed"], (1..=60).sum::<i64>() * 1000);
    let played: Vec<i64> =
        table["rows"].as_array().unwrap().iter().map(|r| r["played"].as_i64().unwrap()).collect();
    assert_eq!(played, [43_000, 47_000, 51_000, 55_000, 59_000]);
    assert_eq!(table["pagePlayed"], played.iter().sum::<i64>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_counts_what_it_tells_whatever_changes_meanwhile() {
    let app = TestApp::start().await;
    fill(&app, 60).await;
    let (admin, client) = (app.admin(), app.database.client().await.unwrap());
    let elsewhere = async {
        loop {
            let move_all = "UPDATE plays SET address = CASE address WHEN '192.0.2.1' THEN '192.0.2.9' ELSE '192.0.2.1' END";
            client.batch_execute(move_all).await.unwrap();
        }
    };
    let query =
        "{ historyTable(filter: { addresses: [\"192.0.2.9\"] }, grouped: false, offset: 0, limit: 100) {
        filteredCount rows { playCount } } }";
    let read = async {
        let mut seen = BTreeSet::new();
        while seen.len() < 2 {
            for _ in 0..50 {
                let table = admin.data(query).await["historyTable"].clone();
                let rows = table["rows"].as_array().unwrap().len();
                assert_eq!(table["filteredCount"], rows);
                seen.insert(rows);
            }
        }
        seen
    };
    let seen = tokio::select! { seen = read => seen, () = elsewhere => BTreeSet::new() };
    assert_eq!(seen, BTreeSet::from([0, 60]));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_questions_get_an_answer_that_helps() {
    let app = TestApp::start().await;
    let admin = app.admin();
    for question in [
        "{ history(first: 501) { nodes { playCount } } }",
        "{ history(first: -1) { nodes { playCount } } }",
        "{ history(first: 1, last: 1) { nodes { playCount } } }",
        "{ history(after: \"nonsense\") { nodes { playCount } } }",
        "{ history(filter: { on: \"31.12.2025\" }) { nodes { playCount } } }",
        "{ play { id } }",
        "{ node(id: \"nonsense\") { id } }",
    ] {
        assert_eq!(admin.code(question).await, "INVALID", "{question}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_costs_a_constant_number_of_statements() {
    let app = TestApp::start().await;
    fill(&app, 200).await;
    let admin = app.admin();
    let question = |lines: i64| {
        format!(
            "{{ history(first: {lines}) {{ nodes {{ play {{ user {{ username }} library {{ name }} server {{ name }}
                events {{ kind }} }} furthest {{ id }} }} }} }}"
        )
    };
    let cost = async |lines: i64| {
        let before = app.pool.loans();
        admin.data(&question(lines)).await;
        app.pool.loans() - before
    };
    let (few, many) = (cost(2).await, cost(100).await);
    // Keys gather for two milliseconds, so a slow machine reads them in some more pieces; without loaders the
    // ninety-eight lines more would cost five hundred.
    assert!(many <= few + 60, "{few} statements for two lines, {many} for a hundred");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_play_knows_the_others_of_its_group() {
    let app = TestApp::start().await;
    fill(&app, 10).await;
    let play = "{ play(rowId: 4) { groupRowId companions { rowId } } }";
    let told = app.admin().data(play).await["play"].clone();
    assert_eq!(told, json!({ "groupRowId": 3, "companions": [{ "rowId": 3 }] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_plays_stands_on_top_by_choice() {
    // HIS-11
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let movie = director
        .world(|w| {
            w.items.values().find(|i| i.kind == tautulli_simplex::ItemKind::Movie).map(|i| i.rating_key)
        })
        .unwrap();
    director.start(&tautulli_simplex::Start::item(movie).user(1_000_001)).unwrap();
    let ask = |filter: &str, more: &str| {
        format!(
            "{{ history(filter: {{ {filter} }}{more}) {{ activity {{ item {{ ratingKey }} }} nodes {{ playCount }} }} }}"
        )
    };
    let found = crate::support::until("the session", async || {
        let told = admin.data(&ask("kinds: [MOVIE]", ", includeActivity: true")).await["history"]["activity"]
            .clone();
        (told.as_array().is_some_and(|list| list.len() == 1)).then_some(told)
    })
    .await;
    assert_eq!(found[0]["item"]["ratingKey"], movie.to_string());
    for (filter, more) in [("kinds: [MOVIE]", ""), ("kinds: [TRACK]", ", includeActivity: true")] {
        assert_eq!(admin.data(&ask(filter, more)).await["history"]["activity"], json!([]), "{filter}");
    }
}
