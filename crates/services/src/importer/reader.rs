//! Reads the file on a thread of its own, a portion ahead of the writing, from where the last import has got to.

use super::preparation::{Lately, Setting};
use super::report::{Report, by_rule};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use tautulli_db::imports::remains::Aside;
use tautulli_db::journal::bulk::imported::ImportedPlay;
use tautulli_domain::Result;
use tautulli_import::{Content, Plays, Read, STAGED, Source, StagedRow, StagedTable};
use tokio::sync::mpsc;

/// How many plays go into one transaction: some hundreds of portions in all, so that every history tells how far it has got.
fn plays_at_once(rows: i64) -> usize {
    usize::try_from(rows / 300).unwrap_or(0).clamp(400, 3_000)
}
/// The table that plays are read from.
pub(super) const HISTORY: &str = "session_history";
/// How many other rows do.
const ROWS: usize = 500;
/// How many identities of items are looked up at once.
const IDENTITIES: usize = 20_000;
/// Portions read ahead.
pub(super) const AHEAD: usize = 2;
/// The name under which what plays have no room for is kept.
pub(super) const REMAINS: &str = "session_history_remains";

/// What is written in one transaction.
#[derive(Debug)]
pub(super) struct Portion {
    pub table: String,
    /// The last row in it.
    pub cursor: i64,
    pub read: usize,
    pub repaired: BTreeMap<String, i64>,
    pub asides: Vec<Aside>,
    pub content: PortionContent,
}

#[derive(Debug)]
pub(super) enum PortionContent {
    /// Plays, and what of them has no room in a play.
    Plays(Vec<ImportedPlay>, Vec<(i64, Value)>),
    /// Rows of a staged table.
    Staged(Vec<Value>),
    /// Rows as they lie.
    Others(Vec<(i64, Value)>),
    /// Nothing but rows that are set aside.
    Strays,
    /// The table has been read to its end.
    End,
    /// Identities of items that were played.
    Identities(Vec<String>),
}

/// Where portions go; a closed one ends the reading.
pub(super) type Portions = mpsc::Sender<Result<Portion>>;

/// Reads everything that `done` does not have yet. Whoever listens no more ends it.
pub(super) fn read(source: &Source, setting: &Setting, done: &Report, to: &Portions) {
    let reader = Reader { source, setting, done, to };
    if let Err(Stop::Failed(failure)) = reader.all() {
        let _ = to.blocking_send(Err(failure));
    }
}

/// Why the reading ends early.
enum Stop {
    Failed(tautulli_domain::Error),
    NobodyListens,
}

impl From<tautulli_domain::Error> for Stop {
    fn from(failure: tautulli_domain::Error) -> Self {
        Self::Failed(failure)
    }
}

struct Reader<'a> {
    source: &'a Source,
    setting: &'a Setting,
    done: &'a Report,
    to: &'a Portions,
}

