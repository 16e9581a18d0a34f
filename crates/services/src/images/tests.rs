use super::*;
use crate::images::seal::Seal;
use proptest::prelude::*;
use std::cell::Cell;

fn image(size: usize) -> Option<Image> {
    Some(Image { content_type: "image/png", bytes: Bytes::from(vec![7; size]) })
}

proptest! {
    #[test]
    fn what_was_sealed_can_be_opened_and_nothing_else(
        path in "/[ -~]{0,60}", width in -5..3_000i32, blur in -5..300i32, at in 0usize..400, with in "[A-Za-z0-9_.-]",
    ) {
        let seal = Seal::new([1; 64]);
        let Some(picture) = Picture::new(ServerId(3), &path, width, 450, blur, Fallback::Art) else { return Ok(()) };
        let sealed = seal.close(&picture);
        prop_assert_eq!(seal.open(&sealed), Some(picture));
        prop_assert_eq!(Seal::new([2; 64]).open(&sealed), None);
        let at = at % sealed.len();
        let mut spoiled = sealed.clone();
        spoiled.replace_range(at..=at, &with);
        if spoiled != sealed {
            prop_assert_eq!(seal.open(&spoiled), None);
        }
    }

    #[test]
    fn nonsense_opens_nothing(text in ".{0,300}") {
        prop_assert_eq!(Seal::new([1; 64]).open(&text), None);
    }
}

#[test]
fn only_paths_and_web_addresses_are_pictures() {
    let offered = |source: &str| Picture::new(ServerId(1), source, 10, 9_999, 0, Fallback::Cover);
    for source in
        ["", "library/metadata/1", "//evil.example/x", "file:///etc/passwd", "gopher://x", &"/x".repeat(900)]
    {
        assert_eq!(offered(source), None, "{source}");
    }
    let bounded = offered("https://plex.tv/users/1/avatar?c=2").unwrap();
    assert_eq!((bounded.width, bounded.height), (16, 2_000));
}

#[test]
fn scripts_in_pictures_are_not_passed_on() {
    assert_eq!(drawable("image/jpeg; charset=binary"), Some("image/jpeg"));
    assert_eq!(drawable("IMAGE/PNG"), Some("image/png"));
    assert_eq!(drawable("image/svg+xml"), None);
    assert_eq!(drawable("text/html"), None);
}

#[tokio::test]
async fn a_kept_picture_is_not_fetched_again_not_even_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let fetched = Cell::new(0);
    let fetch = async || {
        fetched.set(fetched.get() + 1);
        image(100)
    };
    let shelf = Shelf::open(dir.path().to_owned(), 10_000).await;
    assert_eq!(shelf.get("a", &fetch).await, image(100));
    assert_eq!(shelf.get("a", &fetch).await, image(100));
    drop(shelf);
    std::fs::write(dir.path().join("half.new"), "of a run that was killed").unwrap();
    let shelf = Shelf::open(dir.path().to_owned(), 10_000).await;
    assert_eq!(shelf.get("a", &fetch).await, image(100));
    assert_eq!(fetched.get(), 1);
    assert!(!dir.path().join("half.new").exists());
}

#[tokio::test]
async fn those_who_ask_at_once_wait_for_one_fetch() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(dir.path().to_owned(), 10_000).await;
    let fetched = Cell::new(0);
    let fetch = async || {
        fetched.set(fetched.get() + 1);
        tokio::task::yield_now().await;
        image(100)
    };
    let all = futures_util::future::join_all((0..20).map(|_| shelf.get("a", &fetch))).await;
    assert!(all.into_iter().all(|one| one == image(100)));
    assert_eq!(fetched.get(), 1);
}

#[tokio::test]
async fn the_shelf_keeps_its_bound_and_the_disk_too() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(dir.path().to_owned(), 1_000).await;
    for n in 0..50 {
        assert_eq!(shelf.get(&n.to_string(), async || image(100)).await, image(100));
    }
    shelf.settle().await;
    let on_disk = || -> u64 {
        std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum()
    };
    assert!(on_disk() <= 1_000, "{} bytes are kept", on_disk());
    assert!(on_disk() >= 500, "{} bytes are kept", on_disk());
    // One that would push everything else out is delivered and not kept.
    assert_eq!(shelf.get("large", async || image(900)).await, image(900));
    shelf.settle().await;
    assert!(on_disk() >= 500);
}

#[tokio::test]
async fn what_cannot_be_had_is_not_asked_for_again_and_again() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(dir.path().to_owned(), 1_000).await;
    let asked = Cell::new(0);
    for _ in 0..3 {
        let fetch = async || {
            asked.set(asked.get() + 1);
            None
        };
        assert_eq!(shelf.get("a", &fetch).await, None);
    }
    assert_eq!(asked.get(), 1);
}

#[tokio::test]
async fn a_tidied_folder_is_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(dir.path().to_owned(), 10_000).await;
    shelf.get("a", async || image(100)).await;
    for file in std::fs::read_dir(dir.path()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    assert_eq!(shelf.get("a", async || image(100)).await, image(100));
    drop(dir);
    assert_eq!(shelf.get("b", async || image(100)).await, image(100));
}
