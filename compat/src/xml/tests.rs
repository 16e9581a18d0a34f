//! Recorded documents, and any value at all.

use super::document;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

#[test]
fn as_recorded() {
    let activity = json!({
        "result": "success", "message": null,
        "data": {"stream_count": "0", "sessions": [], "stream_count_direct_play": 0, "lan_bandwidth": 0},
    });
    assert_eq!(
        document("response", &activity),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response>\n\t<result>success</result>\n\t<message></message>\n\t<data>\
         \n\t\t<stream_count>0</stream_count>\n\t\t<stream_count_direct_play>0</stream_count_direct_play>\
         \n\t\t<lan_bandwidth>0</lan_bandwidth>\n\t</data>\n</response>"
    );
    let refused = json!({"result": "error", "message": "Parameter apikey is required", "data": {}});
    assert_eq!(
        document("response", &refused),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response>\n\t<result>error</result>\
         \n\t<message>Parameter apikey is required</message>\n\t<data></data>\n</response>"
    );
}

#[test]
fn lists_repeat_booleans_are_lower_case_quotes_stay() {
    let value =
        json!({"data": [{"name": "o'hara <script>", "ids": ["1", "2"]}, {"name": "\"a\" & b", "ok": true}]});
    assert_eq!(
        document("response", &value),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response>\n\t<data>\n\t\t<name>o'hara &lt;script&gt;</name>\
         \n\t\t<ids>1</ids>\n\t\t<ids>2</ids>\n\t</data>\n\t<data>\n\t\t<name>\"a\" &amp; b</name>\n\t\t<ok>true</ok>\
         \n\t</data>\n</response>"
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn is_legal(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

proptest! {
    #[test]
    fn anything_is_well_formed(value in any_value()) {
        let text = document("response", &json!({"data": value}));
        prop_assert!(text.chars().all(is_legal));
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let (mut depth, mut roots) = (0, 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => {
                    roots += usize::from(depth == 0);
                    depth += 1;
                }
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Eof) => break,
                Ok(_) => (),
                Err(error) => return Err(TestCaseError::fail(format!("{error}: {text}"))),
            }
        }
        prop_assert_eq!((depth, roots), (0, 1));
    }

    #[test]
    fn text_comes_back(text in "[^\u{0}-\u{1f}\u{fffe}\u{ffff}]{0,40}") {
        let xml = document("t", &json!(text));
        let mut reader = Reader::from_str(&xml);
        let mut read = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Text(part) => read.push_str(&part),
                Event::GeneralRef(name) => read.push_str(match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    other => panic!("{other}"),
                }),
                Event::Eof => break,
                _ => (),
            }
        }
        prop_assert_eq!(read.trim_start_matches('\n'), text);
    }
}