impl Reader<'_> {
    fn all(&self) -> Result<(), Stop> {
        self.plays()?;
        for table in Source::history_tables() {
            self.strays(table)?;
        }
        for table in STAGED {
            self.staged(table)?;
        }
        for table in self.source.other_tables() {
            self.others(&table)?;
        }
        self.identities()
    }

    /// After which row to go on; none where the table is done.
    fn begin(&self, table: &str) -> Option<i64> {
        let known = self.done.tables.iter().find(|known| known.name == table);
        match known {
            Some(known) if known.done => None,
            Some(known) => Some(known.cursor.unwrap_or(i64::MIN)),
            None => Some(i64::MIN),
        }
    }

    fn send(&self, portion: Portion) -> Result<(), Stop> {
        self.to.blocking_send(Ok(portion)).map_err(|_| Stop::NobodyListens)
    }

    fn end(&self, table: &str, cursor: i64) -> Result<(), Stop> {
        self.send(Portion::of(table, cursor, 0, PortionContent::End))
    }

    fn plays(&self) -> Result<(), Stop> {
        let table = HISTORY;
        let Some(mut cursor) = self.begin(table) else { return Ok(()) };
        let mut pages = Plays::after(self.source, cursor);
        let mut lately = Lately::default();
        let rows = self.done.tables.iter().find(|known| known.name == table).map_or(0, |known| known.rows);
        loop {
            let page = pages.page(plays_at_once(rows))?;
            let Some(last) = page.last() else { return self.end(table, cursor) };
            cursor = last.row_id();
            let mut portion = Portion::of(table, cursor, page.len(), PortionContent::Strays);
            let (mut plays, mut remains) = (Vec::with_capacity(page.len()), Vec::new());
            for row in page {
                match row {
                    Read::Play(found) => {
                        for (rule, count) in by_rule(&found.repairs) {
                            *portion.repaired.entry(rule).or_default() += count;
                        }
                        let (play, more) = self.setting.prepare(*found, &mut lately)?;
                        remains.extend(more.map(|more| (play.row_id, more)));
                        plays.push(play);
                    }
                    Read::Aside { row_id, reason, raw } => {
                        portion.asides.push(Aside { row_id, reason: reason.name(), raw });
                    }
                }
            }
            portion.content = PortionContent::Plays(plays, remains);
            self.send(portion)?;
        }
    }

    fn strays(&self, table: &'static str) -> Result<(), Stop> {
        let name = format!("{table} (strays)");
        let Some(mut cursor) = self.begin(&name) else { return Ok(()) };
        loop {
            let rows = self.source.strays(table, cursor, ROWS)?;
            let Some(last) = rows.last() else { return self.end(&name, cursor) };
            cursor = last.row_id;
            let mut portion = Portion::of(&name, cursor, rows.len(), PortionContent::Strays);
            portion.asides = rows
                .into_iter()
                .map(|row| Aside { row_id: row.row_id, reason: row.reason.name(), raw: row.raw })
                .collect();
            self.send(portion)?;
        }
    }

    fn staged(&self, table: &'static StagedTable) -> Result<(), Stop> {
        let Some(mut cursor) = self.begin(table.name) else { return Ok(()) };
        loop {
            let rows = self.source.staged(table, cursor, ROWS)?;
            let Some(last) = rows.last() else { return self.end(table.name, cursor) };
            cursor = last.row_id;
            let repaired = by_rule(rows.iter().flat_map(|row| &row.repairs));
            let count = rows.len();
            let lines = rows.into_iter().map(|row| line(table, row)).collect();
            let portion = Portion::of(table.name, cursor, count, PortionContent::Staged(lines));
            self.send(Portion { repaired, ..portion })?;
        }
    }

    fn others(&self, table: &str) -> Result<(), Stop> {
        let name = format!("{table} (as it lies)");
        let Some(mut cursor) = self.begin(&name) else { return Ok(()) };
        loop {
            let rows = self.source.others(table, cursor, ROWS)?;
            let Some(last) = rows.last() else { return self.end(&name, cursor) };
            cursor = last.0;
            self.send(Portion::of(&name, cursor, rows.len(), PortionContent::Others(rows)))?;
        }
    }

    /// Always from the beginning: what is counted with them is counted in the end.
    fn identities(&self) -> Result<(), Stop> {
        let mut sent = Ok(());
        self.source.identities(IDENTITIES, |some| {
            sent = self.send(Portion::of("", 0, 0, PortionContent::Identities(some)));
            if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        sent
    }
}

impl Portion {
    fn of(table: &str, cursor: i64, read: usize, content: PortionContent) -> Self {
        let (repaired, asides) = (BTreeMap::new(), Vec::new());
        Self { table: table.to_owned(), cursor, read, repaired, asides, content }
    }
}

/// A staged row as an object by column.
fn line(table: &StagedTable, row: StagedRow) -> Value {
    let mut line = Map::new();
    for ((name, _), cell) in table.columns.iter().zip(row.cells) {
        let value = match cell {
            Content::Int(number) => json!(number),
            Content::Text(text) => json!(text),
        };
        line.insert((*name).to_owned(), value);
    }
    line.insert("row_id".to_owned(), json!(row.row_id));
    line.insert("others".to_owned(), Value::Object(row.others));
    Value::Object(line)
}
