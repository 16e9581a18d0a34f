//! A page of a table: found, ordered, cut. Pure.

use super::{Contents, Row};
use chrono::{DateTime, Utc};
use std::cmp::Ordering;
use std::collections::HashMap;

/// What a table may be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    AddedAt,
    Title,
    /// The place in what it is part of; where there is none, the title.
    Index,
    Container,
    Bitrate,
    VideoCodec,
    VideoResolution,
    VideoFramerate,
    AudioCodec,
    AudioChannels,
    FileSize,
    LastPlayed,
    Plays,
}

/// What is asked of a table.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Text in titles and formats, in any case.
    pub text: String,
    /// The most important first, and whether each descends.
    pub order: Vec<(Order, bool)>,
    pub offset: usize,
    pub limit: Option<usize>,
    /// Count plays as an imported history recorded them.
    pub as_recorded: bool,
}

/// How often something was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Played {
    pub plays: i64,
    pub last_at: DateTime<Utc>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub rows: Vec<(Row, Option<Played>)>,
    pub total: usize,
    pub filtered: usize,
    /// Bytes of everything that matches.
    pub filtered_size: i64,
    /// Bytes of this page.
    pub page_size: i64,
    pub read_at: DateTime<Utc>,
    /// It was read for an earlier question.
    pub kept: bool,
}

pub(super) fn cut(contents: &Contents, played: &HashMap<String, Played>, query: &Query) -> Table {
    let text = query.text.to_lowercase();
    let matching = contents.rows.iter().filter(|row| text.is_empty() || is_in(row, &text));
    let mut found: Vec<(&Row, Option<Played>)> =
        matching.map(|row| (row, played.get(&row.rating_key).copied())).collect();
    found.sort_by(|a, b| compare(a, b, &query.order));
    let size = |rows: &[(&Row, Option<Played>)]| {
        rows.iter().filter_map(|(row, _)| row.file_size).fold(0, i64::saturating_add)
    };
    let from = query.offset.min(found.len());
    let to = query.limit.map_or(found.len(), |limit| from.saturating_add(limit).min(found.len()));
    let page = found.get(from..to).unwrap_or_default();
    Table {
        rows: page.iter().map(|(row, played)| ((*row).clone(), *played)).collect(),
        total: contents.rows.len(),
        filtered: found.len(),
        filtered_size: size(&found),
        page_size: size(page),
        read_at: contents.read_at,
        kept: false,
    }
}

/// Whether the text, in lower case, is in what is searched.
fn is_in(row: &Row, text: &str) -> bool {
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    let words = [&row.sort_title, &row.container, &row.video_codec, &row.video_resolution];
    let more = [&row.video_framerate, &row.audio_codec];
    words.into_iter().chain(more).any(|word| word.to_lowercase().contains(text))
        || [number(row.bitrate), number(row.audio_channels)].iter().any(|word| word.contains(text))
}

