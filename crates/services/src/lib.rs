//! Use cases: activity, history, libraries, users, servers, settings, access.
