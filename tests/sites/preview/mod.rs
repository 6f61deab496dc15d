//! The preview: what it serves is what a build would write, however the folder changes; and how it serves it.

mod edits;
mod serving;
