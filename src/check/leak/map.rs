//! A text as two bit maps: which bytes are letters or digits of ASCII, and which need a closer look.

/// The text and its maps, one bit for each byte.
pub struct Map<'t> {
    pub text: &'t str,
    /// The letters and digits of 64 bytes, and their marks. Two blocks of nothing follow the text.
    blocks: Vec<(u64, u64)>,
}

impl<'t> Map<'t> {
    pub fn of(text: &'t str) -> Self {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let blocks = blocks.iter().chain([&last, &[0; BLOCK]]).map(maps).collect();
        Self { text, blocks }
    }

    /// The letters and the marks among the 64 bytes from `at` on; `None` behind the text.
    #[inline]
    pub fn window(&self, at: usize) -> Option<(u64, u64)> {
        let [low, high] = self.blocks.get(at / BLOCK..)?.first_chunk()?;
        let shift = at % BLOCK;
        let join = |low: u64, high: u64| (low >> shift) | (high << 1 << (BLOCK - 1 - shift));
        Some((join(low.0, high.0), join(low.1, high.1)))
    }

    /// How many letters and digits follow each other from `at` on; at most 64 are told.
    pub fn run(&self, at: usize) -> usize {
        self.window(at).map_or(0, |(words, _)| words.trailing_ones() as usize)
    }

    /// Up to sixteen letters and digits in lower case, in two numbers.
    #[inline]
    pub fn lower_case(&self, at: usize, length: usize) -> (u64, u64) {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let sixteen = match rest.first_chunk() {
            Some(chunk) => u128::from_le_bytes(*chunk),
            None => last_chunk(rest),
        };
        let kept = sixteen & KEEP[length % 32];
        (lower(kept as u64), lower((kept >> 64) as u64))
    }
}

/// Bytes in a number of a map.
const BLOCK: usize = 64;

/// Letters have a bit that digits have not; half of it makes them small.
fn lower(letters: u64) -> u64 {
    letters | ((letters & 0x4040_4040_4040_4040) >> 1)
}

#[cold]
fn last_chunk(rest: &[u8]) -> u128 {
    let mut chunk = [0; 16];
    chunk[..rest.len()].copy_from_slice(rest);
    u128::from_le_bytes(chunk)
}

/// The bits of letters and digits, and of bytes that may mean more than a gap.
#[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes vector instructions")]
fn maps(block: &[u8; BLOCK]) -> (u64, u64) {
    let (mut words, mut marks) = ([0; BLOCK], [0; BLOCK]);
    for ((&byte, word), mark) in block.iter().zip(&mut words).zip(&mut marks) {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'0') < 10;
        *word = u8::from(is_letter | is_digit);
        let is_bracket = byte | 2 == b'>';
        let is_sign = (byte | 1 == b'\'') | (byte == b'"');
        *mark = u8::from(is_bracket | is_sign | (byte >= 0x80));
    }
    (bits(&words), bits(&marks))
}

/// Sixty-four bytes that are 0 or 1, as bits.
fn bits(bytes: &[u8; BLOCK]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        (bits << 8) | gathered
    })
}

static KEEP: [u128; 32] = {
    let mut masks = [u128::MAX; 32];
    let mut length = 0;
    while length < 16 {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};
