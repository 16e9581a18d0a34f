//! `download_log`: the log, as a file.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::backend::File;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let file = call.client.file(File::Log).await?;
    file.map(Answer::File).ok_or_else(|| Failure::Fault("the file is not there".to_owned()))
}
