//! Real servers in throw-away folders: started, restarted, killed, taken over.

use super::*;
use crate::{PostgresError, Profile};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_postgres::{Client, NoTls};

const PATIENCE: Duration = Duration::from_secs(60);
const CHILD_FOLDER: &str = "CLUSTER_TEST_CHILD_FOLDER";

/// A folder that the system user `postgres` can pass through.
fn folder() -> TempDir {
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn config(root: &Path) -> Config {
    Config::new(root.join("postgres"), Profile::Test)
}

async fn start(root: &Path) -> Cluster {
    Cluster::start(config(root)).await.unwrap()
}

async fn connect(cluster: &Cluster, database: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(&cluster.url(database), NoTls).await.unwrap();
    tokio::spawn(async move { drop(connection.await) });
    client
}

fn pid(cluster: &Cluster) -> i32 {
    match *cluster.state().borrow() {
        State::Running { pid } => pid,
        other => panic!("not running: {other:?}"),
    }
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("never happened: {what}"));
}

#[tokio::test]
async fn keeps_what_was_written() {
    let root = folder();
    let unfinished = root.path().join("postgres/data.new");
    fs::create_dir_all(unfinished.join("left by a crash")).unwrap();
    let config = Config::new(root.path().join("postgres"), Profile::Service);
    let cluster = Cluster::start(config.clone()).await.unwrap();
    cluster.ensure_database("odd \"name\" & more").await.unwrap();
    cluster.ensure_database("odd \"name\" & more").await.unwrap();
    let client = connect(&cluster, "odd \"name\" & more").await;
    client.batch_execute("CREATE TABLE plays AS SELECT 'ärger' AS title").await.unwrap();
    drop(client);
    cluster.stop().await.unwrap();
    cluster.stop().await.unwrap();
    assert_eq!(*cluster.state().borrow(), State::Stopped);
    assert!(!unfinished.exists());
    assert_eq!(fs::metadata(root.path().join("postgres")).unwrap().mode() & 0o777, 0o700);

    let cluster = Cluster::start(config).await.unwrap();
    let client = connect(&cluster, "odd \"name\" & more").await;
    let row =
        client.query_one("SELECT upper(title), current_setting('fsync') FROM plays", &[]).await.unwrap();
    assert_eq!((row.get::<_, &str>(0), row.get::<_, &str>(1)), ("ÄRGER", "on"));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn packs_the_log_by_the_fastest_way_that_the_server_knows() {
    let root = folder();
    let config = Config::new(root.path().join("postgres"), Profile::Service);
    let cluster = Cluster::start(config).await.unwrap();
    for _ in 0..2 {
        cluster.ensure_database("a \"b\"").await.unwrap();
        let client = connect(&cluster, "a \"b\"").await;
        let sql = "SELECT setting, 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'wal_compression'";
        let row = client.query_one(sql, &[]).await.unwrap();
        let knows_lz4 = row.get::<_, Option<bool>>(1).unwrap_or_default();
        assert_eq!(row.get::<_, &str>(0) == "lz4", knows_lz4, "{row:?}");
        assert_ne!(row.get::<_, &str>(0), "off");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn comes_back_when_killed() {
    let root = folder();
    let mut config = config(root.path());
    config.settings.push(("synchronous_commit".into(), "on".into()));
    let cluster = Cluster::start(config).await.unwrap();
    let client = connect(&cluster, "postgres").await;
    client.batch_execute("CREATE TABLE plays (id int); INSERT INTO plays VALUES (1)").await.unwrap();
    let first = pid(&cluster);
    let mut states = cluster.state();
    for _ in 0..2 {
        let before = pid(&cluster);
        send(Pid::from_raw(before).unwrap(), Signal::KILL);
        let back = states.wait_for(|state| matches!(state, State::Running { pid } if *pid != before));
        timeout(PATIENCE, back).await.unwrap().unwrap();
    }
    assert_ne!(pid(&cluster), first);
    let client = connect(&cluster, "postgres").await;
    assert_eq!(client.query("SELECT * FROM plays", &[]).await.unwrap().len(), 1);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn takes_over_what_was_left_running() {
    let root = folder();
    let cluster = start(root.path()).await;
    let before = pid(&cluster);
    cluster.leave_running().await.unwrap();
    let cluster = start(root.path()).await;
    assert_eq!(pid(&cluster), before);
    connect(&cluster, "postgres").await;
    // One that was taken over is watched like one's own.
    send(Pid::from_raw(before).unwrap(), Signal::KILL);
    let mut states = cluster.state();
    let back = states.wait_for(|state| matches!(state, State::Running { pid } if *pid != before));
    timeout(PATIENCE, back).await.unwrap().unwrap();
    let after = Pid::from_raw(pid(&cluster)).unwrap();
    cluster.leave_running().await.unwrap();
    let cluster = start(root.path()).await;
    cluster.stop().await.unwrap();
    let data = root.path().canonicalize().unwrap().join("postgres/data");
    assert!(!crate::pidfile::inhabits(after, &data));
}

/// Run again by itself as the process that gets killed.
#[tokio::test]
async fn survives_the_killing_of_its_parent() {
    if let Some(root) = std::env::var_os(CHILD_FOLDER) {
        let cluster = start(Path::new(&root)).await;
        println!("\nserver {}", pid(&cluster));
        return std::future::pending().await;
    }
    let root = folder();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "cluster::tests::survives_the_killing_of_its_parent", "--nocapture"])
        .env(CHILD_FOLDER, root.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(|line| line.ok());
    let server: i32 =
        lines.find_map(|line| line.strip_prefix("server ").map(str::to_owned)).unwrap().parse().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let cluster = start(root.path()).await;
    assert_eq!(pid(&cluster), server);
    connect(&cluster, "postgres").await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn ends_when_dropped() {
    let root = folder();
    let cluster = start(root.path()).await;
    let pid_file = root.path().join("postgres/data/postmaster.pid");
    assert!(pid_file.exists());
    drop(cluster);
    until("the server ended", || !pid_file.exists()).await;
}

#[tokio::test]
async fn refuses_a_second_owner() {
    let root = folder();
    let cluster = start(root.path()).await;
    let error = Cluster::start(config(root.path())).await.unwrap_err();
    let me = i32::try_from(std::process::id()).unwrap();
    assert!(matches!(error, PostgresError::InUse { pid: Some(pid), .. } if pid == me), "{error}");
    connect(&cluster, "postgres").await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn works_where_no_socket_could_have_the_path_as_its_name() {
    let root = folder();
    let deep = root.path().join("a folder, with a comma").join("x".repeat(120));
    fs::create_dir_all(&deep).unwrap();
    let cluster = start(&deep).await;
    connect(&cluster, "postgres").await;
    let socket_dir = cluster.socket_dir.clone();
    cluster.stop().await.unwrap();
    fs::remove_dir(socket_dir).unwrap();
}

#[tokio::test]
async fn refuses_data_of_another_version_and_changes_nothing() {
    let root = folder();
    let data = root.path().join("postgres/data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("PG_VERSION"), "99\n").unwrap();
    let error = Cluster::start(config(root.path())).await.unwrap_err();
    assert!(matches!(error, PostgresError::VersionMismatch { cluster: 99, .. }), "{error}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
}

#[tokio::test]
async fn says_what_is_missing() {
    let root = folder();
    let mut config = config(root.path());
    config.binaries = Some(root.path().join("nothing here"));
    let error = Cluster::start(config).await.unwrap_err().to_string();
    assert!(error.contains("nothing here") && error.contains("apt-get install postgresql"), "{error}");
}

#[tokio::test]
async fn tells_why_the_server_would_not_start() {
    let root = folder();
    let mut config = config(root.path());
    config.settings.push(("shared_buffers".into(), "plenty".into()));
    let error = Cluster::start(config).await.unwrap_err();
    assert!(matches!(error, PostgresError::Startup { .. }), "{error}");
    assert!(error.to_string().contains("invalid value for parameter \"shared_buffers\""), "{error}");
    start(root.path()).await.stop().await.unwrap();
}

#[tokio::test]
async fn backs_up_whole_or_not_at_all() {
    let root = folder();
    let cluster = start(root.path()).await;
    cluster.ensure_database("plays").await.unwrap();
    let file = root.path().join("plays.dump");
    cluster.pg_dump("plays", &file).await.unwrap();
    let whole = fs::read(&file).unwrap();
    assert!(whole.starts_with(b"PGDMP"));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    let error = cluster.pg_dump("absent", &file).await.unwrap_err();
    assert!(matches!(&error, PostgresError::Dump(said) if said.contains("absent")), "{error}");
    assert_eq!(fs::read(&file).unwrap(), whole);
    assert!(!root.path().join("plays.dump.partial").exists());
    cluster.stop().await.unwrap();
}
