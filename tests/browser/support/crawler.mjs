// Follows every address that a site's pages, feeds and style sheets name.

import { parse } from "parse5";

/** Attributes that hold an address, by element; `srcset` apart. */
const HOLDERS = {
  a: ["href"],
  area: ["href"],
  audio: ["src"],
  embed: ["src"],
  form: ["action"],
  iframe: ["src"],
  image: ["href"],
  img: ["src"],
  input: ["src"],
  link: ["href"],
  object: ["data"],
  script: ["src"],
  source: ["src"],
  track: ["src"],
  use: ["href"],
  video: ["src", "poster"],
};

/** Elements of a parsed page, in order. */
export function elementsOf(html) {
  const found = [];
  const visit = (node) => {
    if (node.tagName)
      found.push({
        name: node.tagName,
        attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
        node,
      });
    for (const child of node.content?.childNodes ?? node.childNodes ?? []) visit(child);
  };
  visit(parse(html));
  return found;
}

/** What a page names: `{ name, rel, written }` for each address in it. */
export function addressesIn(html) {
  return elementsOf(html).flatMap(({ name, attributes }) => {
    const found = (HOLDERS[name] ?? [])
      .filter((key) => key in attributes)
      .map((key) => ({ name, rel: attributes.rel ?? "", written: attributes[key] }));
    for (const candidate of (attributes.srcset ?? "").split(",").filter(Boolean))
      found.push({ name, rel: "", written: candidate.trim().split(/\s+/)[0] });
    if (name === "meta" && /^refresh$/i.test(attributes["http-equiv"] ?? ""))
      found.push({ name: "refresh", rel: "", written: attributes.content.replace(/^\d+;\s*url=/i, "") });
    return found;
  });
}

/**
 * Visits everything below `server.url()` that can be reached from the addresses `starts`.
 * `address` is the one that the site was built for: what is written with it is looked for on the server.
 * The result's `visited` tells what each address answered, `faults` everything that is wrong.
 */
export async function crawl(server, { starts, address }) {
  const home = server.url();
  const visited = new Map();
  const faults = [];
  const fragments = [];
  const waiting = starts.map((path) => ({ url: new URL(path, home).href, from: "the start" }));
  const follow = (written, from, base = from) => {
    if (written.trim() === "") return faults.push(`${from}: an address is empty`);
    const url = new URL(written.startsWith(address) ? home + written.slice(address.length) : written, base);
    if (!/^https?:$/.test(url.protocol)) return;
    if (url.origin !== server.origin) return;
    if (url.hash.length > 1)
      fragments.push({ url: url.href.split("#")[0], id: decodeURIComponent(url.hash.slice(1)), from });
    url.hash = "";
    waiting.push({ url: url.href, from });
  };
  while (waiting.length) {
    const { url, from } = waiting.pop();
    if (visited.has(url)) continue;
    const answer = await fetch(url, { redirect: "manual" });
    const body = await answer.text();
    visited.set(url, { status: answer.status, body });
    if (answer.status !== 200) faults.push(`${from}: ${url} answers ${answer.status}`);
    else if (!url.startsWith(home)) faults.push(`${from}: ${url} lies outside the site`);
    else readFor(answer.headers.get("content-type"), body, (written) => follow(written, url));
  }
  for (const { url, id, from } of fragments) {
    const page = visited.get(url);
    if (page?.status === 200 && !idsOf(page).has(id)) faults.push(`${from}: nothing on ${url} has the id ${id}`);
  }
  return { visited, faults: faults.map((fault) => fault.replaceAll(server.origin, "")) };
}

function readFor(type, body, follow) {
  if (type.startsWith("text/html")) addressesIn(body).forEach(({ written }) => follow(written));
  else if (type.startsWith("text/css"))
    for (const [, written] of body.matchAll(/url\(\s*["']?(?!data:)([^"')]+)/g)) follow(written);
  else if (type.startsWith("application/xml"))
    for (const [, a, b] of body.matchAll(/<(?:loc|uri|icon|logo)>([^<]*)<|<link [^>]*href="([^"]*)"/g))
      follow((a ?? b).replaceAll("&amp;", "&"));
  else if (type.startsWith("application/json")) addressesInJson(JSON.parse(body)).forEach(follow);
}

function addressesInJson(value, key = "") {
  if (typeof value === "string") return /(^|_)(url|image|icon|favicon|avatar)$/.test(key) ? [value] : [];
  return Object.entries(value ?? {}).flatMap(([name, inner]) =>
    addressesInJson(inner, Array.isArray(value) ? key : name),
  );
}

function idsOf(page) {
  page.ids ??= new Set(
    elementsOf(page.body).flatMap(({ attributes }) => [attributes.id, attributes.name].filter(Boolean)),
  );
  return page.ids;
}
