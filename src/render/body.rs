//! Bodies: Markdown in its place in the archive, with links, pictures, attachments and shortcodes resolved.

use std::cell::RefCell;

use percent_encoding::percent_decode_str;
use tera::{Context, ErrorKind};

use super::picture::{self, Picture};
use super::voice::Voice;
use crate::archive::{Archive, Target};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::markdown::{self, Argument, Complaint, Host, Image, Link, Rendered};
use crate::output::Output;
use crate::source::{Body, Sources};
use crate::{fs, url};

/// Renders the texts of one page.
pub struct Writer<'a> {
    /// What was read.
    pub sources: &'a Sources,
    /// Where links lead.
    pub archive: &'a Archive,
    /// The language that it is in, with the shortcodes.
    pub voice: &'a Voice,
    /// What ids of headings and footnotes begin with, where several texts share a page.
    pub prefix: &'a str,
}

/// A text as HTML, with the files that it brings along.
#[derive(Debug, Default)]
pub struct Written {
    /// The text.
    pub rendered: Rendered,
    /// Pictures and attachments.
    pub files: Vec<Output>,
    /// Fragments of other pages that it links to: address, fragment and place.
    pub fragments: Vec<(String, String, Place)>,
    /// What is wrong in it.
    pub problems: Vec<Diagnostic>,
}

/// The picture at the head of a report.
pub struct HeadPicture {
    /// Its address.
    pub src: String,
    /// Its size in pixels.
    pub size: Option<(u32, u32)>,
    /// The file.
    pub file: Output,
}

/// Which part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What everybody may read of a gated text.
    Teaser,
    /// All of it.
    Whole,
}

impl Writer<'_> {
    /// Renders a part of a file's body for the page at `address`.
    pub fn write(&self, file: &str, body: Body, text: &str, part: Part, address: &str) -> Written {
        let text = match (part, body.teaser) {
            (Part::Teaser, Some((end, _))) => &text[..end as usize],
            (Part::Teaser, None) => "",
            (Part::Whole, _) => text,
        };
        let page = PageHost { writer: self, file, address, written: RefCell::new(Written::default()) };
        let options = &self.voice.markdown;
        let rendered = if self.prefix.is_empty() {
            markdown::render(text, options, &page)
        } else {
            markdown::render(text, &markdown::Options { id_prefix: self.prefix.to_owned(), ..options.clone() }, &page)
        };
        let mut written = page.written.into_inner();
        let offset = body.offset as usize;
        written.problems.extend(rendered.problems.iter().map(|problem| diagnostic(file, offset, problem)));
        for (_, _, place) in &mut written.fragments {
            *place = Place::file(file);
        }
        written.rendered = rendered;
        written
    }

    /// Footnotes and links that a teaser uses but that are defined behind it.
    pub fn behind_the_gate(&self, file: &str, body: Body, text: &str) -> Vec<Diagnostic> {
        let Some((end, rest)) = body.teaser else { return Vec::new() };
        let problems =
            markdown::behind_the_gate(&text[..end as usize], &text[rest as usize..], &self.sources.config.markdown);
        problems.iter().map(|problem| diagnostic(file, body.offset as usize, problem)).collect()
    }

    /// The picture at the head of a report.
    pub fn head_picture(&self, file: &str, src: &str, address: &str) -> Result<HeadPicture, Diagnostic> {
        let path = resolve(file, src).filter(|path| self.sources.attachments.contains(path));
        let Some(path) = path else {
            let fact = format!("there is no file `{src}` beside the report");
            return Err(Diagnostic::error(Place::value(file, "image/src"), fact)
                .hint("put the picture into the report's folder"));
        };
        let picture = self
            .picture(&path)
            .map_err(|(fact, cure)| Diagnostic::error(Place::value(file, "image/src"), fact).hint(cure))?;
        let to = format!("{address}{}", published_name(file, &path));
        let output = Output { path: url::output_path(&to), bytes: picture.bytes, producer: "picture" };
        Ok(HeadPicture { src: url::encode_path(&to), size: picture.size, file: output })
    }

    fn picture(&self, path: &str) -> Result<Picture, picture::Fault> {
        let bytes = fs::read(&self.sources.root.join(path)).map_err(|error| (error.to_string(), "build again"))?;
        picture::clean(path, bytes)
    }
}

