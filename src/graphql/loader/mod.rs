//! One loader for each relation: what a page needs of a kind is read by one statement. Loaders see as their viewer sees.

mod gathering;

use chrono::{DateTime, Utc};
use gathering::{Gathering, Read};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use tautulli_domain::history::Play;
use tautulli_domain::holdings::Holding;
use tautulli_domain::server::{Library, Server, User};
use tautulli_domain::session::SessionEvent;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, PlayId, ServerId, SessionId, UserId};
use tautulli_services::{Owner, Services};

/// Reads through the services as one viewer.
pub(super) struct Reader {
    services: Services,
    viewer: Viewer,
}

/// The loaders of one request.
pub(super) struct Loaders {
    reader: Reader,
    users: Gathering<UserId, User>,
    libraries: Gathering<LibraryId, Library>,
    servers: Gathering<ServerId, Server>,
    plays: Gathering<PlayId, Play>,
    seen: Gathering<Seen, DateTime<Utc>>,
    played: Gathering<Played, DateTime<Utc>>,
    holdings: Gathering<Held, Holding>,
    timelines: Gathering<SessionId, Vec<SessionEvent>>,
}

impl Loaders {
    pub(super) fn new(services: Services, viewer: Viewer) -> Self {
        Self {
            reader: Reader { services, viewer },
            users: Gathering::default(),
            libraries: Gathering::default(),
            servers: Gathering::default(),
            plays: Gathering::default(),
            seen: Gathering::default(),
            played: Gathering::default(),
            holdings: Gathering::default(),
            timelines: Gathering::default(),
        }
    }

    pub(super) async fn user(&self, id: UserId) -> Result<Option<Arc<User>>, Arc<Error>> {
        self.users.one(id, &self.reader).await
    }

    pub(super) async fn library(&self, id: LibraryId) -> Result<Option<Arc<Library>>, Arc<Error>> {
        self.libraries.one(id, &self.reader).await
    }

    pub(super) async fn server(&self, id: ServerId) -> Result<Option<Arc<Server>>, Arc<Error>> {
        self.servers.one(id, &self.reader).await
    }

    pub(super) async fn play(&self, id: PlayId) -> Result<Option<Arc<Play>>, Arc<Error>> {
        self.plays.one(id, &self.reader).await
    }

    pub(super) async fn user_seen(&self, id: UserId) -> Result<Option<DateTime<Utc>>, Arc<Error>> {
        Ok(self.seen.one(Seen(id), &self.reader).await?.map(|at| *at))
    }

    pub(super) async fn library_played(&self, id: LibraryId) -> Result<Option<DateTime<Utc>>, Arc<Error>> {
        Ok(self.played.one(Played(id), &self.reader).await?.map(|at| *at))
    }

    pub(super) async fn library_holding(&self, id: LibraryId) -> Result<Option<Holding>, Arc<Error>> {
        Ok(self.holdings.one(Held(id), &self.reader).await?.map(|holding| *holding))
    }

    pub(super) async fn timeline(&self, id: SessionId) -> Result<Arc<Vec<SessionEvent>>, Arc<Error>> {
        Ok(self.timelines.one(id, &self.reader).await?.unwrap_or_default())
    }
}

/// The place of the loaders in a request's data: made at the first use, by whoever is asking.
#[derive(Default)]
pub(super) struct LoaderSlot(OnceLock<Arc<Loaders>>);

impl LoaderSlot {
    pub(super) fn get_or_make(&self, make: impl FnOnce() -> Loaders) -> Arc<Loaders> {
        self.0.get_or_init(|| Arc::new(make())).clone()
    }
}

impl Read<UserId, User> for Reader {
    async fn read(&self, keys: Vec<UserId>) -> Result<HashMap<UserId, User>, Arc<Error>> {
        let users = self.services.people.users_by_ids(&self.viewer, &keys).await?;
        Ok(users.into_iter().map(|user| (user.id, user)).collect())
    }
}

impl Read<LibraryId, Library> for Reader {
    async fn read(&self, keys: Vec<LibraryId>) -> Result<HashMap<LibraryId, Library>, Arc<Error>> {
        let libraries = self.services.people.libraries_by_ids(&self.viewer, &keys).await?;
        Ok(libraries.into_iter().map(|library| (library.id, library)).collect())
    }
}

/// When a user was seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Seen(UserId);

/// When a library was played from last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Played(LibraryId);

/// What a library holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Held(LibraryId);

impl Read<Held, Holding> for Reader {
    async fn read(&self, keys: Vec<Held>) -> Result<HashMap<Held, Holding>, Arc<Error>> {
        let ids: Vec<LibraryId> = keys.iter().map(|key| key.0).collect();
        let found = self.services.holdings.newest(&self.viewer, &ids).await?;
        Ok(found.into_iter().map(|(id, holding)| (Held(id), holding)).collect())
    }
}

impl Read<Seen, DateTime<Utc>> for Reader {
    async fn read(&self, keys: Vec<Seen>) -> Result<HashMap<Seen, DateTime<Utc>>, Arc<Error>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0.0).collect();
        let found = self.services.statistics.last_played(&self.viewer, Owner::User, &ids).await?;
        Ok(found.into_iter().map(|(id, at)| (Seen(UserId(id)), at)).collect())
    }
}

impl Read<Played, DateTime<Utc>> for Reader {
    async fn read(&self, keys: Vec<Played>) -> Result<HashMap<Played, DateTime<Utc>>, Arc<Error>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0.0).collect();
        let found = self.services.statistics.last_played(&self.viewer, Owner::Library, &ids).await?;
        Ok(found.into_iter().map(|(id, at)| (Played(LibraryId(id)), at)).collect())
    }
}

impl Read<ServerId, Server> for Reader {
    async fn read(&self, keys: Vec<ServerId>) -> Result<HashMap<ServerId, Server>, Arc<Error>> {
        let servers = self.services.servers.by_ids(&keys).await?;
        Ok(servers.into_iter().map(|server| (server.id, server)).collect())
    }
}

impl Read<PlayId, Play> for Reader {
    async fn read(&self, keys: Vec<PlayId>) -> Result<HashMap<PlayId, Play>, Arc<Error>> {
        let plays = self.services.history.plays(&self.viewer, &keys).await?;
        Ok(plays.into_iter().map(|play| (play.id, play)).collect())
    }
}

impl Read<SessionId, Vec<SessionEvent>> for Reader {
    async fn read(&self, keys: Vec<SessionId>) -> Result<HashMap<SessionId, Vec<SessionEvent>>, Arc<Error>> {
        let mut timelines: HashMap<SessionId, Vec<SessionEvent>> = HashMap::new();
        for (id, event) in self.services.activity.timelines(&keys).await? {
            timelines.entry(id).or_default().push(event);
        }
        Ok(timelines)
    }
}
