//! The history's filters, orders, pages and totals against a naive reading of the same plays (HIS-11, HIS-13).

use crate::support::past::{Past, PastPlay, people};
use chrono::NaiveDate;
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use tautulli_db::Database;
use tautulli_db::history::{self, Scope};
use tautulli_domain::history::{
    Footers, HistoryFilter, HistoryOrder, HistorySort, KeysetPage, KindFilter, OffsetPage, PlacedLine,
};
use tautulli_domain::media::{Decision, MediaKind};
use tautulli_domain::{GroupId, LibraryId, Location, PlayId, ServerId, UserId};

/// A line as the naive reading sees it.
#[derive(Debug, Clone)]
struct Line<'a> {
    key: i64,
    members: Vec<&'a PastPlay>,
}

impl<'a> Line<'a> {
    fn newest(&self) -> &'a PastPlay {
        self.members.iter().max_by_key(|play| (play.started, play.id)).unwrap()
    }

    fn ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.members.iter().map(|play| play.id).collect();
        ids.sort_unstable();
        ids
    }

    fn played(&self) -> i64 {
        self.members.iter().map(|play| play.played_ms).sum()
    }
}

fn one_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn matches(play: &PastPlay, filter: &HistoryFilter) -> bool {
    let day = play.started_at().with_timezone(&Berlin).date_naive();
    let kind = if play.live { KindFilter::Live } else { KindFilter::Kind(play.kind()) };
    let (name, has) = (people()[usize::try_from(play.user - 1).unwrap()], |text: &str| {
        let text = text.to_lowercase();
        let own = [play.title(), play.season(), play.show(), play.full_title(), play.player.to_owned()];
        let rest =
            [play.platform, play.product, play.address, people()[usize::try_from(play.user - 1).unwrap()]];
        own.iter().map(String::as_str).chain(rest).any(|value| value.to_lowercase().contains(&text))
    });
    filter.server_id.is_none_or(|server| server == ServerId(1))
        && one_of(&filter.user_ids, &UserId(play.user))
        && one_of(&filter.account_ids, &(100 + play.user))
        && one_of(&filter.user_names, &name.to_owned())
        && one_of(&filter.library_ids, &LibraryId(play.library()))
        && one_of(&filter.section_ids, &play.library())
        && one_of(&filter.kinds, &kind)
        && one_of(&filter.decisions, &play.decision)
        && one_of(&filter.rating_keys, &play.item.to_string())
        && one_of(&filter.grandparent_rating_keys, &play.show_key())
        && one_of(&filter.guids, &play.guid())
        && one_of(&filter.group_ids, &GroupId(play.group))
        && one_of(&filter.play_ids, &PlayId(play.id))
        && one_of(&filter.platforms, &play.platform.to_owned())
        && one_of(&filter.products, &play.product.to_owned())
        && one_of(&filter.players, &play.player.to_owned())
        && one_of(&filter.addresses, &play.address.to_owned())
        && one_of(&filter.locations, &play.location)
        && one_of(&filter.watched_quarters, &play.quarters)
        && filter.on.is_none_or(|on| on == day)
        && filter.before.is_none_or(|before| day <= before)
        && filter.after.is_none_or(|after| day >= after)
        && filter.text.as_deref().is_none_or(has)
}

fn read<'a>(plays: &'a [PastPlay], filter: &HistoryFilter, grouped: bool) -> Vec<Line<'a>> {
    let mut lines: BTreeMap<i64, Vec<&PastPlay>> = BTreeMap::new();
    for play in plays.iter().filter(|play| matches(play, filter)) {
        lines.entry(if grouped { play.group } else { play.id }).or_default().push(play);
    }
    lines.into_iter().map(|(key, members)| Line { key, members }).collect()
}

