// Checkers of what feed readers and search engines get: Atom (RFC 4287), JSON Feed 1.1, sitemaps (sitemaps.org 0.9).
// Each gives a list of what is wrong; a good document gives an empty one.

import { DOMParser } from "@xmldom/xmldom";

const ATOM = "http://www.w3.org/2005/Atom";
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XML = "http://www.w3.org/XML/1998/namespace";

/** RFC 3339, section 5.6, with the capital letters that RFC 4287 demands. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

export function isDate(text) {
  const [, year, month, day] = DATE.exec(text) ?? [];
  return (
    year !== undefined &&
    new Date(Date.UTC(year, month - 1, day)).getUTCDate() === Number(day) &&
    month >= 1 &&
    month <= 12
  );
}

/** An absolute IRI: a scheme, and none of the characters that must be escaped. */
export const isAbsolute = (text) =>
  /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) && !/%(?![0-9a-f]{2})/i.test(text) && URL.canParse(text);

const isWeb = (text) => isAbsolute(text) && /^https?:\/\/[^/]/.test(text);

function parsed(xml, faults) {
  const onError = (level, message) => {
    throw new Error(`${level}: ${message}`);
  };
  try {
    return new DOMParser({ onError }).parseFromString(xml, "text/xml").documentElement;
  } catch (error) {
    faults.push(`not well-formed: ${error.message}`);
    return null;
  }
}

const childrenOf = (element) => Array.from(element.childNodes).filter((node) => node.nodeType === 1);
const named = (element, name) => childrenOf(element).filter((child) => child.localName === name);
const textOf = (element, name) => named(element, name)[0]?.textContent ?? "";

/** How often RFC 4287 lets an element stand in its parent: at least, at most. */
const IN_FEED = {
  author: [0, Infinity],
  category: [0, Infinity],
  contributor: [0, Infinity],
  entry: [0, Infinity],
  generator: [0, 1],
  icon: [0, 1],
  id: [1, 1],
  link: [0, Infinity],
  logo: [0, 1],
  rights: [0, 1],
  subtitle: [0, 1],
  title: [1, 1],
  updated: [1, 1],
};
const IN_ENTRY = {
  author: [0, Infinity],
  category: [0, Infinity],
  content: [0, 1],
  contributor: [0, Infinity],
  id: [1, 1],
  link: [0, Infinity],
  published: [0, 1],
  rights: [0, 1],
  source: [0, 1],
  summary: [0, 1],
  title: [1, 1],
  updated: [1, 1],
};
const IN_PERSON = { name: [1, 1], uri: [0, 1], email: [0, 1] };

/** What is wrong with an Atom feed that lies at `address`. */
export function atomFaults(xml, address) {
  const faults = [];
  const feed = parsed(xml, faults);
  if (!feed) return faults;
  if (feed.namespaceURI !== ATOM || feed.localName !== "feed") return ["the root is no Atom feed"];
  if (!LANGUAGE.test(feed.getAttributeNS(XML, "lang") ?? "")) faults.push("feed: no xml:lang");
  allowed(feed, IN_FEED, "feed", faults);
  constructs(feed, "feed", faults);
  const selves = named(feed, "link").filter((link) => link.getAttribute("rel") === "self");
  if (selves.length !== 1 || selves[0].getAttribute("href") !== address)
    faults.push(`feed: its link to itself is not ${address}`);
  const entries = named(feed, "entry");
  for (const entry of entries) entryFaults(entry, feed, faults);
  duplicates(entries.map((entry) => textOf(entry, "id"))).forEach((id) =>
    faults.push(`feed: two entries have the id ${id}`),
  );
  const newest = entries
    .map((entry) => Date.parse(textOf(entry, "updated")))
    .reduce((a, b) => Math.max(a, b), -Infinity);
  if (entries.length && Date.parse(textOf(feed, "updated")) < newest)
    faults.push("feed: an entry is newer than the feed");
  return faults;
}

