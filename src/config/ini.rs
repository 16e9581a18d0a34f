//! Reads `config.ini` as existing installations have it: sections, nested sections, quotes, lists, comments. Lenient:
//! a line that makes no sense is counted and passed over.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use tautulli_domain::{Error, Result};

/// A larger file (bytes) is not a configuration.
const LARGEST: u64 = 1024 * 1024;
const MOST_KEYS: usize = 10_000;
const MOST_NAMED_LINES: usize = 10;
/// What a value may stretch over several lines between.
const LONG_QUOTES: [&str; 2] = ["\"\"\"", "'''"];

/// What a file says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ini {
    /// By lower-case key, sections flattened; the last of equal keys counts. A list is a JSON array of strings.
    pub values: BTreeMap<String, String>,
    /// Numbers (from 1) of the first lines that were not understood.
    pub bad_lines: Vec<usize>,
    /// How many lines were not understood.
    pub bad_count: usize,
}

impl Ini {
    /// Reads the file at `path`; none if there is none.
    ///
    /// # Errors
    /// `Invalid` when it is there but cannot be read, or is larger than 1 MiB.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let refused = |why: String| Error::invalid(format!("{}: {why}", path.display()));
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(refused(format!("could not be opened ({error})"))),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(format!("could not be read ({error})")))?;
        if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST) {
            return Err(refused("is larger than 1 MiB; this cannot be a configuration file".to_owned()));
        }
        Ok(Some(Self::parse(&String::from_utf8_lossy(&bytes))))
    }

    /// Reads the text of a file. Never fails.
    pub fn parse(text: &str) -> Self {
        let mut ini = Self::default();
        let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
        while let Some((index, line)) = lines.next() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) || is_section(line) {
                continue;
            }
            let entry = line.split_once('=').and_then(|(key, rest)| {
                let value = match long_quote(rest.trim()) {
                    Some((quote, start)) => read_long(quote, start, &mut lines),
                    None => read_value(rest.trim()),
                };
                Some((read_key(key)?, value?))
            });
            ini.add(index + 1, entry);
        }
        ini
    }

    /// One sentence about the lines that were not understood, if there are any.
    pub fn warning(&self) -> Option<String> {
        let named: Vec<String> = self.bad_lines.iter().map(ToString::to_string).collect();
        let more = if self.bad_count > named.len() { " and more" } else { "" };
        (self.bad_count > 0).then(|| {
            format!("{} lines were not understood (line {}{more})", self.bad_count, named.join(", "))
        })
    }

    fn add(&mut self, line: usize, entry: Option<(String, String)>) {
        match entry {
            Some((key, value)) if self.values.len() < MOST_KEYS => {
                self.values.insert(key, value);
            }
            _ => {
                self.bad_count += 1;
                if self.bad_lines.len() < MOST_NAMED_LINES {
                    self.bad_lines.push(line);
                }
            }
        }
    }
}

fn is_section(line: &str) -> bool {
    line.starts_with('[') && line.split('#').next().is_some_and(|head| head.trim_end().ends_with(']'))
}

fn read_key(text: &str) -> Option<String> {
    let key = unquote(text.trim()).to_lowercase();
    (!key.is_empty() && !key.contains(char::is_control)).then_some(key)
}

fn long_quote(text: &str) -> Option<(&'static str, &str)> {
    LONG_QUOTES.iter().find_map(|quote| Some((*quote, text.strip_prefix(quote)?)))
}

/// A value between triple quotes, which may go on for many lines. None if it never ends; then only its first line
/// is lost.
fn read_long<'a, I>(quote: &str, start: &str, lines: &mut I) -> Option<String>
where
    I: Iterator<Item = (usize, &'a str)> + Clone,
{
    if let Some((value, _)) = start.split_once(quote) {
        return Some(value.to_owned());
    }
    let mut ahead = lines.clone();
    let mut value = start.to_owned();
    while let Some((_, line)) = ahead.next() {
        value.push('\n');
        if let Some((last, _)) = line.split_once(quote) {
            value.push_str(last);
            *lines = ahead;
            return Some(value);
        }
        value.push_str(line);
    }
    None
}

/// A value on one line: plain, quoted, or a list of these.
fn read_value(text: &str) -> Option<String> {
    let mut items = Vec::new();
    let mut rest = text;
    let mut is_list = false;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            break;
        }
        if let Some(after) = rest.strip_prefix(',') {
            is_list = true;
            rest = after;
            continue;
        }
        let (item, after) = read_item(rest)?;
        items.push(item);
        rest = after;
    }
    if !is_list {
        return (items.len() <= 1).then(|| items.concat());
    }
    serde_json::to_string(&items).ok()
}

/// One quoted or plain item, and what follows it.
fn read_item(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let (item, after) = inner.split_once(quote)?;
            let ends = after.trim_start();
            return (ends.is_empty() || ends.starts_with([',', '#'])).then_some((item, after));
        }
    }
    let end = text.find([',', '#']).unwrap_or(text.len());
    let (item, after) = text.split_at_checked(end)?;
    Some((item.trim_end(), after))
}

fn unquote(text: &str) -> &str {
    let stripped = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    stripped.unwrap_or(text)
}
