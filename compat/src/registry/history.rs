//! Commands about what is and was played.

use super::{Param, Row, Work};
use crate::commands;

pub(super) static ROWS: &[Row] = &[
    Row {
        name: "delete_history",
        about: "Deletes plays.",
        params: commands::edit_history::DELETE_PARAMS,
        documents: &[commands::edit_history::DELETE],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::delete(call))),
    },
    Row {
        name: "delete_temp_sessions",
        about: "Forgets sessions of media servers that are watched no more.",
        params: &[],
        documents: &[commands::edit_history::SESSIONS],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::forget_sessions(call))),
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
        name: "get_history",
        about: "Returns the history, newest first.",
        params: commands::get_history::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::members::DOCUMENT, commands::get_history::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_history::run(call))),
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
        name: "regroup_history",
        about: "Puts the plays into groups anew.",
        params: &[],
        documents: &[commands::edit_history::REGROUP],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::regroup(call))),
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
        name: "update_metadata_details",
        about: "Gives the plays of an item to another one.",
        params: commands::edit_history::REMATCH_PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::edit_history::REMATCH],
        work: Work::Keyed(|call| Box::pin(commands::edit_history::rematch(call))),
    },
];
