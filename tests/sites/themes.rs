//! Themes: parents, overrides, components, and what an author of templates is told.

use std::process::Command;

use crate::support::{Built, Site};

const CONFIGURATION: &str =
    "-- briefpress.yaml --\ntitle: The Briefing\nurl: https://example.org/briefings/\ntheme: mine\n";
const REPORT: &str = "-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\ncountries: MX\n---\nText of a.\n";
/// A theme such as the guide to themes shows.
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
fn a_child_theme_changes_colours_and_masthead() {
    let built = site(CHILD).build();
    assert_eq!(built.told, "");
    let page = built.page("/reports/2025/a/");
    assert!(page.contains("Nothing but the facts") && page.contains("class=\"nameplate\""), "both layers are there");
    let sheet = sheet(&built);
    assert!(
        sheet.contains(".masthead") && sheet.trim_end().ends_with("--accent: #7a1f1f; }"),
        "the parent's comes first"
    );
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
fn an_error_that_many_pages_show_is_told_once() {
    let second = REPORT.replace("reports/a.md", "reports/b.md").replace("title: A", "title: B");
    let files = format!("{second}{CHILD}-- templates/report.html --\n{{{{ report.titel }}}}\n");
    let told = site(&files).fail();
    assert_eq!(told.matches("templates/report.html:1").count(), 1, "{told}");
    assert!(told.contains("field `titel` is not defined (while /reports/2025/a/ and 1 more were made)"), "{told}");
    assert!(told.contains("did you mean `title`?"), "{told}");
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
        "{CHILD}-- templates/reprot.html --\nx\n-- templates/masthead.html --\nx\n-- templates/zzz.html --\nx\n-- template/row.html --\nx\n-- templates/mine.html --\nx\n-- content/pages/about.md --\n---\ntitle: About\ntemplate: mine.html\n---\nUs.\n"
    );
    let told = site(&files).build().told;
    for part in [
        "templates/reprot.html",
        "no page is made with this template",
        "did you mean `report.html`?",
        "did you mean `partials/masthead.html`?",
        "templates/zzz.html",
        "this folder is not read",
        "did you mean templates/?",
    ] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    assert!(!told.contains("mine.html"), "a page asks for it: {told}");
}

/// Runs `briefpress theme` in a site; gives whether it went well, and what was told.
fn theme(site: &Site, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    let output = command.current_dir(site.root()).arg("theme").args(arguments).output().expect("run");
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).expect("text"))
}

