//! `download_plex_log`: a log of the media server, as a file.

use super::{Call, get_plex_log};
use crate::answer::{Answer, Outcome};
use crate::backend::File;
use crate::http::HTML;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let wanted = if get_plex_log::is_scanner(call.params) { File::ScannerLog } else { File::ServerLog };
    let nowhere = || {
        let text = "Plex log folder not set in the settings.";
        Answer::Bytes { content_type: HTML, bytes: text.as_bytes().to_vec() }
    };
    Ok(call.client.file(wanted).await?.map_or_else(nowhere, Answer::File))
}
