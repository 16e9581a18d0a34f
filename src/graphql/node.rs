//! Opaque, typed ids: `base64url("<kind>:<raw>")`. One list of kinds, both directions derived from it.

use super::error::from_domain;
use async_graphql::{ID, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tautulli_domain::Error;
use uuid::Uuid;

/// What an id may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Server,
    User,
    Library,
    Item,
    Session,
    Play,
    Group,
    ApiKey,
    Import,
    Revision,
}

const KINDS: [(NodeKind, &str); 10] = [
    (NodeKind::Server, "server"),
    (NodeKind::User, "user"),
    (NodeKind::Library, "library"),
    (NodeKind::Item, "item"),
    (NodeKind::Session, "session"),
    (NodeKind::Play, "play"),
    (NodeKind::Group, "group"),
    (NodeKind::ApiKey, "key"),
    (NodeKind::Import, "import"),
    (NodeKind::Revision, "revision"),
];

/// Longer text is no id of ours.
const MAX_ID: usize = 100;

/// Makes an id.
pub(super) fn encode(kind: NodeKind, raw: impl std::fmt::Display) -> ID {
    let name = KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name);
    ID(URL_SAFE_NO_PAD.encode(format!("{name}:{raw}")))
}

/// Reads any id.
pub(super) fn decode(id: &ID) -> Result<(NodeKind, String)> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (name, raw) = text.split_once(':')?;
        let kind = KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)?;
        Some((kind, raw.to_owned()))
    };
    let found = if id.len() > MAX_ID { None } else { read() };
    found.ok_or_else(|| from_domain(&Error::invalid("This is not an id that was given out here")))
}

/// Reads an id of a numbered kind.
pub(super) fn number(id: &ID, kind: NodeKind) -> Result<i64> {
    let (found, raw) = decode(id)?;
    let parsed = raw.parse().ok().filter(|_| found == kind);
    parsed.ok_or_else(|| from_domain(&Error::invalid("This id names something else")))
}

/// Reads a session's id.
pub(super) fn uuid(id: &ID) -> Result<Uuid> {
    let (found, raw) = decode(id)?;
    let parsed = raw.parse().ok().filter(|_| found == NodeKind::Session);
    parsed.ok_or_else(|| from_domain(&Error::invalid("This id names something else")))
}

/// Reads a list of ids of one numbered kind.
pub(super) fn numbers(ids: Option<Vec<ID>>, kind: NodeKind) -> Result<Vec<i64>> {
    ids.unwrap_or_default().iter().map(|id| number(id, kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_come_back(raw in any::<i64>(), at in 0..KINDS.len()) {
            let (kind, _) = KINDS[at];
            prop_assert_eq!(number(&encode(kind, raw), kind).unwrap(), raw);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = decode(&ID(text));
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        assert!(number(&encode(NodeKind::User, 1), NodeKind::Play).is_err());
        assert!(uuid(&encode(NodeKind::Play, 1)).is_err());
    }
}
