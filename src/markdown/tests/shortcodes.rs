//! Shortcodes.

use super::{Options, RawHtml, Site, check_html, check_problems, plain, problems, render};

#[test]
fn calls_stand_in_text_or_alone() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("a {{ <b /> }} c", "<p>a <x-b/> c</p>");
    check("a\n\n{{ <b /> }}\n\nc", "<p>a</p>\n<x-b/>\n<p>c</p>");
    check("{{ <b /> }} {{<c/>}}\n{{ <d /> }}", "<x-b/> <x-c/>\n<x-d/>");
    check("{{ <b />\n}}", "<x-b/>");
    check("> {{ <b /> }}", "<blockquote>\n<x-b/>\n</blockquote>");
    check("- {{ <b /> }}", "<ul>\n<li><x-b/></li>\n</ul>");
    check("# a {{ <b /> }}", "<h1 id=\"a\">a <x-b/></h1>");
    check("**{{ <b /> }}**", "<p><strong><x-b/></strong></p>");
    check(
        "| a |\n|---|\n| {{ <b c=\"d|e\" /> }} |",
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table 1\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n\
        </thead>\n<tbody>\n<tr><td><x-b c=[d|e]/></td></tr>\n</tbody>\n</table>\n</div>",
    );
    check("{{ a }} {% b %} {{ <3 }} {a}", "<p>{{ a }} {% b %} {{ &lt;3 }} {a}</p>");
}

#[test]
fn arguments_are_read_strictly() {
    let check = |arguments: &str, expected: &str| {
        check_html(&plain(), &format!("{{{{ <a {arguments} /> }}}}"), &format!("<x-a{expected}/>"));
    };
    check("b=\"c d\" e='f'", " b=[c d] e=[f]");
    check("b=\"c \\\" \\\\ \\n é\"", " b=[c \" \\ \\n é]");
    check("b='c \\' \" <*>'", " b=[c ' \" <*>]");
    check("b=\"c\nd\"", " b=[c\nd]");
    check("b={3} c={ -4 } d={0}", " b=i3 c=i-4 d=i0");
    check("b={3.5} c={-0.25}", " b=f3.5 c=f-0.25");
    check("b={true} c={false}", " b=true c=false");
    check("\n  b=\"c\"\n  d={1}\n", " b=[c] d=i1");
    check_html(&plain(), "{{ <a.b_2 /> }}", "<x-a.b_2/>");
}

#[test]
fn malformed_calls_are_errors() {
    let check = |call: &str, message: &str| {
        let text = format!("é {call} z");
        let rendered = render(&text, &plain(), &Site);
        assert_eq!(problems(&text, &rendered.problems), [format!("{call}: malformed shortcode: {message}")]);
        assert!(rendered.problems[0].complaint.hint.is_some());
        let shown = call.replace('<', "&lt;").replace('>', "&gt;");
        assert_eq!(rendered.html, format!("<p>é {shown} z</p>\n"));
    };
    check("{{ <a b /> }}", "the argument `b` has no value");
    check("{{ <a b=c /> }}", "the value of `b` is neither in quotes nor in braces");
    check("{{ <a b=3 /> }}", "the value of `b` is neither in quotes nor in braces");
    for value in ["c", "1e3", ".5", "5.", "inf", "NaN", "+1", "", "1.2.3", "99999999999999999999"] {
        check(&format!("{{{{ <a b={{{value}}} /> }}}}"), "braces hold a whole number, a decimal, true or false");
    }
    check("{{ <a b=\"c\" b=\"d\" /> }}", "the argument `b` is given twice");
    check("{{ <a b=\"c\"d=\"e\" /> }}", "this is no argument");
    check("{{ <a \"c\" /> }}", "this is no argument");
    check("{{ <a b=\"c /> }}", "a quotation mark is not closed");
    check("{{ <a> }}", "`/>` is missing");
    check("{{ <a / > }}", "`/>` is missing");
    check("{{ </a> }}", "a closing tag stands in `{% … %}`");
    check("{% <a /> %}", "a call in `{% … %}` has a body");
    check("{%<a>%}", "the tag needs a space on either side");
    check("{{- <a /> }}", "white-space control has no place in a text");
    // Where there is no end on the line, only the beginning is pointed at.
    check_problems(&plain(), "{{ <a /> } b\n}}", &["{{ <a: malformed shortcode: `}}` is missing"]);
    check_problems(
        &plain(),
        "{{ <a b=\"c\n\nd\" /> }}",
        &["{{ <a: malformed shortcode: a quotation mark is not closed"],
    );
}

