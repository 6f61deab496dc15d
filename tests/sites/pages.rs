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
