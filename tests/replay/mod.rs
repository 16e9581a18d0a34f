//! The recorded calls of the legacy API, asked again: the same database, world, moment and zone, in the recorded order.
//!
//! `REPLAY_SHOW=get_users,get_user` prints what differs in these commands' answers, `REPLAY_ONLY` makes no other calls, and
//! `REPLAY_TABLE=FILE` writes the table of verdicts, to become `expected.txt`; `REPLAY_ANSWERS=FOLDER` keeps our answers there.

mod body;
mod compare;
mod corrections;
mod ignored;
mod recording;
mod tally;

use crate::imports;
use crate::support::app::KEY;
use crate::support::{TestApp, http};
use chrono::DateTime;
use compare::{Reply, Verdict};
use futures_util::{StreamExt, stream};
use recording::{Call, Recording};
use std::sync::Arc;
use tally::Tally;
use tautulli_simplex::{Clock, Options, Simplex, World};
use tautulli_testkit::{TestClock, TestDatabase};

/// Calls of the other phase end the process.
const PHASES: [&str; 4] = ["read", "pms", "write", "destroy"];

/// The service at the moment of the recordings. Its settings are those of the recorded one where they were not the default.
async fn stage(recording: &Recording) -> TestApp {
    let start = f64::from(u32::try_from(recording.now).unwrap());
    let options = Options { clock: Clock::scaled(1.0, Some(start)), ..Options::default() };
    let plex = Simplex::start(World::from_json(&recording::world()).unwrap(), options).await.unwrap();
    let database = TestDatabase::create().await.unwrap();
    imports::bring(&database).await;
    continued(&database, &plex).await;
    let clock = TestClock::at(DateTime::from_timestamp(recording.now, 0).unwrap());
    let settings = [
        ("TZ", recording.zone.as_str()),
        ("TAUTULLI_LOGGING_IGNORE_INTERVAL", "120"),
        ("TAUTULLI_API_SQL", "1"),
    ];
    TestApp::under(plex, database, &settings, Arc::new(clock)).await
}

/// The server whose history was imported is the one that is watched; it is not left to a first contact that may come late.
async fn continued(database: &TestDatabase, plex: &Simplex) {
    let client = database.client().await.unwrap();
    let sql =
        "UPDATE servers SET url = $1, token = $2, is_default = true, removed_at = NULL WHERE machine_id = $3";
    let changed = client.execute(sql, &[&plex.pms_url(), &plex.token(), &plex.machine_id()]).await.unwrap();
    assert_eq!(changed, 1, "the file says whose history it is");
}

/// Calls of a phase, with their answers in order. What only reads is asked several at a time.
async fn answers<'a>(
    app: &TestApp,
    client: &reqwest::Client,
    calls: Vec<&'a Call>,
) -> Vec<(&'a Call, Reply)> {
    let at_once = match calls.first().map(|call| call.phase()) {
        Some("read" | "pms") => 4,
        _ => 1,
    };
    // Calls of one command are asked one after the other: the first may be answered otherwise than those that follow.
    let groups: Vec<Vec<&Call>> =
        calls.chunk_by(|one, next| one.command == next.command).map(<[&Call]>::to_vec).collect();
    let asked = groups.into_iter().map(async |group| {
        let mut replies = Vec::with_capacity(group.len());
        for call in group {
            replies.push((call, ask(app, client, call).await));
        }
        replies
    });
    stream::iter(asked).buffered(at_once).concat().await
}

async fn ask(app: &TestApp, client: &reqwest::Client, call: &Call) -> Reply {
    let mut params: Vec<(&str, &str)> = Vec::new();
    if call.keyed {
        params.push(("apikey", KEY));
    }
    if !call.command.starts_with('_') {
        params.push(("cmd", &call.command));
    }
    params.extend(call.params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let url = format!("{}{}", app.base, call.path);
    let request = match call.method.as_str() {
        "POST" => client.post(url).form(&params),
        method => client.request(method.parse().unwrap(), url).query(&params),
    };
    let answer = request.send().await.unwrap();
    let kind = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let status = answer.status().as_u16().into();
    Reply { status, kind, bytes: answer.bytes().await.unwrap().to_vec() }
}

/// Whether a corrected answer is still of the recorded form: other values are the correction, other keys and types are a fault.
/// Where the recorded version failed there is no form to keep; the others that have none are named in the table.
fn is_kept(call: &Call, reply: &Reply, verdict: Verdict) -> bool {
    match verdict {
        Verdict::Equal | Verdict::Shape => true,
        Verdict::Different => call.answer.status != reply.status || corrections::has_other_form(&call.id),
        Verdict::Missing => false,
    }
}

/// The verdict on a call; what was corrected on purpose must be as the table of corrections says.
fn judge(call: &Call, reply: &Reply) -> (Verdict, Vec<String>) {
    let (verdict, notes) = compare::judge(call, reply);
    match corrections::find(&call.id) {
        Some(correction) if correction.status == reply.status && is_kept(call, reply, verdict) => {
            (Verdict::Equal, vec![correction.why.to_owned()])
        }
        _ => (verdict, notes),
    }
}

fn chosen(variable: &str) -> Option<Vec<String>> {
    let names = std::env::var(variable).ok()?;
    Some(names.split(',').map(str::to_owned).collect())
}

/// Our answer as a file, for whoever looks into a difference.
fn keep(call: &Call, reply: &Reply) {
    if let Ok(folder) = std::env::var("REPLAY_ANSWERS") {
        let file = std::path::Path::new(&folder).join(&call.id);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, &reply.bytes).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_recorded_call_is_answered_as_expected() {
    let recording = recording::load();
    let app = stage(&recording).await;
    let client = http();
    let (shown, only) = (chosen("REPLAY_SHOW").unwrap_or_default(), chosen("REPLAY_ONLY"));
    let mut tally = Tally::default();
    for phase in PHASES {
        let wanted = |call: &&Call| only.as_ref().is_none_or(|only| only.contains(&call.command));
        let calls = recording.calls.iter().filter(|call| call.phase() == phase).filter(wanted).collect();
        for (call, reply) in answers(&app, &client, calls).await {
            keep(call, &reply);
            let (verdict, notes) = judge(call, &reply);
            tally.add(&call.command, verdict);
            if verdict != Verdict::Equal && shown.contains(&call.command) {
                println!("{verdict:?} {} {:?}\n    {}", call.id, call.params, notes.join("\n    "));
            }
        }
    }
    let table = tally.table();
    println!("{table}");
    if let Ok(file) = std::env::var("REPLAY_TABLE") {
        std::fs::write(file, &table).unwrap();
    }
    let worse = tally.regressions();
    assert!(worse.is_empty() || only.is_some(), "worse than expected:\n{}", worse.join("\n"));
}