function entryFaults(entry, feed, faults) {
  const place = `entry ${textOf(entry, "id")}`;
  allowed(entry, IN_ENTRY, place, faults);
  constructs(entry, place, faults);
  if (!named(entry, "author").length && !named(feed, "author").length) faults.push(`${place}: no author`);
  const alternates = named(entry, "link").filter((link) => (link.getAttribute("rel") || "alternate") === "alternate");
  if (!named(entry, "content").length && !alternates.length) faults.push(`${place}: neither content nor a link to it`);
  if (Date.parse(textOf(entry, "published")) > Date.parse(textOf(entry, "updated")))
    faults.push(`${place}: updated before it was published`);
}

function allowed(element, grammar, place, faults) {
  const children = childrenOf(element).filter((child) => child.namespaceURI === ATOM);
  for (const child of children)
    if (!(child.localName in grammar)) faults.push(`${place}: ${child.localName} has no place here`);
  for (const [name, [least, most]] of Object.entries(grammar)) {
    const count = children.filter((child) => child.localName === name).length;
    if (count < least || count > most) faults.push(`${place}: ${count} times ${name}`);
  }
}

/** The rules for ids, dates, texts, persons, links and categories (sections 3 and 4.2). */
function constructs(element, place, faults) {
  const say = (fault) => faults.push(`${place}: ${fault}`);
  for (const child of childrenOf(element)) {
    const text = child.textContent;
    const lang = child.getAttributeNS(XML, "lang");
    if (lang && !LANGUAGE.test(lang)) say(`${lang} is no language`);
    switch (child.localName) {
      case "id":
      case "icon":
      case "logo":
        if (!isAbsolute(text)) say(`the ${child.localName} ${text} is no absolute IRI`);
        break;
      case "updated":
      case "published":
        if (!isDate(text)) say(`${text} is no date of RFC 3339`);
        break;
      case "title":
      case "subtitle":
      case "summary":
      case "rights":
        textFaults(child, say);
        break;
      case "author":
      case "contributor":
        allowed(child, IN_PERSON, `${place}, ${child.localName}`, faults);
        if (!textOf(child, "name").trim()) say("somebody without a name");
        if (named(child, "uri").length && !isAbsolute(textOf(child, "uri")))
          say(`${textOf(child, "uri")} is no absolute IRI`);
        if (named(child, "email").length && !/.+@.+/.test(textOf(child, "email"))) say("a mail address without @");
        break;
      case "category":
        if (!child.getAttribute("term")) say("a category without a term");
        break;
      case "link":
        linkFaults(child, say);
        break;
      default:
    }
  }
  const alternates = named(element, "link").filter((link) => (link.getAttribute("rel") || "alternate") === "alternate");
  duplicates(alternates.map((link) => `${link.getAttribute("type")} ${link.getAttribute("hreflang")}`)).forEach(
    (same) => say(`two links to the same: ${same}`),
  );
}

function textFaults(element, say) {
  const type = element.getAttribute("type") || "text";
  if (!["text", "html", "xhtml"].includes(type)) say(`${element.localName} of the type ${type}`);
  if (type !== "xhtml" && childrenOf(element).length) say(`elements in the ${element.localName}`);
  if (element.localName === "title" && !element.textContent.trim()) say("an empty title");
}

function linkFaults(link, say) {
  const href = link.getAttribute("href");
  if (!isAbsolute(href ?? "")) say(`the link ${href} is not absolute`);
  const type = link.getAttribute("type");
  if (type && !MEDIA_TYPE.test(type)) say(`${type} is no media type`);
  const language = link.getAttribute("hreflang");
  if (language && !LANGUAGE.test(language)) say(`${language} is no language`);
}

const duplicates = (list) => [...new Set(list.filter((value, index) => list.indexOf(value) !== index))];

const JSON_FEED = [
  "version",
  "title",
  "home_page_url",
  "feed_url",
  "description",
  "user_comment",
  "next_url",
  "icon",
  "favicon",
  "authors",
  "language",
  "expired",
  "hubs",
  "items",
];
const JSON_ITEM = [
  "id",
  "url",
  "external_url",
  "title",
  "content_html",
  "content_text",
  "summary",
  "image",
  "banner_image",
  "date_published",
  "date_modified",
  "authors",
  "tags",
  "language",
  "attachments",
];
const JSON_AUTHOR = ["name", "url", "avatar"];

