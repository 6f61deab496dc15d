//! What is public elsewhere is no leak.

use super::*;

fn dismissed(hits: Vec<Hit>, public: &[&str]) -> Vec<Hit> {
    dismiss_public(hits, public.iter().map(|text| Cow::Borrowed(*text)))
}

#[test]
fn the_same_words_public_elsewhere_are_dismissed() {
    let found = hits(&canary(), "a", format!("<p>{CANARY}").as_bytes());
    assert!(!found.is_empty());
    assert_eq!(dismissed(found.clone(), &["other", CANARY]), []);
    assert_eq!(dismissed(found.clone(), &["other"]), found);
    let part = CANARY.split_once("before").map_or("", |(before, _)| before);
    let left = dismissed(found.clone(), &[part]);
    assert!(!left.is_empty() && left.len() < found.len());
}

#[test]
fn fields_are_dismissed_inside_longer_texts() {
    let secrets = with(SecretKind::Field, "Outlook for Freedonia");
    let found = hits(&secrets, "a", b"<h2>Outlook for Freedonia</h2>");
    assert_eq!(dismissed(found.clone(), &["The outlook for “Freedonia” is dim"]), []);
    assert_eq!(dismissed(found.clone(), &["The outlook for all of Freedonia is dim"]), found);
}

#[test]
fn exact_secrets_are_never_dismissed() {
    let secrets = with(SecretKind::Exact, "acme-bank");
    let found = hits(&secrets, "a", b"acme-bank");
    assert_eq!(dismissed(found.clone(), &["acme-bank"]), found);
}

#[test]
fn public_texts_are_not_asked_for_without_hits() {
    let public = std::iter::from_fn(|| -> Option<Cow<'_, str>> { panic!("asked") });
    assert_eq!(dismiss_public(Vec::new(), public), []);
}
