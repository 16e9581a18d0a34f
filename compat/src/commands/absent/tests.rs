//! What waits is told truly; what cannot be done is refused clearly.

use crate::testing::Host;
use serde_json::{Value, json};

fn host(rows: Value) -> Host {
    let page = json!({"waitingRows": {"rows": rows, "filteredCount": 30, "totalCount": 40}});
    Host::with_server(vec![("WaitingRows", Ok(page))])
}

#[tokio::test]
async fn notifiers_that_wait() {
    let row = json!({"id": 3, "agent_id": 20, "agent_name": "discord", "agent_label": "Discord", "friendly_name": null,
        "on_play": 1, "last_triggered": 1781546735, "last_success": 1, "notifier_config": {"hook": "h"},
        "custom_conditions": "[{\"parameter\": \"user\"}]"});
    let told = host(json!([row])).data(&[("cmd", "get_notifiers")]).await;
    let wanted = json!([{"id": 3, "agent_id": 20, "agent_name": "discord", "agent_label": "Discord", "friendly_name": "",
        "last_triggered": 1781546735, "last_success": 1, "active": 1}]);
    assert_eq!(told, wanted);
    let of = |action: &'static str| {
        let host = host(json!([row.clone()]));
        async move { host.response(&[("cmd", "get_notifiers"), ("notify_action", action)]).await }
    };
    assert_eq!(of("on_stop").await.1["data"], json!([]));
    assert_eq!(of("bogus").await.0, 500);
    let told = host(json!([row])).data(&[("cmd", "get_notifier_config"), ("notifier_id", "3")]).await;
    assert_eq!((&told["config"], &told["actions"]["on_play"]), (&json!({"hook": "h"}), &json!(1)));
    assert_eq!(told["custom_conditions"], json!([{"parameter": "user"}]));
    let unknown = host(json!([])).response(&[("cmd", "get_notifier_config"), ("notifier_id", "9")]).await;
    assert_eq!(unknown, (400, json!({"result": "error", "message": null, "data": {}})));
}

#[tokio::test]
async fn logs_are_ordered_and_cut_where_they_wait() {
    let host = host(json!([{"id": 1, "timestamp": 5, "agent_name": "x", "success": 0, "tag": "t"}]));
    let asked = [
        ("cmd", "get_notification_log"),
        ("order_column", "agent_name"),
        ("order_dir", "asc"),
        ("search", "X"),
    ];
    let told = host.data(&asked).await;
    assert_eq!((&told["recordsFiltered"], &told["recordsTotal"]), (&json!(30), &json!(40)));
    assert_eq!((&told["data"][0]["success"], told["data"][0].get("tag")), (&json!(0), None));
    let variables = host.asked("WaitingRows").remove(0);
    assert_eq!((&variables["orderBy"], &variables["descending"]), (&json!(["agent_name"]), &json!([false])));
    assert_eq!(
        (&variables["offset"], &variables["limit"], &variables["text"]),
        (&json!(0), &json!(25), &json!("X"))
    );
    host.data(&[("cmd", "get_notification_log"), ("length", "-1")]).await;
    assert_eq!(host.asked("WaitingRows").last().unwrap()["limit"], json!(29));
    assert_eq!(host.response(&[("cmd", "get_notification_log"), ("start", "abc")]).await.0, 500);
}

#[tokio::test]
async fn exports_are_found_by_what_they_are_of() {
    let row = |id: i64, key: i64| {
        json!({"id": id, "section_id": 1, "rating_key": key, "title": "T", "file_format": "csv",
        "media_type": "photo_album"})
    };
    let host = host(json!([row(1, 5), row(2, 6)]));
    let told = host.data(&[("cmd", "get_exports_table"), ("rating_key", "6")]).await;
    assert_eq!((&told["recordsFiltered"], &told["data"][0]["export_id"]), (&json!(1), &json!(2)));
    assert_eq!(told["data"][0]["filename"], "T.csv");
    assert_eq!(told["data"][0]["media_type_title"], "Photo Album");
}

#[tokio::test]
async fn refusals_say_why() {
    let message = |params: &'static [(&'static str, &'static str)]| async move {
        let (status, answer) = host(json!([])).response(params).await;
        assert_eq!(status, 400, "{answer}");
        answer["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(message(&[("cmd", "add_notifier_config")]).await, "Failed to add notification agent.");
    assert!(message(&[("cmd", "add_notifier_config"), ("agent_id", "25")]).await.contains("not part of"));
    let device =
        &[("cmd", "register_device"), ("device_id", "p"), ("device_name", "n"), ("min_version", "v99.0.0")];
    assert_eq!(
        message(device).await,
        "Device registration failed: Tautulli version v2.17.2 does not meet the minimum requirement of v99.0.0."
    );
    assert_eq!(
        message(&[("cmd", "export_metadata"), ("rating_key", "1"), ("file_format", "doc")]).await,
        "Export called with invalid file_format 'doc'."
    );
    assert_eq!(
        message(&[("cmd", "get_history_of_the_moon")]).await.split('.').next().unwrap(),
        "Unknown command: get_history_of_the_moon"
    );
    let gone = host(json!([])).call(&[("cmd", "download_export"), ("export_id", "1")]).await;
    assert_eq!((gone.status, gone.body.len()), (400, 0));
}