fn diagnostic(file: &str, offset: usize, problem: &markdown::Problem) -> Diagnostic {
    let place = Place::bytes(file, problem.at.start + offset..problem.at.end + offset);
    let complaint = &problem.complaint;
    let finding = if complaint.warning {
        Diagnostic::warning(place, &*complaint.message)
    } else {
        Diagnostic::error(place, &*complaint.message)
    };
    finding.maybe_hint(complaint.hint.clone())
}

struct PageHost<'p, 'a> {
    writer: &'p Writer<'a>,
    file: &'p str,
    address: &'p str,
    written: RefCell<Written>,
}

impl PageHost<'_, '_> {
    fn target(&self, target: &Target, fragment: &str) -> Link {
        match target {
            Target::Address(address) => {
                if !fragment.is_empty() {
                    let wanted = (address.clone(), fragment[1..].to_owned(), Place::file(""));
                    self.written.borrow_mut().fragments.push(wanted);
                }
                Link::To(format!("{}{fragment}", url::encode_path(address)))
            }
            Target::Unreleased => Link::PlainText,
        }
    }

    fn unknown_report(&self, destination: &str) -> Complaint {
        let mut known: Vec<&str> =
            self.writer.archive.targets.keys().map(String::as_str).filter(|key| key.starts_with('@')).collect();
        known.sort_unstable();
        let complaint = Complaint::error(format!("there is no report with the id `{}`", &destination[1..]));
        match nearest(destination, known) {
            Some(near) => complaint.hint(format!("did you mean `{near}`?")),
            None => complaint.hint("a link by id is written [words](@MX-2025-031)"),
        }
    }

    fn attachment(&self, path: &str) -> Result<String, Complaint> {
        let to = format!("{}{}", self.address, published_name(self.file, path));
        let bytes =
            fs::read(&self.writer.sources.root.join(path)).map_err(|error| Complaint::error(error.to_string()))?;
        let output = Output { path: url::output_path(&to), bytes, producer: "attachment" };
        self.bring(output);
        Ok(url::encode_path(&to))
    }

    fn bring(&self, output: Output) {
        let mut written = self.written.borrow_mut();
        if !written.files.iter().any(|file| file.path == output.path) {
            written.files.push(output);
        }
    }
}

impl Host for PageHost<'_, '_> {
    fn link(&self, destination: &str) -> Result<Link, Complaint> {
        if destination.starts_with('/') || destination.is_empty() {
            return Ok(Link::AsWritten);
        }
        let (path, fragment) = destination.split_at(destination.find('#').unwrap_or(destination.len()));
        let targets = &self.writer.archive.targets;
        if path.starts_with('@') {
            let target = targets.get(path).ok_or_else(|| self.unknown_report(path))?;
            return Ok(self.target(target, fragment));
        }
        let Some(file) = resolve(self.file, path) else {
            return Err(Complaint::error(format!("`{destination}` leads out of the site"))
                .hint("link to a file below content/"));
        };
        if let Some(target) = targets.get(&file) {
            return Ok(self.target(target, fragment));
        }
        if self.writer.sources.attachments.contains(&file) {
            return self.attachment(&file).map(|to| Link::To(to + fragment));
        }
        let hint = if file.ends_with(".md") {
            "check the path, or link by id: [words](@MX-2025-031)"
        } else {
            "a file beside the report, a report by its id (@MX-2025-031) or path, or an address that begins with /"
        };
        Err(Complaint::error(format!("`{destination}` leads nowhere: there is no {file}")).hint(hint))
    }

