//! Each feature of a text and the Markdown it becomes.

use super::made::{Made, item, markdown, p, r, root, run, styled};

#[track_caller]
fn becomes(body: &str, expected: &str) {
    assert_eq!(markdown(body).trim_end_matches('\n'), expected);
}

#[test]
fn paragraphs_and_headings() {
    let long = p(&r("First."));
    becomes(&format!("{long}{}{}", p(""), p(&r(" \u{A0} "))), "First.");
    let headings =
        [styled("berschrift1", "One"), styled("berschrift2", "Two"), styled("Abschnitt", "Three"), p(&r("x"))];
    let body = [p(&r("First.")).repeat(9), headings.concat(), styled("berschrift1", "Four")].concat();
    becomes(&body, &format!("{}## One\n\n### Two\n\n#### Three\n\nx\n\n## Four", "First.\n\n".repeat(9)));
}

#[test]
fn headings_begin_at_the_second_level() {
    let body = [
        p(&r("First.")),
        styled("berschrift2", "Two"),
        styled("Abschnitt", "Three #"),
        styled("berschrift2", "Four {x}"),
    ]
    .concat();
    becomes(&body, "First.\n\n## Two\n\n### Three \\#\n\n## Four {x&#125;");
    let direct = r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>By outline</w:t></w:r></w:p>"#;
    becomes(&format!("{}{direct}", p(&r("First."))), "First.\n\n## By outline");
}

