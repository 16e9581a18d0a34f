//! Precedence, lenience and refusals of the bootstrap configuration.

use super::*;
use clap::Parser;
use proptest::prelude::*;
use secrecy::ExposeSecret;
use std::fs;

fn around(env: &[(&str, &str)]) -> Surroundings {
    let env = env.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Surroundings { env, etc: PathBuf::from("/nonexistent"), root_user: false }
}

fn cli(args: &[&str]) -> Cli {
    Cli::try_parse_from(std::iter::once(&"tautulli").chain(args)).unwrap()
}

/// Loads with `ini` as the file's text in a fresh data folder.
fn load(args: &[&str], env: &[(&str, &str)], ini: &str) -> Result<Config> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("config.ini"), ini).unwrap();
    let mut flags = cli(args).flags;
    flags.datadir = Some(dir.path().to_str().unwrap().to_owned());
    Config::load(&flags, &around(env))
}

fn refusal(args: &[&str], env: &[(&str, &str)], ini: &str) -> String {
    load(args, env, ini).unwrap_err().outer().to_owned()
}

#[test]
fn flag_beats_env_beats_file_beats_default() {
    let ini = "[General]\nhttp_port = 3\n";
    let env = [("TAUTULLI_HTTP_PORT", "2")];
    let port = |args: &[&str], env: &[(&str, &str)], ini: &str| {
        let config = load(args, env, ini).unwrap();
        (config.http.port, config.origin("http_port"))
    };
    assert_eq!(port(&["--port", "1"], &env, ini), (1, Origin::Flag));
    assert_eq!(port(&[], &env, ini), (2, Origin::Env));
    assert_eq!(port(&[], &[("TAUTULLI_HTTP_PORT", " ")], ini), (3, Origin::File));
    assert_eq!(port(&[], &[], ""), (8181, Origin::Default));
}

#[test]
fn flags_stand_before_and_after_the_command() {
    assert_eq!(cli(&[]).command(), Command::Serve);
    for args in [["--port", "1", "serve", "--dev"], ["serve", "--dev", "--port", "1"]] {
        let cli = cli(&args);
        assert_eq!(cli.command(), Command::Serve);
        assert_eq!((cli.flags.port.as_deref(), cli.flags.dev), (Some("1"), true));
    }
    let all = "--datadir d --config c --port 1 --nolaunch --quiet --verbose --pidfile p --dev --migrate-db";
    assert_eq!(cli(&all.split(' ').collect::<Vec<_>>()).command(), Command::Migrate);
    assert_eq!(cli(&["backup", "f", "-q"]).command(), Command::Backup { file: Some("f".into()) });
    assert!(Cli::try_parse_from(["tautulli", "--daemon"]).is_err());
}

#[test]
fn refusals_name_source_key_and_expectation() {
    let said = refusal(&["--port", "99999"], &[], "");
    assert_eq!(said, "--port: `99999` will not do; expected a number from 0 to 65535");
    let said = refusal(&[], &[("TAUTULLI_LOG_LEVEL", "loud")], "");
    assert!(said.starts_with("Environment variable TAUTULLI_LOG_LEVEL: `loud`"), "{said}");
    let said = refusal(&[], &[], "http_host = everywhere");
    assert!(said.contains("config.ini, key http_host") && said.contains("0.0.0.0"), "{said}");
    let said = refusal(&[], &[("TZ", "Mars/Olympus")], "");
    assert!(said.contains("TZ") && said.contains("Europe/Berlin"), "{said}");
}

#[test]
fn secrets_stay_out_of_messages() {
    let said = refusal(&[], &[("DATABASE_URL", "mysql://ann:s3cret@db/x")], "");
    assert!(said.contains("DATABASE_URL") && !said.contains("s3cret"), "{said}");
    let config = load(&[], &[("DATABASE_URL", "postgres://ann:s3cret@db/x")], "").unwrap();
    assert!(!format!("{config:?}").contains("s3cret"));
    let both = [("DATABASE_URL", "postgres://a/1"), ("TAUTULLI_DATABASE_URL", "postgres://a/2")];
    let config = load(&[], &both, "").unwrap();
    assert_eq!(config.database_url.unwrap().expose_secret(), "postgres://a/2");
}

#[test]
fn the_rest_goes_to_the_settings() {
    let env = [("TAUTULLI_PMS_IP", "10.0.0.1"), ("TAUTULLI_HTTP_PORT", "2"), ("PATH", "/bin")];
    let config = load(&[], &env, "http_port = 3\n[PMS]\nPMS_Name = Tower\n").unwrap();
    assert_eq!(config.overrides(), &BTreeMap::from([("pms_ip".to_owned(), "10.0.0.1".to_owned())]));
    assert_eq!(config.ini_values(), &BTreeMap::from([("pms_name".to_owned(), "Tower".to_owned())]));
}

#[test]
fn verbose_raises_and_quiet_silences() {
    let log = load(&["-v", "-q"], &[], "log_level = warn\nlog_format = JSON").unwrap().log;
    assert_eq!(log, Log { level: LogLevel::Debug, format: LogFormat::Json, console: false });
    let log = load(&["-v"], &[("TAUTULLI_LOG_LEVEL", "trace")], "").unwrap().log;
    assert_eq!(log, Log { level: LogLevel::Trace, format: LogFormat::Text, console: true });
}

