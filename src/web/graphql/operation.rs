//! One operation on a websocket: what runs, what ends it, and its words as messages.

use super::audience::Said;
use super::{Transport, failure, http, message, run};
use async_graphql::Executor;
use futures_util::future::AbortHandle;
use futures_util::{Stream, StreamExt, stream};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

/// An operation that runs. The serial tells operations apart that had the same id one after the other.
pub(super) struct Operation {
    pub serial: u64,
    pub _run: Run,
}

/// What ends an operation when it is dropped.
pub(super) enum Run {
    Question(#[expect(dead_code, reason = "dropping it ends the task")] AbortOnDropHandle<()>),
    Subscription(AbortHandle),
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Self::Subscription(stream) = self {
            stream.abort();
        }
    }
}

/// A word of an operation.
pub(super) struct Outgoing {
    pub id: Arc<str>,
    pub serial: u64,
    pub text: String,
    /// The operation's last word.
    pub last: bool,
}

/// What a subscription says, as messages; the last one says that it is over.
pub(super) fn words(
    told: impl Stream<Item = Said> + Send + 'static,
    id: Arc<str>,
    serial: u64,
) -> impl Stream<Item = Outgoing> + Send + 'static {
    let end = stream::once(std::future::ready(None));
    let mut is_over = false;
    told.map(Some).chain(end).filter_map(move |said| {
        let (text, last) = match said {
            Some(Said::Next(payload)) => (message::next(&id, &payload), false),
            Some(Said::Refused(errors)) => (message::error(&id, &errors), true),
            None => (message::complete(&id), true),
        };
        let word = (!is_over).then(|| Outgoing { id: id.clone(), serial, text, last });
        is_over |= last;
        std::future::ready(word)
    })
}

/// How a question is answered.
pub(super) struct Voice {
    pub id: Arc<str>,
    pub serial: u64,
    pub outbox: mpsc::Sender<Outgoing>,
}

impl Voice {
    /// False when nobody listens any more.
    async fn say(&self, text: String, last: bool) -> bool {
        let word = Outgoing { id: self.id.clone(), serial: self.serial, text, last };
        self.outbox.send(word).await.is_ok()
    }
}

/// Answers a query or a mutation.
pub(super) async fn answer<E: Executor>(
    transport: Transport<E>,
    question: async_graphql::Request,
    voice: Voice,
) {
    let answer = run(transport.executor, question).await.unwrap_or_else(|error| failure(&error));
    let (value, ran) = http::to_json(answer);
    if !ran {
        let errors = value.get("errors").cloned().unwrap_or_default();
        voice.say(message::error(&voice.id, &errors), true).await;
    } else if voice.say(message::next(&voice.id, &value.to_string()), false).await {
        voice.say(message::complete(&voice.id), true).await;
    }
}
