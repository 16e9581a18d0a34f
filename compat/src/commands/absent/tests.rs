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
    let config = &told["config"];
    assert_eq!(
        (&config["hook"], &config["incl_subject"], &config["tts"]),
        (&json!("h"), &json!(1), &json!(0))
    );
    assert_eq!(told["actions"]["on_play"], 1);
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
async fn what_waits_is_deleted_by_number_or_by_name() {
    let devices = json!([{"row_id": 4, "device_id": "phone"}, {"row_id": 5, "device_id": "phone two"}]);
    let page = json!({"waitingRows": {"rows": devices, "filteredCount": 2, "totalCount": 2}});
    let forgotten = json!({"forgetWaitingRows": {"forgotten": 1}});
    let host = Host::with_server(vec![("WaitingRows", Ok(page)), ("ForgetWaitingRows", Ok(forgotten))]);
    for (asked, message, wanted) in [
        (
            ("delete_export", "export_id", "3"),
            "Export deleted successfully.",
            json!({"table": "EXPORTS", "ids": [3]}),
        ),
        (
            ("delete_export", "delete_all", "true"),
            "All exports deleted successfully.",
            json!({"table": "EXPORTS"}),
        ),
        (
            ("delete_notifier", "notifier_id", "9"),
            "Notifier deleted successfully.",
            json!({"table": "NOTIFIERS", "ids": [9]}),
        ),
        (
            ("delete_newsletter", "newsletter_id", "2"),
            "Newsletter deleted successfully.",
            json!({"table": "NEWSLETTERS", "ids": [2]}),
        ),
        (
            ("delete_mobile_device", "mobile_device_id", "7"),
            "Deleted mobile device.",
            json!({"table": "DEVICES", "ids": [7]}),
        ),
        (
            ("delete_mobile_device", "device_id", "phone"),
            "Deleted mobile device.",
            json!({"table": "DEVICES", "ids": [4]}),
        ),
        (
            ("delete_mobile_device", "device_id", "nobody's"),
            "Deleted mobile device.",
            json!({"table": "DEVICES", "ids": []}),
        ),
    ] {
        let (command, parameter, value) = asked;
        let (status, answer) = host.response(&[("cmd", command), (parameter, value)]).await;
        assert_eq!((status, &answer["message"]), (200, &json!(message)), "{command}");
        assert_eq!(host.asked("ForgetWaitingRows").last(), Some(&wanted));
    }
    let count = host.asked("ForgetWaitingRows").len();
    for (command, parameter, value, message) in [
        ("delete_export", "export_id", "", "Failed to delete export."),
        ("delete_export", "export_id", "abc", "Failed to delete export."),
        ("delete_mobile_device", "device_id", "", "Failed to delete device."),
    ] {
        let (status, answer) = host.response(&[("cmd", command), (parameter, value)]).await;
        assert_eq!((status, &answer["message"]), (400, &json!(message)));
    }
    assert_eq!(host.asked("ForgetWaitingRows").len(), count);
}

#[tokio::test]
async fn texts_of_several_lines_are_told_for_a_page() {
    let host = host(
        json!([{"id": 1, "timestamp": 5, "subject_text": "a\nb", "body_text": "<x> Tab\tand\nNewline"}]),
    );
    let told =
        host.data(&[("cmd", "get_notification_log"), ("order_column", "nope"), ("order_dir", "desc")]).await;
    assert_eq!(
        (&told["data"][0]["body_text"], &told["data"][0]["subject_text"]),
        (&json!("<x> Tab\tand<br />Newline"), &json!("a\nb"))
    );
    // Without a column that is known rows come by their numbers.
    assert_eq!(host.asked("WaitingRows").remove(0)["orderBy"], json!([]));
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
