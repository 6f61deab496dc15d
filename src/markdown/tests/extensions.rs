//! Tables, tasks, alerts and the smaller extensions.

use super::{Extensions, Options, check_html, plain};

fn table(number: usize, inside: &str) -> String {
    format!(
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table {number}\">\n<table>\n{inside}</table>\n</div>"
    )
}

#[test]
fn tables_align_by_class() {
    let check = |text, expected: &str| check_html(&plain(), text, expected);
    check(
        "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | *2* | 3 |",
        &table(
            1,
            "<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"left\">b</th><th scope=\"col\" class=\"center\">c</th>\
        <th scope=\"col\" class=\"right\">d</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td class=\"left\"><em>2</em></td>\
        <td class=\"center\">3</td><td class=\"right\"></td></tr>\n</tbody>\n",
        ),
    );
    check("| a |\n|---|", &table(1, "<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n"));
    check(
        "|  | b |\n|--:|---|\n| 1 | 2 |\n| 3 | 4 |",
        &table(
            1,
            "<thead>\n<tr><td></td><th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n<tr><td class=\"right\">1</td><td>2</td></tr>\n\
        <tr><td class=\"right\">3</td><td>4</td></tr>\n</tbody>\n",
        ),
    );
    let head = "<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n";
    check("|a|\n|-|\n\nb\n\n|a|\n|-|", &format!("{}\n<p>b</p>\n{}", table(1, head), table(2, head)));
    check("|a|\n|-|\n| b \\| c |", &table(1, &format!("{head}<tbody>\n<tr><td>b | c</td></tr>\n</tbody>\n")));
}

#[test]
fn tasks_have_named_boxes() {
    check_html(
        &plain(),
        "- [ ] a\n- [x] b\n- c",
        "<ul>\n<li><input type=\"checkbox\" disabled aria-label=\"To do\"> a</li>\n\
        <li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> b</li>\n<li>c</li>\n</ul>",
    );
}

#[test]
fn alerts_are_asides_with_a_title() {
    let check = |kind: &str, class: &str, title: &str| {
        let text = format!("> [!{kind}]\n> a");
        let html = format!(
            "<aside class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n<p>a</p>\n</aside>"
        );
        check_html(&plain(), &text, &html);
    };
    check("NOTE", "note", "Note");
    check("TIP", "tip", "Tip");
    check("IMPORTANT", "important", "Important");
    check("WARNING", "warning", "Warning");
    check("CAUTION", "caution", "Caution");
}

#[test]
fn the_smaller_extensions() {
    let check = |text: &str, expected: &str| check_html(&plain(), text, expected);
    check("~~a~~", "<p><del>a</del></p>");
    check("\"a\" -- b...", "<p>“a” – b…</p>");
    check("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>");
    check("a\\\nb  \nc", "<p>a<br>\nb<br>\nc</p>");
    check("3. a\n\n***", "<ol start=\"3\">\n<li>a</li>\n</ol>\n<hr>");
}

#[test]
fn without_extensions_they_are_text() {
    let options = Options { extensions: Extensions::none(), ..plain() };
    let check = |text: &str, expected: &str| check_html(&options, text, expected);
    check("~~a~~ \"b\" c[^d]", "<p>~~a~~ \"b\" c[^d]</p>");
    check("> [!NOTE]\n> a", "<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>");
    check("- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>");
    check("| a |\n|---|", "<p>| a |\n|---|</p>");
    check("a\n: b", "<p>a\n: b</p>");
}

#[test]
fn extensions_have_names() {
    assert_eq!(Extensions::from_names(&Extensions::NAMES), Ok(Extensions::all()));
    assert_eq!(Extensions::from_names::<&str>(&[]), Ok(Extensions::none()));
    let tables = Extensions { tables: true, ..Extensions::none() };
    assert_eq!(Extensions::from_names(&["tables"]), Ok(tables));
    assert_eq!(Extensions::from_names(&["tables", "maths"]), Err("maths".to_owned()));
}
