//! Codes that a person approves at plex.tv, and the tickets by which a browser comes back for what was approved. Knows nothing of
//! what it is approved for.

use super::{Access, Origin, digest, token};
use crate::servers::Servers;
use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use tautulli_db::plex_pins::{self, NewPin};
use tautulli_domain::{Error, ErrorKind, Result};
use tautulli_plex::PinState;
use url::Url;

/// Where people approve a code.
const APPROVE: &str = "https://app.plex.tv/auth";
/// A code is good for so long, unless plex.tv says less.
const LIFE: Duration = Duration::minutes(15);
/// So many codes may wait for people of one address, and for all.
const MOST_WAITING: (i64, i64) = (20, 500);
const MAX_URL: usize = 2_000;

/// Somebody is on their way to plex.tv.
#[derive(Debug)]
pub struct SetOut {
    /// Where they approve.
    pub url: String,
    /// What the browser comes back with; nobody else has it.
    pub ticket: SecretString,
    pub expires_at: DateTime<Utc>,
}

/// What became of a code.
pub(crate) enum Approval {
    /// Nobody has approved yet.
    Waiting,
    /// The token of whoever has.
    By(SecretString),
}

/// Codes and their tickets.
#[derive(Debug)]
pub(crate) struct Pins {
    access: Arc<Access>,
    servers: Arc<Servers>,
}

impl Pins {
    pub(crate) fn new(access: Arc<Access>, servers: Arc<Servers>) -> Self {
        Self { access, servers }
    }

    /// Asks plex.tv for a code. The browser comes back to `back` when it is approved.
    pub(crate) async fn set_out(&self, back: &str, origin: &Origin) -> Result<SetOut> {
        let back = read_back(back)?;
        self.access.check_lockout(origin).await?;
        let now = self.access.clock.now();
        self.check_waiting(origin, now).await?;
        let pin = self.servers.plex_tv_of_strangers()?.create_pin().await?;
        let ticket = token::random(&self.access.entropy);
        let life = pin.expires_in_s.filter(|seconds| *seconds > 0).and_then(Duration::try_seconds);
        let expires_at = now + life.map_or(LIFE, |life| life.min(LIFE));
        let mut conn = self.access.database.conn().await?;
        let new = NewPin {
            digest: &digest(ticket.expose_secret()),
            pin_id: pin.id,
            address: &origin.address,
            created_at: now,
            expires_at,
        };
        plex_pins::add(&mut conn, &new).await?;
        let identity = self.servers.identity();
        let url = approval(&identity.client_identifier, &identity.product, &pin.code, &back);
        Ok(SetOut { url, ticket, expires_at })
    }

    async fn check_waiting(&self, origin: &Origin, now: DateTime<Utc>) -> Result<()> {
        let mut conn = self.access.database.conn().await?;
        let (theirs, all) = plex_pins::count(&mut conn, &origin.address, now).await?;
        if theirs < MOST_WAITING.0 && all < MOST_WAITING.1 {
            return Ok(());
        }
        let why = "Too many people are on their way to Plex; try again in a quarter of an hour";
        Err(Error::new(ErrorKind::Limited, why))
    }

    /// Whether the code of a ticket has been approved. plex.tv says so again as long as the ticket is good.
    pub(crate) async fn look(&self, ticket: &SecretString) -> Result<Approval> {
        let mut conn = self.access.database.conn().await?;
        let ticket = digest(ticket.expose_secret());
        let pin = plex_pins::find(&mut conn, &ticket, self.access.clock.now()).await?.ok_or_else(over)?;
        drop(conn);
        match self.servers.plex_tv_of_strangers()?.poll_pin(pin).await? {
            PinState::Waiting => Ok(Approval::Waiting),
            PinState::Linked(token) => Ok(Approval::By(token)),
            PinState::Expired => Err(over()),
        }
    }

    /// Ends a ticket. Whoever ends it as the second is refused.
    pub(crate) async fn end(&self, ticket: &SecretString) -> Result<()> {
        let mut conn = self.access.database.conn().await?;
        let is_first = plex_pins::take(&mut conn, &digest(ticket.expose_secret())).await?;
        if is_first { Ok(()) } else { Err(over()) }
    }
}

fn over() -> Error {
    Error::new(ErrorKind::Unauthenticated, "This way is over or was used already; go to Plex once more")
}

/// Where a browser may be sent back to.
fn read_back(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|_| text.len() <= MAX_URL);
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
        .ok_or_else(|| Error::invalid("The address to come back to must be one of this page"))
}

/// The page at which a code is approved. All of it stands behind the `#`, so that it is not sent along to anybody.
fn approval(client: &str, product: &str, code: &str, back: &Url) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("clientID", client)
        .append_pair("code", code)
        .append_pair("context[device][product]", product)
        .append_pair("forwardUrl", back.as_str())
        .finish();
    format!("{APPROVE}#?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_come_back_to() {
        for good in ["http://nas:8181/sign-in?by=plex", "https://example.test/tautulli/sign-in"] {
            assert!(read_back(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "/sign-in",
            "data:text/html,x",
            "ftp://nas/",
            &"http://a/".repeat(300),
        ] {
            assert_eq!(read_back(bad).unwrap_err().kind(), ErrorKind::Invalid, "{bad}");
        }
    }

    #[test]
    fn nothing_of_a_code_can_be_another_part_of_the_address() {
        let back = Url::parse("https://example.test/sign-in?a=1&b=2").unwrap();
        assert_eq!(
            approval("me&you", "Taut", "c#d", &back),
            "https://app.plex.tv/auth#?clientID=me%26you&code=c%23d&context%5Bdevice%5D%5Bproduct%5D=Taut&\
             forwardUrl=https%3A%2F%2Fexample.test%2Fsign-in%3Fa%3D1%26b%3D2"
        );
    }
}
