//! Every document against the schema's text: it is valid, and whatever the schema may answer can be read.

use crate::registry::{documents, rows};
use crate::testing::{Host, json_of};
use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use serde_json::{Map, Value, json};

fn schema() -> Valid<Schema> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/schema.graphql");
    Schema::parse_and_validate(std::fs::read_to_string(path).unwrap(), "schema.graphql").unwrap()
}

/// What the schema could answer.
struct Sampler<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    /// Whether what may be absent is there.
    full: bool,
    /// Which of an enum's values to take.
    turn: usize,
}

impl Sampler<'_> {
    fn object(&self, set: &SelectionSet) -> Map<String, Value> {
        let mut object = Map::new();
        for selection in &set.selections {
            match selection {
                Selection::Field(field) if self.is_left_out(field) => (),
                Selection::Field(field) => {
                    let value = self.value(&field.definition.ty, &field.selection_set);
                    object.insert(field.response_key().to_string(), value);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.document.fragments[&spread.fragment_name];
                    object.extend(self.object(&fragment.selection_set));
                }
                Selection::InlineFragment(inline) => object.extend(self.object(&inline.selection_set)),
            }
        }
        object
    }

    fn is_left_out(&self, field: &apollo_compiler::executable::Field) -> bool {
        let include =
            field.directives.get("include").map(|given| &**given.specified_argument_by_name("if").unwrap());
        matches!(include, Some(Literal::Variable(_))) && !self.full
    }

    fn value(&self, ty: &Type, set: &SelectionSet) -> Value {
        match ty {
            Type::Named(_) | Type::List(_) if !self.full => Value::Null,
            Type::Named(name) | Type::NonNullNamed(name) => self.named(name, set),
            Type::List(inner) | Type::NonNullList(inner) => {
                json!([self.value(inner, set), self.value(inner, set)])
            }
        }
    }

    fn named(&self, name: &str, set: &SelectionSet) -> Value {
        match &self.schema.types[name] {
            ExtendedType::Enum(kind) => {
                let names: Vec<_> = kind.values.keys().collect();
                json!(names[self.turn % names.len()].as_str())
            }
            ExtendedType::Scalar(_) => match name {
                "Boolean" => json!(true),
                "Int" | "Long" | "Duration" => json!(3_000_000),
                "Float" => json!(17.5),
                "DateTime" => json!("2026-06-15T18:30:00.123456+00:00"),
                "String" | "ID" => json!("text"),
                "JSON" => json!({"id": 5}),
                other => panic!("a sample of {other}"),
            },
            _ => Value::Object(self.object(set)),
        }
    }
}

fn operation(document: &ExecutableDocument) -> &Operation {
    document.operations.get(None).unwrap()
}

#[test]
fn every_document_is_valid() {
    let schema = schema();
    assert!(documents().count() > 5);
    for text in documents() {
        let document = ExecutableDocument::parse_and_validate(&schema, text, "document.graphql");
        assert!(document.is_ok(), "{text}\n{}", document.unwrap_err().errors);
    }
}

/// Parameters that lead every command to all of its documents.
const PARAMS: [(&str, &str); 15] = [
    ("check", "database"),
    ("session_key", "3000000"),
    ("length", "5"),
    ("message", "x"),
    ("section_id", "3000000"),
    ("rating_key", "3000000"),
    ("user_id", "3000000"),
    ("ip_address", "1.2.3.4"),
    ("query", "x"),
    ("count", "5"),
    ("pref", "x"),
    ("notifier_id", "5"),
    ("newsletter_id", "5"),
    ("client_id", "x"),
    ("sync_id", "text"),
];
/// Of libraries that nobody knows these are a fault, as they always were.
const OF_KNOWN_LIBRARIES: [&str; 1] = ["get_collections_table"];

/// Parameters that commands cannot do without.
const NEEDED: [(&str, &str); 9] = [
    ("user_id", "5"),
    ("section_id", "5"),
    ("server_id", "5"),
    ("rating_key", "5"),
    ("old_rating_key", "5"),
    ("new_rating_key", "6"),
    ("media_type", "movie"),
    ("import_app", "tautulli"),
    ("database_path", "file.db"),
];

#[tokio::test]
async fn whatever_is_answered_can_be_read() {
    let schema = schema();
    for (row, full, turn) in rows().flat_map(|row| (0..14).map(move |turn| (row, turn % 2 == 0, turn))) {
        let script = row.documents.iter().map(|text| {
            let document =
                ExecutableDocument::parse_and_validate(&schema, *text, "document.graphql").unwrap();
            let sampler = Sampler { schema: &schema, document: &document, full, turn };
            let name = operation(&document).name.as_ref().unwrap().to_string();
            let answer = Value::Object(sampler.object(&operation(&document).selection_set));
            (&*name.leak(), Ok(answer))
        });
        let host = Host::new(script.collect());
        if !full && OF_KNOWN_LIBRARIES.contains(&row.name) {
            continue;
        }
        let others = [
            ("row_id", "5"),
            ("row_ids", "5"),
            ("section_id", "3000000"),
            ("length", "-1"),
            ("sync_id", "text"),
        ];
        for with in [&PARAMS[..], &PARAMS[2..], &others] {
            let response = host.call(&[&[("cmd", row.name)], &NEEDED[..], with].concat()).await;
            let body = String::from_utf8_lossy(&response.body).into_owned();
            assert_ne!(response.status, 500, "{} {with:?} {full}: {body}", row.name);
            let is_json = response.content_type.starts_with("application/json");
            assert!(!is_json || body.is_empty() || json_of(&response).is_object(), "{body}");
        }
    }
}
