//! `briefpress completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Failed, print};

/// Options of `briefpress completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  briefpress completions bash > ~/.local/share/bash-completion/completions/briefpress"
)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run<C: CommandFactory>(arguments: &Arguments) -> Result<(), Failed> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut C::command(), "briefpress", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ok(())
}
