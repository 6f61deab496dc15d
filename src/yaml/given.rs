//! Whether a field is given: what a house style may demand.

use std::collections::BTreeMap;

use super::{TextOr, Texts};

/// Whether a value says something.
pub trait Given {
    /// Not if it is missing or empty, or a text of nothing but spaces.
    fn given(&self) -> bool;
}

impl<T: Given> Given for Option<T> {
    fn given(&self) -> bool {
        self.as_ref().is_some_and(Given::given)
    }
}

impl Given for String {
    fn given(&self) -> bool {
        !self.trim().is_empty()
    }
}

impl Given for bool {
    fn given(&self) -> bool {
        true
    }
}

impl Given for u32 {
    fn given(&self) -> bool {
        true
    }
}

impl Given for serde_json::Value {
    fn given(&self) -> bool {
        !self.is_null()
    }
}

impl<T> Given for Vec<T> {
    fn given(&self) -> bool {
        !self.is_empty()
    }
}

impl<K, V> Given for BTreeMap<K, V> {
    fn given(&self) -> bool {
        !self.is_empty()
    }
}

impl Given for Texts {
    fn given(&self) -> bool {
        self.0.iter().any(Given::given)
    }
}

impl<T: Given> Given for TextOr<T> {
    fn given(&self) -> bool {
        match self {
            TextOr::Text(text) => text.given(),
            TextOr::Map(map) => map.given(),
        }
    }
}
