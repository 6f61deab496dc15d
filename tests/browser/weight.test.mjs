// What a reader waits for: the budgets of a report page, in bytes as they are sent (gzip) and in requests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, open } from "./support/browser.mjs";
import { addressesIn, elementsOf } from "./support/crawler.mjs";
import { serve } from "./support/server.mjs";
import { THEMES, addressOf, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const KILOBYTE = 1024;
const sites = THEMES.flatMap((theme) =>
  ["public", "full"].map((edition) => [`the ${edition} edition as ${theme}`, sampleSite({ theme, edition })]),
);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const sent = (path) => gzipSync(readFileSync(path)).length;
const reportsOf = (site) =>
  pagesOf(site).filter((path) => path.startsWith("reports/") && /<body class="report-page"/.test(textOf(site, path)));

/** Files that a browser asks for along with a page. */
function requisites(site, path) {
  const html = readFileSync(join(site.folder, path), "utf8");
  const asked = addressesIn(html).filter(
    ({ name, rel }) => !["a", "form"].includes(name) && !/canonical|alternate/.test(rel),
  );
  const files = asked.map(({ written }) =>
    join(site.folder, decodeURIComponent(new URL(written, `http://site/${addressOf(path)}`).pathname)),
  );
  return { html, files: [...new Set(files)], pictures: elementsOf(html).some(({ name }) => name === "img") };
}

for (const [name, site] of sites) {
  test(`no report of ${name} sends more than 15 KB of HTML`, () => {
    assert.ok(reportsOf(site).length > 10);
    for (const path of reportsOf(site))
      assert.ok(sent(join(site.folder, path)) <= 15 * KILOBYTE, `${path}: ${sent(join(site.folder, path))}`);
  });

  test(`no report of ${name} without photographs sends more than 50 KB in all, 10 KB of them style`, () => {
    for (const path of reportsOf(site)) {
      const { files, pictures } = requisites(site, path);
      const total = [join(site.folder, path), ...files].reduce((sum, file) => sum + sent(file), 0);
      const style = files.filter((file) => file.endsWith(".css")).reduce((sum, file) => sum + sent(file), 0);
      if (!pictures) assert.ok(total <= 50 * KILOBYTE, `${path}: ${total}`);
      assert.ok(style > 0 && style <= 10 * KILOBYTE, `${path}: ${style} of style`);
    }
  });
}

test("no page loads a font", () => {
  for (const [, site] of sites) {
    for (const path of site.files().filter((path) => path.endsWith(".css")))
      assert.ok(!textOf(site, path).includes("@font-face"), path);
    assert.deepEqual(
      site.files().filter((path) => /\.(woff2?|ttf|otf|eot)$/.test(path)),
      [],
    );
  }
});

for (const [name, site] of sites.filter(([, { edition }]) => edition === "public")) {
  test(`a page of ${name} needs a style sheet before it is painted, a script and an icon, and nothing else`, async () => {
    const server = await serve(site.folder);
    for (const address of [
      "",
      "reports/1991/in-budget/",
      "reports/1997/kr-imf/",
      "reports/2011/eg-council-ar/",
      "countries/mexico/",
    ]) {
      const page = await open(browser, server.url(address));
      await page.waitForFunction(() => seen.paints.length > 0);
      const { paints } = await page.seen();
      const asked = await page.evaluate(() =>
        performance.getEntriesByType("resource").map((entry) => ({
          name: new URL(entry.name).pathname.replace(/.*\/([a-z]+)\.[0-9a-f]+\./, "$1."),
          blocking: entry.renderBlockingStatus === "blocking",
        })),
      );
      const blocking = asked.filter(({ blocking }) => blocking).map(({ name }) => name);
      assert.deepEqual([...blocking, ...(paints.at(-1).url ? [paints.at(-1).url] : [])], ["site.css"], address);
      const others = asked.filter(({ blocking }) => !blocking).map(({ name }) => name);
      assert.deepEqual(
        others.filter((name) => !["site.js", "icon.svg"].includes(name)),
        [],
        address,
      );
      await page.leave();
    }
    server.close();
  });
}
