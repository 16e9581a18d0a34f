//! The legacy /api/v2, as a client of the GraphQL schema; it knows nothing else of the workspace.
