//! Themes: parents, overrides, components, and what an author of templates is told.

use crate::support::{Built, Site};

const CONFIGURATION: &str =
    "-- briefpress.yaml --\ntitle: The Briefing\nurl: https://example.org/briefings/\ntheme: mine\n";
const REPORT: &str = "-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\ncountries: MX\n---\nText of a.\n";
/// The theme of docs/themes.md.
const CHILD: &str = r#"-- themes/mine/theme.yaml --
name: Mine
briefpress: "0.1"
parent: broadsheet
-- themes/mine/static/theme.css --
:root { --accent: #7a1f1f; }
-- themes/mine/templates/partials/masthead.html --
{% include "parent/partials/masthead.html" %}
<p class="motto">Nothing but the facts</p>
"#;

fn site(files: &str) -> Site {
    Site::new(&format!("{CONFIGURATION}{REPORT}{files}"))
}

/// The published style sheet.
fn sheet(built: &Built) -> &str {
    let path = built.files.keys().find(|path| path.starts_with("assets/site.") && path.ends_with(".css"));
    built.page(path.expect("a style sheet"))
}

/// Builds a site with a theme that says something wrong, and expects each of the parts in what is told.
fn check(files: &str, parts: &[&str]) {
    let told = site(files).fail();
    for part in parts {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn a_child_theme_of_ten_lines_changes_colours_and_masthead() {
    let built = site(CHILD).build();
    assert_eq!(built.told, "");
    let page = built.page("/reports/2025/a/");
    assert!(page.contains("Nothing but the facts") && page.contains("class=\"nameplate\""), "both layers are there");
    let sheet = sheet(&built);
    assert!(sheet.starts_with("/* Broadsheet") && sheet.trim_end().ends_with("--accent: #7a1f1f; }"));
    assert!(built.files.keys().all(|path| !path.starts_with("assets/theme.")), "additions are no file of their own");
}

#[test]
fn each_layer_extends_the_next_one_that_has_the_template() {
    let add = |layer: &str| {
        format!(
            "{{% extends \"parent/page.html\" %}}{{% block main %}}{{{{ super() }}}}<i>{layer}</i>{{% endblock main %}}\n"
        )
    };
    let files = format!(
        "{CHILD}-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n-- templates/page.html --\n{}-- themes/mine/templates/page.html --\n{}",
        add("site"),
        add("mine")
    );
    let words = site(&files).build().words("/about/");
    assert_eq!(words, "About Us. mine site", "the site's above the theme's above the built-in");
}

#[test]
fn a_static_file_of_a_child_takes_the_place_of_its_parents() {
    let files = format!("{CHILD}-- themes/mine/static/icon.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    let built = site(&files).build();
    let icons: Vec<&String> = built.files.keys().filter(|path| path.starts_with("assets/icon.")).collect();
    assert_eq!(icons.len(), 1);
    assert_eq!(built.page(icons[0]), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
}

#[test]
fn additions_of_a_chain_follow_one_another() {
    let files = CHILD.replace("parent: broadsheet", "parent: house")
        + "-- themes/house/theme.yaml --\nparent: broadsheet\n-- themes/house/static/theme.css --\n:root { --ink: #111; }\n";
    let built = site(&files).build();
    assert!(sheet(&built).ends_with(":root { --ink: #111; }\n:root { --accent: #7a1f1f; }\n"));
}

#[test]
fn a_component_takes_the_place_of_one_of_the_same_name_below() {
    let call = "{{ <keyfact label=\"Reserves\" value=\"6\" /> }}";
    let component = |layer: &str| {
        format!(
            "{{% component keyfact(label: string, value) %}}<b>{layer} {{{{ label }}}}</b>{{% endcomponent keyfact %}}\n"
        )
    };
    let report = REPORT.replace("Text of a.", call);
    let theme = format!("{CONFIGURATION}{report}{CHILD}-- themes/mine/templates/facts.html --\n{}", component("theme"));
    assert!(Site::new(&theme).build().page("/reports/2025/a/").contains("<b>theme Reserves</b>"));
    let both = format!("{theme}-- templates/mine.html --\n{}", component("site"));
    assert!(Site::new(&both).build().page("/reports/2025/a/").contains("<b>site Reserves</b>"));
}

#[test]
fn parents_that_cannot_be_followed_are_told() {
    check(
        "-- themes/mine/theme.yaml --\nname: Mine\nparent: broadsheat\n",
        &["themes/mine/theme.yaml:2:9", "there is no theme `broadsheat`", "did you mean `broadsheet`?"],
    );
    check(
        "-- themes/mine/theme.yaml --\nparent: other\n-- themes/other/theme.yaml --\nparent: mine\n",
        &["themes/other/theme.yaml:1:9", "go round in a circle: mine > other > mine", "parent: none"],
    );
    check("-- themes/mine/theme.yaml --\nparent: mine\n", &["go round in a circle: mine > mine"]);
    check("", &["briefpress.yaml:3:8", "there is no theme `mine`", "themes that are there: broadsheet"]);
    let long: String =
        (1..9).map(|n| format!("-- themes/t{n}/theme.yaml --\nparent: t{}\n", n + 1)).collect::<String>();
    check(
        &format!("-- themes/mine/theme.yaml --\nparent: t1\n{long}"),
        &["themes/t7/theme.yaml:1:9", "a chain of more than 8 themes: mine > t1 >"],
    );
}

#[test]
fn a_theme_for_another_version_is_told() {
    check(
        "-- themes/mine/theme.yaml --\nbriefpress: \">=7, <9\"\n",
        &["themes/mine/theme.yaml:1:13", "is made for briefpress >=7, <9; this is", "widen `briefpress`"],
    );
    check("-- themes/mine/theme.yaml --\nbriefpress: newest\n", &["`newest` tells no versions", "\">=0.1, <0.3\""]);
}

#[test]
fn everything_wrong_in_a_theme_file_is_told_at_once() {
    check(
        "-- themes/mine/theme.yaml --\nnmae: Mine\nparent: [a]\n",
        &["unknown key `nmae`", "did you mean `name`?", "`parent` must be text, not a list"],
    );
}

#[test]
fn an_error_in_a_template_is_told_with_its_line() {
    let files = |main: &str| {
        format!(
            "{CHILD}-- themes/mine/templates/page.html --\n{{% extends \"parent/page.html\" %}}\n{main}\n-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n"
        )
    };
    check(
        &files("{% block main %}{{ titel }}{% endblock main %}"),
        &[
            "themes/mine/templates/page.html:2:20",
            "`titel` is not defined (while /about/ was made)",
            "did you mean `title`?",
        ],
    );
    check(
        &files("{% block main %}{{ title | loud }}{% endblock main %}"),
        &["page.html:2:28", "unknown filter `loud`"],
    );
    check(
        &files("{% block main %}{% include \"partials/lst.html\" %}{% endblock main %}"),
        &["page.html:2:", "unknown template `partials/lst.html`", "did you mean `partials/list.html`?"],
    );
    check(
        &files("{% block main %}{{ <ui.nmaes list={[]} /> }}{% endblock main %}"),
        &["unknown component `ui.nmaes`", "did you mean `ui.names`?"],
    );
    check(
        &files("{% block main %}").replace("parent/page", "parent/pgae"),
        &["no layer below has a template `pgae.html`", "did you mean `parent/page.html`?"],
    );
    check(
        &files("").replace("parent/page", "builtin/page"),
        &["page.html:1:13", "there is no template `builtin/page.html`"],
    );
}

#[test]
fn all_templates_that_cannot_be_read_are_told_at_once() {
    check(
        &format!("{CHILD}-- templates/page.html --\n{{% if %}}\n-- templates/row.html --\n\n{{{{ a b }}}}\n"),
        &["templates/page.html:1:", "templates/row.html:2:"],
    );
}

#[test]
fn a_template_that_nothing_uses_is_a_warning() {
    let files = format!(
        "{CHILD}-- templates/reprot.html --\nx\n-- templates/masthead.html --\nx\n-- templates/zzz.html --\nx\n-- templates/mine.html --\nx\n-- content/pages/about.md --\n---\ntitle: About\ntemplate: mine.html\n---\nUs.\n"
    );
    let told = site(&files).build().told;
    for part in [
        "templates/reprot.html",
        "no page is made with this template",
        "did you mean `report.html`?",
        "did you mean `partials/masthead.html`?",
        "templates/zzz.html",
    ] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    assert!(!told.contains("mine.html"), "a page asks for it: {told}");
}
