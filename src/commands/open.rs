//! `briefpress open`: a sealed page on the command line, with a code.

use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::{Failed, fail, print};
use crate::access::reader::{Index, Reader};
use crate::fs;

const EXAMPLES: &str = "\
Examples:
  briefpress open public/reports/2025/mx-judicial-reform/ --code XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX
  briefpress open page/index.html < code.txt          the code from standard input, so that no list of processes shows it
  briefpress open public/reports/2025/mx-judicial-reform/ --code … --html > report.html
  briefpress open public/reports/2025/mx-judicial-reform/ --code … --files figures/";

/// Columns of a text on a terminal.
const WIDTH: usize = 80;

/// Options of `briefpress open`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A page of a published site, or its folder; the site's `keys` folder is found above it
    page: PathBuf,
    /// The code; read from standard input if not given
    #[arg(long)]
    code: Option<String>,
    /// Print HTML instead of text
    #[arg(long)]
    html: bool,
    /// Write pictures and attachments into a folder as well
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
}

/// Opens the page and prints it.
pub fn run(arguments: &Arguments) -> Result<(), Failed> {
    let page = if arguments.page.is_dir() { arguments.page.join("index.html") } else { arguments.page.clone() };
    let html = fs::read_to_string(&page).or_else(fail)?;
    let Some(root) = site_of(&page) else {
        return fail(format!(
            "no folder above {} has keys/index.json\n = help: name a page of a site that was built with `--edition sealed`",
            page.display()
        ));
    };
    let index = fs::read(&root.join("keys/index.json")).or_else(fail)?;
    let index: Index = serde_json::from_slice(&index)
        .or_else(|_| fail("keys/index.json is damaged: build or fetch the site again"))?;
    let code = match &arguments.code {
        Some(code) => Zeroizing::new(code.clone()),
        None => Zeroizing::new(std::io::read_to_string(std::io::stdin()).or_else(fail)?),
    };
    let file = |path: &str| fs::read(&root.join(path)).ok();
    let reader = Reader::new(&code, &index, file).or_else(fail)?;
    let opened = reader.open(&html).or_else(fail)?;
    let told = if arguments.html {
        opened.html.clone()
    } else {
        html2text::from_read(opened.html.as_bytes(), WIDTH).or_else(fail)?
    };
    print(&format!("{}\n", told.trim_end()));
    let Some(folder) = &arguments.files else { return Ok(()) };
    for (address, (name, _)) in &opened.files {
        let sealed = fs::read(&page.with_file_name(name)).or_else(fail)?;
        let bytes = reader.file(&html, address, &sealed).or_else(fail)?;
        let own = address.rsplit('/').next().unwrap_or(address);
        fs::create_dir_all(folder).or_else(fail)?;
        fs::write(&folder.join(own), &bytes).or_else(fail)?;
    }
    Ok(())
}

/// The published site that a page is in.
fn site_of(page: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(page).ok()?;
    whole.ancestors().skip(1).find(|folder| folder.join("keys/index.json").is_file()).map(Path::to_owned)
}
