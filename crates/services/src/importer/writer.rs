//! Writes portions, each in one transaction with the mark of how far the import has got.

use super::preparation::session_ids;
use super::reader::{Portion, PortionContent, REMAINS};
use super::report::Report;
use chrono::{DateTime, Utc};
use tautulli_db::error::DbResult;
use tautulli_db::imports::{self, remains};
use tautulli_db::journal::bulk::imported::{self, ImportedChunk, ImportedPlay, ImportedWritten, Known, Set};
use tautulli_db::{AsyncConnection, Conn};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{Result, ServerId};

/// What every portion is written with.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub import_id: i64,
    pub source_id: i64,
    pub server_id: ServerId,
    pub replaced: Option<Set>,
    /// The rules to work groups out by, where that is wanted.
    pub regroup: Option<SessionRules>,
}

impl Target {
    fn chunk<'a>(&'a self, plays: &'a [ImportedPlay]) -> ImportedChunk<'a> {
        ImportedChunk {
            server_id: self.server_id,
            source_id: self.source_id,
            sessions: session_ids(self.server_id),
            highest: super::preparation::HIGHEST,
            replaced: self.replaced,
            regroup: self.regroup.as_ref(),
            plays,
        }
    }
}

/// Writes a portion and the mark, and counts it into the report once it is committed.
pub(super) async fn write(
    conn: &mut Conn,
    target: &Target,
    portion: Portion,
    known: &mut Known,
    report: &mut Report,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut next = report.clone();
    let marked = &mut next;
    conn.transaction(async move |conn| -> DbResult<()> {
        put(conn, target, portion, known, marked).await?;
        let progress = serde_json::to_value(&*marked)?;
        imports::mark(conn, target.import_id, &progress, now).await
    })
    .await?;
    *report = next;
    Ok(())
}

async fn put(
    conn: &mut Conn,
    target: &Target,
    portion: Portion,
    known: &mut Known,
    report: &mut Report,
) -> DbResult<()> {
    let Portion { table, cursor, read, repaired, asides, content } = portion;
    let source = target.source_id;
    let own = table.split(" (").next().unwrap_or_default();
    remains::set_aside(conn, source, target.import_id, own, &asides).await?;
    let written = match content {
        PortionContent::Plays(plays, more) => {
            if !more.is_empty() {
                remains::keep(conn, source, REMAINS, &more).await?;
            }
            imported::write(conn, &target.chunk(&plays), known).await?
        }
        PortionContent::Staged(rows) => kept(remains::stage(conn, source, &table, rows).await?),
        PortionContent::Others(rows) => kept(remains::keep(conn, source, own, &rows).await?),
        PortionContent::Identities(identities) => {
            report.source.items += i64::try_from(identities.len()).unwrap_or(i64::MAX);
            report.target.items += imported::count_items(conn, target.server_id, &identities).await?;
            return Ok(());
        }
        PortionContent::Strays => ImportedWritten::default(),
        PortionContent::End => {
            report.table(&table).done = true;
            ImportedWritten::default()
        }
    };
    count(report, &table, cursor, read, &written);
    let line = report.table(&table);
    line.repair(&repaired);
    for aside in &asides {
        line.set_aside(&aside.reason);
    }
    Ok(())
}

fn kept(kept: remains::Kept) -> ImportedWritten {
    ImportedWritten { new: kept.new, known: kept.known, ..ImportedWritten::default() }
}

fn count(report: &mut Report, table: &str, cursor: i64, read: usize, written: &ImportedWritten) {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    report.target.plays += written.plays;
    report.played_ms += written.played_ms;
    let line = report.table(table);
    line.cursor = Some(cursor);
    line.read += number(read);
    line.written += number(written.new);
    line.known += number(written.known);
    line.renumbered += number(written.renumbered);
}

/// Counts a portion as it would be written; reads the database and changes nothing.
pub(super) async fn weigh(
    conn: &mut Conn,
    target: &Target,
    portion: &Portion,
    report: &mut Report,
) -> Result<()> {
    let written = match &portion.content {
        PortionContent::Plays(plays, _) => {
            let mut written = imported::look(conn, &target.chunk(plays)).await?;
            written.plays = i64::try_from(plays.len()).unwrap_or(i64::MAX);
            written.played_ms = plays.iter().map(|play| play.played_ms).sum();
            written
        }
        PortionContent::Staged(rows) => ImportedWritten { new: rows.len(), ..ImportedWritten::default() },
        PortionContent::Others(rows) => ImportedWritten { new: rows.len(), ..ImportedWritten::default() },
        PortionContent::Identities(identities) => {
            let items = i64::try_from(identities.len()).unwrap_or(i64::MAX);
            report.source.items += items;
            report.target.items += items;
            return Ok(());
        }
        PortionContent::Strays => ImportedWritten::default(),
        PortionContent::End => {
            report.table(&portion.table).done = true;
            ImportedWritten::default()
        }
    };
    count(report, &portion.table, portion.cursor, portion.read, &written);
    let line = report.table(&portion.table);
    line.repair(&portion.repaired);
    for aside in &portion.asides {
        line.set_aside(&aside.reason);
    }
    Ok(())
}
