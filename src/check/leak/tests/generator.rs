//! Random texts and pages, the same ones for the same seed.

use std::fmt::Write as _;

/// A source of random numbers.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    pub fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// One to twenty letters, some of them not ASCII.
    pub fn word(&mut self) -> String {
        const LETTERS: [&str; 24] = [
            "a", "e", "i", "o", "u", "n", "r", "s", "t", "l", "d", "m", "p", "k", "b", "g", "A", "S", "7", "é", "ü",
            "ß", "ж", "λ",
        ];
        let length = 1 + self.below(7) + self.below(7) * self.below(2) + self.below(7) * self.below(2);
        (0..length).map(|_| self.one_of(&LETTERS)).collect()
    }

    /// Words with spaces between them.
    pub fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// What may stand between two words of a page without changing what a reader sees.
    pub fn between(&mut self) -> String {
        const SPACES: [&str; 10] = [" ", "\n", ", ", " – ", "&nbsp;", ". ", " &amp; ", "’ ‘", "&#8217; ", "\u{a0}"];
        const TAGS: [&str; 12] = [
            "<em>",
            "</em>",
            "<a href=\"/some/where/?a=1&amp;b=2\" title='x > y'>",
            "</a>",
            "<br>",
            "</p><p class=\"lead\">",
            "<!-- a note -->",
            "<span data-x=\"one two\">",
            "</span>",
            "<img src=a.png alt=\"some <b> thing\">",
            "<sup>",
            "</td><td>",
        ];
        let tag = if self.below(3) == 0 { self.one_of(&TAGS) } else { "" };
        let space = self.one_of(&SPACES);
        if self.below(2) == 0 { format!("{tag}{space}") } else { format!("{space}{tag}") }
    }

    /// A page of some kilobytes.
    pub fn page(&mut self) -> String {
        let mut page = String::from("<!DOCTYPE html><html lang=en><head><title>A page</title></head><body>\n");
        for _ in 0..10 + self.below(20) {
            page.push_str("<p>");
            for _ in 0..self.below(60) {
                let (word, between) = (self.word(), self.between());
                _ = write!(page, "{word}{between}");
            }
            page.push_str("</p>\n");
        }
        page + "</body></html>\n"
    }
}
