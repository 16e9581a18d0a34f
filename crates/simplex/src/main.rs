//! Owns the command line of the simulation: serves until it is told to end.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tautulli_simplex::{Clock, Options, Scale, Simplex, World};
use tokio::signal::unix::{SignalKind, signal};

#[derive(Debug, Parser)]
#[command(name = "simplex", about = "A simulated Plex Media Server and plex.tv")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the media server, plex.tv and the admin endpoint
    Serve(Serve),
    /// Print a generated world as JSON
    World {
        #[arg(long, default_value_t = 7)]
        seed: u64,
        #[arg(long, default_value = "small")]
        scale: Scale,
    },
}

#[derive(Debug, Args)]
struct Serve {
    /// Seed of the generated world
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Size of the generated world: tiny, small or large
    #[arg(long, default_value = "small")]
    scale: Scale,
    /// A world file, in place of a generated world
    #[arg(long)]
    world: Option<PathBuf>,
    /// 0 takes a free port
    #[arg(long, default_value_t = 32400)]
    pms_port: u16,
    #[arg(long, default_value_t = 32443)]
    plextv_port: u16,
    #[arg(long, default_value_t = 32500)]
    admin_port: u16,
    /// Simulated seconds between the reports of a playback
    #[arg(long, default_value_t = 10.0)]
    interval: f64,
    /// Simulated seconds a second; 0 stands still
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Simulated time at the start, unix seconds; now if absent
    #[arg(long)]
    start: Option<f64>,
}

fn print(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

async fn serve(args: Serve) -> Result<(), Box<dyn Error>> {
    let world = match &args.world {
        Some(path) => World::from_json(&tokio::fs::read_to_string(path).await?)?,
        None => World::generate(args.seed, args.scale),
    };
    let options = Options {
        pms_port: args.pms_port,
        plextv_port: args.plextv_port,
        admin_port: args.admin_port,
        interval: args.interval,
        clock: Clock::scaled(args.speed, args.start),
        local_pictures: false,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let sim = Simplex::start(world, options).await?;
    print(&sim.about().to_string())?;
    tokio::select! {
        _ = terminate.recv() => {}
        ended = tokio::signal::ctrl_c() => ended?,
    }
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let done = match Cli::parse().command {
        Command::Serve(args) => serve(args).await,
        Command::World { seed, scale } => serde_json::to_string(&World::generate(seed, scale))
            .map_err(Into::into)
            .and_then(|text| Ok(print(&text)?)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "simplex cannot go on");
            ExitCode::FAILURE
        }
    }
}
