//! The demo as anybody starts it: the real binary, nothing prepared.

use crate::support::process::{command, folder, free_port};
use crate::support::{Client, until};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use tautulli_domain::{Clock, SystemClock};

const KEY: &str = "a-key-for-the-demo";

struct Demo {
    child: Child,
    base: String,
    welcome: String,
}

impl Demo {
    /// Starts it and waits until it has said where it is.
    fn start(datadir: &Path) -> Self {
        let port = free_port();
        // Everything that could lead to something real is there, and must not be heeded.
        let env = [
            ("TAUTULLI_API_KEY", KEY.to_owned()),
            ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/real".to_owned()),
            ("TAUTULLI_PMS_URL", "http://127.0.0.1:1".to_owned()),
            ("TAUTULLI_PMS_TOKEN", "real".to_owned()),
            ("TAUTULLI_ADMIN_USERNAME", "real".to_owned()),
        ];
        let mut command = command(Path::new("/nonexistent/real"), &env);
        let folder = datadir.to_str().unwrap();
        command.args(["demo", "--port", &port.to_string(), "--datadir", folder]).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut welcome = String::new();
        for line in lines {
            welcome += &line;
            welcome.push('\n');
            if line.contains("Ctrl-C") {
                break;
            }
        }
        Self { child, base: format!("http://127.0.0.1:{port}"), welcome }
    }

    fn interrupt(mut self) -> Option<i32> {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn history(client: &Client, arguments: &str) -> Value {
    let query =
        format!("{{ history({arguments}) {{ totalCount nodes {{ startedAt stoppedAt playCount }} }} }}");
    client.data(&query).await["history"].clone()
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

/// Sums and members of groups, recomputed from the plays: how many do not agree.
const UNTRUE_GROUPS: &str = "
    SELECT count(*) FROM play_groups g FULL JOIN (
      SELECT group_id, max(started_at) AS date, min(started_at) AS started_at, max(stopped_at) AS stopped_at, sum(played_ms) AS played_ms,
        sum(paused_ms) AS paused_ms, max(percent_complete) AS percent, max(watched_quarters) AS quarters, count(*) AS plays,
        (array_agg(id ORDER BY started_at DESC, id DESC))[1] AS newest, (array_agg(id ORDER BY percent_complete DESC, id DESC))[1] AS furthest
      FROM plays GROUP BY group_id) raw ON raw.group_id = g.id
    WHERE (g.date, g.started_at, g.stopped_at, g.played_ms, g.paused_ms, g.percent_complete, g.watched_quarters, g.play_count,
        g.newest_play_id, g.furthest_play_id)
      IS DISTINCT FROM (raw.date, raw.started_at, raw.stopped_at, raw.played_ms, raw.paused_ms, raw.percent, raw.quarters, raw.plays,
        raw.newest, raw.furthest)";

/// Plays of one person on one player that overlap.
const OVERLAPS: &str = "
    SELECT count(*) FROM plays a JOIN plays b ON a.user_id = b.user_id AND a.machine_id = b.machine_id AND a.id < b.id
      AND a.started_at < b.stopped_at AND b.started_at < a.stopped_at";

const TIMELINES: &str = "
    SELECT count(*) FROM plays p WHERE (SELECT count(*) FROM session_events e WHERE e.session_id = p.session_id
      AND e.kind IN ('started', 'stopped')) <> 2";

async fn count(datadir: &Path, sql: &str) -> i64 {
    let url =
        tautulli_postgres::url_of_running(&datadir.join("postgres"), "tautulli").await.unwrap().unwrap();
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    let ended = tokio::spawn(connection);
    let count = client.query_one(sql, &[]).await.unwrap().get(0);
    drop(client);
    ended.await.unwrap().unwrap();
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_sees_two_years_and_who_watches_now() {
    let folder = folder();
    let datadir = folder.path().join("demo");
    let demo = Demo::start(&datadir);
    assert!(demo.welcome.contains("demo / attic-demo"), "{}", demo.welcome);
    let client = Client::with_key(&demo.base, KEY);
    until("people to watch", async || {
        let sessions = client.data("{ activity { streamCount sessions { progressPercent } } }").await;
        let sessions = sessions["activity"]["sessions"].as_array().unwrap().clone();
        let midway = sessions.iter().filter(|session| session["progressPercent"].as_i64() > Some(1)).count();
        (sessions.len() >= 6 && midway >= 4).then_some(())
    })
    .await;
    let newest = history(&client, "first: 50").await;
    let now = SystemClock.now();
    assert!(newest["nodes"].as_array().unwrap().iter().all(|line| time(&line["stoppedAt"]) < now));
    assert!(now - time(&newest["nodes"][0]["startedAt"]) < Duration::days(2));
    let oldest = history(&client, "last: 1, grouped: false").await;
    assert!((720..=732).contains(&(now - time(&oldest["nodes"][0]["startedAt"])).num_days()), "{oldest}");
    let plays = oldest["totalCount"].as_i64().unwrap();
    assert!((10_000..20_000).contains(&plays), "{plays}");
    assert!(newest["totalCount"].as_i64().unwrap() < plays, "some were resumed");
    for untrue in [UNTRUE_GROUPS, OVERLAPS, TIMELINES] {
        assert_eq!(count(&datadir, untrue).await, 0, "{untrue}");
    }
    let signed_in = "mutation($p: String!) { signIn(username: \"demo\", password: $p) { signedIn } }";
    let answer = Client::stranger(&demo.base).data_with(signed_in, json!({ "p": "attic-demo" })).await;
    assert_eq!(answer["signIn"]["signedIn"], true, "{answer}");
    assert_eq!(demo.interrupt(), Some(0));
    again(&datadir, plays).await;
}

/// A named folder keeps its history, and it is not made twice.
async fn again(datadir: &Path, plays: i64) {
    let demo = Demo::start(datadir);
    let client = Client::with_key(&demo.base, KEY);
    let kept = history(&client, "first: 1, grouped: false").await["totalCount"].as_i64().unwrap();
    assert!((plays..plays + 20).contains(&kept), "{kept} after {plays}");
    assert_eq!(demo.interrupt(), Some(0));
}

#[test]
fn real_data_is_never_touched() {
    let folder = folder();
    std::fs::write(folder.path().join("config.ini"), "[General]\n").unwrap();
    let mut command = command(folder.path(), &[]);
    let output = command.args(["demo", "--datadir", folder.path().to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let entries: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
}
