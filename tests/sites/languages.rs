//! Sites and reports in other languages than English.

use crate::support::Site;

const REPORTS: &str = "\
-- content/authors/ana.md --
---
name: Ana Gil
---
-- content/reports/2025/vote.md --
---
id: MX-1
title: 'Politics: The court reform'
date: 2025-09-08
countries: [Spain, Italy]
authors: [Ana Gil, Igor Paz]
topics: [Politics]
judgments:
  - text: It passes.
    likelihood: very likely
    confidence: high
updates:
  - {date: 2025-09-10, type: correction, note: A figure was wrong.}
---
Text.[^1]

[^1]: A note.
-- content/reports/2025/vote-es.md --
---
title: La reforma judicial
date: 2025-09-08
lang: es
translation_of: MX-1
countries: [Spain, Italy]
authors: [Ana Gil, Igor Paz]
topics: [Politics]
kicker: Política
judgments:
  - text: Se aprueba.
    likelihood: very likely
    confidence: high
    horizon: hasta 2026
updates:
  - {date: 2025-09-10, type: correction, note: Una cifra estaba mal.}
---
Texto.[^1]

[^1]: Una nota.
-- content/reports/2025/vote-ar.md --
---
title: إصلاح القضاء
date: 2025-09-08
lang: ar
translation_of: MX-1
countries: [Spain]
authors: [Ana Gil]
topics: [Politics]
---
نص.
";

fn in_language(lang: &str) -> String {
    format!("-- briefpress.yaml --\ntitle: The Briefing\nurl: https://example.org/\nlanguage: {lang}\n{REPORTS}")
}

