//! The endpoint itself, as it was recorded.

use super::*;
use crate::testing::{Host, KEY, json_of, request};
use proptest::prelude::*;
use serde_json::json;

async fn ask(params: &[(&str, &str)]) -> Response {
    respond(&Host::with_server(vec![]), &request(params)).await
}

async fn refusal(params: &[(&str, &str)]) -> String {
    let response = ask(params).await;
    assert_eq!((response.status, response.content_type), (400, "application/json;charset=UTF-8"));
    let answer = json_of(&response);
    assert_eq!((&answer["response"]["result"], &answer["response"]["data"]), (&json!("error"), &json!({})));
    answer["response"]["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn keys() {
    assert_eq!(refusal(&[("cmd", "status")]).await, "Parameter apikey is required");
    assert_eq!(refusal(&[]).await, "Parameter apikey is required");
    assert_eq!(refusal(&[("cmd", "nope")]).await, "Parameter apikey is required");
    for params in [&[("apikey", "")][..], &[("apikey", "nope")], &[("apikey", KEY), ("app", "true")]] {
        assert_eq!(refusal(&[params, &[("cmd", "status")]].concat()).await, "Invalid apikey", "{params:?}");
    }
    let other_app = ask(&[("apikey", KEY), ("cmd", "status"), ("app", "tautulli")]).await;
    assert_eq!(other_app.status, 200);
}

#[tokio::test]
async fn the_header_counts_where_the_parameter_is_absent() {
    let host = Host::with_server(vec![]);
    let mut with_header = request(&[("cmd", "status")]);
    with_header.api_key = Some(KEY.to_owned());
    assert_eq!(respond(&host, &with_header).await.status, 200);
    with_header.params.push(("apikey".to_owned(), "nope".to_owned()));
    assert_eq!(respond(&host, &with_header).await.status, 400);
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_a_fault() {
    let response = ask(&[("apikey", "the-keys-are-gone"), ("cmd", "status")]).await;
    assert_eq!(response.status, 500);
    assert_eq!(
        json_of(&response),
        json!({"response": {"result": "error", "message": "Check the logs for errors", "data": {}}})
    );
}

/// As recorded.
const KNOWN: &str = include_str!("../../golden/commands.txt");

#[tokio::test]
async fn commands() {
    let key = ("apikey", KEY);
    assert_eq!(
        refusal(&[key]).await,
        format!("Parameter cmd is required. Possible commands are: {}", KNOWN.trim())
    );
    for name in ["", "get_everything", "_api_validate", "GET_HISTORY"] {
        let wanted = format!("Unknown command: {name}. Possible commands are: {}", KNOWN.trim());
        assert_eq!(refusal(&[key, ("cmd", name)]).await, wanted);
    }
}

#[tokio::test]
async fn what_cannot_be_written_breaks_the_endpoint() {
    let cmd = ("cmd", "status");
    for bad in [&[("callback", "alert(1)")][..], &[("out_type", "yaml")], &[cmd]] {
        let response = ask(&[&[("apikey", KEY), cmd], bad].concat()).await;
        assert_eq!((response.status, response.content_type), (500, "application/json"), "{bad:?}");
        let text =
            "The server encountered an unexpected condition which prevented it from fulfilling the request.";
        let wanted = json!({"status": "500 Internal Server Error", "message": text, "error": true});
        assert_eq!(json_of(&response), wanted);
    }
}

#[tokio::test]
async fn a_refusal_in_xml() {
    let response = ask(&[("cmd", "status"), ("out_type", "xml")]).await;
    assert_eq!((response.status, response.content_type), (400, "application/xml;charset=UTF-8"));
    assert_eq!(
        String::from_utf8(response.body).unwrap(),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response>\n\t<result>error</result>\
         \n\t<message>Parameter apikey is required</message>\n\t<data></data>\n</response>"
    );
}

#[tokio::test]
async fn docs_need_no_key_and_tell_every_command() {
    let response = ask(&[("cmd", "docs")]).await;
    assert_eq!(response.status, 200);
    let answer = json_of(&response);
    let told: Vec<_> = answer["response"]["data"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(told.join(", "), KNOWN.trim());
    let response = ask(&[("cmd", "docs_md")]).await;
    assert_eq!((response.status, response.content_type), (200, "text/html;charset=utf-8"));
    let text = String::from_utf8(response.body).unwrap();
    assert!(KNOWN.trim().split(", ").all(|name| text.contains(&format!("## {name}\n"))), "{text}");
}

#[tokio::test]
async fn status() {
    let host = Host::with_server(vec![]);
    let ok =
        |message: &str, data: Value| (200, json!({"result": "success", "message": message, "data": data}));
    assert_eq!(host.response(&[("cmd", "status")]).await, ok("Ok", json!({})));
    assert_eq!(host.response(&[("cmd", "status"), ("check", "bogus")]).await, ok("Ok", json!({})));
    assert_eq!(host.asked("DefaultServer").len(), 0);
    let checked = host.response(&[("cmd", "status"), ("check", "database")]).await;
    assert_eq!(checked, ok("Database ok", json!({"integrity_check": "ok"})));
    let gone = crate::BackendError::new("UNAVAILABLE", "no database");
    let (status, answer) = Host::new(vec![("DefaultServer", Err(gone))])
        .response(&[("cmd", "status"), ("check", "database")])
        .await;
    assert_eq!((status, &answer["message"]), (400, &json!("Database not ok")));
}

#[tokio::test]
async fn errors_of_the_schema() {
    let says = |code: &str| crate::BackendError::new(code, "what the schema said");
    for (code, status, message) in [
        ("FORBIDDEN", 400, "what the schema said"),
        ("INVALID", 400, "what the schema said"),
        ("INTERNAL", 500, "Check the logs for errors"),
        ("UNAVAILABLE", 500, "Check the logs for errors"),
    ] {
        let host = Host::with_server(vec![("GetActivity", Err(says(code)))]);
        let answer = host.response(&[("cmd", "get_activity")]).await;
        assert_eq!((answer.0, &answer.1["message"]), (status, &json!(message)), "{code}");
    }
}

#[tokio::test]
async fn the_server_as_recorded() {
    let golden: Value =
        serde_json::from_str(include_str!("../../golden/get_server_info/default.json")).unwrap();
    let host = Host::new(vec![("GetServerInfo", Ok(golden["answer"].clone()))]);
    let told = host.data(&[("cmd", "get_server_info")]).await;
    assert_eq!(told.to_string(), golden["legacy"].to_string());
    let nothing = Host::new(vec![("GetServerInfo", Ok(json!({"servers": []})))]);
    let told = nothing.data(&[("cmd", "get_server_info")]).await;
    assert_eq!(
        (&told["pms_name"], &told["pms_port"], &told["pms_ssl"]),
        (&json!(""), &json!(32400), &json!(0))
    );
}

fn sessions() -> (&'static str, Result<Value, crate::BackendError>) {
    let session =
        |key: i64, id: &str| json!({"id": format!("id-{key}"), "sessionKey": key, "plexSessionId": id});
    let sessions = [session(7, "seven"), session(8, "eight")];
    ("TerminateSessionFind", Ok(json!({"activity": {"sessions": sessions}})))
}

#[tokio::test]
async fn a_session_is_stopped_by_number_or_id() {
    let done = json!({"terminateSession": {"terminated": true, "problem": null}});
    let host = Host::with_server(vec![sessions(), ("TerminateSession", Ok(done))]);
    let cmd = ("cmd", "terminate_session");
    for (by, id) in [(("session_key", "8"), "id-8"), (("session_id", "seven"), "id-7")] {
        let (status, answer) = host.response(&[cmd, by, ("message", "bye")]).await;
        assert_eq!((status, &answer["result"], &answer["data"]), (200, &json!("success"), &json!({})));
        assert_eq!(host.asked("TerminateSession").last().unwrap(), &json!({"id": id, "message": "bye"}));
    }
}

#[tokio::test]
async fn a_session_that_cannot_be_stopped() {
    let problem = json!({"terminated": false, "problem": {"message": "Plex says no"}});
    let host =
        Host::with_server(vec![sessions(), ("TerminateSession", Ok(json!({"terminateSession": problem})))]);
    let cmd = ("cmd", "terminate_session");
    for (params, wanted) in [
        (
            &[("session_key", "424242"), ("message", "bye")][..],
            "Invalid session_key (424242) or session_id ().",
        ),
        (&[("session_id", "nope")], "Invalid session_key () or session_id (nope)."),
        (&[], "Invalid session_key (None) or session_id (None)."),
        (&[("session_key", "7")], "Plex says no"),
    ] {
        let (status, answer) = host.response(&[&[cmd], params].concat()).await;
        assert_eq!(status, 400);
        assert_eq!(answer["message"], json!(format!("Failed to terminate session: {wanted}")));
    }
}

#[test]
fn the_old_endpoints() {
    let response = moved();
    let wanted = json!({"result": "error", "message": "Please use the /api/v2 endpoint.", "data": {}});
    assert_eq!((response.status, json_of(&response)), (200, json!({"response": wanted})));
}

proptest! {
    #[test]
    fn any_request_is_answered(params in proptest::collection::vec(("[a-z_]{0,9}", any::<String>()), 0..6), known in any::<bool>()) {
        let mut params = params;
        if known {
            params.push(("apikey".to_owned(), KEY.to_owned()));
            params.push(("cmd".to_owned(), "status".to_owned()));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let request = Request { params, api_key: None };
        let response = runtime.block_on(respond(&Host::with_server(vec![]), &request));
        prop_assert!([200, 400, 500].contains(&response.status));
        prop_assert!(!response.body.is_empty());
        prop_assert!([200, 400, 500].contains(&fault(&request).status));
    }
}
