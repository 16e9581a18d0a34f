//! The commands: one row each, sorted by name within their tables. Whatever lists commands is made from here.

#[macro_use]
mod row;

mod absent;
mod items;
mod names;
mod server;
mod service;

use crate::answer::{Failure, Outcome};
use crate::commands::{self, Call};
use std::pin::Pin;

/// A parameter as the documentation tells it.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

/// A command.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) params: &'static [Param],
    /// What it asks the schema, where it does so.
    pub(crate) documents: &'static [&'static str],
    work: Work,
}

type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

#[derive(Clone, Copy)]
enum Work {
    /// Needs no key.
    Open(fn() -> Outcome),
    Keyed(for<'a> fn(Call<'a>) -> Running<'a>),
}

impl Row {
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.work, Work::Open(_))
    }

    /// Runs the command; `call` is there for everyone who has shown a key.
    pub(crate) async fn run(&self, call: Option<Call<'_>>) -> Outcome {
        match (self.work, call) {
            (Work::Open(work), _) => work(),
            (Work::Keyed(work), Some(call)) => work(call).await,
            (Work::Keyed(_), None) => Err(Failure::refused("Parameter apikey is required")),
        }
    }
}

/// Every command that is there.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    [ROWS, items::ROWS, server::ROWS, service::ROWS, absent::ROWS].into_iter().flatten()
}

/// The command of that name, exactly.
pub(crate) fn find(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name == name)
}

/// Whether the reference has that command and it is still to come here.
pub(crate) fn is_pending(name: &str) -> bool {
    names::ALL.contains(&name) && find(name).is_none()
}

/// Every document that may be executed, for the host to check against its schema.
pub fn documents() -> impl Iterator<Item = &'static str> {
    rows().flat_map(|row| row.documents).copied()
}

/// The names of all commands that the reference has.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    names::ALL.into_iter()
}

