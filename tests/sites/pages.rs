//! From nothing to a site on GitHub Pages: `init`, `doctor` and `verify`.

use std::path::Path;
use std::process::{Command, Output};

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefpress"));
    command.current_dir(root).args(arguments).env_remove("GITHUB_ACTIONS").env_remove("GITHUB_WORKSPACE");
    command.env_remove("BRIEFPRESS_KEY").env_remove("BRIEFPRESS_KEY_FILE");
    command
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().expect("run")
}

fn good(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, arguments);
    let told = [String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)].concat();
    assert!(output.status.success(), "{arguments:?}: {told}");
    told
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .expect("git");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).expect("a text")
}

const WORKFLOW: &str = ".github/workflows/site.yml";

#[test]
fn a_new_site_in_a_repository_knows_its_address_and_its_branch() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    git(root, &["init", "--initial-branch", "trunk"]);
    git(root, &["remote", "add", "origin", "git@github.com:Org/briefings.git"]);
    good(root, &["init"]);
    assert!(text(root.join("briefpress.yaml")).contains("url: \"https://org.github.io/briefings/\""));
    let workflow = text(root.join(WORKFLOW));
    assert!(workflow.contains("branches: [\"trunk\"]") && workflow.contains("refs/heads/trunk"), "{workflow}");
    assert!(workflow.contains("briefpress build --edition public") && !workflow.contains("BRIEFPRESS_KEY"));
    assert!(!workflow.contains("{{title") && !workflow.contains("#{{"), "{workflow}");
}

#[test]
fn a_new_site_can_begin_with_the_sample_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init", "--sample", "--language", "es", "--title", "El Boletín", "--host", "other"]);
    assert!(!root.join(".github").exists());
    let config = text(root.join("briefpress.yaml"));
    assert!(config.contains("title: El Boletín") && !config.contains("overrides"), "{config}");
    let told = good(root, &["build"]);
    assert!(told.contains("reports and") && !told.contains("warning"), "{told}");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let pictures = |folder: &Path| walkdir::WalkDir::new(folder).into_iter().flatten().count();
    assert_eq!(pictures(&sample), pictures(&root.join("content")));
}

#[test]
fn a_new_site_for_subscribers_has_a_plan_and_the_key_in_its_workflow() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let told = good(root, &["init", "--edition", "sealed"]);
    assert!(told.contains("BRIEFPRESS_KEY") && told.contains("private repository"), "{told}");
    assert!(text(root.join("briefpress.yaml")).contains("\nplans:\n  complete:\n"));
    assert!(text(root.join(WORKFLOW)).contains("BRIEFPRESS_KEY: ${{ secrets.BRIEFPRESS_KEY }}"));
    let key = String::from_utf8(run(root, &["keys", "new"]).stdout).expect("a key");
    let build = command(root, &["build", "--edition", "sealed"]).env("BRIEFPRESS_KEY", &key).output().expect("run");
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
}

