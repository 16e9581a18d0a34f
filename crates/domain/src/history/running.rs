//! Whether a running session would be found by a history filter: what stands on top of the history, by choice.

use super::{HistoryFilter, KindFilter};
use crate::session::Session;
use chrono::NaiveDate;

impl HistoryFilter {
    /// Whether the filter finds the session. `user_texts`: the names of its user; `day`: the local day on which it began.
    ///
    /// What only finished plays have (ids, groups, how far they got) no session matches.
    pub fn finds_session(&self, session: &Session, user_texts: &[&str], day: NaiveDate) -> bool {
        self.play_ids.is_empty()
            && self.group_ids.is_empty()
            && self.watched_quarters.is_empty()
            && self.server_id.is_none_or(|server| server == session.server_id)
            && self.finds_day(day)
            && self.finds_people(session)
            && self.finds_item(session)
            && self.finds_player(session)
            && self.text.as_ref().is_none_or(|text| has_text(session, user_texts, text))
    }

    fn finds_day(&self, day: NaiveDate) -> bool {
        self.on.is_none_or(|on| on == day)
            && self.before.is_none_or(|before| day <= before)
            && self.after.is_none_or(|after| day >= after)
    }

    fn finds_people(&self, session: &Session) -> bool {
        one_of(&self.user_ids, session.user_id.as_ref())
            && one_of(&self.account_ids, Some(&session.user.account_id))
            && one_of(&self.user_names, Some(&session.user.name))
            && one_of(&self.library_ids, session.library_id.as_ref())
            && one_of(&self.section_ids, session.item.section_id.as_ref())
    }

    fn finds_item(&self, session: &Session) -> bool {
        let item = &session.item;
        let kind = if item.live { KindFilter::Live } else { KindFilter::Kind(item.kind) };
        one_of(&self.kinds, Some(&kind))
            && one_of(&self.rating_keys, Some(&item.rating_key))
            && one_of(&self.parent_rating_keys, Some(&item.parent_rating_key))
            && one_of(&self.grandparent_rating_keys, Some(&item.grandparent_rating_key))
            && one_of(&self.guids, Some(&item.guid))
    }

    fn finds_player(&self, session: &Session) -> bool {
        let player = &session.player;
        one_of(&self.decisions, Some(&session.stream.decision()))
            && one_of(&self.platforms, Some(&player.platform))
            && one_of(&self.products, Some(&player.product))
            && one_of(&self.players, Some(&player.title))
            && one_of(&self.machine_ids, Some(&player.machine_id))
            && one_of(&self.addresses, Some(&player.address))
            && one_of(&self.locations, Some(&player.location))
    }
}

fn one_of<T: PartialEq>(wanted: &[T], value: Option<&T>) -> bool {
    wanted.is_empty() || value.is_some_and(|value| wanted.contains(value))
}

fn has_text(session: &Session, user_texts: &[&str], text: &str) -> bool {
    let (item, player) = (&session.item, &session.player);
    let full_title = item.full_title();
    let own = [
        full_title.as_str(),
        &item.title,
        &item.parent_title,
        &item.grandparent_title,
        &player.title,
        &player.platform,
        &player.product,
        &player.address,
        &session.user.name,
    ];
    let pattern: Vec<char> = format!("%{text}%").to_lowercase().chars().collect();
    own.into_iter().chain(user_texts.iter().copied()).any(|value| is_like(value, &pattern))
}

/// SQL's LIKE in any case: % stands for any text, _ for any character, \ takes the next one as it is.
fn is_like(value: &str, pattern: &[char]) -> bool {
    // Which beginnings of the pattern match what has been read: never more work than value times pattern.
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    skip(&mut reached, pattern);
    for c in value.to_lowercase().chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (at, _) in reached.iter().enumerate().filter(|(_, is)| **is) {
            let (to, matches) = match pattern.get(at) {
                Some('%') => (at, true),
                Some('_') => (at + 1, true),
                Some('\\') => (at + 2, pattern.get(at + 1) == Some(&c)),
                Some(other) => (at + 1, *other == c),
                None => (at, false),
            };
            if let Some(place) = next.get_mut(to) {
                *place |= matches;
            }
        }
        skip(&mut next, pattern);
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

/// A % may stand for nothing.
fn skip(reached: &mut [bool], pattern: &[char]) {
    let mut escaped = false;
    for (at, c) in pattern.iter().enumerate() {
        let is = reached.get(at).copied().unwrap_or(false) && *c == '%' && !escaped;
        if let Some(place) = reached.get_mut(at + 1).filter(|_| is) {
            *place = true;
        }
        escaped = *c == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(value: &str, pattern: &str) -> bool {
        is_like(value, &pattern.chars().collect::<Vec<_>>())
    }

    #[test]
    fn patterns_mean_what_they_mean_in_sql() {
        assert!(like("The Wire", "%wire%"));
        assert!(like("abc", "a_c"));
        assert!(like("abc", "%%a%c%%"));
        assert!(like("", "%"));
        assert!(like("100%", "100\\%"));
        assert!(!like("1000", "100\\%"));
        assert!(!like("abc", "a_"));
        assert!(!like("abc", "b"));
        assert!(like(&"a".repeat(500), &"%a".repeat(90)));
    }
}
