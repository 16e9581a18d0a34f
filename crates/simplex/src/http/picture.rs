//! Owns small valid images made of nothing but a size and a colour seed.

use bytes::Bytes;

/// The longest side, in pixels.
const MOST: u16 = 2000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
}

impl Format {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A picture of one colour; equal arguments give equal bytes.
pub(crate) fn picture(format: Format, width: usize, height: usize, seed: &str) -> Bytes {
    let side = |size: usize| u16::try_from(size).unwrap_or(MOST).clamp(1, MOST);
    match format {
        Format::Jpeg => jpeg(side(width), side(height), colour(seed)),
        Format::Png => png(side(width), side(height), colour(seed)),
    }
    .into()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1)))
    })
}

/// A muted colour whose hue comes from the seed.
fn colour(seed: &str) -> [u8; 3] {
    let hue = crc(seed.as_bytes()) % 360;
    let (low, high) = (45u32, 183u32);
    let ramp = |position: u32| u8::try_from(low + (high - low) * position / 60).unwrap_or(u8::MAX);
    let (bottom, top) = (ramp(0), ramp(60));
    let (up, down) = (ramp(hue % 60), ramp(60 - hue % 60));
    match hue / 60 {
        0 => [top, up, bottom],
        1 => [down, top, bottom],
        2 => [bottom, top, up],
        3 => [bottom, down, top],
        4 => [up, bottom, top],
        _ => [top, bottom, down],
    }
}

/// Bits gathered into bytes, either end first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    current: u8,
    filled: u8,
}

impl Bits {
    fn push(&mut self, bit: bool, low_first: bool) {
        let place = if low_first { self.filled } else { 7 - self.filled };
        self.current |= u8::from(bit) << place;
        self.filled += 1;
        if self.filled == 8 {
            self.bytes.push(self.current);
            (self.current, self.filled) = (0, 0);
        }
    }

    /// `count` bits of a code, highest first.
    fn code(&mut self, code: u32, count: u32, low_first: bool) {
        for place in (0..count).rev() {
            self.push(code >> place & 1 == 1, low_first);
        }
    }

    fn finish(mut self, fill: bool, low_first: bool) -> Vec<u8> {
        while self.filled != 0 {
            self.push(fill, low_first);
        }
        self.bytes
    }
}

/// One bit a pixel, all of them the first colour of the palette: the data is nothing but zeros.
fn png(width: u16, height: u16, colour: [u8; 3]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [u32::from(width).to_be_bytes(), u32::from(height).to_be_bytes()].concat();
    head.extend([1, 3, 0, 0, 0]);
    let row = usize::from(width).div_ceil(8) + 1;
    for (kind, data) in [
        (b"IHDR", head),
        (b"PLTE", colour.to_vec()),
        (b"IDAT", deflated_zeros(row * usize::from(height))),
        (b"IEND", Vec::new()),
    ] {
        let body = [kind.as_slice(), &data].concat();
        out.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
        out.extend(&body);
        out.extend(crc(&body).to_be_bytes());
    }
    out
}

/// A zlib stream of `count` zero bytes: one of them, then copies of 258 at distance one, then the rest.
fn deflated_zeros(count: usize) -> Vec<u8> {
    const LITERAL_ZERO: u32 = 0b0011_0000;
    const LENGTH_258: u32 = 0b1100_0101;
    let mut bits = Bits::default();
    bits.push(true, true);
    bits.code(0b10, 2, true);
    bits.code(LITERAL_ZERO, 8, true);
    for _ in 0..(count - 1) / 258 {
        bits.code(LENGTH_258, 8, true);
        bits.code(0, 5, true);
    }
    for _ in 0..(count - 1) % 258 {
        bits.code(LITERAL_ZERO, 8, true);
    }
    bits.code(0, 7, true);
    let adler = u32::try_from(count % 65_521).unwrap_or(0) << 16 | 1;
    [vec![0x78, 0x01], bits.finish(false, true), adler.to_be_bytes().to_vec()].concat()
}

/// A baseline JPEG: one block of colour, then blocks that say "no change".
fn jpeg(width: u16, height: u16, [r, g, b]: [u8; 3]) -> Vec<u8> {
    let (r, g, b) = (f64::from(r), f64::from(g), f64::from(b));
    let planes = [
        0.299 * r + 0.587 * g + 0.114 * b - 128.0,
        -0.1687 * r - 0.3313 * g + 0.5 * b,
        0.5 * r - 0.4187 * g - 0.0813 * b,
    ];
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    let mut bits = Bits::default();
    for block in 0..blocks {
        for plane in planes {
            difference(&mut bits, if block == 0 { crate::clock::whole(plane.round()) } else { 0 });
            bits.push(false, false);
        }
    }
    let data = bits.finish(true, false);
    let [h, w] = [height.to_be_bytes(), width.to_be_bytes()];
    let frame = [&[8], h.as_slice(), &w, b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"].concat();
    // twelve codes of four bits for the differences, one code of one bit for "end of block"
    let lengths = |index: usize, count: u8| {
        let mut table = [0u8; 16];
        if let Some(slot) = table.get_mut(index) {
            *slot = count;
        }
        table
    };
    let differences = [&[0u8], lengths(3, 12).as_slice(), &(0..12).collect::<Vec<u8>>()].concat();
    let ends = [&[0x10u8], lengths(0, 1).as_slice(), &[0]].concat();
    let mut out = vec![0xff, 0xd8];
    out.extend(segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    out.extend(segment(0xdb, &[&[0u8], [8u8; 64].as_slice()].concat()));
    out.extend(segment(0xc0, &frame));
    out.extend(segment(0xc4, &differences));
    out.extend(segment(0xc4, &ends));
    out.extend(segment(0xda, b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"));
    for byte in data {
        out.push(byte);
        if byte == 0xff {
            out.push(0);
        }
    }
    out.extend([0xff, 0xd9]);
    out
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&[0xff, marker], length.as_slice(), body].concat()
}

/// The code of a difference: its size in four bits, then its bits (one's complement when negative).
fn difference(bits: &mut Bits, value: i64) {
    let magnitude = u32::try_from(value.unsigned_abs()).unwrap_or(0);
    let size = u32::BITS - magnitude.leading_zeros();
    bits.code(size, 4, false);
    let word = if value >= 0 { magnitude } else { !magnitude & ((1 << size) - 1) };
    bits.code(word, size, false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_deterministic_and_differ_by_seed() {
        for format in [Format::Jpeg, Format::Png] {
            let one = picture(format, 300, 450, "/library/metadata/1/thumb/1");
            assert_eq!(one, picture(format, 300, 450, "/library/metadata/1/thumb/1"));
            assert_ne!(one, picture(format, 300, 450, "/library/metadata/2/thumb/1"));
        }
    }

    #[test]
    fn a_png_states_its_size_and_sums() {
        let image = picture(Format::Png, 17, 9, "x");
        assert_eq!(image[16..24], [0, 0, 0, 17, 0, 0, 0, 9]);
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }
}
