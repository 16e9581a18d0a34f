//! How far an import has got: a bar that moves on a terminal, a line for every tenth elsewhere.

use std::io::{self, IsTerminal, Write};
use tautulli_services::importer::Report;

/// Cells of the bar.
const WIDTH: usize = 30;

/// What is shown while rows are read.
#[derive(Debug)]
pub struct Progress<W> {
    out: W,
    is_terminal: bool,
    /// The last tenth or per mille that was shown.
    shown: Option<i64>,
}

impl Progress<io::Stderr> {
    /// On standard error, so that the report can go elsewhere.
    pub fn on_stderr() -> Self {
        let out = io::stderr();
        let is_terminal = out.is_terminal();
        Self::new(out, is_terminal)
    }
}

impl<W: Write> Progress<W> {
    pub fn new(out: W, is_terminal: bool) -> Self {
        Self { out, is_terminal, shown: None }
    }

    /// Shows where it is, if that is news.
    pub fn show(&mut self, report: &Report) {
        let (read, rows) = report.progress();
        let steps = if self.is_terminal { 1_000 } else { 10 };
        let at = if rows > 0 { read.min(rows).saturating_mul(steps) / rows } else { steps };
        if self.shown == Some(at) {
            return;
        }
        self.shown = Some(at);
        // A terminal that is gone is no reason to end an import.
        let _ = self.write(read, rows, at, steps);
    }

    fn write(&mut self, read: i64, rows: i64, at: i64, steps: i64) -> io::Result<()> {
        let percent = at * 100 / steps;
        if !self.is_terminal {
            return writeln!(self.out, "{percent:3} %  {read} of {rows} rows");
        }
        let full = usize::try_from(at).unwrap_or(0) * WIDTH / 1_000;
        let (done, left) = ("#".repeat(full), " ".repeat(WIDTH.saturating_sub(full)));
        write!(self.out, "\r[{done}{left}] {percent:3} %  {read} of {rows} rows ")?;
        self.out.flush()
    }

    /// Leaves the bar's line.
    pub fn end(&mut self) {
        if self.is_terminal && self.shown.is_some() {
            let _ = writeln!(self.out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tautulli_services::importer::TableReport;

    fn shown(is_terminal: bool) -> String {
        let mut progress = Progress::new(Vec::new(), is_terminal);
        for read in 0..=40 {
            let table = TableReport { rows: 40, read, ..TableReport::default() };
            progress.show(&Report { tables: vec![table], ..Report::default() });
        }
        progress.end();
        String::from_utf8(progress.out).unwrap()
    }

    #[test]
    fn lines_come_in_tenths_and_the_bar_in_place() {
        let lines = shown(false);
        assert_eq!(lines.lines().count(), 11);
        assert_eq!(lines.lines().last(), Some("100 %  40 of 40 rows"));
        let bar = shown(true);
        assert_eq!(bar.matches('\r').count(), 41);
        assert!(bar.ends_with(&format!("[{}] 100 %  40 of 40 rows \n", "#".repeat(WIDTH))));
    }
}
