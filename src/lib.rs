//! briefpress: a static site generator for briefing archives.
//!
//! A build goes through phases, each of which returns a new value and changes none: load ([`source`]), assemble
//! ([`archive`]), [`plan`], produce ([`render`], [`feeds`]), [`check`], [`write`](mod@write). [`build`] puts them
//! together. `ARCHITECTURE.md` tells which module may know which.

pub mod access;
pub mod archive;
pub mod build;
pub mod check;
pub mod cite;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostic;
pub mod feeds;
pub mod fs;
pub mod geo;
pub mod git;
pub mod import;
pub mod locale;
pub mod markdown;
pub mod message;
pub mod output;
pub mod plan;
pub mod publish;
pub mod render;
pub mod sealed;
pub mod search;
pub mod serve;
pub mod source;
pub mod text;
pub mod url;
pub mod verify;
pub mod write;
pub mod yaml;
