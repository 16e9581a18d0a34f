//! Starting the real program, and what it says and returns when it cannot.

use crate::support::process::{Service, folder, free_port, run};
use crate::support::until;
use std::process::Output;

fn says(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn port(number: u16) -> Vec<(&'static str, String)> {
    vec![("TAUTULLI_HTTP_PORT", number.to_string()), ("TAUTULLI_HTTP_HOST", "127.0.0.1".to_owned())]
}

async fn status(port: u16, path: &str) -> Option<u16> {
    let url = format!("http://127.0.0.1:{port}{path}");
    Some(crate::support::http().get(url).send().await.ok()?.status().as_u16())
}

async fn until_ready(port: u16, root: &str) {
    let path = format!("{root}/readyz");
    until("the service", async || (status(port, &path).await == Some(200)).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_stops_starts_again_and_is_healthy() {
    let (dir, number) = (folder(), free_port());
    let data = dir.path().join("data");
    let service = Service::start(&data, &port(number));
    until_ready(number, "").await;
    assert_eq!(status(number, "/healthz").await, Some(200));
    assert_eq!(status(number, "/status").await, Some(200));
    assert_eq!(run(&data, &["healthcheck"], &port(number)).status.code(), Some(0));
    let second = run(&data, &["serve"], &port(free_port()));
    assert_eq!(second.status.code(), Some(4), "{}", says(&second));
    assert!(says(&second).contains("in use"), "{}", says(&second));
    let backup = run(&data, &["backup"], &port(number));
    assert_eq!(backup.status.code(), Some(0), "{}", says(&backup));
    let file = String::from_utf8(backup.stdout).unwrap();
    assert!(std::fs::metadata(file.trim()).unwrap().len() > 1_000);
    assert_eq!(service.terminate(), Some(0));
    assert_eq!(run(&data, &["healthcheck"], &port(number)).status.code(), Some(7));
    let again =
        Service::start(&data, &[port(number), vec![("TAUTULLI_HTTP_ROOT", "/plays".to_owned())]].concat());
    until_ready(number, "/plays").await;
    assert_eq!(again.terminate(), Some(0));
    for folder in ["logs", "cache", "backups", "exports", "newsletters", "certs"] {
        assert!(data.join(folder).is_dir(), "{folder}");
    }
    let log = std::fs::read_to_string(data.join("logs/tautulli.log")).unwrap();
    assert!(log.contains("setup token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dir = folder();
    let output = run(&dir.path().join("data"), &["serve"], &port(taken.local_addr().unwrap().port()));
    assert_eq!(output.status.code(), Some(6), "{}", says(&output));
    assert!(says(&output).contains("--port"), "{}", says(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unusable_data_folder_is_said() {
    let dir = folder();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("logs"), "not a folder").unwrap();
    let output = run(&data, &["serve"], &port(free_port()));
    assert_eq!(output.status.code(), Some(4), "{}", says(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_configuration_is_said() {
    let dir = folder();
    let data = dir.path().join("data");
    let wrong = [
        ("TAUTULLI_HTTP_PORT", "eighty"),
        ("TAUTULLI_LOGGING_IGNORE_INTERVAL", "two minutes"),
        ("TAUTULLI_PLEXTV_URL", "nowhere"),
    ];
    for (key, value) in wrong {
        let output = run(&data, &["serve"], &[(key, value.to_owned())]);
        assert_eq!(output.status.code(), Some(3), "{key}: {}", says(&output));
        assert!(says(&output).contains(key), "{}", says(&output));
    }
    assert_eq!(run(&data, &["fly"], &[]).status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_had_is_said() {
    let dir = folder();
    let data = dir.path().join("data");
    let missing = [("TAUTULLI_POSTGRES_BIN", dir.path().join("none").to_string_lossy().into_owned())];
    let output = run(&data, &["migrate"], &missing);
    assert_eq!(output.status.code(), Some(5), "{}", says(&output));
    assert!(says(&output).contains("postgres"), "{}", says(&output));
    let future = tautulli_testkit::TestDatabase::create().await.unwrap();
    let client = future.client().await.unwrap();
    client
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000')")
        .await
        .unwrap();
    let output = run(&data, &["serve"], &[("DATABASE_URL", future.url().to_owned())]);
    assert_eq!(output.status.code(), Some(5), "{}", says(&output));
    assert!(says(&output).contains("newer version"), "{}", says(&output));
}

#[test]
fn the_schema_is_printed() {
    let dir = folder();
    let output = run(dir.path(), &["schema"], &[]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), include_str!("../schema/schema.graphql"));
}