#[test]
fn code_holds_calls_as_they_are() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("`{{ <a b=\"c\" /> }}`", "<p><code>{{ &lt;a b=\"c\" /&gt; }}</code></p>");
    check("`{% <a> %}` b", "<p><code>{% &lt;a&gt; %}</code> b</p>");
    check("`a\n{{ <b /> }}`", "<p><code>a {{ &lt;b /&gt; }}</code></p>");
    check(
        "```\n{{ <a /> }}\n{% <b> %}\n{{ <c d /> }}\n```",
        "<pre><code>{{ &lt;a /&gt; }}\n{% &lt;b&gt; %}\n{{ &lt;c d /&gt; }}\n</code></pre>",
    );
    check("```\n{{ <a\n  b=\"c\" /> }}\n```", "<pre><code>{{ &lt;a\n  b=\"c\" /&gt; }}\n</code></pre>");
    check("> ```\n> {{ <a /> }}\n> ```", "<blockquote>\n<pre><code>{{ &lt;a /&gt; }}\n</code></pre>\n</blockquote>");
    check("    {% <a> %}", "<pre><code>{% &lt;a&gt; %}\n</code></pre>");
    check("``` {{<a/>}}\nb\n```", "<pre><code class=\"language-{{&lt;a/&gt;}}\">b\n</code></pre>");
    check("\\{{ <b/> }}", "<p>{{ <b/> }}</p>");
    check("\\\\{{ <b /> }}", "<p>\\<x-b/></p>");
    check("[a](b \"{{ <c /> }}\")", "<p><a href=\"b\" title=\"{{ &lt;c /&gt; }}\">a</a></p>");
    check("![{{ <c /> }}](b)", "<p><img src=\"b\" alt=\"{{ &lt;c /&gt; }}\"></p>");
}

#[test]
fn bodies_are_markdown() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("{% <a b=\"c\"> %}\n*d*\n{% </a> %}", "<x-a b=[c]><p><em>d</em></p>\n</x-a>");
    check("e\n{% <a> %}\n\n- d\n\n{% </a> %}\nf", "<p>e</p>\n<x-a><ul>\n<li>d</li>\n</ul>\n</x-a>\n<p>f</p>");
    check("{% <a> %}\n{% <b> %}\nc\n{% </b> %}\n{% </a> %}", "<x-a><x-b><p>c</p>\n</x-b>\n</x-a>");
    check("{% <a> %}\n{% </a> %}", "<x-a></x-a>");
    check("- {% <a> %}\n\n  b\n\n  {% </a> %}", "<ul>\n<li>\n<x-a><p>b</p>\n</x-a>\n</li>\n</ul>");
    check(
        "{% <a> %}\n[b][c] {{ <d /> }}\n{% </a> %}\n\n[c]: old/e",
        "<x-a><p><a href=\"/new/e\">b</a> <x-d/></p>\n</x-a>",
    );
    check("{% <a> %}\n# B\n{% </a> %}\n\n[c](#b)", "<x-a><h1 id=\"b\">B</h1>\n</x-a>\n<p><a href=\"#b\">c</a></p>");
}

#[test]
fn bodies_must_fit() {
    let check = |text: &str, expected: &[&str]| check_problems(&plain(), text, expected);
    check("{% <a> %}\nb", &["{% <a> %}: the shortcode `a` is not closed"]);
    check("b\n\n{% </a> %}", &["{% </a> %}: `{% </a> %}` closes nothing"]);
    check("{% <a> %}\n{% <b> %}\n{% </a> %}\n{% </b> %}\n{% </a> %}", &["{% </a> %}: `{% </a> %}` closes nothing"]);
    check(
        "- {% <a> %}\n\n{% </a> %}",
        &["{% <a> %}: the shortcode `a` is not closed", "{% </a> %}: `{% </a> %}` closes nothing"],
    );
    check("{% <a> %}\n- {% </a> %}\n\n{% </a> %}", &["{% </a> %}: `{% </a> %}` closes nothing"]);
    let deeper = "{% <a> %}\n- {% </a> %}";
    check(deeper, &["{% <a> %}: the shortcode `a` is not closed", "{% </a> %}: `{% </a> %}` closes nothing"]);
    let deep = format!("{}a\n{}", "{% <a> %}\n".repeat(101), "{% </a> %}\n".repeat(100));
    check(&deep, &["{% <a> %}: too many shortcodes inside one another"]);
    let own_line = "the beginning and the end of a shortcode with a body stand on lines of their own";
    check("b {% <a> %} c", &[&format!("{{% <a> %}}: {own_line}")]);
    check("<div>\n{% <a> %}\n</div>", &["{% <a> %}: a shortcode with a body cannot begin or end inside raw HTML"]);
}

#[test]
fn calls_where_they_cannot_stand_are_errors() {
    let check = |text, expected: &[&str]| check_problems(&plain(), text, expected);
    check("a {{ <gone /> }}", &["{{ <gone /> }}: no shortcode `gone`"]);
    check("[a]({{<b/>}})", &["[a]({{<b/>}}): a shortcode cannot be the destination of a link or an image"]);
    check("<p class=\"{{ <b /> }}\">", &["{{ <b /> }}: a shortcode cannot stand inside a tag"]);
    check("a <i class=\"{{ <b /> }}\">", &["{{ <b /> }}: a shortcode cannot stand inside a tag"]);
}

#[test]
fn places_are_those_of_the_text_as_written() {
    for html in [RawHtml::Allow, RawHtml::Sanitise, RawHtml::Refuse] {
        let text = "é {{ <a b=\"ü\" /> }}\n\n{% <c> %}\n[d](gone) [^e]\n{% </c> %}\n\n{{ <f }} [g](#h)";
        check_problems(
            &Options { html, ..plain() },
            text,
            &[
                "[d](gone): no such page",
                "[^e]: there is no note `e`",
                "{{ <f }}: malformed shortcode: this is no argument",
                "[g](#h): nothing in this text has the id `h`",
            ],
        );
    }
}
