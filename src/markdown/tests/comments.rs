//! Comments never reach the page.

use super::super::comments::without_comments;
use super::{Options, RawHtml, Site, check_html, check_problems, plain, render};

#[test]
fn comments_are_dropped() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("a <!-- b --> c", "<p>a  c</p>");
    check("a\n\n<!-- b -->\n\nc", "<p>a</p>\n<p>c</p>");
    check("a\n<!-- b -->\nc", "<p>a</p>\n<p>c</p>");
    check("<!-- b\n\n# c\n\nd -->\ne", "<p>e</p>");
    check("a <!-- b\nc --> d", "<p>a  d</p>");
    check("<div>\n<!-- b\nc -->\n<p>d</p><!--e-->\n</div>", "<div>\n\n<p>d</p>\n</div>");
    check("<!-- a --><b>c</b><!-- d -->", "<b>c</b>");
    check("<!-- a --> *b*", " *b*");
    check("<!--> a -->", " a -->");
    check("a <!--> b", "<p>a  b</p>");
    check("a <!---> b", "<p>a  b</p>");
    check("- <!-- a -->\n- b", "<ul>\n<li></li>\n<li>b</li>\n</ul>");
    check("# a <!-- b -->", "<h1 id=\"a\">a </h1>");
    check("![a <!-- b --> c](d)", "<p><img src=\"d\" alt=\"a  c\"></p>");
    check("<!-- {{ <gone /> }} -->", "");
    check("<!--\n{% <gone> %}\n-->", "");
    check("`<!-- a -->`", "<p><code>&lt;!-- a --&gt;</code></p>");
    check("    <!-- a -->", "<pre><code>&lt;!-- a --&gt;\n</code></pre>");
    check("a \\<!-- b -->", "<p>a &lt;!– b –&gt;</p>");
}

#[test]
fn comments_are_dropped_whatever_is_done_with_html() {
    let check = |html, text, expected| check_html(&Options { html, ..plain() }, text, expected);
    for html in [RawHtml::Allow, RawHtml::Sanitise, RawHtml::Refuse] {
        check(html, "a <!-- b --> c\n\n<!-- d -->\n\n<!-- more -->", "<p>a  c</p>");
    }
}

#[test]
fn raw_html_is_taken_apart_as_browsers_do() {
    let check = |html, expected| assert_eq!(without_comments(html), expected, "for {html:?}");
    check("<a title=\"<!-- x -->\">b<!-- c --></a>", "<a title=\"<!-- x -->\">b</a>");
    check("<a title = '<!-- x -->'>", "<a title = '<!-- x -->'>");
    check("<p don't><!-- isn't --></p>", "<p don't></p>");
    check("<a b=c'd><!-- e' -->", "<a b=c'd>");
    check("<a title=\"b>\n<!-- c -->\nd", "<a title=\"b>\n\nd");
    check("a < b <!-- c --> d", "a < b  d");
    check("<script>a<!--b--></script>", "<script>a</script>");
    check("a <!-- b", "a ");
    check("<!-- a -- b --> c", " c");
    check("<!<!-- a -->-- b -->", "&lt;!-- b -->");
    check("<<!-- a -->!-- b -->", "&lt;!-- b -->");
    check("<", "<");
    check("<!--", "");
}

#[test]
fn comments_that_do_not_close_are_errors() {
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    let open = "this comment does not close within its paragraph, so it would be published";
    check("a <!-- b\n\nc -->", &[&format!("<!--: {open}")]);
    check("a <!--b", &[&format!("<!--: {open}")]);
    let closed = "this comment is never closed, and takes what follows with it";
    check("<!-- a\n\nb", &[&format!("<!-- a\n\nb: {closed}")]);
    check("<div> <!-- a\n\nb -->", &[&format!("<div> <!-- a: {closed}")]);
    check("a \\<!-- b", &[]);
    check("`a <!-- b`", &[]);
}

#[test]
fn a_more_comment_out_of_place_is_an_error() {
    let message = "this `more` comment does not end the public part";
    let check = |text: &str, place: &str| check_problems(&plain(), text, &[&format!("{place}: {message}")]);
    check("a <!-- more --> b", "<!-- more -->");
    check("- a\n\n  <!-- more -->", "<!-- more -->");
    check("> <!-- more -->", "<!-- more -->");
    check("<!-- More -->", "<!-- More -->");
    check("<!-- more --> b", "<!-- more --> b");
    check("<div>\n<!-- more -->\n</div>", "<div>\n<!-- more -->\n</div>");
    check("{% <x> %}\n<!-- more -->\n{% </x> %}", "<!-- more -->");
    for fine in ["<!-- more -->", "a\n<!--more-->\nb", "`<!-- more -->`", "<!-- more to come -->"] {
        let rendered = render(fine, &plain(), &Site);
        assert_eq!(rendered.problems, [], "for {fine:?}");
    }
}