    fn image(&self, destination: &str) -> Result<Image, Complaint> {
        if destination.starts_with('/') || destination.contains("://") || destination.starts_with("data:") {
            return Ok(Image::AsWritten);
        }
        let path = resolve(self.file, destination).filter(|path| self.writer.sources.attachments.contains(path));
        let Some(path) = path else {
            return Err(Complaint::error(format!("there is no picture `{destination}` beside this text"))
                .hint("put the file beside it, or mend the name"));
        };
        let picture = self.writer.picture(&path).map_err(|(fact, cure)| Complaint::error(fact).hint(cure))?;
        let to = format!("{}{}", self.address, published_name(self.file, &path));
        self.bring(Output { path: url::output_path(&to), bytes: picture.bytes, producer: "picture" });
        let (width, height) = picture.size.map_or((None, None), |(width, height)| (Some(width), Some(height)));
        Ok(Image::Local { src: url::encode_path(&to), width, height })
    }

    fn shortcode(&self, name: &str, arguments: &[(String, Argument)], body: Option<&str>) -> Result<String, Complaint> {
        let tera = &self.writer.voice.tera;
        if !tera.contains_component(name) {
            // The theme's own components have a dot in their names.
            let mut known: Vec<&str> = tera.get_component_names().filter(|name| !name.contains('.')).collect();
            known.sort_unstable();
            let complaint = Complaint::error(format!("there is no shortcode `{name}`"));
            return Err(match nearest(name, known.iter().copied()) {
                Some(near) => complaint.hint(format!("did you mean `{near}`?")),
                None => complaint.hint(format!("shortcodes of this theme: {}", known.join(", "))),
            });
        }
        let mut context = Context::new();
        for (key, value) in arguments {
            match value {
                Argument::Text(text) => context.insert(key.clone(), text),
                Argument::Integer(number) => context.insert(key.clone(), number),
                Argument::Number(number) => context.insert(key.clone(), number),
                Argument::Flag(flag) => context.insert(key.clone(), flag),
            }
        }
        tera.render_component(name, &context, body, true).map(|html| html.trim().to_owned()).map_err(|error| {
            let said = match error.kind() {
                ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => report.message().to_owned(),
                _ => error.to_string(),
            };
            if body.is_none() && said.contains("`body` is not defined") {
                return Complaint::error(format!("the shortcode `{name}` stands around a text"))
                    .hint(format!("write {{% <{name}> %}} the text {{% </{name}> %}}"));
            }
            Complaint::error(format!("the shortcode `{name}` cannot be made: {said}"))
                .hint("see the theme's shortcodes and their arguments in its templates/shortcodes.html")
        })
    }
}

/// The file that a destination names, seen from another file. `None` if it leads out of `content/`.
fn resolve(from: &str, destination: &str) -> Option<String> {
    let decoded = percent_decode_str(destination).decode_utf8().ok()?;
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

/// The name under which a file beside a text is published: its path below the text's folder if the text is an
/// `index.md`, its bare name otherwise.
fn published_name<'f>(text: &str, file: &'f str) -> &'f str {
    let folder = text.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = file.strip_prefix(folder).map(|rest| rest.trim_start_matches('/'));
    match below {
        Some(below) if text.ends_with("/index.md") => below,
        _ => file.rsplit('/').next().unwrap_or(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_where_a_text_stands() {
        let from = "content/reports/1994/mx-float.md";
        assert_eq!(resolve(from, "../1982/a.md").as_deref(), Some("content/reports/1982/a.md"));
        assert_eq!(resolve(from, "a%20b.csv").as_deref(), Some("content/reports/1994/a b.csv"));
        assert_eq!(resolve(from, "../../../briefpress.yaml"), None);
        assert_eq!(resolve(from, "../../../../x"), None);
    }

    #[test]
    fn files_are_published_beside_their_report() {
        assert_eq!(published_name("content/reports/a/index.md", "content/reports/a/img/x.png"), "img/x.png");
        assert_eq!(published_name("content/reports/a.md", "content/reports/x.png"), "x.png");
        assert_eq!(published_name("content/reports/a/index.md", "content/reports/b/x.png"), "x.png");
    }
}
