//! HTML written in the text.

use super::{Options, RawHtml, Site, check_html, plain, problems, render};

fn with(html: RawHtml) -> Options {
    Options { html, ..plain() }
}

#[test]
fn allowed_html_passes() {
    let check = |text: &str, expected: &str| check_html(&with(RawHtml::Allow), text, expected);
    check("a <b onclick=\"c()\">d</b>", "<p>a <b onclick=\"c()\">d</b></p>");
    check("<script>\na\n\nb\n</script>", "<script>\na\n\nb\n</script>");
    check("- <div>a</div>\n- b", "<ul>\n<li>\n<div>a</div>\n</li>\n<li>b</li>\n</ul>");
    check("<div>{{ <x /> }}</div>", "<div><x-x/></div>");
}

#[test]
fn refused_html_is_shown_and_complained_of() {
    let check = |text, expected: &str, places: &[&str]| {
        let rendered = render(text, &with(RawHtml::Refuse), &Site);
        assert_eq!(rendered.html.trim_end(), expected);
        let places: Vec<_> = places.iter().map(|p| format!("{p}: raw HTML is not allowed here")).collect();
        assert_eq!(problems(text, &rendered.problems), places);
    };
    check("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>", &["<b>", "</b>"]);
    check("<div>\na\n</div>", "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>", &["<div>\na\n</div>"]);
    check("<!-- a --><div>b", "<p>&lt;div&gt;b</p>", &["<!-- a --><div>b"]);
    check("<div>{{ <x /> }}", "<p>&lt;div&gt;{{ &lt;x /&gt; }}</p>", &["<div>{{ <x /> }}"]);
    check("![a <b>](c)", "<p><img src=\"c\" alt=\"a &lt;b&gt;\"></p>", &["<b>"]);
    check(
        "`<b>` \\<b> <https://a.b>",
        "<p><code>&lt;b&gt;</code> &lt;b&gt; <a href=\"https://a.b\">https://a.b</a></p>",
        &[],
    );
    check("a\n\n{% <x> %}\nb\n{% </x> %}", "<p>a</p>\n<x-x><p>b</p>\n</x-x>", &[]);
}

#[test]
fn sanitised_html_cannot_run() {
    let check = |text: &str, expected: &str| check_html(&with(RawHtml::Sanitise), text, expected);
    check(
        "a <b onclick=\"c()\" style=\"d\" data-e=\"f\" class=\"g\" id=\"h\">i</b>",
        "<p>a <b class=\"g\" id=\"h\">i</b></p>",
    );
    check("<script>\na\n</script>\nb", "\n<p>b</p>");
    check("<a href=\"javascript:a()\">b</a>", "<p><a>b</a></p>");
    check("<img src=\"data:text/html,a\" alt=\"\">", "<img alt=\"\">");
    check("<iframe src=\"a\"></iframe> b", " b");
    check("<svg><a xlink:href=\"javascript:b\">c</a></svg>", "<p></p>");
    check("<input name=\"a\" value=\"b\">", "<input type=\"checkbox\">");
    check(
        "<details open><summary>a</summary>\n\nb\n\n</details>",
        "<details open=\"\"><summary>a</summary>\n<p>b</p>\n</details>",
    );
    check(
        "<bdi dir=\"rtl\" lang=\"ar\">a</bdi> <time datetime=\"2026\">b</time>",
        "<p><bdi dir=\"rtl\" lang=\"ar\">a</bdi> <time datetime=\"2026\">b</time></p>",
    );
    check("<div>a", "<div>a\n</div>");
}

#[test]
fn what_shortcodes_write_is_not_sanitised() {
    let check = |text: &str, expected: &str| check_html(&with(RawHtml::Sanitise), text, expected);
    check("<b onclick=\"a()\">{{ <x a=\"b\" /> }}</b>", "<p><b><x-x a=[b]/></b></p>");
    check("{% <x> %}\n<b onclick=\"a()\">b</b> {{ <y /> }}\n{% </x> %}", "<x-x><p><b>b</b> <x-y/></p>\n</x-x>");
    check("\u{10FFFD}\u{F0000}\u{10FFFD}", "<p>\u{10FFFD}\u{F0000}\u{10FFFD}</p>");
}

#[test]
fn what_nests_too_deeply_to_be_sanitised_is_left_out() {
    let options = with(RawHtml::Sanitise);
    let complaint = |text: &str| {
        let rendered = render(text, &options, &Site);
        rendered.problems.first().map(|problem| (problem.complaint.message.clone(), rendered.html.clone()))
    };
    let deep = Some(("this nests too deeply to be sanitised".to_owned(), String::new()));
    assert_eq!(complaint(&"<div>".repeat(501)), deep);
    assert_eq!(complaint(&format!("{} <b>a</b>", ">".repeat(500))), deep);
    assert_eq!(complaint(&"<div>".repeat(500)), None);
    assert_eq!(complaint(&"<p>a <br>\n\n- <i>b</i>\n\nc\n\n".repeat(600)), None);
    assert_eq!(complaint(&">".repeat(600)), None);
}

/// The tags and texts of HTML, each as its sorted words: attributes may change
/// their order, and those without a value may be given an empty one.
fn tags(html: &str) -> Vec<Vec<&str>> {
    let pieces = html.split(['<', '>']);
    let words = pieces.map(|piece| piece.split([' ', '\n', '"', '=']).filter(|word| !word.is_empty()));
    words
        .map(|words| {
            let mut words: Vec<_> = words.collect();
            words.sort_unstable();
            words
        })
        .collect()
}

/// All that the renderer itself writes goes through unharmed.
#[test]
fn own_html_survives_sanitising() {
    let text = "# A *b* {#c .d}\n\n## A\n\n[e](#c \"f\") [tel](tel:1) [geo](geo:1,2) [rel](a/b?c) g[^1] h[^1]\n\n![i](old/j \"k\")\n\n![l](old/m) n\n\n\
        | o | p | q |\n|:--|:-:|--:|\n| r | s | t |\n\n- [x] u\n- [ ] v\n\n3. w\n\n> [!NOTE]\n> x\n\n> y\n\n\
        z\n: aa\n\n```rust\nfn a() {}\n```\n\n    b\n\n~~c~~ **d** `e`\\\nf\n\n***\n\n[^1]: g\n\n    > h\n";
    let options = Options { html: RawHtml::Allow, id_prefix: "z-".into(), ..Options::default() };
    let html = render(text, &options, &Site).html;
    let clean = super::super::sanitise::clean(&html).expect("not deep");
    assert_eq!(tags(&clean), tags(&html));
}

#[test]
fn markup_in_private_use_characters_is_text() {
    let check = |text: &str, expected: &str| check_html(&with(RawHtml::Allow), text, expected);
    check("\u{100000}xxxx {{ <x /> }}", "<p>\u{100000}xxxx <x-x/></p>");
    check("\u{100001} \u{e000} {{ <x /> }}", "<p>\u{100001} \u{e000} <x-x/></p>");
}
