//! Base 32 as Douglas Crockford wrote it down (<https://www.crockford.com/base32.html>): digits and letters without I, L, O and
//! U. Reading takes small letters, `I` and `L` for `1`, and `O` for `0`.

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bytes as characters, five bits to each; what is left over in the last is zero.
pub fn encode(bytes: &[u8], into: &mut String) {
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            into.push(DIGITS[(bits >> count & 31) as usize] as char);
        }
    }
    if count > 0 {
        into.push(DIGITS[(bits << (5 - count) & 31) as usize] as char);
    }
}

/// The bits that a character stands for.
pub fn digit(c: char) -> Option<u8> {
    let plain = match c.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    DIGITS.iter().position(|digit| char::from(*digit) == plain).map(|index| index as u8)
}

/// Digits as bytes; bits that fill no byte are given apart.
pub fn join(digits: impl IntoIterator<Item = u8>, into: &mut Vec<u8>) -> u8 {
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits {
        bits = bits << 5 | u32::from(digit);
        count += 5;
        if count >= 8 {
            count -= 8;
            into.push((bits >> count) as u8);
        }
    }
    (bits & ((1 << count) - 1)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(151).wrapping_add(length)).collect();
            let mut text = String::new();
            encode(&bytes, &mut text);
            assert_eq!(text.len(), (bytes.len() * 8).div_ceil(5));
            let mut back = Vec::new();
            assert_eq!(join(text.chars().filter_map(digit), &mut back), 0);
            assert_eq!(back, bytes);
        }
    }

    #[test]
    fn letters_that_look_like_others_are_read_as_these() {
        let read = |text: &str| text.chars().map(digit).collect::<Vec<_>>();
        assert_eq!(read("oOiIlLzZ"), read("001111ZZ"));
        assert_eq!(read("Uu*é "), [None; 5]);
    }
}
