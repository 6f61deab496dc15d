//! Links and images.

use super::host::{Complaint, Host, Image, Link};
use super::options::RawHtml;
use super::writer::{Capture, Writer, push_address, push_attribute};
use pulldown_cmark::{CowStr, Event, LinkType};
use std::fmt::Write as _;
use std::ops::Range;

/// An image whose alternative text is being gathered.
pub(super) struct OpenImage<'a> {
    destination: CowStr<'a>,
    title: CowStr<'a>,
    at: Range<usize>,
    alt: String,
    depth: usize,
}

impl<'a> OpenImage<'a> {
    /// An image with no alternative text yet.
    pub(super) fn new(destination: CowStr<'a>, title: CowStr<'a>, at: Range<usize>) -> Self {
        Self { destination, title, at, alt: String::new(), depth: 0 }
    }
}

/// What a destination's scheme says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Web,
    Contact,
    Forbidden,
    Other,
}

/// Finds the scheme as browsers do: they skip control characters and spaces,
/// and do not heed capitals (WHATWG URL Standard, "URL parsing").
fn scheme(destination: &str) -> Scheme {
    let mut name = [0; 12];
    let mut length = 0;
    for byte in destination.bytes().filter(|&b| b > b' ') {
        if byte == b':' {
            break;
        }
        if length == name.len() || !(byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
            return Scheme::Other;
        }
        name[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    match &name[..length] {
        _ if !destination.contains(':') => Scheme::Other,
        b"http" | b"https" => Scheme::Web,
        b"mailto" | b"tel" => Scheme::Contact,
        b"javascript" | b"vbscript" | b"data" => Scheme::Forbidden,
        _ => Scheme::Other,
    }
}

impl<'a, H: Host> Writer<'a, H> {
    pub(super) fn link_start(&mut self, kind: LinkType, destination: &str, title: &str, at: Range<usize>) {
        let email = kind == LinkType::Email;
        let link = if email { Link::AsWritten } else { self.link_target(destination, &at) };
        let href = match &link {
            Link::PlainText => return,
            Link::To(href) => href,
            Link::AsWritten => destination,
        };
        self.out.push_str(if email { "<a href=\"mailto:" } else { "<a href=\"" });
        push_address(&mut self.out, href);
        self.push_title(title);
        self.out.push_str("\">");
        self.link_open = true;
    }

    pub(super) fn link_end(&mut self) {
        if std::mem::take(&mut self.link_open) {
            self.out.push_str("</a>");
        }
    }

    fn link_target(&mut self, destination: &str, at: &Range<usize>) -> Link {
        if let Some(fragment) = destination.strip_prefix('#') {
            return self.fragment(fragment, at);
        }
        if self.holds_call(destination, at) {
            return Link::PlainText;
        }
        let answer = match scheme(destination) {
            Scheme::Web | Scheme::Contact => return Link::AsWritten,
            Scheme::Forbidden => Err(forbidden(destination)),
            Scheme::Other => self.host.link(destination),
        };
        answer.unwrap_or_else(|complaint| {
            let link = if complaint.warning { Link::AsWritten } else { Link::PlainText };
            self.report(at.clone(), complaint);
            link
        })
    }

    /// A link within the text, to be checked when all ids are known.
    fn fragment(&mut self, fragment: &str, at: &Range<usize>) -> Link {
        if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") {
            return Link::AsWritten;
        }
        let id = percent_decoded(fragment);
        let prefix = &self.options.id_prefix;
        let own = prefix.is_empty() || self.headings.is_raw_id(&id);
        let (id, link) = if own {
            (id, Link::AsWritten)
        } else {
            (format!("{prefix}{id}"), Link::To(format!("#{prefix}{fragment}")))
        };
        self.fragments.push((at.clone(), id));
        link
    }

    pub(super) fn gather_image(&mut self, mut image: OpenImage<'a>, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::End(_) if image.depth == 0 => return self.image(&image),
            Event::End(_) => image.depth -= 1,
            Event::Start(_) => image.depth += 1,
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&self.cut.restore(&text)),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::InlineHtml(html) if self.options.html == RawHtml::Refuse && !html.starts_with("<!--") => {
                self.refused(&at);
                image.alt.push_str(&self.cut.restore(&html));
            }
            _ => {}
        }
        self.capture = Capture::Image(image);
    }

    fn image(&mut self, image: &OpenImage<'a>) {
        let (destination, at) = (&*image.destination, &image.at);
        let answer = match scheme(destination) {
            _ if self.holds_call(destination, at) => return self.plain(&image.alt),
            Scheme::Web => Ok(Image::AsWritten),
            Scheme::Forbidden => Err(forbidden(destination)),
            _ => self.host.image(destination),
        };
        match answer {
            Ok(Image::Local { src, width, height }) => self.local_image(image, &src, (width, height)),
            Ok(Image::AsWritten) => self.img(destination, image, &image.title, ""),
            Err(complaint) => {
                let warning = complaint.warning;
                self.report(at.clone(), complaint);
                if warning {
                    self.img(destination, image, &image.title, "");
                } else {
                    self.plain(&image.alt);
                }
            }
        }
    }

    fn local_image(&mut self, image: &OpenImage<'a>, src: &str, (width, height): (Option<u32>, Option<u32>)) {
        if image.alt.trim().is_empty() {
            let complaint = Complaint::warning("this image has no alternative text");
            self.report(image.at.clone(), complaint.hint("say what it shows: `![what it shows](picture.jpg)`"));
        }
        let mut more = String::new();
        for (name, pixels) in [("width", width), ("height", height)] {
            if let Some(pixels) = pixels {
                // Writing to a String cannot fail.
                let _ = write!(more, " {name}=\"{pixels}\"");
            }
        }
        if !self.alone(image) {
            return self.img(src, image, &image.title, &more);
        }
        more.push_str(" loading=\"lazy\" decoding=\"async\"");
        self.out.truncate(self.paragraph.opened);
        self.paragraph.bare = true;
        self.figures += 1;
        self.out.push_str("<figure>");
        self.img(src, image, "", &more);
        if !image.title.is_empty() {
            self.out.push_str("<figcaption>");
            let title = self.cut.restore(&image.title);
            self.plain(&title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// Whether the image is all there is in its paragraph.
    fn alone(&self, image: &OpenImage<'a>) -> bool {
        let paragraph = &self.paragraph;
        let rest = self.cut.text().get(image.at.end..paragraph.at.end);
        self.out.len() == paragraph.opened + "<p>".len()
            && image.at.start == paragraph.at.start
            && rest.is_some_and(|rest| rest.trim().is_empty())
    }

    fn img(&mut self, src: &str, image: &OpenImage<'a>, title: &str, more: &str) {
        self.out.push_str("<img src=\"");
        push_address(&mut self.out, src);
        self.out.push_str("\" alt=\"");
        push_attribute(&mut self.out, &image.alt);
        self.push_title(title);
        self.out.push('"');
        self.out.push_str(more);
        self.out.push('>');
    }

    /// Ends the attribute under way and begins a title, if there is one.
    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            let title = self.cut.restore(title);
            push_attribute(&mut self.out, &title);
        }
    }

    fn holds_call(&mut self, destination: &str, at: &Range<usize>) -> bool {
        let found = self.cut.find(destination).is_some();
        if found {
            let complaint = Complaint::error("a shortcode cannot be the destination of a link or an image");
            self.report(
                at.clone(),
                complaint.hint("write the destination out, or let the shortcode write the whole link"),
            );
        }
        found
    }
}

fn forbidden(destination: &str) -> Complaint {
    let scheme = destination.trim_start().split(':').next().unwrap_or_default();
    let complaint = Complaint::error(format!("`{}:` has no place in a text", scheme.escape_debug()));
    complaint.hint("link to a page or a file")
}

/// Text with `%C3%A9` and the like decoded; as it was if that is not UTF-8.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let hex = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let pair = hex(bytes.get(i + 1)).zip(hex(bytes.get(i + 2)));
        if let Some((high, low)) = pair.filter(|_| bytes[i] == b'%') {
            decoded.push((high * 16 + low) as u8);
            i += 3;
        } else {
            decoded.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
