//! The running service: parts wired together, and the way down in order.

use super::{Edges, Failure, provision};
use crate::config::Config;
use crate::graphql;
use crate::web::{Gate, Readiness, Site};
use futures_util::FutureExt;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tautulli_db::Database;
use tautulli_services::access::{Access, PlexDoor};
use tautulli_services::activity::{Activity, Parts, Supervisor};
use tautulli_services::catalogue::Catalogue;
use tautulli_services::discovery::Discovery;
use tautulli_services::events::Events;
use tautulli_services::housekeeping;
use tautulli_services::importer::Importer;
use tautulli_services::lookups::Lookups;
use tautulli_services::revisions::Revisions;
use tautulli_services::scheduler::Scheduler;
use tautulli_services::servers::Servers;
use tautulli_services::settings::Settings;
use tautulli_services::upkeep::Upkeep;
use tautulli_services::waiting::Waiting;
use tautulli_services::{Choices, Graphs, History, Holdings, Items, People, RawSql, Services, Statistics};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// A service that answers.
pub struct Running {
    pub address: SocketAddr,
    pub services: Services,
    supervisor: Arc<Supervisor>,
    stop: CancellationToken,
    web: JoinHandle<std::io::Result<()>>,
    house: AbortOnDropHandle<Infallible>,
}

/// How long open requests may take when the service stops.
const GRACE: Duration = Duration::from_secs(10);

impl Running {
    /// Starts the services over an upgraded database and listens. `stop` begins the way down.
    pub async fn start(
        config: &Config,
        database: Database,
        edges: Edges,
        stop: CancellationToken,
    ) -> Result<Self, Failure> {
        let listener = listen(config).await?;
        let (services, parts) = assemble(config, database.clone(), &edges).await?;
        services.history.announce().await.map_err(|failure| Failure::Database(failure.to_string()))?;
        let house = housekeeping::run(parts.clone(), services.upkeep.clone());
        let house = AbortOnDropHandle::new(tokio::spawn(house));
        let supervisor = Arc::new(Supervisor::start(parts, stop.clone()));
        let executor = graphql::build(&services, &stop);
        let gate = Gate {
            access: services.access.clone(),
            behind_proxy: services.settings.flag("http_proxy"),
            vigil: edges.timing.vigil,
        };
        let site = site(config, gate, &supervisor, database, stop.clone());
        let more =
            crate::bridge::router(executor.clone(), services.clone(), site.gate.clone(), config.time_zone)
                .merge(crate::web::images(services.images.clone()))
                .merge(crate::web::uploads(site.gate.clone(), &config.data_dir));
        let router = crate::web::router(&site, executor, more);
        let address = listener.local_addr().map_err(Failure::other)?;
        let ended = stop.clone();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let web = tokio::spawn(async move {
            axum::serve(listener, service).with_graceful_shutdown(ended.cancelled_owned()).await
        });
        tracing::info!(%address, root = config.http.root, "listening");
        Ok(Self { address, services, supervisor, stop, web, house })
    }

    /// Waits for the stop and goes down in order: subscriptions complete, requests finish, sessions are written and stay.
    pub async fn until_stopped(mut self) -> Result<(), Failure> {
        let ended = tokio::select! {
            () = self.stop.cancelled() => None,
            ended = &mut self.web => Some(ended),
        };
        self.stop.cancel();
        let served = match ended {
            Some(ended) => ended.map_err(Failure::other)?.map_err(Failure::other),
            None => {
                tracing::info!("stopping");
                let _ = tokio::time::timeout(GRACE, &mut self.web).await;
                self.web.abort();
                Ok(())
            }
        };
        // What it is at is begun again by the next start.
        self.house.abort();
        self.supervisor.drained().await;
        served
    }
}

fn site(
    config: &Config,
    gate: Gate,
    supervisor: &Arc<Supervisor>,
    database: Database,
    shutdown: CancellationToken,
) -> Site {
    let collector = supervisor.clone();
    let stopping = shutdown.clone();
    let readiness: Readiness = Arc::new(move || {
        let (database, collector, stopping) = (database.clone(), collector.clone(), stopping.is_cancelled());
        async move {
            let migrated = tautulli_db::migrate::is_current(&database).await;
            vec![
                ("database", migrated.is_ok()),
                ("migrations", migrated.unwrap_or(false)),
                ("collector", collector.is_ready() && !stopping),
            ]
        }
        .boxed()
    });
    Site { gate, root: config.http.root.clone(), readiness, shutdown }
}

