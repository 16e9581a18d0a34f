//! What users, libraries and addresses have played altogether, and the log of sign-ins.

use super::{Library, Play, Role, User};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::scalar::{Duration, Long, said};
use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use tautulli_domain::sign_in;
use tautulli_domain::viewer;
use tautulli_domain::{LibraryId, UserId};
use tautulli_services::{AddressPlayed, EverPlayed};

/// What a user has played altogether.
pub(crate) struct UserTotals(pub(crate) EverPlayed);

/// What a user has played altogether.
#[Object(serial)]
impl UserTotals {
    /// The user.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(ctx.loaders()?.user(UserId(self.0.id)).await.gql()?.map(User))
    }

    /// Number of plays; with grouping a play and its resumptions count once.
    async fn plays(&self) -> Long {
        Long(self.0.total.plays)
    }

    /// Time played.
    async fn played(&self) -> Duration {
        Duration(self.0.total.played_ms)
    }

    /// When the newest play began; absent for who never played.
    async fn last_seen_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_at
    }

    /// The play that was written last.
    async fn last_play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        last_play(ctx, &self.0).await
    }
}

/// What was played from a library altogether.
pub(crate) struct LibraryTotals(pub(crate) EverPlayed);

/// What was played from a library altogether.
#[Object(serial)]
impl LibraryTotals {
    /// The library.
    async fn library(&self, ctx: &Context<'_>) -> Result<Option<Library>> {
        Ok(ctx.loaders()?.library(LibraryId(self.0.id)).await.gql()?.map(Library))
    }

    /// Number of plays; with grouping a play and its resumptions count once.
    async fn plays(&self) -> Long {
        Long(self.0.total.plays)
    }

    /// Time played.
    async fn played(&self) -> Duration {
        Duration(self.0.total.played_ms)
    }

    /// When the newest play began; absent where nothing was played.
    async fn last_played_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_at
    }

    /// The play that was written last.
    async fn last_play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        last_play(ctx, &self.0).await
    }
}

async fn last_play(ctx: &Context<'_>, played: &EverPlayed) -> Result<Option<Play>> {
    let Some(id) = played.last_play else { return Ok(None) };
    Ok(ctx.loaders()?.play(id).await.gql()?.map(Play))
}

/// What a user has played from an address.
pub(crate) struct AddressTotals(pub(crate) AddressPlayed);

/// What a user has played from an address.
#[Object(serial)]
impl AddressTotals {
    /// The address; empty where the server did not say.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// An import found nothing there, not even an empty text. Told apart as it was recorded alone.
    async fn is_nothing(&self) -> bool {
        self.0.is_nothing
    }

    /// Number of plays, resumptions each for itself.
    async fn plays(&self) -> Long {
        Long(self.0.plays)
    }

    /// When the first play began.
    async fn first_seen_at(&self) -> DateTime<Utc> {
        self.0.first_at
    }

    /// When the newest play began.
    async fn last_seen_at(&self) -> DateTime<Utc> {
        self.0.last_at
    }

    /// The newest play.
    async fn last_play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        Ok(ctx.loaders()?.play(self.0.last_play).await.gql()?.map(Play))
    }
}

/// The log of sign-ins.
pub(crate) struct SignIns {
    pub(crate) entries: Vec<sign_in::SignIn>,
    pub(crate) total: i64,
}

/// The log of sign-ins.
#[Object(serial)]
impl SignIns {
    /// The newest ones, at most 10000, the newest first.
    async fn entries(&self) -> Vec<SignIn> {
        self.entries.iter().cloned().map(SignIn).collect()
    }

    /// How many there are altogether, of whomever.
    async fn total_count(&self) -> Long {
        Long(self.total)
    }
}

/// Someone came in, or tried to.
pub(crate) struct SignIn(sign_in::SignIn);

/// Someone came in, or tried to.
#[Object(serial)]
impl SignIn {
    /// The entry's number, which the legacy API calls row_id.
    async fn row_id(&self) -> Long {
        Long(self.0.row_id)
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Number of the plex.tv account; absent for accounts of this service alone.
    async fn account_id(&self) -> Option<Long> {
        self.0.account_id.map(Long)
    }

    /// The name that was given.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What whoever has that name may do; absent where nobody has it.
    async fn role(&self) -> Option<Role> {
        viewer::Role::parse(&self.0.role).map(Into::into)
    }

    /// Where the browser was.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// The address that was called; absent where it was not noted.
    async fn host(&self) -> Option<String> {
        said(&self.0.host)
    }

    /// What the browser said of itself.
    async fn agent(&self) -> Option<&str> {
        self.0.agent.as_deref()
    }

    /// Whether it succeeded.
    async fn success(&self) -> bool {
        self.0.success
    }

    /// Until when what was opened is open; absent if it is no more.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }
}
