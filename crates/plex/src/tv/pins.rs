//! Signing in by a code that a person approves.

use crate::wire::Node;
use secrecy::SecretString;

/// A code waiting for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    pub id: i64,
    pub code: String,
    pub expires_in_s: Option<i64>,
}

/// What became of a pin.
#[derive(Debug, Clone)]
pub enum PinState {
    Waiting,
    /// Approved; the account's token.
    Linked(SecretString),
    Expired,
}

pub(super) fn read(root: &Node) -> Option<Pin> {
    let code = root.get("code").filter(|code| !code.is_empty())?.to_owned();
    Some(Pin { id: root.int("id")?, code, expires_in_s: root.int("expiresIn") })
}

pub(super) fn state(root: &Node) -> PinState {
    match root.get("authToken").filter(|token| !token.is_empty()) {
        Some(token) => PinState::Linked(token.to_owned().into()),
        None => PinState::Waiting,
    }
}
