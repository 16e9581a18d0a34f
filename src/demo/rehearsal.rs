//! What the media server would have said of every play: asked of a second simulated server, through the client that the
//! service follows real ones with. So what is remembered reads exactly like what is watched.

use super::delivery::Delivery;
use super::diary::{Subject, Viewing};
use futures_util::{StreamExt, TryStreamExt, stream};
use secrecy::SecretString;
use std::collections::{BTreeMap, BTreeSet};
use tautulli_domain::media::LibraryItem;
use tautulli_domain::session::Observation;
use tautulli_domain::{Error, Result};
use tautulli_plex::{Connection, Identity, MediaServer};
use tautulli_simplex::{Clock, Options, PlayKind, Simplex, Start, World};
use url::Url;

/// What is played and how it is delivered: all that an observation depends on besides people, players and time.
pub type Scene = (Subject, Delivery);

/// How many playbacks are put into one list, and how many items are asked for at a time.
const AT_ONCE: usize = 250;
const ASKED: usize = 8;

/// The stage, and what was played on it so far.
pub struct Rehearsal {
    sim: Simplex,
    plex: MediaServer,
    library: BTreeMap<u64, LibraryItem>,
    scenes: BTreeMap<Scene, Observation>,
}

fn failed(failure: impl std::fmt::Display) -> Error {
    Error::internal(failure.to_string())
}

impl Rehearsal {
    pub async fn open(world: World) -> Result<Self> {
        let still = Options { clock: Clock::manual(0.0), interval: 1e9, ..Options::default() };
        let sim = Simplex::start(world, still).await.map_err(failed)?;
        let url = Url::parse(&sim.pms_url()).map_err(failed)?;
        let identity = Identity {
            product: "Tautulli".to_owned(),
            client_identifier: "demo".to_owned(),
            ..Identity::default()
        };
        let connection = Connection::new(url, SecretString::from(sim.token()));
        let plex = MediaServer::new(&connection, &identity, 0).map_err(Error::from)?;
        Ok(Self { sim, plex, library: BTreeMap::new(), scenes: BTreeMap::new() })
    }

    /// Observations of all scenes of the viewings, whole. What was rehearsed before is not rehearsed again.
    pub async fn run(&mut self, viewings: &[Viewing<'_>]) -> Result<&BTreeMap<Scene, Observation>> {
        let mut wanted: BTreeMap<Scene, &Viewing<'_>> = BTreeMap::new();
        for viewing in viewings {
            let scene = (viewing.subject, viewing.delivery);
            if !self.scenes.contains_key(&scene) {
                wanted.entry(scene).or_insert(viewing);
            }
        }
        self.look_up(wanted.keys().map(|(subject, _)| *subject)).await?;
        let wanted: Vec<(Scene, &Viewing<'_>)> = wanted.into_iter().collect();
        for act in wanted.chunks(AT_ONCE) {
            for (scene, mut row) in self.act(act).await? {
                let known = match scene.0 {
                    Subject::Item(key) => self.library.get(&key),
                    Subject::Programme(_) => None,
                };
                match known {
                    Some(item) => row.enrich(Some(item.snapshot.clone()), &item.versions()),
                    None => self.plex.enrich(&mut row).await.map_err(Error::from)?,
                }
                self.scenes.insert(scene, row);
            }
        }
        Ok(&self.scenes)
    }

    /// Items with their parents' facts.
    async fn look_up(&mut self, subjects: impl Iterator<Item = Subject>) -> Result<()> {
        let keys = subjects.filter_map(|subject| match subject {
            Subject::Item(key) => Some(key),
            Subject::Programme(_) => None,
        });
        let missing: BTreeSet<u64> = keys.filter(|key| !self.library.contains_key(key)).collect();
        let asked = stream::iter(missing).map(|key| {
            let plex = &self.plex;
            async move {
                let found = plex.item(&key.to_string()).await.map_err(Error::from)?;
                Ok::<_, Error>(found.map(|item| (key, item)))
            }
        });
        let found: Vec<Option<(u64, LibraryItem)>> = asked.buffer_unordered(ASKED).try_collect().await?;
        self.library.extend(found.into_iter().flatten());
        Ok(())
    }

    /// Some playbacks at once, as the session list tells them.
    async fn act(&self, wanted: &[(Scene, &Viewing<'_>)]) -> Result<Vec<(Scene, Observation)>> {
        let director = self.sim.director();
        let mut scenes = BTreeMap::new();
        for (scene, viewing) in wanted {
            let start = match scene.0 {
                Subject::Item(key) => Start::item(key),
                Subject::Programme(key) => {
                    Start { programme: Some(key), kind: PlayKind::Live, ..Start::default() }
                }
            };
            let start = start.device(&viewing.device.machine_id).user(viewing.user.user_id);
            let began = director.start(&Start { notify: false, ..scene.1.start(start) }).map_err(failed)?;
            scenes.insert(i64::try_from(began.session_key).unwrap_or_default(), *scene);
        }
        let found = self.plex.sessions().await.map_err(Error::from)?;
        director.stop_all(false).map_err(failed)?;
        let named = |row: Observation| Some((*scenes.get(&row.session_key)?, row));
        Ok(found.rows.into_iter().filter_map(named).collect())
    }
}
