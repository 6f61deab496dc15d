//! What a build makes: a file with its address and who may read it.

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
