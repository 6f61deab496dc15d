//! Texts made to hurt: each case only has to come to an end, with all that is
//! made from a text.

use super::{AsWritten, Options, RawHtml, behind_the_gate, first_paragraph, pieces, render, teaser_end};

fn check(name: &str, text: &str) {
    let refuse = Options { html: RawHtml::Refuse, heading_base: 2, id_prefix: "p-".into(), ..Options::default() };
    for options in [Options::default(), refuse, Options::commonmark()] {
        let rendered = render(text, &options, &AsWritten);
        let fits = |at: &std::ops::Range<usize>| text.get(at.clone()).is_some();
        assert!(rendered.problems.iter().all(|problem| fits(&problem.at)), "a place outside the text in {name}");
    }
    teaser_end(text);
    let options = Options::default();
    assert!(pieces(text, &options).iter().all(|piece| text.get(piece.at.clone()).is_some()), "{name}");
    assert!(first_paragraph(text, &options, 100).chars().count() <= 100, "{name}");
    behind_the_gate(text, text, &options);
}

fn numbered(most: usize, piece: impl Fn(usize) -> String) -> String {
    (0..most).map(piece).collect::<Vec<_>>().concat()
}

/// What is repeated, each by itself.
const UNITS: [&str; 37] = [
    "[",
    "*a ",
    "`",
    "a](",
    "[a](",
    "![[]()",
    "[^",
    "[^a]",
    "<a ",
    "a <?",
    "<!--",
    "a <!--",
    "&",
    "\"'",
    "~~a~b",
    "# ",
    "\\",
    "{#",
    "{{ <x ",
    "{{ <x a=\"",
    "{{ <x a=\"\\",
    "{{ <x a=\" {{ <x a='",
    "{{ <x /> }}",
    "{{ <x /> }}\n\n",
    "{% <x> %}\n",
    "{% </x> %}\n",
    "{{<x",
    "{{ ",
    "## a\n",
    "## a {#b}\n",
    "[a](#x)\n\n",
    "> <!-- more -->\n\n",
    "\u{100000}",
    "\u{10fffd}",
    "a[^a]\n\n[^a]: b\n\n",
    "[^a]:",
    "中",
];

#[test]
fn repetition_comes_to_an_end() {
    for unit in UNITS {
        check(unit, &unit.repeat(4_000));
    }
    check("brackets", &"[".repeat(100_000));
    check("emphasis", &"*a ".repeat(100_000));
}

#[test]
fn a_text_has_so_many_shortcodes_and_no_more() {
    let told = |calls: usize| {
        let rendered = render(&"{{ <x /> }} ".repeat(calls), &Options::default(), &AsWritten);
        rendered
            .problems
            .iter()
            .filter(|problem| problem.complaint.message == "too many shortcodes in one text")
            .count()
    };
    assert_eq!((told(61_439), told(61_441)), (0, 1));
}

#[test]
fn depth_comes_to_an_end() {
    check("quotes", &">".repeat(50_000));
    check("spaced quotes", &"> ".repeat(50_000));
    check("lists on a line", &"1. ".repeat(50_000));
    check("lists", &numbered(500, |i| format!("{}* a\n", " ".repeat(i * 2))));
    check("notes", &numbered(2_000, |i| format!("> [^a{i}]: ")));
    check("elements", &"<div>\n\n".repeat(50_000));
    check("elements on a line", &format!("a {}", "<b>".repeat(20_000)));
    check("bodies", &("{% <x> %}\n".repeat(2_000) + &"{% </x> %}\n".repeat(2_000)));
    check("backticks", &numbered(1_000, |i| format!("e{}", "`".repeat(i))));
}

#[test]
fn long_lines_come_to_an_end() {
    check("words", &"word ".repeat(600_000));
    check("one word", &"a".repeat(3_000_000));
    check("code", &format!("```rust\n{}\n```", "fn a() {}".repeat(300_000)));
    check("argument", &format!("{{{{ <x a=\"{}\" /> }}}}", "b".repeat(1_000_000)));
    check("table", &format!("{}\n{}\n{}", "a|".repeat(2_000), "-|".repeat(2_000), "x\n".repeat(2_000)));
}

#[test]
fn broken_html_comes_to_an_end() {
    for unit in [
        "<a \">",
        "<a b=\">\"",
        "<a b='\" c=\"'",
        "<",
        "<!-- x -->",
        "<<!-- x -->!",
        "<!",
        "id=",
        " id=\"",
        "{{ <x /> }}",
        "<a ",
    ] {
        check(unit, &format!("<div><!-- x -->{}", unit.repeat(5_000)));
    }
}

#[test]
fn odd_texts_come_to_an_end() {
    for text in [
        "",
        "\n",
        "\r",
        "\0",
        "\u{feff}",
        "{{",
        "{%",
        "{{ <",
        "{{ <x",
        "{% </",
        "<!--",
        "<!-->",
        "[^]",
        "![",
        "`",
        "#",
        "\u{10ffff}",
    ] {
        check(text, text);
    }
    // Every beginning of a text with everything in it.
    let text = "# é {#b}\n[^1] {{ <x a=\"ü\" /> }}\n{% <y> %}\n- [x] <i>ö</i> <!-- c -->\n{% </y> %}\n\n| a |\n|--|\n![d](e \"f\")\n\n[^1]: ``` g";
    for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
        check("a beginning", &text[..end]);
        check("an end", &text[end..]);
    }
}
