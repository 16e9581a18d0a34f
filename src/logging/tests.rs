//! Whole lines through the real subscriber.

use super::*;
use std::fs;
use std::sync::Mutex;

/// A console that remembers.
#[derive(Debug, Default, Clone)]
struct Console(Arc<Mutex<Vec<u8>>>);

impl Console {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Console {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `work` logs, as seen on the console and in the file.
fn logged(config: Log, work: impl FnOnce(&Logging)) -> (String, String) {
    let dir = tempfile::tempdir().unwrap();
    let console = Console::default();
    let writer = console.clone();
    let (subscriber, logging) = build(config, dir.path(), false, move || writer.clone());
    tracing::subscriber::with_default(subscriber, || work(&logging));
    (console.text(), fs::read_to_string(dir.path().join(file::NAME)).unwrap_or_default())
}

fn config(format: LogFormat) -> Log {
    Log { level: LogLevel::Info, format, console: true }
}

#[test]
fn both_places_get_the_line_without_the_secret() {
    for format in [LogFormat::Text, LogFormat::Json] {
        mask::learn("learned-by-the-line-test");
        let (console, file) = logged(config(format), |_| {
            tracing::info!(token = "abc123", url = "/x?apikey=k1k1", "hello learned-by-the-line-test");
        });
        for text in [&console, &file] {
            assert!(text.contains("hello ••••"), "{text}");
            for secret in ["abc123", "k1k1", "learned-by"] {
                assert!(!text.contains(secret), "{text}");
            }
            assert!(text.ends_with('\n'));
        }
        if format == LogFormat::Json {
            let line: serde_json::Value = serde_json::from_str(&console).unwrap();
            assert_eq!(line["url"], "/x?apikey=••••");
        }
    }
}

#[test]
fn quiet_keeps_the_file() {
    let quiet = Log { console: false, ..config(LogFormat::Text) };
    let (console, file) = logged(quiet, |_| tracing::info!("noted"));
    assert_eq!(console, "");
    assert!(file.contains("noted"));
}

#[test]
fn levels_can_be_changed_and_others_are_quieter() {
    let (_, file) = logged(config(LogFormat::Text), |logging| {
        tracing::debug!("before");
        logging.set_level(LogLevel::Debug).unwrap();
        tracing::debug!("after");
        tracing::info!(target: "hyper", "chatter");
        tracing::warn!(target: "hyper", "trouble");
    });
    assert!(!file.contains("before") && file.contains("after"), "{file}");
    assert!(!file.contains("chatter") && file.contains("trouble"), "{file}");
}

#[test]
fn long_lines_are_cut() {
    let (_, file) = logged(config(LogFormat::Text), |_| tracing::info!("{}", "ä".repeat(100_000)));
    assert!(file.len() < 66_000 && file.ends_with("… (cut)\n"), "{}", file.len());
}

#[test]
fn a_folder_that_is_not_there_is_told_on_the_console() {
    let console = Console::default();
    let writer = console.clone();
    let missing = Path::new("/nonexistent/logs");
    let (subscriber, _) = build(config(LogFormat::Text), missing, false, move || writer.clone());
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!("first");
        tracing::info!("second");
    });
    let text = console.text();
    assert_eq!(text.matches("cannot be written").count(), 1, "{text}");
    assert!(text.contains("first") && text.contains("second"), "{text}");
}
