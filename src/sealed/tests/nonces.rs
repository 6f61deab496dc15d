use std::collections::HashMap;

use super::Random;
use crate::sealed::object::{HEADER, padded, press};
use crate::sealed::{ContentRoot, LIMIT, MasterKey, Refused};

fn root() -> ContentRoot {
    MasterKey::from_bytes([2; 32]).content_root("briefing", 1)
}

/// An edit as editors make them: a letter, a word, a passage moved, an end cut off, an edit taken back.
fn edit(random: &mut Random, text: &mut Vec<u8>, history: &[Vec<u8>]) {
    let at = random.below(text.len().max(1)).min(text.len());
    match random.below(6) {
        0 => text.insert(at, random.next() as u8),
        1 if at < text.len() => _ = text.remove(at),
        2 if at < text.len() => text[at] ^= 1 << random.below(8),
        3 => text.splice(at..at, *b" and a few words more").for_each(drop),
        4 => text.rotate_left(at),
        _ => *text = history[random.below(history.len())].clone(),
    }
}

/// Under one key and one nonce there is one text, with what is vouched for: over histories of random edits of one report, and of
/// what is said beside it.
#[test]
fn no_key_and_nonce_seal_two_texts() {
    for seed in 0..12 {
        let random = &mut Random(seed);
        let body = root().report("MX-1", 1 + seed as u32 % 2).body();
        let mut history = vec![random.bytes(random_length(seed))];
        let mut sealed: HashMap<Vec<u8>, (Vec<u8>, String, Vec<u8>)> = HashMap::new();
        for _ in 0..150 {
            let mut text = history.last().expect("a text").clone();
            edit(random, &mut text, &history);
            let version = random.below(3).to_string();
            let file = body.seal(&[&version], &text).expect("a short text");
            let nonce = file[HEADER..HEADER + 12].to_vec();
            let entry = (text.clone(), version, file);
            let known = sealed.entry(nonce).or_insert_with(|| entry.clone());
            assert_eq!(*known, entry, "one nonce, one text, one file");
            history.push(text);
        }
        assert!(sealed.len() > 60);
    }
}

fn random_length(seed: u64) -> usize {
    [0, 10, 900, 5000][seed as usize % 4]
}

#[test]
fn the_same_text_gives_the_same_bytes_and_comes_back() {
    for length in [0, 1, 1000, 1024, 70_000] {
        for text in [Random(length as u64).bytes(length), vec![b'a'; length]] {
            let key = root().report("MX-1", 1).file("a.pdf");
            let file = key.seal(&["1"], &text).expect("a text below the limit");
            assert_eq!(file, root().report("MX-1", 1).file("a.pdf").seal(&["1"], &text).expect("the same"));
            assert_eq!(key.open(&["1"], &file).expect("the text"), text);
        }
    }
}

#[test]
fn lengths_tell_little() {
    assert_eq!(
        [0, 1, 2, 7, 8, 9, 15, 17, 33, 1000, 1024, 1025].map(padded),
        [0, 1, 2, 7, 8, 10, 16, 18, 36, 1024, 1024, 1088]
    );
    for length in 2..40_000 {
        assert!(padded(length) >= length && padded(length) * 100 <= length * 112, "{length}: {}", padded(length));
        assert_eq!(padded(padded(length)), padded(length));
    }
    let sizes: std::collections::BTreeSet<usize> = (0..1000)
        .map(|length| root().report("MX-1", 1).body().seal(&[], &Random(1).bytes(length)).expect("a short text").len())
        .collect();
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [1024 + 33], "up to a kilobyte all look alike");
}

/// A small file that inflates to more than the limit is refused, and so is a text that is longer.
#[test]
fn too_much_is_refused() {
    let key = root().report("MX-1", 1).body();
    let much = vec![0; LIMIT + 1];
    assert_eq!(key.seal(&[], &much), Err(Refused::TooLarge));
    let pressed = press(&much);
    let size = padded(pressed.len() + 4);
    assert!(size < 100_000);
    assert_eq!(key.open(&[], &key.lock(&[], &pressed, size).expect("sealed")), Err(Refused::TooLarge));
}
