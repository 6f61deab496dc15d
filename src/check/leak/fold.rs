//! One character, as words see it: case, accents and typography do not count.

/// What a character means for the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Part of a word.
    Letter,
    /// Invisible or an accent on its own: as if it were not there.
    Skip,
    /// Between words.
    Break,
    /// Han or Kana: a word of its own.
    Single,
    /// Thai, Lao, Burmese or Khmer: letters without spaces between words.
    Unspaced,
}

/// Sorts a character into its [`Glyph`].
pub fn glyph(letter: char) -> Glyph {
    match letter {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Glyph::Letter,
        // Signs, and apostrophes that Unicode counts as letters, and the Kana middle dot.
        '\0'..='\u{a9}'
        | '\u{2010}'..='\u{2029}'
        | '\u{2030}'..='\u{205f}'
        | '\u{2b9}'..='\u{2bf}'
        | '\u{30fb}'
        | '\u{ff65}'
        | '\u{a78c}' => Glyph::Break,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Glyph::Unspaced,
        _ if is_invisible(letter) => Glyph::Skip,
        _ if is_single(letter) => Glyph::Single,
        _ if letter.is_alphanumeric() => Glyph::Letter,
        _ => Glyph::Break,
    }
}

/// Hands on the bytes of a letter in lower case and without accents: `É` is `e`, `ß` is `ss`.
pub fn spell(letter: char, mut push: impl FnMut(u8)) {
    if letter.is_ascii() {
        push(letter.to_ascii_lowercase() as u8);
        return;
    }
    for lower in letter.to_lowercase() {
        if is_invisible(lower) {
            continue;
        }
        if let Some(byte) = one_letter(lower) {
            push(byte);
        } else if let Some(letters) = two_letters(lower) {
            letters.bytes().for_each(&mut push);
        } else {
            spell_other(lower, &mut push);
        }
    }
}

fn spell_other(letter: char, push: &mut impl FnMut(u8)) {
    let mut put = |letter: char| letter.encode_utf8(&mut [0; 4]).bytes().for_each(&mut *push);
    match letter {
        '가'..='힣' => jamo(letter, put),
        _ => put(without_accent(letter)),
    }
}

/// The parts of a Hangul syllable, because some file systems and editors store them apart.
fn jamo(syllable: char, mut put: impl FnMut(char)) {
    let index = syllable as u32 - 0xac00;
    let tail = index % 28;
    let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11a7 + tail];
    let kept = if tail == 0 { 2 } else { 3 };
    parts[..kept].iter().filter_map(|&part| char::from_u32(part)).for_each(&mut put);
}

fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{670}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{5c1}' | '\u{5c2}' | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0000}'..='\u{e01ef}')
}

fn is_single(letter: char) -> bool {
    matches!(letter,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Greek and Cyrillic letters that are also written as letter and accent.
fn without_accent(letter: char) -> char {
    match letter {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' | 'ѐ' => 'е',
        'й' | 'ѝ' => 'и',
        'ї' => 'і',
        'ў' => 'у',
        'ѓ' => 'г',
        'ќ' => 'к',
        'آ' | 'أ' | 'إ' => 'ا',
        other => other,
    }
}

/// Latin letters, the ones that slugs are made of. `?` stands for what has no ASCII form of one letter.
const LATIN: &[u8] = b"aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllllnnnnnn???oooooo??rrrrrrssssssss\
ttttttuuuuuuuuuuuuwwyyyzzzzzzs";
const LATIN_B: &[u8] = b"aaiioouuuuuuuuuu?aaaa??ggggkkoooo??j???gg?wnnaa??ooaaaaeeeeiiiioooorrrr\
uuuussttyyhhnd??zzaaeeooooooooyy";
const LATIN_ADDITIONAL: &[u8] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnn\
oooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasss?daaaaaaaaaaaaaaaaaaaaaaaa\
eeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??vvyy";

fn one_letter(letter: char) -> Option<u8> {
    let code = letter as usize;
    let byte = match code {
        0xc0..=0x17f => LATIN.get(code - 0xc0).copied(),
        0x1a1 => Some(b'o'),
        0x1b0 => Some(b'u'),
        0x1cd..=0x233 => LATIN_B.get(code - 0x1cd).copied(),
        0x1e00..=0x1eff => LATIN_ADDITIONAL.get(code - 0x1e00).copied(),
        // Full-width forms, lower-cased already.
        0xff10..=0xff19 | 0xff41..=0xff5a => u8::try_from(code - 0xfee0).ok(),
        _ => None,
    };
    byte.filter(|&byte| byte != b'?')
}

fn two_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' | 'ǽ' | 'ǣ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ŋ' => "ng",
        'ĳ' => "ij",
        'ŉ' => "n",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}
