//! Why outputs could not be written.

use std::path::PathBuf;
use std::{error, fmt};

use crate::fs;

/// Why outputs could not be written; shown as it is.
#[derive(Debug)]
pub enum Error {
    /// The disk refused.
    Disk(fs::Error),
    /// An output's path is not one that can be written everywhere; `fact` says why and what to do.
    Path {
        /// The path.
        path: String,
        /// Why, and what to do.
        fact: &'static str,
    },
    /// Two outputs want one place.
    Clash {
        /// One path.
        first: String,
        /// The other.
        second: String,
    },
    /// Another build is writing to the output folder.
    Locked {
        /// The folder.
        output: PathBuf,
        /// The other build's process.
        pid: Option<u32>,
    },
    /// The output folder holds files that no build wrote.
    Foreign {
        /// The folder.
        output: PathBuf,
        /// How many files.
        count: usize,
        /// One of them.
        example: String,
    },
    /// The output folder is something else.
    NotAFolder {
        /// The path.
        output: PathBuf,
    },
    /// A folder that outputs belong in is a symbolic link.
    Link {
        /// The link.
        folder: PathBuf,
    },
    /// An output could not be staged, so the rest is not put in place either.
    Incomplete {
        /// The folder.
        output: PathBuf,
    },
    /// A commit failed, and so did turning it back.
    HalfDone {
        /// Why the commit failed.
        cause: fs::Error,
        /// Why turning back failed.
        second: fs::Error,
    },
}

impl From<fs::Error> for Error {
    fn from(e: fs::Error) -> Error {
        Error::Disk(e)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Disk(e) => e.fmt(f),
            Error::Path { path, fact } => write!(f, "cannot write an output to {path:?}: {fact}"),
            Error::Clash { first, second } => clash(f, first, second),
            Error::Locked { output, pid: Some(pid) } => {
                let output = output.display();
                write!(f, "{output}: another build (process {pid}) is writing here; wait for it to end, or stop it")
            }
            Error::Locked { output, pid: None } => {
                write!(f, "{}: another build is writing here; wait for it to end, or stop it", output.display())
            }
            Error::Foreign { output, count, example } => {
                let (output, s) = (output.display(), if *count == 1 { "" } else { "s" });
                write!(f, "{output} holds {count} file{s} that briefpress did not write, such as {example}; ")?;
                f.write_str("choose another --output or empty it")
            }
            Error::NotAFolder { output } => {
                write!(f, "{} is a file, not a folder; choose another --output or delete it", output.display())
            }
            Error::Link { folder } => {
                let folder = folder.display();
                write!(f, "{folder} is a symbolic link; outputs are only written to real folders: remove the link")
            }
            Error::Incomplete { output } => {
                write!(f, "{}: left as it was, since an output could not be written", output.display())
            }
            Error::HalfDone { cause, second } => {
                write!(f, "{cause}; turning back failed too: {second}; cure that and build again to mend the output")
            }
        }
    }
}

/// Says what two outputs fight about.
fn clash(f: &mut fmt::Formatter<'_>, first: &str, second: &str) -> fmt::Result {
    let nested = |a: &str, b: &str| b.len() > a.len() && b.as_bytes()[a.len()] == b'/';
    if first == second {
        write!(f, "two outputs have the path {first}; give one of them another")
    } else if nested(first, second) || nested(second, first) {
        write!(f, "{first} and {second}: one output would be the folder of the other; give one of them another path")
    } else {
        write!(f, "{first} and {second}: on many disks these outputs are one file, for their paths differ only in ")?;
        f.write_str("case or in how accents are encoded; give one of them another")
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Error::Disk(e) | Error::HalfDone { cause: e, .. } => Some(&e.source),
            _ => None,
        }
    }
}
