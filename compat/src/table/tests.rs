//! Tables of both manners, as recorded.

use super::*;
use proptest::prelude::*;

const ROWS: Table = Table {
    columns: &["name", "plays"],
    searched: &["name"],
    usual: "name",
    behind: &[],
    manner: Manner::Rows,
};
const ITEMS: Table = Table {
    columns: &["title", "plays"],
    searched: &["title"],
    usual: "title",
    behind: &[],
    manner: Manner::Items,
};

fn params(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn row(name: &str, value: Value, plays: i64) -> Fields {
    Fields::from_iter([(name.to_owned(), value), ("plays".to_owned(), plays.into())])
}

/// The names on the page.
fn names(given: &[(&str, &str)]) -> Vec<String> {
    let rows = [(json!("b"), 1), (Value::Null, 3), (json!("A"), 2), (json!("é"), 2)];
    let rows = rows.map(|(name, plays)| row("name", name, plays)).into();
    let told = ROWS.cut(Params(&params(given)), rows, 9).unwrap();
    assert_eq!((&told["draw"], &told["recordsTotal"]), (&json!(1), &json!(9)));
    let rows = told["data"].as_array().unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap_or("-").to_owned()).collect()
}

/// How many are found, and the titles on the page.
fn titles(given: &[(&str, &str)]) -> (Value, Vec<String>) {
    let rows = [("b", 3), ("A", 3), ("c", 10)].map(|(title, plays)| row("title", json!(title), plays));
    let table = ITEMS.cut(Params(&params(given)), rows.into(), 3).unwrap();
    let shown = table["data"].as_array().unwrap().iter().map(|row| words(row.get("title"))).collect();
    (table["recordsFiltered"].clone(), shown)
}

fn ordered(given: &[(&str, &str)]) -> Vec<(&'static str, bool)> {
    order(Params(&params(given)), &["title", "plays"], "title")
}

#[test]
fn orders_of_items() {
    assert_eq!(ordered(&[]), [("title", true)]);
    assert_eq!(ordered(&[("order_column", "plays"), ("order_dir", "asc")]), [("plays", false)]);
    assert_eq!(ordered(&[("order_column", "nope"), ("order_dir", "sideways")]), [("title", false)]);
    let two = [("order_column", "plays,title"), ("order_dir", "asc,desc")];
    assert_eq!(ordered(&two), [("plays", false), ("title", true)]);
    let twice = [("order_column", "nope,title"), ("order_dir", "asc,desc")];
    assert_eq!(ordered(&twice), [("title", true)]);
}

#[test]
fn items_are_found_ordered_and_cut() {
    assert_eq!(titles(&[]), (json!(3), vec!["c".to_owned(), "b".to_owned(), "A".to_owned()]));
    let by_plays = [("order_column", "plays"), ("order_dir", "asc")];
    assert_eq!(titles(&by_plays).1, ["b", "A", "c"]);
    assert_eq!(titles(&[("search", "a")]), (json!(1), vec!["A".to_owned()]));
    assert_eq!(titles(&[("length", "-1")]).1, ["c", "b"]);
    assert_eq!(titles(&[("start", "1"), ("length", "1")]).1, ["b"]);
}

#[test]
fn rows_are_ordered_as_the_reference_orders() {
    assert_eq!(names(&[]), ["é", "b", "A", "-"]);
    assert_eq!(names(&[("order_column", "name"), ("order_dir", "asc")]), ["-", "A", "b", "é"]);
    let two = [("order_column", "plays,name"), ("order_dir", "desc,asc")];
    assert_eq!(names(&two), ["-", "A", "é", "b"]);
    assert_eq!(names(&[("order_column", "nope"), ("order_dir", "sideways")]), ["b", "-", "A", "é"]);
}

#[test]
fn rows_may_be_ordered_by_what_is_not_told() {
    let table = Table { behind: &[("name", "own")], ..ROWS };
    let rows = [("a", json!("z")), ("b", Value::Null), ("c", json!("")), ("d", json!("y"))];
    let rows = rows.map(|(name, own)| {
        let mut row = row("name", json!(name), 1);
        row.insert("own".to_owned(), own);
        row
    });
    let told = table.cut(Params(&params(&[("order_dir", "asc")])), rows.into(), 4).unwrap();
    let told = told["data"].as_array().unwrap();
    assert!(told.iter().all(|row| row.get("own").is_none()));
    let names: Vec<_> = told.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["b", "c", "d", "a"]);
}

#[test]
fn rows_are_searched_as_a_database_searches() {
    for (wanted, found) in [
        ("%", true),
        ("_", true),
        ("m%i%e", true),
        ("m_vie", true),
        ("e%m", false),
        ("mo_ies", true),
        ("mo__ies", false),
        ("_movies", false),
    ] {
        assert_eq!(is_like("movies", wanted), found, "{wanted}");
    }
    assert!(!is_like("", "_") && is_like("", "%") && is_like("", ""));
}

#[test]
fn rows_are_searched_and_cut() {
    assert_eq!(names(&[("search", "a")]), ["A"]);
    assert_eq!(names(&[("start", "1"), ("length", "2")]), ["b", "A"]);
    assert_eq!(names(&[("length", "-1")]), ["é", "b", "A"]);
    assert_eq!(names(&[("length", "0")]), Vec::<String>::new());
    assert!(ROWS.cut(Params(&params(&[("start", "x")])), Vec::new(), 1).is_err());
}

proptest! {
    #[test]
    fn any_parameters_are_answered(column in ".{0,20}", direction in ".{0,9}", search in ".{0,9}", start in "-?[0-9]{0,20}") {
        let given = params(&[("order_column", &column), ("order_dir", &direction), ("search", &search), ("start", &start)]);
        for table in [ROWS, ITEMS] {
            let _ = table.cut(Params(&given), vec![row("title", json!("x"), 1), row("name", json!(2), 0)], 2);
        }
    }
}
