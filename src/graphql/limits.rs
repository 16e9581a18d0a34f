//! Limits that depth and complexity do not set: aliases, root fields, fragments that multiply.

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use std::collections::HashMap;

/// Aliases in one document.
const MAX_ALIASES: usize = 100;
/// Fields of the root in one operation.
const MAX_ROOT_FIELDS: usize = 20;
/// Operations in one document.
const MAX_OPERATIONS: usize = 20;
/// Selections of one operation after fragments are put in their places.
const MAX_FIELDS: usize = 3_000;

/// What is wrong with a document, if anything is. Asked before the executing library looks at it: its own walks through
/// fragments take time that doubles with each level.
pub(super) fn check(document: &ExecutableDocument) -> Result<(), String> {
    let fragments = document.fragments.values().map(|f| &f.node.selection_set.node);
    let operations = document.operations.iter().map(|(_, o)| &o.node.selection_set.node);
    if fragments.chain(operations).map(aliases).sum::<usize>() > MAX_ALIASES {
        return Err(format!("An operation may carry at most {MAX_ALIASES} aliases"));
    }
    if document.operations.iter().count() > MAX_OPERATIONS {
        return Err(format!("A document may hold at most {MAX_OPERATIONS} operations"));
    }
    let mut known = HashMap::new();
    for (_, operation) in document.operations.iter() {
        let root = &operation.node.selection_set.node;
        if count(document, root, &mut known, 0, false) > MAX_ROOT_FIELDS {
            return Err(format!("An operation may ask for at most {MAX_ROOT_FIELDS} fields of the root"));
        }
        known.clear();
        if count(document, root, &mut known, 0, true) > MAX_FIELDS {
            return Err(format!("An operation may ask for at most {MAX_FIELDS} fields"));
        }
        known.clear();
    }
    Ok(())
}

fn aliases(set: &SelectionSet) -> usize {
    let of = |selection: &Selection| match selection {
        Selection::Field(field) => {
            usize::from(field.node.alias.is_some()) + aliases(&field.node.selection_set.node)
        }
        Selection::InlineFragment(fragment) => aliases(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => 0,
    };
    set.items.iter().map(|item| of(&item.node)).sum()
}

/// Nesting beyond this is refused elsewhere; here it only must not exhaust the stack.
const DEEPEST: usize = 64;

/// The fields of a set with fragments in their places. Each fragment is counted once and remembered, so that fragments of
/// fragments cost no more than their text; those that contain themselves are refused by validation.
fn count(
    document: &ExecutableDocument,
    set: &SelectionSet,
    known: &mut HashMap<Name, usize>,
    depth: usize,
    nested: bool,
) -> usize {
    if depth > DEEPEST {
        return MAX_FIELDS;
    }
    let mut fields: usize = 0;
    for item in &set.items {
        let more = match &item.node {
            Selection::Field(field) if nested => {
                1 + count(document, &field.node.selection_set.node, known, depth + 1, nested)
            }
            Selection::Field(_) => 1,
            Selection::InlineFragment(fragment) => {
                usize::from(nested)
                    + count(document, &fragment.node.selection_set.node, known, depth + 1, nested)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                // A spread is a step of every walk, whatever it holds.
                usize::from(nested).saturating_add(match (known.get(name), document.fragments.get(name)) {
                    (Some(known), _) => *known,
                    (None, Some(fragment)) => {
                        known.insert(name.clone(), 0);
                        let inside =
                            count(document, &fragment.node.selection_set.node, known, depth + 1, nested);
                        known.insert(name.clone(), inside);
                        inside
                    }
                    (None, None) => 0,
                })
            }
        };
        fields = fields.saturating_add(more);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    fn refused(text: &str) -> bool {
        check(&parse_query(text).unwrap()).is_err()
    }

    #[test]
    fn too_much_of_one_kind_is_refused() {
        let many = |n: usize| (0..n).map(|i| format!("a{i}: b {{ c }} ")).collect::<String>();
        assert!(!refused(&format!("{{ {} }}", many(20))));
        assert!(refused(&format!("{{ {} }}", many(21))));
        assert!(refused(&format!("{{ x {{ {} }} }}", many(101))));
    }

    #[test]
    fn fragments_that_multiply_are_refused_quickly() {
        let mut text = "{ ...f0 } ".to_owned();
        for n in 0..40 {
            text.push_str(&format!(
                "fragment f{n} on T {{ a {{ ...f{next} }} b {{ ...f{next} }} }} ",
                next = n + 1
            ));
        }
        text.push_str("fragment f40 on T { a }");
        assert!(refused(&text));
        assert!(!refused("{ ...f } fragment f on T { ...f }"), "cycles are left to validation");
        let empty = |levels: usize| {
            let spreads = |n: usize| format!("fragment f{n} on T {{ ...f{next} ...f{next} }} ", next = n + 1);
            format!("{{ ...f0 }} {}", (0..levels).map(spreads).collect::<String>())
        };
        assert!(refused(&empty(24)), "spreads count even where they lead nowhere");
    }

    proptest! {
        #[test]
        fn any_document_is_counted(depth in 0usize..200, width in 1usize..20) {
            let text = format!("{}{}{}", "{ a ".repeat(depth + 1), "b ".repeat(width), "}".repeat(depth + 1));
            if let Ok(document) = parse_query(text) {
                let _ = check(&document);
            }
        }
    }
}
