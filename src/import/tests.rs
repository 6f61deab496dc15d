//! Tests of the import, on small files made here and one that another program wrote.

mod body;
mod front;
mod limits;
mod made;
mod producer;
mod roundtrip;
