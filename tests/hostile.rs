//! Whatever strangers and broken programs send to the legacy API: an answer in its own shape, soon, and nothing of the inside.

use crate::support::app::KEY;
use crate::support::{TestApp, http};
use futures_util::{StreamExt, stream};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long calls are made.
const TIME: Duration = Duration::from_secs(8);
/// No answer may take longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_secs(30);

/// Commands that end the service, or write files of the size of the database.
const LEFT_OUT: [&str; 5] = ["restart", "update", "backup_db", "download_database", "import_database"];

fn values() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        " ",
        "0",
        "-1",
        "1",
        "1.5",
        "1e309",
        "NaN",
        "abc",
        "true",
        "null",
        "[]",
        "{\"a\":",
        "1,2,,x,-3",
        ",,,",
        "99999999999999999999",
        "-9223372036854775808",
        "9223372036854775807",
        "2147483648",
        "4294967296",
        "' OR '1'='1",
        "'; DROP TABLE plays; --",
        "1); SELECT pg_sleep(10); --",
        "\" or \"\"=\"",
        "%' --",
        "%",
        "_",
        "\\",
        "../../../../etc/passwd",
        "..\\..\\windows",
        "/etc/passwd\0.png",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "<script>alert(1)</script>",
        "]]>",
        "&lt;",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "%00",
        "%n%s%x",
        "\0",
        "\u{1}",
        "\u{7f}",
        "\u{feff}",
        "\u{202e}abc",
        "\u{2028}",
        "ß",
        "İ",
        "👩‍👩‍👧‍👦",
        "e\u{301}",
        "a\r\nSet-Cookie: x=1",
        "(a+)+$",
        "[",
        "*",
        "(?<",
        "2026-02-30",
        "9999-12-31",
        "0000-00-00",
        "2026-06-15T00:00:00Z",
        "asc,desc,asc",
        "date; --",
    ]
    .map(str::to_owned)
    .into();
    values.push("x".repeat(5_000));
    values.push("1,".repeat(3_000));
    values.push("%27".repeat(500));
    values.push("(".repeat(3_000));
    values
}

/// Commands with their parameters, as their own documentation names them.
async fn commands(app: &TestApp) -> Vec<(String, Vec<String>)> {
    let docs = http().get(format!("{}/api/v2?cmd=docs", app.base)).send().await.unwrap();
    let docs: Value = docs.json().await.unwrap();
    let told = docs["response"]["data"].as_object().unwrap();
    let params = |text: &str| {
        let lines =
            text.lines().filter_map(|line| line.strip_prefix("- `")?.split('`').next().map(str::to_owned));
        lines.collect::<Vec<_>>()
    };
    told.iter()
        .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()))
        .map(|(name, text)| (name.clone(), params(text.as_str().unwrap())))
        .collect()
}

/// A call: mostly one spoilt parameter among sound ones, so that it gets past the first check.
fn spoil(command: &str, params: &[String], values: &[String], chance: &mut StdRng) -> Vec<(String, String)> {
    let sound = [
        ("section_id", "1"),
        ("rating_key", "1"),
        ("user_id", "1000102"),
        ("row_id", "1"),
        ("length", "5"),
        ("query", "a"),
        ("media_type", "movie"),
        ("old_rating_key", "1"),
        ("new_rating_key", "2"),
        ("ip_address", "127.0.0.1"),
        ("server_id", "x"),
        ("session_key", "1"),
        ("pref", "FriendlyName"),
        ("img", "/library/metadata/1/thumb/1"),
    ];
    let mut call = vec![("cmd".to_owned(), command.to_owned())];
    let general = ["out_type", "callback", "debug", "app", "cmd2"].map(str::to_owned);
    let victim = chance.random_range(0..params.len() + 2);
    let victim =
        params.get(victim).cloned().unwrap_or_else(|| general[chance.random_range(0..general.len())].clone());
    for name in params.iter().filter(|name| **name != victim) {
        if let Some((_, value)) = sound.iter().find(|(known, _)| known == name) {
            call.push((name.clone(), (*value).to_owned()));
        }
    }
    call.push((victim, values[chance.random_range(0..values.len())].clone()));
    call
}

/// What says more than anyone outside should know.
const INSIDE: [&str; 12] = [
    "panicked",
    "diesel",
    "tokio",
    "postgres",
    "SELECT ",
    "FROM plays",
    "relation \"",
    "syntax error",
    "src/",
    ".rs:",
    "async_graphql",
    "duplicate key",
];

