//! Owns the checks of the whole simulation over real sockets.

pub(crate) mod bench;
mod disturbances;
mod pages;
mod plextv;
mod sessions;
mod websocket;
mod worlds;
