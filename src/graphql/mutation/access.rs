//! Coming in and going out, and keys for programs.

use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::error::from_domain;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{ApiKey, KeyScope, PlexSignIn, Role};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use tautulli_domain::{ApiKeyId, ErrorKind, LibraryId, UserId};
use tautulli_services::access::{Arrival, KeyWish, SetOut, SignedIn};

#[derive(Default)]
pub(super) struct AccessMutations;

/// The outcome of signing in. The cookie comes with the answer's headers.
#[derive(SimpleObject)]
struct SignInPayload {
    /// Whether it succeeded.
    signed_in: bool,
    /// Why it did not.
    problem: Option<Problem>,
}

/// The outcome of setting out for plex.tv.
#[derive(SimpleObject)]
pub(super) struct SetOutPayload {
    /// Where the person approves.
    url: Option<String>,
    /// What the browser comes back with; it keeps it to itself.
    ticket: Option<String>,
    /// When the ticket is over.
    expires_at: Option<DateTime<Utc>>,
    /// Why there is none.
    problem: Option<Problem>,
}

impl From<Result<SetOut, Problem>> for SetOutPayload {
    fn from(begun: Result<SetOut, Problem>) -> Self {
        let (begun, problem) = match begun {
            Ok(begun) => (Some(begun), None),
            Err(problem) => (None, Some(problem)),
        };
        Self {
            url: begun.as_ref().map(|begun| begun.url.clone()),
            ticket: begun.as_ref().map(|begun| begun.ticket.expose_secret().to_owned()),
            expires_at: begun.map(|begun| begun.expires_at),
            problem,
        }
    }
}

/// The outcome of coming back from plex.tv. The cookie comes with the answer's headers.
#[derive(SimpleObject)]
struct FinishPlexSignInPayload {
    /// Whether it succeeded.
    signed_in: bool,
    /// Whether nobody has approved yet: the ticket is still good.
    is_waiting: bool,
    /// Why it did not succeed.
    problem: Option<Problem>,
}

/// The outcome of changing who may come in by plex.tv.
#[derive(SimpleObject)]
struct AllowPlexSignInPayload {
    /// Who may now.
    plex_sign_in: Option<PlexSignIn>,
    /// Why nothing was changed.
    problem: Option<Problem>,
}

/// The outcome of making a key.
#[derive(SimpleObject)]
struct CreateApiKeyPayload {
    /// The key as it is listed.
    api_key: Option<ApiKey>,
    /// The key's text, shown this once.
    secret: Option<String>,
    /// Why there is none.
    problem: Option<Problem>,
}

/// The outcome of ending a key.
#[derive(SimpleObject)]
struct RevokeApiKeyPayload {
    /// The key that was ended.
    api_key: Option<ApiKey>,
    /// Why none was.
    problem: Option<Problem>,
}