/// Checks a template that takes the place of `report.html` in part, and expects each of the parts in what is told.
fn inspect(main: &str, parts: &[&str]) {
    let files = format!(
        "{CHILD}-- templates/report.html --\n{{% extends \"parent/report.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock main %}}\n"
    );
    let (good, told) = theme(&site(&files), &["check"]);
    assert_eq!(good, parts.is_empty(), "{told}");
    for part in parts {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn the_shipped_templates_hold_to_their_contexts() {
    let (good, told) = theme(&site(CHILD), &["check"]);
    assert!(good && told.contains("Nothing is wrong. Templates: 1 from themes/mine/templates"), "{told}");
}

#[test]
fn what_a_context_does_not_have_is_told_in_every_branch() {
    for (main, fact, cure) in [
        ("{% if false %}{{ report.titel }}{% endif %}", "ReportView has no field `titel`", "did you mean `title`?"),
        ("{% if report.kind.nmae %}{% endif %}", "Named has no field `nmae`", "did you mean `name`?"),
        ("{% for c in report.countries %}{{ c.latest.txt }}{% endfor %}", "DateView has no field `txt`", "`text`"),
        (
            "{% for c in report.countries %}{% endfor %}{{ c }}",
            "there is no `c` on a page made with `report.html`",
            "known here: ",
        ),
        ("{% set all = report.topics | first %}{{ all.nmae }}", "Named has no field `nmae`", "`name`"),
        ("{{ [a.nmae for a in reprot.authors] | length }}", "there is no `reprot`", "did you mean `report`?"),
        ("{{ report.title.text }}", "this is text and has no field `text`", "leave the field out"),
        ("{{ report.authors.name }}", "this is a list and has no field `name`", "{% for entry in list %}"),
        ("{{ <ui.names list={report.athors} /> }}", "ReportView has no field `athors`", "`authors`"),
        ("{{ words.key_judgements }}", "Words has no field `key_judgements`", "did you mean `key_judgments`?"),
        ("{{ t(key=\"report_s\", n=1) }}", "there is no message `report_s`", "did you mean `reports`?"),
        ("{{ t(key=\"reports\", n=report.authors) }}", "`n` is neither a text nor a number", "(while `report.html`"),
        ("{{ t(key=\"reports\") }}", "the message `reports` is not told `n`", "t(key=\"reports\", n=…)"),
        ("{{ site.assets[\"site.cs\"] }}", "the theme has no static file `site.cs`", "did you mean `site.css`?"),
    ] {
        inspect(main, &["templates/report.html:3:", fact, cure]);
    }
}

#[test]
fn what_types_cannot_tell_is_tried() {
    inspect(
        "{{ report.image.src }}",
        &[
            "report.html:3:",
            "field `src` is not defined (while `report.html`, with nothing that may be missing",
            "ask first",
        ],
    );
    inspect("{{ <ui.count m={1} /> }}", &["report.html:3:", "unknown argument(s) `m`"]);
    inspect("{{ report.title | truncate(len=3) }}", &["report.html:3:", "with everything that there can be"]);
}

#[test]
fn what_is_right_is_not_told() {
    for main in [
        "{% if report.image %}{{ report.image.src }}{% endif %}{{ report.countries[0]?.name | default(value=\"\") }}",
        "{% for a in report.authors | reverse %}{{ loop.index }}{{ a[\"name\"] }}{{ a.name[:2] }}{% endfor %}",
        "{% if full %}{{ full.extra.house_field }}{% endif %}{{ site.assets?[\"none.svg\"] | default(value=\"\") }}",
        "{% if heading is defined %}{{ heading.text }}{% endif %}{# {{ nothing }} #}{% raw %}{{ nothing }}{% endraw %}",
        "{{ [a.name for a in report.authors if a.url] | join(sep=\", \") }}{{ 1 if word_count < minutes else 2 }}",
        "{% set both = {\"count\": word_count, \"minutes\": minutes} %}{{ both.count }}{{ words.by }}{{ t(key=\"reports\", n=3) }}{{ super() }}",
    ] {
        inspect(main, &[]);
    }
}

#[test]
fn a_component_for_markdown_is_checked_without_a_call() {
    let files = format!(
        "{CHILD}-- templates/mine.html --\n{{% component mark(word: string, @site) %}}{{{{ wrod }}}}{{{{ site.name }}}}{{% endcomponent mark %}}\n"
    );
    let (good, told) = theme(&site(&files), &["check"]);
    assert!(!good && told.contains("mine.html:1:45") && told.contains("did you mean `word`?"), "{told}");
}

#[test]
fn a_check_tells_programs_and_single_themes_too() {
    let files = format!("{CHILD}-- templates/reprot.html --\nx\n-- themes/mine/template/page.html --\nx\n");
    let site = site(&files);
    let (good, told) = theme(&site, &["check", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert!(!good && told["findings"].as_array().is_some_and(|all| all.len() == 2), "{told}");
    assert_eq!(told["findings"][0]["place"]["file"], "templates/reprot.html");
    assert_eq!(told["findings"][1]["hint"], "did you mean templates/?");
    assert!(theme(&site, &["check", "broadsheet"]).0, "the site's own templates are no part of it");
    let (good, told) = theme(&site, &["check", "mien"]);
    assert!(!good && told.contains("there is no theme `mien`") && told.contains("did you mean `mine`?"), "{told}");
}

#[test]
fn a_template_that_is_taken_over_changes_nothing_yet() {
    let site = Site::new(REPORT);
    let before = site.build().files;
    let (good, told) = theme(&site, &["eject", "row.html", "partials/masthead.html"]);
    assert!(good && told.contains("templates/partials/masthead.html  (from themes/broadsheet/templates"), "{told}");
    assert_eq!(site.build().files, before);
    site.write("templates/row.html", "mine");
    let (good, told) = theme(&site, &["eject", "row.html", "page.html"]);
    assert!(!good && told.contains("left as it is: templates/row.html is there already"), "{told}");
    assert!(site.root().join("templates/page.html").is_file(), "what was not there is written");
    assert_eq!(std::fs::read_to_string(site.root().join("templates/row.html")).expect("there"), "mine");
    assert!(theme(&site, &["eject", "row.html", "--force"]).0);
    assert_eq!(site.build().files, before);
    assert!(!theme(&site, &["eject", "--all"]).0 && site.root().join("templates/home.html").is_file());
    assert_eq!(site.build().files, before);
}

#[test]
fn a_wrong_name_writes_nothing_and_names_the_nearest() {
    let site = Site::new(REPORT);
    for (name, cure) in
        [("reprot.html", "`report.html`"), ("masthead", "`partials/masthead.html`"), ("sit.css", "`site.css`")]
    {
        let (good, told) = theme(&site, &["eject", "row.html", name]);
        assert!(!good && told.contains(&format!("did you mean {cure}?")), "{told}");
    }
    assert!(theme(&site, &["eject", "site.css"]).1.contains("only a theme has such"));
    assert!(!site.root().join("templates").exists());
    let (good, names) = theme(&site, &["eject"]);
    assert!(
        good && names.contains("report.html  (templates inside briefpress)") && names.contains("site.css"),
        "{names}"
    );
}

#[test]
fn a_theme_of_ones_own_is_begun_and_used() {
    let site = Site::new(&format!("{CONFIGURATION}{REPORT}").replace("theme: mine\n", ""));
    let (good, told) = theme(&site, &["eject", "--into", "themes/mine", "icon.svg", "row.html"]);
    assert!(good && told.contains("Next: theme: mine in briefpress.yaml"), "{told}");
    let about = std::fs::read_to_string(site.root().join("themes/mine/theme.yaml")).expect("written");
    assert_eq!(about, "name: mine\nbriefpress: \"0.1\"\nparent: broadsheet\n");
    site.write("briefpress.yaml", CONFIGURATION.split_once('\n').expect("a line").1);
    assert_eq!(site.build().told, "");
    assert!(theme(&site, &["check"]).0);
    let (_, list) = theme(&site, &["list"]);
    assert!(list.starts_with("mine  (in use, themes/mine, builds upon broadsheet, for briefpress 0.1)"), "{list}");
    assert!(list.contains("broadsheet  (shipped"), "{list}");
    for (name, fact) in [
        ("themes/broadsheet", "is shipped with briefpress; choose another"),
        ("../x", "a theme is a folder in themes/"),
    ] {
        let (good, told) = theme(&site, &["eject", "--into", name]);
        assert!(!good && told.contains(fact), "{told}");
    }
}

#[test]
fn nothing_outside_the_site_is_read() {
    check(
        "-- briefpress.yaml --\ntitle: T\nurl: https://example.org/\noverrides: ../other\n",
        &["briefpress.yaml:3:12", "unknown folder of overrides `../other`", "one of: templates, none"],
    );
    check("-- briefpress.yaml --\ntitle: T\nurl: https://example.org/\ntheme: ..\n", &["there is no theme `..`"]);
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().expect("a folder");
        std::fs::write(outside.path().join("secret.txt"), "secret").expect("written");
        let site = site("-- themes/mine/theme.yaml --\nparent: broadsheet\n");
        std::os::unix::fs::symlink(outside.path(), site.root().join("themes/mine/static")).expect("linked");
        let told = site.fail();
        assert!(told.contains("themes/mine/static") && told.contains("leaves the site's folder"), "{told}");
    }
}
