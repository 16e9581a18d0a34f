//! Which queries of users may be put to the database at all: one statement that reads, with functions that are known to be
//! harmless. The database's own rights are the other half of the fence; neither trusts the other.

use crate::{Error, Result};

/// Longer queries are nobody's.
const MOST: usize = 20_000;

/// Functions that only compute, and words of the language that stand before a parenthesis.
const HARMLESS: [&str; 109] = [
    "abs",
    "all",
    "and",
    "any",
    "array",
    "array_agg",
    "as",
    "avg",
    "between",
    "bool_and",
    "bool_or",
    "by",
    "cardinality",
    "case",
    "cast",
    "ceil",
    "ceiling",
    "char_length",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "date_bin",
    "date_part",
    "date_trunc",
    "dense_rank",
    "desc",
    "distinct",
    "else",
    "end",
    "every",
    "except",
    "exists",
    "extract",
    "filter",
    "first_value",
    "floor",
    "from",
    "greatest",
    "group",
    "grouping",
    "having",
    "in",
    "initcap",
    "intersect",
    "interval",
    "is",
    "join",
    "lag",
    "last_value",
    "lateral",
    "lead",
    "least",
    "left",
    "length",
    "like",
    "limit",
    "lower",
    "ltrim",
    "make_interval",
    "max",
    "min",
    "mod",
    "mode",
    "not",
    "now",
    "nth_value",
    "ntile",
    "nullif",
    "offset",
    "on",
    "or",
    "order",
    "over",
    "partition",
    "percent_rank",
    "percentile_cont",
    "percentile_disc",
    "position",
    "rank",
    "replace",
    "right",
    "round",
    "row_number",
    "rtrim",
    "select",
    "sign",
    "split_part",
    "starts_with",
    "string_agg",
    "strpos",
    "substr",
    "substring",
    "sum",
    "then",
    "to_char",
    "to_timestamp",
    "trim",
    "trunc",
    "union",
    "upper",
    "using",
    "values",
    "when",
    "where",
    "width_bucket",
    "with",
    "within",
];

/// # Errors
/// `Invalid` with what may not be in it.
pub fn check(query: &str) -> Result<()> {
    if query.len() > MOST {
        return Err(Error::invalid(format!("A query may have at most {MOST} bytes")));
    }
    let mut rest = query;
    let mut words = 0;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '\'' => text(rest, "'")?,
            '"' => {
                let after = text(rest, "\"")?;
                let name = rest.strip_suffix(after).unwrap_or(rest).trim_matches('"');
                check_word(&name.to_lowercase(), after)?;
                after
            }
            '$' | ';' | '\\' | '\0' | '&' | '`' | '@' => {
                return Err(Error::invalid(format!("A query may not contain {first:?} outside of texts")));
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let word = word.to_lowercase();
                if after.starts_with('\'') {
                    return Err(Error::invalid("A query may not contain texts with a prefix"));
                }
                if words == 0 && !["select", "with", "values"].contains(&word.as_str()) {
                    return Err(Error::invalid("A query begins with SELECT, WITH or VALUES"));
                }
                words += 1;
                check_word(&word, after)?;
                after
            }
            _ if rest.starts_with("--") || rest.starts_with("/*") => {
                return Err(Error::invalid("A query may not contain comments"));
            }
            other => rest.strip_prefix(other).unwrap_or_default(),
        };
    }
    if words == 0 { Err(Error::invalid("A query begins with SELECT, WITH or VALUES")) } else { Ok(()) }
}

/// What follows a text in quotes; two of them in a row stand for one.
fn text<'a>(from: &'a str, quote: &str) -> Result<&'a str> {
    let mut rest = from.strip_prefix(quote).unwrap_or_default();
    loop {
        let Some((_, after)) = rest.split_once(quote) else {
            return Err(Error::invalid("A text in the query does not end"));
        };
        match after.strip_prefix(quote) {
            Some(more) => rest = more,
            None => return Ok(after),
        }
    }
}

fn check_word(word: &str, after: &str) -> Result<()> {
    if word.starts_with("pg_") || word == "information_schema" {
        return Err(Error::invalid(format!("A query may not name {word}")));
    }
    let is_called = after.trim_start().starts_with('(');
    if is_called && !HARMLESS.contains(&word) {
        return Err(Error::invalid(format!("A query may not call {word}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_clients_ask_is_asked() {
        for good in [
            "SELECT COUNT(*) AS n FROM session_history",
            "SELECT id, user_id FROM users ORDER BY id LIMIT 2",
            "SELECT 1 AS one, NULL AS none, 'x' AS text, 1.5 AS real",
            "with a as (select \"user\" from session_history where player in ('it''s', 'b')) select count(distinct \"user\") from a",
            "SELECT to_timestamp(started) FROM session_history WHERE (stopped - started) > 60 AND title LIKE '%;--%'",
        ] {
            assert!(check(good).is_ok(), "{good}: {:?}", check(good));
        }
    }

    #[test]
    fn what_could_do_more_is_not() {
        for bad in [
            "",
            " ",
            "DELETE FROM users",
            "SELECT 1; DROP TABLE users",
            "SELECT set_config('role', 'none', true)",
            "SELECT SET_CONFIG ('role', 'none', true)",
            "SELECT \"set_config\"('role', 'none', true)",
            "SELECT pg_catalog.set_config('role', 'none', true)",
            "SELECT query_to_xml('select * from settings', true, true, '')",
            "SELECT pg_sleep(60)",
            "SELECT rolname FROM pg_roles",
            "SELECT * FROM \"pg_authid\"",
            "SELECT * FROM information_schema.tables",
            "SELECT lo_import('/etc/passwd')",
            "SELECT $$x$$",
            "SELECT U&'\\0061'",
            "SELECT E'\\' , pg_sleep(1) --'",
            "SELECT 1 -- comment",
            "SELECT 1 /* comment */",
            "SELECT 'open",
            "SELECT repeat('x', 1000000000)",
            "SELECT * FROM generate_series(1, 1000000000)",
            "SELECT $1",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check(&format!("SELECT {}", "1,".repeat(MOST))).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_judged(query in any::<String>()) {
            let _ = check(&query);
        }

        #[test]
        fn no_way_of_writing_hides_a_call(space in "[ \t\r\n]{0,3}", quoted: bool, upper: bool, before in "[a-z ,'()=*]{0,20}") {
            let name = if upper { "SET_CONFIG" } else { "set_config" };
            let name = if quoted { format!("\"{name}\"") } else { name.to_owned() };
            prop_assume!(before.matches('\'').count() % 2 == 0);
            let query = format!("select {before} {name}{space}('role', 'none')");
            prop_assert!(check(&query).is_err());
        }
    }
}
