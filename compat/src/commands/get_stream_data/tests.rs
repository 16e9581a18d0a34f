//! Streams as they were recorded.

use crate::testing::Host;
use serde_json::{Value, json};
use std::path::Path;

fn golden(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/get_stream_data")
}

#[tokio::test]
async fn every_play_as_recorded() {
    let mut compared = 0;
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let golden = golden(&path);
        let host = Host::new(vec![("GetStreamDataOfPlay", Ok(golden["answer"].clone()))]);
        let told = host.data(&[("cmd", "get_stream_data"), ("row_id", "4646")]).await;
        assert_eq!(host.asked("GetStreamDataOfPlay"), [json!({"row": 4646})]);
        let lines = |value: &Value| serde_json::to_string_pretty(value).unwrap();
        assert_eq!(lines(&told), lines(&golden["legacy"]), "{}", path.display());
        compared += 1;
    }
    assert!(compared > 10);
}

#[tokio::test]
async fn an_imported_play_is_told_as_it_lay() {
    let track = golden(&folder().join("six-6.json"));
    let told = async |play: Value| {
        let host = Host::new(vec![("GetStreamDataOfPlay", Ok(json!({"play": play})))]);
        host.data(&[("cmd", "get_stream_data"), ("row_id", "7")]).await
    };
    let mut play = track["answer"]["play"].clone();
    let seen_here = told(play.clone()).await;
    assert_eq!(
        (&seen_here["video_full_resolution"], &seen_here["video_decision"]),
        (&json!("p"), &json!("direct play"))
    );
    play["isImported"] = json!(true);
    play["recordedCells"] = json!({"bitrate": "12 Mbps", "platform": null});
    let mut brought = told(play).await;
    assert_eq!((&brought["video_full_resolution"], &brought["video_decision"]), (&json!(""), &json!("")));
    assert_eq!((&brought["bitrate"], brought.get("platform")), (&json!("12 Mbps"), None));
    for column in ["video_full_resolution", "video_decision", "bitrate"] {
        brought[column] = seen_here[column].clone();
    }
    assert_eq!(brought, seen_here);
}

#[tokio::test]
async fn the_parameter_has_an_old_name() {
    let host = Host::new(vec![("GetStreamDataOfPlay", Ok(json!({"play": null})))]);
    assert_eq!(host.data(&[("cmd", "get_stream_data"), ("id", "9")]).await, json!({}));
    assert_eq!(host.asked("GetStreamDataOfPlay"), [json!({"row": 9})]);
}

#[tokio::test]
async fn a_running_stream() {
    let play = golden(&folder().join("six-2.json"))["answer"]["play"].clone();
    let session = json!({"sessionKey": 102, "item": play["item"], "stream": play["stream"]});
    let sessions = json!({"activity": {"sessions": [session]}});
    let host = Host::with_server(vec![("GetStreamDataOfSession", Ok(sessions))]);
    let told = host.data(&[("cmd", "get_stream_data"), ("session_key", "102")]).await;
    assert_eq!((&told["current_session"], &told["stream_bitrate"]), (&json!(1), &json!(4000)));
    for unknown in ["9000", "abc"] {
        let told = host.data(&[("cmd", "get_stream_data"), ("session_key", unknown)]).await;
        assert_eq!(told, json!({}), "{unknown}");
    }
}

#[tokio::test]
async fn nothing_asked_for_and_nothing_found() {
    let host = Host::new(vec![("GetStreamDataOfPlay", Ok(json!({"play": null})))]);
    let refused = host.response(&[("cmd", "get_stream_data")]).await;
    assert_eq!(refused, (400, json!({"result": "error", "message": null, "data": {}})));
    for row in ["99999999", "abc"] {
        assert_eq!(host.data(&[("cmd", "get_stream_data"), ("row_id", row)]).await, json!({}));
    }
}
