//! The public part and the summary.

use super::{Extensions, Options, behind_the_gate, first_paragraph, plain, problems, teaser_end};

#[test]
fn the_public_part_ends_at_a_block_of_its_own() {
    let check = |text: &str, expected: Option<&str>| {
        let found = teaser_end(text).map(|at| format!("{}|{}", &text[..at.start], &text[at]));
        assert_eq!(found.as_deref(), expected, "for {text:?}");
    };
    check("a\n\n<!-- more -->\n\nb", Some("a\n\n|<!-- more -->"));
    check("é\n<!--more-->\nb", Some("é\n|<!--more-->"));
    check("<!--  \n more\n-->", Some("|<!--  \n more\n-->"));
    check("a\n\n  <!-- more -->  \n", Some("a\n\n  |<!-- more -->"));
    check("- a\n\n<!-- more -->", Some("- a\n\n|<!-- more -->"));
    check("<!-- more -->\n\n<!-- more -->", Some("|<!-- more -->"));
    check("```\n<!-- more -->\n```\n\n<!-- more -->", Some("```\n<!-- more -->\n```\n\n|<!-- more -->"));
    check("a\r\n\r\n<!-- more -->\r\nb", Some("a\r\n\r\n|<!-- more -->"));
    check("{% <a> %}\n{% </a> %}\n<!-- more -->", Some("{% <a> %}\n{% </a> %}\n|<!-- more -->"));
    for none in [
        "a",
        "",
        "<!-- no more -->",
        "<!-- more",
        "<!-- More -->",
        "a <!-- more --> b",
        "- a\n\n  <!-- more -->",
        "> <!-- more -->",
        "    <!-- more -->",
        "`<!-- more -->`",
        "<div>\n<!-- more -->\n</div>",
        "<!-- more --> b",
        "{% <a> %}\n<!-- more -->\n{% </a> %}",
        "[^a]:\n    <!-- more -->",
        "{{ <a b=\"\n<!-- more -->\n\" /> }}",
        "<!-- a\n<!-- more -->",
    ] {
        check(none, None);
    }
}

#[test]
fn what_the_public_part_lacks_is_complained_of() {
    let check = |teaser: &str, rest: &str, expected: &[&str]| {
        let found = behind_the_gate(teaser, rest, &plain());
        assert_eq!(problems(teaser, &found), expected, "for {teaser:?}");
    };
    let note = "the note `a` is behind the gate, but the public part uses it";
    check("é [^a] b", "[^a]: c", &[&format!("[^a]: {note}")]);
    check("b [^A]", "[^a]: c", &["[^A]: the note `A` is behind the gate, but the public part uses it"]);
    check("[^a]\n\n[^a]: d", "[^a]: c", &[]);
    check("`[^a]` \\[^a]", "[^a]: c", &[]);
    check("[^a]", "[^b]: c", &[]);
    let link = |name: &str| format!("the target of the link `{name}` is behind the gate, but the public part uses it");
    check("[a]", "[a]: b", &[&format!("[a]: {}", link("a"))]);
    check("[c][A b] d", "[a  B]: b", &[&format!("[c][A b]: {}", link("A b"))]);
    check(
        "![c][a] [^x]",
        "[^x]: d\n\n[a]: b",
        &[&format!("![c][a]: {}", link("a")), "[^x]: the note `x` is behind the gate, but the public part uses it"],
    );
    check("[a] [d]\n\n[a]: c", "[a]: b", &[]);
    check("", "[a]: b", &[]);
}

#[test]
fn the_summary_is_the_first_paragraph_in_plain_words() {
    let check = |text, most, expected| assert_eq!(first_paragraph(text, &plain(), most), expected, "for {text:?}");
    check("# a\n\nb *c* `d` [e](f)\ng <i>h</i>\n\ni", 100, "b c d e g h");
    check("![a](b)\n\n- c\n\n> d\n\ne ![f](g)[^1] h\n\n[^1]: i", 100, "e h");
    check("{{ <a /> }}\n\nb {{ <a /> }} c <!-- d --> e", 100, "b c e");
    check("[^1]: a\n\nb[^1]", 100, "b");
    check("- a", 100, "");
    check("", 100, "");
    check("aa bb cc", 8, "aa bb cc");
    check("aa bb cc", 7, "aa bb…");
    check("aa bb cc", 6, "aa bb…");
    check("aa, bb cc", 5, "aa…");
    check("ééééé", 3, "éé…");
    check("aa bb", 1, "…");
    check("aa bb", 0, "");
    check("\"a\"", 9, "“a”");
    let bare = Options { extensions: Extensions::none(), ..plain() };
    assert_eq!(first_paragraph("\"a\"", &bare, 9), "\"a\"");
}
