use super::*;
use proptest::prelude::*;

#[test]
fn decisions_combine_as_users_speak_of_them() {
    use Decision::{Burn, Copy, DirectPlay, Transcode};
    // ACT-16
    assert_eq!(Decision::combine([None, None]), DirectPlay);
    assert_eq!(Decision::combine([Some(DirectPlay), Some(Copy)]), Copy);
    assert_eq!(Decision::combine([Some(Copy), Some(Transcode)]), Transcode);
    assert_eq!(Decision::combine([Some(Copy), Some(Burn)]), Transcode);
}

#[test]
fn dynamic_ranges_are_read_from_titles_and_colours() {
    // ACT-17
    assert_eq!(dynamic_range("4K DoVi/HDR10 (HEVC Main 10)", Some(10), "", ""), "Dolby Vision/HDR10");
    assert_eq!(dynamic_range("4K (HEVC Main 10 HDR)", Some(10), "bt2020nc", "smpte2084"), "HDR");
    assert_eq!(dynamic_range("4K DoVi (HEVC Main 10)", None, "", ""), "Dolby Vision");
    assert_eq!(dynamic_range("1080p HLG (HEVC)", None, "", ""), "HLG");
    assert_eq!(dynamic_range("4K (HEVC)", Some(10), "bt2020nc", "smpte2084"), "HDR10");
    assert_eq!(dynamic_range("1080p (H.264)", Some(8), "bt709", "bt709"), "SDR");
}

#[test]
fn profiles_are_the_smallest_that_fit() {
    // ACT-18
    assert_eq!(quality_profile(MediaKind::Movie, Some(4000), Some(24000)), "4 Mbps 720p");
    assert_eq!(quality_profile(MediaKind::Episode, Some(9800), Some(9800)), ORIGINAL);
    assert_eq!(quality_profile(MediaKind::Track, Some(320), Some(320)), "320 kbps");
    assert_eq!(quality_profile(MediaKind::Movie, None, Some(1)), ORIGINAL);
}

#[test]
fn resolutions_carry_their_scan_letter() {
    assert_eq!(full_resolution("1080", "progressive"), "1080p");
    assert_eq!(full_resolution("576", "interlaced"), "576i");
    assert_eq!(full_resolution("4k", ""), "4k");
    assert_eq!(full_resolution("720p", ""), "720p");
    assert_eq!(full_resolution("sd", ""), "SD");
}

proptest! {
    #[test]
    fn a_profile_always_lies_between_stream_and_source(stream in 1i64..60_000, extra in 0i64..60_000) {
        let name = quality_profile(MediaKind::Movie, Some(stream), Some(stream + extra));
        let again = quality_profile(MediaKind::Movie, Some(stream), Some(stream + extra + 1));
        // A larger source can only offer a profile where there was none.
        prop_assert!(name == ORIGINAL || name == again);
    }

    #[test]
    fn any_text_has_a_dynamic_range(title in ".*", depth in proptest::option::of(any::<i32>()), space in ".{0,12}", trc in ".{0,12}") {
        prop_assert!(!dynamic_range(&title, depth, &space, &trc).is_empty());
    }

    #[test]
    fn kinds_survive_their_names(name in "[a-z_]{0,14}") {
        let kind = MediaKind::parse(&name);
        prop_assert_eq!(MediaKind::parse(kind.name()), kind);
    }
}
