//! Tests of the leak check as a whole.

mod forms;
mod generator;
mod places;
mod property;
mod public;

use super::*;

/// Twelve words that stand in no other text.
const CANARY: &str = "The cabinet privately expects Marlen Üsküb to resign before José’s budget vote";

/// The canary as one body.
fn canary() -> Secrets {
    with(SecretKind::Body, CANARY)
}

fn with(kind: SecretKind, text: &str) -> Secrets {
    let secrets = Secrets::with_capacity(1000);
    secrets.add(7, kind, text);
    secrets
}

fn hits(secrets: &Secrets, path: &str, bytes: &[u8]) -> Vec<Hit> {
    let mut hits = Vec::new();
    assert_eq!(secrets.scan(path, bytes, &mut hits), None);
    hits
}

/// The forms in which the canary is found in `output`, each once.
fn forms(output: impl AsRef<[u8]>) -> Vec<Form> {
    let mut forms: Vec<Form> = hits(&canary(), "a/index.html", output.as_ref()).iter().map(|hit| hit.form).collect();
    forms.sort();
    forms.dedup();
    forms
}

fn is_found(secrets: &Secrets, output: impl AsRef<[u8]>) -> bool {
    !hits(secrets, "a/index.html", output.as_ref()).is_empty()
}

#[test]
fn nothing_to_look_for() {
    let secrets = Secrets::with_capacity(0);
    assert!(secrets.is_empty());
    secrets.add(1, SecretKind::Body, "only seven words are in this text");
    secrets.add(1, SecretKind::Field, "Too short");
    secrets.add(1, SecretKind::Exact, "12345");
    assert!(secrets.is_empty());
    assert!(!canary().is_empty());
    assert!(!with(SecretKind::Exact, "123456").is_empty());
}

#[test]
fn a_body_is_found_by_any_eight_words() {
    let words: Vec<&str> = CANARY.split(' ').collect();
    for part in words.windows(8) {
        assert!(is_found(&canary(), format!("<p>so {} it</p>", part.join(" "))), "{part:?}");
    }
    let part = |range: std::ops::Range<usize>| format!("<p>so {} it</p>", words[range].join(" "));
    assert!(!is_found(&canary(), part(0..7)));
    assert!(!is_found(&canary(), part(2..9)));
}

#[test]
fn one_word_changed_in_every_eight_is_another_text() {
    let changed = CANARY.replace("Üsküb", "Ohrid");
    assert!(!is_found(&canary(), format!("<p>{changed}</p>")));
}

#[test]
fn a_hit_tells_place_and_owner() {
    let secrets = canary();
    let page = format!("<p>Before. {CANARY}.</p>");
    let mut found = hits(&secrets, "reports/a/index.html", page.as_bytes());
    assert_eq!(found.len(), 6);
    assert!(found.iter().all(|hit| hit.owner.is_none() && &*hit.path == "reports/a/index.html"));
    let last = found.iter().map(|hit| hit.at).max();
    assert_eq!(last, page.find("vote"));
    let texts = [(3, "something else"), (7, CANARY), (8, CANARY)];
    attribute(&mut found, texts.into_iter().map(|(owner, text)| (owner, text.into())));
    assert!(found.iter().all(|hit| hit.owner == Some(7)));
}

#[test]
fn hits_of_no_text_have_no_owner() {
    let mut found = hits(&canary(), "a", CANARY.as_bytes());
    attribute(&mut found, [(1, "other words".into())].into_iter());
    assert!(found.iter().all(|hit| hit.owner.is_none()));
}

#[test]
fn threads_add_at_once_and_beyond_the_capacity() {
    let secrets = Secrets::with_capacity(2000);
    let texts: Vec<String> = (0..400_u64).map(|seed| generator::Random::new(seed).text(40)).collect();
    std::thread::scope(|scope| {
        for part in texts.chunks(100) {
            let secrets = &secrets;
            scope.spawn(move || part.iter().for_each(|text| secrets.add(1, SecretKind::Body, text)));
        }
    });
    for text in &texts {
        let start = text.match_indices(' ').nth(20).map_or(0, |(at, _)| at);
        assert!(is_found(&secrets, &text[start..]), "{text}");
    }
}

#[test]
fn unrelated_text_is_clean() {
    let secrets = Secrets::with_capacity(100_000);
    let mut random = generator::Random::new(1);
    for owner in 0..200 {
        secrets.add(owner, SecretKind::Body, &random.text(400));
        secrets.add(owner, SecretKind::Field, &random.text(5));
        secrets.add(owner, SecretKind::Exact, &format!("sub-{owner:06}"));
    }
    let mut size = 0;
    while size < 2 << 20 {
        let page = random.page();
        assert_eq!(hits(&secrets, "a/index.html", page.as_bytes()), []);
        size += page.len();
    }
}
