use super::*;
use chrono::DateTime;
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use tautulli_domain::ErrorKind;
use tautulli_domain::media::{Decision, MediaKind};

/// A real file of the reference with two years of a made-up household and the wear of an old database.
fn fixture() -> (tempfile::TempDir, PathBuf) {
    let packed = include_bytes!("../fixtures/tautulli.db.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tautulli.db");
    std::fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    (folder, path)
}

fn plays(source: &Source) -> (Vec<ImportedPlay>, Vec<SetAside>) {
    let mut pages = Plays::after(source, i64::MIN);
    let (mut read, mut aside) = (Vec::new(), Vec::new());
    loop {
        let page = pages.page(700).unwrap();
        if page.is_empty() {
            return (read, aside);
        }
        for row in page {
            match row {
                Read::Play(play) => read.push(*play),
                Read::Aside { reason, .. } => aside.push(reason),
            }
        }
    }
}

fn by_rule<'a>(repairs: impl IntoIterator<Item = &'a Repair>) -> BTreeMap<Rule, usize> {
    let mut counts = BTreeMap::new();
    for repair in repairs {
        *counts.entry(repair.rule).or_default() += 1;
    }
    counts
}

#[test]
fn every_row_of_a_worn_database_is_a_play_or_set_aside() {
    let (_folder, path) = fixture();
    let source = Source::open(&path).unwrap();
    assert_eq!(source.version(), "v2.17.2");
    let (read, aside) = plays(&source);
    assert_eq!((read.len(), aside.len()), (5_002, 0));
    let rules = by_rule(read.iter().flat_map(|play| &play.repairs));
    println!("{rules:#?}");
    let of = |rule| rules.get(&rule).copied().unwrap_or(0);
    assert_eq!(of(Rule::StopBeforeStart), 8);
    assert_eq!(of(Rule::StopMissing), 10, "zero and NULL");
    assert_eq!(of(Rule::NegativePause), 6);
    assert_eq!(of(Rule::InvalidUtf8), 3);
    assert_eq!(of(Rule::NulInText), 2);
    assert_eq!((of(Rule::DescriptionMissing), of(Rule::StreamMissing)), (8, 8));
    assert!(of(Rule::UserMissing) >= 4 && of(Rule::GroupMissing) >= 6);
    assert!(read.windows(2).all(|pair| pair[0].row_id < pair[1].row_id), "oldest row first");
    for play in &read {
        assert!(play.stopped_at >= play.started_at && play.paused_ms >= 0 && play.view_offset_ms >= 0);
        assert!(play.paused_ms <= (play.stopped_at - play.started_at).num_milliseconds());
    }
}