#[Object]
impl AccessMutations {
    /// Makes the first administrator with the token that the log of a first start shows, and signs in.
    #[graphql(guard = "Allow::Anyone")]
    async fn set_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token from the log.", secret)] token: String,
        #[graphql(desc = "Name of the administrator.")] username: String,
        #[graphql(desc = "Password of at least 8 characters.", secret)] password: String,
    ) -> Result<SignInPayload> {
        let (access, caller) = (&ctx.services()?.access, ctx.caller()?);
        let password = password.into();
        if let Err(problem) = expected(access.set_up(&token.into(), &username, &password).await)? {
            return Ok(SignInPayload { signed_in: false, problem: Some(problem) });
        }
        let signed_in = access.sign_in(&username, &password, false, &caller.origin).await;
        finish(ctx, signed_in)
    }

    /// Signs in with name and password.
    #[graphql(guard = "Allow::Anyone")]
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name of the account.")] username: String,
        #[graphql(desc = "Password of the account.", secret)] password: String,
        #[graphql(desc = "Stay signed in for 30 days instead of an hour.", default)] remember: bool,
    ) -> Result<SignInPayload> {
        let caller = ctx.caller()?;
        let signed_in =
            ctx.services()?.access.sign_in(&username, &password.into(), remember, &caller.origin).await;
        finish(ctx, signed_in)
    }

    /// Sets out to sign in with Plex: the browser goes to `url`, where a person approves, and comes back with the ticket.
    #[graphql(guard = "Allow::Anyone")]
    async fn begin_plex_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page to come back to: `http` or `https`.")] return_to: String,
    ) -> Result<SetOutPayload> {
        let caller = ctx.caller()?;
        let begun = ctx.services()?.plex_door.set_out(&return_to, &caller.origin).await;
        Ok(expected(begun)?.into())
    }

    /// Signs in whoever has approved at plex.tv: the owner of a watched server as an administrator, others as guests where they may.
    /// A ticket is good once.
    #[graphql(guard = "Allow::Anyone")]
    async fn finish_plex_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser set out with.", secret)] ticket: String,
        #[graphql(desc = "Stay signed in for 30 days instead of an hour.", default)] remember: bool,
    ) -> Result<FinishPlexSignInPayload> {
        let caller = ctx.caller()?;
        let arrival = ctx.services()?.plex_door.arrive(&ticket.into(), remember, &caller.origin).await;
        let signed_in = match arrival {
            Ok(Arrival::Waiting) => {
                return Ok(FinishPlexSignInPayload { signed_in: false, is_waiting: true, problem: None });
            }
            Ok(Arrival::In(signed_in)) => Ok(signed_in),
            Err(error) => Err(error),
        };
        let SignInPayload { signed_in, problem } = finish(ctx, signed_in)?;
        Ok(FinishPlexSignInPayload { signed_in, is_waiting: false, problem })
    }

    /// Changes who may come in by plex.tv; what is absent stays. Whoever is in and may not be any more is out with the next request.
    #[graphql(guard = "Allow::Change")]
    async fn allow_plex_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Owners of watched servers, as administrators.")] owners: Option<bool>,
        #[graphql(desc = "Users who are allowed to be guests, as guests.")] guests: Option<bool>,
    ) -> Result<AllowPlexSignInPayload> {
        Ok(match outcome(ctx.services()?.plex_door.open(owners, guests).await)? {
            Ok(welcome) => AllowPlexSignInPayload { plex_sign_in: Some(welcome.into()), problem: None },
            Err(problem) => AllowPlexSignInPayload { plex_sign_in: None, problem: Some(problem) },
        })
    }

    /// Signs out this browser.
    #[graphql(guard = "Allow::Anyone")]
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<bool> {
        let caller = ctx.caller()?;
        if let Some(cookie) = &caller.cookie {
            ctx.services()?.access.sign_out(cookie).await.map_err(|e| from_domain(&e))?;
        }
        ctx.append_http_header("set-cookie", caller.clearing_cookie());
        Ok(true)
    }

    /// Makes a key for a program.
    #[graphql(guard = "Allow::Change")]
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is for.")] name: String,
        #[graphql(desc = "What it may do.")] role: Role,
        #[graphql(desc = "Whose plays a guest's key sees.")] user_id: Option<ID>,
        #[graphql(desc = "What it may be used for.", default)] scope: KeyScope,
        #[graphql(
            desc = "The only libraries that it is to know of; it changes nothing then. All if it is absent."
        )]
        library_ids: Option<Vec<ID>>,
    ) -> Result<CreateApiKeyPayload> {
        let user = user_id.map(|id| node::number(&id, NodeKind::User)).transpose()?.map(UserId);
        let library = |id: ID| node::number(&id, NodeKind::Library).map(LibraryId);
        let libraries =
            library_ids.map(|ids| ids.into_iter().map(library).collect::<Result<_>>()).transpose()?;
        let wish = KeyWish { name, role: role.into(), user, scope: scope.into(), libraries };
        let made = outcome(ctx.services()?.access.create_key(&wish).await)?;
        Ok(match made {
            Ok((key, secret)) => CreateApiKeyPayload {
                api_key: Some(key.into()),
                secret: Some(secret.expose_secret().to_owned()),
                problem: None,
            },
            Err(problem) => CreateApiKeyPayload { api_key: None, secret: None, problem: Some(problem) },
        })
    }

    /// Ends a key at once.
    #[graphql(guard = "Allow::Change")]
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key's id.")] id: ID,
    ) -> Result<RevokeApiKeyPayload> {
        let id = ApiKeyId(node::number(&id, NodeKind::ApiKey)?);
        Ok(match outcome(ctx.services()?.access.revoke_key(id).await)? {
            Ok(key) => RevokeApiKeyPayload { api_key: Some(key.into()), problem: None },
            Err(problem) => RevokeApiKeyPayload { api_key: None, problem: Some(problem) },
        })
    }
}

fn finish(ctx: &Context<'_>, signed_in: tautulli_domain::Result<SignedIn>) -> Result<SignInPayload> {
    Ok(match expected(signed_in)? {
        Ok(signed_in) => {
            let caller = ctx.caller()?;
            ctx.append_http_header(
                "set-cookie",
                caller.session_cookie(&signed_in.token, signed_in.expires_at),
            );
            SignInPayload { signed_in: true, problem: None }
        }
        Err(problem) => SignInPayload { signed_in: false, problem: Some(problem) },
    })
}

/// A wrong password, token or ticket is what this is about, so it is part of the answer.
pub(super) fn expected<T>(result: tautulli_domain::Result<T>) -> Result<Result<T, Problem>> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::Unauthenticated | ErrorKind::Forbidden) => {
            Ok(Err(Problem { code: error.kind().code().to_owned(), message: error.outer().to_owned() }))
        }
        other => outcome(other),
    }
}
