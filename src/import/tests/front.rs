//! Titles, authors and dates.

use super::made::{Made, p, r, run, styled};
use crate::import::dates::{byline, dateline};

#[test]
fn titles() {
    let text = p(&r("A first paragraph that is plain."));
    for (body, title, rest) in [
        (styled("Titel", "The *Title*") + &text, Some("The *Title*"), "A first paragraph that is plain.\n"),
        (styled("berschrift1", "A heading") + &text, Some("A heading"), "A first paragraph that is plain.\n"),
        (p(&run("<w:b/>", "Bold and short")) + &text, Some("Bold and short"), "A first paragraph that is plain.\n"),
        (p(&run(r#"<w:sz w:val="36"/>"#, "Large")) + &text, Some("Large"), "A first paragraph that is plain.\n"),
        (text.clone(), None, "A first paragraph that is plain.\n"),
        (text.clone() + &p(&run("<w:b/>", "Later")), None, "A first paragraph that is plain.\n\n**Later**\n"),
    ] {
        let read = Made::new(&body).read();
        assert_eq!((read.title.as_deref(), &*read.body), (title, rest));
    }
}

#[test]
fn properties_come_second() {
    let text = p(&r("Text."));
    let read = Made::new(&text).properties("Oil &amp; gas", "Ana Ruiz; Ben Osei", "2025-09-08T07:00:00Z").read();
    assert_eq!(read.title.as_deref(), Some("Oil & gas"));
    assert_eq!(read.authors, ["Ana Ruiz", "Ben Osei"]);
    assert_eq!(read.date.as_deref(), Some("2025-09-08"));
    assert_eq!(read.notes, ["the date is the day on which the file was made: check it"]);
    let read = Made::new(&(styled("berschrift1", "OIL & gas") + &text)).properties("Oil &amp; gas", "", "").read();
    assert_eq!((read.title.as_deref(), &*read.body), (Some("OIL & gas"), "Text.\n"));
    let made = Made::new(&text).properties("Microsoft Word - Document1", "python-docx", "soon");
    let read = made.read();
    assert_eq!((read.title, read.authors.len(), read.date), (None, 0, None));
}

#[test]
fn a_page_pasted_from_the_web() {
    let body = [
        p(&r("MEXICO - Report 08 Sep 2025 by Ana Ruiz and Ben Osei")),
        styled("berschrift1", "Judges at the ballot"),
        p(&r("The public part.")),
        p(&run("<w:i/>", "Now read on…")),
        p(&r("Register to sample a report")),
        styled("berschrift2", "Outlook"),
        p(&r("The rest. By Monday all is over.")),
    ];
    let read = Made::new(&body.concat()).properties("", "Desk", "2025-09-01T00:00:00Z").read();
    assert_eq!(read.title.as_deref(), Some("Judges at the ballot"));
    assert_eq!(read.authors, ["Ana Ruiz", "Ben Osei"]);
    assert_eq!(read.date.as_deref(), Some("2025-09-08"));
    assert_eq!(read.body, "The public part.\n\n<!-- more -->\n\n## Outlook\n\nThe rest. By Monday all is over.\n");
    assert_eq!(
        read.notes,
        [
            "a line “Register to sample a report” was left out",
            "the dateline “MEXICO - Report 08 Sep 2025 by Ana Ruiz and Ben Osei” was taken out of the text"
        ]
    );
}

#[test]
fn notes_to_the_title_are_told() {
    let title = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>{}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>"#,
        r("Title")
    );
    let body = title + &p(&(r("Text.") + r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#));
    let read = Made::new(&body).footnotes(&[("1", "For the desk."), ("2", "A source.")]).read();
    assert_eq!(read.body, "Text.[^1]\n\n[^1]: A source.\n");
    assert_eq!(read.notes, ["a note to the title, byline or dateline was left out: “For the desk.”"]);
}

#[test]
fn bylines() {
    for (text, names) in [
        ("By First Author and Second Author", &["First Author", "Second Author"][..]),
        ("by Ana de la Cruz, J. P. O’Neill & Layan al-Masri", &["Ana de la Cruz", "J. P. O’Neill", "Layan al-Masri"]),
        ("BY ANA RUIZ", &["ANA RUIZ"]),
    ] {
        assert_eq!(
            byline(text).as_deref(),
            Some(&names.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
            "{text}"
        );
    }
    for text in [
        "By Monday",
        "By 2030 all will be well",
        "By the sea",
        "By Ana Ruiz, Mexico correspondent",
        "By",
        "Bylaws Are Here",
        "By Early September",
    ] {
        assert_eq!(byline(text), None, "{text}");
    }
}

#[test]
fn datelines() {
    for (text, date, authors) in [
        ("MEXICO - Report 08 Sep 2025 by Ana Ruiz", "2025-09-08", 1),
        ("Mexico City, September 8, 2025", "2025-09-08", 0),
        ("8th September 2025", "2025-09-08", 0),
        ("Published: 2025-09-08", "2025-09-08", 0),
        ("By Ana Ruiz, 8 Sept. 2025", "2025-09-08", 1),
        ("NIGERIA | Debt and Default | 29 February 2024", "2024-02-29", 0),
    ] {
        let read = dateline(text).expect(text);
        assert_eq!((&*read.date, read.authors.len()), (date, authors), "{text}");
    }
    for text in [
        "Elections will be held on 8 September 2025",
        "31 February 2025",
        "On 8 September 2025 the court ruled",
        "Mexico: the vote on 1 June 2025",
        "",
    ] {
        assert_eq!(dateline(text), None, "{text}");
    }
}
