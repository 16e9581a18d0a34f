//! What cannot be done yet, said in the reference's words where it has some.

use crate::answer::{Failure, Outcome};
use crate::commands::Call;
use crate::commands::get_tautulli_info::VERSION;
use crate::http::JSON;
use crate::params::whole;

/// Refuses: with the reference's words where `parameter` is missing, else with the reason behind them.
fn refuse(call: Call<'_>, parameter: &str, words: &str, feature: &str) -> Outcome {
    if call.params.filled(parameter).is_none() {
        return Err(Failure::refused(words));
    }
    Err(Failure::refused(format!("{words} {feature} are not part of this service yet.")))
}

const NOTIFIERS: &str = "Notification agents";
const NEWSLETTERS: &str = "Newsletters";

pub(crate) fn add_notifier(call: Call<'_>) -> Outcome {
    refuse(call, "agent_id", "Failed to add notification agent.", NOTIFIERS)
}

pub(crate) fn set_notifier(call: Call<'_>) -> Outcome {
    refuse(call, "agent_id", "Failed to save notification agent.", NOTIFIERS)
}

pub(crate) fn notify(call: Call<'_>) -> Outcome {
    if call.params.filled("notifier_id").is_none() {
        return Err(Failure::refused("Notification failed: no notifier id provided."));
    }
    Err(Failure::refused("Notification failed: notification agents are not part of this service yet."))
}

pub(crate) fn notify_recently_added(call: Call<'_>) -> Outcome {
    refuse(call, "rating_key", "Notification failed.", NOTIFIERS)
}

pub(crate) fn add_newsletter(call: Call<'_>) -> Outcome {
    refuse(call, "agent_id", "Failed to add newsletter.", NEWSLETTERS)
}

pub(crate) fn set_newsletter(call: Call<'_>) -> Outcome {
    refuse(call, "newsletter_id", "Failed to save newsletter.", NEWSLETTERS)
}

pub(crate) fn notify_newsletter(call: Call<'_>) -> Outcome {
    let Some(id) = call.params.filled("newsletter_id") else {
        return Err(Failure::refused("Newsletter failed: no newsletter id provided."));
    };
    Err(Failure::refused(format!("Newsletter failed: invalid newsletter_id provided {id}.")))
}

pub(crate) fn register_device(call: Call<'_>) -> Outcome {
    let failed = |why: &str| Err(Failure::refused(format!("Device registration failed: {why}")));
    if call.params.filled("device_id").is_none() {
        return failed("no device id provided.");
    }
    if call.params.filled("device_name").is_none() {
        return failed("no device name provided.");
    }
    let wanted = call.params.filled("min_version").unwrap_or_default();
    if numbers(wanted) > numbers(VERSION) {
        let why = format!("Tautulli version {VERSION} does not meet the minimum requirement of {wanted}.");
        return failed(&why);
    }
    failed("mobile devices are not part of this service yet.")
}

/// The numbers of a version such as `v2.17.2`.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.trim_start_matches('v');
    plain.split('.').map(|number| number.parse().unwrap_or(0)).collect()
}

pub(crate) fn set_device(call: Call<'_>) -> Outcome {
    refuse(call, "mobile_device_id", "Failed to save mobile device.", "Mobile devices")
}

/// Formats and levels that an export may have.
const FORMATS: [&str; 4] = ["csv", "json", "xml", "m3u"];
const LEVELS: [(&str, std::ops::RangeInclusive<i64>); 2] =
    [("metadata_level", 0..=9), ("media_info_level", 0..=9)];

pub(crate) fn export(call: Call<'_>) -> Outcome {
    if ["section_id", "user_id", "rating_key"].iter().all(|name| call.params.filled(name).is_none()) {
        let text = "Export called but no section_id, user_id, or rating_key provided.";
        return Err(Failure::refused(text));
    }
    let format = call.params.filled("file_format").unwrap_or("csv");
    if !FORMATS.contains(&format) {
        return Err(Failure::refused(format!("Export called with invalid file_format '{format}'.")));
    }
    for (name, levels) in LEVELS {
        let given = call.params.filled(name);
        if let Some(text) = given.filter(|text| !whole(text).is_some_and(|level| levels.contains(&level))) {
            return Err(Failure::refused(format!("Export called with invalid {name} '{text}'.")));
        }
    }
    Err(Failure::refused("Exports are not part of this service yet."))
}

/// A file that is not there.
pub(crate) fn download_export(_: Call<'_>) -> Outcome {
    Err(Failure::Blank(JSON))
}

pub(crate) fn delete_hosted_images(call: Call<'_>) -> Outcome {
    let all = call.params.switch("delete_all", false) && call.params.filled("service").is_some();
    let named = if all { "service" } else { "rating_key" };
    refuse(call, named, "Failed to delete hosted images.", "Hosted images")
}
