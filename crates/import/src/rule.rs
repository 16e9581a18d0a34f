//! The written rules by which dirt is repaired, and why a row is set aside. Each has a name for the report.

use serde::Serialize;

/// How a cell or a row was repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A number that was written as text is the number.
    NumberAsText,
    /// A fraction where a whole number belongs loses its fraction.
    FractionCut,
    /// A word where a number belongs is no number: the cell is empty.
    WordForNumber,
    /// Bytes that are no text where text belongs: each bad one becomes U+FFFD.
    InvalidUtf8,
    /// A NUL in a text is left out; the database cannot hold it.
    NulInText,
    /// A text longer than any that was ever written here is cut.
    TextCut,
    /// A play without a stop ended when it began.
    StopMissing,
    /// A play that stops before it starts ended when it began.
    StopBeforeStart,
    /// A play without a start began when it stopped.
    StartMissing,
    /// A negative pause is none.
    NegativePause,
    /// A pause longer than the play is as long as the play.
    PauseBeyondPlay,
    /// A place before the beginning of the item is its beginning.
    NegativeOffset,
    /// A decision that is not written is worked out from those about picture and sound.
    DecisionMissing,
    /// A play that names no group, or one that is neither there nor was before it, is a group of its own; those that name such a play are one
    /// without it.
    GroupMissing,
    /// A play of nobody is a play of a user who is called unknown.
    UserMissing,
    /// A play of somebody who is not among the users: the user is added, inactive.
    UserAdded,
    /// A play without a description knows no more of its item than its keys.
    DescriptionMissing,
    /// A play without media info knows nothing of its stream.
    StreamMissing,
}

impl Rule {
    /// Its name in reports.
    pub fn name(self) -> String {
        name_of(self)
    }

    /// What was done, for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NumberAsText => "a number was written as text; it was read as the number",
            Self::FractionCut => "a fraction stood where a whole number belongs; the fraction was cut",
            Self::WordForNumber => "a word stood where a number belongs; the cell was left empty",
            Self::InvalidUtf8 => "bytes that are no text were replaced by U+FFFD",
            Self::NulInText => "NUL characters were left out of a text",
            Self::TextCut => "a text of absurd length was cut",
            Self::StopMissing => "a play without a stop ends when it began",
            Self::StopBeforeStart => "a play that stops before it starts ends when it began",
            Self::StartMissing => "a play without a start begins when it stopped",
            Self::NegativePause => "a negative pause was taken as none",
            Self::PauseBeyondPlay => "a pause longer than its play was cut to the play's length",
            Self::NegativeOffset => "a place before the beginning was taken as the beginning",
            Self::DecisionMissing => "a missing decision was worked out from picture and sound",
            Self::GroupMissing => {
                "a play whose group is not there became a group of its own, or one with those that name the same"
            }
            Self::UserMissing => "a play of nobody was given to a user called unknown",
            Self::UserAdded => "a user who is known only from plays was added, inactive",
            Self::DescriptionMissing => "a play without a description knows only the keys of its item",
            Self::StreamMissing => "a play without media info knows nothing of its stream",
        }
    }
}

/// Why a row was set aside. Its content is kept beside the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// Neither start nor stop can be read: nobody knows when it was.
    NoTime,
    /// Neither a key nor a guid nor a title: nobody knows what it was.
    NoItem,
    /// Describes a play that is not there.
    NoPlay,
    /// A row without a number.
    NoNumber,
    /// An earlier row has the same number.
    Duplicate,
}

impl SetAside {
    /// Its name in reports.
    pub fn name(self) -> String {
        name_of(self)
    }

    /// The reason, for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoTime => "neither start nor stop can be read",
            Self::NoItem => "there is neither a key nor a guid nor a title",
            Self::NoPlay => "it describes a play that is not there",
            Self::NoNumber => "it has no number",
            Self::Duplicate => "an earlier row has the same number",
        }
    }
}

/// The name that serialising gives, so that there is one list of names.
fn name_of(reason: impl Serialize) -> String {
    serde_json::to_value(reason).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
