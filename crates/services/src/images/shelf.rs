//! Pictures on disk: found by their address, at most so many bytes, the least used ones go first.
//! Knows nothing of where they come from.

use super::{Image, KINDS};
use bytes::Bytes;
use moka::future::Cache;
use moka::notification::ListenerFuture;
use moka::policy::EvictionPolicy;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::fs;

/// How long nothing is asked again for a picture that could not be had.
const SULK: Duration = Duration::from_secs(30);
const MAX_MISSING: u64 = 10_000;

/// Why there is nothing on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It cannot be had.
    Absent,
    /// It could be had, and not be kept.
    Unkept,
}

/// A picture's file.
#[derive(Debug, Clone)]
struct Slot {
    path: Arc<Path>,
    kind: usize,
    size: u64,
}

/// The shelf. What cannot be kept is still delivered.
#[derive(Debug)]
pub(super) struct Shelf {
    folder: PathBuf,
    kept: Cache<String, Slot>,
    missing: Cache<String, ()>,
    limit: u64,
}

impl Shelf {
    /// Finds what an earlier run has kept in `folder`.
    pub(super) async fn open(folder: PathBuf, limit: u64) -> Self {
        let kept = Cache::builder()
            .max_capacity(limit)
            .eviction_policy(EvictionPolicy::lru())
            .weigher(|_, slot: &Slot| u32::try_from(slot.size).unwrap_or(u32::MAX))
            .async_eviction_listener(|_, slot, _| -> ListenerFuture {
                Box::pin(async move {
                    let _ = fs::remove_file(&slot.path).await;
                })
            })
            .build();
        let missing = Cache::builder().max_capacity(MAX_MISSING).time_to_live(SULK).build();
        let shelf = Self { folder, kept, missing, limit };
        if let Err(failure) = shelf.find().await {
            tracing::warn!(%failure, folder = %shelf.folder.display(), "pictures are not kept");
        }
        shelf
    }

    async fn find(&self) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder).await?;
        let mut entries = fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            match named(&path) {
                Some((name, kind)) if self.limit > 0 => {
                    let size = entry.metadata().await?.len();
                    self.kept.insert(name, Slot { path: path.into(), kind, size }).await;
                }
                // Half-written ones of a run that was killed.
                _ => fs::remove_file(&path).await?,
            }
        }
        Ok(())
    }

    /// The picture at `address`, from the disk or else by `fetch`, which runs once however many wait for it.
    pub(super) async fn get<Fetching>(&self, address: &str, fetch: impl Fn() -> Fetching) -> Option<Image>
    where
        Fetching: Future<Output = Option<Image>>,
    {
        let name = hex::encode(Sha256::digest(address));
        if self.missing.contains_key(&name) {
            return None;
        }
        let mut fetched = None;
        let kept = self
            .kept
            .try_get_with(name.clone(), async {
                let image = fetch().await.ok_or(Why::Absent)?;
                let slot = self.put(&name, &image).await;
                fetched = Some(image);
                slot.ok_or(Why::Unkept)
            })
            .await;
        if fetched.is_some() {
            return fetched;
        }
        match kept {
            Ok(slot) => match self.read(&slot).await {
                Some(image) => Some(image),
                // Somebody has tidied the folder.
                None => {
                    self.kept.invalidate(&name).await;
                    fetch().await
                }
            },
            Err(why) if *why == Why::Absent => {
                self.missing.insert(name, ()).await;
                None
            }
            Err(_) => fetch().await,
        }
    }

    /// Forgets one picture.
    pub(super) async fn drop_one(&self, address: &str) {
        let name = hex::encode(Sha256::digest(address));
        self.missing.invalidate(&name).await;
        self.kept.invalidate(&name).await;
    }

    /// Forgets everything.
    pub(super) async fn clear(&self) {
        self.missing.invalidate_all();
        self.kept.invalidate_all();
        self.kept.run_pending_tasks().await;
    }

    async fn put(&self, name: &str, image: &Image) -> Option<Slot> {
        let size = u64::try_from(image.bytes.len()).unwrap_or(u64::MAX);
        let kind = KINDS.iter().position(|kind| *kind == image.content_type)?;
        if size > self.limit / 4 {
            return None;
        }
        let path = self.folder.join(format!("{name}.{kind}"));
        let unfinished = self.folder.join(format!("{name}.new"));
        let written = async {
            fs::write(&unfinished, &image.bytes).await?;
            fs::rename(&unfinished, &path).await
        };
        match written.await {
            Ok(()) => Some(Slot { path: path.into(), kind, size }),
            Err(failure) => {
                tracing::debug!(%failure, "a picture could not be kept");
                None
            }
        }
    }

    async fn read(&self, slot: &Slot) -> Option<Image> {
        let bytes = fs::read(&slot.path).await.ok()?;
        Some(Image { content_type: KINDS.get(slot.kind).copied()?, bytes: Bytes::from(bytes) })
    }

    /// Waits until what is too much is gone.
    #[cfg(test)]
    pub(super) async fn settle(&self) {
        self.kept.run_pending_tasks().await;
    }
}

/// Name and kind of a kept picture, by its path.
fn named(path: &Path) -> Option<(String, usize)> {
    let name = path.file_stem()?.to_str()?;
    let kind = path.extension()?.to_str()?.parse().ok().filter(|kind| *kind < KINDS.len())?;
    let is_digest = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then(|| (name.to_owned(), kind))
}
