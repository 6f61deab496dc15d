//! Everything a page would show or carry.

use super::super::pieces;
use super::{PieceKind::*, plain};

#[test]
fn every_piece_is_there_in_order() {
    let check = |text: &str, expected: &[(super::super::PieceKind, &str)]| {
        let pieces = pieces(text, &plain());
        let found: Vec<_> = pieces.iter().map(|piece| (piece.kind, piece.text.as_str())).collect();
        assert_eq!(found, expected, "for {text:?}");
        assert!(pieces.iter().all(|piece| text.get(piece.at.clone()).is_some()));
    };
    check("a *b*c `d`\ne", &[(Prose, "a bc d e")]);
    check(
        "# A [b](c 'd') {#e .f}",
        &[(Heading, "e"), (Heading, "f"), (Heading, "A b"), (LinkTarget, "c"), (Title, "d")],
    );
    check("a ![b *c*](d \"e\") f", &[(Prose, "a  f"), (ImageTarget, "d"), (Title, "e"), (AltText, "b c")]);
    check("- a\n- b\n\n> c", &[(Prose, "a"), (Prose, "b"), (Prose, "c")]);
    check("| a | b |\n|---|---|\n| c |", &[(Prose, "a"), (Prose, "b"), (Prose, "c")]);
    check("```rust x\na\n```\n\n    b", &[(Code, "rust"), (Code, "a\n"), (Code, "b")]);
    check("a[^1] b\n\n[^1]: c *d*\n\n    # e", &[(Prose, "a b"), (Footnote, "c d"), (Heading, "e")]);
    check("[^1]: a\n\nb", &[(Footnote, "a"), (Prose, "b")]);
    check("<p title=\"a\">\n<!-- b -->c", &[(RawHtml, "<p title=\"a\">\nc")]);
    check("a <i title=\"b\">c</i> <!-- d --> e", &[(Prose, "a c  e"), (RawHtml, "<i title=\"b\">"), (RawHtml, "</i>")]);
    check("<!-- a -->\n\n<!-- {{ <b c=\"d\" /> }} -->", &[]);
    check("{{ <a b=\"c\" d={1} e='f' /> }} g", &[(ShortcodeArgument, "c"), (ShortcodeArgument, "f"), (Prose, " g")]);
    check("{% <a b=\"c\"> %}\nd\n{% </a> %}", &[(ShortcodeArgument, "c"), (Prose, "d")]);
    check("`{{ <a b=\"c\" /> }}`", &[(Prose, "{{ <a b=\"c\" /> }}")]);
    check("```\n{{ <a b=\"c\" /> }}\n```", &[(Code, "{{ <a b=\"c\" /> }}\n")]);
    check("a {{ <b c /> }}", &[(Prose, "a {{ <b c /> }}")]);
    check("[a]: b\n\nc", &[(Prose, "c")]);
    check("<https://a.b>", &[(LinkTarget, "https://a.b"), (Prose, "https://a.b")]);
}
