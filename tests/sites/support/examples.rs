//! What stands in the guides: blocks of code, whole files, tables.

use std::fs;

/// The guides' texts.
pub const FOLDER: &str = "docs/content/pages";

/// A block of code in a guide.
#[derive(Debug, Clone)]
pub struct Block {
    /// What the fence says it is: `yaml`, `markdown`, `console` …
    pub info: String,
    /// Its text, with the last line end.
    pub text: String,
}

impl Block {
    /// The path of the file that it is, if it is a whole one: its first comment says so, on the first line or behind the
    /// `---` that must stand there. `# content/topics/courts.md`, `/* … */`, `{# … #}`.
    pub fn path(&self) -> Option<&str> {
        let line = self.text.lines().find(|line| *line != "---")?;
        let path = [("{# ", " #}"), ("/* ", " */"), ("# ", "")]
            .into_iter()
            .find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close))?;
        let known = ["content/", "templates/", "themes/"].iter().any(|folder| path.starts_with(folder));
        ((known || path == "briefpress.yaml") && !path.contains(' ')).then_some(path)
    }
}

/// A step of a guide that can be followed.
pub enum Step {
    /// Code.
    Block(Block),
    /// What the test does in the reader's place: `<!-- run: … -->`.
    Run(String),
}

/// The text of a guide.
pub fn text(guide: &str) -> String {
    let path = format!("{FOLDER}/{guide}.md");
    fs::read_to_string(&path).expect(&path)
}

/// The names of all guides.
pub fn guides() -> Vec<String> {
    let files = fs::read_dir(FOLDER).expect("the guides").flatten();
    let names = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".md")?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The blocks of code and the commands in comments, in their order.
pub fn steps(guide: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let text = text(guide);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let body = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            steps.push(Step::Block(Block { info: info.to_owned(), text: body }));
        } else if let Some(command) = line.strip_prefix("<!-- run: ") {
            steps.push(Step::Run(command.trim_end_matches(" -->").to_owned()));
        }
    }
    steps
}

/// The blocks of code of a guide.
pub fn blocks(guide: &str) -> Vec<Block> {
    steps(guide).into_iter().filter_map(|step| if let Step::Block(block) = step { Some(block) } else { None }).collect()
}

/// The whole files of a guide, with their paths.
pub fn files(guide: &str) -> Vec<(String, String)> {
    blocks(guide).into_iter().filter_map(|block| Some((block.path()?.to_owned(), block.text))).collect()
}

/// The first cells of the tables under a heading, up to the next heading.
pub fn first_cells(text: &str, heading: &str) -> Vec<String> {
    let mut lines =
        text.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading || !line.starts_with('#'));
    assert!(lines.next().is_some(), "there is no heading `{heading}`");
    lines
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.strip_prefix("| ")?.split(" | ").next()?.to_owned()))
        .collect()
}

/// The key of a cell such as `` `id: MX-2025-031` ``.
pub fn key(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.split([':', '`']).next()
}
