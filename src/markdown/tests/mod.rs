//! One file of cases per area; each has a `check` that takes a text and what
//! is expected of it.

mod spec;

use super::*;

/// A host that leaves everything as written and knows no shortcodes.
struct AsWritten;

impl Host for AsWritten {
    fn link(&self, _: &str) -> Result<Link, Complaint> {
        Ok(Link::AsWritten)
    }

    fn image(&self, _: &str) -> Result<Image, Complaint> {
        Ok(Image::AsWritten)
    }

    fn shortcode(&self, name: &str, _: &[(String, Argument)], _: Option<&str>) -> Result<String, Complaint> {
        Err(Complaint::error(format!("no shortcode `{name}`")))
    }
}
