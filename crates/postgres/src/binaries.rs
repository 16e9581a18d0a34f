//! Finds the programs of an installed PostgreSQL server and tells their version. Runs nothing but `postgres --version`.

use crate::error::{PostgresError, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The oldest major version that will do.
pub const MINIMUM_MAJOR: u32 = 14;

/// Folders that distributions use, as (parent, prefix of the versioned name, rest).
const USUAL: &[(&str, &str, &str)] = &[
    ("usr/lib/postgresql", "", "bin"),                          // Debian, Ubuntu
    ("usr/libexec", "postgresql", ""),                          // Alpine
    ("usr", "pgsql-", "bin"),                                   // RHEL with the project's own packages
    ("usr/lib", "postgresql", "bin"),                           // SUSE, Arch
    ("usr/local", "pgsql", "bin"),                              // from source
    ("opt/homebrew/opt", "postgresql", "bin"),                  // macOS, ARM
    ("usr/local/opt", "postgresql", "bin"),                     // macOS, Intel
    ("Applications/Postgres.app/Contents/Versions", "", "bin"), // macOS, Postgres.app
];

/// The programs of one installed server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binaries {
    pub(crate) dir: PathBuf,
    pub(crate) major: u32,
}

impl Binaries {
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// Where to look.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    /// Only here, if given.
    pub(crate) explicit: Option<PathBuf>,
    /// The value of `PATH`.
    pub(crate) path: Option<OsString>,
    /// The root of the file system.
    pub(crate) root: PathBuf,
}

impl Search {
    pub(crate) fn system(explicit: Option<PathBuf>) -> Self {
        Self { explicit, path: std::env::var_os("PATH"), root: PathBuf::from("/") }
    }

    /// The server for a cluster made by major version `wanted`, or the best one for a new cluster. `data` is only
    /// named in messages.
    pub(crate) async fn find(&self, wanted: Option<u32>, data: &Path) -> Result<Binaries> {
        let mut found = Vec::new();
        for dir in self.folders() {
            let Some(major) = version_of(&dir).await else { continue };
            if wanted.is_none_or(|wanted| wanted == major) && major >= MINIMUM_MAJOR {
                return Ok(Binaries { dir, major });
            }
            found.push((dir, major));
        }
        Err(self.explain(wanted, data, found))
    }

    fn explain(&self, wanted: Option<u32>, data: &Path, found: Vec<(PathBuf, u32)>) -> PostgresError {
        let versions: Vec<String> = found.iter().map(|(_, major)| major.to_string()).collect();
        match (wanted, found.into_iter().next()) {
            (_, None) => PostgresError::BinariesMissing { looked: self.looked() },
            (Some(cluster), Some(_)) if cluster >= MINIMUM_MAJOR => PostgresError::VersionMismatch {
                data: data.to_path_buf(),
                cluster,
                found: versions.join(" and "),
            },
            (_, Some((dir, found))) => PostgresError::TooOld { dir, found, least: MINIMUM_MAJOR },
        }
    }

    fn looked(&self) -> String {
        match &self.explicit {
            Some(dir) => dir.display().to_string(),
            None => "PATH, /usr/lib/postgresql and the other usual places".to_owned(),
        }
    }

    /// Folders that hold a server, the preferred one first.
    fn folders(&self) -> Vec<PathBuf> {
        if let Some(dir) = &self.explicit {
            return Some(dir.clone()).filter(|dir| holds_server(dir)).into_iter().collect();
        }
        let path = self.path.iter().flat_map(std::env::split_paths).filter(|dir| dir.is_absolute());
        let usual = USUAL.iter().flat_map(|place| self.versioned(*place));
        let mut folders: Vec<PathBuf> = Vec::new();
        for dir in path.chain(usual).filter(|dir| holds_server(dir)) {
            if !folders.contains(&dir) {
                folders.push(dir);
            }
        }
        folders
    }

