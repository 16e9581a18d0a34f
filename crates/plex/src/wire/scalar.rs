//! One value, as any of the types that Plex may have meant.

/// Whole numbers; `6.4` is 6, and what no `i64` can hold is nothing.
pub(super) fn int(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let number = float(text)?;
        #[expect(clippy::cast_possible_truncation, reason = "bounded to what an f64 holds exactly")]
        (number.abs() < 9e15).then_some(number as i64)
    })
}

/// Finite numbers only.
pub(super) fn float(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// `1`, `true`; `0`, `false`; anything else says nothing.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
