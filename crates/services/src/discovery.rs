//! The servers of whoever approves at plex.tv, found before any of them is watched (ACT-01). Their tokens stay here: plex.tv tells
//! them again as long as the ticket is good.

use crate::access::pins::{Approval, Pins};
use crate::access::{Access, Origin, SetOut};
use crate::lookups::known;
use crate::servers::{NewServer, ServerChange, Servers};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use tautulli_domain::server::{KnownServer, Server, ServerIdentity};
use tautulli_domain::{Error, Result, ServerId};
use tautulli_plex::Resource;

/// What a search has come to.
#[derive(Debug)]
pub enum Search {
    /// Nobody has approved yet.
    Waiting,
    /// The servers that the account owns.
    Found(Vec<KnownServer>),
}

/// A server that a search has found.
#[derive(Debug, Clone)]
pub struct FoundServer {
    pub ticket: SecretString,
    pub machine_id: String,
}

/// How a server is to be reached: by a token, or by that of a search.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Empty: the server's own name.
    pub name: String,
    pub url: String,
    pub token: Option<SecretString>,
    pub found: Option<FoundServer>,
    pub verify_tls: bool,
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

    /// Watches a server, after it has answered; a search that has led to it is over.
    pub async fn add(&self, wanted: Wanted) -> Result<Server> {
        let search = wanted.found.as_ref().map(|found| found.ticket.clone());
        let added = self.servers.add(self.way(wanted).await?).await?;
        self.end(search.as_ref()).await;
        Ok(added)
    }

    /// Changes how a server is reached. With the ticket of a search that has found it, the search's token is the new one; the search
    /// is over then.
    pub async fn update(
        &self,
        id: ServerId,
        mut change: ServerChange,
        ticket: Option<SecretString>,
    ) -> Result<Server> {
        if let Some(ticket) = &ticket {
            if change.token.is_some() {
                return Err(Error::invalid("Give a token, or the ticket of a search, not both"));
            }
            let machine_id = self.servers.get(id).await?.machine_id;
            change.token = Some(self.token(ticket, &machine_id).await?);
        }
        let updated = self.servers.update(id, change).await?;
        self.end(ticket.as_ref()).await;
        Ok(updated)
    }

    /// Ends a search. Somebody else may have done so, which takes nothing away from the server.
    async fn end(&self, search: Option<&SecretString>) {
        let Some(search) = search else { return };
        if let Err(failure) = self.pins.end(search).await {
            tracing::debug!(%failure, "a search was over already");
        }
    }

    /// Tries to reach a server: what it says of itself.
    pub async fn test(&self, wanted: Wanted) -> Result<ServerIdentity> {
        self.servers.test(&self.way(wanted).await?).await
    }

    async fn way(&self, wanted: Wanted) -> Result<NewServer> {
        let Wanted { name, url, token, found, verify_tls } = wanted;
        let token = match (token, found) {
            (Some(token), None) => token,
            (None, Some(FoundServer { ticket, machine_id })) => self.token(&ticket, &machine_id).await?,
            _ => return Err(Error::invalid("Give a token, or the server that a search has found")),
        };
        Ok(NewServer { name, url, token, verify_tls })
    }

    /// The token for a server that was found.
    async fn token(&self, ticket: &SecretString, machine_id: &str) -> Result<SecretString> {
        let owned = self.owned(ticket).await?.unwrap_or_default();
        let wanted = owned.into_iter().find(|server| server.client_identifier == machine_id);
        let token =
            wanted.map(|server| server.access_token).filter(|token| !token.expose_secret().is_empty());
        token.ok_or_else(|| Error::invalid("Plex did not find this server; search once more"))
    }

    async fn owned(&self, ticket: &SecretString) -> Result<Option<Vec<Resource>>> {
        let Approval::By(token) = self.pins.look(ticket).await? else { return Ok(None) };
        let mut found = self.servers.plex_tv_as(&token)?.resources().await?;
        found.retain(|server| server.owned);
        Ok(Some(found))
    }
}
