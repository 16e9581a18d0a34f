//! The real file: everything in it arrives, and the sums agree with SQL on the file.

use super::{Stage, request, worn};
use rusqlite::Connection;
use tautulli_import::{Cell, STAGED};

fn ask(path: &std::path::Path, sql: &str) -> i64 {
    Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worn_database_arrives_whole() {
    // OPS-03
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let stage = Stage::set().await;
    let report = stage.run(&request(&path)).await;
    println!("{}", serde_json::to_string_pretty(&report).unwrap());
    assert!(report.matches(), "{:?} {:?} {:?}", report.source, report.aside, report.target);
    assert_eq!(report.source.plays, ask(&path, "SELECT count(*) FROM session_history"));
    assert_eq!(stage.number("SELECT count(*) FROM plays").await, 5_002);
    // The same sum as anyone would write it, over rows whose times are sound.
    let sound =
        "typeof(started) = 'integer' AND typeof(stopped) = 'integer' AND stopped >= started AND started > 0
        AND coalesce(paused_counter, 0) BETWEEN 0 AND stopped - started";
    let theirs = ask(
        &path,
        &format!(
            "SELECT sum(stopped - started - coalesce(paused_counter, 0)) FROM session_history WHERE {sound}"
        ),
    );
    let ids: Vec<String> = {
        let conn = Connection::open(&path).unwrap();
        let mut statement = conn.prepare(&format!("SELECT id FROM session_history WHERE {sound}")).unwrap();
        let ids = statement.query_map([], |row| row.get::<_, i64>(0)).unwrap();
        ids.map(|id| id.unwrap().to_string()).collect()
    };
    let ours = format!("SELECT sum(played_ms)::bigint / 1000 FROM plays WHERE id IN ({})", ids.join(","));
    assert_eq!(stage.number(&ours).await, theirs);
    for table in report.tables.iter().filter(|table| STAGED.iter().any(|staged| staged.name == table.name)) {
        let here = stage.number(&format!("SELECT count(*) FROM staged.{}", table.name)).await;
        assert_eq!((here, table.read), (table.rows, table.rows), "{}", table.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_ids_and_groups_are_kept_as_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let stage = Stage::set().await;
    stage.run(&request(&path)).await;
    let client = stage.client().await;
    let conn = Connection::open(&path).unwrap();
    let mut statement = conn
        .prepare("SELECT id, reference_id FROM session_history WHERE reference_id <= id ORDER BY id")
        .unwrap();
    let theirs: Vec<(i64, i64)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let rows = client.query("SELECT id, group_id FROM plays ORDER BY id", &[]).await.unwrap();
    let ours: std::collections::BTreeMap<i64, i64> =
        rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert!(theirs.len() > 4_900);
    for (id, group) in theirs {
        assert_eq!(ours.get(&id), Some(&group), "play {id}");
    }
    assert_eq!(wrong_groups(&stage).await, 0);
    let next = stage.number("SELECT nextval('plays_id_seq')").await;
    assert!(next > 5_008, "new plays come after all imported ones: {next}");
}

/// Groups whose sums are not those of their plays.
pub(super) async fn wrong_groups(stage: &Stage) -> i64 {
    stage
        .number(
            "SELECT count(*) FROM play_groups g FULL JOIN (
               SELECT group_id, count(*) n, sum(played_ms)::bigint played, sum(paused_ms)::bigint paused, max(started_at) date,
                 min(started_at) first, max(stopped_at) last, max(percent_complete) percent, max(watched_quarters) quarters,
                 (array_agg(id ORDER BY started_at DESC, id DESC))[1] newest,
                 (array_agg(id ORDER BY percent_complete DESC, id DESC))[1] furthest FROM plays GROUP BY group_id
             ) p ON p.group_id = g.id
             WHERE (g.play_count, g.played_ms, g.paused_ms, g.date, g.started_at, g.stopped_at, g.percent_complete, g.watched_quarters,
                 g.newest_play_id, g.furthest_play_id)
               IS DISTINCT FROM (p.n, p.played, p.paused, p.date, p.first, p.last, p.percent, p.quarters, p.newest, p.furthest)",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_staged_table_has_the_columns_of_the_file() {
    let stage = Stage::set().await;
    let rows = stage
        .client()
        .await
        .query(
            "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = 'staged'
             AND table_name <> 'others' AND column_name NOT IN ('source_id', 'row_id', 'others') ORDER BY 1, ordinal_position",
            &[],
        )
        .await
        .unwrap();
    let real: Vec<(String, String, String)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    let kind = |cell: Cell| if cell == Cell::Int { "bigint" } else { "text" };
    let mut listed: Vec<&tautulli_import::StagedTable> = STAGED.iter().collect();
    listed.sort_by_key(|table| table.name);
    let wanted: Vec<(String, String, String)> = listed
        .iter()
        .flat_map(|table| table.columns.iter().map(|(name, cell)| (table.name, *name, kind(*cell))))
        .map(|(table, column, kind)| (table.to_owned(), column.to_owned(), kind.to_owned()))
        .collect();
    assert_eq!(real, wanted);
}
