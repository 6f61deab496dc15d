//! Writing what shortcodes stand for.
//!
//! Where the page is sanitised, what the host writes must not be: it is kept
//! aside, with a mark of private-use characters in its place, and put in at
//! the end.

use super::call::Call;
use super::host::{Argument, Complaint, Host};
use super::options::RawHtml;
use super::writer::Writer;
use std::borrow::Cow;
use std::ops::Range;

/// On either side of the number of something kept aside.
const FENCE: char = '\u{10FFFD}';
/// How many bodies may be inside one another.
const DEEPEST: usize = 100;
/// The character that carries the number 0.
const FIRST: u32 = 0xF_0000;

/// The shortcodes that are open, and what closed ones stand for.
#[derive(Default)]
pub(super) struct Shortcodes {
    open: Vec<Open>,
    products: Vec<String>,
}

/// A shortcode whose body is being written.
struct Open {
    number: usize,
    /// Where the body begins in the output.
    start: usize,
    /// How many lists, quotes and so on it is inside of.
    depth: usize,
}

impl Shortcodes {
    /// Whether a body is under way.
    pub(super) fn any_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// What was kept aside.
    pub(super) fn products(&self) -> impl Iterator<Item = &String> {
        self.products.iter()
    }

    /// HTML with what was kept aside in its places.
    pub(super) fn put_in<'h>(&self, html: &'h str) -> Cow<'h, str> {
        if self.products.is_empty() {
            return Cow::Borrowed(html);
        }
        let mut whole = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(i) = rest.find(FENCE) {
            whole.push_str(&rest[..i]);
            rest = &rest[i..];
            let (product, length) = self.kept_aside(rest).unwrap_or((&rest[..FENCE.len_utf8()], FENCE.len_utf8()));
            whole.push_str(product);
            rest = &rest[length..];
        }
        whole.push_str(rest);
        Cow::Owned(whole)
    }

    fn kept_aside<'k>(&'k self, marked: &str) -> Option<(&'k str, usize)> {
        let mut characters = marked.chars().skip(1);
        let number = (characters.next()? as u32).checked_sub(FIRST)?;
        let product = self.products.get(number as usize)?;
        (characters.next()? == FENCE).then_some((product.as_str(), 12))
    }

    fn mark(&mut self, product: String) -> [char; 3] {
        let number = FIRST + self.products.len() as u32;
        self.products.push(product);
        [FENCE, char::from_u32(number).unwrap_or(FENCE), FENCE]
    }
}

impl<H: Host> Writer<'_, H> {
    /// Writes text with calls in it, the first of which is known.
    pub(super) fn text_with_calls(&mut self, text: &str, first: (Range<usize>, usize)) {
        let mut rest = text;
        let mut next = Some(first);
        while let Some((at, number)) = next {
            self.plain(&rest[..at.start]);
            self.shortcode(number);
            rest = &rest[at.end..];
            next = self.cut.find(rest);
        }
        self.plain(rest);
    }

    /// Writes what a call in running text stands for.
    pub(super) fn shortcode(&mut self, number: usize) {
        let found = self.cut.call(number);
        match &found.call {
            Call::Whole { name, arguments } => self.ask(name, arguments, None, &found.at),
            Call::Malformed(complaint) => {
                self.report(found.at.clone(), complaint.clone());
                self.show_source(found.at.clone());
            }
            Call::Open { .. } | Call::Close { .. } => self.marker_in_text(number),
        }
    }

    /// Begins or ends a body.
    pub(super) fn marker(&mut self, number: usize) {
        let found = self.cut.call(number);
        let Call::Close { name } = &found.call else {
            if self.shortcodes.open.len() == DEEPEST {
                let complaint = Complaint::error("too many shortcodes inside one another");
                return self.report(found.at.clone(), complaint.hint("close some of them first"));
            }
            self.fresh_line();
            let open = Open { number, start: self.out.len(), depth: self.depth };
            return self.shortcodes.open.push(open);
        };
        let fits = |open: &mut Open| match &self.cut.call(open.number).call {
            Call::Open { name: opened, .. } => opened == name && open.depth == self.depth,
            _ => false,
        };
        if let Some(open) = self.shortcodes.open.pop_if(fits) {
            return self.close(&open);
        }
        let hint = match self.shortcodes.open.last().map(|open| &self.cut.call(open.number).call) {
            Some(Call::Open { name: open, .. }) if open != name => format!("`{open}` is open, and closes first"),
            Some(_) => "it must stand in the same list item or quote as its beginning".to_owned(),
            None => format!("begin with `{{% <{name}> %}}` on a line of its own"),
        };
        let complaint = Complaint::error(format!("`{{% </{name}> %}}` closes nothing"));
        self.report(found.at.clone(), complaint.hint(hint));
    }

    /// Complains of a body's beginning or end in the midst of a line.
    pub(super) fn marker_in_text(&mut self, number: usize) {
        let at = self.cut.call(number).at.clone();
        let complaint =
            Complaint::error("the beginning and the end of a shortcode with a body stand on lines of their own");
        self.report(at, complaint.hint("put it on a line of its own, not indented as code"));
    }

    /// Complains of the bodies that began at this depth, or deeper, and never
    /// ended. They stay on the page as they are.
    pub(super) fn unclosed_shortcodes(&mut self, depth: usize) {
        while let Some(open) = self.shortcodes.open.pop_if(|open| open.depth >= depth) {
            let found = self.cut.call(open.number);
            if let Call::Open { name, .. } = &found.call {
                let complaint = Complaint::error(format!("the shortcode `{name}` is not closed"));
                let hint = format!("write `{{% </{name}> %}}` on a line of its own, in the same list item or quote");
                self.report(found.at.clone(), complaint.hint(hint));
            }
        }
    }

    fn close(&mut self, open: &Open) {
        let found = self.cut.call(open.number);
        let body = self.out.split_off(open.start);
        let body = self.sanitised(body, &found.at);
        let body = self.shortcodes.put_in(&body).into_owned();
        if let Call::Open { name, arguments } = &found.call {
            self.ask(name, arguments, Some(&body), &found.at);
            self.fresh_line();
        }
    }

    fn ask(&mut self, name: &str, arguments: &[(String, Argument)], body: Option<&str>, at: &Range<usize>) {
        match self.host.shortcode(name, arguments, body) {
            Ok(html) if self.options.html == RawHtml::Sanitise => {
                let mark = self.shortcodes.mark(html);
                self.out.extend(mark);
            }
            Ok(html) => self.out.push_str(&html),
            Err(complaint) => self.report(at.clone(), complaint),
        }
    }
}
