//! What commands that change something share: finding users and libraries, and mutations that tell why they failed.

use super::Call;
use crate::answer::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const FIND_USERS: &str = include_str!("../../documents/find_users.graphql");
pub(crate) const FIND_LIBRARIES: &str = include_str!("../../documents/find_libraries.graphql");

#[derive(Deserialize)]
struct Users {
    users: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Person {
    id: String,
    is_stranger: bool,
}

#[derive(Deserialize)]
struct Libraries {
    libraries: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Node {
    id: String,
}

#[derive(Deserialize)]
struct Done {
    done: Payload,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    problem: Option<Problem>,
}

/// Why a mutation has changed nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::refused(problem.message)
    }
}

fn ids(nodes: Vec<Node>) -> Vec<String> {
    nodes.into_iter().map(|node| node.id).collect()
}

impl Call<'_> {
    /// Users of the default server for whom `by` holds: `accounts`, `rows` or `names`.
    pub(crate) async fn users(&self, by: &str, values: impl Into<Value>) -> Result<Vec<String>, Failure> {
        let variables = json!({"server": self.server().await?, by: values.into()});
        let Users { users } = self.ask(FIND_USERS, variables).await?;
        // Who is known from plays alone was never listed, and is not found.
        Ok(users.into_iter().filter(|user| !user.is_stranger).map(|user| user.id).collect())
    }

    /// Libraries of the default server for which `by` holds: `sections`, `rows` or `names`.
    pub(crate) async fn libraries(&self, by: &str, values: impl Into<Value>) -> Result<Vec<String>, Failure> {
        let variables = json!({"server": self.server().await?, by: values.into()});
        let Libraries { libraries } = self.ask(FIND_LIBRARIES, variables).await?;
        Ok(ids(libraries))
    }

    /// Executes a mutation whose field is called `done`; gives the problem, if there is one.
    pub(crate) async fn attempt(
        &self,
        document: &'static str,
        variables: Value,
    ) -> Result<Option<Problem>, Failure> {
        let Done { done } = self.ask(document, variables).await?;
        Ok(done.problem)
    }

    /// Executes a mutation once for each id; the first problem ends it.
    pub(crate) async fn change_each(&self, document: &'static str, ids: &[String]) -> Result<(), Failure> {
        for id in ids {
            if let Some(problem) = self.attempt(document, json!({"id": id})).await? {
                return Err(problem.into());
            }
        }
        Ok(())
    }
}
