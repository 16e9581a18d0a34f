//! A table that is made anew beside the one that others read meanwhile, and takes its place in the end.
//!
//! Filled without indexes and without a log of its own, which takes a fraction of the time. Everything happens in one
//! transaction of the caller; others wait for the last moment of it alone.

use crate::error::DbResult;
use crate::pool::{Conn, batch};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;

/// A table in the making.
#[derive(Debug)]
pub(super) struct Anew {
    table: &'static str,
    /// The name by which it can be filled.
    pub name: String,
    parts: Vec<Part>,
}

/// Something that belongs to a table: its name, and what makes it.
#[derive(Debug, QueryableByName)]
struct Part {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
    #[diesel(sql_type = Bool)]
    is_constraint: bool,
}

/// Constraints in whole, and what comes after the table's name in the definition of every other index.
const PARTS: &str =
    "SELECT conname::text AS name, pg_get_constraintdef(oid) AS definition, true AS is_constraint
    FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('p', 'u', 'f', 'c')
    UNION ALL
    SELECT c.relname::text, substr(d, strpos(d, ' USING ')), false
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid CROSS JOIN LATERAL pg_get_indexdef(i.indexrelid) d
    WHERE i.indrelid = $1::regclass AND NOT i.indisunique
    ORDER BY is_constraint DESC, name";

/// How the table is kept.
const OPTIONS: &str = "SELECT o.option_name AS name, o.option_value AS definition, false AS is_constraint
    FROM pg_class c CROSS JOIN LATERAL pg_options_to_table(c.reloptions) o WHERE c.oid = $1::regclass";

/// What somebody has been allowed to do with the table.
const GRANTS: &str = "SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS name,
      a.privilege_type AS definition, false AS is_constraint
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a WHERE c.oid = $1::regclass AND a.grantee <> c.relowner";

impl Anew {
    /// An empty table with the columns of `table`.
    pub(super) async fn begin(conn: &mut Conn, table: &'static str) -> DbResult<Self> {
        let name = format!("{table}_anew");
        batch(conn, &format!("CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING STORAGE)"))
            .await?;
        let options: Vec<Part> = diesel::sql_query(OPTIONS).bind::<Text, _>(table).load(conn).await?;
        for Part { name: option, definition, .. } in options {
            batch(conn, &format!("ALTER TABLE {name} SET ({option} = {definition})")).await?;
        }
        let parts = diesel::sql_query(PARTS).bind::<Text, _>(table).load(conn).await?;
        Ok(Self { table, name, parts })
    }

    /// Gives it the constraints and the indexes that the old one has; it has been filled.
    pub(super) async fn dress(&self, conn: &mut Conn) -> DbResult<()> {
        let name = &self.name;
        for Part { name: part, definition, is_constraint } in &self.parts {
            let make = match is_constraint {
                true => format!("ALTER TABLE {name} ADD CONSTRAINT {part}_anew {definition}"),
                false => format!("CREATE INDEX {part}_anew ON {name}{definition}"),
            };
            batch(conn, &make).await?;
        }
        batch(conn, &format!("ANALYZE {name}")).await
    }

    /// Puts it in the old one's place.
    pub(super) async fn take_over(self, conn: &mut Conn) -> DbResult<()> {
        let Self { table, name, parts } = self;
        let grants: Vec<Part> = diesel::sql_query(GRANTS).bind::<Text, _>(table).load(conn).await?;
        for Part { name: who, definition, .. } in grants {
            batch(conn, &format!("GRANT {definition} ON {name} TO {who}")).await?;
        }
        batch(conn, &format!("DROP TABLE {table}; ALTER TABLE {name} RENAME TO {table}")).await?;
        for Part { name: part, is_constraint, .. } in &parts {
            let rename = match is_constraint {
                true => format!("ALTER TABLE {table} RENAME CONSTRAINT {part}_anew TO {part}"),
                false => format!("ALTER INDEX {part}_anew RENAME TO {part}"),
            };
            batch(conn, &rename).await?;
        }
        Ok(())
    }
}
