//! A branch of a bare repository.

use super::*;

/// A bare repository, and the site that is published to it.
struct Remote {
    folder: tempfile::TempDir,
}

impl Remote {
    fn new() -> Remote {
        let folder = tempfile::tempdir().expect("a folder");
        git(folder.path(), &["init", "--quiet", "--bare", "."]);
        Remote { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn to(&self) -> String {
        format!("--to=git:{}", self.path().display())
    }

    /// What a server of the branch would serve.
    fn files(&self) -> Files {
        let checkout = tempfile::tempdir().expect("a folder");
        let url = format!("file://{}", self.path().display());
        git(checkout.path(), &["clone", "--quiet", "--depth=1", "--branch=gh-pages", &url, "."]);
        without_own(files_of(checkout.path()))
    }

    fn commits(&self) -> usize {
        git(self.path(), &["rev-list", "--count", "gh-pages"]).trim().parse().expect("a number")
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_branch_holds_what_was_built_and_only_changes_are_sent() {
    let (site, remote) = (site(), Remote::new());
    let dry = run(&mut command(&site, &[&remote.to(), "--dry-run"]));
    assert!(dry.contains("Nothing was sent") && dry.contains("add    404.html"), "{dry}");
    assert!(git(remote.path(), &["for-each-ref"]).is_empty());
    assert!(run(&mut command(&site, &[&remote.to()])).contains("Published to git:"));
    let mut files = remote.files();
    assert_whole(&files);
    assert_eq!(files.remove(".nojekyll"), Some(Vec::new()));
    assert_eq!(files.remove("CNAME"), Some(b"example.org\n".to_vec()));
    assert_eq!(files, built(&site, "public"));
    assert!(run(&mut command(&site, &[&remote.to()])).contains("Nothing has changed"));
    assert_eq!(remote.commits(), 1);
    let report = site.root().join("content/reports/2025/report-1.md");
    let text = std::fs::read_to_string(&report).expect("a report");
    std::fs::write(&report, text.replace("Version 0.", "A correction.")).expect("written");
    run(&mut command(&site, &[&remote.to()]));
    let changed = git(remote.path(), &["diff", "--name-only", "gh-pages~1", "gh-pages"]);
    assert!(changed.contains("report-1/index.html") && !changed.contains("report-8/index.html"), "{changed}");
    assert_eq!(remote.commits(), 2);
}

#[test]
fn history_is_kept_or_replaced_and_a_sealed_edition_has_none() {
    let (site, remote) = (site(), Remote::new());
    for version in 0..3 {
        word(&site, version);
        run(&mut command(&site, &[&remote.to()]));
    }
    assert_eq!(remote.commits(), 3);
    run(&mut command(&site, &[&remote.to(), "--history=replace"]));
    assert_eq!(remote.commits(), 1);
    assert!(run(&mut command(&site, &[&remote.to(), "--history=replace"])).contains("Nothing has changed"));
    site.write("content/reports/gated.md", "---\ntitle: Gated\ndate: 2025-03-01\naccess: subscribers\nsummary: Teaser.\n---\nA teaser.\n\n<!-- more -->\n\nA canary that nobody reads.\n");
    site.write("subscribers.yaml", "- {id: one, plans: [all]}\n");
    site.write("hook", format!("#!/bin/sh\nenv > {}/environment\n", site.root().display()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let hook = remote.path().join("hooks/pre-receive");
        std::fs::copy(site.root().join("hook"), &hook).expect("copied");
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).expect("made a program");
    }
    let sealed = [remote.to(), "--edition=sealed".to_owned(), "--history=keep".to_owned()];
    let sealed: Vec<&str> = sealed.iter().map(String::as_str).collect();
    let said = run(&mut command(&site, &sealed));
    assert!(said.contains("note: GitHub Pages is not meant for selling"), "{said}");
    assert_eq!(remote.commits(), 1);
    let files = remote.files();
    assert!(files.contains_key("keys/index.json"));
    assert!(files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("A canary that")));
    if cfg!(unix) {
        let seen = std::fs::read_to_string(site.root().join("environment")).expect("the hook ran");
        assert!(!seen.contains("BRIEFPRESS_KEY"), "the key reaches other programs");
    }
    let full = fail(&mut command(&site, &[&remote.to(), "--edition=full"]));
    assert!(full.contains("everything in clear"), "{full}");
}

#[test]
fn the_repository_of_the_site_is_not_touched() {
    let (site, remote) = (site(), Remote::new());
    site.write(".gitignore", "/.briefpress/\n");
    git(site.root(), &["init", "--quiet", "."]);
    git(site.root(), &["add", "."]);
    git(site.root(), &["commit", "--quiet", "-m", "All"]);
    git(site.root(), &["remote", "add", "origin", &remote.path().display().to_string()]);
    site.write("content/pages/staged.md", "---\ntitle: Staged\n---\nText.\n");
    git(site.root(), &["add", "content/pages/staged.md"]);
    site.write("content/pages/loose.md", "---\ntitle: Loose\n---\nText.\n");
    let look = || {
        let index = std::fs::read(site.root().join(".git/index")).expect("the index");
        (index, git(site.root(), &["for-each-ref"]), git(site.root(), &["count-objects", "-v"]))
    };
    let before = look();
    run(&mut command(&site, &["--to=git:origin"]));
    assert_eq!(look(), before);
    assert_whole(&remote.files());
    git(site.root(), &["push", "--quiet", "--force", "origin", "HEAD:refs/heads/gh-pages"]);
    assert!(fail(&mut command(&site, &["--to=git:origin"])).contains("holds the sources of a site"));
    assert!(fail(&mut command(&site, &["--to=git:elsewhere"])).contains("neither a remote"));
}

#[test]
fn a_password_in_an_address_is_not_told() {
    let site = site();
    let said = fail(&mut command(&site, &["--to=git:http://desk:open-sesame@127.0.0.1:1/site.git"]));
    assert!(said.contains("git ls-remote"), "{said}");
}

#[test]
fn publishers_that_meet_leave_one_site() {
    let (one, two, remote) = (site(), site(), Remote::new());
    word(&two, 7);
    for site in [&one, &two] {
        run(&mut command(site, &[&remote.to(), "--dry-run"]));
    }
    for _ in 0..3 {
        let spawn = |site: &Site| command(site, &[&remote.to()]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let (first, second) = (spawn(&one).expect("run"), spawn(&two).expect("run"));
        let outputs = [first, second].map(|child| child.wait_with_output().expect("ended"));
        let said = outputs.each_ref().map(told);
        assert!(outputs.iter().any(|output| output.status.success()), "{said:?}");
        for (output, said) in outputs.iter().zip(&said).filter(|(output, _)| !output.status.success()) {
            assert!(said.contains("changed by somebody else meanwhile"), "{output:?}");
        }
        let mut files = remote.files();
        files.retain(|path, _| path != ".nojekyll" && path != "CNAME");
        assert!(files == built(&one, "public") || files == built(&two, "public"));
    }
}

#[test]
fn a_publisher_of_a_branch_is_killed() {
    let (site, remote) = (site(), Remote::new());
    kill(&site, &|| command(&site, &[&remote.to()]), &|| remote.files(), true);
}
