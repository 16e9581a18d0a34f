//! The servers of whoever approves at plex.tv, found before any of them is watched (ACT-01). Their tokens stay here: plex.tv tells
//! them again as long as the ticket is good.

use crate::access::pins::{Approval, Pins};
use crate::access::{Access, Origin, SetOut};
use crate::lookups::known;
use crate::servers::Servers;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use tautulli_domain::server::KnownServer;
use tautulli_domain::{Error, Result};
use tautulli_plex::Resource;

/// What a search has come to.
#[derive(Debug)]
pub enum Search {
    /// Nobody has approved yet.
    Waiting,
    /// The servers that the account owns.
    Found(Vec<KnownServer>),
}

/// Finds servers by plex.tv.
#[derive(Debug)]
pub struct Discovery {
    pins: Pins,
    servers: Arc<Servers>,
}

impl Discovery {
    pub fn new(access: Arc<Access>, servers: Arc<Servers>) -> Self {
        Self { pins: Pins::new(access, servers.clone()), servers }
    }

    /// Asks plex.tv for a code. The browser comes back to `back` when it is approved.
    pub async fn set_out(&self, back: &str, origin: &Origin) -> Result<SetOut> {
        self.pins.set_out(back, origin).await
    }

    /// What the ticket leads to by now. Its token must be an owner's, or a server would not tell who watches.
    pub async fn look(&self, ticket: &SecretString) -> Result<Search> {
        Ok(match self.owned(ticket).await? {
            Some(owned) => Search::Found(owned.into_iter().map(known).collect()),
            None => Search::Waiting,
        })
    }

    /// The token for a server that was found.
    pub async fn token(&self, ticket: &SecretString, machine_id: &str) -> Result<SecretString> {
        let owned = self.owned(ticket).await?.unwrap_or_default();
        let wanted = owned.into_iter().find(|server| server.client_identifier == machine_id);
        let token =
            wanted.map(|server| server.access_token).filter(|token| !token.expose_secret().is_empty());
        token.ok_or_else(|| Error::invalid("Plex did not find this server; search once more"))
    }

    /// Ends a search that has led to a server.
    pub async fn end(&self, ticket: &SecretString) -> Result<()> {
        self.pins.end(ticket).await
    }

    async fn owned(&self, ticket: &SecretString) -> Result<Option<Vec<Resource>>> {
        let Approval::By(token) = self.pins.look(ticket).await? else { return Ok(None) };
        let mut found = self.servers.plex_tv_as(&token)?.resources().await?;
        found.retain(|server| server.owned);
        Ok(Some(found))
    }
}
