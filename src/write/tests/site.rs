//! Folders to build in and sites to build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::write::names::Names;
use crate::write::steps::Steps;
use crate::write::{Error, Stage, Summary};

/// Paths and contents of a site's files.
pub(super) type Site = BTreeMap<String, Vec<u8>>;

/// A project in a temporary folder.
pub(super) struct Project {
    pub(super) root: tempfile::TempDir,
}

impl Project {
    pub(super) fn new() -> Project {
        Project { root: tempfile::tempdir().unwrap() }
    }

    pub(super) fn output(&self) -> PathBuf {
        self.root.path().join("public")
    }

    pub(super) fn cache(&self) -> PathBuf {
        self.root.path().join(".briefpress")
    }

    pub(super) fn staging(&self) -> PathBuf {
        self.root.path().join(".public.briefpress-staging")
    }

    pub(super) fn open(&self) -> Result<Stage, Error> {
        Stage::open(&self.output(), &self.cache())
    }

    /// Builds a site from the given inputs.
    pub(super) fn build(&self, site: &Site) -> Result<Summary, Error> {
        self.build_with(site, Steps::default())
    }

    /// Builds a site, changing the disk through `steps`.
    pub(super) fn build_with(&self, site: &Site, steps: Steps) -> Result<Summary, Error> {
        let stage = Stage::open_with(&self.output(), &self.cache(), steps)?;
        for (path, bytes) in site {
            stage.put(path, bytes)?;
        }
        stage.commit(&inputs(site))
    }

    /// Puts a file in the output folder that no build wrote.
    pub(super) fn plant(&self, path: &str, text: &str) {
        let file = self.output().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// The files now in the output folder.
    pub(super) fn site(&self) -> Site {
        let mut site = Site::new();
        collect(&self.output(), "", &mut site);
        site
    }

    pub(super) fn modified(&self, path: &str) -> SystemTime {
        std::fs::metadata(self.output().join(path)).unwrap().modified().unwrap()
    }
}

/// A digest of what a site is built from.
pub(super) fn inputs(site: &Site) -> String {
    format!("{} files\nof {site:?}", site.len())
}

/// A site of files whose contents are the words after their paths.
pub(super) fn site<const N: usize>(files: [(&str, &str); N]) -> Site {
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn collect(folder: &Path, prefix: &str, site: &mut Site) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), site);
        } else {
            site.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
}

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// A site of up to `n` files with few names and contents, so that two of them have much in common.
    pub(super) fn site(&mut self, n: usize) -> Site {
        let (mut site, mut names) = (Site::new(), Names::default());
        for _ in 0..n {
            let depth = 1 + self.below(3);
            let path: Vec<_> = (0..depth).map(|_| ["a", "b", "c.html", "d.css"][self.below(4)]).collect();
            let path = path.join("/");
            if names.claim(&path).is_ok() {
                site.insert(path, vec![b'x'; 1 + self.below(3)]);
            }
        }
        site
    }
}
