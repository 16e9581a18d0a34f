//! Cards, watch time, players and users, against a small world made by hand.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use tautulli_db::rollups;

/// Number, group, user, item, hours ago, minutes, decision, platform, quarters.
type Line = (i64, i64, i64, i64, i64, i64, &'static str, &'static str, i64);

/// Titles: two films of one name and year, one of another year, a show of two episodes, an artist with a guest. Times are
/// hours before now; users 2 and 3 watch.
const PLAYS: &[Line] = &[
    (1, 1, 2, 1, 2000, 60, "direct play", "Roku", 2),
    (2, 1, 2, 1, 1990, 30, "direct play", "Roku", 4),
    (3, 3, 3, 2, 100, 90, "transcode", "tvOS", 4),
    (4, 4, 2, 3, 50, 90, "copy", "Roku", 4),
    (5, 5, 2, 4, 800, 20, "transcode", "Roku", 1),
    (6, 5, 2, 4, 20, 20, "transcode", "tvOS", 4),
    (7, 7, 2, 5, 19, 40, "transcode", "tvOS", 4),
    (8, 8, 3, 4, 19, 45, "direct play", "", 3),
    (9, 9, 3, 6, 10, 3, "direct play", "", 4),
    (10, 10, 3, 7, 9, 3, "direct play", "", 4),
    (11, 11, 2, 6, 8, 3, "direct play", "Roku", 4),
];

/// Writes the world and counts it.
pub async fn fill(app: &TestApp) {
    let client = app.database.client().await.unwrap();
    client
        .batch_execute(
            "INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key, grandparent_rating_key, section_id,
                 title, parent_title, grandparent_title, full_title, year, detail, detail_version)
             SELECT 1000 + n, 1, decode(lpad(n::text, 4, '0'), 'hex'), k, 'plex://x/' || n, n::text, CASE WHEN n IN (4, 5) THEN '40' ELSE '' END,
                 CASE WHEN n IN (4, 5) THEN '41' ELSE '' END, 1, t, '', g, t, y, jsonb_build_object('kind', k, 'title', t, 'rating_key', n::text,
                 'original_title', o), 1
             FROM (VALUES (1, 'movie', 'Film', '', 2000, ''), (2, 'movie', 'Film', '', 2000, ''), (3, 'movie', 'Film', '', 2001, ''),
                 (4, 'episode', 'One', 'Show', NULL, ''), (5, 'episode', 'Two', 'Show', NULL, ''), (6, 'track', 'Song', 'Artist', NULL, ''),
                 (7, 'track', 'Duet', 'Artist', NULL, 'Artist ft. Guest')) v(n, k, t, g, y, o);
             INSERT INTO items (id, server_id, guid, kind, rating_key, snapshot_id, updated_at)
             SELECT id, 1, guid, kind, rating_key, id, now() FROM item_snapshots WHERE id > 1000;",
        )
        .await
        .unwrap();
    play(app, PLAYS).await;
}

/// Writes plays of it and counts them.
async fn play(app: &TestApp, lines: &[Line]) {
    let client = app.database.client().await.unwrap();
    for (id, group, user, item, ago, minutes, decision, platform, quarters) in lines {
        let (kind, library) = match item {
            1..=3 => ("movie", 1),
            4 | 5 => ("episode", 2),
            _ => ("track", 3),
        };
        client
            .batch_execute(&format!(
                "INSERT INTO play_groups VALUES ({group}, 1, {user}, {library}, 1000 + {item}, '{kind}', false, now(), now(), now(), 0, 0, 0, 0, 1, {id}, {id})
                 ON CONFLICT DO NOTHING;
                 INSERT INTO stream_details (id, digest, version, detail) VALUES (70000, md5('')::uuid, 1,
                     '{{\"source\": {{\"full_resolution\": \"4k\"}}, \"delivered\": {{\"height\": 720}}}}') ON CONFLICT DO NOTHING;
                 INSERT INTO plays (id, session_id, group_id, server_id, user_id, library_id, item_id, snapshot_id, kind, live, started_at,
                     stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform, product,
                     player, machine_id, address, location, initial, player_detail, stream_id)
                 VALUES ({id}, gen_random_uuid(), {group}, 1, {user}, {library}, 1000 + {item}, 1000 + {item}, '{kind}', false,
                     now() - interval '{ago} hours', now() - interval '{ago} hours' + interval '{minutes} minutes', {minutes} * 60000, 0, 0, 50,
                     {quarters}, '{decision}', '{platform}', 'Plex', 'Player of {user}', 'm', '192.0.2.1', 'lan', true, '{{}}', 70000)"
            ))
            .await
            .unwrap();
    }
    let ids: Vec<_> = lines.iter().map(|play| tautulli_domain::PlayId(play.0)).collect();
    let mut conn = app.pool.conn().await.unwrap();
    rollups::count(&mut conn, &ids).await.map_err(tautulli_domain::Error::from).unwrap();
}