#[test]
fn letters() {
    for (runs, expected) in [
        (r("a ") + &run("<w:b/>", "bold") + &r(" b"), "a **bold** b"),
        (r("a ") + &run("<w:b/>", "bo") + &run("<w:b/><w:sz w:val=\"22\"/>", "ld") + &r(" b"), "a **bold** b"),
        (r("a") + &run("<w:b/>", " bold ") + &r("b"), "a **bold** b"),
        (
            r("a ") + &run("<w:b/>", "b ") + &run("<w:b/><w:i/>", "both") + &run("<w:i/>", " i") + &r("."),
            "a **b both** *i*.",
        ),
        (r("a ") + &run("<w:b/><w:i/>", "both") + &r(" b"), "a **_both_** b"),
        (r("a ") + &run("<w:i/>", "it") + &run("<w:i/><w:b/>", "both") + &r(" b"), "a _it**both**_ b"),
        (r("un") + &run("<w:i/>", "believ") + &r("able"), "un*believ*able"),
        (r("a ") + &run("<w:strike/>", "gone") + &r(" b"), "a ~~gone~~ b"),
        (r("a ") + &run("<w:b/>", "“Yes.”") + &r("b"), "a **“Yes.”**&#98;"),
        (r("a ") + &run(r#"<w:b w:val="0"/>"#, "thin") + &r(" b"), "a thin b"),
        (r("a ") + &run(r#"<w:rStyle w:val="Stark"/>"#, "strong") + &r(" b"), "a **strong** b"),
        (r("a") + &run("<w:b/>", " ") + &r("b"), "a b"),
        (r("m") + &run(r#"<w:vertAlign w:val="superscript"/>"#, "2") + &r(" b"), "m² b"),
        (r("CO") + &run(r#"<w:vertAlign w:val="subscript"/>"#, "2") + &r(" b"), "CO₂ b"),
        (r("a ") + &run("<w:vanish/>", "secret") + &r("b"), "a b"),
    ] {
        becomes(&p(&runs), expected);
    }
}

#[test]
fn styles_set_letters() {
    let lead = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Fett"/></w:pPr>{}{}</w:p>"#,
        r("All bold "),
        run(r#"<w:rStyle w:val="Stark"/>"#, "but this")
    );
    becomes(&format!("{}{lead}", p(&r("x."))), "x.\n\n**All bold** but this");
    becomes(
        &format!("{}{}", p(&r("x.")), styled("Zitat", "Said.") + &styled("Zitat", "Again.")),
        "x.\n\n> Said.\n>\n> Again.",
    );
}

#[test]
fn signs_and_breaks() {
    let tab = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>d\u{AD}e</w:t></w:r>";
    becomes(&p(tab), "a b\\\nc\u{2011}de");
    becomes(&p(&r("10\u{A0}km  and “quotes” — ‘so’…")), "10\u{A0}km and “quotes” — ‘so’…");
    becomes(
        &p(
            r#"<w:r><w:t>a </w:t><w:br w:type="page"/><w:sym w:font="Wingdings" w:char="F0E0"/><w:t xml:space="preserve"> b</w:t><w:br/></w:r>"#,
        ),
        "a → b",
    );
}

#[test]
fn only_needed_escapes() {
    for (text, expected) in [
        (
            "5 * 3, snake_case, [sic], a < b, R&D, 50% | C#, (1) yes!",
            "5 * 3, snake_case, [sic], a < b, R&D, 50% | C#, (1) yes!",
        ),
        ("*starred* and _under_ and `code`", "\\*starred\\* and \\_under\\_ and \\`code\\`"),
        ("1. Not a list", "1\\. Not a list"),
        ("2025. A year", "2025\\. A year"),
        ("- dash", "\\- dash"),
        ("– dash", "– dash"),
        ("# 1 priority", "\\# 1 priority"),
        ("#1 priority", "#1 priority"),
        ("> quote", "\\> quote"),
        ("+5% on the year", "+5% on the year"),
        ("<b>tag</b> &amp; C:\\dir", "\\<b>tag\\</b> \\&amp; C:\\\\dir"),
        ("[a](b) [^1] [x]: y", "[a\\](b) \\[^1] \\[x\\]: y"),
        ("~5% to ~6% of a~b", "\\~5% to ~6% of a\\~b"),
        ("---", "\\---"),
        (": so", "\\: so"),
        ("| bar", "\\| bar"),
        ("{{ <figure /> }}", "{{ \\<figure /> }}"),
    ] {
        becomes(&p(&r(text)), expected);
    }
}

#[test]
fn links() {
    let link = |id: &str, text: &str| {
        format!(r#"<w:hyperlink r:id="{id}">{}</w:hyperlink>"#, run("<w:u w:val=\"single\"/>", text))
    };
    let body = [
        p(&(r("See ") + &link("L1", "the [draft]") + &r("."))),
        p(&(r("Hello!") + &link("L2", "https://example.org/a_b") + &r(" "))),
        p(&link("L3", "local").replace("single", "none")),
        p(&(run("<w:b/>", "All ") + &link("L1", "x").replace("<w:rPr>", "<w:rPr><w:b/>") + &run("<w:b/>", " bold"))),
        p(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/f" \l "top" \o "Tip" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> end</w:t></w:r>"#,
        ),
        p(&format!(
            r#"<w:fldSimple w:instr="HYPERLINK &quot;mailto:a@example.org&quot;">{}</w:fldSimple>"#,
            r("a@example.org")
        )),
        p(&format!(r#"<w:hyperlink w:anchor="_Toc1">{}</w:hyperlink>"#, r("inner"))),
    ];
    let made = Made::new(&body.concat())
        .link("L1", "https://example.org/(x")
        .link("L2", "https://example.org/a_b")
        .link("L3", "file:///C:/a.docx");
    let read = made.read();
    let expected = "See [the \\[draft\\]](https://example.org/%28x).\n\nHello!<https://example.org/a_b>\n\nlocal\n\n\
        **All [x](https://example.org/%28x) bold**\n\n[field](https://example.org/f#top) end\n\n<a@example.org>\n\ninner\n";
    assert_eq!(read.body.replace("Hello\\!", "Hello!"), expected);
    assert_eq!(
        read.notes,
        [
            "the link to file:///C:/a.docx became plain text, as it does not lead to the web",
            "1 link to a place in the document became plain text"
        ]
    );
}

#[test]
fn lists() {
    let body = [
        p(&r("x.")),
        item(1, 0, "one"),
        item(1, 1, "deeper"),
        item(1, 0, "two"),
        p(&r("y.")),
        item(2, 0, "first"),
        item(2, 1, "a"),
        item(2, 0, "second"),
        styled("Listenabsatz", "more of it"),
        p(&r("z.")),
        item(2, 0, "third"),
        item(3, 0, "anew"),
        item(4, 0, "c"),
        styled("Aufz2", "nested by style"),
    ];
    becomes(
        &body.concat(),
        "x.\n\n- one\n  - deeper\n- two\n\ny.\n\n1. first\n   1. a\n2. second\n\n   more of it\n\nz.\n\n3. third\n\n1) anew\n\n3. c\n   - nested by style",
    );
    becomes(&[p(&r("x.")), p(&r("• typed")), p(&r("•\tdot"))].concat(), "x.\n\n- typed\n- dot");
    let plain = r#"<w:p><w:pPr><w:pStyle w:val="Aufz2"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>taken out</w:t></w:r></w:p>"#;
    becomes(plain, "taken out");
}

#[test]
fn tables() {
    let cell = |properties: &str, inside: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let rows = [
        row(&[cell("", &p(&run("<w:b/>", "Year"))), cell("", &p(&r("Growth | %"))), cell("", &p(&r("Note")))]),
        row(&[cell("", &p(&r("2024"))), cell(r#"<w:gridSpan w:val="2"/>"#, &(p(&r("two")) + &p(&r("lines"))))]),
        row(&[cell("<w:vMerge/>", &p("")), cell("", &p(&r("1.5")))]),
    ];
    let read = Made::new(&format!("{}<w:tbl>{}</w:tbl>", p(&r("x.")), rows.concat())).read();
    assert_eq!(
        read.body,
        "x.\n\n| Year | Growth \\| % | Note |\n| --- | --- | --- |\n| 2024 | two lines |  |\n|  | 1.5 |  |\n"
    );
    assert_eq!(
        read.notes,
        ["the merged cells of 1 table were taken apart", "1 table cell with several lines became one line"]
    );
    let framed = format!("<w:tbl>{}</w:tbl>", row(&[cell("", &(p(&r("in a frame")) + &p(&r("still"))))]));
    becomes(&framed, "in a frame\n\nstill");
}

#[test]
fn notes() {
    let reference = |id: &str| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = [
        p(&r("x.")),
        p(&(run("<w:b/>", "Bold") + &reference("7") + &run("<w:b/>", " goes on."))),
        p(&(r("Next.") + &reference("2"))),
    ];
    let made = Made::new(&body.concat()).footnotes(&[("2", " Second *note*."), ("7", "First."), ("9", "Never.")]);
    assert_eq!(
        made.read().body,
        "x.\n\n**Bold[^1] goes on.**\n\nNext.[^2]\n\n[^1]: First.\n\n[^2]: Second \\*note\\*.\n"
    );
    let gated = [p(&(r("Open.") + &reference("7"))), p(&r("Now read on…")), p(&(r("Closed.") + &reference("2")))];
    let made = Made::new(&gated.concat()).footnotes(&[("2", "Late."), ("7", "Early.")]);
    assert_eq!(made.read().body, "Open.[^1]\n\n[^1]: Early.\n\n<!-- more -->\n\nClosed.[^2]\n\n[^2]: Late.\n");
}

#[test]
fn tracked_changes_and_comments() {
    let body = [
        p(&format!(
            "{}<w:ins>{}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>{}",
            r("a "),
            r("new "),
            r("b")
        )),
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", r("joined "), p(&r("up"))),
        p(
            r#"<w:commentRangeStart w:id="0"/><w:r><w:t>said</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r>"#,
        ),
    ];
    let read = Made::new(&body.concat()).read();
    assert_eq!(read.body, "a new b\n\njoined up\n\nsaid\n");
    assert_eq!(
        read.notes,
        ["2 comments were left out", "1 tracked insertion was accepted", "1 tracked deletion was dropped"]
    );
}

#[test]
fn pictures_and_text_boxes() {
    let drawing = |id: &str, alt: &str| {
        format!(
            r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:blip r:embed="{id}"/></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    };
    let text_box = format!(
        r"<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        p(&r("In the box."))
    );
    let body = [
        p(&(drawing("I1", "A [chart] of oil") + &drawing("I1", ""))),
        p(&(r("Text.") + &text_box)),
        p(&drawing("I2", "x")),
        p(&r("End.")),
    ];
    let made = Made::new(&body.concat()).related("I1", "image", "media/Image 1.PNG", b"png").related(
        "I2",
        "image",
        "media/image2.emf",
        b"emf",
    );
    let read = made.read();
    assert_eq!(read.body, "![A \\[chart\\] of oil](image-1.png)![](image-1.png)\n\nText.\n\nIn the box.\n\nEnd.\n");
    assert_eq!(read.images, [("image-1.png".to_owned(), b"png".to_vec())]);
    assert_eq!(
        read.notes,
        [
            "the picture image2.emf was left out, as browsers do not show its kind: save it as PNG or JPEG",
            "the text of 1 text box stands behind its paragraph",
            "1 picture has no description"
        ]
    );
}

#[test]
fn what_is_left_out() {
    let body = [
        styled("Verzeichnis1", "Contents 1"),
        p(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:r><w:t>kept</w:t></w:r></w:sdtContent></w:sdt>",
        ),
        p("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"),
        p(&run(r#"<w:u w:val="single"/>"#, "underlined")),
    ];
    let made = Made::new(&body.concat()).related("H", "header", "header1.xml", root("hdr", &p(&r("Confidential"))));
    let read = made.read();
    assert_eq!(read.body, "kept\n\nx+y\n\nunderlined\n");
    assert_eq!(
        read.notes,
        [
            "the table of contents was left out",
            "the underline of 1 stretch of text was dropped",
            "1 formula became plain text",
            "the page headers and footers were left out"
        ]
    );
}
