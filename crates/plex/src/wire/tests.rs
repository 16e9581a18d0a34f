use super::*;
use crate::testing::{all_fixtures, fixture, spoil};
use proptest::prelude::*;

#[test]
fn every_recorded_answer_is_read() {
    for (name, bytes) in all_fixtures() {
        let root = parse(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(
            root.has_attrs() || !root.children().is_empty() || name.ends_with("tv_ping.xml"),
            "{name} is empty"
        );
    }
}

#[test]
fn both_dialects_tell_the_same() {
    let (xml, json) =
        (parse(&fixture("world/root.xml")).unwrap(), parse(&fixture("world/root.json")).unwrap());
    for key in ["friendlyName", "machineIdentifier", "version", "updatedAt", "myPlexSubscription", "livetv"] {
        assert_eq!(xml.get(key), json.get(key), "{key}");
    }
    assert_eq!(xml.name(), json.name());
    assert_eq!(xml.items().count(), json.all("Directory").count());
}

#[test]
fn the_oldest_dialect_names_its_elements_inside() {
    let root = parse(&fixture("captures/node-plex-api/library/sections.json")).unwrap();
    assert_eq!(root.name(), "MediaContainer");
    let titles: Vec<String> = root.items().map(|d| d.text("title")).collect();
    assert_eq!(titles.first().map(String::as_str), Some("Movies"));
    assert_eq!(root.items().next().unwrap().list("Location", "path"), ["/Users/foobar/Movies"]);
}

#[test]
fn scalars_are_read_whatever_they_come_as() {
    let json = br#"{"a": 1, "b": "1", "c": true, "d": "true", "e": 6.4, "f": "6.4000000953674316", "g": null,
        "h": -1, "i": 18446744073709551615, "j": "", "k": [1, "x"], "l": {"m": 1}, "n": "nonsense", "o": 1e300}"#;
    let root = parse(json).unwrap();
    assert_eq!(["a", "b", "c"].map(|k| root.int(k)), [Some(1); 3]);
    assert_eq!(["a", "b", "c", "d"].map(|k| root.flag(k)), [true; 4]);
    assert_eq!(["e", "f", "h"].map(|k| root.int(k)), [Some(6), Some(6), Some(-1)]);
    assert_eq!(["i", "j", "g", "n", "o"].map(|k| root.int(k)), [None; 5]);
    assert_eq!(root.float("e"), Some(6.4));
    assert_eq!(root.maybe_flag("g"), None);
    assert_eq!(root.list("k", "value"), ["1", "x"]);
    assert_eq!(root.child("l").unwrap().int("m"), Some(1));
}

#[test]
fn values_are_kept_exactly() {
    let root = parse(
        "\u{feff}<a t=\"x&#10;y &quot;q&quot; &lt;b&gt; \u{202e}rtl 居\" u=\"R&D &bad; &amp;\"/>".as_bytes(),
    )
    .unwrap();
    assert_eq!(root.get("t"), Some("x\ny \"q\" <b> \u{202e}rtl 居"));
    assert_eq!(root.get("u"), Some("R&D &bad; &amp;"), "an unreadable value stays as it came");
}

#[test]
fn what_is_cut_off_is_refused() {
    let whole = br#"<MediaContainer size="1"><Video a="1"><Media/></Video></MediaContainer>"#;
    for cut in 0..whole.len() {
        assert!(parse(&whole[..cut]).is_err(), "{}", String::from_utf8_lossy(&whole[..cut]));
    }
    let whole = br#"{"MediaContainer":{"size":1,"Metadata":[{"a":1}]}}"#;
    for cut in 0..whole.len() {
        assert!(parse(&whole[..cut]).is_err(), "{}", String::from_utf8_lossy(&whole[..cut]));
    }
    for page in [
        "<html><body>Plex Media Server is starting up</body></html>",
        "nonsense",
        "",
        "<a></b>",
        "<a/><b/>",
        "{} x",
    ] {
        assert!(parse(page.as_bytes()).is_err(), "{page}");
    }
}

#[test]
fn hostile_sizes_are_bounded() {
    let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    assert!(parse(deep.as_bytes()).is_err());
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert!(parse(deep.as_bytes()).is_err());
    let wide = format!("<a>{}</a>", "<b/>".repeat(MAX_NODES));
    assert!(parse(wide.as_bytes()).is_err());
    let wide = format!("[{}0]", "0,".repeat(MAX_NODES));
    assert!(parse(wide.as_bytes()).is_err());
    let wide = format!("[{}[]]", "[],".repeat(MAX_NODES));
    assert!(parse(wide.as_bytes()).is_err());
    let long = format!("<a b=\"{}\"/>", "é".repeat(MAX_TEXT));
    assert_eq!(parse(long.as_bytes()).unwrap().get("b").unwrap().len(), MAX_TEXT);
    let many: String = (0..5_000).map(|n| format!(" a{n}=\"\"")).collect();
    assert!(parse(format!("<a{many}/>").as_bytes()).unwrap().get("a4999").is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes: Vec<u8>, head in "[<{\\[]?") {
        let _ = parse(&[head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn anything_like_xml_or_json_is_survived(text in "[<>/a&;\"'= {}\\[\\]:,0-9.eE!?-]{0,200}") {
        let _ = parse(text.as_bytes());
    }

    #[test]
    fn spoiled_answers_are_survived(
        which in 0_usize..4,
        wounds in proptest::collection::vec((0_usize..60_000, any::<u8>(), any::<u8>()), 1..6),
    ) {
        let names = ["world/item_118.xml", "world/item_118.json", "world/tv_shared.xml", "captures/node-plex-api/root.json"];
        let _ = parse(&spoil(fixture(names[which]), &wounds));
    }
}
