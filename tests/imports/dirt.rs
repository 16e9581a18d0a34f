//! Files as nobody would make them: every rule, every reason, old versions, live files, no files.

use super::{Stage, request};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tautulli_domain::ErrorKind;
use tautulli_services::importer::{Report, TableReport};
use tokio_util::sync::CancellationToken;

/// What a database of the very first version of the second series had, and what it had not.
const OLD: &str = "
    CREATE TABLE session_history (id INTEGER PRIMARY KEY, reference_id INTEGER, started INTEGER, stopped INTEGER, rating_key INTEGER,
      user_id INTEGER, user TEXT, ip_address TEXT, paused_counter INTEGER, player TEXT, platform TEXT, machine_id TEXT, media_type TEXT,
      view_offset INTEGER);
    CREATE TABLE session_history_media_info (id INTEGER PRIMARY KEY, video_decision TEXT, audio_decision TEXT, duration INTEGER);
    CREATE TABLE session_history_metadata (id INTEGER PRIMARY KEY, rating_key INTEGER, title TEXT, media_type TEXT, section_id INTEGER,
      duration INTEGER, guid TEXT);
    CREATE TABLE users (id INTEGER PRIMARY KEY, user_id INTEGER, username TEXT, friendly_name TEXT);
    CREATE TABLE library_sections (id INTEGER PRIMARY KEY, server_id TEXT, section_id INTEGER, section_name TEXT, section_type TEXT);
    INSERT INTO library_sections VALUES (1, 'machine', 1, 'Films', 'movie');
    INSERT INTO users VALUES (1, 10, 'ann', 'Annie');";

fn made(folder: &Path, sql: &str) -> PathBuf {
    let path = folder.join("tautulli.db");
    Connection::open(&path).unwrap().execute_batch(&format!("{OLD}{sql}")).unwrap();
    path
}

async fn imported(sql: &str) -> (Stage, Report) {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::set().await;
    let report = stage.run(&request(&made(folder.path(), sql))).await;
    (stage, report)
}

fn table<'a>(report: &'a Report, name: &str) -> &'a TableReport {
    report.tables.iter().find(|table| table.name == name).unwrap()
}

