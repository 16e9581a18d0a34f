//! Where we answer otherwise on purpose. Each line is one recorded call, the status that is right instead, and why.

pub(super) struct Correction {
    /// The status of the right answer.
    pub status: u64,
    pub why: &'static str,
}

/// Every deliberate difference from the recordings: call, status, reason.
const CORRECTIONS: &[(&str, u64, &str)] = &[
    ("get_home_stats/074-before", 200, BETWEEN),
    ("get_home_stats/075-after", 200, BETWEEN),
    ("get_home_stats/076-between", 200, BETWEEN),
    ("get_history/086-collection", 200, LISTS),
    ("get_history/087-playlist", 200, LISTS),
    ("get_libraries_table/042-after-library-delete", 200, NOWHERE),
    ("get_library_names/003-after-refresh", 200, NOWHERE),
    ("get_library_names/004-after-library-delete", 200, NOWHERE),
    ("get_new_rating_keys/010-xml", 200, NUMBERS),
    ("get_old_rating_keys/009-none", 200, "keys of nothing in particular are none"),
    ("get_old_rating_keys/010-xml", 200, NUMBERS),
    ("get_user/024-after-user-purge", 200, SPACE),
    ("get_users/001-default", 200, SPACE),
    ("get_users/002-xml", 200, SPACE),
    ("undelete_library/003-unknown", 400, "what is unknown cannot be shown again"),
];

const BETWEEN: &str = "before and after are documented, and fail in the recorded version";
const LISTS: &str =
    "the time of a collection's or playlist's plays is told, where the recorded version tells 0";
const NOWHERE: &str = "editing a library that is unknown makes none";
const NUMBERS: &str = "a key that is a number becomes an element of XML, where the recorded version fails";
const SPACE: &str = "a name of mere space is no name; the account's own stands";

pub(super) fn find(call: &str) -> Option<Correction> {
    let found = CORRECTIONS.iter().find(|(known, ..)| *known == call);
    found.map(|(_, status, why)| Correction { status: *status, why })
}