#[test]
fn cells_that_cannot_be_taken_are_given_as_they_lie() {
    let (_folder, path) = fixture();
    let (read, _) = plays(&Source::open(&path).unwrap());
    let conn = Connection::open(&path).unwrap();
    let rows = |query: &str| -> Vec<i64> {
        let mut statement = conn.prepare(query).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let told = |column: &str| -> Vec<i64> {
        read.iter().filter(|play| play.cells.contains_key(column)).map(|play| play.row_id).collect()
    };
    for column in ["ip_address", "platform", "product", "player", "machine_id", "location"] {
        let nothing = format!("SELECT id FROM session_history WHERE {column} IS NULL ORDER BY id");
        assert_eq!(told(column), rows(&nothing), "{column}");
        assert!(read.iter().all(|play| play.cells.get(column).is_none_or(serde_json::Value::is_null)));
    }
    let undecided = "SELECT h.id FROM session_history h LEFT JOIN session_history_media_info m ON m.id = h.id
        WHERE coalesce(trim(m.transcode_decision), '') = '' ORDER BY h.id";
    let said = told("transcode_decision");
    assert!(rows(undecided).iter().all(|row| said.contains(row)) && !rows(undecided).is_empty());
    // A word in the place of a number, and nothing; an empty word is none.
    for column in ["year", "media_index", "parent_media_index"] {
        let words = format!(
            "SELECT id FROM session_history_metadata WHERE (({column} <> '' AND typeof({column}) = 'text' AND {column} GLOB '*[^0-9]*') \
               OR {column} IS NULL) AND id IN (SELECT id FROM session_history) ORDER BY id"
        );
        assert_eq!(told(column), rows(&words), "{column}");
    }
    let lengths = "SELECT id FROM session_history_metadata WHERE coalesce(duration, '') = '' AND id IN (SELECT id FROM session_history) ORDER BY id";
    assert_eq!(told("item_duration"), rows(lengths));
    let keys = "SELECT h.id FROM session_history h JOIN session_history_metadata m ON m.id = h.id
        WHERE h.rating_key <> m.rating_key AND typeof(m.rating_key) = 'integer' ORDER BY h.id";
    assert_eq!(told("rating_key"), rows(keys));
    // What is beyond its end, or has none, got that much further there.
    let beyond = "SELECT h.id FROM session_history h JOIN session_history_metadata m ON m.id = h.id
        WHERE h.view_offset * 100 / CASE WHEN coalesce(m.duration, '') IN ('', 0) THEN 1 ELSE m.duration END > 100 ORDER BY h.id";
    let further = read.iter().filter(|play| play.recorded.is_some_and(|recorded| recorded.percent.is_some()));
    assert_eq!(further.map(|play| play.row_id).collect::<Vec<_>>(), rows(beyond));
    // Most plays are as they lie.
    assert!(read.iter().filter(|play| play.cells.is_empty()).count() > 4_800);
}

#[test]
fn what_is_read_is_what_lies_there() {
    let (_folder, path) = fixture();
    let source = Source::open(&path).unwrap();
    let (read, _) = plays(&source);
    let play = read.iter().find(|play| play.row_id == 100).unwrap();
    let alike =
        |other: &&ImportedPlay| std::sync::Arc::ptr_eq(&other.about, &play.about) && other.item.is_some();
    let item = read.iter().find(alike).and_then(|first| first.item.as_deref()).unwrap();
    assert_eq!(play.started_at, DateTime::from_timestamp(1_720_932_634, 0).unwrap());
    assert_eq!((play.account_id, play.user_name.as_str()), (Some(1_000_607), "homebody"));
    assert_eq!((item.kind, item.rating_key.as_str(), item.year), (MediaKind::Movie, "19", Some(1997)));
    assert_eq!(item.actors.len(), 9);
    assert_eq!(item.credits(), (Some(10_584_974), Some(10_584_974)));
    assert_eq!(play.decision, Decision::DirectPlay);
    assert_eq!(play.stream.source.full_resolution, "1080p");
    assert!(play.stream.transcode.is_none() && play.player.secure == Some(true));
    // Sums over everything that needed no repair equal the file's own.
    let conn = Connection::open(&path).unwrap();
    let sound =
        "typeof(started) = 'integer' AND typeof(stopped) = 'integer' AND stopped >= started AND started > 0
        AND coalesce(paused_counter, 0) BETWEEN 0 AND stopped - started";
    let query = format!(
        "SELECT count(*), sum(stopped - started), sum(coalesce(paused_counter, 0)) FROM session_history WHERE {sound}"
    );
    let theirs: (i64, i64, i64) =
        conn.query_row(&query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let timed = [
        Rule::StopMissing,
        Rule::StopBeforeStart,
        Rule::StartMissing,
        Rule::NegativePause,
        Rule::PauseBeyondPlay,
    ];
    let ours = read
        .iter()
        .filter(|play| play.repairs.iter().all(|repair| !timed.contains(&repair.rule)))
        .fold((0, 0, 0), |(count, length, pause), play| {
            (
                count + 1,
                length + (play.stopped_at - play.started_at).num_seconds(),
                pause + play.paused_ms / 1_000,
            )
        });
    assert_eq!(ours, theirs);
}

#[test]
fn people_and_everything_else_is_read_too() {
    let (_folder, path) = fixture();
    let source = Source::open(&path).unwrap();
    let (users, nobody) = source.users().unwrap();
    assert_eq!((users.len(), nobody.len()), (10, 1), "one row has no number");
    assert_eq!(users.iter().filter(|user| user.is_admin).count(), 1);
    let (libraries, _) = source.libraries().unwrap();
    assert_eq!(libraries.len(), 10);
    for table in STAGED {
        let mut after = 0;
        let mut count = 0;
        loop {
            let page = source.staged(table, after, 100).unwrap();
            let Some(last) = page.last() else { break };
            after = last.row_id;
            count += page.len();
            let own = |name: &String| table.columns.iter().any(|(column, _)| column == name);
            assert!(
                page.iter().all(|row| row.cells.len() == table.columns.len() && row.others.keys().all(own))
            );
        }
        assert_eq!(i64::try_from(count).unwrap(), source.count(table.name).unwrap(), "{}", table.name);
    }
}

#[test]
fn an_older_file_has_fewer_columns_and_tables() {
    let (_folder, path) = fixture();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TABLE exports; DROP INDEX idx_session_history_section_id_stopped; DROP INDEX idx_session_history_section_id; DROP INDEX idx_session_history_metadata_live; ALTER TABLE session_history DROP COLUMN section_id; ALTER TABLE session_history_metadata DROP COLUMN live;
         ALTER TABLE session_history_media_info DROP COLUMN stream_video_dynamic_range; ALTER TABLE users DROP COLUMN is_active;
         ALTER TABLE notifiers ADD COLUMN on_somethingelse TEXT DEFAULT 'x';",
    )
    .unwrap();
    drop(conn);
    let source = Source::open(&path).unwrap();
    assert_eq!(plays(&source).0.len(), 5_002);
    assert!(source.users().unwrap().0.iter().all(|user| user.is_active));
    let named = |name: &str| STAGED.iter().find(|table| table.name == name).unwrap();
    assert!(source.staged(named("exports"), 0, 10).unwrap().is_empty());
    assert_eq!(source.staged(named("notifiers"), 0, 10).unwrap()[0].others["on_somethingelse"], "x");
}

#[test]
fn a_live_file_is_read_as_it_was_at_the_beginning() {
    let (_folder, path) = fixture();
    let writer = Connection::open(&path).unwrap();
    writer.pragma_update(None, "journal_mode", "wal").unwrap();
    writer
        .execute_batch(
            "INSERT INTO session_history (started, stopped, rating_key) VALUES (1700000000, 1700000100, 1)",
        )
        .unwrap();
    let source = Source::open(&path).unwrap();
    writer
        .execute_batch(
            "INSERT INTO session_history (started, stopped, rating_key) VALUES (1700000000, 1700000100, 1)",
        )
        .unwrap();
    assert_eq!(plays(&source).0.len(), 5_003);
}

#[test]
fn what_is_no_database_of_the_reference_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| {
        Source::open(&folder.path().join(name)).and_then(|source| source.integrity()()).unwrap_err()
    };
    assert_eq!(open("missing.db").kind(), ErrorKind::NotFound);
    std::fs::write(folder.path().join("text.db"), "hello, this is no database at all").unwrap();
    assert!(open("text.db").outer().contains("no SQLite database"));
    std::fs::write(folder.path().join("short.db"), "SQLite").unwrap();
    assert!(open("short.db").outer().contains("no SQLite database"));
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    assert!(open("other.db").outer().contains("no table session_history"));
    let (_fixture, path) = fixture();
    let mut bytes = std::fs::read(path).unwrap();
    for place in (8_192..bytes.len()).step_by(4_096) {
        bytes[place..place + 64].fill(0xff);
    }
    std::fs::write(folder.path().join("torn.db"), bytes).unwrap();
    assert_eq!(open("torn.db").kind(), ErrorKind::Invalid);
}

