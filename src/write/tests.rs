//! Tests of the stage, on real folders.

mod disk;
pub(super) mod gate;
mod kill;
mod refuse;
mod site;
mod stage;