const CARD: &str = "{ title artist year platform plays played userCount lastPlay { rowId } user { rowId } library { sectionId } }";

/// What cards say, as (name, plays, minutes, users).
async fn card(client: &Client, name: &str, arguments: &str) -> Vec<(String, i64, i64, Option<i64>)> {
    let data = client.data(&format!("{{ statistics{arguments} {{ {name} {CARD} }} }}")).await;
    let rows = data["statistics"][name].as_array().unwrap().clone();
    let of = |row: &Value| {
        let name = match (row["title"].as_str(), row["platform"].as_str()) {
            (Some(title), _) => {
                format!("{title} {}{}", row["year"], row["artist"].as_str().unwrap_or_default())
            }
            (None, Some(platform)) => platform.to_owned(),
            _ => format!("{}{}", row["user"]["rowId"], row["library"]["sectionId"]).replace("null", ""),
        };
        let minutes = row["played"].as_i64().unwrap() / 60_000;
        (name, row["plays"].as_i64().unwrap(), minutes, row["userCount"].as_i64())
    };
    rows.iter().map(of).collect()
}

fn line(name: &str, plays: i64, minutes: i64, users: i64) -> (String, i64, i64, Option<i64>) {
    (name.to_owned(), plays, minutes, (users > 0).then_some(users))
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_count_by_text_and_window() {
    // STA-01 to STA-04
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    // All time from the kept sums, and the same from the plays of a window that holds everything.
    for window in ["", "(window: { days: 5000 })", "(filter: { text: \"%\" })"] {
        let top = card(&admin, "topMovies", window).await;
        assert_eq!(top, [line("Film 2000", 2, 180, 2), line("Film 2001", 1, 90, 1)], "{window}");
        let shows = card(&admin, "popularShows", window).await;
        assert_eq!(shows, [line("Show null", 3, 125, 2)], "{window}");
        let artists = card(&admin, "popularArtists", window).await;
        assert_eq!(
            artists,
            [line("Artist null", 2, 6, 2), line("Artist nullArtist ft. Guest", 1, 3, 1)],
            "{window}"
        );
        let users = card(&admin, "users", window).await;
        assert_eq!(users, [line("2", 5, 263, 0), line("3", 4, 141, 0)], "{window}");
        let libraries: Vec<i64> = card(&admin, "libraries", window).await.iter().map(|row| row.1).collect();
        assert_eq!(libraries, [3, 3, 3], "{window}");
        let platforms: Vec<i64> = card(&admin, "platforms", window).await.iter().map(|row| row.2).collect();
        assert_eq!(platforms.iter().sum::<i64>(), 404, "{window}");
    }
    let month = "(window: { days: 30 })";
    assert_eq!(
        card(&admin, "topMovies", month).await,
        [line("Film 2001", 1, 90, 1), line("Film 2000", 1, 90, 1)]
    );
    // The play before the window does not count, the group that went on in it does.
    assert_eq!(card(&admin, "topShows", month).await, [line("Show null", 3, 105, 2)]);
    let ungrouped = card(&admin, "topMovies", "(grouped: false)").await;
    assert_eq!(ungrouped, [line("Film 2000", 3, 180, 2), line("Film 2001", 1, 90, 1)]);
    let longest = card(&admin, "users", "(measure: DURATION, count: 1, offset: 1)").await;
    assert_eq!(longest, [line("3", 4, 141, 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_guests_narrow_the_cards() {
    // STA-02, STA-07, STA-11
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    for (filter, shows) in [
        ("{ decisions: [TRANSCODE] }", vec![line("Show null", 2, 80, 1)]),
        ("{ sectionIds: [1] }", vec![]),
        ("{ kinds: [EPISODE] }", vec![line("Show null", 3, 125, 2)]),
        ("{ ratingKeys: [\"5\"] }", vec![line("Show null", 1, 40, 1)]),
    ] {
        assert_eq!(card(&admin, "topShows", &format!("(filter: {filter})")).await, shows, "{filter}");
    }
    let users = admin.data("{ users { accountId rowId } }").await["users"].as_array().unwrap().clone();
    let account = users.iter().find(|user| user["rowId"] == 3).unwrap()["accountId"].as_i64().unwrap();
    let guest = app.guest(account).await;
    assert_eq!(card(&guest, "users", "").await, [line("3", 4, 141, 0)]);
    assert_eq!(card(&guest, "topShows", "").await, [line("Show null", 1, 45, 1)]);
    let data =
        guest.data("{ statistics { recentlyWatched { rowId } mostConcurrent { decision count } } }").await;
    assert_eq!(data["statistics"]["recentlyWatched"], json!([{ "rowId": 3 }]));
    assert_eq!(data["statistics"]["mostConcurrent"][0], json!({ "decision": null, "count": 1 }));
    let far = admin.data("{ statistics(window: { before: \"2001-01-01\" }) { topMovies { plays } users { plays } mostConcurrent { count } } }").await;
    assert_eq!(far["statistics"], json!({ "topMovies": [], "users": [], "mostConcurrent": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_watched_last_and_most_at_once() {
    // STA-05, STA-06
    let app = TestApp::start().await;
    fill(&app).await;
    let question = |arguments: &str| {
        format!(
            "{{ statistics{arguments} {{ recentlyWatched {{ rowId item {{ title }} }} mostConcurrent {{ decision count }} }} }}"
        )
    };
    let admin = app.admin();
    let data = admin.data(&question("")).await;
    let recent: Vec<i64> = data["statistics"]["recentlyWatched"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["rowId"].as_i64().unwrap())
        .collect();
    assert_eq!(recent, [7, 6, 4, 3, 2]);
    let peaks = json!([{ "decision": null, "count": 2 }, { "decision": "DIRECT_PLAY", "count": 1 }, { "decision": "COPY", "count": 1 },
        { "decision": "TRANSCODE", "count": 1 }]);
    assert_eq!(data["statistics"]["mostConcurrent"], peaks);
    // The same by a sweep, through a filter that lets everything through.
    assert_eq!(
        admin.data(&question("(filter: { text: \"%\" })")).await["statistics"]["mostConcurrent"],
        peaks
    );
    let hour = admin.data(&question("(window: { days: 1 })")).await;
    assert_eq!(hour["statistics"]["mostConcurrent"][0]["count"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_play_was_watched_to_the_end_if_it_was_followed_so_far() {
    // STA-05, ACT-14: everywhere else what was live counts as watched.
    let app = TestApp::start().await;
    fill(&app).await;
    let client = app.database.client().await.unwrap();
    let follow = async |ms: i64| {
        let sql = "UPDATE plays SET live = true, view_offset_ms = $1, watched_quarters = 4 WHERE id = 7";
        client.execute(sql, &[&ms]).await.unwrap();
        let data = app.admin().data("{ statistics { recentlyWatched { rowId } } }").await;
        data["statistics"]["recentlyWatched"][0]["rowId"].clone()
    };
    let sql = "UPDATE item_snapshots SET detail = detail || '{\"duration_ms\": 1000000}' WHERE id = 1005";
    client.execute(sql, &[]).await.unwrap();
    assert_eq!(follow(849_000).await, 6);
    assert_eq!(follow(850_000).await, 7);
    client
        .execute("UPDATE item_snapshots SET detail = detail - 'duration_ms' WHERE id = 1005", &[])
        .await
        .unwrap();
    assert_eq!(follow(850_000).await, 6, "nobody knows how far that is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_play_that_went_on_elsewhere_counts_on_each_player_once() {
    // STA-08
    let app = TestApp::start().await;
    fill(&app).await;
    let client = app.database.client().await.unwrap();
    client.execute("UPDATE plays SET player = 'Telly' WHERE id = 2", &[]).await.unwrap();
    let question = "{ playerStatistics(accountId: 7000002) { player plays } }";
    client.execute("UPDATE users SET account_id = 7000002 WHERE id = 2", &[]).await.unwrap();
    let data = app.admin().data(question).await;
    let telly = data["playerStatistics"].as_array().unwrap().iter().find(|line| line["player"] == "Telly");
    assert_eq!(telly.unwrap()["plays"], 1, "{data}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_agents_guid_is_found_in_any_language() {
    // STA-09, HIS-11
    let app = TestApp::start().await;
    fill(&app).await;
    let client = app.database.client().await.unwrap();
    let guid = "com.plexapp.agents.imdb://tt0133093?lang=";
    let sql = "UPDATE item_snapshots SET guid = $1 WHERE id = 1002";
    client.execute(sql, &[&format!("{guid}en")]).await.unwrap();
    let question = "query($guids: [String!]!) { watchTime(subject: { guids: $guids }, days: [0]) { plays }
        historyTable(filter: { guids: $guids }) { filteredCount } }";
    let data = app.admin().data_with(question, json!({ "guids": [format!("{guid}fr")] })).await;
    assert_eq!(data, json!({ "watchTime": [{ "plays": 1 }], "historyTable": { "filteredCount": 1 } }));
    let other =
        app.admin().data_with(question, json!({ "guids": ["com.plexapp.agents.imdb://tt1?lang=en"] })).await;
    assert_eq!(other["historyTable"]["filteredCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_knows_what_was_watched_in_it_and_what_lasted_into_it() {
    // STA-05
    let app = TestApp::start().await;
    fill(&app).await;
    // Paused for days, and ended ten hours ago.
    play(&app, &[(12, 12, 3, 3, 74, 64 * 60, "direct play", "Roku", 4)]).await;
    let admin = app.admin();
    let watched = async |arguments: &str| {
        let data =
            admin.data(&format!("{{ statistics{arguments} {{ recentlyWatched {{ rowId }} }} }}")).await;
        let rows = data["statistics"]["recentlyWatched"].as_array().unwrap().clone();
        rows.iter().map(|row| row["rowId"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(watched("(window: { days: 1 })").await, [7, 6, 12]);
    assert_eq!(watched("(window: { days: 1 }, count: 2)").await, [7, 6]);
    assert_eq!(watched("(window: { days: 1 }, count: 2, offset: 1)").await, [6, 12]);
    assert_eq!(watched("(window: { days: 1 }, filter: { decisions: [DIRECT_PLAY] })").await, [12]);
    assert_eq!(watched("").await, [7, 6, 4, 12, 3, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn watch_time_players_and_users() {
    // STA-08, STA-09
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    let users = admin.data("{ users { id rowId accountId } libraries { id sectionId } }").await;
    let of = |list: &str, key: &str, number: i64| {
        users[list].as_array().unwrap().iter().find(|row| row[key] == number).unwrap().clone()
    };
    let (second, third) = (of("users", "rowId", 2), of("users", "rowId", 3));
    let query = "query($s: StatisticsSubject!, $g: Boolean!) { watchTime(subject: $s, grouped: $g) { days plays played user { rowId } } }";
    let plays = async |client: &Client, subject: Value, grouped: bool| {
        let data = client.data_with(query, json!({ "s": subject, "g": grouped })).await;
        let rows = data["watchTime"].as_array().unwrap().clone();
        rows.iter().map(|row| row["plays"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(
        plays(&admin, json!({ "userIds": [second["id"], third["id"]] }), true).await,
        [3, 4, 4, 5, 3, 4, 4, 4]
    );
    assert_eq!(plays(&admin, json!({ "userIds": [second["id"]] }), false).await, [3, 4, 4, 7]);
    let movies = of("libraries", "sectionId", 1);
    assert_eq!(plays(&admin, json!({ "libraryIds": [movies["id"]] }), true).await, [0, 2, 2, 3]);
    // By the show's key, by the season's, by the episode's, by its guid.
    for subject in [
        json!({ "ratingKeys": ["41"] }),
        json!({ "ratingKeys": ["40"] }),
        json!({ "ratingKeys": ["4", "5"] }),
        json!({ "guids": ["plex://x/4", "plex://x/5"] }),
    ] {
        assert_eq!(plays(&admin, subject.clone(), true).await, [3, 3, 3, 3], "{subject}");
        assert_eq!(plays(&admin, subject.clone(), false).await, [3, 3, 3, 4], "{subject}");
    }
    let players = admin
        .data_with(
            "query($u: ID!) { playerStatistics(userId: $u) { player platform plays played } }",
            json!({ "u": second["id"] }),
        )
        .await;
    assert_eq!(
        players["playerStatistics"],
        json!([{ "player": "Player of 2", "platform": "Roku", "plays": 5, "played": 263 * 60_000 }])
    );
    let watchers =
        "query($s: StatisticsSubject!) { userStatistics(subject: $s) { user { rowId } plays played } }";
    let show = admin.data_with(watchers, json!({ "s": { "ratingKeys": ["41"] } })).await;
    assert_eq!(
        show["userStatistics"],
        json!([{ "user": { "rowId": 2 }, "plays": 2, "played": 80 * 60_000 },
        { "user": { "rowId": 3 }, "plays": 1, "played": 45 * 60_000 }])
    );
    let guest = app.guest(third["accountId"].as_i64().unwrap()).await;
    let own = guest.data_with(watchers, json!({ "s": { "ratingKeys": ["41"] } })).await;
    assert_eq!(own["userStatistics"], json!([{ "user": { "rowId": 3 }, "plays": 1, "played": 45 * 60_000 }]));
    assert_eq!(plays(&guest, json!({ "ratingKeys": ["41"] }), true).await, [1, 1, 1, 1]);
    let other = guest.ask_with(query, json!({ "s": { "userIds": [second["id"]] }, "g": true })).await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_cards_cost_three_statements_and_bad_questions_get_an_answer() {
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    let all = "{ statistics { topMovies { plays } popularMovies { plays } topShows { plays } popularShows { plays } topArtists { plays }
        popularArtists { plays } libraries { plays } users { plays } platforms { plays } recentlyWatched { __typename }
        mostConcurrent { count } } }";
    let quiet = async || {
        let before = app.pool.loans();
        admin.data(all).await;
        app.pool.loans() - before
    };
    // Watchers mark that they are alive meanwhile; the key's account is looked up, plays are loaded.
    let cost = quiet().await.min(quiet().await).min(quiet().await);
    assert!(cost <= 8, "{cost} connections were taken");
    for question in [
        "{ statistics(count: 501) { users { plays } } }",
        "{ statistics(window: { days: 0 }) { users { plays } } }",
        "{ statistics(window: { days: 1, months: 1 }) { users { plays } } }",
        "{ graphs(window: { after: \"2026-02-02\", before: \"2026-01-01\" }) { concurrency { series { values } } } }",
        "{ graphs { users(top: 101) { series { values } } } }",
        "{ watchTime(subject: {}) { plays } }",
    ] {
        assert_eq!(admin.code(question).await, "INVALID", "{question}");
    }
}
