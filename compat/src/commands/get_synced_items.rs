//! `get_synced_items`: what was put on devices.

use super::{Call, SYNCED_ITEMS};
use crate::answer::{Answer, Outcome};
use crate::graph::Record;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    synced_items: Vec<OnDevice>,
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OnDevice {
    id: String,
    client_id: String,
    device: String,
    platform: String,
    account_id: Option<i64>,
    root_title: String,
    title: String,
    metadata_type: String,
    content_type: String,
    rating_key: Option<String>,
    state: String,
    failure: Option<String>,
    item_count: Option<i64>,
    item_complete_count: Option<i64>,
    item_downloaded_count: Option<i64>,
    video_bitrate: Option<i64>,
    audio_bitrate: Option<i64>,
    photo_quality: Option<i64>,
    video_quality: Option<i64>,
    total_size: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    username: String,
    friendly_name: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let server = match call.params.filled("machine_id") {
        None => None,
        Some(machine) => match call.server_called(machine).await? {
            Some(server) => Some(server),
            None => return Ok(Answer::data(json!([]))),
        },
    };
    let Data { synced_items, users } = call.ask(SYNCED_ITEMS, json!({"server": server})).await?;
    let wanted = call.params.filled("user_id");
    let is_wanted = |item: &OnDevice| match wanted {
        Some(wanted) => item.account_id.is_some_and(|account| account.to_string() == wanted),
        None => true,
    };
    let rows = synced_items.into_iter().filter(is_wanted).map(|item| reshape(item, &users));
    Ok(Answer::data(rows.collect::<Vec<_>>()))
}

fn reshape(item: OnDevice, users: &[User]) -> Value {
    let OnDevice {
        id,
        client_id,
        device,
        platform,
        account_id,
        root_title,
        title,
        metadata_type,
        content_type,
        rating_key,
        state,
        failure,
        item_count,
        item_complete_count,
        item_downloaded_count,
        video_bitrate,
        audio_bitrate,
        photo_quality,
        video_quality,
        total_size,
    } = item;
    let user = users.iter().find(|user| Some(user.account_id) == account_id);
    let percent = match (item_downloaded_count, item_count) {
        (Some(ready), Some(all)) if all > 0 => ready.saturating_mul(100) / all,
        _ => 0,
    };
    let mut record = Record::default();
    record.put("device_name", device);
    record.put("platform", platform);
    record.digits("user_id", account_id);
    record.text("user", user.map(|user| user.friendly_name.clone()));
    record.text("username", user.map(|user| user.username.clone()));
    record.put("root_title", root_title);
    record.put("sync_title", title);
    record.put("metadata_type", metadata_type);
    record.put("content_type", content_type);
    record.text("rating_key", rating_key);
    record.put("state", state);
    record.digits("item_count", item_count);
    record.digits("item_complete_count", item_complete_count);
    record.digits("item_downloaded_count", item_downloaded_count);
    record.put("item_downloaded_percent_complete", percent);
    record.digits("video_bitrate", video_bitrate);
    record.digits("audio_bitrate", audio_bitrate);
    record.digits("photo_quality", photo_quality);
    record.digits("video_quality", video_quality);
    record.digits("total_size", total_size);
    record.text("failure", failure);
    record.put("client_id", client_id);
    record.put("sync_id", id);
    record.put("sync_media_type", Value::Null);
    record.into_value()
}
