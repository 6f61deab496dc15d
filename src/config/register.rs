//! How a reader asks for access: an address, a form or a mail.

use super::RegisterFile;

/// The call at the end of a teaser.
#[derive(Debug, Clone)]
pub struct Register {
    /// The line above the button; the interface's own if there is none.
    pub text: Option<String>,
    /// The word on the button; the interface's own if there is none.
    pub button: Option<String>,
    /// Where the button leads.
    pub way: RegisterWay,
}

/// Where the button leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterWay {
    /// To an address, the site's own register page if nothing is configured.
    Link(String),
    /// A form with a field for the reader's mail address is sent there.
    Form(String),
    /// A mail is begun.
    Mail(String),
}

impl Default for Register {
    fn default() -> Register {
        Register { text: None, button: None, way: RegisterWay::Link("/register/".to_owned()) }
    }
}

type Fault = (&'static str, String, &'static str);

/// Reads the `register` mapping: at most one of `url`, `form` and `email`.
pub(super) fn resolve(file: RegisterFile) -> Result<Register, Fault> {
    let usual = Register::default();
    let ways = [file.url.is_some(), file.form.is_some(), file.email.is_some()];
    if ways.iter().filter(|given| **given).count() > 1 {
        return Err((
            "register",
            "`register` may have one of `url`, `form` and `email`".to_owned(),
            "keep the one that readers should use",
        ));
    }
    let way = match (file.url, file.form, file.email) {
        (Some(url), _, _) => RegisterWay::Link(url),
        (_, Some(form), _) if form.starts_with("https://") || form.starts_with("http://") => RegisterWay::Form(form),
        (_, Some(form), _) => {
            return Err((
                "register/form",
                format!("`{form}` is not an address that a form can be sent to"),
                "an address that begins with https://",
            ));
        }
        (_, _, Some(email)) if email.contains('@') => RegisterWay::Mail(email),
        (_, _, Some(email)) => {
            return Err((
                "register/email",
                format!("`{email}` is not a mail address"),
                "for example: desk@example.org",
            ));
        }
        (None, None, None) => usual.way,
    };
    Ok(Register { text: file.text, button: file.button, way })
}
