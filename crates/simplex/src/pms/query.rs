//! Owns library queries: type, filters, sorting and search over the world.

use std::cmp::Ordering;

use crate::world::{Item, ItemKind, Section, World};

const IGNORED: [&str; 6] = ["type", "sort", "limit", "query", "personal", "sectionID"];
const IGNORED_STARTS: [&str; 7] =
    ["X-Plex", "include", "exclude", "checkFiles", "cluster", "async", "asyncCheck"];

/// Items of one type in a section; without a type, its top-level items.
pub(super) fn of_type<'w>(world: &'w World, section: &Section, code: Option<&str>) -> Vec<&'w Item> {
    let number = code.filter(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()));
    let kind = match number {
        Some(code) => ItemKind::of_code(code),
        None => Some(section.top_kind()),
    };
    kind.map(|kind| world.of_kind(kind, Some(section.id)).collect()).unwrap_or_default()
}

/// The type, the filters and the sort of a `/library/sections/{id}/all` call.
pub(super) fn run<'w>(world: &'w World, section: &Section, query: &[(String, String)]) -> Vec<&'w Item> {
    let named = |name: &str| query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut items = of_type(world, section, named("type"));
    for (key, value) in query {
        if IGNORED.contains(&key.as_str()) || IGNORED_STARTS.iter().any(|start| key.starts_with(start)) {
            continue;
        }
        let field = key.trim_end_matches(['=', '!', '<', '>']);
        let filter = Filter { field, op: key.strip_prefix(field).unwrap_or_default(), value };
        items.retain(|item| filter.fits(world, item));
    }
    let usual = if section.kind == ItemKind::Photo { "index" } else { "titleSort" };
    sort(&mut items, named("sort").filter(|sort| !sort.is_empty()).unwrap_or(usual));
    items
}

struct Filter<'q> {
    field: &'q str,
    op: &'q str,
    value: &'q str,
}

fn lineage<'w>(world: &'w World, item: &'w Item) -> impl Iterator<Item = &'w Item> {
    [Some(item), world.parent(item), world.grandparent(item)].into_iter().flatten()
}

impl Filter<'_> {
    fn wants(&self, text: &str) -> bool {
        self.value.split(',').any(|wanted| wanted == text)
    }

    fn fits(&self, world: &World, item: &Item) -> bool {
        let last = self.field.rsplit('.').next().unwrap_or_default();
        let one = self.value == "1";
        let hit = if let Some(kind) = self.field.strip_suffix(".id") {
            lineage(world, item).any(|own| own.kind.name() == kind && self.wants(&own.rating_key.to_string()))
        } else if let Some(tags) = item.tags.of(last) {
            tags.iter().any(|tag| self.wants(&tag.id.to_string()) || self.wants(&tag.tag))
        } else {
            match self.field {
                "unwatched" | "unplayed" => (item.about.view_count == 0) == one,
                "unmatched" => item.guid.starts_with("local://") == one,
                "resolution" => item
                    .media
                    .iter()
                    .any(|media| media.video_resolution.as_ref().is_some_and(|r| self.wants(r))),
                "hdr" => is_hdr(item) == one,
                "guid" => self.wants(&item.guid) || item.about.guids.iter().any(|guid| self.wants(guid)),
                _ if last == "title" => return self.fits_title(world, item),
                _ => return self.fits_value(item),
            }
        };
        hit != (self.op == "!")
    }

    fn fits_title(&self, world: &World, item: &Item) -> bool {
        let subject = match self.field.split_once('.') {
            None => item.title.as_str(),
            Some((kind, _)) => {
                lineage(world, item).find(|own| own.kind.name() == kind).map_or("", |own| own.title.as_str())
            }
        };
        let (have, want) = (subject.to_lowercase(), self.value.to_lowercase());
        match self.op {
            "=" => have == want,
            "!=" => have != want,
            "!" => !have.contains(&want),
            "<" => have.starts_with(&want),
            ">" => have.ends_with(&want),
            _ => have.contains(&want),
        }
    }

    fn fits_value(&self, item: &Item) -> bool {
        let have = value(item, self.field);
        if let "<<" | ">>" = self.op {
            let have = have.and_then(|have| have.parse::<f64>().ok());
            let order =
                have.zip(self.value.parse::<f64>().ok()).and_then(|(have, want)| have.partial_cmp(&want));
            return order == Some(if self.op == ">>" { Ordering::Greater } else { Ordering::Less });
        }
        have.is_some_and(|have| self.wants(&have)) != (self.op == "!")
    }
}