fn check(call: &[(String, String)], status: u16, kind: &str, body: &[u8]) {
    let text = String::from_utf8_lossy(body);
    let told = || format!("{call:?}: {status} {kind} {}", text.chars().take(300).collect::<String>());
    assert!([200, 400, 500].contains(&status), "{}", told());
    if status == 500 {
        let is_word = text.contains("Check the logs for errors")
            || text.contains("The server encountered an unexpected");
        assert!(is_word && text.len() < 400, "{}", told());
    }
    if kind.starts_with("application/json") && !body.is_empty() {
        assert!(serde_json::from_slice::<Value>(body).is_ok(), "{}", told());
    }
    // What was asked for may be told again; the documentation and the logs speak of SQL.
    let own = |word: &str| call.iter().any(|(_, value)| value.contains(word));
    let is_free = call
        .iter()
        .any(|(_, value)| ["docs", "docs_md", "get_logs", "download_log"].contains(&value.as_str()));
    if !is_free && status != 200 {
        let leak = INSIDE.iter().find(|word| text.contains(**word) && !own(word));
        assert_eq!(leak, None, "{}", told());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_parameters_get_an_answer_in_shape() {
    let app = TestApp::with(&[("TAUTULLI_API_SQL", "1")]).await;
    let (commands, values) = (commands(&app).await, values());
    assert!(commands.len() > 100 && commands.iter().any(|(_, params)| params.len() > 5));
    let seed = std::env::var("HOSTILE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_128);
    let mut chance = StdRng::seed_from_u64(seed);
    let mut calls = Vec::new();
    for _ in 0..200 {
        let mut round: Vec<_> =
            commands.iter().map(|(name, params)| spoil(name, params, &values, &mut chance)).collect();
        round.shuffle(&mut chance);
        calls.extend(round);
    }
    let (client, since) = (http(), Instant::now());
    let (client, base) = (&client, app.base.as_str());
    // The first round is made however slow the machine is.
    let round = commands.len();
    let ask = |(at, call): (usize, Vec<(String, String)>)| async move {
        if at >= round && since.elapsed() > TIME {
            return 0;
        }
        let mut sent = call.clone();
        sent.insert(0, ("apikey".to_owned(), KEY.to_owned()));
        let answer = client.post(format!("{base}/api/v2")).form(&sent).timeout(PATIENCE).send().await;
        let answer = answer.unwrap_or_else(|failure| panic!("{call:?}: {failure}"));
        let status = answer.status().as_u16();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        check(&call, status, &kind, &answer.bytes().await.unwrap());
        1
    };
    let made: usize = stream::iter(calls.into_iter().enumerate())
        .map(ask)
        .buffer_unordered(4)
        .fold(0, async |sum, one| sum + one)
        .await;
    assert!(made >= round, "{made} calls in {TIME:?}");
    // It is as well as before.
    let answer = client
        .get(format!("{}/api/v2?apikey={KEY}&cmd=status&check=database", app.base))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_every_kind_are_bounded() {
    let app = TestApp::start().await;
    let post = async |kind: &str, body: Vec<u8>| {
        let request =
            http().post(format!("{}/api/v2?out_type=json", app.base)).header("content-type", kind).body(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let part = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = "--edge\r\nContent-Disposition: form-data; name=\"cmd\"; filename=\"x\"\r\n\r\nget_users\r\n";
    let sound = format!("{}{file}{}--edge--\r\n", part("apikey", KEY), part("cmd", "status"));
    let kind = "multipart/form-data; boundary=edge";
    let (status, text) = post(kind, sound.clone().into_bytes()).await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("\"message\": \"Ok\""), "{text}");
    let large = format!("{}--edge--\r\n", part("cmd", &"x".repeat(3 << 20)));
    for (kind, body) in [
        (kind, large.into_bytes()),
        (kind, sound.as_bytes()[..sound.len() / 2].to_vec()),
        (kind, b"no form at all".to_vec()),
        ("multipart/form-data", sound.clone().into_bytes()),
        ("application/x-www-form-urlencoded", vec![b'a'; 3 << 20]),
    ] {
        let (status, text) = post(kind, body).await;
        let told: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((status, &told["response"]["result"]), (400, &"error".into()), "{text}");
        assert!(
            told["response"]["message"].as_str().unwrap().starts_with("The request cannot be read: "),
            "{text}"
        );
    }
    let many = (0..5_000).map(|at| part(&format!("p{at}"), "x")).collect::<String>() + "--edge--\r\n";
    assert_eq!(post(kind, many.into_bytes()).await.0, 400);
}
