//! Sealed editions: the keys, the codes and the file formats.
//!
//! Bytes and strings go in, bytes and strings come out: nothing here reads a file, a clock or a configuration. The format is
//! told in the guide `docs/content/pages/sealed-format.md`; the reader's half is `sealed.js` of the theme. Vectors in
//! `tests/vectors/` hold both to it, and later versions have to open them.
//!
//! ```text
//! MasterKey ── ContentRoot ── ContentKey (a report) ── ObjectKey (its body, a file)
//!     │             └─────── Tree (a plan) ── node ── … ── day key ── wraps content keys
//!     └─────── CodesRoot ─── Code (a subscriber) ── lookup id, ObjectKey (the keyring)
//!                     └───── Code (a gift) ──────── lookup id, wraps a content key
//! ```

mod base32;
mod code;
mod info;
mod keyring;
mod master;
mod object;
mod report;
mod secret;
mod shards;
mod tree;

pub use code::{Code, CodeError, Lookup, Use};
pub use info::{FORMAT, info};
pub use keyring::{Grant, Keyring};
pub use master::{CodesRoot, ContentRoot, KeyError, MasterKey};
pub use object::{Kind, LIMIT, ObjectKey, Refused};
pub use report::{ContentKey, Opening, WRAPPED};
pub use secret::Secret;
pub use shards::{Member, Shards, find, name_of, shards};
pub use tree::{DEPTH, Day, DayKey, Held, Node, Tree, cover, day, horizon, span_key};

#[cfg(test)]
mod tests;
