//! What the caller decides about a cluster, and the server settings that follow from it. Starts nothing.

use std::path::PathBuf;
use std::time::Duration;

/// What the cluster is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// People's data on a small machine: durable, frugal with memory.
    Service,
    /// Throw-away databases: fast, many connections, lost on a power cut.
    Test,
}

/// Where a cluster lives and how it is run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The cluster's folder; made if missing, then private (mode 0700). Holds `data/`, `socket/`, `postgres.log`, `lock`.
    pub dir: PathBuf,
    /// Where to put the unix socket; `socket/` in `dir` if none. A path that is too long for a socket is replaced by
    /// a private folder under `$XDG_RUNTIME_DIR` or `/tmp`.
    pub socket_dir: Option<PathBuf>,
    /// The folder of `postgres` and `initdb`; searched for if none.
    pub binaries: Option<PathBuf>,
    pub profile: Profile,
    /// Server settings (`name`, `value`) that win over those of the profile.
    pub settings: Vec<(String, String)>,
    /// How long a start may take, crash recovery included.
    pub start_timeout: Duration,
    /// How long a fast shutdown may take before the server is told to quit at once.
    pub stop_timeout: Duration,
}

impl Config {
    pub fn new(dir: impl Into<PathBuf>, profile: Profile) -> Self {
        Self {
            dir: dir.into(),
            socket_dir: None,
            binaries: None,
            profile,
            settings: Vec::new(),
            start_timeout: Duration::from_secs(300),
            stop_timeout: Duration::from_secs(30),
        }
    }
}

const EVERYWHERE: &[(&str, &str)] = &[
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("port", "5432"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("lc_messages", "C"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    ("log_line_prefix", "%m [%p] "),
    ("log_checkpoints", "off"),
    ("jit", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
    ("max_replication_slots", "0"),
    ("max_logical_replication_workers", "0"),
    ("max_worker_processes", "4"),
    ("max_parallel_workers", "2"),
    ("random_page_cost", "1.1"),
];

const SERVICE: &[(&str, &str)] = &[
    ("fsync", "on"),
    ("synchronous_commit", "on"),
    ("full_page_writes", "on"),
    ("wal_compression", "on"),
    ("shared_buffers", "64MB"),
    ("effective_cache_size", "512MB"),
    ("work_mem", "8MB"),
    ("maintenance_work_mem", "64MB"),
    ("max_connections", "40"),
    ("min_wal_size", "64MB"),
    ("max_wal_size", "512MB"),
    ("checkpoint_timeout", "10min"),
    ("autovacuum_max_workers", "2"),
    ("autovacuum_work_mem", "32MB"),
];

const TEST: &[(&str, &str)] = &[
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("shared_buffers", "128MB"),
    ("work_mem", "8MB"),
    ("max_connections", "300"),
    ("max_wal_size", "2GB"),
    ("checkpoint_timeout", "1h"),
    // A worker inside the template database would hold up `CREATE DATABASE … TEMPLATE`.
    ("autovacuum", "off"),
];

impl Profile {
    /// The server settings of this profile, later ones winning over earlier ones.
    pub(crate) fn settings(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = match self {
            Self::Service => SERVICE,
            Self::Test => TEST,
        };
        EVERYWHERE.iter().chain(own).copied()
    }
}
