//! Tables as typed rows: one list of columns makes the structure, the statement and the reading.

use crate::cell::Cells;

/// A table of the reference, of which as many columns are read as there are.
pub(crate) trait Table: Sized {
    const NAME: &'static str;
    const COLUMNS: &'static [&'static str];

    /// Takes its cells, in the order of its columns.
    fn read(cells: &mut Cells<'_>) -> Self;
}

/// `int` is `Option<i64>`, `text` and `key` are `String`; a `key` is short.
macro_rules! kind {
    (int) => { Option<i64> };
    (text) => { String };
    (key) => { String };
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident = $table:literal { $($field:ident: $kind:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(crate) struct $name { $(pub $field: $crate::table::kind!($kind),)* }

        impl $crate::table::Table for $name {
            const NAME: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn read(cells: &mut $crate::cell::Cells<'_>) -> Self {
                cells.table = $table;
                Self { $($field: cells.$kind(stringify!($field)),)* }
            }
        }
    };
}

pub(crate) use {kind, table};