static ROWS: &[Row] = &[
    Row {
        name: "delete_all_library_history",
        about: "Deletes all plays of libraries.",
        params: commands::edit_library::DELETE_PARAMS,
        documents: &[
            commands::DEFAULT_SERVER,
            commands::FIND_LIBRARIES,
            commands::edit_library::DELETE_HISTORY,
        ],
        work: Work::Keyed(|call| Box::pin(commands::edit_library::delete_history(call))),
    },
    Row {
        name: "delete_all_user_history",
        about: "Deletes all plays of users.",
        params: commands::edit_user::DELETE_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_USERS, commands::edit_user::DELETE_HISTORY],
        work: Work::Keyed(|call| Box::pin(commands::edit_user::delete_history(call))),
    },
    Row {
        name: "delete_history",
        about: "Deletes plays.",
        params: commands::edit_history::DELETE_PARAMS,
        documents: &[commands::edit_history::DELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::delete(call))),
    },
    Row {
        name: "delete_library",
        about: "Hides libraries and deletes their plays.",
        params: commands::edit_library::DELETE_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_LIBRARIES, commands::edit_library::DELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_library::delete(call))),
    },
    Row {
        name: "delete_login_log",
        about: "Empties the log of sign-ins.",
        params: &[],
        documents: &[commands::get_user_logins::CLEAR],
        work: Work::Keyed(|call| Box::pin(commands::get_user_logins::clear(call))),
    },
    Row {
        name: "delete_temp_sessions",
        about: "Forgets sessions of media servers that are watched no more.",
        params: &[],
        documents: &[commands::edit_history::SESSIONS],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::forget_sessions(call))),
    },
    Row {
        name: "delete_user",
        about: "Hides users and deletes their plays.",
        params: commands::edit_user::DELETE_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_USERS, commands::edit_user::DELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_user::delete(call))),
    },
    Row {
        name: "docs",
        about: "Returns this documentation as JSON.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::json),
    },
    Row {
        name: "docs_md",
        about: "Returns this documentation as Markdown.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::markdown),
    },
    Row {
        name: "edit_library",
        about: "Changes what is chosen about a library.",
        params: commands::edit_library::EDIT_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_LIBRARIES, commands::edit_library::EDIT],
        work: Work::Keyed(|call| Box::pin(commands::edit_library::edit(call))),
    },
    Row {
        name: "edit_user",
        about: "Changes what is chosen about a user.",
        params: commands::edit_user::EDIT_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_USERS, commands::edit_user::EDIT],
        work: Work::Keyed(|call| Box::pin(commands::edit_user::edit(call))),
    },
    Row {
        name: "get_activity",
        about: "Returns the running streams.",
        params: &[
            Param { name: "session_key", about: "only the stream with this number" },
            Param { name: "session_id", about: "only the stream with this id" },
        ],
        documents: &[commands::DEFAULT_SERVER, commands::get_activity::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_activity::run(call))),
    },
    Row {
        name: "get_concurrent_streams_by_stream_type",
        about: "Returns the most streams at once by day.",
        params: commands::graphs::STREAM_PARAMS,
        documents: &[commands::graphs::CONCURRENT.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::CONCURRENT))),
    },
    Row {
        name: "get_history",
        about: "Returns the history, newest first.",
        params: commands::get_history::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::members::DOCUMENT, commands::get_history::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_history::run(call))),
    },
    Row {
        name: "get_home_stats",
        about: "Returns the cards of the home page, or one of them.",
        params: commands::get_home_stats::PARAMS,
        documents: &[commands::get_home_stats::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_home_stats::run(call))),
    },
    Row {
        name: "get_item_user_stats",
        about: "Returns who has played an item.",
        params: commands::user_stats::ITEM_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::members::DOCUMENT, commands::user_stats::OF_ITEM],
        work: Work::Keyed(|call| Box::pin(commands::user_stats::of_item(call))),
    },
    Row {
        name: "get_item_watch_time_stats",
        about: "Returns plays and time of an item.",
        params: commands::watch_time::ITEM_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::members::DOCUMENT, commands::watch_time::OF_ITEM],
        work: Work::Keyed(|call| Box::pin(commands::watch_time::of_item(call))),
    },
    Row {
        name: "get_libraries",
        about: "Returns the libraries that the media server has.",
        params: &[],
        documents: &[commands::DEFAULT_SERVER, commands::library::LIBRARIES_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::library::get_libraries(call))),
    },
    Row {
        name: "get_libraries_table",
        about: "Returns the libraries with what was played from them.",
        params: commands::get_libraries_table::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::get_libraries_table::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_libraries_table::run(call))),
    },
    Row {
        name: "get_library",
        about: "Returns a library.",
        params: commands::library::LIBRARY_PARAMS,
        documents: &[commands::library::LIBRARY_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::library::get_library(call))),
    },
    Row {
        name: "get_library_names",
        about: "Returns the names of the libraries.",
        params: &[],
        documents: &[commands::DEFAULT_SERVER, commands::library::NAMES_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::library::get_library_names(call))),
    },
    Row {
        name: "get_library_user_stats",
        about: "Returns who has played a library.",
        params: commands::user_stats::LIBRARY_PARAMS,
        documents: &[commands::user_stats::OF_LIBRARY],
        work: Work::Keyed(|call| Box::pin(commands::user_stats::of_library(call))),
    },
    Row {
        name: "get_library_watch_time_stats",
        about: "Returns plays and time of a library.",
        params: commands::watch_time::LIBRARY_PARAMS,
        documents: &[commands::watch_time::OF_LIBRARY],
        work: Work::Keyed(|call| Box::pin(commands::watch_time::of_library(call))),
    },
    Row {
        name: "get_new_rating_keys",
        about: "Returns the keys that the media server has of a show or artist.",
        params: commands::rating_keys::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::rating_keys::NEW],
        work: Work::Keyed(|call| Box::pin(commands::rating_keys::new(call))),
    },
    Row {
        name: "get_old_rating_keys",
        about: "Returns the keys that the history knows of a show or artist.",
        params: commands::rating_keys::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::rating_keys::OLD],
        work: Work::Keyed(|call| Box::pin(commands::rating_keys::old(call))),
    },
    Row {
        name: "get_plays_by_date",
        about: "Returns plays by day.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_DATE.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_DATE))),
    },
    Row {
        name: "get_plays_by_dayofweek",
        about: "Returns plays by day of the week.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_DAY_OF_WEEK.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_DAY_OF_WEEK))),
    },
    Row {
        name: "get_plays_by_hourofday",
        about: "Returns plays by hour of the day.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_HOUR_OF_DAY.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_HOUR_OF_DAY))),
    },
    Row {
        name: "get_plays_by_source_resolution",
        about: "Returns plays by the resolution of the file.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_SOURCE.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_SOURCE))),
    },
    Row {
        name: "get_plays_by_stream_resolution",
        about: "Returns plays by the resolution that was delivered.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_STREAM.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_STREAM))),
    },
    Row {
        name: "get_plays_by_stream_type",
        about: "Returns plays by day and how they were delivered.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_STREAM_TYPE.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_STREAM_TYPE))),
    },
    Row {
        name: "get_plays_by_top_10_platforms",
        about: "Returns the ten platforms with most plays.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_PLATFORM.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_PLATFORM))),
    },
    Row {
        name: "get_plays_by_top_10_users",
        about: "Returns the ten users with most plays.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::BY_USER.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::BY_USER))),
    },
    Row {
        name: "get_plays_per_month",
        about: "Returns plays by month.",
        params: commands::graphs::MONTH_PARAMS,
        documents: &[commands::graphs::PER_MONTH.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::PER_MONTH))),
    },
    Row {
        name: "get_server_info",
        about: "Returns the media server that is watched.",
        params: &[],
        documents: &[commands::get_server_info::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_server_info::run(call))),
    },
    Row {
        name: "get_stream_data",
        about: "Returns how a play or a running stream was delivered.",
        params: &[
            Param { name: "row_id", about: "the play's number in the history" },
            Param { name: "session_key", about: "or the number of a running stream" },
        ],
        documents: &[
            commands::DEFAULT_SERVER,
            commands::get_stream_data::PLAY_DOCUMENT,
            commands::get_stream_data::SESSION_DOCUMENT,
        ],
        work: Work::Keyed(|call| Box::pin(commands::get_stream_data::run(call))),
    },
    Row {
        name: "get_stream_type_by_top_10_platforms",
        about: "Returns how plays on the ten busiest platforms were delivered.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::TYPE_BY_PLATFORM.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::TYPE_BY_PLATFORM))),
    },
    Row {
        name: "get_stream_type_by_top_10_users",
        about: "Returns how plays of the ten busiest users were delivered.",
        params: commands::graphs::PARAMS,
        documents: &[commands::graphs::TYPE_BY_USER.document],
        work: Work::Keyed(|call| Box::pin(commands::graphs::run(call, &commands::graphs::TYPE_BY_USER))),
    },
    Row {
        name: "get_user",
        about: "Returns a user.",
        params: commands::user::USER_PARAMS,
        documents: &[commands::user::USER_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::user::get_user(call))),
    },
    Row {
        name: "get_user_ips",
        about: "Returns the addresses that a user has played from.",
        params: commands::get_user_ips::PARAMS,
        documents: &[commands::get_user_ips::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_user_ips::run(call))),
    },
    Row {
        name: "get_user_logins",
        about: "Returns the log of sign-ins.",
        params: commands::get_user_logins::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::get_user_logins::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_user_logins::run(call))),
    },
    Row {
        name: "get_user_names",
        about: "Returns the names of the users.",
        params: &[],
        documents: &[commands::DEFAULT_SERVER, commands::user::NAMES_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::user::get_user_names(call))),
    },
    Row {
        name: "get_user_player_stats",
        about: "Returns the players of a user.",
        params: commands::get_user_player_stats::PARAMS,
        documents: &[commands::get_user_player_stats::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_user_player_stats::run(call))),
    },
    Row {
        name: "get_user_watch_time_stats",
        about: "Returns plays and time of a user.",
        params: commands::watch_time::USER_PARAMS,
        documents: &[commands::watch_time::OF_USER],
        work: Work::Keyed(|call| Box::pin(commands::watch_time::of_user(call))),
    },
    Row {
        name: "get_users",
        about: "Returns the users.",
        params: &[],
        documents: &[commands::DEFAULT_SERVER, commands::user::USERS_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::user::get_users(call))),
    },
    Row {
        name: "get_users_table",
        about: "Returns the users with what they have played.",
        params: commands::get_users_table::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::get_users_table::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_users_table::run(call))),
    },
    Row {
        name: "import_config",
        about: "Refuses a configuration, and says where it belongs.",
        params: commands::import_database::CONFIG_PARAMS,
        documents: &[],
        work: Work::Keyed(|call| Box::pin(commands::import_database::config(call))),
    },
    Row {
        name: "import_database",
        about: "Brings the history of another installation here.",
        params: commands::import_database::PARAMS,
        documents: &[commands::import_database::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::import_database::run(call))),
    },
    Row {
        name: "logout_user_session",
        about: "Ends what sign-ins have opened.",
        params: commands::get_user_logins::END_PARAMS,
        documents: &[commands::get_user_logins::END],
        work: Work::Keyed(|call| Box::pin(commands::get_user_logins::end(call))),
    },
    Row {
        name: "regroup_history",
        about: "Puts the plays into groups anew.",
        params: &[],
        documents: &[commands::edit_history::REGROUP],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::regroup(call))),
    },
    Row {
        name: "status",
        about: "Tells whether the service works.",
        params: &[Param { name: "check", about: "`database` to check the database too" }],
        documents: &[commands::DEFAULT_SERVER],
        work: Work::Keyed(|call| Box::pin(commands::status::run(call))),
    },
    Row {
        name: "terminate_session",
        about: "Stops a running stream.",
        params: &[
            Param { name: "session_key", about: "the stream's number" },
            Param { name: "session_id", about: "or its id" },
            Param { name: "message", about: "what the player shows" },
        ],
        documents: &[
            commands::DEFAULT_SERVER,
            commands::terminate_session::SESSIONS_DOCUMENT,
            commands::terminate_session::DOCUMENT,
        ],
        work: Work::Keyed(|call| Box::pin(commands::terminate_session::run(call))),
    },
    Row {
        name: "undelete_library",
        about: "Shows a hidden library again.",
        params: commands::edit_library::UNDELETE_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_LIBRARIES, commands::edit_library::UNDELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_library::undelete(call))),
    },
    Row {
        name: "undelete_user",
        about: "Shows a hidden user again.",
        params: commands::edit_user::UNDELETE_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::FIND_USERS, commands::edit_user::UNDELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_user::undelete(call))),
    },
    Row {
        name: "update_metadata_details",
        about: "Gives the plays of an item to another one.",
        params: commands::edit_history::REMATCH_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::edit_history::REMATCH],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::rematch(call))),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_told() {
        for table in [ROWS, items::ROWS, server::ROWS, service::ROWS, absent::ROWS] {
            assert!(table.is_sorted_by_key(|row| row.name));
        }
        assert!(names().is_sorted());
        for row in rows() {
            assert!(
                !row.about.is_empty() && row.params.iter().all(|param| !param.about.is_empty()),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn every_command_is_the_references_and_there_once() {
        let mut found: Vec<_> = rows().map(|row| row.name).collect();
        assert!(found.iter().all(|name| names::ALL.contains(name)));
        let count = found.len();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), count);
        let pending: Vec<_> = names().filter(|name| is_pending(name)).collect();
        assert_eq!(pending.len() + count, names::ALL.len(), "{pending:?}");
    }
}
