//! The preview: the site as it is in the folder, every page made when it is asked for.

pub mod inputs;
pub mod preview;
pub mod scene;
