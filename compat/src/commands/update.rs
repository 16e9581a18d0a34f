//! `update`: refused: the service does not replace its own program.

use super::Call;
use crate::answer::{Failure, Outcome};

pub(crate) async fn run(_: Call<'_>) -> Outcome {
    Err(Failure::refused("This service is updated from outside: install a newer release and start it."))
}
