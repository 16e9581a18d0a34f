//! Tables of facts that are files of this room: one fact a line, after lines with `#` that say what they are. Knows no table.

/// The facts.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}
