//! Where we answer otherwise on purpose. Each line is one recorded call, the status that is right instead, and why.

pub(super) struct Correction {
    pub call: &'static str,
    /// The status of the right answer.
    pub status: u64,
    pub why: &'static str,
}

/// Every deliberate difference from the recordings.
pub(super) const CORRECTIONS: &[Correction] = &[
    Correction { call: "get_home_stats/074-before", status: 200, why: BETWEEN },
    Correction { call: "get_home_stats/075-after", status: 200, why: BETWEEN },
    Correction { call: "get_home_stats/076-between", status: 200, why: BETWEEN },
    Correction { call: "get_history/086-collection", status: 200, why: LISTS },
    Correction { call: "get_history/087-playlist", status: 200, why: LISTS },
    Correction {
        call: "get_old_rating_keys/009-none",
        status: 200,
        why: "keys of nothing in particular are none",
    },
    Correction { call: "get_old_rating_keys/010-xml", status: 200, why: NUMBERS },
    Correction { call: "get_new_rating_keys/010-xml", status: 200, why: NUMBERS },
    Correction {
        call: "undelete_library/003-unknown",
        status: 400,
        why: "what is unknown cannot be shown again",
    },
];

const LISTS: &str =
    "the total duration of a collection's or playlist's plays is told, where the recorded version tells 0";
const NUMBERS: &str = "a key that is a number becomes an element of XML, where the recorded version fails";
const BETWEEN: &str = "before and after are documented, and fail in the recorded version";

pub(super) fn find(call: &str) -> Option<&'static Correction> {
    CORRECTIONS.iter().find(|correction| correction.call == call)
}
