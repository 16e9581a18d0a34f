//! Owns a running simulation: starts the servers, hands out addresses and the director, ends all of it on drop.

use std::io;

use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::core::{Core, Shared, Sim};
use crate::director::{self, Director};
use crate::world::World;

/// How to run. Ports of 0 take free ones; `interval` is simulated seconds between the reports of a playback.
#[derive(Debug, Clone)]
pub struct Options {
    pub pms_port: u16,
    pub plextv_port: u16,
    pub admin_port: u16,
    pub interval: f64,
    pub clock: Clock,
    /// Whether the pictures of people are addressed to this plex.tv and not to the real one.
    pub local_pictures: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            pms_port: 0,
            plextv_port: 0,
            admin_port: 0,
            interval: 10.0,
            clock: Clock::real(),
            local_pictures: false,
        }
    }
}

/// A media server, plex.tv and the admin endpoint on 127.0.0.1; dropping it ends them.
#[derive(Debug)]
pub struct Simplex {
    sim: Sim,
    beat: JoinHandle<()>,
}

impl Simplex {
    /// Starts everything.
    ///
    /// # Errors
    /// When a port is taken.
    #[expect(
        clippy::unused_async,
        reason = "the servers need a runtime, and waiting for them is how callers say so"
    )]
    pub async fn start(world: World, options: Options) -> io::Result<Self> {
        let ports = [options.pms_port, options.plextv_port, options.admin_port];
        let core = Core::new(world, options.clock, options.interval);
        let sim = Sim::new(Shared::new(core, ports));
        sim.pms.up(crate::pms::router(&sim))?;
        sim.plextv.up(crate::plextv::router(&sim))?;
        if options.local_pictures {
            sim.core().world.draw_people_at(&sim.plextv.url());
        }
        let beat = tokio::spawn(director::beat(Sim::clone(&sim)));
        let this = Self { sim, beat };
        let router = director::admin::router(&this.sim, this.about());
        this.sim.admin.up(router)?;
        Ok(this)
    }

    #[must_use]
    pub fn pms_url(&self) -> String {
        self.sim.pms.url()
    }

    #[must_use]
    pub fn plextv_url(&self) -> String {
        self.sim.plextv.url()
    }

    #[must_use]
    pub fn admin_url(&self) -> String {
        self.sim.admin.url()
    }

    /// The owner's plex.tv token, which the server accepts too.
    #[must_use]
    pub fn token(&self) -> String {
        self.sim.core().world.owner().map(|owner| owner.token.clone()).unwrap_or_default()
    }

    /// The owner's token for the server alone.
    #[must_use]
    pub fn server_token(&self) -> String {
        self.sim.core().world.server.token.clone()
    }

    #[must_use]
    pub fn machine_id(&self) -> String {
        self.sim.core().world.server.machine_id.clone()
    }

    /// The one who makes things happen.
    #[must_use]
    pub fn director(&self) -> Director {
        Director::new(Sim::clone(&self.sim))
    }

    /// Addresses, tokens and identity as one JSON object.
    #[must_use]
    pub fn about(&self) -> Value {
        let core = self.sim.core();
        json!({
            "pms": self.sim.pms.url(),
            "plextv": self.sim.plextv.url(),
            "plextv_http": self.sim.plextv.url(),
            "admin": self.sim.admin.url(),
            "token": core.world.owner().map(|owner| &owner.token),
            "server_token": core.world.server.token,
            "machine_id": core.world.server.machine_id,
            "name": core.world.server.name,
            "version": core.world.server.version,
            "seed": core.world.seed,
            "scale": core.world.scale,
        })
    }
}

impl Drop for Simplex {
    fn drop(&mut self) {
        self.beat.abort();
        for site in [&self.sim.pms, &self.sim.plextv, &self.sim.admin] {
            site.stop();
        }
    }
}
