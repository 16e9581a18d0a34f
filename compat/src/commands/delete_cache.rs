//! `delete_cache`: everything that is kept of media servers is thrown away.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde_json::json;

pub(crate) const IMAGES_DOCUMENT: &str = include_str!("../../documents/clear_image_cache.graphql");
pub(crate) const TABLES_DOCUMENT: &str = include_str!("../../documents/clear_library_tables.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    if call.params.switch("images", false) {
        return images(call).await;
    }
    clear_images(call).await?;
    call.change(TABLES_DOCUMENT, json!({})).await?;
    Ok(Answer::said("Cleared the cache."))
}

/// The pictures only.
pub(crate) async fn images(call: Call<'_>) -> Outcome {
    clear_images(call).await?;
    Ok(Answer::said("Cleared the images cache."))
}

async fn clear_images(call: Call<'_>) -> Result<(), Failure> {
    call.change(IMAGES_DOCUMENT, json!({})).await
}
