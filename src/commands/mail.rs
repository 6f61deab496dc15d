//! Mails to subscribers, ready to be sent: a template, and the codes in it.

use std::path::Path;

use serde::Serialize;
use tera::{Context, Tera};

use super::{Failed, fail};
use crate::config::Config;
use crate::fs;

/// A mail that a command writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    /// To a new subscriber.
    Welcome,
    /// After another last day.
    Renewal,
    /// With another code.
    Reissue,
    /// With a report as a gift.
    Gift,
}

impl Mail {
    fn name(self) -> &'static str {
        match self {
            Mail::Welcome => "welcome.txt",
            Mail::Renewal => "renewal.txt",
            Mail::Reissue => "reissue.txt",
            Mail::Gift => "gift.txt",
        }
    }

    fn built_in(self) -> &'static str {
        match self {
            Mail::Welcome => include_str!("mail/welcome.txt"),
            Mail::Renewal => include_str!("mail/renewal.txt"),
            Mail::Reissue => include_str!("mail/reissue.txt"),
            Mail::Gift => include_str!("mail/gift.txt"),
        }
    }
}

/// What a mail tells.
#[derive(Debug, Default, Serialize)]
pub struct Told {
    /// The publication's name.
    pub site: String,
    /// Who publishes.
    pub publisher: String,
    /// Where to go with the code.
    pub address: String,
    /// What can be read: names of plans.
    pub plans: String,
    /// The last day; empty if there is none.
    pub until: String,
    /// The headline, of a gift.
    pub title: String,
    /// The codes.
    pub codes: Vec<String>,
    /// The address with each code behind it, where no server sees it (RFC 3986, section 3.5).
    pub links: Vec<String>,
}

impl Told {
    /// What every mail of a site tells; `path` is where its readers go.
    pub fn new(config: &Config, path: &str, codes: Vec<String>) -> Told {
        let address = config.base.absolute(path);
        Told {
            site: config.title.clone(),
            publisher: config.publisher.clone(),
            links: codes.iter().map(|code| format!("{address}#code={code}")).collect(),
            address,
            codes,
            ..Told::default()
        }
    }
}

/// The text of a mail: by the site's own template in `mail/`, or the built-in one.
pub fn text(root: &Path, mail: Mail, told: &Told) -> Result<String, Failed> {
    let file = root.join("mail").join(mail.name());
    let own = fs::look(&file).or_else(fail)?.map(|_| fs::read_to_string(&file)).transpose().or_else(fail)?;
    let template = own.as_deref().unwrap_or_else(|| mail.built_in());
    let mut tera = Tera::new();
    let context = Context::from_serialize(told).or_else(fail)?;
    let made = tera.add_raw_template("mail.txt", template).and_then(|()| tera.render("mail.txt", &context));
    made.or_else(|error| fail(format!("mail/{}: {error}", mail.name())))
}
