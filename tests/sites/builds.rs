//! The same input gives the same bytes, and a build writes what changed and nothing else.

use std::time::SystemTime;

use crate::support::Site;

fn many() -> String {
    (0..60)
        .map(|n| {
            let lang = if n % 7 == 0 { "lang: es\n" } else { "" };
            let access = if n % 3 == 0 { "access: subscribers\n" } else { "" };
            format!(
                "-- content/reports/{}/r{n}.md --\n---\nid: R-{n}\ntitle: Report {n}\ndate: 2025-0{}-{:02}\nauthors: [A{}, B{}]\ncountries: [{}]\ntopics: [T{}]\n{lang}{access}---\nTeaser {n}.\n\n<!-- more -->\n\nText {n} with [a link](@R-{}).\n\n",
                2020 + n % 5, n % 9 + 1, n % 28 + 1, n % 4, n % 6, ["MX", "BR", "FR"][n % 3], n % 5, (n + 1) % 60
            )
        })
        .collect()
}

#[test]
fn the_number_of_threads_and_the_order_of_files_do_not_matter() {
    let text = many();
    let mut parts: Vec<String> = text.split("-- content").skip(1).map(|part| format!("-- content{part}")).collect();
    parts.reverse();
    let reversed = parts.concat();
    let one =
        rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool").install(|| Site::new(&text).build());
    let four = rayon::ThreadPoolBuilder::new()
        .num_threads(4)
        .build()
        .expect("a pool")
        .install(|| Site::new(&reversed).build());
    assert_eq!(one.files.keys().collect::<Vec<_>>(), four.files.keys().collect::<Vec<_>>());
    for (path, bytes) in &one.files {
        assert!(bytes == &four.files[path], "{path} differs");
    }
}

#[test]
fn an_unchanged_archive_writes_nothing() {
    let site = Site::new(&many());
    site.build();
    let times = |site: &Site| -> Vec<SystemTime> {
        site_files(site)
            .iter()
            .map(|path| std::fs::metadata(path).expect("there").modified().expect("a time"))
            .collect()
    };
    let before = times(&site);
    let again = site.build();
    assert!(again.summary.untouched);
    assert_eq!(before, times(&site));
    std::fs::remove_dir_all(site.root().join(".briefpress")).expect("removed");
    let without_cache = site.build();
    assert_eq!((without_cache.summary.written.written, without_cache.summary.untouched), (0, false));
    assert_eq!(before, times(&site), "bytes are compared where nothing is remembered");
}

fn site_files(site: &Site) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![site.root().join("public")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the output").flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    files
}

#[test]
fn a_damaged_output_is_mended() {
    let site = Site::new(&many());
    let first = site.build();
    std::fs::write(site.root().join("public/index.html"), "defaced").expect("written");
    let mended = site.build();
    assert_eq!(mended.page("/"), first.page("/"));
}

#[test]
fn what_vanished_is_pruned_and_what_changed_is_written() {
    let site = Site::new(&many());
    site.build();
    site.remove("content/reports/2020/r10.md");
    let text = std::fs::read_to_string(site.root().join("content/reports/2021/r11.md"))
        .expect("there")
        .replace("@R-12", "@R-13");
    site.write("content/reports/2021/r11.md", text);
    // Report 9 linked to report 10.
    let text = std::fs::read_to_string(site.root().join("content/reports/2024/r9.md"))
        .expect("there")
        .replace("@R-10", "@R-11");
    site.write("content/reports/2024/r9.md", text);
    let built = site.build();
    assert!(!built.files.keys().any(|path| path.ends_with("/r10/index.html")));
    assert!(built.summary.written.removed > 0 && built.summary.written.unchanged > 0);
    assert_eq!(
        built.files,
        {
            let fresh = Site::new("");
            copy(&site, &fresh);
            fresh.build().files
        },
        "the same as a build from nothing"
    );
}

fn copy(from: &Site, to: &Site) {
    let mut folders = vec![from.root().join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("content").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(from.root()).expect("below").to_str().expect("a name");
                to.write(name, std::fs::read(&path).expect("read"));
            }
        }
    }
}

#[test]
fn a_build_that_fails_leaves_the_output_as_it_was() {
    let site = Site::new(&many());
    let good = site.build();
    site.write("content/reports/bad.md", "---\ntitle: Bad\ndate: 2025-01-01\ncountries: Mexcio\n---\n");
    let told = site.fail();
    assert!(told.contains("unknown country `Mexcio`") && told.contains("did you mean Mexico (MX)?"), "{told}");
    site.remove("content/reports/bad.md");
    assert_eq!(site.build().files, good.files);
}

#[test]
fn an_embargo_that_ends_is_seen_by_the_next_build() {
    let text = "-- content/reports/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n-- content/reports/b.md --\n---\ntitle: B\ndate: 2025-01-01\nembargo: 2025-12-24\n---\n";
    let site = Site::new(text);
    assert!(!site.build().has("/reports/2025/b/"));
    let site = site.seen_on("2025-12-25T00:00:00Z");
    assert!(site.build().has("/reports/2025/b/"));
    assert!(site.build().summary.untouched);
}

#[test]
fn every_link_is_relative_so_that_any_base_path_works() {
    let at = |url: &str| Site::new(&many()).at(url).build();
    let (root, below) = (at("https://a.example/"), at("https://org.example/repo/"));
    for (path, bytes) in root.files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        // A mail that tells of a report holds its address encoded.
        let encoded = |url: &str| -> String {
            url.chars()
                .map(|c| if c.is_alphanumeric() { c.to_string() } else { format!("%{:02X}", c as u32) })
                .collect()
        };
        let strip =
            |bytes: &[u8], url: &str| String::from_utf8_lossy(bytes).replace(url, "").replace(&encoded(url), "");
        assert_eq!(
            strip(bytes, "https://a.example/"),
            strip(&below.files[path], "https://org.example/repo/"),
            "{path}"
        );
    }
}
