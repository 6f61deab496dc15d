// Every link leads somewhere, wherever the site lies, and every page can be reached.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { addressesIn, crawl, elementsOf } from "./support/crawler.mjs";
import { serve } from "./support/server.mjs";
import { AT_ROOT, BELOW, addressOf, oddSite, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const sample = sampleSite();
const below = sampleSite({ address: BELOW });
const full = sampleSite({ edition: "full" });
const odd = oddSite({ register: { form: "https://forms.example/join" } });
const oddBelow = oddSite({ address: BELOW, language: "ar" });

const servers = [];
after(() => servers.forEach((server) => server.close()));

async function opened(site, under = "/") {
  const server = await serve(site.folder, { under });
  servers.push(server);
  return server;
}

const isRedirect = (site, path) => /<meta[^>]+http-equiv="refresh"/i.test(textOf(site, path));

/** Whether nobody is led to the register page: the full edition is for who has registered, and a form needs no page. */
const unasked = (site) => site.edition === "full" || site === odd;

const places = [
  ["the sample archive at the root of a server", sample, "/"],
  ["the sample archive below /repo/", below, "/repo/"],
  ["the sample archive, built for /repo/ and opened at the root", below, "/"],
  ["the sample archive in full", full, "/"],
  ["odd content at the root of a server", odd, "/"],
  ["odd content below /repo/", oddBelow, "/repo/"],
];

for (const [name, site, under] of places) {
  test(`every link of ${name} leads to something`, async () => {
    const server = await opened(site, under);
    const everything = [
      "",
      "sitemap.xml",
      "robots.txt",
      ...pagesOf(site)
        .filter((path) => path !== "404.html")
        .map(addressOf),
    ];
    const { visited, faults } = await crawl(server, { starts: everything, address: site.address });
    assert.ok(visited.size > pagesOf(site).length, "the crawler went round");
    assert.deepEqual(faults, []);
  });

  test(`every page of ${name} can be reached from the home page`, async () => {
    const server = await opened(site, under);
    const { visited } = await crawl(server, { starts: [""], address: site.address });
    const pages = pagesOf(site).filter(
      (path) => path !== "404.html" && !isRedirect(site, path) && !(unasked(site) && path === "register/index.html"),
    );
    assert.deepEqual(
      pages.filter((path) => !visited.has(server.url(addressOf(path)))),
      [],
    );
  });
}

for (const [name, site, under] of [places[0], places[1], places[4]]) {
  test(`the page for addresses that lead nowhere, of ${name}, has links that work from anywhere`, async () => {
    const server = await opened(site, under);
    const lost = server.url("reports/2031/never/written/");
    const answer = await fetch(lost);
    assert.equal(answer.status, 404);
    for (const { written } of addressesIn(await answer.text()).filter(({ written }) => !written.startsWith("#"))) {
      const { pathname, origin } = new URL(written, lost);
      if (origin !== server.origin) continue;
      assert.equal((await fetch(server.origin + pathname)).status, 200, written);
    }
  });
}

test("an earlier address sends its readers on", async () => {
  const server = await opened(odd);
  const html = await (await fetch(server.url("who-we-are/"))).text();
  const refresh = addressesIn(html).find(({ name }) => name === "refresh");
  assert.equal(new URL(refresh.written, server.url("who-we-are/")).href, server.url("about/"));
  assert.ok(
    addressesIn(html).some(
      ({ name, written }) => name === "a" && new URL(written, server.url("who-we-are/")).href === server.url("about/"),
    ),
    "a link for who is not sent on",
  );
});

test("every page names its own address as the canonical one", () => {
  for (const site of [sample, below, odd]) {
    for (const path of pagesOf(site).filter((path) => path !== "404.html" && !isRedirect(site, path))) {
      const canonical = elementsOf(textOf(site, path)).filter(
        ({ name, attributes }) => name === "link" && attributes.rel === "canonical",
      );
      assert.deepEqual(
        canonical.map(({ attributes }) => attributes.href),
        [site.address + addressOf(path)],
        path,
      );
    }
  }
});

test("links that open nothing new are not opened in a new window, and no page asks for anything on another server", () => {
  for (const site of [sample, odd]) {
    for (const path of pagesOf(site)) {
      const html = textOf(site, path);
      assert.ok(!/target="_blank"/.test(html), path);
      const asked = addressesIn(html).filter(
        ({ name, rel }) => !["a", "area", "form"].includes(name) && !/canonical|alternate/.test(rel),
      );
      assert.deepEqual(
        asked.map(({ written }) => written).filter((written) => /^(https?:)?\/\//.test(written)),
        [],
        path,
      );
    }
  }
});

test("a picture can stand at the head of a report and in its text", () => {
  const site = oddSite({ body: "The same picture again: ![A grey field.](chart.png)" });
  const shown = elementsOf(textOf(site, "reports/2025/everything/index.html")).filter(({ name }) => name === "img");
  assert.equal(shown.length, 2);
});
