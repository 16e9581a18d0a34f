//! The reconciliation as an aligned table.

use std::fmt::Write;
use tautulli_services::importer::{Report, TableReport, Totals};
use tautulli_services::settings::Takeover;

/// The whole report as text, ending with a line break.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    // Writing into a text cannot fail.
    let _ = write_all(&mut text, report);
    text
}

fn write_all(text: &mut String, report: &Report) -> std::fmt::Result {
    let verb = if report.dry_run { "Would import" } else { "Imported" };
    let version = if report.version.is_empty() { "an unknown version" } else { &report.version };
    writeln!(
        text,
        "{verb} {} ({version}) into the history of media server {}\n",
        report.file_name, report.machine_id
    )?;
    write_tables(text, &report.tables)?;
    write_details(text, report)?;
    write_totals(text, report)?;
    if let Some(settings) = &report.settings {
        write_settings(text, settings)?;
    }
    for note in &report.notes {
        writeln!(text, "\n{note}.")?;
    }
    Ok(())
}

fn write_tables(text: &mut String, tables: &[TableReport]) -> std::fmt::Result {
    let rows: Vec<[String; 6]> = tables
        .iter()
        .filter(|table| table.rows + table.read > 0)
        .map(|table| {
            let numbers = [table.read, table.written, table.known, table.repairs(), table.asides()];
            let [read, written, known, repaired, aside] = numbers.map(|number| number.to_string());
            [table.name.clone(), read, written, known, repaired, aside]
        })
        .collect();
    let head = ["table", "read", "written", "known", "repairs", "set aside"].map(str::to_owned);
    aligned(text, &head, &rows)
}

/// The first column to the left, numbers to the right.
fn aligned<const N: usize>(text: &mut String, head: &[String; N], rows: &[[String; N]]) -> std::fmt::Result {
    let mut widths = head.each_ref().map(|cell| cell.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in std::iter::once(head).chain(rows) {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            match at {
                0 => write!(line, "{cell:<width$}")?,
                _ => write!(line, "  {cell:>width$}")?,
            }
        }
        writeln!(text, "{}", line.trim_end())?;
    }
    Ok(())
}

fn write_details(text: &mut String, report: &Report) -> std::fmt::Result {
    let mut lines = Vec::new();
    for table in &report.tables {
        lines.extend(
            table.repaired.iter().map(|(rule, count)| [format!("{}: {rule}", table.name), count.to_string()]),
        );
        let asides = table.aside.iter();
        lines.extend(
            asides.map(|(why, count)| [format!("{}: set aside, {why}", table.name), count.to_string()]),
        );
        if table.renumbered > 0 {
            lines.push([
                format!("{}: new number, the old one was taken", table.name),
                table.renumbered.to_string(),
            ]);
        }
    }
    if report.removed > 0 {
        lines.push(["plays that were here before and were replaced".to_owned(), report.removed.to_string()]);
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(text)?;
    aligned(text, &["repairs and rows set aside".to_owned(), "count".to_owned()], &lines)
}

fn write_totals(text: &mut String, report: &Report) -> std::fmt::Result {
    let line = |name: &str, of: fn(&Totals) -> i64| {
        [
            name.to_owned(),
            of(&report.source).to_string(),
            of(&report.aside).to_string(),
            of(&report.target).to_string(),
        ]
    };
    let rows = [
        line("plays", |totals| totals.plays),
        line("seconds", |totals| totals.seconds),
        line("users", |totals| totals.users),
        line("items", |totals| totals.items),
    ];
    writeln!(text)?;
    aligned(text, &["totals", "in the file", "no plays", "here"].map(str::to_owned), &rows)?;
    let verdict = if report.matches() { "The totals match." } else { "THE TOTALS DO NOT MATCH." };
    writeln!(text, "\n{verdict}")
}

/// Keys alone: values may be secrets.
fn write_settings(text: &mut String, settings: &Takeover) -> std::fmt::Result {
    let listed = |keys: &[String]| if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
    writeln!(text, "\nsettings taken over: {}", listed(&settings.taken))?;
    writeln!(text, "settings that are the same here: {}", settings.same.len())?;
    for left in &settings.left {
        writeln!(text, "setting not taken over: {}, because {}", left.key, left.why)?;
    }
    if !settings.unknown.is_empty() {
        writeln!(text, "keys that are unknown here, and kept: {}", listed(&settings.unknown))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_their_heads() {
        let mut table = TableReport {
            name: "users".to_owned(),
            rows: 11,
            read: 11,
            written: 9,
            ..TableReport::default()
        };
        table.done = true;
        table.aside.insert("no_number".to_owned(), 2);
        let totals = Totals { plays: 5, seconds: 60, users: 9, items: 3 };
        let report = Report { tables: vec![table], source: totals, target: totals, ..Report::default() };
        let text = render(&report);
        assert!(text.contains("table  read  written  known  repairs  set aside\nusers    11        9      0        0          2\n"), "{text}");
        assert!(text.contains("users: set aside, no_number") && text.contains("The totals match."), "{text}");
        let short = Report { target: Totals { plays: 4, ..totals }, ..report };
        assert!(render(&short).contains("DO NOT MATCH"));
    }
}
