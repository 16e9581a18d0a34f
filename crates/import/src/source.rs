//! The file: opened for reading alone, checked, and a consistent view of it while somebody else may still write to it.

use crate::cell::{Cells, Repair, as_it_lies};
use crate::table::Table;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tautulli_domain::{Error, Result};

/// A checked database of the reference. One view of it, from the moment of opening to the end.
#[derive(Debug)]
pub struct Source {
    conn: Connection,
    columns: BTreeMap<String, BTreeSet<String>>,
    /// The file that is read.
    read: PathBuf,
    /// The copy that is read instead, for a live file in a folder that nobody may write to.
    _copy: Option<tempfile::TempDir>,
}

/// The name of a copy.
const COPY: &str = "tautulli.db";
/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Without these a file is no database of the reference.
const NEEDED: [&str; 3] = ["session_history", "session_history_metadata", "users"];

impl Source {
    /// Opens a file and sees whether it is a database of the reference. [`Source::integrity`] tells whether it is whole.
    ///
    /// # Errors
    /// `NotFound` where there is none, `Invalid` for whatever is no database of the reference; each says what to do.
    pub fn open(path: &Path) -> Result<Self> {
        check_magic(path)?;
        let (conn, copy) = match read_only(path) {
            Ok(conn) => (conn, None),
            Err(_) => copied(path)?,
        };
        let read = copy.as_ref().map_or_else(|| path.to_owned(), |folder| folder.path().join(COPY));
        let broken = |failure: rusqlite::Error| {
            Error::invalid(format!("{} cannot be read: {failure}", path.display()))
        };
        // The view of a reader stands still from its first read on, whoever writes meanwhile.
        conn.execute_batch("BEGIN").map_err(broken)?;
        let columns = columns(&conn).map_err(broken)?;
        let source = Self { conn, columns, read, _copy: copy };
        source.check(path)?;
        Ok(source)
    }

    fn check(&self, path: &Path) -> Result<()> {
        if let Some(missing) = NEEDED.iter().find(|table| !self.has(table)) {
            return Err(Error::invalid(format!(
                "{} is not a database of Tautulli: it has no table {missing}",
                path.display()
            )));
        }
        Ok(())
    }

    /// What checks that the file is whole, over a connection of its own, so that another thread can do it meanwhile.
    pub fn integrity(&self) -> impl FnOnce() -> Result<()> + Send + use<> {
        let path = self.read.clone();
        move || {
            let check = |conn: Connection| {
                conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))
            };
            match read_only(&path).and_then(check) {
                Ok(verdict) if verdict == "ok" => Ok(()),
                other => {
                    let why = other.unwrap_or_else(|failure| failure.to_string());
                    Err(Error::invalid(format!(
                        "{} is damaged ({why}). Restore one of Tautulli's backups, or repair it with: sqlite3 tautulli.db .recover",
                        path.display()
                    )))
                }
            }
        }
    }

    /// The version that wrote it, as it says itself; empty where it does not.
    pub fn version(&self) -> String {
        let query = "SELECT value FROM version_info WHERE key = 'version'";
        self.conn.query_row(query, [], |row| row.get(0)).unwrap_or_default()
    }

    /// Whether there is such a table.
    pub fn has(&self, table: &str) -> bool {
        self.columns.contains_key(table)
    }

    /// How many rows a table has; none where there is no such table.
    pub fn count(&self, table: &str) -> Result<i64> {
        if !self.has(table) {
            return Ok(0);
        }
        let query = format!("SELECT count(*) FROM {}", quoted(table));
        self.conn.query_row(&query, [], |row| row.get(0)).map_err(unreadable)
    }

    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// The names of all tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// Whether a table has a column.
    pub(crate) fn knows(&self, table: &str, column: &str) -> bool {
        self.columns.get(table).is_some_and(|columns| columns.contains(column))
    }

    /// The columns of a table, by name.
    pub(crate) fn columns(&self, table: &str) -> impl Iterator<Item = &str> {
        self.columns.get(table).into_iter().flatten().map(String::as_str)
    }

    /// What to select for the columns of `T` under an alias: what is missing in this version is NULL.
    pub(crate) fn selection<T: Table>(&self, alias: &str) -> String {
        let known = self.columns.get(T::NAME);
        let column = |name: &&str| match known.is_some_and(|known| known.contains(*name)) {
            true => format!("{alias}.{}", quoted(name)),
            false => "NULL".to_owned(),
        };
        T::COLUMNS.iter().map(column).collect::<Vec<_>>().join(", ")
    }

    /// The columns of `T`'s table that `T` does not know.
    pub(crate) fn more_columns<T: Table>(&self) -> Vec<String> {
        self.columns(T::NAME).filter(|name| !T::COLUMNS.contains(name)).map(str::to_owned).collect()
    }

    /// The rows of a table with a number in a column, cell by cell as they lie there; at most ten, an empty list where there
    /// are none.
    pub(crate) fn as_it_lies(&self, table: &str, column: &str, number: i64) -> Result<Value> {
        if !self.has(table) {
            return Ok(Value::Array(Vec::new()));
        }
        let query = format!("SELECT * FROM {} WHERE {column} = ?1 LIMIT 10", quoted(table));
        let mut statement = self.conn.prepare_cached(&query).map_err(unreadable)?;
        let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = statement.query([number]).map_err(unreadable)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            found.push(content(row, &names, 0).map_err(unreadable)?);
        }
        Ok(Value::Array(found))
    }

    /// All rows of a small table, in the order of its rows, each with its number and what was repaired in it.
    pub(crate) fn rows<T: Table>(&self) -> Result<Vec<(i64, T, Vec<Repair>)>> {
        if !self.has(T::NAME) {
            return Ok(Vec::new());
        }
        let query = format!(
            "SELECT t.rowid, {} FROM {} t ORDER BY t.rowid",
            self.selection::<T>("t"),
            quoted(T::NAME)
        );
        let mut statement = self.conn.prepare(&query).map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let mut repairs = Vec::new();
            let mut cells = Cells { row, at: 1, table: T::NAME, repairs: &mut repairs };
            let read = T::read(&mut cells);
            found.push((row.get(0).map_err(unreadable)?, read, repairs));
        }
        Ok(found)
    }
}

