//! `edit_user`, `delete_user`, `undelete_user`, `delete_all_user_history`.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use crate::registry::Param;
use serde_json::json;

pub(crate) const EDIT: &str = include_str!("../../documents/edit_user.graphql");
pub(crate) const DELETE: &str = include_str!("../../documents/delete_user.graphql");
pub(crate) const UNDELETE: &str = include_str!("../../documents/undelete_user.graphql");
pub(crate) const DELETE_HISTORY: &str = include_str!("../../documents/delete_all_user_history.graphql");

const USER: Param = Param { name: "user_id", about: "the user's account" };
const ROWS: Param = Param { name: "row_ids", about: "or row numbers of users, separated by commas" };
pub(crate) const EDIT_PARAMS: &[Param] = &[
    USER,
    Param { name: "friendly_name", about: "the name to show" },
    Param { name: "custom_thumb", about: "address of the picture to show" },
    Param { name: "do_notify", about: "1 or 0" },
    Param { name: "keep_history", about: "1 to keep plays in the history" },
    Param { name: "allow_guest", about: "1 to let the user sign in" },
];
pub(crate) const DELETE_PARAMS: &[Param] = &[USER, ROWS];
pub(crate) const UNDELETE_PARAMS: &[Param] =
    &[USER, Param { name: "username", about: "or the name of the account" }];

/// Whatever is not given is taken away.
pub(crate) async fn edit(call: Call<'_>) -> Outcome {
    let Some(user) = call.params.filled("user_id") else { return Err(Failure::Refused(None)) };
    let input = json!({
        "friendlyName": call.params.get("friendly_name").unwrap_or_default(),
        "picture": call.params.get("custom_thumb").unwrap_or_default(),
        "doNotify": call.params.switch("do_notify", false),
        "keepHistory": call.params.switch("keep_history", false),
        "allowGuest": call.params.switch("allow_guest", false),
    });
    if let Some(account) = whole(user) {
        for id in call.users("accounts", vec![account]).await? {
            if let Some(problem) = call.attempt(EDIT, json!({"id": id, "input": input})).await? {
                return Err(problem.into());
            }
        }
    }
    Ok(Answer::data("Successfully updated user."))
}

/// The users that are named by account or by row; `None` where nobody is named.
async fn named(call: &Call<'_>) -> Result<Option<(Vec<String>, bool)>, Failure> {
    if let Some(rows) = call.params.numbers("row_ids") {
        return Ok(Some((call.users("rows", rows).await?, true)));
    }
    match call.params.numbers("user_id") {
        Some(accounts) => Ok(Some((call.users("accounts", accounts).await?, false))),
        None => Ok(None),
    }
}

pub(crate) async fn delete(call: Call<'_>) -> Outcome {
    let Some((ids, by_row)) = named(&call).await? else {
        return Err(Failure::refused("No user id or row ids received."));
    };
    if ids.is_empty() && by_row {
        return Err(Failure::refused("Failed to delete user(s)."));
    }
    call.change_each(DELETE, &ids).await?;
    Ok(Answer::said("Deleted user."))
}

pub(crate) async fn undelete(call: Call<'_>) -> Outcome {
    let invalid = || Failure::refused("Unable to re-add user. Invalid user_id or username.");
    let (by, value, ids) = match (call.params.filled("user_id"), call.params.filled("username")) {
        (Some(user), _) => {
            let accounts: Vec<i64> = whole(user).into_iter().collect();
            ("user_id", user, call.users("accounts", accounts).await?)
        }
        (None, Some(name)) => ("username", name, call.users("names", vec![name]).await?),
        (None, None) => return Err(invalid()),
    };
    if ids.is_empty() {
        return Err(invalid());
    }
    call.change_each(UNDELETE, &ids).await?;
    Ok(Answer::said(&format!("Re-added user with {by} {value}.")))
}

pub(crate) async fn delete_history(call: Call<'_>) -> Outcome {
    let Some((ids, _)) = named(&call).await? else {
        return Err(Failure::refused("No user id or row ids received."));
    };
    call.change_each(DELETE_HISTORY, &ids).await?;
    Ok(Answer::said("Deleted user history."))
}