/** What is wrong with a JSON feed that lies at `address`. */
export function jsonFeedFaults(text, address) {
  const faults = [];
  let feed;
  try {
    feed = JSON.parse(text);
  } catch (error) {
    return [`no JSON: ${error.message}`];
  }
  const strange = (value, known, place) =>
    Object.keys(value)
      .filter((key) => !known.includes(key) && !key.startsWith("_"))
      .forEach((key) => faults.push(`${place}: ${key} is not known`));
  const web = (value, key, place) =>
    key in value && !isWeb(value[key]) && faults.push(`${place}: ${key} is ${value[key]}`);
  const people = (value, place) => {
    if (!("authors" in value)) return;
    if (!Array.isArray(value.authors) || !value.authors.length) return faults.push(`${place}: authors is no list`);
    for (const author of value.authors) {
      strange(author, JSON_AUTHOR, place);
      web(author, "url", place);
      if (!JSON_AUTHOR.some((key) => author[key])) faults.push(`${place}: an author without name, url and avatar`);
    }
  };
  strange(feed, JSON_FEED, "feed");
  if (feed.version !== "https://jsonfeed.org/version/1.1") faults.push(`feed: version is ${feed.version}`);
  if (typeof feed.title !== "string" || !feed.title) faults.push("feed: no title");
  if (feed.feed_url !== address) faults.push(`feed: feed_url is not ${address}`);
  if (!isWeb(feed.home_page_url)) faults.push("feed: no home_page_url");
  if (!LANGUAGE.test(feed.language)) faults.push("feed: no language");
  people(feed, "feed");
  if (!Array.isArray(feed.items)) return [...faults, "feed: no items"];
  for (const item of feed.items) {
    const place = `item ${item.id}`;
    strange(item, JSON_ITEM, place);
    if (typeof item.id !== "string" || !item.id) faults.push(`${place}: no id`);
    if (![item.content_html, item.content_text].some((content) => typeof content === "string" && content))
      faults.push(`${place}: no content`);
    for (const key of ["url", "external_url", "image", "banner_image"]) web(item, key, place);
    for (const key of ["date_published", "date_modified"])
      if (key in item && !isDate(item[key])) faults.push(`${place}: ${key} is ${item[key]}`);
    if ("language" in item && !LANGUAGE.test(item.language)) faults.push(`${place}: language is ${item.language}`);
    if ("tags" in item && !(Array.isArray(item.tags) && item.tags.every((tag) => typeof tag === "string" && tag)))
      faults.push(`${place}: tags are no texts`);
    people(item, place);
  }
  duplicates(feed.items.map(({ id }) => id)).forEach((id) => faults.push(`feed: two items have the id ${id}`));
  return faults;
}

/** What is wrong with a sitemap of the site at `address`; the addresses that it lists. */
export function readSitemap(xml, address) {
  const faults = [];
  const root = parsed(xml, faults);
  if (!root) return { faults, listed: [] };
  if (root.namespaceURI !== SITEMAP || root.localName !== "urlset") faults.push("the root is no urlset");
  if (Buffer.byteLength(xml) > 50 * 1024 * 1024) faults.push("larger than 50 MB");
  const urls = childrenOf(root);
  if (urls.length === 0 || urls.length > 50_000) faults.push(`${urls.length} addresses`);
  const listed = urls.map((url) => {
    const loc = textOf(url, "loc");
    if (url.localName !== "url" || named(url, "loc").length !== 1) faults.push(`${loc}: not one loc in a url`);
    if (!isWeb(loc) || loc.length >= 2048 || !loc.startsWith(address)) faults.push(`${loc}: no address of this site`);
    for (const child of childrenOf(url))
      if (!["loc", "lastmod", "changefreq", "priority"].includes(child.localName))
        faults.push(`${loc}: ${child.localName} has no place here`);
    const lastmod = named(url, "lastmod");
    if (
      lastmod.length > 1 ||
      (lastmod.length && !/^\d{4}-\d\d-\d\d$/.test(lastmod[0].textContent) && !isDate(lastmod[0].textContent))
    )
      faults.push(`${loc}: lastmod is no W3C date`);
    return loc;
  });
  duplicates(listed).forEach((loc) => faults.push(`${loc} is listed twice`));
  return { faults, listed };
}
