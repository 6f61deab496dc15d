//! Footnotes.

use super::{Extensions, Options, check_html, check_problems, plain};

fn reference(number: usize, id: &str) -> String {
    format!(
        "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{id}\" role=\"doc-noteref\">{number}</a></sup>"
    )
}

fn back(id: &str) -> String {
    format!("<a href=\"#fnref-{id}\" role=\"doc-backlink\" aria-label=\"Back to reference {id}\">↩</a>")
}

fn section(notes: &[String]) -> String {
    let notes: Vec<_> =
        notes.iter().enumerate().map(|(i, note)| format!("<li id=\"fn-{}\">\n{note}\n</li>\n", i + 1)).collect();
    format!(
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n{}</ol>\n</section>",
        notes.concat()
    )
}

#[test]
fn notes_are_numbered_by_first_reference_and_come_last() {
    let check = |text, body: &str, notes: &[String]| check_html(&plain(), text, &format!("{body}\n{}", section(notes)));
    let (one, two, three) = (reference(1, "1"), reference(2, "2"), reference(3, "3"));
    check("a[^x]\n\n[^x]: b", &format!("<p>a{one}</p>"), &[format!("<p>b {}</p>", back("1"))]);
    check(
        "[^y]: c\n\n[^x]: b\n\na[^x] d[^y]",
        &format!("<p>a{one} d{two}</p>"),
        &[format!("<p>b {}</p>", back("1")), format!("<p>c {}</p>", back("2"))],
    );
    // A note may refer to another, or be referred to before it is written.
    check(
        "a[^x] b[^z]\n\n[^x]: c[^y]\n\n[^y]: d\n\n[^z]: e",
        &format!("<p>a{one} b{two}</p>"),
        &[
            format!("<p>c{three} {}</p>", back("1")),
            format!("<p>e {}</p>", back("2")),
            format!("<p>d {}</p>", back("3")),
        ],
    );
    check("a[^X]\n\n[^x]: b", &format!("<p>a{one}</p>"), &[format!("<p>b {}</p>", back("1"))]);
    // What has a reference in it is no link.
    check("[a[^x]](b)\n\n[^x]: c", &format!("<p>[a{one}](b)</p>"), &[format!("<p>c {}</p>", back("1"))]);
}

#[test]
fn the_way_back_is_inside_the_last_paragraph() {
    let check = |note: &str, expected: String| {
        let text = format!("a[^x]\n\n[^x]: {note}");
        check_html(&plain(), &text, &format!("<p>a{}</p>\n{}", reference(1, "1"), section(&[expected])));
    };
    let back = back("1");
    check("b\n\n    c", format!("<p>b</p>\n<p>c {back}</p>"));
    check("b\n\n    - c", format!("<p>b</p>\n<ul>\n<li>c</li>\n</ul>\n<p>{back}</p>"));
    check("b\n\n    > c", format!("<p>b</p>\n<blockquote>\n<p>c</p>\n</blockquote>\n<p>{back}</p>"));
    check(
        "![b](old/c)",
        format!(
            "<figure><img src=\"/new/c\" alt=\"b\" width=\"80\" height=\"60\" loading=\"lazy\" decoding=\"async\"></figure>\n<p>{back}</p>"
        ),
    );
}

#[test]
fn each_reference_has_its_way_back() {
    let again = |id: &str, n: usize| {
        format!(
            "<a href=\"#fnref-{id}\" role=\"doc-backlink\" aria-label=\"Back to reference {id}\">↩<sup>{n}</sup></a>"
        )
    };
    let body = format!("<p>a{} b{} c{}</p>", reference(1, "1"), reference(1, "1-2"), reference(1, "1-3"));
    let note = format!("<p>d {} {} {}</p>", back("1"), again("1-2", 2), again("1-3", 3));
    check_html(&plain(), "a[^x] b[^x] c[^x]\n\n[^x]: d", &format!("{body}\n{}", section(&[note])));
}

#[test]
fn ids_of_notes_have_the_prefix() {
    let options = Options { id_prefix: "p-".into(), ..plain() };
    let expected = format!("<p>a{}</p>\n{}", reference(1, "1"), section(&[format!("<p>b {}</p>", back("1"))]));
    let expected = expected.replace("id=\"", "id=\"p-").replace("href=\"#", "href=\"#p-");
    check_html(&options, "a[^x]\n\n[^x]: b", &expected);
}

#[test]
fn notes_that_do_not_fit_are_complained_of() {
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    let unknown = |place: &str, name: &str| format!("{place}: there is no note `{name}`");
    check("a[^x] b", &[&unknown("[^x]", "x")]);
    check("é ![^x]", &[&unknown("[^x]", "x")]);
    check("| a |\n|--|\n| [^x] |", &[&unknown("[^x]", "x")]);
    check("a[^y]\n\n[^y]: b[^x]", &[&unknown("[^x]", "x")]);
    check("a \\[^x] `[^x]` [^ x] [^] [^x](u)\n\n    [^x]", &[]);
    check("[^x]: a", &["~[^x]: a: nothing refers to this note, so it is left out"]);
    check("a[^x]\n\n[^x]: b\n\n[^x]: c", &["[^x]: c: the note `x` is written twice"]);
    let options = Options { extensions: Extensions::none(), ..plain() };
    check_problems(&options, "a[^x]", &[]);
}

#[test]
fn notes_that_are_left_out_are_not_counted_or_looked_into() {
    let rendered = super::render("a\n\n[^x]: b [c](gone)", &plain(), &super::Site);
    assert_eq!((rendered.words, rendered.problems.len()), (1, 1));
    assert_eq!(rendered.html, "<p>a</p>\n");
}