fn sort(lines: &mut [Line<'_>], by: HistorySort) {
    use std::cmp::Ordering;
    lines.sort_by(|a, b| {
        let (x, y) = (a.newest(), b.newest());
        let started = |line: &Line<'_>| line.members.iter().map(|p| p.started).min();
        let stopped = |line: &Line<'_>| line.members.iter().map(|p| p.started + p.lasts).max();
        let quarters = |line: &Line<'_>| line.members.iter().map(|p| p.quarters).max();
        let paused = |line: &Line<'_>| line.members.iter().map(|p| p.paused_ms).sum::<i64>();
        let own = match by.order {
            HistoryOrder::Date => x.started.cmp(&y.started).then(a.key.cmp(&b.key)),
            HistoryOrder::User => people()[usize::try_from(x.user - 1).unwrap()]
                .cmp(people()[usize::try_from(y.user - 1).unwrap()]),
            HistoryOrder::Address => x.address.cmp(y.address),
            HistoryOrder::Platform => x.platform.to_lowercase().cmp(&y.platform.to_lowercase()),
            HistoryOrder::Product => x.product.to_lowercase().cmp(&y.product.to_lowercase()),
            HistoryOrder::Player => x.player.to_lowercase().cmp(&y.player.to_lowercase()),
            HistoryOrder::Title => x.full_title().to_lowercase().cmp(&y.full_title().to_lowercase()),
            HistoryOrder::Started => started(a).cmp(&started(b)),
            HistoryOrder::Stopped => stopped(a).cmp(&stopped(b)),
            HistoryOrder::Paused => paused(a).cmp(&paused(b)),
            HistoryOrder::Duration => a.played().cmp(&b.played()),
            HistoryOrder::Length => std::cmp::Ordering::Equal,
            HistoryOrder::Watched => quarters(a).cmp(&quarters(b)),
            HistoryOrder::Row => a.key.cmp(&b.key),
        };
        let own = if by.descending { own.reverse() } else { own };
        let rest = || (y.started, b.key).cmp(&(x.started, a.key));
        if own == Ordering::Equal { rest() } else { own }
    });
}

fn some<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![
        6 => Just(Vec::new()),
        2 => proptest::sample::select(values.clone()).prop_map(|one| vec![one]),
        1 => proptest::sample::subsequence(values.clone(), 1..=values.len().min(3)),
    ]
}

fn texts(values: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    some(values.iter().map(|value| (*value).to_owned()).collect())
}

fn filters() -> impl Strategy<Value = HistoryFilter> {
    let people = (
        some((1..=4).map(UserId).collect()),
        some((101..=105).collect::<Vec<i64>>()),
        texts(&["ann", "dee", "nobody"]),
    );
    let places = (some((1..=3).map(LibraryId).collect()), some((1..=4).collect::<Vec<i64>>()));
    let kinds = some(vec![
        KindFilter::Kind(MediaKind::Movie),
        KindFilter::Kind(MediaKind::Episode),
        KindFilter::Kind(MediaKind::Show),
        KindFilter::Live,
    ]);
    let items = (
        texts(&["1", "4", "9", "none"]),
        texts(&["902", "903"]),
        texts(&["plex://thing/5", "plex://thing/6"]),
    );
    let device = (
        some(vec![Decision::DirectPlay, Decision::Copy, Decision::Transcode]),
        texts(&["Roku", "iOS", "webOS"]),
        texts(&["Plex Web", "Plex"]),
        texts(&["Den", "Attic", "Cellar"]),
        texts(&["192.0.2.1", "198.51.100.7"]),
        some(vec![Location::Lan, Location::Wan]),
        some(vec![0i16, 2, 4]),
    );
    let day = || {
        let days =
            (0..9i64).map(|n| NaiveDate::from_ymd_opt(2026, 3, 25).unwrap() + chrono::Duration::days(n));
        prop_oneof![8 => Just(None), 1 => proptest::sample::select(days.collect::<Vec<_>>()).prop_map(Some)]
    };
    let text = prop_oneof![
        5 => Just(None),
        2 => proptest::sample::select(vec!["amber", "den", "RO", "season 1", "192.0", "ann", "zzz", "e"]).prop_map(Some),
    ];
    let ids = (some((1..=40).map(GroupId).collect()), some((1..=60).map(PlayId).collect()));
    ((people, places, kinds, items), (device, (day(), day(), day()), text, ids)).prop_map(
        |((people, places, kinds, items), (device, days, text, ids))| HistoryFilter {
            server_id: None,
            user_ids: people.0,
            account_ids: people.1,
            user_names: people.2,
            library_ids: places.0,
            section_ids: places.1,
            kinds,
            rating_keys: items.0,
            grandparent_rating_keys: items.1,
            guids: items.2,
            decisions: device.0,
            platforms: device.1,
            products: device.2,
            players: device.3,
            addresses: device.4,
            locations: device.5,
            watched_quarters: device.6,
            on: days.0,
            before: days.1,
            after: days.2,
            text: text.map(str::to_owned),
            group_ids: ids.0,
            play_ids: ids.1,
            ..HistoryFilter::default()
        },
    )
}

