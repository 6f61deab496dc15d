//! Where the master key comes from: the environment, and never an argument.

use std::path::Path;

use zeroize::Zeroizing;

use crate::diagnostic::Diagnostic;
use crate::fs;
use crate::sealed::MasterKey;

/// The variable that holds the key.
pub const VARIABLE: &str = "BRIEFPRESS_KEY";
/// The variable that names a file with the key.
pub const FILE_VARIABLE: &str = "BRIEFPRESS_KEY_FILE";

/// The master key of the environment. No message repeats any of it.
///
/// # Errors
/// There is none, it cannot be read, or it is no key.
pub fn master_key() -> Result<MasterKey, Diagnostic> {
    let given = std::env::var(VARIABLE).map(Zeroizing::new).ok().filter(|text| !text.trim().is_empty());
    if let Some(text) = given {
        return MasterKey::parse(&text).map_err(|error| {
            Diagnostic::general(format!("{VARIABLE} holds no master key: {error}"))
                .hint("copy it whole, as `briefpress keys new` printed it")
        });
    }
    let Some(path) = std::env::var_os(FILE_VARIABLE).filter(|path| !path.is_empty()) else {
        return Err(Diagnostic::general("there is no master key, and nothing can be sealed without it").hint(format!(
            "`briefpress keys new` makes one, once for a publication; give it in {VARIABLE}, or in a file that \
             {FILE_VARIABLE} names"
        )));
    };
    let text = fs::read_to_string(Path::new(&path)).map(Zeroizing::new);
    let text = text.map_err(|error| Diagnostic::general(format!("{FILE_VARIABLE}: {error}")))?;
    MasterKey::parse(&text).map_err(|error| {
        Diagnostic::general(format!("the file that {FILE_VARIABLE} names holds no master key: {error}"))
            .hint("it holds the key and nothing else, as `briefpress keys new` printed it")
    })
}
