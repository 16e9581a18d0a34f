//! The dynamic range of a video stream (ACT-17).

/// `Dolby Vision`, `HLG`, `HDR10`, `HDR`, several joined by `/`, or `SDR`.
///
/// The stream's display title says it on current servers; older ones are read by bit depth and colour facts.
pub fn dynamic_range(
    display_title: &str,
    bit_depth: Option<i32>,
    color_space: &str,
    color_trc: &str,
) -> String {
    let words: Vec<String> =
        display_title.split(|c: char| !c.is_alphanumeric() && c != '+').map(str::to_uppercase).collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    let mut found: Vec<&str> = Vec::new();
    if has("DOVI") || has("DV") || display_title.to_lowercase().contains("dolby vision") {
        found.push("Dolby Vision");
    }
    if has("HLG") {
        found.push("HLG");
    }
    if has("HDR10") || has("HDR10+") {
        found.push("HDR10");
    } else if has("HDR") {
        found.push("HDR");
    }
    if !found.is_empty() {
        return found.join("/");
    }
    let wide = bit_depth.unwrap_or(0) > 8 && color_space == "bt2020nc";
    match color_trc {
        "smpte2084" if wide => "HDR10".to_owned(),
        "arib-std-b67" if wide => "HLG".to_owned(),
        _ if wide && !color_trc.is_empty() && color_trc != "bt709" => "HDR".to_owned(),
        _ => "SDR".to_owned(),
    }
}
