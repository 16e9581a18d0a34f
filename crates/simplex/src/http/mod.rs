//! Owns how the servers talk HTTP: connections that can be cut, asking and answering, faults.
//!
//! Must not know what is served.

mod answer;
mod ask;
mod fault;
mod line;
mod site;

pub(crate) use answer::{html, json, missing, nothing};
pub(crate) use ask::{Ask, Caller, token_of, wants_json};
pub(crate) use fault::{FaultBox, FaultSpec};
pub(crate) use line::{Line, Peer};
pub(crate) use site::Site;
