//! Every session that was recorded, field by field.

use crate::testing::Host;
use serde_json::{Value, json};
use std::path::Path;

fn goldens() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/get_activity");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| {
            let golden = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), golden)
        })
        .collect()
}

fn host(golden: &Value) -> Host {
    Host::with_server(vec![("GetActivity", Ok(golden["answer"].clone()))])
}

#[tokio::test]
async fn every_field_as_recorded() {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (name, golden) in goldens() {
        let host = host(&golden);
        let told = host.data(&[("cmd", "get_activity")]).await;
        assert_eq!(host.asked("GetActivity"), [json!({"server": "srv"})]);
        let (mut told, mut wanted) = (told, golden["legacy"].clone());
        let pairs = told["sessions"].take().as_array().unwrap().clone().into_iter();
        let wanted_sessions = wanted["sessions"].take();
        assert_eq!(told, wanted, "{name}");
        assert_eq!(pairs.len(), wanted_sessions.as_array().unwrap().len());
        for (told, wanted) in pairs.zip(wanted_sessions.as_array().unwrap()) {
            let (told, wanted) = (told.as_object().unwrap(), wanted.as_object().unwrap());
            for key in told.keys().chain(wanted.keys()) {
                compared += 1;
                if told.get(key) != wanted.get(key) {
                    wrong.push(format!("{name} {key}: {:?} for {:?}", told.get(key), wanted.get(key)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 10_000, "{compared}");
}

#[tokio::test]
async fn recorded_fields_keep_their_order() {
    // Not told by the recordings, so their places are ours.
    let ours = [
        "session_id",
        "summary",
        "updated_at",
        "last_viewed_at",
        "live_uuid",
        "user_thumb",
        "transcode_key",
        "transcode_throttled",
        "transcode_speed",
        "transcode_max_offset_available",
        "transcode_min_offset_available",
        "originally_available_at",
        "added_at",
        "begins_at",
        "ends_at",
    ];
    let names = |session: &Value| {
        let names = session.as_object().unwrap().keys().filter(|name| !ours.contains(&name.as_str()));
        names.cloned().collect::<Vec<_>>()
    };
    for (_, golden) in goldens() {
        let told = host(&golden).data(&[("cmd", "get_activity")]).await;
        let pairs =
            told["sessions"].as_array().unwrap().iter().zip(golden["legacy"]["sessions"].as_array().unwrap());
        for (told, wanted) in pairs {
            assert_eq!(names(told), names(wanted));
        }
    }
}

#[tokio::test]
async fn one_session_or_nothing() {
    let (_, golden) = goldens().into_iter().find(|(name, _)| name == "six-at-once-all-playing").unwrap();
    let host = host(&golden);
    let cmd = ("cmd", "get_activity");
    for by in [("session_key", "103"), ("session_id", "sid103")] {
        assert_eq!(host.data(&[cmd, by]).await["session_key"], json!("103"), "{by:?}");
    }
    for by in [("session_key", "1"), ("session_key", "abc"), ("session_id", "nope")] {
        assert_eq!(host.data(&[cmd, by]).await, json!({}), "{by:?}");
    }
    for by in [("session_key", ""), ("session_id", "")] {
        assert_eq!(host.data(&[cmd, by]).await["stream_count"], json!("6"), "{by:?}");
    }
}

#[tokio::test]
async fn a_user_who_is_not_known_yet() {
    let (_, mut golden) = goldens().into_iter().find(|(name, _)| name == "six-at-once-all-playing").unwrap();
    golden["answer"]["activity"]["sessions"][0]["user"] = Value::Null;
    let told = host(&golden).data(&[("cmd", "get_activity"), ("session_key", "101")]).await;
    let read =
        ["user", "username", "friendly_name", "user_id", "row_id", "email"].map(|name| told[name].clone());
    let name = json!("harbormaster");
    assert_eq!(read, [name.clone(), name.clone(), name, json!(0), json!(0), json!("")]);
}
