//! Links and images.

use super::{Options, Site, check_html, check_problems, plain, render};

#[test]
fn the_host_says_where_links_go() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("[a](old/b)", "<p><a href=\"/new/b\">a</a></p>");
    check("[a](old/b \"c\")", "<p><a href=\"/new/b\" title=\"c\">a</a></p>");
    check("[a](b)", "<p><a href=\"b\">a</a></p>");
    check("[a *b*](secret) c", "<p>a <em>b</em> c</p>");
    check("[a]\n\n[a]: old/b 'c'", "<p><a href=\"/new/b\" title=\"c\">a</a></p>");
    check("[a](https://b/?c&d)", "<p><a href=\"https://b/?c&amp;d\">a</a></p>");
    check("<HTTP://a> <b@c.d>", "<p><a href=\"HTTP://a\">HTTP://a</a> <a href=\"mailto:b@c.d\">b@c.d</a></p>");
    check("[a](tel:1) [b](mailto:c@d)", "<p><a href=\"tel:1\">a</a> <a href=\"mailto:c@d\">b</a></p>");
    check("[a](#) [b](#top)", "<p><a href=\"#\">a</a> <a href=\"#top\">b</a></p>");
}

#[test]
fn what_the_host_complains_of_is_reported_in_its_place() {
    let check = |text, html: &str, expected: &[&str]| {
        assert_eq!(render(text, &plain(), &Site).html.trim_end(), html);
        check_problems(&plain(), text, expected);
    };
    check("é [a](gone) b", "<p>é a b</p>", &["[a](gone): no such page"]);
    check("[a](late)", "<p><a href=\"late\">a</a></p>", &["~[a](late): a slow page"]);
    check("![a](gone)", "<p>a</p>", &["![a](gone): no such picture"]);
    check("![a](late)", "<p><img src=\"late\" alt=\"a\"></p>", &["~![a](late): a big picture"]);
}

#[test]
fn destinations_that_run_are_errors() {
    let check = |destination: &str, scheme: &str| {
        for (before, after) in [("", "a"), ("!", "a")] {
            let text = format!("{before}[a]({destination})");
            let message = format!("{text}: `{scheme}:` has no place in a text");
            check_problems(&plain(), &text, &[&message]);
            assert_eq!(render(&text, &plain(), &Site).html, format!("<p>{after}</p>\n"));
        }
    };
    check("javascript:a", "javascript");
    check("JavaScript:a", "JavaScript");
    check("<java&#10;script:a>", "java\\nscript");
    check("<&#1;javascript:a>", "\\u{1}javascript");
    check("vbscript:a", "vbscript");
    check("data:text/html,a", "data");
    check_problems(&plain(), "[a](javascript/a) [b](datas:c) [d](a/data:b)", &[]);
}

#[test]
fn links_within_the_text_are_checked() {
    let wrong = |id: &str| format!("nothing in this text has the id `{id}`");
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    check("# A b\n\n[c](#a-b)", &[]);
    check("[c](#a-b)\n\n# A b", &[]);
    check("[a](#b)", &[&format!("[a](#b): {}", wrong("b"))]);
    check("# A\n\n[c](#A)", &[&format!("[c](#A): {}", wrong("A"))]);
    check("<p id=\"b\">\n\n[a](#b)", &[]);
    check("<p id=b class='c'>\n\n[a](#b)", &[]);
    check("<p data-id=\"b\">\n\n[a](#b)", &[&format!("[a](#b): {}", wrong("b"))]);
    check("# É {#é}\n\n[a](#%C3%A9)", &[]);
    check("a[^1] [b](#fn-1) [c](#fnref-1) [d](#fn-2)\n\n[^1]: e", &[&format!("[d](#fn-2): {}", wrong("fn-2"))]);
}

#[test]
fn a_prefix_goes_before_ids_and_the_links_to_them() {
    let options = Options { id_prefix: "p-".into(), ..plain() };
    check_html(&options, "# A\n\n[b](#a)", "<h1 id=\"p-a\">A</h1>\n<p><a href=\"#p-a\">b</a></p>");
    check_html(&options, "# A {#c}\n\n[b](#c)", "<h1 id=\"p-c\">A</h1>\n<p><a href=\"#p-c\">b</a></p>");
    check_html(&options, "<i id=\"a\">b</i> [c](#a)", "<p><i id=\"a\">b</i> <a href=\"#a\">c</a></p>");
    check_problems(&options, "# A\n\n[b](#p-a)", &["[b](#p-a): nothing in this text has the id `p-p-a`"]);
}

#[test]
fn an_image_of_ones_own_alone_is_a_figure() {
    let check = |text: &str, figures, expected: &str| {
        check_html(&plain(), text, expected);
        assert_eq!(render(text, &plain(), &Site).figures, figures, "for {text:?}");
    };
    let img = "<img src=\"/new/b\" alt=\"a\" width=\"80\" height=\"60\" loading=\"lazy\" decoding=\"async\">";
    check("![a](old/b)", 1, &format!("<figure>{img}</figure>"));
    check(
        "![a](old/b \"c & d\")  \n\n![a](old/b)",
        2,
        &format!("<figure>{img}<figcaption>c &amp; d</figcaption></figure>\n<figure>{img}</figure>"),
    );
    check("> ![a](old/b)", 1, &format!("<blockquote>\n<figure>{img}</figure>\n</blockquote>"));
    check("![a][x]\n\n[x]: old/b 'c'", 1, &format!("<figure>{img}<figcaption>c</figcaption></figure>"));
    let inline = "<img src=\"/new/b\" alt=\"a\" width=\"80\" height=\"60\">";
    check("![a](old/b) c", 0, &format!("<p>{inline} c</p>"));
    check("c ![a](old/b)", 0, &format!("<p>c {inline}</p>"));
    check("![a](old/b)\n![a](old/b)", 0, &format!("<p>{inline}\n{inline}</p>"));
    check("[![a](old/b)](c)", 0, &format!("<p><a href=\"c\">{inline}</a></p>"));
    check("**![a](old/b)**", 0, &format!("<p><strong>{inline}</strong></p>"));
    check("- ![a](old/b)", 0, &format!("<ul>\n<li>{inline}</li>\n</ul>"));
    check("![a](b)", 0, "<p><img src=\"b\" alt=\"a\"></p>");
    check("![a \"*b*\" `c`](https://d \"e\")", 0, "<p><img src=\"https://d\" alt=\"a “b” c\" title=\"e\"></p>");
    check(
        "![a](bare.svg)",
        1,
        "<figure><img src=\"/bare.svg\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></figure>",
    );
    check(
        "- [ ] ![a](old/b)\n\n- c",
        0,
        &format!(
            "<ul>\n<li>\n<p><input type=\"checkbox\" disabled aria-label=\"To do\"> {inline}</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>"
        ),
    );
}

#[test]
fn an_image_without_words_is_complained_of() {
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    check("![](old/b)", &["~![](old/b): this image has no alternative text"]);
    check("a ![ ](old/b)", &["~![ ](old/b): this image has no alternative text"]);
    check("![](b)", &[]);
}
