//! The command line: which command, with which options.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{
    self, build, completions, doctor, gift, init, keys, list, lock, new, open, plans, publish, rename, search, serve,
    subscriber, theme, verify,
};

const EXAMPLES: &str = "\
Examples:
  briefpress init my-briefings            a new site, ready to be built
  briefpress new report \"A headline\"      a new report with its front matter
  briefpress serve --open                 the site in your browser, up to date with every save
  briefpress build                        the public edition, into public/
  briefpress build --edition full         everything in clear, for a host with a login of its own
  briefpress publish --dry-run            what publishing would add, change and remove
  briefpress list --country Mexico        what the archive holds on a country
  briefpress search peso crisis           what the archive says, in the order in which readers find it
  briefpress rename author \"A\" \"B\"        another name or address; the old one still leads there
  briefpress lock                         after publishing: write down the addresses that readers know
  briefpress subscriber add S-1 --plan all  somebody who may read the sealed edition, and the mail with the code
  briefpress doctor                       what is wrong with this machine, this site, its repository
  briefpress verify https://example.org/  whether the published site is the one that was built
  briefpress theme check                  everything that is wrong in templates

Exit codes: 0 all went well; 1 something in the site or on the disk is wrong and was told; 2 a wrong option.";

/// A static site generator for briefing archives.
#[derive(Debug, Parser)]
#[command(name = "briefpress", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Show the site in a browser, up to date with every save
    Serve(serve::Arguments),
    /// Make a new site
    Init(init::Arguments),
    /// Make a new report or record
    New(new::Arguments),
    /// List the archive's reports
    List(list::Arguments),
    /// Search the archive's reports, full text
    Search(search::Arguments),
    /// Give a report or record another address or name, and keep the old one
    Rename(rename::Arguments),
    /// Build the site and deliver it to a git branch, a folder or a bucket
    Publish(publish::Arguments),
    /// Write down the addresses that readers know, so that none is lost
    Lock(lock::Arguments),
    /// List themes, take templates over, check them
    Theme(theme::Arguments),
    /// Make the master key of sealed editions, look at it, rotate what is made from it
    Keys(keys::Arguments),
    /// Add subscribers, renew and end their access, make their codes
    Subscriber(subscriber::Arguments),
    /// What each plan covers now, in numbers
    Plans(plans::Arguments),
    /// Give one report to somebody who is no subscriber
    Gift(gift::Arguments),
    /// Read a sealed page with a code
    Open(open::Arguments),
    /// Fetch the published site and say what is not as it was built
    Verify(verify::Arguments),
    /// What is wrong with this machine, this site and its repository
    Doctor(doctor::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Build(arguments) => build::run(&cli.root, arguments),
        Command::Serve(arguments) => serve::run(&cli.root, arguments),
        Command::Init(arguments) => init::run(&cli.root, arguments),
        Command::New(arguments) => new::run(&cli.root, arguments),
        Command::List(arguments) => list::run(&cli.root, arguments),
        Command::Search(arguments) => search::run(&cli.root, arguments),
        Command::Rename(arguments) => rename::run(&cli.root, arguments),
        Command::Publish(arguments) => publish::run(&cli.root, arguments),
        Command::Lock(arguments) => lock::run(&cli.root, arguments),
        Command::Theme(arguments) => theme::run(&cli.root, arguments),
        Command::Keys(arguments) => keys::run(&cli.root, arguments),
        Command::Subscriber(arguments) => subscriber::run(&cli.root, arguments),
        Command::Plans(arguments) => plans::run(&cli.root, arguments),
        Command::Gift(arguments) => gift::run(&cli.root, arguments),
        Command::Open(arguments) => open::run(arguments),
        Command::Verify(arguments) => verify::run(&cli.root, arguments),
        Command::Doctor(arguments) => doctor::run(&cli.root, arguments),
        Command::Completions(arguments) => completions::run::<Cli>(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(commands::Failed) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