#[test]
fn data_is_where_it_is_expected() {
    let dir = |env: &[(&str, &str)], root_user| {
        let config = Config::load(&Flags::default(), &Surroundings { root_user, ..around(env) });
        config.map(|config| config.data_dir.to_str().unwrap().to_owned())
    };
    let home = [("HOME", "/home/ann")];
    assert_eq!(dir(&home, false).unwrap(), "/home/ann/.local/share/tautulli");
    assert_eq!(dir(&[("HOME", "/home/ann"), ("XDG_DATA_HOME", "/data")], false).unwrap(), "/data/tautulli");
    assert_eq!(dir(&home, true).unwrap(), "/var/lib/tautulli");
    assert_eq!(dir(&[("TAUTULLI_DATADIR", "/config")], true).unwrap(), "/config");
    assert!(dir(&[("HOME", "relative")], false).unwrap_err().outer().contains("--datadir"));
}

#[test]
fn zones_are_found() {
    let etc = tempfile::tempdir().unwrap();
    let zone = |tz: &str| {
        let mut around = around(&[("TZ", tz), ("HOME", "/nonexistent")]);
        around.etc = etc.path().to_path_buf();
        Config::load(&Flags::default(), &around).unwrap().time_zone
    };
    assert_eq!(zone(":Europe/Berlin"), Tz::Europe__Berlin);
    assert_eq!(zone(""), Tz::UTC);
    fs::write(etc.path().join("timezone"), "Asia/Tokyo\n").unwrap();
    assert_eq!(zone(":/etc/localtime"), Tz::Asia__Tokyo);
    let target = "/usr/share/zoneinfo/posix/America/New_York";
    std::os::unix::fs::symlink(target, etc.path().join("localtime")).unwrap();
    assert_eq!(zone(""), Tz::America__New_York);
}

#[test]
fn prefixes_have_one_form() {
    for (text, expected) in [("/", Some("")), ("tautulli/", Some("/tautulli")), ("//a/b-c//", Some("/a/b-c"))]
    {
        assert_eq!(value::prefix(text).as_deref(), expected, "{text}");
    }
    for text in ["/a//b", "/a/../b", "http://x", "/a b", "/a?b", "/ä", "/%2e"] {
        assert_eq!(value::prefix(text), None, "{text}");
    }
}

#[test]
fn a_named_file_that_is_absent_is_mentioned() {
    let config = load(&["--config", "/nonexistent/c.ini"], &[], "").unwrap();
    assert_eq!(config.warnings, ["/nonexistent/c.ini does not exist; defaults are used"]);
}

#[test]
fn a_huge_file_is_refused() {
    assert!(refusal(&[], &[], &"#".repeat(1024 * 1024 + 1)).contains("larger than 1 MiB"));
}

#[test]
fn ini_as_installations_have_it() {
    let text = concat!(
        "\u{feff}# comment\r\n[General]\r\nPlain = some words  # why\r\n",
        "double = \"a, 'b' # c\"\nsingle = 'x \"y\"'\nempty = \"\"\nnothing =\n",
        "list = one, \"two, three\", 4\nno_items = ,\nlone = a,\n  [[Nested]]\n  deep = 1 \n",
        "long = \"\"\"first\n  # second\nlast\"\"\"\nurl = http://x/?a=b\n\"quoted key\" = 1\n",
        "garbage\nhalf = \"open\n= no key\nplain = later\n",
    );
    let ini = Ini::parse(text);
    let expected = [
        ("deep", "1"),
        ("double", "a, 'b' # c"),
        ("empty", ""),
        ("list", r#"["one","two, three","4"]"#),
        ("lone", r#"["a"]"#),
        ("long", "first\n  # second\nlast"),
        ("no_items", "[]"),
        ("nothing", ""),
        ("plain", "later"),
        ("quoted key", "1"),
        ("single", "x \"y\""),
        ("url", "http://x/?a=b"),
    ];
    assert_eq!(ini.values, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    assert_eq!(ini.bad_lines, [18, 19, 20]);
    assert_eq!(ini.warning().unwrap(), "3 lines were not understood (line 18, 19, 20)");
}

proptest! {
    #[test]
    fn no_text_upsets_the_reader(text in "([ -~\\n]|\"\"\"|'''|\\PC){0,300}") {
        let ini = Ini::parse(&text);
        prop_assert!(ini.values.len() + ini.bad_count <= text.lines().count());
        prop_assert!(ini.values.keys().all(|key| *key == key.to_lowercase()));
    }

    #[test]
    fn quoted_values_come_back(key in "[a-z_]{1,12}", value in "[^\"\\r\\n\\x00]{0,40}") {
        prop_assume!(!value.starts_with("\"\""));
        let ini = Ini::parse(&format!("[A]\n{key} = \"{value}\"\n"));
        prop_assert_eq!(ini.values.get(&key), Some(&value));
    }

    #[test]
    fn lists_come_back(items in proptest::collection::vec("[^\"\\r\\n]{0,10}", 2..6)) {
        let quoted: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
        let ini = Ini::parse(&format!("l = {}", quoted.join(", ")));
        let back: Vec<String> = serde_json::from_str(ini.values.get("l").unwrap()).unwrap();
        prop_assert_eq!(back, items);
    }

    #[test]
    fn prefixes_are_normal(text in "\\PC{0,30}") {
        if let Some(root) = value::prefix(&text) {
            prop_assert!(root.is_empty() || root.starts_with('/') && !root.ends_with('/'));
            prop_assert_eq!(value::prefix(&root), Some(root.clone()));
        }
    }
}
