//! Languages that are shipped, and what they say.

use jiff::civil::date;

use super::*;

const SHIPPED: [(&str, &str); 5] = [
    ("en", include_str!("../../templates/locales/en.ftl")),
    ("es", include_str!("../../templates/locales/es.ftl")),
    ("pt", include_str!("../../templates/locales/pt.ftl")),
    ("fr", include_str!("../../templates/locales/fr.ftl")),
    ("ar", include_str!("../../templates/locales/ar.ftl")),
];

fn shipped() -> Locales {
    let mut locales = Locales::default();
    SHIPPED.iter().for_each(|(stem, source)| locales.take(stem, source));
    locales
}

fn locale(tag: &str) -> Locale {
    shipped().locale(tag).expect("a language")
}

#[test]
fn every_shipped_language_says_every_word_and_is_told_the_same() {
    let english = Words::of(SHIPPED[0].1);
    assert!(english.len() > 150);
    for (stem, source) in SHIPPED {
        assert_eq!(faults(source), [], "{stem}");
        assert_eq!(shipped().missing(stem), Vec::<String>::new(), "{stem}");
        let words = Words::of(source);
        assert_eq!(words.len(), english.len(), "{stem} has no word twice and none that English lacks");
        for here in &words {
            let there = english.iter().find(|there| there.key == here.key).expect(&here.key);
            let dates = ["house_date", "month_of_year"].contains(&here.key.as_str());
            assert!(dates || here.arguments == there.arguments, "{stem}: {} is told {:?}", here.key, here.arguments);
        }
    }
}

#[test]
fn a_missing_word_is_noticed() {
    let mut locales = shipped();
    locales.take("de", "countries = Länder\n");
    assert!(locales.missing("de").contains(&"topics".to_owned()));
    let german = locales.locale("de-CH").expect("a language");
    assert_eq!((german.word("countries"), german.word("topics")), ("Länder", "Topics"));
}

#[test]
fn dates_are_written_as_each_language_writes_them() {
    let day = date(2025, 9, 8);
    let of = |tag: &str| {
        let locale = locale(tag);
        format!("{} | {} | {}", locale.house_date(day), locale.long_date(day), locale.month_of_year(2025, 9))
    };
    assert_eq!(of("en"), "08 Sep 2025 | 8 September 2025 | September 2025");
    assert_eq!(of("en-US"), "08 Sep 2025 | September 8, 2025 | September 2025");
    assert_eq!(of("es"), "08 sept 2025 | 8 de septiembre de 2025 | septiembre de 2025");
    assert_eq!(of("pt-BR"), "08 set. 2025 | 8 de setembro de 2025 | setembro de 2025");
    assert_eq!(of("fr"), "08 sept. 2025 | 8 septembre 2025 | septembre 2025");
    assert_eq!(of("ar"), "8 سبتمبر 2025 | 8 سبتمبر 2025 | سبتمبر 2025");
    assert_eq!(of("ar-EG"), "٨ سبتمبر ٢٠٢٥ | ٨ سبتمبر ٢٠٢٥ | سبتمبر ٢٠٢٥");
}

#[test]
fn plurals_and_numbers_follow_the_language() {
    let say = |tag: &str, n: usize| locale(tag).count("reports", n);
    assert_eq!([say("en", 1), say("en", 2), say("en", 12_345)], ["1 report", "2 reports", "12,345 reports"]);
    assert_eq!([say("fr", 0), say("fr", 12_345)], ["0 rapport", "12\u{202f}345 rapports"]);
    assert_eq!(
        [say("ar", 1), say("ar", 2), say("ar", 3), say("ar", 11), say("ar", 100)],
        ["تقرير واحد", "تقريران", "3 تقارير", "11 تقريرًا", "100 تقرير"]
    );
    assert_eq!((locale("es").number(1234), locale("es").number(12_345)), ("1234".into(), "12.345".into()));
    assert_eq!(locale("ar-EG").digits(1994), "١٩٩٤");
}

#[test]
fn lists_end_with_the_languages_own_and() {
    let list = |tag: &str, items: &[&str]| -> String {
        let between = locale(tag).between(items);
        between.iter().zip(items).flat_map(|(before, item)| [before.as_str(), item]).collect()
    };
    assert_eq!(list("en", &["A", "B", "C"]), "A, B and C");
    assert_eq!(list("en-US", &["A", "B", "C"]), "A, B, and C");
    assert_eq!(list("es", &["Francia", "Italia"]), "Francia e Italia");
    assert_eq!(list("ar", &["مصر", "تونس"]), "مصر وتونس");
    assert_eq!((list("en", &["A"]), list("en", &[])), ("A".into(), String::new()));
}

#[test]
fn names_are_in_the_languages_own_order() {
    let sorted = |tag: &str, names: [&'static str; 3]| {
        let (locale, mut names) = (locale(tag), names);
        names.sort_by(|a, b| locale.compare(a, b));
        names
    };
    assert_eq!(sorted("es", ["Ñuñoa", "Nz", "Oviedo"]), ["Nz", "Ñuñoa", "Oviedo"]);
    assert_eq!(sorted("fr", ["Zambie", "Égypte", "Fidji"]), ["Égypte", "Fidji", "Zambie"]);
    assert_eq!(sorted("sv", ["Österrike", "Zambia", "Oman"]), ["Oman", "Zambia", "Österrike"]);
}

#[test]
fn a_file_that_cannot_be_read_tells_where() {
    let faults = faults("good = Good\nbad = { $n ->\n    [one] x\n}\n");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].at.start >= 12, "{faults:?}");
}

#[test]
fn what_is_no_tag_is_no_language() {
    assert!(Locale::new("not a tag", &[]).is_none());
    assert_eq!((direction("ar-EG"), direction("en"), language_name("pt-BR").as_str()), ("rtl", "ltr", "Português"));
}
