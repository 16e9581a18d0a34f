//! Plays that had to be repaired: counted as they are for everybody, and as they were recorded for whoever asks for it.

use super::{Stage, bring_file, request, worn};
use crate::support::{TestApp, until};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tautulli_simplex::{Options, Scale, Simplex, World};
use tautulli_testkit::TestDatabase;

/// A server of which nothing is known but its address: what a first start leaves when it does not answer.
async fn silent(database: &TestDatabase, plex: &Simplex) {
    let client = database.client().await.unwrap();
    let sql =
        "INSERT INTO servers (name, url, token, verify_tls, machine_id, is_default, created_at, updated_at)
               VALUES ('Plex', $1, $2, true, '', true, now(), now())";
    client.execute(sql, &[&plex.pms_url(), &plex.token()]).await.unwrap();
    let known = "UPDATE servers SET machine_id = $1 WHERE machine_id <> ''";
    client.execute(known, &[&plex.machine_id()]).await.unwrap();
}

/// The service over the reference's whole file.
async fn stage() -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    stage_over(&worn(folder.path())).await
}

/// The service over a file.
pub(super) async fn stage_over(file: &Path) -> TestApp {
    let plex = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await.unwrap();
    let database = TestDatabase::create().await.unwrap();
    bring_file(&database, file).await;
    silent(&database, &plex).await;
    TestApp::over(plex, database, &[]).await
}

type Totals = BTreeMap<i64, (i64, i64)>;

/// Plays (or lines) and seconds of each account, as SQL on the file has them.
fn of_file(grouped: bool) -> Totals {
    let folder = tempfile::tempdir().unwrap();
    let file = Connection::open(worn(folder.path())).unwrap();
    let count = if grouped { "count(DISTINCT reference_id)" } else { "count(*)" };
    let sql = format!(
        "SELECT user_id, {count}, sum(coalesce(stopped - started, 0) - coalesce(paused_counter, 0)) FROM session_history
         WHERE user_id IS NOT NULL GROUP BY user_id"
    );
    let mut statement = file.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn told(app: &TestApp, grouped: bool, recorded: bool) -> Totals {
    let question = format!(
        "{{ userTotals(grouped: {grouped}, asRecorded: {recorded}) {{ plays played user {{ accountId }} }} }}"
    );
    let data = app.admin().data(&question).await;
    let line = |line: &Value| {
        let number = |value: &Value| value.as_i64().unwrap();
        (number(&line["user"]["accountId"]), (number(&line["plays"]), number(&line["played"]) / 1_000))
    };
    data["userTotals"].as_array().unwrap().iter().map(line).filter(|(_, (plays, _))| *plays != 0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_repaired_is_counted_as_it_was_recorded_by_whoever_asks() {
    let app = stage().await;
    for grouped in [false, true] {
        let mut recorded = told(&app, grouped, true).await;
        // Plays of nobody are of a user here.
        recorded.remove(&-1);
        assert_eq!(recorded, of_file(grouped), "grouped: {grouped}");
        let repaired = told(&app, grouped, false).await;
        assert!(repaired.values().all(|(_, seconds)| *seconds >= 0), "{repaired:?}");
        assert_ne!(repaired, recorded);
    }
    let history = "query($recorded: Boolean!) { historyTable(filter: { described: true, asRecorded: $recorded }, limit: 3, orderBy: [STOPPED],
        descending: [false]) { filteredCount totalPlayed rows { played recorded { namedGroupRowId stoppedAt } } } }";
    let table = async |recorded: bool| {
        app.admin().data_with(history, json!({ "recorded": recorded })).await["historyTable"].clone()
    };
    let (as_it_is, as_it_was) = (table(false).await, table(true).await);
    assert_eq!(
        as_it_was["filteredCount"], 3_965,
        "what names no group is one line, what names the same one another"
    );
    assert_eq!(as_it_is["filteredCount"], 3_973);
    assert_eq!(as_it_was["totalPlayed"], 7_009_480_000_i64);
    assert!(as_it_is["rows"].as_array().unwrap().iter().all(|row| row["recorded"].is_null()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_made_again_keeps_what_an_older_one_did_not() {
    let stage = Stage::set().await;
    let folder = tempfile::tempdir().unwrap();
    let file = worn(folder.path());
    stage.run(&request(&file)).await;
    let kept = "SELECT count(*) FROM recorded_plays";
    let before = stage.number(kept).await;
    assert!(before > 50, "{before}");
    let all_cells = "SELECT sum((SELECT count(*) FROM jsonb_object_keys(cells)))::bigint FROM recorded_cells";
    let cells = stage.number(all_cells).await;
    let client = stage.client().await;
    client.execute("DELETE FROM recorded_plays", &[]).await.unwrap();
    client.execute("UPDATE recorded_cells SET cells = cells - 'platform' - 'year'", &[]).await.unwrap();
    assert!(stage.number(all_cells).await < cells);
    stage.run(&request(&file)).await;
    assert_eq!((stage.number(kept).await, stage.number(all_cells).await), (before, cells));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_history_goes_on_when_its_server_answers_at_last() {
    let app = stage().await;
    let client = app.database.client().await.unwrap();
    let server = until("the silent server to be that one", async || {
        let sql = "SELECT url, is_default, removed_at IS NULL FROM servers";
        let mut servers = client.query(sql, &[]).await.unwrap();
        if servers.len() == 1 { servers.pop() } else { None }
    })
    .await;
    assert_eq!(server.get::<_, String>(0), app.plex.pms_url());
    assert!(server.get::<_, bool>(1) && server.get::<_, bool>(2));
    let question = "{ servers { machineId } historyTable(limit: 1) { totalCount rows { groupRowId } } }";
    let data = app.admin().data(question).await;
    assert_eq!(data["servers"], json!([{ "machineId": app.plex.machine_id() }]));
    assert_eq!(data["historyTable"]["totalCount"], 5_002);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_of_a_deleted_play_comes_back_with_it() {
    // HIS-15
    let app = stage().await;
    let (admin, client) = (app.admin(), app.database.client().await.unwrap());
    let kept = async || -> Vec<String> {
        let sql = "SELECT to_jsonb(r)::text FROM recorded_plays r UNION ALL SELECT to_jsonb(c)::text FROM recorded_cells c
            UNION ALL SELECT to_jsonb(b)::text FROM bare_plays b ORDER BY 1";
        client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    let before = kept().await;
    assert!(before.len() > 100, "{}", before.len());
    let sql = "SELECT play_id FROM recorded_plays UNION SELECT play_id FROM recorded_cells UNION SELECT play_id FROM bare_plays";
    let rows: Vec<i64> = client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    let edit =
        "mutation($rows: [Long!]!) { deletePlays(rowIds: $rows) { revision { id } problem { message } } }";
    let made = admin.data_with(edit, json!({ "rows": rows })).await["deletePlays"].clone();
    assert_eq!(kept().await, [""; 0], "{made}");
    let undo = "mutation($id: ID!) { undoRevision(id: $id) { revision { undoneAt } problem { message } } }";
    let undone = admin.data_with(undo, json!({ "id": made["revision"]["id"] })).await;
    assert_eq!(kept().await, before, "{undone}");
}