/// A play with all three of its rows; `facts` are id, reference, start, stop, key, user, pause, offset.
fn play(id: i64, facts: &str) -> String {
    format!(
        "INSERT INTO session_history (id, reference_id, started, stopped, rating_key, user_id, paused_counter, view_offset, media_type)
           VALUES ({id}, {facts}, 'movie');
         INSERT INTO session_history_metadata VALUES ({id}, 5, 'Film', 'movie', 1, 6000000, 'plex://movie/5');
         INSERT INTO session_history_media_info VALUES ({id}, 'direct play', 'direct play', 6000000);"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dirt_has_its_rule() {
    let plays = [
        (1, "1, 1000, 1600, 5, 10, 0, 60000", "decision_missing"),
        (2, "2, '1000', 1600, 5, 10, 0, 0", ""),
        (3, "3, 2000, NULL, 5, 10, 0, 0", "stop_missing"),
        (4, "4, 2000, 1000, 5, 10, 0, 0", "stop_before_start"),
        (5, "5, NULL, 1600, 5, 10, 0, 0", "start_missing"),
        (6, "6, 1000, 1600, 5, 10, -5, 0", "negative_pause"),
        (7, "7, 1000, 1600, 5, 10, 9000, 0", "pause_beyond_play"),
        (8, "8, 1000, 1600, 5, 10, 0, -1", "negative_offset"),
        (9, "NULL, 1000, 1600, 5, 10, 0, 0", "group_missing"),
        (10, "10, 1000, 1600, 5, NULL, 0, 0", "user_missing"),
        (11, "11, 1000.5, 1600, 5, 10, 0, 0", "fraction_cut"),
        (12, "12, 1000, 1600, 5, 10, 'long', 0", "word_for_number"),
        (13, "13, 1000, 1600, CAST(x'35ff' AS TEXT), 10, 0, 0", "invalid_utf8"),
        (14, "14, 1000, 1600, '5' || char(0), 10, 0, 0", "nul_in_text"),
        (15, "15, 1000, 99999999999, 5, 10, 0, 0", "stop_missing"),
        (16, "9999, 1000, 1600, 5, 10, 0, 0", "group_missing"),
    ];
    let sql: String = plays.iter().map(|(id, facts, _)| play(*id, facts)).collect();
    let (stage, report) = imported(&sql).await;
    let history = table(&report, "session_history");
    for (id, _, rule) in plays.iter().filter(|(_, _, rule)| !rule.is_empty()) {
        assert!(history.repaired.contains_key(*rule), "play {id}: {rule} in {:?}", history.repaired);
    }
    assert_eq!((history.read, history.written, history.asides()), (16, 16, 0));
    assert!(report.matches(), "{:?} {:?}", report.source, report.target);
    assert_eq!(
        stage
            .number("SELECT count(*) FROM plays p JOIN users u ON u.id = p.user_id WHERE u.account_id = -1")
            .await,
        1
    );
    assert_eq!(
        stage
            .number(
                "SELECT count(*) FROM plays p JOIN libraries l ON l.id = p.library_id WHERE l.section_id = 1"
            )
            .await,
        16
    );
    assert_eq!(stage.number("SELECT percent_complete::bigint FROM plays WHERE id = 1").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_play_is_set_aside_with_its_content() {
    let sql = [
        play(1, "1, 1000, 1600, 5, 10, 0, 0"),
        "INSERT INTO session_history (id, started, stopped, rating_key, user_id) VALUES (2, 0, NULL, 5, 10);
         INSERT INTO session_history (id, started, stopped, rating_key, user_id) VALUES (3, 1000, 1600, 0, 10);
         INSERT INTO session_history (id, started, stopped, rating_key, user_id) VALUES (4, 1000, 1600, 77, 99);
         INSERT INTO session_history_metadata (id, title) VALUES (50, 'An orphan');
         INSERT INTO session_history_media_info (id, duration) VALUES (51, 5);
         INSERT INTO users VALUES (2, NULL, 'nobody', ''), (3, 10, 'ann again', '');
         CREATE TABLE of_a_fork (a, b); INSERT INTO of_a_fork VALUES (1, x'00ff'), ('x', 2.5);"
            .to_owned(),
    ];
    let (stage, report) = imported(&sql.concat()).await;
    assert_eq!(
        table(&report, "session_history").aside,
        [("no_item".to_owned(), 1), ("no_time".to_owned(), 1)].into()
    );
    assert_eq!(table(&report, "session_history_metadata (strays)").aside, [("no_play".to_owned(), 1)].into());
    assert_eq!(
        table(&report, "session_history_media_info (strays)").aside,
        [("no_play".to_owned(), 1)].into()
    );
    assert_eq!(
        table(&report, "users").aside,
        [("duplicate".to_owned(), 1), ("no_number".to_owned(), 1)].into()
    );
    assert!(report.matches(), "{:?} {:?} {:?}", report.source, report.aside, report.target);
    assert_eq!(report.aside.plays, 2);
    let client = stage.client().await;
    let rows = client
        .query("SELECT table_name, row_id, raw::text FROM import_asides ORDER BY 1, 2", &[])
        .await
        .unwrap();
    let told: Vec<(String, i64, String)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    assert_eq!(told.len(), 6);
    assert!(told.iter().any(|(_, id, raw)| *id == 50 && raw.contains("An orphan")), "{told:?}");
    assert_eq!(stage.number("SELECT count(*) FROM staged.others WHERE table_name = 'of_a_fork'").await, 2);
    // Somebody who played and is not among the users is added, inactive.
    assert_eq!(stage.number("SELECT count(*) FROM users WHERE account_id = 99 AND NOT is_active").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_first_play_does_not_part_its_group() {
    let sql = play(5, "3, 1000, 1600, 5, 10, 0, 0") + &play(6, "3, 2000, 2600, 5, 10, 0, 0");
    let (stage, report) = imported(&sql).await;
    assert!(!table(&report, "session_history").repaired.contains_key("group_missing"));
    assert_eq!(stage.number("SELECT count(*) FROM play_groups WHERE id = 3 AND play_count = 2").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_without_keys_are_read_too() {
    // As after a repair by hand: nothing is unique any more.
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path(), &play(1, "1, 1000, 1600, 5, 10, 0, 0"));
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "CREATE TABLE h AS SELECT * FROM session_history; DROP TABLE session_history; ALTER TABLE h RENAME TO session_history;
         INSERT INTO session_history SELECT * FROM session_history;
         INSERT INTO session_history (id, started, stopped, rating_key) VALUES (NULL, 1000, 1600, 5), ('x', 1000, 1600, 5);",
    )
    .unwrap();
    let stage = Stage::set().await;
    let report = stage.run(&request(&path)).await;
    let history = table(&report, "session_history");
    assert_eq!((history.read, history.written), (2, 1));
    assert_eq!(history.aside, [("duplicate".to_owned(), 1)].into());
    assert_eq!(table(&report, "session_history (strays)").aside, [("no_number".to_owned(), 2)].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_written_to_meanwhile_is_imported_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path(), &play(1, "1, 1000, 1600, 5, 10, 0, 0"));
    let writer = Connection::open(&path).unwrap();
    writer.pragma_update(None, "journal_mode", "wal").unwrap();
    writer.execute_batch(&play(2, "2, 2000, 2600, 5, 10, 0, 0")).unwrap();
    let stage = Stage::set().await;
    let report = stage.run(&request(&path)).await;
    assert_eq!(report.target.plays, 2, "what is in the log alone is there too");
    drop(writer);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_database_of_tautulli_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::set().await;
    let refused = async |name: &str| {
        let asked = request(&folder.path().join(name));
        stage.try_run(&asked, &CancellationToken::new()).await.unwrap_err()
    };
    assert_eq!(refused("missing.db").await.kind(), ErrorKind::NotFound);
    std::fs::write(folder.path().join("text.db"), "no database").unwrap();
    assert!(refused("text.db").await.outer().contains("no SQLite database"));
    Connection::open(folder.path().join("other.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(refused("other.db").await.outer().contains("not a database of Tautulli"));
    let silent = made(folder.path(), "DELETE FROM library_sections;");
    let why = stage.try_run(&request(&silent), &CancellationToken::new()).await.unwrap_err();
    assert!(why.outer().contains("which media server"), "{why}");
    assert_eq!(stage.number("SELECT count(*) FROM imports").await, 0);
}
