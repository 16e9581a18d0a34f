//! Lengths of time as the footers of tables tell them.

/// From here on seconds say nothing any more: they are rounded to minutes.
const WITHOUT_SECONDS: i64 = 4 * 86_400;

/// `81 days 3 hrs 5 mins`; `0` for nothing and for what is less than nothing.
pub(crate) fn words(seconds: i64) -> String {
    if seconds <= 0 {
        return "0".to_owned();
    }
    let seconds = if seconds < WITHOUT_SECONDS { seconds } else { seconds.saturating_add(30) / 60 * 60 };
    let parts = [
        (seconds / 86_400, "day", "days"),
        (seconds % 86_400 / 3_600, "hr", "hrs"),
        (seconds % 3_600 / 60, "min", "mins"),
        (seconds % 60, "sec", "secs"),
    ];
    let said = parts.into_iter().filter(|(count, ..)| *count > 0);
    let said = said.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;
    use proptest::prelude::*;

    #[test]
    fn as_recorded() {
        let recorded = [
            (-1_555_786, "0"),
            (0, "0"),
            (90, "1 min 30 secs"),
            (4_080, "1 hr 8 mins"),
            (10_837, "3 hrs 37 secs"),
            (16_501, "4 hrs 35 mins 1 sec"),
            (25_303, "7 hrs 1 min 43 secs"),
            (27_360, "7 hrs 36 mins"),
            (86_993, "1 day 9 mins 53 secs"),
            (177_252, "2 days 1 hr 14 mins 12 secs"),
            (219_947, "2 days 13 hrs 5 mins 47 secs"),
            (749_109, "8 days 16 hrs 5 mins"),
            (7_007_080, "81 days 2 hrs 25 mins"),
        ];
        for (seconds, text) in recorded {
            assert_eq!(words(seconds), text, "{seconds}");
        }
    }

    fn read(text: &str) -> i64 {
        let words: Vec<_> = text.split(' ').collect();
        let unit = |name: &str| match name.trim_end_matches('s') {
            "day" => 86_400,
            "hr" => 3_600,
            "min" => 60,
            _ => 1,
        };
        words.chunks(2).map(|pair| pair[0].parse::<i64>().unwrap() * unit(pair[1])).sum()
    }

    proptest! {
        #[test]
        fn what_is_told_is_what_it_was(seconds in 1_i64..100_000_000) {
            let told = read(&words(seconds));
            let slack = if seconds < super::WITHOUT_SECONDS { 0 } else { 30 };
            prop_assert!((told - seconds).abs() <= slack);
        }

        #[test]
        fn any_number_is_told(seconds: i64) {
            prop_assert!(!words(seconds).is_empty());
        }
    }
}
