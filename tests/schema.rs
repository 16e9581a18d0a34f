//! The public contract as text.

use reader::descriptions_missing;

mod reader {
    /// Types and fields of an SDL that have no description.
    pub fn descriptions_missing(sdl: &str) -> Vec<String> {
        let mut missing = Vec::new();
        let (mut described, mut in_text, mut owner) = (false, false, String::new());
        for line in sdl.lines() {
            let text = line.trim();
            if text.starts_with("\"\"\"") {
                let closes = text.len() > 5 && text.ends_with("\"\"\"");
                in_text = !in_text && !closes;
                described = true;
                continue;
            }
            if in_text || text.is_empty() || text.starts_with('#') {
                continue;
            }
            let opens =
                ["type ", "input ", "enum ", "interface ", "union ", "scalar ", "directive ", "schema "]
                    .iter()
                    .any(|word| text.starts_with(word));
            if opens {
                owner = text.split_whitespace().nth(1).unwrap_or_default().to_owned();
                let is_own = !text.starts_with("directive ") && !text.starts_with("schema ");
                // The pages' own types come from the library without a text of theirs.
                let is_page = owner.ends_with("Connection");
                if is_own && !is_page && !described && !is_given(&owner) {
                    missing.push(owner.clone());
                }
            } else if !text.starts_with(['}', ')'])
                && !described
                && line.starts_with('\t')
                && !line.starts_with("\t\t")
                && !is_plain(&owner)
            {
                missing.push(format!("{owner}.{text}"));
            }
            described = false;
        }
        missing
    }

    /// Scalars of the language itself, and the roots.
    fn is_given(name: &str) -> bool {
        ["Boolean", "Float", "ID", "Int", "String", "ValidationMode"].contains(&name)
    }

    /// The members of the schema block and of enums whose names say everything.
    fn is_plain(owner: &str) -> bool {
        owner == "{"
            || owner.ends_with("Kind")
            || owner.ends_with("Order")
            || owner.ends_with("State")
            || owner == "Location"
    }
}

#[test]
fn the_schema_is_what_is_written_down() {
    let written = include_str!("../schema/schema.graphql");
    assert!(
        tautulli::graphql::sdl() == written,
        "the schema has changed: run `cargo xtask schema` and look at the difference"
    );
}

#[test]
fn every_type_and_field_is_described() {
    let missing = descriptions_missing(&tautulli::graphql::sdl());
    assert!(missing.is_empty(), "no description: {missing:#?}");
}
