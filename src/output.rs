//! What a build makes: a file with its address and who may read it.

/// The producer of files that are ciphertext and nothing else: proven to be when they were sealed, and so not looked into for gated
/// text.
pub const SEALED: &str = "sealed file";

/// A file of the site, ready to be checked and written.
#[derive(Debug, Clone)]
pub struct Output {
    /// Path in the output folder, with forward slashes.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Who made it, for messages: `report page`, `feed`, `asset`.
    pub producer: &'static str,
}

impl Output {
    /// An output that holds text.
    pub fn text(path: impl Into<String>, text: String, producer: &'static str) -> Output {
        Output { path: path.into(), bytes: text.into_bytes(), producer }
    }
}
