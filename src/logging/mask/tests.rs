//! No secret survives; what is no secret stays readable.

use super::*;
use proptest::prelude::*;

#[test]
fn hides_what_stands_where_secrets_stand() {
    let cases = [
        ("GET /x?X-Plex-Token=abc123&y=1 200", "GET /x?X-Plex-Token=••••&y=1 200"),
        ("X-Plex-Token: abc123 sent", "X-Plex-Token: •••• sent"),
        (r#"{"authToken":"a\"b\\","id":1}"#, r#"{"authToken":"••••","id":1}"#),
        (r#"{"body":"{\"token\":\"a\\\"b\",\"id\":1}"}"#, r#"{"body":"{\"token\":\"••••\",\"id\":1}"}"#),
        ("/api/v2?apikey=abc&cmd=x", "/api/v2?apikey=••••&cmd=x"),
        ("api_key=abc, next", "api_key=••••, next"),
        ("Login { user: \"ann\", password: \"a b\" }", "Login { user: \"ann\", password: \"••••\" }"),
        ("Login { password: Some(\"a\") }", "Login { password: \"••••\") }"),
        ("username=ann&password=p%20w", "username=ann&password=••••"),
        ("authorization: Basic YW5uOnB3\nnext", "authorization: ••••\nnext"),
        (
            r#"{"authorization": "Bearer x", "accept": "*/*"}"#,
            r#"{"authorization": "••••", "accept": "*/*"}"#,
        ),
        ("value Bearer abcdefghijklmnop", "value Bearer ••••"),
        ("Cookie: a=b; c=d", "Cookie: ••••"),
        ("postgresql://ann:p@ss:w@db:5432/x?y", "postgresql://ann:••••@db:5432/x?y"),
        ("https://:key@host/", "https://:••••@host/"),
    ];
    for (text, expected) in cases {
        assert_eq!(mask(text), expected);
    }
}

#[test]
fn leaves_the_rest_alone() {
    let plain = [
        "invalid token: it has expired",
        "Basic authentication is off",
        "http://host:8181/path@2x.png",
        "tokens=5 were counted: 7",
        "https://user@host/",
        "a secret place",
    ];
    for text in plain {
        assert_eq!(mask(text), text);
        assert!(matches!(mask(text), Cow::Borrowed(_)));
    }
}

#[test]
fn hides_what_was_learned_in_every_spelling() {
    let learned = Learned::default();
    learned.learn(" s3 cr\"et/ ");
    learned.learn("abc");
    for text in ["<s3 cr\"et/>", r#"<s3 cr\"et/>"#, "<s3%20cr%22et%2F>", "<s3+cr%22et%2F>"] {
        assert_eq!(learned.mask(text), "<••••>");
    }
    assert_eq!(learned.mask("abc"), "abc", "too short to be a secret");
    learned.learn("aXaXa");
    assert_eq!(learned.mask("1aXaXaXa2aXaXaaXaXa"), "1••••2••••");
}

#[test]
fn learns_for_the_whole_process() {
    learn("only-this-test-knows-it");
    assert_eq!(mask("(only-this-test-knows-it)"), "(••••)");
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof!["[ab•]{4,6}", "\\PC{4,20}", "[\"\\\\=: tokenSme(@/]{4,10}"]
}

proptest! {
    #[test]
    fn no_learned_secret_survives(
        secrets in proptest::collection::vec(piece(), 1..6),
        filling in proptest::collection::vec("[ab•\"\\\\=: @/]{0,6}|token=|password: |://", 1..12),
        order in proptest::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let learned = Learned::default();
        secrets.iter().for_each(|secret| learned.learn(secret));
        let text: String = order
            .iter()
            .zip(filling.iter().cycle())
            .map(|(index, filling)| format!("{filling}{}", index.get(&secrets)))
            .collect();
        let masked = learned.mask(&text);
        for secret in secrets.iter().filter(|secret| secret.trim().len() >= SHORTEST) {
            prop_assert!(!masked.contains(secret.trim()), "{secret:?} in {masked:?}");
        }
    }

    #[test]
    fn any_text_can_be_masked(text in "(\\PC|[\"\\\\=:@/ ]|token|password|authorization){0,80}") {
        mask(&text);
    }

    #[test]
    fn query_values_are_hidden(value in "[A-Za-z0-9_.~%-]{1,40}", key in "X-Plex-Token|token|apikey|password") {
        let text = format!("/p?{key}={value}&k=v");
        prop_assert_eq!(mask(&text), format!("/p?{key}={MASK}&k=v"));
    }

    #[test]
    fn json_values_are_hidden(value in "\\PC{1,40}") {
        let text = serde_json::json!({ "password": value, "z": 1 }).to_string();
        prop_assert_eq!(mask(&text), format!("{{\"password\":\"{MASK}\",\"z\":1}}"));
        let twice = serde_json::json!({ "body": text }).to_string();
        let expected = format!("{{\"body\":\"{{\\\"password\\\":\\\"{MASK}\\\",\\\"z\\\":1}}\"}}");
        prop_assert_eq!(mask(&twice), expected);
    }
}
