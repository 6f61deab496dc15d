// What a reader waits for: the budgets of a report page, in bytes as they are sent (gzip) and in requests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, open } from "./support/browser.mjs";
import { addressesIn, elementsOf } from "./support/crawler.mjs";
import { serve } from "./support/server.mjs";
import { addressOf, pagesOf, sampleSite } from "./support/sites.mjs";

const KILOBYTE = 1024;
const sample = sampleSite();
const full = sampleSite({ edition: "full" });

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const reportsOf = (site) => pagesOf(site).filter((path) => path.startsWith("reports/"));
const sent = (path) => gzipSync(readFileSync(path)).length;

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

for (const [name, site] of [
  ["the public edition", sample],
  ["the full edition", full],
]) {
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
  const styles = sample.files().filter((path) => path.endsWith(".css"));
  for (const path of styles) assert.ok(!readFileSync(join(sample.folder, path), "utf8").includes("@font-face"), path);
  assert.deepEqual(
    sample.files().filter((path) => /\.(woff2?|ttf|otf|eot)$/.test(path)),
    [],
  );
});

for (const [name, address] of [
  ["a public report", "reports/1991/in-budget/"],
  ["a gated report", "reports/1997/kr-imf/"],
  ["a report in Arabic", "reports/2011/eg-council-ar/"],
  ["the home page", ""],
]) {
  test(`the largest paint of ${name} needs one request after the HTML`, async () => {
    const server = await serve(sample.folder);
    const page = await open(browser, server.url(address));
    await page.waitForFunction(() => seen.paints.length > 0);
    const { paints } = await page.seen();
    const blocking = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry.renderBlockingStatus === "blocking")
        .map((entry) => new URL(entry.name).pathname.replace(/\.[0-9a-f]+\./, ".")),
    );
    const needed = [...blocking, ...(paints.at(-1).url ? [paints.at(-1).url] : [])];
    assert.equal(needed.length, 1, needed.join(", "));
    await page.leave();
    server.close();
  });
}
