//! Input that is broken, hostile or merely odd gives the right result or a clear message: never a panic, never a hang,
//! never a file outside the output folder.

use std::fs;

use crate::support::Site;

/// A site with one report of some front matter (beside title and date) and text.
fn report(front: &str, text: &str) -> Site {
    let site = Site::new("");
    site.write("content/reports/a.md", format!("---\ntitle: A\ndate: 2025-01-01\n{front}\n---\n{text}\n"));
    site
}

/// What is told holds each of the parts, and is short enough to be read.
fn expect(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "{part} is not in:\n{}", &told[..told.len().min(4000)]);
    }
    assert!(told.len() < 20_000, "{} bytes of messages", told.len());
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut yaml = String::from("extra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let above = level - 1;
        yaml += &format!("  a{level}: &a{level} [{}]\n", vec![format!("*a{above}"); 10].join(", "));
    }
    expect(&report(&yaml, "").fail(), &["a.md:", "it holds too much", "10,000 aliases"]);
    let many = "  - &x x\n".to_owned() + &"  - *x\n".repeat(10_001);
    expect(&report(&format!("extra:\n{many}"), "").fail(), &["it holds too much"]);
}

#[test]
fn too_many_values_and_too_deep_nesting_are_refused() {
    let many = format!("extra: [{}]", "1,".repeat(100_000));
    expect(&report(&many, "").fail(), &["a.md:", "it holds too much", "100,000 values"]);
    for deep in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000)] {
        expect(&report(&format!("extra:\n  {deep}"), "").fail(), &["a.md:", "not valid YAML"]);
    }
}

#[test]
fn keys_and_values_of_ten_megabytes_are_told_in_short() {
    expect(&report(&format!("? {}\n: 1", "k".repeat(10_000_000)), "").fail(), &["a.md:4:3", "unknown key `kkk"]);
    let long = "k".repeat(1_000_000);
    expect(&report(&format!("countries: {long}"), "").fail(), &["unknown country `kkk", "a.md:4:12"]);
    expect(&report(&format!("status: {long}"), "").fail(), &["unknown status `kkk", "a.md:4:9"]);
    expect(&report(&format!("authors: [{long}]"), "").told(), &[]);
}

#[test]
fn a_text_that_is_too_large_is_told() {
    expect(
        &report("", &"word ".repeat(4_000_000)).fail(),
        &[
            "content/reports/a.md",
            "the file has 19 MB; a text may have 16 MB",
            "split it, or attach it as a file beside the report",
        ],
    );
}

#[test]
fn byte_order_marks_and_line_ends_of_windows_do_not_matter() {
    let site = Site::new("");
    let text = "\u{feff}---\r\ntitle: A\r\ndate: 2025-01-01\r\naccess: subscribers\r\nsummary: |\r\n  Two\r\n  lines\r\n---\r\nTeaser.\r\n\r\n<!-- more -->\r\n\r\nNot for everybody to be read here.\r\n";
    site.write("content/reports/a.md", text);
    let built = site.build();
    let words = built.words("/reports/2025/a/");
    assert!(words.contains("Teaser.") && !words.contains("Not for everybody"), "{words}");
    site.write("content/reports/a.md", text.replace("access", "acess"));
    expect(&site.fail(), &["a.md:4:1", "did you mean `access`?"]);
    site.write("briefpress.yaml", "\u{feff}title: A\r\nurl: https://example.org\r\n");
    site.write("content/reports/a.md", text);
    expect(&site.write_and_fail("briefpress.yaml", "\u{feff}title: A\r\nurl: nowhere\r\n"), &["briefpress.yaml:2:6"]);
}

#[test]
fn what_is_not_utf8_is_told_with_its_place() {
    for (file, place) in [
        ("content/reports/a.md", "content/reports/a.md:3:4"),
        ("content/authors/ana.md", "content/authors/ana.md:3:4"),
        ("templates/report.html", "templates/report.html:3:4"),
        ("briefpress.yaml", "briefpress.yaml:3:4"),
    ] {
        let site = Site::new("");
        let told = site.write_and_fail(file, b"---\ntitle: A\nabc\xe9\n");
        expect(&told, &["this is not UTF-8 text", place, "save the file as UTF-8"]);
    }
}

