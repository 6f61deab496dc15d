// What feed readers and search engines get: Atom and JSON feeds, the sitemap and robots.txt.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addressesIn } from "./support/crawler.mjs";
import { atomFaults, isAbsolute, isDate, jsonFeedFaults, readSitemap } from "./support/feeds.mjs";
import { BELOW, addressOf, oddSite, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const sites = {
  "the sample archive": sampleSite(),
  "the sample archive below a path": sampleSite({ address: BELOW }),
  "the sample archive in full": sampleSite({ edition: "full" }),
  "odd content": oddSite(),
  "odd content on an Arabic site": oddSite({ language: "ar", address: BELOW }),
};

for (const [name, site] of Object.entries(sites)) {
  const feeds = (ending) => site.files().filter((path) => path.endsWith(`feed.${ending}`));
  const all = (ending, check) =>
    feeds(ending).flatMap((path) => check(textOf(site, path), site.address + path).map((fault) => `${path}: ${fault}`));

  test(`every Atom feed of ${name} keeps to RFC 4287`, () => {
    assert.ok(feeds("xml").length > 10);
    assert.deepEqual(all("xml", atomFaults), []);
  });

  test(`no two Atom feeds of ${name} have the same id`, () => {
    const ids = feeds("xml").map((path) => textOf(site, path).match(/<id>([^<]*)<\/id>/)[1]);
    assert.equal(new Set(ids).size, ids.length);
  });

  test(`every JSON feed of ${name} keeps to version 1.1`, () => {
    assert.equal(feeds("json").length, feeds("xml").length);
    assert.deepEqual(all("json", jsonFeedFaults), []);
  });

  test(`both feeds of a page of ${name} tell of the same reports`, () => {
    for (const path of feeds("xml")) {
      const entries = [...textOf(site, path).matchAll(/<entry[^>]*>.*?<id>([^<]*)<\/id>/gs)].map(([, id]) =>
        id.replaceAll("&amp;", "&"),
      );
      assert.deepEqual(
        JSON.parse(textOf(site, path.replace(/xml$/, "json"))).items.map(({ id }) => id),
        entries,
        path,
      );
    }
  });

  test(`every page of ${name} with a feed says so`, () => {
    for (const path of feeds("xml")) {
      const page = path.replace(/feed\.xml$/, "index.html");
      const announced = addressesIn(textOf(site, page))
        .filter(({ name: element, rel }) => element === "link" && rel === "alternate")
        .map(({ written }) => new URL(written, site.address + addressOf(page)).href);
      assert.ok(announced.includes(site.address + path), `${page} announces ${path}: ${announced}`);
      assert.ok(announced.includes(site.address + path.replace(/xml$/, "json")), page);
    }
  });
}

for (const [name, site] of Object.entries(sites).filter(([, { edition }]) => edition === "public")) {
  test(`the sitemap of ${name} keeps to the protocol, and lists what search engines may show and nothing else`, () => {
    const { faults, listed } = readSitemap(textOf(site, "sitemap.xml"), site.address);
    assert.deepEqual(faults, []);
    const shown = pagesOf(site).filter((path) => {
      const html = textOf(site, path);
      return (
        path !== "404.html" &&
        !/(^|\/)page\/\d+\/index\.html$/.test(path) &&
        !/<meta name="robots" content="[^"]*noindex/.test(html) &&
        !/http-equiv="refresh"/.test(html)
      );
    });
    assert.deepEqual([...listed].sort(), shown.map((path) => site.address + addressOf(path)).sort());
    assert.ok(textOf(site, "robots.txt").split("\n").includes(`Sitemap: ${site.address}sitemap.xml`));
  });
}

test("search engines are kept out of the full edition", () => {
  const site = sites["the sample archive in full"];
  assert.match(textOf(site, "robots.txt"), /^User-agent: \*\nDisallow: \/$/m);
  for (const path of pagesOf(site)) assert.match(textOf(site, path), /<meta name="robots" content="noindex/, path);
});

describe("the checkers see what is wrong", () => {
  const address = "https://org.example/feed.xml";
  const feed = (change = (xml) => xml) =>
    change(
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><id>https://org.example/</id><link rel="self" href="${address}"/><updated>2025-01-02T03:04:05Z</updated><author><name>A</name></author>` +
        '<entry><title>E</title><id>tag:org.example,2025:1</id><link href="https://org.example/1/"/><updated>2025-01-02T03:04:05Z</updated></entry></feed>',
    );
  const cases = {
    "a tag that is not closed": (xml) => xml.replace("</entry>", ""),
    "an entity that XML does not know": (xml) => xml.replace(">T<", ">&nbsp;<"),
    "another root": (xml) => xml.replaceAll("feed", "food"),
    "no language": (xml) => xml.replace(' xml:lang="en"', ""),
    "no title": (xml) => xml.replace("<title>T</title>", ""),
    "two titles": (xml) => xml.replace("<title>E</title>", "<title>E</title><title>F</title>"),
    "no id": (xml) => xml.replace(/<id>tag.*?<\/id>/, ""),
    "a relative id": (xml) => xml.replace("tag:org.example,2025:1", "/1/"),
    "an id with a space": (xml) => xml.replace("2025:1", "2025:1 2"),
    "the same id twice": (xml) => xml.replace(/<entry>.*<\/entry>/, (entry) => entry + entry),
    "a date without a zone": (xml) => xml.replace("05Z", "05"),
    "a thirteenth month": (xml) => xml.replace("2025-01", "2025-13"),
    "a relative link": (xml) => xml.replace('href="https://org.example/1/"', 'href="/1/"'),
    "a link to another feed as itself": (xml) => xml.replace(address, "https://org.example/other.xml"),
    "no author": (xml) => xml.replace(/<author>.*<\/author>/, ""),
    "an author without a name": (xml) => xml.replace("<name>A</name>", "<name/>"),
    "an element that Atom does not know": (xml) => xml.replace("<entry>", "<entry><pubDate>today</pubDate>"),
    "an entry that leads nowhere": (xml) => xml.replace('<link href="https://org.example/1/"/>', ""),
    "an entry newer than its feed": (xml) => xml.replace(/(.*)2025-01/s, "$12026-01"),
  };
  test("a good feed is good", () => assert.deepEqual(atomFaults(feed(), address), []));
  for (const [name, change] of Object.entries(cases)) {
    test(name, () => {
      assert.notEqual(feed(change), feed(), "the case changes the feed");
      assert.notDeepEqual(atomFaults(feed(change), address), []);
    });
  }

  test("dates and addresses", () => {
    for (const good of ["2025-02-28T23:59:60Z", "2024-02-29T00:00:00.5+01:00"]) assert.ok(isDate(good), good);
    for (const bad of [
      "2025-02-29T00:00:00Z",
      "2025-02-28",
      "2025-02-28t00:00:00z",
      "2025-02-28T24:00:00Z",
      "2025-02-28T00:00:00+0100",
    ])
      assert.ok(!isDate(bad), bad);
    for (const good of ["https://org.example/a", "tag:org.example,2025:MX-1", "urn:isbn:1"])
      assert.ok(isAbsolute(good), good);
    for (const bad of ["/a", "org.example", "https://org.example/a b", "https://org.example/%zz", ""])
      assert.ok(!isAbsolute(bad), bad);
  });
});