/// The cells of a row by the names of their columns, from place `at` on.
pub(crate) fn content(row: &rusqlite::Row<'_>, names: &[String], at: usize) -> rusqlite::Result<Value> {
    let mut cells = Map::new();
    for (place, name) in names.iter().enumerate() {
        cells.insert(name.clone(), as_it_lies(row.get_ref(at + place)?));
    }
    Ok(Value::Object(cells))
}

pub(crate) fn unreadable(failure: rusqlite::Error) -> Error {
    Error::invalid(format!("The database to import cannot be read any further: {failure}"))
}

/// A name in a statement. Only names of ours and of the file's own tables get here.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn check_magic(path: &Path) -> Result<()> {
    use std::io::Read;
    let mut head = [0; 16];
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(failure) if failure.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::not_found(format!("The file {}", path.display())));
        }
        Err(failure) => {
            return Err(Error::invalid(format!("{} cannot be opened: {failure}", path.display())));
        }
    };
    match file.read_exact(&mut head) {
        Ok(()) if head == MAGIC => Ok(()),
        _ => Err(Error::invalid(format!(
            "{} is no SQLite database; choose the file tautulli.db in Tautulli's data folder, or one of its backups",
            path.display()
        ))),
    }
}

/// Opens without ever writing; reads once, so that a file that cannot be had is known at once.
fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(std::time::Duration::from_secs(30))?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -6144;")?;
    conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(conn)
}

/// A file with unfinished business beside it needs a folder that may be written to: both are copied into one.
fn copied(path: &Path) -> Result<(Connection, Option<tempfile::TempDir>)> {
    let failed =
        |failure: std::io::Error| Error::invalid(format!("{} cannot be copied: {failure}", path.display()));
    let folder = tempfile::tempdir().map_err(failed)?;
    let copy = folder.path().join(COPY);
    std::fs::copy(path, &copy).map_err(failed)?;
    let beside = |file: &Path| PathBuf::from(format!("{}-wal", file.display()));
    if beside(path).exists() {
        std::fs::copy(beside(path), beside(&copy)).map_err(failed)?;
    }
    let conn = Connection::open(&copy)
        .map_err(|failure| Error::invalid(format!("{} cannot be read: {failure}", path.display())))?;
    Ok((conn, Some(folder)))
}

fn columns(conn: &Connection) -> rusqlite::Result<BTreeMap<String, BTreeSet<String>>> {
    let query =
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'";
    let mut statement = conn.prepare(query)?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(found)
}
