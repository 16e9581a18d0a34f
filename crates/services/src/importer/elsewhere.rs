//! Imports of other processes, such as the command line's: what they mark in the database is looked at while somebody follows.

use super::{Asked, ImportRecord, Importer};
use futures_util::{Stream, stream};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked at.
const PACE: Duration = Duration::from_secs(1);

impl Importer {
    /// An import that runs elsewhere: told whenever it has got further than was `seen`, and when it has ended or its process is gone.
    /// It is over as well when the database cannot be asked.
    pub fn follow_elsewhere(
        self: &Arc<Self>,
        seen: ImportRecord,
    ) -> impl Stream<Item = ImportRecord> + use<> {
        let importer = self.clone();
        stream::unfold(seen, move |seen| {
            let importer = importer.clone();
            async move {
                let next = importer.next_of(&seen).await?;
                Some((next.clone(), next))
            }
        })
    }

    async fn next_of(&self, seen: &ImportRecord) -> Option<ImportRecord> {
        if seen.state != "running" {
            return None;
        }
        loop {
            tokio::time::sleep(PACE).await;
            match self.record(seen.id).await {
                Ok(Some(Asked::Begun(now))) if *now != *seen => return Some(*now),
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => return None,
            }
        }
    }
}
