//! Code blocks.

use super::{Options, check_html, plain};

#[test]
fn plain_code_is_as_in_commonmark() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("```rust\na < b\n```", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>");
    check("    a", "<pre><code>a\n</code></pre>");
    check("``` a\"b c\n```", "<pre><code class=\"language-a&quot;b\"></code></pre>");
}

#[test]
fn code_is_coloured_by_classes() {
    let check = |text: &str, expected: &str| check_html(&Options { highlight: true, ..plain() }, text, expected);
    check(
        "```json\n1\n```",
        "<pre tabindex=\"0\"><code class=\"language-json\"><span class=\"hl-source hl-json\">\
        <span class=\"hl-constant hl-numeric hl-json\">1</span>\n</span></code></pre>",
    );
    check("```nonesuch\na & b\n```", "<pre tabindex=\"0\"><code class=\"language-nonesuch\">a &amp; b\n</code></pre>");
    check("```\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>");
    check("    a", "<pre tabindex=\"0\"><code>a\n</code></pre>");
    let long = format!("[{}]", "1,".repeat(2000));
    check(
        &format!("```json\n{long}\n```"),
        &format!("<pre tabindex=\"0\"><code class=\"language-json\">{long}\n</code></pre>"),
    );
}

#[test]
fn coloured_code_is_escaped() {
    let text = "```html\n<script>a</script>\n```";
    let html = super::render(text, &Options::default(), &super::Site).html;
    assert!(html.contains("&lt;") && !html.contains("<script"), "{html}");
}