#[test]
fn a_nul_is_told_and_so_is_utf16() {
    let cure = "save the file as UTF-8; one that was saved as UTF-16 looks like this";
    expect(&report("summary: \"a\0b\"", "").fail(), &["this is not text: it holds a NUL character", "a.md:4:12", cure]);
    expect(&report("", "one\0two").fail(), &["a.md:6:4", cure]);
    let utf16: Vec<u8> = "---\ntitle: A\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    expect(&Site::new("").write_and_fail("content/reports/a.md", utf16), &["a.md:1:2", cure]);
}

#[test]
fn words_that_older_yaml_took_for_flags_and_numbers_are_words() {
    let built =
        report("countries: [NO, no]\ntopics: [yes, on, off, y, 0x1F, 1e3, 1_000, 010, 12:30:45, 1.10]", "").build();
    assert!(built.has("/countries/norway/"));
    let words = built.words("/topics/");
    for word in ["yes", "on", "off", "y", "0x1F", "1e3", "1_000", "010", "12:30:45", "1.10"] {
        assert!(words.contains(word), "{word} in {words}");
    }
    for title in ["2025-01-01", "1984", "1.10", "true", "No", "0o17"] {
        let site = Site::new("");
        site.write("content/reports/a.md", format!("---\ntitle: {title}\ndate: 2025-01-01\n---\n"));
        assert!(site.build().page("/reports/2025/a/").contains(&format!(">{title}</h1>")), "{title}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_a_circle_or_out_of_the_site_are_not_followed() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("secret.md"), "---\ntitle: Secret\ndate: 2025-01-01\n---\n").expect("written");
    let site = report("", "");
    symlink("..", site.root().join("content/reports/circle")).expect("linked");
    symlink(elsewhere.path(), site.root().join("content/reports/out")).expect("linked");
    symlink(elsewhere.path().join("secret.md"), site.root().join("content/reports/secret.md")).expect("linked");
    symlink("nowhere", site.root().join("content/reports/dead.md")).expect("linked");
    let built = site.build();
    expect(&built.told, &["circle", "is a symbolic link to a folder it lies in", "leaves its folder", "leads nowhere"]);
    assert!(built.files.keys().all(|path| !path.contains("secret")), "{:?}", built.files.keys());
}

#[test]
fn nothing_is_written_outside_the_output_folder() {
    let site = Site::new("");
    site.write("content/reports/a..b 100% c.md", "---\ntitle: A\ndate: 2025-01-01\n---\n[x](a%20%25.csv)\n");
    site.write("content/reports/a %.csv", "1,2\n");
    site.write("content/reports/b.md", "---\ntitle: B\ndate: 2025-01-01\nslug: ../../../../etc/passwd\n---\n");
    site.write("content/pages/p.md", "---\ntitle: P\nslug: ../../..\n---\n");
    site.write("static/..odd 100%/x y.txt", "x");
    let built = site.build();
    assert!(
        built.has("/reports/2025/a-b-100-c/") && built.has("/reports/2025/etc-passwd/"),
        "{:?}",
        built.files.keys()
    );
    assert!(
        built.files.contains_key("..odd 100%/x y.txt") && built.files.contains_key("reports/2025/a-b-100-c/a %.csv")
    );
    let beside: Vec<_> =
        fs::read_dir(site.root()).expect("the site").flatten().map(|entry| entry.file_name()).collect();
    let known = [".briefpress", "briefpress.yaml", "content", "public", "static"];
    assert!(beside.iter().all(|name| known.iter().any(|known| name == known)), "{beside:?}");
}

#[test]
fn addresses_that_lead_out_are_refused() {
    for (front, part) in [
        ("aliases: /../x/", "cannot be an alias"),
        ("aliases: '/a\\b/'", "cannot be an alias"),
        ("id: ../x", "cannot be an id"),
        ("image: {src: ../../../etc/passwd, alt: A, credit: B}", "there is no file"),
    ] {
        expect(&report(front, "").fail(), &[part, "a.md:4"]);
    }
    let told =
        Site::new("-- briefpress.yaml --\ntitle: B\nurl: https://example.org/\nreport_address: /../{slug}/\n").fail();
    expect(&told, &["cannot be a report's address", "briefpress.yaml:3:17"]);
    for (key, value) in
        [("theme", ".."), ("theme", "../x"), ("overrides", ".."), ("overrides", "/etc"), ("overrides", "a/../../b")]
    {
        let told =
            Site::new(&format!("-- briefpress.yaml --\ntitle: B\nurl: https://example.org/\n{key}: {value}\n")).fail();
        expect(&told, &["briefpress.yaml:3:", value]);
    }
}

/// On a disk on which such names are one file there would be no pairs.
#[cfg(target_os = "linux")]
#[test]
fn hundreds_of_pairs_that_differ_by_case_are_all_told() {
    let site = Site::new("");
    for number in 0..388 {
        for name in [format!("Report-{number}"), format!("report-{number}")] {
            site.write(&format!("content/reports/{name}.md"), "---\ntitle: A\ndate: 2025-01-01\n---\n");
        }
    }
    let told = site.fail();
    assert_eq!(told.matches("two reports have the address /reports/2025/report-").count(), 388);
    assert_eq!(told.matches("content/reports/Report-").count(), 388, "both places are shown");
    let site = Site::new("");
    for number in 0..388 {
        site.write(&format!("static/Data-{number}.csv"), "1");
        site.write(&format!("static/data-{number}.csv"), "2");
    }
    assert_eq!(site.fail().matches("on many disks these outputs are one file").count(), 388);
}

#[test]
fn long_lines_and_thousands_of_brackets_are_only_text() {
    let built = report("", &"word ".repeat(600_000)).build();
    assert!(built.words("/reports/2025/a/").contains("word word"));
    for text in ["[".repeat(100_000), "> ".repeat(20_000), "*a ".repeat(50_000), "<div>\n\n".repeat(200)] {
        report("", &text).build();
    }
}

#[test]
fn bounds_of_shortcodes_and_raw_html_are_told() {
    let arguments: String = (0..101).map(|n| format!(" a{n}={{1}}")).collect();
    for (text, fact, cure) in [
        (format!("{{{{ <keyfact{arguments} /> }}}}"), "too many arguments", "a call has at most 100"),
        ("{% <note> %}\n".repeat(1_000), "too many shortcodes inside one another", "close some of them first"),
        (
            "<div>\n\n".repeat(50_000),
            "this nests too deeply to be sanitised",
            "close the elements that are open, or leave the raw HTML out",
        ),
    ] {
        let told = report("", &text).fail();
        assert!(told.contains(fact) && told.contains(cure), "{fact} is not in {}", &told[..told.len().min(2000)]);
    }
}

#[test]
fn nothing_at_all_is_a_site_too() {
    let site = Site::new("");
    assert!(site.build().has("/"), "no content folder");
    fs::create_dir_all(site.root().join("content/reports")).expect("created");
    assert!(site.build().has("/"), "an empty one");
    expect(&site.write_and_fail("content/reports/a.md", ""), &["the file is empty"]);
    site.remove("briefpress.yaml");
    expect(
        &site.fail(),
        &[
            "there is no briefpress.yaml in SITE",
            "`briefpress init` makes a site here; `--root DIR` names another folder",
        ],
    );
    expect(&site.write_and_fail("briefpress.yaml", ""), &["the site has no `title`", "the site has no `url`"]);
    fs::remove_file(site.root().join("briefpress.yaml")).expect("removed");
    fs::create_dir(site.root().join("briefpress.yaml")).expect("created");
    expect(&site.fail(), &["it is a folder, not a file"]);
}

#[test]
fn a_picture_that_breaks_off_is_told() {
    let site = report("image: {src: a.png, alt: A, credit: B}", "");
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\xff\xffIDAT";
    expect(&site.write_and_fail("content/reports/a.png", head), &["content/reports/a.png is damaged", "a.md:4:14"]);
}

#[test]
fn an_output_that_cannot_be_written_is_told_and_nothing_is_left() {
    let site = report("", "");
    site.write("file", "mine");
    expect(&site.fail_into(&site.root().join("file")), &["SITE/file is a file, not a folder; choose another --output"]);
    expect(&site.fail_into(&site.root().join("file/below")), &["part of the path is a file, not a folder"]);
    assert_eq!(fs::read_to_string(site.root().join("file")).expect("there"), "mine");
    if cfg!(target_os = "linux") {
        expect(&site.fail_into("/proc/briefpress".as_ref()), &["cannot create the folder /proc/"]);
        expect(&site.fail_into("/dev/full/public".as_ref()), &["cannot", "/dev/full"]);
    }
}