/// Anything that SQLite can hold.
fn value() -> impl Strategy<Value = rusqlite::types::Value> {
    use rusqlite::types::Value;
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_map(Value::Real),
        "\\PC{0,20}".prop_map(Value::Text),
        "-?[0-9]{1,20}(\\.[0-9]{1,3})?".prop_map(Value::Text),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(Value::Blob),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_cell_breaks_the_reading(cells in proptest::collection::vec(value(), 24)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.db");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(
            "CREATE TABLE users (user_id, username, friendly_name, shared_libraries);
             CREATE TABLE session_history (id INTEGER PRIMARY KEY, reference_id, started, stopped, rating_key, user_id, user, paused_counter, view_offset, media_type);
             CREATE TABLE session_history_media_info (id INTEGER PRIMARY KEY, transcode_decision, video_decision, bitrate, duration);
             CREATE TABLE session_history_metadata (id INTEGER PRIMARY KEY, title, guid, year, actors, live, marker_credits_first);",
        ).unwrap();
        let mut cells = cells.into_iter();
        let mut insert = |table: &str, count: usize, numbered: bool| {
            let first = if numbered { "7, " } else { "" };
            let marks = vec!["?"; count].join(", ");
            let values: Vec<_> = cells.by_ref().take(count).collect();
            conn.execute(&format!("INSERT INTO {table} VALUES ({first}{marks})"), rusqlite::params_from_iter(values)).unwrap();
        };
        insert("users", 4, false);
        insert("session_history", 9, true);
        insert("session_history_media_info", 4, true);
        insert("session_history_metadata", 6, true);
        let source = Source::open(&path).unwrap();
        let (users, aside) = source.users().unwrap();
        prop_assert_eq!(users.len() + aside.len(), 1);
        let (read, aside) = plays(&source);
        prop_assert_eq!(read.len() + aside.len(), 1);
        for play in read {
            prop_assert!(play.stopped_at >= play.started_at && play.paused_ms >= 0);
            prop_assert!(!serde_json::to_string(&play.item).unwrap().contains("\\u0000"));
        }
    }
}
