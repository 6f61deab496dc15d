//! How a file of the site is opened from the browser: an address that the editor's program answers to.

use std::path::Path;

use crate::url::encode_path;

/// Editors by the names that `--editor` takes, and their addresses: of Visual Studio Code (its documentation, "Opening
/// VS Code with URLs") and its kin, of the Toolbox of `JetBrains`, of Zed and of `TextMate` (`txmt`), which others answer to as well.
const KNOWN: [(&str, &str); 6] = [
    ("vscode", "vscode://file/{path}:{line}:{column}"),
    ("vscodium", "vscodium://file/{path}:{line}:{column}"),
    ("cursor", "cursor://file/{path}:{line}:{column}"),
    ("idea", "idea://open?file=/{path}&line={line}&column={column}"),
    ("zed", "zed://file/{path}:{line}:{column}"),
    ("textmate", "txmt://open?url=file:///{path}&line={line}&column={column}"),
];

/// An editor's address with places for `{path}`, `{line}` and `{column}`; nothing for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(Option<String>);

impl Editor {
    /// Reads the name of an editor, an address with `{path}` in it, or `none`. The error is the fact and its cure.
    pub fn read(text: &str) -> Result<Editor, String> {
        if text == "none" {
            return Ok(Editor(None));
        }
        if let Some((_, pattern)) = KNOWN.iter().find(|(name, _)| *name == text) {
            return Ok(Editor(Some((*pattern).to_owned())));
        }
        let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if is_scheme && !scheme.eq_ignore_ascii_case("javascript") && text.contains("{path}") {
            return Ok(Editor(Some(text.to_owned())));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!(
            "`{text}` is no editor; one of {}, none, or an address such as vscode://file/{{path}}:{{line}}",
            names.join(", ")
        ))
    }

    /// The address that opens a file at a line and column, both from 1.
    pub fn link(&self, file: &Path, line: Option<usize>, column: usize) -> Option<String> {
        let pattern = self.0.as_ref()?;
        let absolute = std::path::absolute(file).ok()?;
        let path = absolute.to_string_lossy().replace('\\', "/");
        let path = encode_path(path.trim_start_matches('/'));
        let number = |number: usize| number.to_string();
        Some(
            pattern
                .replace("{line}", &number(line.unwrap_or(1)))
                .replace("{column}", &number(column.max(1)))
                .replace("{path}", &path),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_at_its_line() {
        let editor = Editor::read("vscode").expect("known");
        let link = editor.link(Path::new("/site/a b.md"), Some(7), 9);
        assert_eq!(link.as_deref(), Some("vscode://file/site/a%20b.md:7:9"));
        assert_eq!(Editor::read("none").expect("none").link(Path::new("/a"), None, 1), None);
        let own = Editor::read("subl://open?url=file:///{path}&line={line}").expect("an address");
        assert_eq!(own.link(Path::new("/a.md"), None, 1).as_deref(), Some("subl://open?url=file:///a.md&line=1"));
        for bad in ["emacs", "javascript:{path}", "vscode://file", ""] {
            assert!(Editor::read(bad).is_err(), "{bad}");
        }
    }
}
