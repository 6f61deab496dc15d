//! What other generators write: keys that are called otherwise here, and front matter that is no YAML.

use crate::yaml::{Position, Problem};

/// Keys of other generators, the key that does the same here (none if nothing does), and what to do.
const KEYS: [(&[&str], &str, &str); 22] = [
    (&["tags", "tag", "keywords"], "topics", "`KEY` is called `topics` here: a list, as in [Trade, Energy]"),
    (&["categories", "category"], "topics", "subjects go under `topics`, countries under `countries`"),
    (&["taxonomies"], "topics", "write `topics:`, `countries:` and `authors:` without `taxonomies:` around them"),
    (&["author", "post_author", "byline"], "authors", "`KEY` is called `authors` here: a name or a list of names"),
    (&["excerpt", "description", "post_excerpt", "abstract", "lead"], "summary", "`KEY` is called `summary` here"),
    (&["post_title", "headline"], "title", "`KEY` is called `title` here"),
    (&["post_name"], "slug", "`KEY` is called `slug` here"),
    (
        &["permalink", "url", "path"],
        "slug",
        "write the last part of the address as `slug`; an address that others link to goes under `aliases`",
    ),
    (&["redirect_from", "redirects", "old_url"], "aliases", "`KEY` is called `aliases` here"),
    (
        &["draft", "published", "post_status"],
        "status",
        "write `status: draft` for what is not out yet, and nothing for what is",
    ),
    (&["post_date", "created", "pubdate"], "date", "`KEY` is called `date` here"),
    (&["publishdate"], "embargo", "`KEY` is called `embargo` here: released at the later of it and `date`"),
    (
        &["lastmod", "last_modified_at", "modified", "updated", "post_modified"],
        "updates",
        "changes after publication are a list: `updates: [{date: 2025-09-10, type: update, note: …}]`",
    ),
    (
        &["expirydate", "unpublishdate", "expires"],
        "status",
        "nothing goes away by itself: `status: withdrawn` takes a report back and keeps its address",
    ),
    (&["language", "locale"], "lang", "`KEY` is called `lang` here"),
    (
        &["cover", "thumbnail", "featured_image", "images", "header", "banner"],
        "image",
        "`KEY` is called `image` here: `{src: picture.jpg, alt: what it shows, credit: who made it}`",
    ),
    (&["pin", "pinned", "sticky"], "featured", "`KEY` is called `featured` here"),
    (&["params", "data", "custom_fields", "meta"], "extra", "fields of your own stand below `extra:` here"),
    (
        &["layout", "type", "post_type", "template"],
        "",
        "remove it: the theme chooses the template by what a file is; for a sort of report there is `kind`",
    ),
    (&["weight", "order", "menu_order"], "", "remove it: lists go by date; `featured: true` leads the home page"),
    (&["toc", "comments", "comment_status", "math"], "", "remove it: there is nothing to be switched here"),
    (
        &["menu", "menus", "nav_order", "eleventynavigation", "parent_page"],
        "",
        "remove it: menus stand in briefpress.yaml, under `navigation`",
    ),
];

/// A key of another generator gets the cure that names ours. `known` are the keys that may stand there.
pub fn cure(problem: Problem, known: &[&str]) -> Problem {
    let Position::Key(key) = &problem.at else { return problem };
    let small = key.to_lowercase();
    let Some((_, ours, cure)) = KEYS.iter().find(|(foreign, ..)| foreign.contains(&small.as_str())) else {
        return problem;
    };
    let fits = ours.is_empty() || known.contains(ours);
    let cure = if fits { *cure } else { "remove it, or move it below `extra:`: there is nothing like it here" };
    let hint = Some(cure.replace("KEY", key));
    Problem { hint, ..problem }
}

/// Front matter that is no YAML: the fact and how to make it so. `head` is a file's beginning.
pub fn front_matter(head: &str) -> Option<(&'static str, &'static str)> {
    let first = head.lines().next().unwrap_or_default().trim_end();
    let fenced = first.strip_prefix("---").map(str::trim);
    match first {
        "+++" => Some((
            "this front matter is TOML, which is not read here",
            "write both lines `+++` as `---`, `key = value` as `key: value`, and a table `[extra]` as `extra:` with its keys indented below",
        )),
        _ if fenced == Some("toml") => Some((
            "this front matter is TOML, which is not read here",
            "write the first line as `---`, `key = value` as `key: value`, and a table `[extra]` as `extra:` with its keys indented below",
        )),
        _ if fenced.is_some_and(|language| ["json", "yaml", "yml"].contains(&language)) => {
            Some(("the first line names a language", "write it as `---` alone: JSON below it may stay as it is"))
        }
        "{" => {
            Some(("this front matter is JSON", "put a line `---` before it and one behind it: it may stay as it is"))
        }
        _ if is_header_line(first) => Some((
            "this file begins with header lines, not with front matter",
            "put a line `---` before the first and behind the last of them, and write the keys small",
        )),
        _ => None,
    }
}

/// A line such as `Title: My report`, as Pelican writes the heads of its files.
fn is_header_line(line: &str) -> bool {
    const KEYS: [&str; 9] = ["title", "date", "author", "authors", "category", "tags", "slug", "summary", "status"];
    line.split_once(": ").is_some_and(|(key, _)| KEYS.contains(&key.to_lowercase().as_str()))
}
