//! An import as the terminal shows it: a bar or lines while it runs, a table in the end. Knows reports, not how they come about.

mod progress;
mod table;

pub use progress::Progress;
pub use table::render;
