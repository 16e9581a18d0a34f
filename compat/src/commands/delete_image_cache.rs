//! `delete_image_cache`: the pictures that are kept are thrown away.

use super::{Call, delete_cache};
use crate::answer::Outcome;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    delete_cache::images(call).await
}
