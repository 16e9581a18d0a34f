//! `get_activity`: the running streams with some 250 fields each.

mod account;
mod delivered;
mod player;
mod source;
mod transcode;
mod version;

pub(crate) use player::{icon, known_as};

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::graph::{Decision, Record, lower};
use crate::item::{self, Item};
use crate::params::whole;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = document!("get_activity", "fragments/item_fields");

#[derive(Deserialize)]
struct Data {
    activity: Activity,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Activity {
    bandwidth: Bandwidth,
    direct_play_count: i64,
    direct_stream_count: i64,
    transcode_count: i64,
    stream_count: i64,
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bandwidth {
    total: i64,
    lan: i64,
    wan: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Session {
    session_key: i64,
    plex_session_id: Option<String>,
    state: String,
    view_offset: i64,
    progress_percent: i64,
    user_name: String,
    user: Option<account::Account>,
    item: Item,
    player: player::Player,
    stream: Stream,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stream {
    decision: Decision,
    container_decision: Decision,
    video_decision: Option<Decision>,
    audio_decision: Option<Decision>,
    subtitle_decision: Option<Decision>,
    quality_profile: String,
    optimized_profile: Option<String>,
    synced_profile: Option<String>,
    source: version::Version,
    delivered: version::Version,
    transcode: Option<transcode::Transcode>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let server = call.server().await?;
    let Data { activity } = call.ask(DOCUMENT, json!({"server": server})).await?;
    let (key, id) = (call.params.filled("session_key"), call.params.filled("session_id"));
    if key.is_none() && id.is_none() {
        return Ok(Answer::data(reshape(activity)));
    }
    let wanted = |session: &Session| match (key, id) {
        (Some(key), _) => Some(session.session_key) == whole(key),
        (None, id) => session.plex_session_id.as_deref() == id,
    };
    let found = activity.sessions.into_iter().find(wanted);
    Ok(found.map_or_else(Answer::nothing, |session| Answer::data(reshape_session(session))))
}

fn reshape(activity: Activity) -> Value {
    let Activity {
        bandwidth,
        direct_play_count,
        direct_stream_count,
        transcode_count,
        stream_count,
        sessions,
    } = activity;
    let Bandwidth { total, lan, wan } = bandwidth;
    json!({
        "stream_count": stream_count.to_string(),
        "sessions": sessions.into_iter().map(reshape_session).collect::<Vec<_>>(),
        "stream_count_direct_play": direct_play_count,
        "stream_count_direct_stream": direct_stream_count,
        "stream_count_transcode": transcode_count,
        "total_bandwidth": total,
        "lan_bandwidth": lan,
        "wan_bandwidth": wan,
    })
}

fn reshape_session(session: Session) -> Value {
    let Session {
        session_key,
        plex_session_id,
        state,
        view_offset,
        progress_percent,
        user_name,
        user,
        item,
        player,
        stream,
    } = session;
    let Stream {
        decision,
        container_decision,
        video_decision,
        audio_decision,
        subtitle_decision,
        quality_profile,
        optimized_profile,
        synced_profile,
        source,
        delivered,
        transcode,
    } = stream;
    let mut record = Record::default();
    record.put("session_key", session_key.to_string());
    record.text("session_id", plex_session_id);
    record.put("media_type", lower(&item.kind));
    record.put("view_offset", view_offset.to_string());
    record.put("progress_percent", progress_percent.to_string());
    record.put("quality_profile", quality_profile);
    record.text("synced_version_profile", synced_profile);
    record.text("optimized_version_profile", optimized_profile);
    record.put("user", user_name.clone());
    // Streams of channels ended with Plex's channels.
    record.put("channel_stream", 0);
    let live = item.live;
    let item = item::put(&mut record, item);
    record.text("live_uuid", item.airing.uuid.clone());
    if live {
        record.text("epg_identifier", item.airing.epg_identifier.clone());
    }
    let source = source::put(&mut record, source, item.airing, view_offset);
    account::put(&mut record, user, user_name);
    player::put(&mut record, player, &state);
    let decisions = transcode::Decisions {
        overall: decision,
        container: container_decision,
        video: video_decision,
        audio: audio_decision,
        subtitle: subtitle_decision,
    };
    transcode::put(&mut record, transcode, &decisions);
    delivered::put(&mut record, delivered, source, item.duration, &decisions);
    record.into_value()
}

#[cfg(test)]
mod tests;
