//! What is looked at before anything is written: links that lead nowhere, and gated text in public outputs.

pub mod leak;
pub mod links;
