//! Parameters and what the schema is asked for.

use super::*;
use proptest::prelude::*;

fn ask(given: &[(&str, &str)]) -> Ask {
    let given: Vec<_> = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ask::read(Params(&given)).unwrap()
}

fn nothing() -> Value {
    json!({"groupRowIds": [-1]})
}

#[test]
fn defaults() {
    let asked = ask(&[("frobnicate", "1"), ("draw", "7")]);
    assert!(asked.grouped && asked.running);
    assert_eq!((asked.order, asked.filter), (vec![("DATE", true)], json!({})));
}

#[test]
fn switches_are_off_when_empty() {
    for off in ["0", "no", ""] {
        let asked = ask(&[("grouping", off), ("include_activity", off)]);
        assert!(!asked.grouped && !asked.running, "{off}");
    }
    assert!(ask(&[("grouping", "true")]).grouped);
}

#[test]
fn filters() {
    for (name, value, wanted) in [
        ("user_id", "1000001,1000102", json!({"accountIds": [1000001, 1000102]})),
        ("user_id", "0", json!({"accountIds": [0]})),
        ("user_id", "", json!({})),
        ("user", "harbormaster,dana.k", json!({"userNames": ["harbormaster", "dana.k"]})),
        ("section_id", "1,2", json!({"sectionIds": [1, 2]})),
        ("section_id", "", json!({})),
        ("media_type", "movie,track", json!({"kinds": ["MOVIE", "TRACK"]})),
        ("media_type", "live", json!({"live": true})),
        ("media_type", "live,movie", json!({"live": true, "kinds": ["MOVIE"]})),
        ("media_type", "all", json!({})),
        ("transcode_decision", "direct play", json!({"decisions": ["DIRECT_PLAY"]})),
        ("transcode_decision", "copy,transcode", json!({"decisions": ["COPY", "TRANSCODE"]})),
        ("transcode_decision", "all", json!({})),
        ("rating_key", "6,201", json!({"ratingKeys": ["6", "201"]})),
        ("parent_rating_key", "212", json!({"parentRatingKeys": ["212"]})),
        ("grandparent_rating_key", "204", json!({"grandparentRatingKeys": ["204"]})),
        ("reference_id", "3558", json!({"groupRowIds": [3558]})),
        ("guid", "plex://a,b", json!({"guids": ["plex://a,b"]})),
        ("start_date", "2026-06-15", json!({"on": "2026-06-15"})),
        ("before", "2026-05-15", json!({"before": "2026-05-15"})),
        ("after", "2026-06-14", json!({"after": "2026-06-14"})),
        ("search", "Bold &", json!({"text": "Bold &", "byFullTitle": true})),
        ("search", " ", json!({})),
    ] {
        assert_eq!(ask(&[(name, value)]).filter, wanted, "{name}={value}");
    }
}

#[test]
fn what_cannot_be_read_finds_nothing() {
    for given in [
        ("user_id", "abc"),
        ("section_id", "x"),
        ("reference_id", "x"),
        ("media_type", "bogus"),
        ("transcode_decision", "bogus"),
        ("start_date", "31.12.2025"),
        ("before", "soon"),
        ("after", "2026-02-30"),
    ] {
        let asked = ask(&[given, ("search", "x")]);
        assert_eq!((asked.filter, asked.running), (nothing(), false), "{given:?}");
    }
}

#[test]
fn an_account_goes_before_a_name() {
    assert_eq!(ask(&[("user", "x"), ("user_id", "5")]).filter, json!({"accountIds": [5]}));
}

#[test]
fn groups_are_never_running() {
    assert!(!ask(&[("reference_id", "5")]).running);
}

#[test]
fn orders() {
    for (column, dir, wanted) in [
        ("duration", "asc", vec![("LENGTH", false), ("ROW", false)]),
        ("ip_address,friendly_name", "asc,desc", vec![("ADDRESS", false), ("USER", true), ("ROW", false)]),
        ("started,stopped", "asc", vec![("STARTED", false), ("STOPPED", false), ("ROW", false)]),
        ("nope,title", "sideways", vec![("ROW", false)]),
        ("watched_status", "desc", vec![("ROW", false)]),
        ("nope,player", "desc,asc", vec![("PLAYER", false), ("ROW", false)]),
        ("", "asc", vec![("DATE", false)]),
    ] {
        assert_eq!(ask(&[("order_column", column), ("order_dir", dir)]).order, wanted, "{column} {dir}");
    }
    let many = ["date"; 9].join(",");
    assert_eq!(ask(&[("order_column", &many)]).order.len(), 4);
}

proptest! {
    #[test]
    fn any_text_is_read(name in 0..COLUMNS.len() + 9, value in any::<String>()) {
        let names = ["user_id", "user", "section_id", "media_type", "transcode_decision", "before", "search",
            "order_column", "order_dir"];
        let name = names.get(name).copied().unwrap_or("guid");
        let asked = ask(&[(name, &value)]);
        prop_assert!(asked.filter.is_object());
        prop_assert!((1..=MOST_COLUMNS).contains(&asked.order.len()));
    }
}
