//! What can be chosen about users and libraries.

use async_graphql::InputObject;
use tautulli_domain::server;

/// Choices about a user; what is absent stays.
#[derive(InputObject, Debug, Clone)]
#[graphql(name = "UserChoices")]
pub(crate) struct UserChoices {
    /// The name to show; empty for the account's own.
    friendly_name: Option<String>,
    /// Address of the picture to show; empty for the account's own.
    picture: Option<String>,
    /// A choice that programs read and write; nothing here asks for it.
    do_notify: Option<bool>,
    /// Whether plays are kept in the history.
    keep_history: Option<bool>,
    /// Whether the user may sign in here as a guest.
    allow_guest: Option<bool>,
}

/// Choices about a library; what is absent stays.
#[derive(InputObject, Debug, Clone)]
#[graphql(name = "LibraryChoices")]
pub(crate) struct LibraryChoices {
    /// Address of the picture to show; empty for the library's own.
    picture: Option<String>,
    /// Address of the background to show; empty for the library's own.
    background: Option<String>,
    /// A choice that programs read and write; nothing here asks for it.
    do_notify: Option<bool>,
    /// The same for what is added to the library.
    do_notify_created: Option<bool>,
    /// Whether plays are kept in the history.
    keep_history: Option<bool>,
}

impl From<UserChoices> for server::UserChoices {
    fn from(input: UserChoices) -> Self {
        let UserChoices { friendly_name, picture, do_notify, keep_history, allow_guest } = input;
        Self { custom_name: friendly_name, custom_thumb: picture, do_notify, keep_history, allow_guest }
    }
}

impl From<LibraryChoices> for server::LibraryChoices {
    fn from(input: LibraryChoices) -> Self {
        let LibraryChoices { picture, background, do_notify, do_notify_created, keep_history } = input;
        Self { custom_thumb: picture, custom_art: background, do_notify, do_notify_created, keep_history }
    }
}
