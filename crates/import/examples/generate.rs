//! Writes a large database of the reference's shape: `cargo run --release -p tautulli-import --example generate -- FILE PLAYS`.
//!
//! Users by Zipf, few items often and many seldom, a play of every kind, groups of resumptions. It is the size that counts: rows
//! are as wide as real ones.
#![expect(clippy::print_stdout, reason = "it is a tool for the terminal")]

use rusqlite::{Connection, params};

const SCHEMA: &str = "
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;
    CREATE TABLE version_info (key TEXT UNIQUE, value TEXT);
    INSERT INTO version_info VALUES ('version', 'v2.17.2');
    CREATE TABLE users (id INTEGER PRIMARY KEY, user_id INTEGER UNIQUE, username TEXT, friendly_name TEXT, is_active INTEGER,
      keep_history INTEGER, deleted_user INTEGER);
    CREATE TABLE library_sections (id INTEGER PRIMARY KEY, server_id TEXT, section_id INTEGER, section_name TEXT, section_type TEXT);
    INSERT INTO library_sections VALUES (1, 'generated', 1, 'Films', 'movie'), (2, 'generated', 2, 'Shows', 'show');
    CREATE TABLE session_history (id INTEGER PRIMARY KEY, reference_id INTEGER, started INTEGER, stopped INTEGER, rating_key INTEGER,
      user_id INTEGER, user TEXT, ip_address TEXT, paused_counter INTEGER, player TEXT, product TEXT, product_version TEXT, platform TEXT,
      platform_version TEXT, profile TEXT, machine_id TEXT, bandwidth INTEGER, location TEXT, quality_profile TEXT, secure INTEGER,
      relayed INTEGER, parent_rating_key INTEGER, grandparent_rating_key INTEGER, media_type TEXT, section_id INTEGER, view_offset INTEGER);
    CREATE TABLE session_history_media_info (id INTEGER PRIMARY KEY, rating_key INTEGER, video_decision TEXT, audio_decision TEXT,
      transcode_decision TEXT, duration INTEGER, container TEXT, bitrate INTEGER, width INTEGER, height INTEGER, video_codec TEXT,
      video_bitrate INTEGER, video_resolution TEXT, video_full_resolution TEXT, video_framerate TEXT, audio_codec TEXT, audio_channels INTEGER,
      stream_container TEXT, stream_bitrate INTEGER, stream_video_decision TEXT, stream_video_codec TEXT, stream_video_resolution TEXT,
      stream_video_full_resolution TEXT, stream_audio_decision TEXT, stream_audio_codec TEXT, stream_audio_channels INTEGER);
    CREATE TABLE session_history_metadata (id INTEGER PRIMARY KEY, rating_key INTEGER, parent_rating_key INTEGER,
      grandparent_rating_key INTEGER, title TEXT, parent_title TEXT, grandparent_title TEXT, full_title TEXT, media_index INTEGER,
      parent_media_index INTEGER, thumb TEXT, art TEXT, media_type TEXT, year INTEGER, added_at INTEGER, updated_at INTEGER,
      content_rating TEXT, summary TEXT, duration INTEGER, guid TEXT, directors TEXT, writers TEXT, actors TEXT, genres TEXT, studio TEXT);";

/// A small generator of numbers, so that the same call writes the same file.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// Small numbers often, large ones seldom.
    fn zipf(&mut self, limit: u64) -> u64 {
        let (a, b, c) = (self.below(limit), self.below(limit), self.below(limit));
        a.min(b).min(c)
    }
}

fn main() -> rusqlite::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(plays)) = (arguments.next(), arguments.next().and_then(|text| text.parse().ok()))
    else {
        println!("usage: generate FILE PLAYS");
        return Ok(());
    };
    let mut conn = Connection::open(&file)?;
    conn.execute_batch(SCHEMA)?;
    let tx = conn.transaction()?;
    for user in 0..200_i64 {
        tx.execute(
            "INSERT INTO users VALUES (?1, ?2, ?3, ?3, 1, 1, 0)",
            params![user, 1_000 + user, format!("user {user}")],
        )?;
    }
    let mut dice = Dice(0x5eed_5eed_5eed_5eed);
    for id in 1..=plays {
        play(&tx, &mut dice, id)?;
    }
    tx.commit()?;
    println!("{file}: {plays} plays");
    Ok(())
}

fn play(conn: &Connection, dice: &mut Dice, id: i64) -> rusqlite::Result<()> {
    let number = |value: u64| i64::try_from(value).unwrap_or(0);
    let (user, item) = (number(dice.zipf(200)), number(dice.zipf(30_000)));
    let started = 1_400_000_000 + id * 300 + number(dice.below(3_600));
    let length = 120 + number(dice.below(7_000));
    let reference = if id > 1 && dice.below(5) == 0 { id - 1 } else { id };
    let is_film = item % 3 == 0;
    let (kind, section) = if is_film { ("movie", 1) } else { ("episode", 2) };
    let summary =
        "A summary of some length, as they are: somebody goes somewhere, and something happens there. "
            .repeat(4);
    let actors: Vec<String> =
        (0..20).map(|actor| format!("Somebody Number{}", (item * 7 + actor) % 5_000)).collect();
    conn.prepare_cached("INSERT INTO session_history VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '198.51.100.7', ?8, 'Living room', 'Plex for Android (TV)',
        '9.1', 'Android', '11', 'Android', ?9, 8000, 'lan', 'Original', 1, 0, ?10, ?11, ?12, ?13, ?14)")?.execute(params![
        id, reference, started, started + length, item, 1_000 + user, format!("user {user}"), dice.below(60) as i64,
        format!("machine-{user}-{}", dice.below(3)), item / 10, item / 100, kind, section, dice.below(6_000_000) as i64,
    ])?;
    conn.prepare_cached("INSERT INTO session_history_media_info VALUES (?1, ?2, 'direct play', 'direct play', 'direct play', 6000000, 'mkv', 9000,
        1920, 1080, 'h264', 8500, '1080', '1080p', '24p', 'eac3', 6, 'mkv', 9000, 'direct play', 'h264', '1080', '1080p', 'direct play', 'eac3', 6)")?
        .execute(params![id, item])?;
    conn.prepare_cached("INSERT INTO session_history_metadata VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?5, ?8, ?9, ?10, ?11, ?12, ?13, 1500000000,
        1600000000, 'PG-13', ?14, 6000000, ?15, 'A Director', 'A Writer;Another Writer', ?16, 'Drama;Comedy', 'A Studio')")?
        .execute(params![
            id, item, item / 10, item / 100, format!("Title {item}"), format!("Season {}", item / 10 % 10), format!("Show {}", item / 100),
            item % 10, item / 10 % 10, format!("/library/metadata/{item}/thumb/1"), format!("/library/metadata/{item}/art/1"), kind,
            1950 + item % 75, summary, format!("plex://{kind}/{item:024x}"), actors.join(";"),
        ])?;
    Ok(())
}
