//! Fields and audiences: one declaration from which types, views, the leak check and the documentation come.

/// Who may see a field of a gated report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Subscribers only.
    Gated,
}

/// A field of a report, as the documentation and the tests see it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Who may see it when the report is gated.
    pub audience: Audience,
    /// What it is.
    pub about: &'static str,
}

/// The texts that a value holds, for the leak check.
pub trait Texts {
    /// Calls `f` with each of them.
    fn each(&self, f: &mut dyn FnMut(&str));
}

impl Texts for String {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        f(self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        self.iter().for_each(|value| value.each(f));
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        self.iter().for_each(|value| value.each(f));
    }
}

impl Texts for serde_json::Value {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        match self {
            serde_json::Value::String(text) => f(text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| item.each(f)),
            serde_json::Value::Object(entries) => entries.values().for_each(|value| value.each(f)),
            _ => {}
        }
    }
}

/// Declares a type in two halves, what everybody may see and what only subscribers may.
///
/// The gated half knows its texts, so that nothing in it escapes the leak check.
macro_rules! audiences {
    (
        $(#[$public_doc:meta])* public $public:ident { $( #[doc = $pd:literal] $pf:ident : $pt:ty, )* }
        $(#[$gated_doc:meta])* gated $gated:ident { $( #[doc = $gd:literal] $gf:ident : $gt:ty, )* }
    ) => {
        $(#[$public_doc])*
        #[derive(Debug, Clone)]
        pub struct $public { $( #[doc = $pd] pub $pf: $pt, )* }

        $(#[$gated_doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $gated { $( #[doc = $gd] pub $gf: $gt, )* }

        impl $crate::archive::field::Texts for $gated {
            fn each(&self, f: &mut dyn FnMut(&str)) {
                $( self.$gf.each(f); )*
            }
        }

        /// Every field with its audience. What is not listed as public is gated.
        pub const FIELDS: &[$crate::archive::field::Field] = &[
            $( $crate::archive::field::Field { name: stringify!($pf), audience: $crate::archive::field::Audience::Public, about: $pd }, )*
            $( $crate::archive::field::Field { name: stringify!($gf), audience: $crate::archive::field::Audience::Gated, about: $gd }, )*
        ];
    };
}
pub(crate) use audiences;