/// A site of which `doctor` has nothing to say.
fn healthy(root: &Path) {
    git(root, &["init", "--initial-branch", "main"]);
    git(root, &["remote", "add", "origin", "https://github.com/org/briefings.git"]);
    good(root, &["init"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-m", "A site"]);
}

/// What `doctor` finds: state and fact of everything that is not in order.
fn found(command: &mut Command) -> Vec<String> {
    let output = command.args(["--format", "json"]).output().expect("run");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = told["checks"].as_array().expect("a list");
    assert_eq!(output.status.success(), told["errors"] == 0, "{told:#}");
    let wrong = list.iter().filter(|check| check["state"] != "ok");
    wrong
        .inspect(|check| assert!(check["cure"].as_str().is_some_and(|cure| !cure.is_empty()), "{check}"))
        .map(|check| format!("{}: {}", check["state"].as_str().unwrap(), check["fact"].as_str().unwrap()))
        .collect()
}

/// A key that nobody uses.
fn key(root: &Path) -> String {
    String::from_utf8(run(root, &["keys", "new"]).stdout).expect("a key").trim().to_owned()
}

#[test]
fn a_healthy_site_gets_a_clean_bill() {
    let folder = tempfile::tempdir().expect("a folder");
    healthy(folder.path());
    good(folder.path(), &["build"]);
    assert_eq!(found(&mut command(folder.path(), &["doctor"])), Vec::<String>::new());
    let told = good(folder.path(), &["doctor"]);
    assert!(
        told.contains("ok       the remote `origin` is org/briefings on GitHub")
            && told.contains("\n0 errors, 0 warnings, "),
        "{told}"
    );
}

#[test]
fn each_fault_is_named_by_the_doctor() {
    type Deed<'d> = &'d dyn Fn(&Path);
    let write = |root: &Path, path: &str, text: &str| std::fs::write(root.join(path), text).expect("written");
    let change = |root: &Path, path: &str, from: &str, to: &str| {
        let text = text(root.join(path));
        assert!(text.contains(from), "{path}");
        write(root, path, &text.replace(from, to));
    };
    let faults: [(Deed<'_>, &str); 13] = [
        (
            &|root| std::fs::remove_file(root.join("briefpress.yaml")).expect("removed"),
            "error: there is no briefpress.yaml in .",
        ),
        (
            &|root| change(root, "briefpress.yaml", "theme: broadsheet", "theme: [broadsheet"),
            "error: the site has 1 error",
        ),
        (
            &|root| write(root, "content/pages/About.md", "---\ntitle: A\n---\n"),
            "error: content/pages/About.md and content/pages/about.md differ in nothing but small and capital letters",
        ),
        (&|root| write(root, "notes.txt", &key(root)), "error: a master key lies in the site's folder, in notes.txt"),
        (&|root| change(root, ".gitignore", "/public/", ""), "warning: .gitignore does not name public/"),
        (
            &|root| std::fs::remove_file(root.join(WORKFLOW)).expect("removed"),
            "warning: there is no .github/workflows/site.yml",
        ),
        (
            &|root| git(root, &["checkout", "-b", "other"]),
            "warning: .github/workflows/site.yml does not name the branch other",
        ),
        (&|root| git(root, &["remote", "remove", "origin"]), "warning: the repository is on this machine only"),
        (
            &|root| git(root, &["remote", "set-url", "origin", "https://github.com/org/elsewhere"]),
            "warning: `url` in briefpress.yaml is https://org.github.io/briefings/, and GitHub Pages shows the site at https://org.github.io/elsewhere/",
        ),
        (
            &|root| git(root, &["tag", "v1"]),
            "warning: something was published from here, and there is no addresses.lock",
        ),
        (
            &|root| write(root, "subscribers.yaml", "- id: A\n  plans: [all]\n  note: ann@example.org\n"),
            "warning: subscribers.yaml holds what looks like mail addresses, in line 3",
        ),
        (
            &|root| change(root, "briefpress.yaml", "# plans:", "plans: {all: {name: All, covers: all}}\n#"),
            "warning: there are plans, and no master key in BRIEFPRESS_KEY or BRIEFPRESS_KEY_FILE",
        ),
        (
            &|root| {
                write(root, "old.txt", &key(root));
                git(root, &["add", "."]);
                git(root, &["commit", "-m", "A slip"]);
                git(root, &["rm", "old.txt"]);
                git(root, &["commit", "-m", "Regret"]);
            },
            "error: a master key stood in a file of the commit ",
        ),
    ];
    for (deed, expected) in faults {
        // Elsewhere, two such names are one file.
        if expected.contains("capital letters") && !cfg!(target_os = "linux") {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        healthy(folder.path());
        deed(folder.path());
        let found = found(&mut command(folder.path(), &["doctor"]));
        assert!(found.iter().any(|fact| fact.starts_with(expected)), "{expected} is not in {found:#?}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_sites_below_a_repository_are_named_by_the_doctor() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    git(root, &["init"]);
    good(root, &["init", "site"]);
    std::os::unix::fs::symlink("/etc", root.join("site/static")).expect("linked");
    let found = found(&mut command(root, &["--root", "site", "doctor"]));
    for expected in
        ["warning: static is a symbolic link that leaves", "warning: the site lies in site/ of its repository"]
    {
        assert!(found.iter().any(|fact| fact.starts_with(expected)), "{expected} is not in {found:#?}");
    }
}

#[test]
fn a_pull_request_that_lacks_addresses_is_told_so_beside_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init"]);
    std::fs::write(root.join("addresses.lock"), "").expect("written");
    let output = command(root, &["lock", "--check"]).env("GITHUB_ACTIONS", "true").output().expect("run");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && told.starts_with("::error file=addresses.lock"), "{told}");
    assert!(String::from_utf8_lossy(&run(root, &["lock", "--check"]).stderr).contains("lacks"));
}

/// Whatever a command does with the key, and however it fails, it says nothing of it. `keys new` alone prints one.
#[test]
fn no_command_tells_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    good(root, &["init", "--edition", "sealed"]);
    let key = key(root);
    let damaged = format!("{}x", &key[..key.len() - 1]);
    std::fs::write(root.join("master.key"), &key).expect("written");
    std::fs::write(root.join("content/pages/slip.md"), format!("---\ntitle: Slip\nkey: {key}\n---\n"))
        .expect("written");
    let commands: &[&[&str]] = &[
        &["build", "--edition", "sealed"],
        &["build", "--edition", "sealed", "--format", "json"],
        &["build", "--edition", "sealed", "--format", "github"],
        &["doctor"],
        &["doctor", "--format", "json"],
        &["keys", "check"],
        &["subscriber", "add", "S-1", "--plan", "complete"],
        &["subscriber", "show", "S-1", "--code"],
        &["subscriber", "list"],
        &["subscriber", "reissue", "S-1"],
        &["subscriber", "renew", "S-1", "--until", "2099-01-01"],
        &["subscriber", "revoke", "S-1"],
        &["plans"],
        &["gift", "nothing", "--until", "2099-01-01"],
        &["list"],
        &["search", "bpk1"],
        &["lock"],
        &["theme", "check"],
        &["verify", "http://127.0.0.1:9/"],
        &["keys", "rotate"],
        &["keys", "rotate", "--codes"],
        &["init"],
    ];
    let (mut ran, mut built) = (0, 0);
    for with_slip in [true, false] {
        for given in [&key, &damaged] {
            for arguments in commands {
                let output = command(root, arguments).env("BRIEFPRESS_KEY", given).output().expect("run");
                let told = [output.stdout, output.stderr].concat();
                let told = String::from_utf8_lossy(&told);
                assert!(!told.contains(&key[5..21]), "{arguments:?}: {told}");
                built += usize::from(arguments[0] == "build" && output.status.success());
                ran += 1;
            }
        }
        std::fs::remove_file(root.join("content/pages/slip.md"))
            .or_else(|error| if with_slip { Err(error) } else { Ok(()) })
            .expect("removed");
    }
    assert_eq!((ran, built), (commands.len() * 4, 3), "with the whole key, and without the slip, it builds");
}
