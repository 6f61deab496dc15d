//! Headings: ids, levels and the list of them.

use super::{Extensions, Options, Site, check_html, check_problems, plain, render};

#[test]
fn ids_come_from_the_words() {
    let check = |text, expected: &[&str]| {
        let rendered = render(text, &plain(), &Site);
        let ids: Vec<_> = rendered.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, expected, "for {text:?}");
        for id in ids {
            assert!(rendered.html.contains(&format!(" id=\"{id}\"")), "{id} in {}", rendered.html);
        }
    };
    check("# A b", &["a-b"]);
    check("# *Café* & `Zürich`!", &["cafe-zurich"]);
    check("# It's 4.2%", &["its-4-2"]);
    check("# Россия", &["rossiia"]);
    check("# 中国", &["zhong-guo"]);
    check("# \u{e000}\n\n## \u{e000}", &["section-1", "section-2"]);
    check("# !!!", &["section-1"]);
    check("# A\n\n# A\n\n# A", &["a", "a-2", "a-3"]);
    check("# A\n\n# A 2\n\n# A", &["a", "a-2", "a-3"]);
    check("# A\n\n# B {#a}\n\n# A", &["a-2", "a", "a-3"]);
    check("# Fn 1\n\na[^1]\n\n[^1]: b", &["section-fn-1"]);
    check("a\nb\n===", &["a-b"]);
    check("# A ![b](c) [d](e) <i>f</i>", &["a-d-f"]);
}

#[test]
fn headings_are_written_and_listed() {
    let check = |text, html: &str, listed: (u8, &str, &str)| {
        let rendered = render(text, &plain(), &Site);
        assert_eq!(rendered.html.lines().next(), Some(html));
        let heading = &rendered.headings[0];
        assert_eq!((heading.level, &*heading.html, &*heading.text), listed);
    };
    check("## A & B", "<h2 id=\"a-b\">A &amp; B</h2>", (2, "A &amp; B", "A & B"));
    check("# A {#b .c .d}", "<h1 id=\"b\" class=\"c d\">A</h1>", (1, "A", "A"));
    check("# [A *b*](c)", "<h1 id=\"a-b\"><a href=\"c\">A <em>b</em></a></h1>", (1, "A <em>b</em>", "A b"));
    check("# `a<b`", "<h1 id=\"a-b\"><code>a&lt;b</code></h1>", (1, "<code>a&lt;b</code>", "a<b"));
    check(
        "# A <i lang=\"fr\" id=\"x\">b</i>",
        "<h1 id=\"a-b\">A <i lang=\"fr\" id=\"x\">b</i></h1>",
        (1, "A <i lang=\"fr\">b</i>", "A b"),
    );
    check(
        "# A[^1]\n\n[^1]: b",
        "<h1 id=\"a\">A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></h1>",
        (1, "A", "A"),
    );
    check("# ![a](b) c", "<h1 id=\"c\"><img src=\"b\" alt=\"a\"> c</h1>", (1, "c", "c"));
}

#[test]
fn without_the_extension_there_are_no_ids() {
    let options = Options { extensions: Extensions::none(), ..plain() };
    check_html(&options, "# A {#b}", "<h1>A {#b}</h1>");
    assert_eq!(render("# A", &options, &Site).headings[0].id, "");
}

#[test]
fn an_id_twice_or_a_stray_attribute_is_complained_of() {
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    check("# A {#x}\n\n# B {#x}", &["# B {#x}: the id `x` is given to two headings"]);
    check("# A {onclick=b}", &["~# A {onclick=b}: the attribute `onclick` of this heading is left out"]);
    assert!(!render("# A {onclick=b}", &plain(), &Site).html.contains("onclick"));
}

#[test]
fn headings_move_down_to_the_base() {
    let check = |base, text, expected: &[u8]| {
        let options = Options { heading_base: base, ..plain() };
        let rendered = render(text, &options, &Site);
        let levels: Vec<_> = rendered.headings.iter().map(|h| h.level).collect();
        assert_eq!(levels, expected, "for {text:?}");
        for level in levels {
            assert!(rendered.html.contains(&format!("<h{level} ")) && rendered.html.contains(&format!("</h{level}>")));
        }
    };
    check(1, "# a\n\n## b", &[1, 2]);
    check(2, "# a\n\n## b\n\n###### c", &[2, 3, 6]);
    check(2, "## a\n\n### b", &[2, 3]);
    check(2, "### a", &[3]);
    check(2, "## a\n\n# b", &[3, 2]);
    check(2, "a\n=\n\nb\n-", &[2, 3]);
    check(2, "```\n# c\n```\n\n## a", &[2]);
    check(2, "#\n", &[2]);
    check(3, "## a\n\n### b", &[3, 4]);
    check(0, "# a", &[1]);
    check(9, "# a", &[6]);
}
