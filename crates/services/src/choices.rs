//! What the owner decides about users and libraries: names, pictures, whether history is kept, whether they are shown at all.
//! Callers let administrators in only.

use crate::revisions::Revisions;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_db::{libraries, users};
use tautulli_domain::server::{Library, LibraryChoices, User, UserChoices};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, Result, SharedClock, UserId};

/// Longer names and addresses are nobody's.
const LONGEST: usize = 1_000;

/// The owner's decisions.
#[derive(Debug, Clone)]
pub struct Choices {
    database: Database,
    clock: SharedClock,
    revisions: Arc<Revisions>,
}

impl Choices {
    pub fn new(database: Database, clock: SharedClock, revisions: Arc<Revisions>) -> Self {
        Self { database, clock, revisions }
    }

    /// Stores choices about a user. A name that is the account's own is no choice.
    pub async fn about_user(&self, id: UserId, mut choices: UserChoices) -> Result<User> {
        check([&choices.custom_name, &choices.custom_thumb])?;
        let mut conn = self.database.conn().await?;
        if let Some(name) = &mut choices.custom_name
            && users::by_ids(&mut conn, &[id]).await?.iter().any(|user| user.username == *name)
        {
            name.clear();
        }
        users::choose(&mut conn, id, &choices, self.clock.now()).await?.ok_or_else(no_user)
    }

    /// Stores choices about a library.
    pub async fn about_library(&self, id: LibraryId, choices: LibraryChoices) -> Result<Library> {
        check([&choices.custom_thumb, &choices.custom_art])?;
        let mut conn = self.database.conn().await?;
        libraries::choose(&mut conn, id, &choices, self.clock.now()).await?.ok_or_else(no_library)
    }

    /// Hides a user, whose plays are deleted and kept no more. The deletion can be undone like any other.
    pub async fn delete_user(&self, viewer: &Viewer, id: UserId) -> Result<User> {
        self.revisions.delete_of_user(viewer, id).await?;
        self.set_user_deleted(id, true).await
    }

    /// Shows a user again and keeps their plays from now on.
    pub async fn undelete_user(&self, id: UserId) -> Result<User> {
        self.set_user_deleted(id, false).await
    }

    /// Hides a library, whose plays are deleted and kept no more. The deletion can be undone like any other.
    pub async fn delete_library(&self, viewer: &Viewer, id: LibraryId) -> Result<Library> {
        self.revisions.delete_of_library(viewer, id).await?;
        self.set_library_deleted(id, true).await
    }

    /// Shows a library again and keeps its plays from now on.
    pub async fn undelete_library(&self, id: LibraryId) -> Result<Library> {
        self.set_library_deleted(id, false).await
    }

    async fn set_user_deleted(&self, id: UserId, deleted: bool) -> Result<User> {
        let mut conn = self.database.conn().await?;
        users::set_deleted(&mut conn, id, deleted, self.clock.now()).await?.ok_or_else(no_user)
    }

    async fn set_library_deleted(&self, id: LibraryId, deleted: bool) -> Result<Library> {
        let mut conn = self.database.conn().await?;
        libraries::set_deleted(&mut conn, id, deleted, self.clock.now()).await?.ok_or_else(no_library)
    }
}

fn no_user() -> Error {
    Error::not_found("That user")
}

fn no_library() -> Error {
    Error::not_found("That library")
}

fn check<'a>(texts: impl IntoIterator<Item = &'a Option<String>>) -> Result<()> {
    if texts.into_iter().flatten().any(|text| text.len() > LONGEST) {
        return Err(Error::invalid(format!("A name or an address has at most {LONGEST} bytes")));
    }
    Ok(())
}
