//! Taking over the settings of another installation: what of its `config.ini` is wanted here, and what is not and why. Values are
//! never told, for some of them are secrets.

use super::{ADOPTED, Settings, find, read};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tautulli_domain::Result;

/// What became of the keys of a `config.ini`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Takeover {
    /// Keys whose values are stored here now.
    pub taken: Vec<String>,
    /// Keys that have the same value here.
    pub same: Vec<String>,
    /// Keys that were left out.
    pub left: Vec<LeftOut>,
    /// Keys that nobody here knows; their values are kept.
    pub unknown: Vec<String>,
}

/// A key that was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftOut {
    pub key: String,
    pub why: String,
}

/// What belongs to the machine of the other installation, and why it is not taken over.
const OF_THE_MACHINE: [(&str, &str); 6] = [
    (
        "it says where the other installation listens",
        "http_host http_port http_root http_proxy http_environment http_thread_pool",
    ),
    (
        "certificates are files of the other machine",
        "enable_https https_cert https_cert_chain https_key https_create_cert https_domain https_ip https_min_tls_version",
    ),
    (
        "it names a folder of the other machine",
        "log_dir cache_dir backup_dir export_dir newsletter_dir newsletter_custom_dir git_path pms_logs_folder",
    ),
    (
        "accounts are made here with a password of their own",
        "http_username http_password http_hash_password http_hashed_password http_basic_auth jwt_secret jwt_update_secret",
    ),
    (
        "it is about the other program's own files",
        "config_version first_run_complete upgrade_flag journal_mode synchronous_mode freeze_db git_branch git_remote git_repo git_token git_user do_not_override_git_branch plexpy_auto_update check_github check_github_cache_seconds check_github_interval check_github_on_startup check_docker_mount launch_browser launch_startup sys_tray_icon update_show_changelog",
    ),
    ("two programs must not introduce themselves to Plex as one while both may run", "pms_client_id"),
];

/// Where values that nobody here knows are kept.
const KEPT: &str = "_config_ini_kept";

impl Settings {
    /// What would become of a `config.ini`, and the values that would be stored. Changes nothing.
    pub fn weigh(&self, ini: &BTreeMap<String, String>) -> (Takeover, BTreeMap<&'static str, Value>) {
        let (mut takeover, mut values) = (Takeover::default(), BTreeMap::new());
        for (key, text) in ini {
            let Some(setting) = find(key) else {
                takeover.unknown.push(key.clone());
                continue;
            };
            let own = OF_THE_MACHINE.iter().find(|(_, keys)| keys.split(' ').any(|own| own == key));
            let left = |why: &str| LeftOut { key: key.clone(), why: why.to_owned() };
            match (own, read::value(setting, text)) {
                (Some((why, _)), _) => takeover.left.push(left(why)),
                (None, Err(why)) => takeover.left.push(left(&format!("its value {why}"))),
                (None, Ok(_)) if self.locked.contains_key(setting.key) => {
                    takeover.left.push(left("the environment gives it here"));
                }
                (None, Ok(value)) if self.value(key).is_some_and(|(here, _)| here == value) => {
                    takeover.same.push(key.clone());
                }
                (None, Ok(value)) => {
                    takeover.taken.push(key.clone());
                    values.insert(setting.key, value);
                }
            }
        }
        (takeover, values)
    }

    /// Takes a `config.ini` over.
    pub async fn take_over(&self, ini: &BTreeMap<String, String>) -> Result<Takeover> {
        let (takeover, values) = self.weigh(ini);
        let kept: Map<String, Value> =
            takeover.unknown.iter().filter_map(|key| Some((key.clone(), json!(ini.get(key)?)))).collect();
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        for (key, value) in &values {
            tautulli_db::settings::store(&mut conn, key, value, now).await?;
        }
        if !kept.is_empty() {
            tautulli_db::settings::store(&mut conn, KEPT, &Value::Object(kept), now).await?;
        }
        // The first start adopts the file of its own data folder only where nothing has been taken over before.
        tautulli_db::settings::store(&mut conn, ADOPTED, &json!(true), now).await?;
        drop(conn);
        self.reload().await?;
        Ok(takeover)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_is_left_out_is_a_setting() {
        for key in OF_THE_MACHINE.iter().flat_map(|(_, keys)| keys.split(' ')) {
            assert!(find(key).is_some(), "{key}");
        }
    }
}
