//! `edit_library`, `delete_library`, `undelete_library`, `delete_all_library_history`.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use crate::registry::Param;
use serde_json::json;

pub(crate) const EDIT: &str = include_str!("../../documents/edit_library.graphql");
pub(crate) const DELETE: &str = include_str!("../../documents/delete_library.graphql");
pub(crate) const UNDELETE: &str = include_str!("../../documents/undelete_library.graphql");
pub(crate) const DELETE_HISTORY: &str = include_str!("../../documents/delete_all_library_history.graphql");

const SECTION: Param = Param { name: "section_id", about: "the library" };
pub(crate) const EDIT_PARAMS: &[Param] = &[
    SECTION,
    Param { name: "custom_thumb", about: "address of the picture to show" },
    Param { name: "custom_art", about: "address of the background to show" },
    Param { name: "do_notify", about: "1 or 0" },
    Param { name: "do_notify_created", about: "1 or 0" },
    Param { name: "keep_history", about: "1 to keep plays in the history" },
];
pub(crate) const DELETE_PARAMS: &[Param] = &[
    Param { name: "server_id", about: "the media server" },
    SECTION,
    Param { name: "row_ids", about: "or row numbers of libraries, separated by commas" },
];
pub(crate) const UNDELETE_PARAMS: &[Param] = &[SECTION, Param { name: "section_name", about: "or its name" }];

/// Whatever is not given is taken away.
pub(crate) async fn edit(call: Call<'_>) -> Outcome {
    let Some(section) = call.params.filled("section_id") else { return Err(Failure::Refused(None)) };
    let input = json!({
        "picture": call.params.get("custom_thumb").unwrap_or_default(),
        "background": call.params.get("custom_art").unwrap_or_default(),
        "doNotify": call.params.switch("do_notify", false),
        "doNotifyCreated": call.params.switch("do_notify_created", false),
        "keepHistory": call.params.switch("keep_history", false),
    });
    if let Some(section) = whole(section) {
        for id in call.libraries("sections", vec![section]).await? {
            if let Some(problem) = call.attempt(EDIT, json!({"id": id, "input": input})).await? {
                return Err(problem.into());
            }
        }
    }
    Ok(Answer::data("Successfully updated library."))
}

/// The libraries that are named by row, or by server and section together.
async fn named(call: &Call<'_>) -> Result<Vec<String>, Failure> {
    if let Some(rows) = call.params.numbers("row_ids") {
        return call.libraries("rows", rows).await;
    }
    match (call.params.filled("server_id"), call.params.numbers("section_id")) {
        (Some(_), Some(sections)) => call.libraries("sections", sections).await,
        _ => Err(Failure::refused("No server id and section id or row ids received.")),
    }
}

pub(crate) async fn delete(call: Call<'_>) -> Outcome {
    let ids = named(&call).await?;
    call.change_each(DELETE, &ids).await?;
    Ok(Answer::said("Deleted library."))
}

pub(crate) async fn undelete(call: Call<'_>) -> Outcome {
    let invalid = || Failure::refused("Unable to re-add library. Invalid section_id or section_name.");
    let (by, value, ids) = match (call.params.filled("section_id"), call.params.filled("section_name")) {
        (Some(section), _) => {
            let sections: Vec<i64> = whole(section).into_iter().collect();
            ("section_id", section, call.libraries("sections", sections).await?)
        }
        (None, Some(name)) => ("section_name", name, call.libraries("names", vec![name]).await?),
        (None, None) => return Err(invalid()),
    };
    if ids.is_empty() {
        return Err(invalid());
    }
    call.change_each(UNDELETE, &ids).await?;
    Ok(Answer::said(&format!("Re-added library with {by} {value}.")))
}

pub(crate) async fn delete_history(call: Call<'_>) -> Outcome {
    let ids = named(&call).await?;
    call.change_each(DELETE_HISTORY, &ids).await?;
    Ok(Answer::said("Deleted library history."))
}
