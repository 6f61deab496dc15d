//! Whatever is planted is found, wherever and however.

use super::generator::Random;
use super::*;

/// Random cases of each test; optimised builds try more.
const CASES: u64 = if cfg!(debug_assertions) { 100 } else { 2000 };

/// Words of a text with other markup between them and sometimes inside them.
fn dressed(random: &mut Random, text: &str) -> String {
    let mut dressed = String::new();
    for word in text.split(' ') {
        let word = match random.below(8) {
            0 => word.to_uppercase(),
            1 => spelt(word, |letter| format!("&#{};", u32::from(letter))),
            2 => spelt(word, |letter| format!("{letter}\u{ad}")),
            3 => spelt(word, |letter| format!("{letter}&shy;")),
            _ => word.to_owned(),
        };
        dressed.push_str(&word);
        dressed.push_str(&random.between());
    }
    dressed
}

fn spelt(word: &str, letter: impl Fn(char) -> String) -> String {
    word.chars().map(letter).collect()
}

/// `page` with `text` at a random place between two elements.
fn planted(random: &mut Random, page: &str, text: &str) -> String {
    let places: Vec<usize> = page.match_indices("<p>").map(|(at, _)| at).collect();
    let (before, after) = page.split_at(places[random.below(places.len())]);
    format!("{before}<p>{text}</p>{after}")
}

#[test]
fn planted_bodies_are_found() {
    for seed in 0..CASES {
        let random = &mut Random::new(seed);
        let words = 8 + random.below(60);
        let body = random.text(words);
        let secrets = with(SecretKind::Body, &body);
        let words: Vec<&str> = body.split(' ').collect();
        let start = random.below(words.len() - 7);
        let leaked = dressed(random, &words[start..start + 8].join(" "));
        let page = random.page();
        assert!(!is_found(&secrets, &page), "seed {seed}");
        assert!(is_found(&secrets, planted(random, &page, &leaked)), "seed {seed}: {leaked}");
    }
}

#[test]
fn planted_fields_are_found() {
    for seed in 0..CASES {
        let random = &mut Random::new(seed);
        let words = 3 + random.below(5);
        let field = random.text(words);
        let secrets = with(SecretKind::Field, &field);
        // As a whole, it is looked for in one piece of a page.
        let leaked = dressed(random, &field).replace("</p><p class=\"lead\">", "").replace("</td><td>", "");
        let page = random.page();
        assert!(is_found(&secrets, planted(random, &page, &leaked)), "seed {seed}: {leaked}");
    }
}

#[test]
fn planted_bytes_are_found() {
    for seed in 0..CASES {
        let random = &mut Random::new(seed);
        let secret: String = (0..6 + random.below(30)).map(|_| char::from(b'!' + random.below(90) as u8)).collect();
        let secrets = with(SecretKind::Exact, &secret);
        let mut bytes: Vec<u8> = (0..random.below(3000)).map(|_| random.below(256) as u8).collect();
        let at = random.below(bytes.len() + 1);
        bytes.splice(at..at, secret.bytes());
        assert!(is_found(&secrets, &bytes), "seed {seed}");
    }
}

/// No bytes make the check panic, whatever they look like.
#[test]
fn any_bytes_are_survived() {
    const PIECES: [&str; 24] = [
        "<", ">", "&", "&#", "&#x", ";", "\"", "'", "=", "%", "%4", "%41", "\\", "\\u", "\\ud83d", "\\u{", "<!--",
        "-->", "<script", "</", "ก", "漢", "\u{ad}", "&shy;",
    ];
    const BYTES: [&[u8]; 8] = [
        b"\0",
        b"\xff",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"\x78\x9c",
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x20zTXt",
        b"\xd8\x00",
    ];
    let secrets = canary();
    secrets.add(1, SecretKind::Exact, "&#x41;");
    secrets.add(1, SecretKind::Field, "one two three");
    for seed in 0..CASES {
        let random = &mut Random::new(seed);
        let mut bytes = if seed % 4 == 0 { b"\x89PNG\r\n\x1a\n".to_vec() } else { Vec::new() };
        for _ in 0..random.below(60) {
            match random.below(4) {
                0 if seed % 2 == 0 => bytes.extend(BYTES[random.below(BYTES.len())]),
                1 => bytes.extend(random.word().bytes()),
                _ => bytes.extend(random.one_of(&PIECES).bytes()),
            }
        }
        secrets.scan("a/%41&#", &bytes, &mut Vec::new());
    }
}
