//! Documents that repeat what the code knows are held against it.

use briefpress::archive::field::Audience;
use briefpress::archive::report::FIELDS;

/// The table of fields and audiences is made from the one declaration in the code. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_table_of_audiences_is_the_codes_own() {
    let path = "docs/content-model.md";
    let text = std::fs::read_to_string(path).expect(path);
    let (before, rest) = text.split_once("<!-- fields -->\n").expect("the beginning of the table");
    let (table, after) = rest.split_once("<!-- end of fields -->").expect("the end of the table");
    let mut expect = String::from("\n| field | who sees it | what it is |\n|---|---|---|\n");
    for field in FIELDS {
        let who = if field.audience == Audience::Public { "everybody" } else { "subscribers" };
        expect += &format!("| `{}` | {who} | {} |\n", field.name, field.about.trim().trim_end_matches('.'));
    }
    expect += "| the text | teaser: everybody; the rest: subscribers | what stands before `<!-- more -->`, and behind it |\n\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{before}<!-- fields -->\n{expect}<!-- end of fields -->{after}"))
            .expect("written");
    } else {
        assert!(table == expect, "{path} does not tell what the code says: run the tests with UPDATE_DOCS=1");
    }
}

/// A front-matter key that no document names cannot be found by who needs it.
#[test]
fn every_key_is_documented() {
    use briefpress::source::front::{
        AuthorFront, CountryFront, PageFront, RegionFront, ReportFront, SeriesFront, TopicFront,
    };
    let text = std::fs::read_to_string("docs/content-model.md").expect("the content model")
        + &std::fs::read_to_string("docs/editions.md").expect("editions");
    let keys = [
        ReportFront::KEYS,
        CountryFront::KEYS,
        AuthorFront::KEYS,
        TopicFront::KEYS,
        RegionFront::KEYS,
        SeriesFront::KEYS,
        PageFront::KEYS,
    ];
    let missing: Vec<&&str> =
        keys.into_iter().flatten().filter(|key| **key != "seal" && !text.contains(&format!("`{key}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
