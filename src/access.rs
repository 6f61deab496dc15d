//! Who may read: the master key, the subscribers with what each of them has bought, gifts, and the keys of an edition.

mod gifts;
mod key;
mod keys;
pub mod reader;
mod subscribers;

pub use gifts::{FILE as GIFTS_FILE, Gift, GiftFile};
pub use key::{FILE_VARIABLE, VARIABLE, master_key};
pub use keys::{Keys, Lock, Owner};
pub use subscribers::{Catalogue, FILE, Seat, Standing, Subscriber, SubscriberFile, day};

pub use gifts::read as read_gifts;
pub use subscribers::read as read_subscribers;
