//! Listeners who ask for the same and may see the same are one audience: what happens is worked out once and told to all.
//! Each of them gets a snapshot of its own first, and another one when it was too slow for the changes.

use super::{asked_by, http};
use crate::graphql::{Caller, Part};
use async_graphql::{Executor, Request, Response, Value};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, stream};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tautulli_domain::viewer::Sight;
use tokio::sync::{broadcast, watch};
use tokio_util::task::AbortOnDropHandle;

/// Changes kept for a slow listener before it gets a snapshot instead.
const BACKLOG: usize = 256;

/// What a subscription says; JSON, ready to be sent.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Next(Arc<str>),
    /// It cannot begin, or cannot go on: the errors. Nothing follows.
    Refused(Arc<serde_json::Value>),
}

impl Said {
    /// A subscription that cannot begin has not run at all, whatever field says so.
    fn from(answer: Response) -> Self {
        let has_no_data = answer.is_err() && answer.data == Value::Null;
        let (value, ran) = http::to_json(answer);
        if ran && !has_no_data {
            return Self::Next(value.to_string().into());
        }
        Self::Refused(Arc::new(value.get("errors").cloned().unwrap_or_default()))
    }
}

/// What is asked, and what whoever asks may see.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Interest {
    query: String,
    operation: Option<String>,
    variables: String,
    extensions: String,
    sight: Option<Sight>,
}

/// One run of a subscription and those who listen to it. It ends with its last listener.
struct Audience {
    told: broadcast::WeakSender<Said>,
    listening: watch::Receiver<bool>,
    _run: AbortOnDropHandle<()>,
}

/// The audiences of the service.
#[derive(Default)]
pub(super) struct Audiences(Mutex<HashMap<Interest, Weak<Audience>>>);

/// A question that can be asked more than once.
struct Question {
    request: Request,
    caller: Caller,
}

impl Question {
    fn part(&self, part: Part) -> Request {
        let Request { query, operation_name, variables, extensions, .. } = &self.request;
        let mut again = Request::new(query).variables(variables.clone()).data(part);
        again.operation_name.clone_from(operation_name);
        again.extensions.0.clone_from(&extensions.0);
        asked_by(again, self.caller.clone())
    }

    fn interest(&self) -> Interest {
        Interest {
            query: self.request.query.clone(),
            operation: self.request.operation_name.clone(),
            variables: serde_json::to_string(&self.request.variables).unwrap_or_default(),
            extensions: serde_json::to_string(&self.request.extensions).unwrap_or_default(),
            sight: self.caller.viewer.as_ref().map(|viewer| viewer.sight()),
        }
    }
}

impl Audiences {
    /// What a subscription says to this caller, until it is over.
    pub(super) fn listen<E: Executor>(
        &self,
        executor: E,
        request: Request,
        caller: Caller,
    ) -> impl Stream<Item = Said> + Send + use<E> {
        let question = Question { request, caller };
        let (audience, told) = self.join(&executor, &question);
        let listener = Listener { executor, question, audience, told, snapshot: None, state: State::Fresh };
        stream::unfold(listener, |mut listener| async move { Some((listener.next().await?, listener)) })
    }

    fn join<E: Executor>(
        &self,
        executor: &E,
        question: &Question,
    ) -> (Arc<Audience>, broadcast::Receiver<Said>) {
        let interest = question.interest();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, audience| audience.strong_count() > 0);
        let running = all.get(&interest).and_then(Weak::upgrade);
        if let Some((audience, told)) = running.and_then(|a| a.told.upgrade().map(|told| (a, told))) {
            return (audience, told.subscribe());
        }
        let (telling, told) = broadcast::channel(BACKLOG);
        let (says, listening) = watch::channel(false);
        let weak = telling.downgrade();
        let answers = executor.execute_stream(question.part(Part::Changes(says)), None);
        let run = AbortOnDropHandle::new(tokio::spawn(tell(answers, telling)));
        let audience = Arc::new(Audience { told: weak, listening, _run: run });
        all.insert(interest, Arc::downgrade(&audience));
        (audience, told)
    }
}

async fn tell(mut answers: BoxStream<'static, Response>, told: broadcast::Sender<Said>) {
    while let Some(answer) = answers.next().await {
        // Nobody listening at the moment is no failure: somebody may join.
        let _ = told.send(Said::from(answer));
    }
}

#[derive(PartialEq)]
enum State {
    /// Nothing was said yet: the snapshot comes first.
    Fresh,
    Listening,
    Over,
}

/// One of an audience.
struct Listener<E> {
    executor: E,
    question: Question,
    audience: Arc<Audience>,
    told: broadcast::Receiver<Said>,
    snapshot: Option<BoxStream<'static, Response>>,
    state: State,
}

impl<E: Executor> Listener<E> {
    async fn next(&mut self) -> Option<Said> {
        if self.state == State::Fresh {
            // The run must listen before the snapshot is taken; one that fails at once says nothing more.
            let _ = self.audience.listening.clone().wait_for(|listening| *listening).await;
            self.look();
            self.state = State::Listening;
        }
        while self.state != State::Over {
            if let Some(snapshot) = &mut self.snapshot {
                match snapshot.next().await {
                    Some(answer) => return Some(self.heard(Said::from(answer))),
                    None => self.snapshot = None,
                }
                continue;
            }
            match self.told.recv().await {
                Ok(said) => return Some(self.heard(said)),
                Err(broadcast::error::RecvError::Lagged(_)) => self.look(),
                Err(broadcast::error::RecvError::Closed) => self.state = State::Over,
            }
        }
        None
    }

    fn look(&mut self) {
        self.snapshot = Some(self.executor.execute_stream(self.question.part(Part::Snapshot), None));
    }

    fn heard(&mut self, said: Said) -> Said {
        if matches!(said, Said::Refused(_)) {
            self.state = State::Over;
        }
        said
    }
}
