//! Graphs against the raw rows: counted here play by play, and by every way that the service has.

use crate::statistics::fill;
use crate::support::{Client, TestApp};
use serde_json::Value;

/// A graph's columns with its lines.
async fn graph(client: &Client, arguments: &str, name: &str) -> (Vec<String>, Vec<(String, Vec<i64>)>) {
    let query =
        format!("{{ graphs{arguments} {{ {name} {{ categories {{ label }} series {{ kind values }} }} }} }}");
    let data = client.data(&query).await;
    let graph = data["graphs"].as_object().unwrap().values().next().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let columns = graph["categories"].as_array().unwrap().iter().map(|c| text(&c["label"])).collect();
    let numbers = |values: &Value| values.as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).collect();
    let lines = graph["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (text(&s["kind"]), numbers(&s["values"])))
        .collect();
    (columns, lines)
}

fn sums(lines: &[(String, Vec<i64>)]) -> Vec<i64> {
    lines.iter().map(|(_, values)| values.iter().sum()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_count_gives_the_same() {
    // GRA-01 to GRA-04. Sums of whole periods, plays of a window, and plays through any filter agree.
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    let sql =
        "SELECT to_char(now() AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    let noon: String = app.database.client().await.unwrap().query_one(sql, &[]).await.unwrap().get(0);
    let (early, far) =
        (format!("days: 90, until: \"{noon}\""), "days: 81, until: \"2100-01-01T00:00:00Z\"".to_owned());
    let windows = ["days: 35".to_owned(), "days: 70".to_owned(), early, far];
    for name in [
        "plays(bucket: DAY)",
        "plays(bucket: WEEK)",
        "plays(bucket: MONTH)",
        "plays(bucket: HOUR_OF_DAY)",
        "plays(bucket: DAY_OF_WEEK)",
        "streamTypes(bucket: DAY)",
        "streamTypes(bucket: MONTH)",
        "platforms",
        "users",
        "platformStreamTypes",
        "userStreamTypes",
        "sourceResolutions",
        "streamResolutions",
    ] {
        for more in ["", ", measure: DURATION", ", grouped: false"] {
            let all = graph(&admin, &format!("(window: {{ days: 400 }}{more})"), name).await;
            let filtered =
                graph(&admin, &format!("(window: {{ days: 400 }}, filter: {{ text: \"%\" }}{more})"), name)
                    .await;
            assert_eq!(all, filtered, "{name}{more}");
            let total: i64 = sums(&all.1).iter().sum();
            assert!(total > 0 && all.1.iter().all(|line| line.1.len() == all.0.len()), "{name}{more}");
            // A window that begins in the middle of everything, and one that ends there.
            for window in &windows {
                let part = graph(&admin, &format!("(window: {{ {window} }}{more})"), name).await;
                let raw = graph(
                    &admin,
                    &format!("(window: {{ {window} }}, filter: {{ text: \"%\" }}{more})"),
                    name,
                )
                .await;
                assert_eq!(part.1, raw.1, "{name} {window}{more}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_columns_and_zeros() {
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    let (days, lines) = graph(&admin, "(window: { wholeDays: 30 })", "plays(bucket: DAY)").await;
    assert_eq!(days.len(), 30);
    let kinds: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(kinds, ["SHOWS", "MOVIES", "MUSIC", "LIVE"]);
    assert_eq!(sums(&lines), [3, 2, 3, 0]);
    let (months, lines) = graph(&admin, "(window: { months: 12 })", "plays(bucket: MONTH)").await;
    assert_eq!((months.len(), lines[1].1.iter().sum::<i64>() >= 3), (12, true));
    let (hours, _) = graph(&admin, "(window: { days: 30 })", "plays(bucket: HOUR_OF_DAY)").await;
    assert_eq!((hours.len(), hours[23].as_str()), (24, "23"));
    let (weekdays, _) = graph(&admin, "(window: { days: 30 })", "plays(bucket: DAY_OF_WEEK)").await;
    assert_eq!(weekdays, ["7", "1", "2", "3", "4", "5", "6"]);
    let (platforms, lines) = graph(&admin, "(grouped: false)", "platforms(top: 1)").await;
    assert_eq!((platforms, sums(&lines)), (vec!["Roku".to_owned()], vec![1, 3, 1, 0]));
    let (resolutions, lines) = graph(&admin, "", "sourceResolutions").await;
    assert_eq!((resolutions, sums(&lines)), (vec!["4k".to_owned()], vec![2, 1, 3]));
    let (resolutions, _) = graph(&admin, "", "streamResolutions").await;
    assert_eq!(resolutions, ["720p"]);
}

/// Plain fields of columns are written down at once, others resolved: the answer is the same.
#[tokio::test(flavor = "multi_thread")]
async fn columns_are_told_alike_however_they_are_asked_for() {
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    for field in ["plays(bucket: DAY)", "plays(bucket: HOUR_OF_DAY)", "users", "platforms"] {
        let query = format!(
            "{{ graphs(window: {{ wholeDays: 30 }}) {{
                plain: {field} {{ categories {{ __typename text: label date total label }} }}
                resolved: {field} {{ categories {{ ... on GraphCategory {{ __typename text: label }} date total label @include(if: true) }} }}
                joined: {field} {{ categories {{ __typename text: label date total label user {{ id }} }} }} }} }}"
        );
        let graphs = admin.data(&query).await["graphs"].clone();
        let plain = graphs["plain"]["categories"].as_array().unwrap();
        assert!(!plain.is_empty(), "{field}");
        assert_eq!(graphs["plain"], graphs["resolved"], "{field}");
        for (column, joined) in plain.iter().zip(graphs["joined"]["categories"].as_array().unwrap()) {
            let mut joined = joined.clone();
            let user = joined.as_object_mut().unwrap().remove("user").unwrap();
            assert_eq!((&joined, user.is_null()), (column, field != "users"), "{field}");
        }
        // What is ranked says by how much, and falls.
        let totals: Vec<Option<i64>> = plain.iter().map(|column| column["total"].as_i64()).collect();
        assert_eq!(totals.iter().all(Option::is_some), ["users", "platforms"].contains(&field));
        assert!(totals.is_sorted_by(|one, next| one >= next), "{field} {totals:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_at_once_by_day() {
    // GRA-03, GRA-05
    let app = TestApp::start().await;
    fill(&app).await;
    let admin = app.admin();
    let kept = graph(&admin, "(window: { wholeDays: 90 })", "concurrency").await;
    let swept = graph(&admin, "(window: { wholeDays: 90 }, filter: { text: \"%\" })", "concurrency").await;
    assert_eq!(kept, swept);
    let kinds: Vec<&str> = kept.1.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(kinds, ["DIRECT_PLAY", "DIRECT_STREAM", "TRANSCODE", "TOTAL"]);
    assert_eq!(kept.1[3].1.iter().max(), Some(&2));
}

#[tokio::test(flavor = "multi_thread")]
async fn bandwidth_at_once_by_day() {
    let app = TestApp::start().await;
    fill(&app).await;
    let client = app.database.client().await.unwrap();
    // Two that ran at the same time, one that nobody can have had, and many of which nothing is known.
    for (play, kbits, place) in
        [(7, 4_000_i64, "lan"), (8, 3_000, "wan"), (9, 1_000_000_000_000, "lan"), (3, 2_000, "wan")]
    {
        let sql = "UPDATE plays SET player_detail = jsonb_build_object('bandwidth', $2::bigint), location = $3 WHERE id = $1";
        client.execute(sql, &[&i64::from(play), &kbits, &place]).await.unwrap();
    }
    let (days, lines) = graph(&app.admin(), "(window: { wholeDays: 3 })", "bandwidth").await;
    assert_eq!(days.len(), 3);
    let most: Vec<_> =
        lines.iter().map(|(kind, values)| (kind.as_str(), *values.iter().max().unwrap())).collect();
    assert_eq!(most, [("LOCAL", 4_000), ("REMOTE", 3_000), ("TOTAL", 7_000)]);
    let remote = "(window: { wholeDays: 3 }, filter: { locations: [WAN] })";
    let (_, lines) = graph(&app.admin(), remote, "bandwidth").await;
    let most: Vec<_> = lines.iter().map(|(_, values)| *values.iter().max().unwrap()).collect();
    assert_eq!(most, [0, 3_000, 3_000]);
    let long = "{ graphs(window: { wholeDays: 500 }) { bandwidth { series { kind } } } }";
    assert_eq!(app.admin().code(long).await, "INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_by_time() {
    let app = TestApp::start().await;
    fill(&app).await;
    let client = app.database.client().await.unwrap();
    client.execute("UPDATE plays SET address = '', location = 'wan'", &[]).await.unwrap();
    // One at home and two elsewhere, one of them twice.
    for (play, address, place) in [
        (7, "10.0.0.2", "lan"),
        (8, "198.51.100.1", "wan"),
        (9, "198.51.100.2", "wan"),
        (6, "198.51.100.2", "wan"),
    ] {
        let sql = "UPDATE plays SET address = $2, location = $3 WHERE id = $1";
        client.execute(sql, &[&i64::from(play), &address, &place]).await.unwrap();
    }
    let sum = |lines: Vec<(String, Vec<i64>)>| -> Vec<(String, i64)> {
        lines.into_iter().map(|(kind, values)| (kind, values.iter().sum())).collect()
    };
    for bucket in ["DAY", "WEEK", "MONTH"] {
        let (_, lines) =
            graph(&app.admin(), "(window: { wholeDays: 400 })", &format!("addresses(bucket: {bucket})"))
                .await;
        let sql = format!(
            "SELECT coalesce(sum(n), 0)::bigint FROM (SELECT count(DISTINCT address) AS n FROM plays WHERE address <> ''
               GROUP BY date_trunc('{}', started_at AT TIME ZONE 'Europe/Berlin' + interval '{} day')) x",
            bucket.to_lowercase(),
            i32::from(bucket == "WEEK"),
        );
        let expected: i64 = client.query_one(&sql, &[]).await.unwrap().get(0);
        assert_eq!(sum(lines)[2], ("TOTAL".to_owned(), expected), "{bucket}");
    }
    let (_, lines) = graph(
        &app.admin(),
        "(window: { wholeDays: 400 }, filter: { locations: [LAN] })",
        "addresses(bucket: MONTH)",
    )
    .await;
    assert_eq!(sum(lines).into_iter().map(|line| line.1).collect::<Vec<_>>(), [1, 0, 1]);
    let refused = "{ graphs(window: { days: 30 }) { addresses(bucket: HOUR_OF_DAY) { series { kind } } } }";
    assert_eq!(app.admin().code(refused).await, "INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn weeks_begin_where_the_settings_say() {
    let app = TestApp::with(&[("TAUTULLI_WEEK_START_MONDAY", "1")]).await;
    fill(&app).await;
    let admin = app.admin();
    let (weekdays, _) = graph(&admin, "(window: { days: 30 })", "plays(bucket: DAY_OF_WEEK)").await;
    assert_eq!(weekdays, ["1", "2", "3", "4", "5", "6", "7"]);
    let whole = graph(&admin, "(window: { days: 400 })", "plays(bucket: WEEK)").await;
    let swept =
        graph(&admin, "(window: { days: 400 }, filter: { text: \"%\" })", "plays(bucket: WEEK)").await;
    assert_eq!(whole, swept);
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_see_graphs_of_their_own() {
    // STA-11
    let app = TestApp::start().await;
    fill(&app).await;
    let users = app.admin().data("{ users { accountId rowId } }").await["users"].as_array().unwrap().clone();
    let account = users.iter().find(|user| user["rowId"] == 3).unwrap()["accountId"].as_i64().unwrap();
    let (columns, lines) = graph(&app.guest(account).await, "", "users").await;
    assert_eq!((columns, sums(&lines)), (vec!["3".to_owned()], vec![1, 1, 2, 0]));
}
