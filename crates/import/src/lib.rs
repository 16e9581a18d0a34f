//! Reads a database of the reference (`tautulli.db`, SQLite) and gives what is in it as domain facts.
//!
//! The file is foreign and old: columns may be missing, cells may hold anything. Whatever can be repaired is, by a rule that
//! has a name; whatever cannot is set aside with its reason and its content. Nothing is dropped in silence, and nothing is
//! ever written to the file. Must not know where the facts go.

mod cell;
mod people;
mod play;
mod remains;
mod rule;
mod source;
mod staged;
mod survey;
mod table;

pub use cell::Repair;
pub use people::{ImportedLibrary, ImportedUser, ReadRows};
pub use play::{About, ImportedPlay, PlayKey, Plays, Read, RecordedGroup};
pub use remains::AsideRow;
pub use rule::{Rule, SetAside};
pub use source::Source;
pub use staged::{Cell, Content, STAGED, StagedRow, StagedTable};
pub use survey::{Survey, Totals};

#[cfg(test)]
mod tests;