async fn listen(config: &Config) -> Result<TcpListener, Failure> {
    let address = SocketAddr::new(config.http.host, config.http.port);
    TcpListener::bind(address).await.map_err(|failure| {
        let advice = match failure.kind() {
            std::io::ErrorKind::AddrInUse => {
                "Another program uses it; stop that, or choose another port with --port"
            }
            std::io::ErrorKind::PermissionDenied => {
                "This user may not open it; choose a port above 1023 with --port"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "This machine has no such address; check TAUTULLI_HTTP_HOST"
            }
            _ => "Choose another address or port",
        };
        Failure::Listen(format!("Cannot listen on {address}: {failure}. {advice}"))
    })
}

async fn assemble(
    config: &Config,
    database: Database,
    edges: &Edges,
) -> Result<(Services, Arc<Parts>), Failure> {
    let plextv_url = provision::plextv_url(config)?;
    let settings =
        Settings::load(database.clone(), edges.clock.clone(), config.overrides(), config.ini_values())
            .await
            .map_err(Failure::Config)?;
    let settings = Arc::new(settings);
    let started = start_services(config, database, edges, settings, plextv_url).await;
    started.map_err(|failure| Failure::Database(failure.to_string()))
}

async fn start_services(
    config: &Config,
    database: Database,
    edges: &Edges,
    settings: Arc<Settings>,
    plextv_url: url::Url,
) -> tautulli_domain::Result<(Services, Arc<Parts>)> {
    let (clock, entropy) = (edges.clock.clone(), edges.entropy.clone());
    let identity = provision::identity(&settings, edges).await?;
    let events = Arc::new(Events::default());
    let servers = Arc::new(Servers::new(
        database.clone(),
        clock.clone(),
        entropy.clone(),
        settings.clone(),
        identity,
        plextv_url,
        events.clone(),
    ));
    let key = provision::environment_key(&settings);
    let limits = provision::login_limits(&settings);
    let access = Arc::new(Access::new(
        database.clone(),
        clock.clone(),
        entropy.clone(),
        settings.clone(),
        limits,
        key.as_ref(),
    ));
    provision::provide_server(&settings, &servers).await?;
    provision::provide_admin(config, &access).await?;
    let parts = Arc::new(Parts {
        database: database.clone(),
        clock: clock.clone(),
        settings: settings.clone(),
        events,
        servers: servers.clone(),
        scheduler: Arc::new(Scheduler::new(database.clone(), clock.clone(), edges.timing.glance)),
        timing: edges.timing,
        replica: entropy.uuid(clock.now()),
        entropy,
    });
    let people = People::new(database.clone());
    let statistics = Statistics::new(database.clone(), config.time_zone, clock.clone(), settings.clone());
    statistics.prepare().await?;
    let revisions = Arc::new(Revisions::new(&parts, config.time_zone));
    let images = provision::images(config, &database, edges, &settings, servers.clone()).await?;
    let importer = Importer::new(
        database.clone(),
        settings.clone(),
        clock.clone(),
        config.time_zone.name(),
        &config.data_dir,
    );
    let importer = Arc::new(importer);
    let mending = importer.clone();
    tokio::spawn(async move {
        if let Err(failure) = mending.mend().await {
            tracing::warn!(%failure, "indexes of the history are still to be made");
        }
    });
    let upkeep = Upkeep::new(edges.host.clone(), settings.clone(), clock.clone(), &config.data_dir);
    let choices = Choices::new(database.clone(), clock.clone(), revisions.clone());
    let plex_door = PlexDoor::new(access.clone(), servers.clone(), settings.clone());
    let discovery = Discovery::new(access.clone(), servers.clone());
    let services = Services {
        access,
        activity: Activity::new(parts.clone()),
        catalogue: Catalogue::new(database.clone(), servers.clone(), people.clone(), clock.clone()),
        choices,
        discovery: Arc::new(discovery),
        graphs: Graphs::new(database.clone(), config.time_zone, clock.clone(), settings.clone()),
        history: History::new(database.clone(), config.time_zone),
        holdings: Holdings::new(database.clone(), clock.clone()),
        images: Arc::new(images),
        importer,
        items: Items::new(database.clone(), people.clone()),
        lookups: Arc::new(Lookups::new(servers.clone())),
        people,
        plex_door: Arc::new(plex_door),
        revisions,
        scheduler: parts.scheduler.clone(),
        servers,
        sql: RawSql::new(database.clone(), settings.clone()),
        settings,
        statistics,
        upkeep: Arc::new(upkeep),
        waiting: Waiting::new(database),
        clock,
        demo: edges.demo.clone(),
    };
    Ok((services, parts))
}
