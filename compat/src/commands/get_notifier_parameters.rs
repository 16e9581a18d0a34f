//! `get_notifier_parameters`: what the texts of notifications may tell.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::data::lines;
use serde_json::{Value, json};

const TABLE: &str = include_str!("../../data/notification_parameters.txt");

/// A line of the table; its group is for the pages that explain the names.
fn read(line: &str) -> Option<Value> {
    let mut words = line.split('\t');
    let (_, kind, name, label) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(json!({"name": label, "type": kind, "value": name}))
}

pub(crate) async fn run(_: Call<'_>) -> Outcome {
    Ok(Answer::data(lines(TABLE).filter_map(read).collect::<Value>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_parameter() {
        let lines: Vec<_> = lines(TABLE).collect();
        assert!(lines.len() > 300);
        assert!(lines.iter().all(|line| read(line).is_some()));
        let wanted = json!({"name": "Server Port", "type": "int", "value": "server_port"});
        assert!(lines.iter().filter_map(|line| read(line)).any(|told| told == wanted));
    }
}
