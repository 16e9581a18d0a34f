//! Bringing a history of the reference here.

mod dirt;
mod file;
mod flow;
mod oracle;
mod recorded;
mod ways;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_domain::SystemClock;
use tautulli_services::importer::{Importer, Outcome, Report, Request};
use tautulli_services::settings::Settings;
use tautulli_testkit::TestDatabase;
use tokio_postgres::Client;
use tokio_util::sync::CancellationToken;

/// A database that nothing serves, and the importer over it.
struct Stage {
    database: TestDatabase,
    pool: Database,
    importer: Arc<Importer>,
}

impl Stage {
    async fn set() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let pool = database.pool().await.unwrap();
        let importer = importer(&pool).await;
        Self { database, pool, importer }
    }

    async fn client(&self) -> Client {
        self.database.client().await.unwrap()
    }

    async fn run(&self, request: &Request) -> Report {
        let outcome = self.try_run(request, &CancellationToken::new()).await.unwrap();
        assert!(outcome.finished);
        outcome.report
    }

    async fn try_run(
        &self,
        request: &Request,
        cancel: &CancellationToken,
    ) -> tautulli_domain::Result<Outcome> {
        self.importer.run(request, &mut |_, _| {}, cancel).await
    }

    async fn number(&self, sql: &str) -> i64 {
        self.client().await.query_one(sql, &[]).await.unwrap().get(0)
    }

    /// Everything that an import leaves behind, without what differs from run to run.
    async fn rows(&self) -> BTreeMap<&'static str, Vec<String>> {
        let client = self.client().await;
        let mut all = BTreeMap::new();
        for (name, sql) in ROWS {
            let found = client.query(&format!("SELECT line::text FROM ({sql}) AS lines(line)"), &[]).await;
            all.insert(*name, found.unwrap().iter().map(|row| row.get(0)).collect());
        }
        all
    }
}

async fn importer(pool: &Database) -> Arc<Importer> {
    let clock = Arc::new(SystemClock);
    let none = BTreeMap::new();
    let settings = Settings::load(pool.clone(), clock.clone(), &none, &none).await.unwrap();
    Arc::new(Importer::new(pool.clone(), Arc::new(settings), clock, "Europe/Berlin", Path::new("/nowhere")))
}

/// A question for the rows of each table. Numbers that the database gives in the order of writing are left out.
const ROWS: &[(&str, &str)] = &[
    (
        "plays",
        "SELECT to_jsonb(p) - '{item_id,snapshot_id,stream_id,user_id,library_id,server_id}'::text[]
           || jsonb_build_object('item', i.guid, 'snapshot', s.digest, 'stream', d.detail, 'user', u.account_id, 'library', l.section_id)
         FROM plays p JOIN stream_details d ON d.id = p.stream_id JOIN items i ON i.id = p.item_id JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id
           LEFT JOIN libraries l ON l.id = p.library_id ORDER BY p.id",
    ),
    (
        "groups",
        "SELECT to_jsonb(g) - '{item_id,user_id,library_id,server_id}'::text[] || jsonb_build_object('item', i.guid, 'user', u.account_id)
         FROM play_groups g JOIN items i ON i.id = g.item_id JOIN users u ON u.id = g.user_id ORDER BY g.id",
    ),
    (
        "items",
        "SELECT to_jsonb(i) - '{id,snapshot_id,server_id}'::text[] || jsonb_build_object('snapshot', s.digest)
         FROM items i JOIN item_snapshots s ON s.id = i.snapshot_id ORDER BY i.guid",
    ),
    ("snapshots", "SELECT to_jsonb(s) - '{id,server_id}'::text[] FROM item_snapshots s ORDER BY digest"),
    ("users", "SELECT to_jsonb(u) - '{id,server_id,updated_at}'::text[] FROM users u ORDER BY account_id"),
    ("libraries", "SELECT to_jsonb(l) - '{id,server_id,updated_at}'::text[] FROM libraries l ORDER BY section_id"),
    ("others", "SELECT to_jsonb(o) - 'source_id' FROM staged.others o ORDER BY table_name, row_id"),
    ("notifiers", "SELECT to_jsonb(n) - 'source_id' FROM staged.notifiers n ORDER BY row_id"),
    ("notify_log", "SELECT to_jsonb(n) - 'source_id' FROM staged.notify_log n ORDER BY row_id"),
    ("recorded", "SELECT to_jsonb(r) FROM recorded_plays r ORDER BY play_id"),
    ("cells", "SELECT to_jsonb(c) FROM recorded_cells c ORDER BY play_id"),
    ("mixed", "SELECT to_jsonb(m) FROM mixed_groups m ORDER BY group_id"),
    ("asides", "SELECT to_jsonb(a) - '{source_id,import_id}'::text[] FROM import_asides a ORDER BY table_name, row_id, reason"),
    ("rollups", "SELECT to_jsonb(r) - '{server_id,library_id,key}'::text[] FROM rollups r WHERE dimension = 1 ORDER BY r"),
];

/// Brings the reference's whole file into a database that nothing serves yet.
pub async fn bring(database: &TestDatabase) {
    let folder = tempfile::tempdir().unwrap();
    bring_file(database, &worn(folder.path())).await;
}

async fn bring_file(database: &TestDatabase, file: &Path) {
    let pool = database.pool().await.unwrap();
    let cancel = CancellationToken::new();
    let outcome = importer(&pool).await.run(&request(file), &mut |_, _| {}, &cancel).await.unwrap();
    assert!(outcome.finished);
}

fn request(file: &Path) -> Request {
    Request { file: file.to_owned(), ..Request::default() }
}

/// Unpacks the reference's file with the wear of an old database.
fn worn(folder: &Path) -> PathBuf {
    use std::io::Read;
    let packed = include_bytes!("../../crates/import/fixtures/tautulli.db.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    let path = folder.join("tautulli.db");
    std::fs::write(&path, bytes).unwrap();
    path
}
