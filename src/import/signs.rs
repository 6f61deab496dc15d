//! Characters that stand for signs of other fonts and heights.

/// What a character of a symbol font shows (ECMA-376 part 1, 17.3.3.30), None if that is not known.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    // Symbol fonts have their signs in the private-use area, from U+F000.
    let private = (0xF000..0xF100).contains(&code);
    let sign = match (font, code & 0xFF) {
        ("Wingdings", 0x4A) => '☺',
        ("Wingdings", 0x4C) => '☹',
        ("Wingdings", 0xA7) => '▪',
        ("Wingdings", 0xDF) | ("Symbol", 0xAC) => '←',
        ("Wingdings", 0xE0) | ("Symbol", 0xAE) => '→',
        ("Wingdings", 0xE1) | ("Symbol", 0xAD) => '↑',
        ("Wingdings", 0xE2) | ("Symbol", 0xAF) => '↓',
        ("Wingdings", 0xFB) => '✗',
        ("Wingdings", 0xFC) => '✓',
        ("Symbol", 0xA3) => '≤',
        ("Symbol", 0xA2) => '′',
        ("Symbol", 0xA5) => '∞',
        ("Symbol", 0xAB) => '↔',
        ("Symbol", 0xB0) => '°',
        ("Symbol", 0xB1) => '±',
        ("Symbol", 0xB3) => '≥',
        ("Symbol", 0xB4) => '×',
        ("Symbol", 0xB7) => '•',
        ("Symbol", 0xB9) => '≠',
        ("Symbol", 0xBB) => '≈',
        ("Symbol", 0xBC) => '…',
        _ if private || matches!(font, "Symbol" | "Webdings") || font.starts_with("Wingdings") => return None,
        _ => return char::from_u32(code).filter(|c| !c.is_control()),
    };
    Some(sign)
}

/// A raised (`up`) or lowered text in characters of that height, and whether it reads so; else the text as it is.
///
/// The letters of English ordinals read well on the line.
pub(super) fn raised(text: &str, up: bool) -> (String, bool) {
    let table: [&str; 2] = if up {
        ["0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"]
    } else {
        ["0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"]
    };
    let other = |c: char| {
        let at = table[0].chars().position(|plain| plain == c);
        at.and_then(|at| table[1].chars().nth(at)).or(c.is_whitespace().then_some(c))
    };
    match text.chars().map(other).collect() {
        Some(text) => (text, true),
        None => (text.to_owned(), up && matches!(text.trim(), "st" | "nd" | "rd" | "th")),
    }
}
