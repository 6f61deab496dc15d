//! Tests of whole sites and of the repository's own rules: a small site in the test, and what it gives.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "a test says what it expects")]

mod support;

mod addresses;
mod archive;
mod bad_input;
mod builds;
mod commands;
mod documents;
mod floors;
mod gates;
mod guides;
mod killed;
mod languages;
mod machines;
mod messages;
mod overviews;
mod pages;
mod preview;
mod publish;
mod report_page;
mod sealed;
mod search;
mod silence;
mod themes;
mod verify;