/// All lines, page by page, forwards or backwards.
async fn walk(
    pool: &Database,
    scope: Scope<'_>,
    sort: HistorySort,
    limit: i64,
    backwards: bool,
) -> Vec<PlacedLine> {
    let conn = pool.conn().await.unwrap();
    let (mut cursor, mut all) = (None, Vec::new());
    loop {
        let (after, before) = if backwards { (None, cursor) } else { (cursor, None) };
        let page = KeysetPage { sort, after, before, limit, backwards };
        let (lines, more) = history::page(&conn, scope, &page).await.unwrap();
        let edge = if backwards { lines.first() } else { lines.last() };
        cursor = edge.map(|line| line.0.clone());
        if backwards {
            all.splice(0..0, lines);
        } else {
            all.extend(lines);
        }
        if !more {
            return all;
        }
    }
}

fn seen(lines: &[PlacedLine]) -> Vec<(i64, Vec<i64>, i64, i64)> {
    let see = |(cursor, line): &PlacedLine| {
        (cursor.id, line.play_ids.iter().map(|id| id.0).collect(), line.played_ms, line.newest.0)
    };
    lines.iter().map(see).collect()
}

fn expected(lines: &[Line<'_>]) -> Vec<(i64, Vec<i64>, i64, i64)> {
    lines.iter().map(|line| (line.key, line.ids(), line.played(), line.newest().id)).collect()
}

const ORDERS: [HistoryOrder; 13] = [
    HistoryOrder::Date,
    HistoryOrder::User,
    HistoryOrder::Address,
    HistoryOrder::Platform,
    HistoryOrder::Product,
    HistoryOrder::Player,
    HistoryOrder::Title,
    HistoryOrder::Started,
    HistoryOrder::Paused,
    HistoryOrder::Stopped,
    HistoryOrder::Duration,
    HistoryOrder::Watched,
    HistoryOrder::Row,
];

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_finds_what_a_naive_reading_finds() {
    let past = Past::random(240).await;
    let mut runner = TestRunner::deterministic();
    for round in 0..160 {
        let filter = filters().new_tree(&mut runner).unwrap().current();
        for grouped in [true, false] {
            let scope = Scope { filter: &filter, grouped, zone: "Europe/Berlin" };
            let by = HistorySort { descending: round % 3 != 0, ..HistorySort::default() };
            let mut lines = read(&past.plays, &filter, grouped);
            sort(&mut lines, by);
            let found = walk(&past.pool, scope, by, [3, 50][round % 2], round % 5 == 0).await;
            assert_eq!(seen(&found), expected(&lines), "round {round}, grouped {grouped}, {filter:?}");
            let conn = past.pool.conn().await.unwrap();
            let totals = history::totals(&conn, scope).await.unwrap();
            let played = lines.iter().map(Line::played).sum::<i64>();
            let counted = i64::try_from(lines.len()).unwrap();
            assert_eq!((totals.lines, totals.played_ms), (counted, played), "{filter:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_in_every_order_are_the_whole_list() {
    let past = Past::random(150).await;
    let some_plays =
        HistoryFilter { decisions: vec![Decision::Copy, Decision::Transcode], ..Default::default() };
    for filter in [HistoryFilter::default(), some_plays] {
        for (order, descending) in ORDERS.into_iter().flat_map(|order| [(order, true), (order, false)]) {
            for (grouped, backwards) in [(true, false), (true, true), (false, false)] {
                let (by, scope) = (
                    HistorySort { order, descending },
                    Scope { filter: &filter, grouped, zone: "Europe/Berlin" },
                );
                let mut lines = read(&past.plays, &filter, grouped);
                sort(&mut lines, by);
                let found = walk(&past.pool, scope, by, 17, backwards).await;
                assert_eq!(
                    seen(&found),
                    expected(&lines),
                    "{by:?}, grouped {grouped}, backwards {backwards}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_jump_into_the_same_list() {
    let past = Past::random(120).await;
    let filter = HistoryFilter { platforms: vec!["Roku".to_owned(), "iOS".to_owned()], ..Default::default() };
    let scope = Scope { filter: &filter, grouped: true, zone: "Europe/Berlin" };
    let mut lines = read(&past.plays, &filter, true);
    sort(&mut lines, HistorySort::default());
    let mut conn = past.pool.conn().await.unwrap();
    for (offset, limit) in [(0, 10), (7, 5), (lines.len() - 2, 10), (lines.len() + 5, 10)] {
        let page = OffsetPage {
            offset: i64::try_from(offset).unwrap(),
            limit: Some(limit),
            order: vec![(HistoryOrder::Date, true)],
        };
        let footers = Footers { filtered_count: true, total_count: true, total_played: true };
        let all = HistoryFilter::default();
        let table = history::table(&mut conn, scope, &all, &page, footers).await.unwrap();
        let keys: Vec<i64> = table.lines.iter().map(|line| line.group_id.0).collect();
        let wanted = lines.iter().skip(offset).take(usize::try_from(limit).unwrap());
        assert_eq!(keys, wanted.map(|line| line.key).collect::<Vec<_>>());
        assert_eq!(table.filtered_count, i64::try_from(lines.len()).unwrap());
        assert_eq!(table.total_count, 120);
        assert_eq!(table.total_played_ms, lines.iter().map(Line::played).sum::<i64>());
    }
}

/// As the legacy API tells it: a line is made of all that the rest of the filter lets through, and its text is looked for in the play that
/// got furthest alone.
#[tokio::test(flavor = "multi_thread")]
async fn text_is_looked_for_in_the_speaker_of_a_line() {
    let past = Past::random(240).await;
    let mut conn = past.pool.conn().await.unwrap();
    let mut runner = TestRunner::deterministic();
    let mut differing = 0;
    for round in 0..120 {
        let text = ["amber", "den", "RO", "192.0", "ann", "zzz", "e", "ios"][round % 8];
        let rest = HistoryFilter { text: None, ..filters().new_tree(&mut runner).unwrap().current() };
        let rest = if round % 3 == 0 { HistoryFilter::default() } else { rest };
        let filter = HistoryFilter { text: Some(text.to_owned()), as_recorded: true, ..rest.clone() };
        let has = |line: &Line<'_>| {
            let speaker = line.members.iter().max_by_key(|play| (play.percent(), play.id)).unwrap();
            matches(speaker, &HistoryFilter { text: filter.text.clone(), ..HistoryFilter::default() })
        };
        let mut lines: Vec<Line<'_>> = read(&past.plays, &rest, true).into_iter().filter(has).collect();
        differing += usize::from(
            lines.len()
                != read(&past.plays, &HistoryFilter { as_recorded: false, ..filter.clone() }, true).len(),
        );
        let order = if round % 2 == 0 { HistoryOrder::Date } else { HistoryOrder::Stopped };
        sort(&mut lines, HistorySort { order, descending: true });
        let page = OffsetPage { offset: 0, limit: Some(500), order: vec![(order, true)] };
        let footers = Footers { filtered_count: true, total_count: false, total_played: false };
        let scope = Scope { filter: &filter, grouped: true, zone: "Europe/Berlin" };
        let table =
            history::table(&mut conn, scope, &HistoryFilter::default(), &page, footers).await.unwrap();
        let told: Vec<_> =
            table.lines.iter().map(|line| (line.group_id.0, line.play_ids.len(), line.played_ms)).collect();
        let wanted: Vec<_> = lines.iter().map(|line| (line.key, line.members.len(), line.played())).collect();
        assert_eq!(told, wanted, "{order:?} {filter:?}");
        assert_eq!(table.filtered_count, i64::try_from(lines.len()).unwrap(), "{filter:?}");
    }
    assert!(differing > 5, "it makes a difference");
}

/// In the legacy API letters beyond A to Z are others in the other case, as they were recorded.
#[tokio::test(flavor = "multi_thread")]
async fn text_knows_no_case_beyond_ascii_where_it_is_the_legacy_api_s() {
    let past = Past::random(60).await;
    let mut conn = past.pool.conn().await.unwrap();
    past.client
        .execute("UPDATE item_snapshots SET full_title = 'Ünder the SEA', title = 'Ünder the SEA'", &[])
        .await
        .unwrap();
    let mut count = async |text: &str, as_recorded: bool| {
        let filter = HistoryFilter {
            text: Some(text.to_owned()),
            as_recorded,
            by_full_title: true,
            ..HistoryFilter::default()
        };
        let scope = Scope { filter: &filter, grouped: false, zone: "UTC" };
        let page = OffsetPage { offset: 0, limit: Some(5), order: Vec::new() };
        let footers = Footers { filtered_count: true, total_count: false, total_played: false };
        let table =
            history::table(&mut conn, scope, &HistoryFilter::default(), &page, footers).await.unwrap();
        (table.filtered_count, table.lines.len())
    };
    for as_recorded in [false, true] {
        assert_eq!(count("Ünder the sea", as_recorded).await, (60, 5));
    }
    assert_eq!(count("ünder the sea", false).await, (60, 5));
    assert_eq!(count("ünder the sea", true).await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_sums_equal_the_rows_when_they_are_folded_too() {
    let past = Past::random(90).await;
    let mut conn = past.pool.conn().await.unwrap();
    past.client.batch_execute("DELETE FROM plays WHERE id % 9 = 0").await.unwrap();
    let left: Vec<&PastPlay> = past.plays.iter().filter(|play| play.id % 9 != 0).collect();
    let filter = HistoryFilter { server_id: Some(ServerId(1)), ..Default::default() };
    for _ in 0..2 {
        let scope = Scope { filter: &filter, grouped: false, zone: "Europe/Berlin" };
        let totals = history::totals(&conn, scope).await.unwrap();
        let played = left.iter().map(|play| play.played_ms).sum::<i64>();
        assert_eq!((totals.lines, totals.played_ms), (i64::try_from(left.len()).unwrap(), played));
        history::fold(&mut conn).await.unwrap();
    }
    let rows = past.client.query_one("SELECT count(*) FROM history_sums", &[]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 1);
}

/// One play behind so many others of the same user that a first look does not meet it.
fn behind_many() -> Vec<(PastPlay, bool)> {
    let sample = |started, item, decision| PastPlay {
        id: 0,
        user: 1,
        item,
        live: false,
        started,
        lasts: 60,
        played_ms: 60_000,
        paused_ms: 0,
        offset_ms: 60_000,
        quarters: 4,
        decision,
        platform: "Roku",
        product: "Plex",
        player: "Den",
        address: "192.0.2.1",
        location: Location::Lan,
        group: 0,
    };
    let first = (sample(0, 5, Decision::Transcode), false);
    let others = (1..=450).map(|n| (sample(n * 900, 1 + n % 4, Decision::DirectPlay), false));
    std::iter::once(first).chain(others).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_behind_many_others_is_found_whatever_the_sums_know() {
    let past = Past::of(behind_many()).await;
    let wanted = |kind, decision| HistoryFilter {
        user_ids: vec![UserId(1)],
        kinds: vec![KindFilter::Kind(kind)],
        decisions: vec![decision],
        ..HistoryFilter::default()
    };
    let found = async |filter: HistoryFilter| {
        let scope = Scope { filter: &filter, grouped: true, zone: "Europe/Berlin" };
        let lines = walk(&past.pool, scope, HistorySort::default(), 10, false).await;
        lines.into_iter().map(|(_, line)| line.newest.0).collect::<Vec<i64>>()
    };
    let rare = wanted(MediaKind::Episode, Decision::Transcode);
    // Nothing is counted yet, and that is known, as while an import runs.
    past.client.batch_execute("UPDATE rollup_state SET stale = true").await.unwrap();
    assert_eq!(found(rare.clone()).await, [1]);
    let mut conn = past.pool.conn().await.unwrap();
    tautulli_db::rollups::rebuild(&mut conn, "Europe/Berlin").await.unwrap();
    assert_eq!(found(rare.clone()).await, [1]);
    assert_eq!(found(wanted(MediaKind::Movie, Decision::Transcode)).await, [0i64; 0]);
    assert_eq!(found(wanted(MediaKind::Track, Decision::DirectPlay)).await, [0i64; 0]);
    // Sums that are being made anew are not believed.
    past.client.batch_execute("DELETE FROM rollups; UPDATE rollup_state SET stale = true").await.unwrap();
    assert_eq!(found(rare).await, [1]);
}
