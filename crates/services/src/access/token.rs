//! Tokens and keys: random text, compared in constant time.

use crate::Entropy;
use secrecy::SecretString;

/// What keys made here begin with, so that a lost one can be recognised.
pub const ISSUED_KEY_PREFIX: &str = "ttl_";

/// 256 random bits.
pub(super) fn random(entropy: &Entropy) -> SecretString {
    hex::encode(entropy.bytes::<32>()).into()
}

pub(super) fn key(entropy: &Entropy) -> SecretString {
    format!("{ISSUED_KEY_PREFIX}{}", hex::encode(entropy.bytes::<24>())).into()
}

/// Takes the same time wherever two digests differ.
pub(super) fn equal(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality_is_exact() {
        let a = [1; 32];
        let mut b = a;
        assert!(equal(&a, &b));
        b[31] = 2;
        assert!(!equal(&a, &b));
    }
}
