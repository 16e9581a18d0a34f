//! The only crate with diesel: migrations, queries, the collector's lease.