fn is_hdr(item: &Item) -> bool {
    let parts = item.media.iter().flat_map(|media| &media.parts);
    parts.flat_map(|part| &part.streams).any(crate::world::Stream::is_hdr)
}

fn value(item: &Item, field: &str) -> Option<String> {
    let about = &item.about;
    match field {
        "year" => about.year.map(|year| year.to_string()),
        "decade" => about.year.map(|year| (year.div_euclid(10) * 10).to_string()),
        "addedAt" => Some(about.added_at.to_string()),
        "updatedAt" => about.updated_at.map(|at| at.to_string()),
        "lastViewedAt" => about.last_viewed_at.map(|at| at.to_string()),
        "viewCount" => Some(about.view_count.to_string()),
        "originallyAvailableAt" => about.originally_available_at.clone(),
        "contentRating" => about.content_rating.clone(),
        "userRating" => about.user_rating.clone(),
        "rating" => about.rating.clone(),
        "studio" => about.studio.clone(),
        "duration" => about.duration.map(|length| length.to_string()),
        "index" => item.place.index.map(|index| index.to_string()),
        _ => None,
    }
}

/// A value to sort by: texts after numbers, which never meet in one sort.
#[derive(PartialEq, PartialOrd)]
enum Rank {
    Number(f64),
    Text(String),
}

fn rank(item: &Item, name: &str) -> Option<Rank> {
    let about = &item.about;
    let number = |value: i64| Rank::Number(crate::clock::real(value));
    let rating = |text: &Option<String>| {
        Rank::Number(text.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0.0))
    };
    Some(match name {
        "titleSort" => {
            let title = about.title_sort.as_ref().filter(|title| !title.is_empty());
            Rank::Text(title.unwrap_or(&item.title).to_lowercase())
        }
        "title" => Rank::Text(item.title.to_lowercase()),
        "addedAt" => number(about.added_at),
        "updatedAt" => number(about.updated_at.unwrap_or(0)),
        "originallyAvailableAt" => Rank::Text(about.originally_available_at.clone().unwrap_or_default()),
        "year" => number(about.year.unwrap_or(0)),
        "rating" => rating(&about.rating),
        "audienceRating" => rating(&about.audience_rating),
        "userRating" => rating(&about.user_rating),
        "duration" => number(about.duration.unwrap_or(0)),
        "viewCount" => number(about.view_count),
        "lastViewedAt" => number(about.last_viewed_at.unwrap_or(0)),
        "index" => number(item.place.index.unwrap_or(-1)),
        "mediaHeight" => number(item.media.first().and_then(|media| media.height).unwrap_or(0)),
        "random" => {
            Rank::Number(f64::from(u32::try_from(item.rating_key).unwrap_or(0).wrapping_mul(2_654_435_761)))
        }
        _ => return None,
    })
}

/// Sorts by a list of `name` or `name:desc`.
fn sort(items: &mut [&Item], terms: &str) {
    for term in terms.split(',').rev() {
        let (name, direction) = term.split_once(':').unwrap_or((term, ""));
        let name = name.rsplit('.').next().unwrap_or_default();
        let descending = direction.starts_with("desc");
        items.sort_by(|a, b| {
            let order = rank(a, name).partial_cmp(&rank(b, name)).unwrap_or(Ordering::Equal);
            if descending { order.reverse() } else { order }
        });
    }
}

/// Items whose title contains the text, by kind in the order found, at most `limit` of each.
pub(super) fn search<'w>(
    world: &'w World,
    text: &str,
    limit: usize,
    section: Option<u64>,
) -> Vec<(ItemKind, Vec<&'w Item>)> {
    let want = text.to_lowercase();
    let want = want.trim();
    let mut found: Vec<(ItemKind, Vec<&Item>)> = Vec::new();
    if want.is_empty() {
        return found;
    }
    let original =
        |item: &Item| item.about.original_title.as_ref().is_some_and(|t| t.to_lowercase().contains(want));
    let all = world.items.values().filter(|item| section.is_none_or(|id| item.section_id == id));
    for item in all.filter(|item| item.title.to_lowercase().contains(want) || original(item)) {
        match found.iter_mut().find(|(kind, _)| *kind == item.kind) {
            Some((_, bucket)) if bucket.len() < limit => bucket.push(item),
            Some(_) => {}
            None => found.push((item.kind, vec![item])),
        }
    }
    found
}
