//! What hosts allow, and what they are told.

use super::*;

fn place() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let to = format!("--to=folder:{}", folder.path().join("site").display());
    (folder, to)
}

#[test]
fn a_file_that_a_host_refuses_stops_it_before_anything_is_sent() {
    let site = site();
    let (folder, to) = place();
    site.write(
        "content/reports/big/index.md",
        "---\ntitle: Big\ndate: 2025-05-01\ncountries: [Mexico]\n---\nThe [annex](annex.pdf).\n",
    );
    site.write("content/reports/big/annex.pdf", vec![b'x'; 26 * 1024 * 1024]);
    let said = fail(&mut command(&site, &[&to, "--host=cloudflare-pages"]));
    assert!(said.contains("annex.pdf: 26.0 MB, and Cloudflare Pages takes files of 25.0 MB"), "{said}");
    assert!(said.contains("https://developers.cloudflare.com/pages/platform/limits/"));
    assert!(!folder.path().join("site").exists());
    run(&mut command(&site, &[&to, "--host=netlify"]));
}

#[test]
fn hosts_that_can_more_get_headers_and_redirects() {
    let site = site();
    site.write("content/reports/moved.md", "---\ntitle: Moved\ndate: 2025-05-01\naliases: [/old/place/]\n---\nText.\n");
    for (host, line) in [
        ("cloudflare-pages", Some("/old/place/ /reports/2025/moved/ 301\n")),
        ("netlify", Some("/old/place/ /reports/2025/moved/ 301!\n")),
        ("other", None),
    ] {
        let (folder, to) = place();
        let said = run(&mut command(&site, &[&to, &format!("--host={host}")]));
        assert_eq!(said.contains("serves a site at the root of its domain"), line.is_some(), "{said}");
        let files = files_of(&folder.path().join("site"));
        let redirects = files.get("_redirects").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(redirects.as_deref(), line);
        assert_eq!(files.contains_key("_headers"), line.is_some());
        assert!(files.contains_key("old/place/index.html") && files.contains_key("404.html"));
    }
}

#[test]
fn the_configuration_says_where_to() {
    let site = site();
    site.write("briefpress.yaml", format!("{CONFIGURATION}publish: {{to: \"folder:../here\", host: netlify}}\n"));
    let above = site.root().parent().expect("a folder").join("here");
    assert!(run(&mut command(&site, &["--dry-run"])).contains("folder:../here"));
    assert!(!above.exists());
    site.write("briefpress.yaml", CONFIGURATION);
    assert!(fail(&mut command(&site, &[])).contains("it is not said where to publish"));
}