fn compare(a: &(&Row, Option<Played>), b: &(&Row, Option<Played>), order: &[(Order, bool)]) -> Ordering {
    let by = |(order, descends): &(Order, bool)| {
        let found = compare_by(*order, a, b);
        if *descends { found.reverse() } else { found }
    };
    order.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare_by(order: Order, a: &(&Row, Option<Played>), b: &(&Row, Option<Played>)) -> Ordering {
    let ((row, played), (other, others)) = (a, b);
    match order {
        Order::AddedAt => row.added_at.cmp(&other.added_at),
        Order::Title => row.sort_title.to_lowercase().cmp(&other.sort_title.to_lowercase()),
        Order::Index if row.index.or(other.index).is_some() => row.index.cmp(&other.index),
        Order::Index => compare_by(Order::Title, a, b),
        Order::Container => row.container.cmp(&other.container),
        Order::Bitrate => row.bitrate.cmp(&other.bitrate),
        Order::VideoCodec => row.video_codec.cmp(&other.video_codec),
        Order::VideoResolution => lines(&row.video_resolution).cmp(&lines(&other.video_resolution)),
        Order::VideoFramerate => row.video_framerate.cmp(&other.video_framerate),
        Order::AudioCodec => row.audio_codec.cmp(&other.audio_codec),
        Order::AudioChannels => row.audio_channels.cmp(&other.audio_channels),
        Order::FileSize => row.file_size.cmp(&other.file_size),
        Order::LastPlayed => played.map(|p| p.last_at).cmp(&others.map(|p| p.last_at)),
        Order::Plays => played.map(|p| p.plays).cmp(&others.map(|p| p.plays)),
    }
}

/// Height that a resolution's name stands for; what has none comes first.
fn lines(resolution: &str) -> Option<i64> {
    match resolution {
        "" => None,
        "sd" => Some(360),
        "2k" => Some(1_440),
        "4k" => Some(2_160),
        "8k" => Some(4_320),
        digits => Some(digits.trim_end_matches(['p', 'i']).parse().unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(key: &str, title: &str, resolution: &str, size: i64) -> Row {
        Row {
            rating_key: key.to_owned(),
            sort_title: title.to_owned(),
            video_resolution: resolution.to_owned(),
            file_size: Some(size),
            ..Row::default()
        }
    }

    fn contents(rows: Vec<Row>) -> Contents {
        Contents { rows, read_at: DateTime::UNIX_EPOCH }
    }

    fn keys(table: &Table) -> Vec<&str> {
        table.rows.iter().map(|(row, _)| row.rating_key.as_str()).collect()
    }

    #[test]
    fn resolutions_are_ordered_by_height_and_sizes_are_summed() {
        let all = contents(vec![
            row("a", "B", "1080", 5),
            row("b", "a", "4k", 7),
            row("c", "C", "sd", 11),
            row("d", "d", "", 13),
        ]);
        let order = vec![(Order::VideoResolution, false)];
        let table = cut(&all, &HashMap::new(), &Query { order, limit: Some(3), ..Query::default() });
        assert_eq!(keys(&table), ["d", "c", "a"]);
        assert_eq!((table.page_size, table.filtered_size, table.total), (29, 36, 4));
        let order = vec![(Order::Title, true)];
        let table = cut(&all, &HashMap::new(), &Query { order, offset: 1, ..Query::default() });
        assert_eq!(keys(&table), ["c", "a", "b"]);
        let found = cut(&all, &HashMap::new(), &Query { text: "4K".to_owned(), ..Query::default() });
        assert_eq!((keys(&found), found.filtered, found.total), (vec!["b"], 1, 4));
    }

    #[test]
    fn parts_are_ordered_by_their_numbers() {
        let part = |key: &str, title: &str, index| Row { index, ..row(key, title, "", 1) };
        let all = contents(vec![
            part("a", "Episode 1", Some(1)),
            part("b", "-1", Some(3)),
            part("c", "z", None),
            part("d", "2001", Some(2)),
            part("e", "Y", None),
            part("f", "other", Some(2)),
        ]);
        let ordered = |descends| {
            let query = Query { order: vec![(Order::Index, descends)], ..Query::default() };
            keys(&cut(&all, &HashMap::new(), &query)).join("")
        };
        assert_eq!((ordered(false).as_str(), ordered(true).as_str()), ("ecadfb", "bdface"));
    }

    #[test]
    fn what_was_never_played_comes_first_and_last() {
        let all = contents(vec![row("a", "a", "", 1), row("b", "b", "", 1), row("c", "c", "", 1)]);
        let at = |s| DateTime::from_timestamp(s, 0).unwrap();
        let played = HashMap::from([
            ("a".to_owned(), Played { plays: 3, last_at: at(9) }),
            ("c".to_owned(), Played { plays: 3, last_at: at(5) }),
        ]);
        let order = vec![(Order::Plays, true), (Order::LastPlayed, false)];
        assert_eq!(keys(&cut(&all, &played, &Query { order, ..Query::default() })), ["c", "a", "b"]);
        let order = vec![(Order::LastPlayed, false)];
        assert_eq!(keys(&cut(&all, &played, &Query { order, ..Query::default() })), ["b", "c", "a"]);
    }

    proptest! {
        #[test]
        fn pages_are_pieces_of_the_whole(titles in proptest::collection::vec(".{0,6}", 0..20), offset in 0usize..30, limit in 0usize..30) {
            let rows = titles.iter().enumerate().map(|(at, title)| row(&at.to_string(), title, "", 1)).collect();
            let all = contents(rows);
            let order = vec![(Order::Title, false)];
            let whole = cut(&all, &HashMap::new(), &Query { order: order.clone(), ..Query::default() });
            let part = cut(&all, &HashMap::new(), &Query { order, offset, limit: Some(limit), ..Query::default() });
            let expected: Vec<_> = whole.rows.iter().skip(offset).take(limit).cloned().collect();
            prop_assert_eq!(part.rows, expected);
            prop_assert_eq!(whole.rows.len(), titles.len());
        }
    }
}