#[test]
fn a_report_speaks_its_own_language_on_a_site_in_another() {
    let built = Site::new(&in_language("en")).build();
    let page = built.words("/reports/2025/vote-es/");
    for words in [
        "ESPAÑA , ITALIA - Informe 08 sept 2025 por Ana Gil e Igor Paz",
        "Juicios principales",
        "Muy probable (80–95 %)",
        "Confianza: alta",
        "Corrección, 10 de septiembre de 2025 . Una cifra estaba mal.",
        "Citar y compartir",
        "8 de septiembre de 2025 Publicado",
    ] {
        assert!(page.contains(words), "{words} is not in: {page}");
    }
    let html = built.page("/reports/2025/vote-es/");
    assert!(html.contains(">Europa meridional</a>") && html.contains(">España</a>"), "{html}");
    assert!(html.contains(">Ir al texto</a>") && html.contains(">Países</a>"), "{html}");
    assert!(html.contains(r#"<html lang="es" dir="ltr">"#), "{html}");
    assert!(html.contains(r#"aria-label="Volver a la llamada 1""#), "{html}");
    assert!(html.contains(r#"<p class="nameplate" lang="en" dir="ltr">"#), "the site's own words are marked: {html}");
    assert!(html.contains(r#"<link rel="alternate" hreflang="en" href="https://example.org/reports/2025/vote/">"#));
    assert!(html.contains(r#"lang="ar" hreflang="ar" dir="rtl">العربية</a>"#), "{html}");
    let arabic = built.page("/reports/2025/vote-ar/");
    assert!(arabic.contains(r#"<html lang="ar" dir="rtl">"#) && arabic.contains("إسبانيا"), "{arabic}");
    let country = built.page("/countries/spain/");
    assert_eq!(country.matches("<article").count(), 1, "translations stand with their original: {country}");
    assert!(country.contains(r#"hreflang="es" dir="ltr">Español</a>"#), "{country}");
    let english = built.words("/reports/2025/vote/");
    assert!(english.contains("SPAIN , ITALY - Report 08 Sep 2025 by Ana Gil and Igor Paz"), "{english}");
    assert!(built.page("/reports/2025/vote/").contains(r#"<p class="nameplate"><a"#), "nothing is marked needlessly");
}

#[test]
fn a_site_may_be_in_arabic_throughout() {
    let built = Site::new(&in_language("ar")).build();
    for address in ["/", "/countries/", "/countries/spain/", "/authors/", "/topics/", "/archive/", "/404.html"] {
        let html = built.page(address);
        assert!(html.contains(r#"<html lang="ar" dir="rtl">"#), "{address}: {html}");
        let english =
            ["Countries", "Skip to", "report<", "Latest", "Archive", "Authors", "Published by", "Dark colours"];
        assert!(english.iter().all(|word| !html.contains(word)), "{address}: {html}");
    }
    assert!(built.words("/countries/spain/").contains("تقريران"), "the translation into Spanish is no third");
    assert!(built.words("/archive/").contains("سبتمبر"));
}

#[test]
fn names_stand_in_the_order_of_the_language() {
    let site = |lang: &str| {
        let reports: String = [("a", "Zambia"), ("b", "Austria"), ("c", "Egypt"), ("d", "Ecuador")]
            .map(|(name, country)| {
                format!("-- content/reports/{name}.md --\n---\ntitle: {name}\ndate: 2025-01-01\ncountries: {country}\n---\nText.\n")
            })
            .concat();
        format!("-- briefpress.yaml --\ntitle: T\nurl: https://example.org/\nlanguage: {lang}\n{reports}")
    };
    let words = Site::new(&site("fr")).build().words("/countries/");
    let letters = words.split("De A à Z").nth(1).expect("the index");
    let places = ["A Autriche", "E Égypte", "Équateur", "Z Zambie"].map(|name| letters.find(name));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{letters}");
}

#[test]
fn a_site_changes_single_words() {
    let own = format!("{}-- templates/locales/es.ftl --\nkey_judgments = Lo que creemos\n", in_language("es"));
    let page = Site::new(&own).build().words("/reports/2025/vote-es/");
    assert!(page.contains("Lo que creemos") && page.contains("Citar y compartir"), "{page}");
}

#[test]
fn titles_in_other_scripts_have_addresses_that_can_be_read() {
    let named = |file: &str, title: &str| {
        format!(
            "-- content/reports/{file}.md --\n---\ntitle: {title}\ndate: 2025-01-01\ntopics: [{title}]\n---\nText.\n"
        )
    };
    let built = Site::new(&(named("a", "Энергия") + &named("b", "エネルギー"))).build();
    assert!(built.has("/topics/energiia/") && built.has("/topics/enerugi/"), "{:?}", built.files.keys());
}

/// A translator has no page, nor has a country that the original does not name: both are words and no links.
#[test]
fn a_translation_may_name_what_its_original_does_not() {
    let site = Site::new(REPORTS);
    let texto = "---\ntitle: Y Chile\ndate: 2025-09-08\nlang: es\ntranslation_of: MX-1\ncountries: [Chile, Spain]\n\
                 authors: [Ana Gil, Tomás Traductor]\n---\nTexto.\n";
    site.write("content/reports/2025/vote-es.md", texto);
    let built = site.build();
    assert_eq!(built.told, "");
    let page = built.page("/reports/2025/vote-es/");
    assert!(page.contains("<bdi>CHILE</bdi>, <a href=\"../../../countries/spain/\"><bdi>ESPAÑA</bdi></a>"), "{page}");
    assert!(page.contains(" y <bdi>Tomás Traductor</bdi></p>"), "{page}");
    assert!(!page.contains("href=\"\"") && !page.contains("countries/chile/"), "{page}");
}

#[test]
fn a_text_does_not_begin_twice_where_no_summary_was_given() {
    let site = Site::new(REPORTS);
    let page = site.build().page("/reports/2025/vote/").to_owned();
    assert!(!page.contains("standfirst") && page.contains("<meta name=\"description\" content=\"Text."), "{page}");
    let text = "---\nid: MX-1\ntitle: The vote\ndate: 2025-09-08\nsummary: In short.\n---\nText.\n";
    site.write("content/reports/2025/vote.md", text);
    assert!(site.build().page("/reports/2025/vote/").contains("<p class=\"standfirst\">In short.</p>"));
}