    /// The folders `parent/prefix*/rest`, the highest version first.
    fn versioned(&self, (parent, prefix, rest): (&str, &str, &str)) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.root.join(parent)) else { return Vec::new() };
        let mut named: Vec<(u32, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name();
                let version = name.to_str()?.strip_prefix(prefix)?.trim_start_matches(['-', '@']);
                Some((leading_number(version).unwrap_or(0), entry.path().join(rest)))
            })
            .collect();
        named.sort_by(|a, b| b.cmp(a));
        named.into_iter().map(|(_, dir)| dir).collect()
    }
}

fn holds_server(dir: &Path) -> bool {
    ["postgres", "initdb"].iter().all(|name| dir.join(name).is_file())
}

async fn version_of(dir: &Path) -> Option<u32> {
    let output = Command::new(dir.join("postgres")).arg("--version").output().await;
    match output {
        Ok(output) => parse_version(&String::from_utf8_lossy(&output.stdout)),
        Err(error) => {
            tracing::debug!(dir = %dir.display(), %error, "postgres does not run");
            None
        }
    }
}

/// The major version in what `postgres --version` prints.
fn parse_version(text: &str) -> Option<u32> {
    text.split_whitespace().find_map(leading_number)
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn fake(dir: &Path, version: &str) {
        fs::create_dir_all(dir).unwrap();
        for name in ["initdb", "postgres"] {
            fs::write(dir.join(name), format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n"))
                .unwrap();
            fs::set_permissions(dir.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    fn search(root: &Path) -> Search {
        Search { explicit: None, path: None, root: root.to_path_buf() }
    }

    #[test]
    fn reads_versions() {
        assert_eq!(parse_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(parse_version("postgres (PostgreSQL) 19devel"), Some(19));
        assert_eq!(parse_version("postgres (PostgreSQL)"), None);
    }

    #[tokio::test]
    async fn prefers_the_highest_and_obeys_the_cluster() {
        let root = tempfile::tempdir().unwrap();
        for version in ["9", "15", "17"] {
            fake(&root.path().join("usr/lib/postgresql").join(version).join("bin"), version);
        }
        let data = Path::new("/data");
        assert_eq!(search(root.path()).find(None, data).await.unwrap().major, 17);
        assert_eq!(search(root.path()).find(Some(15), data).await.unwrap().major, 15);
        let error = search(root.path()).find(Some(16), data).await.unwrap_err();
        assert!(matches!(error, PostgresError::VersionMismatch { cluster: 16, .. }), "{error}");
        assert!(error.to_string().contains("apt-get install postgresql-16"), "{error}");
    }

    #[tokio::test]
    async fn prefers_path_and_then_only_the_named_folder() {
        let root = tempfile::tempdir().unwrap();
        let on_path = root.path().join("bin");
        fake(&on_path, "16.1");
        fake(&root.path().join("usr/pgsql-18/bin"), "18");
        let mut search = search(root.path());
        search.path = Some(on_path.clone().into_os_string());
        assert_eq!(search.find(None, Path::new("/d")).await.unwrap(), Binaries { dir: on_path, major: 16 });
        search.explicit = Some(root.path().join("usr/pgsql-18/bin"));
        assert_eq!(search.find(None, Path::new("/d")).await.unwrap().major, 18);
    }

    #[tokio::test]
    async fn says_what_to_install() {
        let root = tempfile::tempdir().unwrap();
        let error = search(root.path()).find(None, Path::new("/d")).await.unwrap_err().to_string();
        assert!(error.contains("apt-get install postgresql") && error.contains("DATABASE_URL"), "{error}");
        fake(&root.path().join("usr/local/pgsql/bin"), "12.3");
        let error = search(root.path()).find(None, Path::new("/d")).await.unwrap_err();
        assert!(matches!(error, PostgresError::TooOld { found: 12, least: MINIMUM_MAJOR, .. }), "{error}");
    }
}
