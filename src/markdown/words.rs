//! Counting words while a text is written.

/// A count of words that goes on over the seams of inline markup.
///
/// A word is what stands between white space, as word processors count; in
/// scripts written without spaces, each ideograph and each kana is one.
#[derive(Default)]
pub(super) struct Counter {
    words: usize,
    /// Whether what comes next goes on with a word.
    inside: bool,
}

/// The first byte of every ideograph and kana in UTF-8 is this or higher.
const IDEOGRAPHS: u8 = 0xE3;

impl Counter {
    /// Counts the words of a stretch of text that follows directly on the
    /// stretch before.
    pub(super) fn add(&mut self, text: &str) {
        let highest = text.bytes().fold(0, u8::max);
        let [first, .., last] = text.as_bytes() else {
            return text.chars().for_each(|c| self.character(c));
        };
        if highest >= IDEOGRAPHS {
            return text.chars().for_each(|c| self.character(c));
        }
        self.words += usize::from(!is_space(*first) && !self.inside);
        self.words += starts(text.as_bytes());
        self.inside = !is_space(*last);
    }

    /// Ends the word that is under way, as a line end or a block does.
    pub(super) fn gap(&mut self) {
        self.inside = false;
    }

    /// The words so far.
    pub(super) fn total(&self) -> usize {
        self.words
    }

    fn character(&mut self, c: char) {
        let ideograph = matches!(c,
            '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}');
        // Beside ideographs, a mark such as `。` is no word.
        let mark = matches!(c, '\u{3000}'..='\u{3040}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}');
        let word = !(c.is_whitespace() || mark || ideograph);
        self.words += usize::from(ideograph || (word && !self.inside));
        self.inside = word;
    }
}

/// How many words start behind the first byte. Written so that the compiler
/// can take many bytes at once.
fn starts(bytes: &[u8]) -> usize {
    let pairs = bytes.chunks(128).zip(bytes[1..].chunks(128));
    let count = |(before, after): (&[u8], &[u8])| -> u8 {
        before.iter().zip(after).map(|(&b, &a)| u8::from(is_space(b) & !is_space(a))).sum()
    };
    pairs.map(|pair| usize::from(count(pair))).sum()
}

fn is_space(byte: u8) -> bool {
    byte <= b' '
}
