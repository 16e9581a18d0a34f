//! Owns websocket frames written by hand, for messages no library would send.

/// One unmasked frame.
pub(super) fn frame(payload: &[u8], opcode: u8, last: bool) -> Vec<u8> {
    let mut out = vec![if last { 0x80 } else { 0 } | opcode];
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(size @ 0..126), _) => out.push(size),
        (_, Ok(size)) => {
            out.push(126);
            out.extend(size.to_be_bytes());
        }
        _ => {
            out.push(127);
            out.extend((payload.len() as u64).to_be_bytes());
        }
    }
    out.extend(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_state_their_length_in_three_ways() {
        assert_eq!(frame(b"hi", 9, true), b"\x89\x02hi");
        assert_eq!(frame(&[0; 300], 1, false)[..4], [0x01, 126, 1, 44]);
        assert_eq!(frame(&[0; 70_000], 2, true)[..10], [0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]);
    }
}
