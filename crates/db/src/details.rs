//! How a play's player and stream are kept: without what says nothing, and a stream once for all plays that were delivered alike.
//!
//! A stream is known by the digest of its content, so that the rows of plays stay narrow. Must not know whose plays they are.

use crate::brief::brief;
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::schema::stream_details;
use diesel::prelude::*;
use diesel::sql_types::{Array, SmallInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use tautulli_domain::{Player, Result, STREAM_DETAIL_VERSION, StreamDetail};
use uuid::Uuid;

/// A stream, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Of `text`.
    digest: Uuid,
    /// JSON.
    text: String,
}

impl Delivery {
    pub fn of(stream: &StreamDetail) -> Result<Self> {
        let text = brief(stream).map_err(tautulli_domain::Error::internal)?;
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = <[u8; 32]>::from(Sha256::digest(&text));
        Ok(Self { digest: Uuid::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]), text })
    }
}

/// How a stream is kept of which nothing was recorded.
pub(crate) fn nothing() -> DbResult<serde_json::Value> {
    Ok(serde_json::from_str(&brief(&StreamDetail::default())?)?)
}

/// A player as JSON, without what a play has columns for.
pub fn player(player: &Player) -> Result<String> {
    let rest = Player {
        title: String::new(),
        machine_id: String::new(),
        platform: String::new(),
        product: String::new(),
        address: String::new(),
        ..player.clone()
    };
    brief(&rest).map_err(tautulli_domain::Error::internal)
}

/// More numbers than this are not remembered: 5 MiB of them.
const MOST: usize = 100_000;

/// Numbers of streams that have been committed, or are in the same transaction. Of no use once that has failed.
#[derive(Debug, Default)]
pub(crate) struct Deliveries(HashMap<Uuid, i64>);

impl Deliveries {
    /// The number of a stream that has been remembered.
    pub(crate) fn number(&self, delivery: &Delivery) -> i64 {
        self.0.get(&delivery.digest).copied().unwrap_or_default()
    }

    /// Keeps streams, each once.
    pub(crate) async fn remember<'a>(
        &mut self,
        conn: &Conn,
        deliveries: impl Iterator<Item = &'a Delivery>,
    ) -> DbResult<()> {
        if self.0.len() > MOST {
            self.0.clear();
        }
        let unknown: BTreeMap<Uuid, &str> = deliveries
            .filter(|delivery| !self.0.contains_key(&delivery.digest))
            .map(|delivery| (delivery.digest, delivery.text.as_str()))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let digests: Vec<Uuid> = unknown.keys().copied().collect();
        self.look_up(conn, &digests).await?;
        let new: BTreeMap<Uuid, &str> =
            unknown.into_iter().filter(|(digest, _)| !self.0.contains_key(digest)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let sql = "INSERT INTO stream_details (version, digest, detail)
                   SELECT $1, digest, detail::jsonb FROM unnest($2, $3) AS given(digest, detail) ON CONFLICT (digest) DO NOTHING";
        diesel::sql_query(sql)
            .bind::<SmallInt, _>(STREAM_DETAIL_VERSION)
            .bind::<Array<SqlUuid>, _>(new.keys().copied().collect::<Vec<_>>())
            .bind::<Array<Text>, _>(new.values().copied().collect::<Vec<_>>())
            .kept()
            .execute(&mut &*conn)
            .await?;
        // A statement of its own: it sees what somebody else has added meanwhile.
        self.look_up(conn, &new.keys().copied().collect::<Vec<_>>()).await
    }

    async fn look_up(&mut self, conn: &Conn, digests: &[Uuid]) -> DbResult<()> {
        let rows: Vec<(Uuid, i64)> = stream_details::table
            .filter(stream_details::digest.eq_any(digests))
            .select((stream_details::digest, stream_details::id))
            .load(&mut &*conn)
            .await?;
        self.0.extend(rows);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tautulli_domain::media::{AudioTrack, Decision, SubtitleTrack, VideoTrack};
    use tautulli_domain::{Location, Transcode};

    #[test]
    fn what_is_left_out_of_a_stream_is_read_back_as_it_was() {
        let mut full = StreamDetail::default();
        full.source.bitrate = Some(0);
        full.source.video = Some(VideoTrack { codec: "hevc".to_owned(), ..VideoTrack::default() });
        full.delivered.audio = Some(AudioTrack { decision: Some(Decision::Copy), ..AudioTrack::default() });
        full.delivered.subtitle = Some(SubtitleTrack::default());
        full.transcode = Some(Transcode { hw_requested: true, ..Transcode::default() });
        for stream in [StreamDetail::default(), full] {
            let kept = Delivery::of(&stream).unwrap();
            assert_eq!(serde_json::from_str::<StreamDetail>(&kept.text).unwrap(), stream);
            assert!(kept.text.len() < serde_json::to_string(&stream).unwrap().len() / 2);
            assert_eq!(kept, Delivery::of(&stream).unwrap());
        }
    }

    #[test]
    fn a_player_is_kept_but_for_what_has_a_column() {
        let full = Player {
            title: "Attic".to_owned(),
            profile: "Web".to_owned(),
            secure: Some(false),
            local: true,
            location: Location::Wan,
            ..Player::default()
        };
        let kept: Player = serde_json::from_str(&player(&full).unwrap()).unwrap();
        assert_eq!(Player { title: "Attic".to_owned(), ..kept }, full);
    }
}
