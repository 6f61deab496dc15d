// The search of a sealed edition: the public finds what is public, a subscriber what is behind the teasers too.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { sampleSite, scratch, vectors } from "./support/sites.mjs";

const site = sampleSite({ edition: "sealed" });
const [code] = vectors.codes;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const found = (page) => page.locator("[data-rows] h3").allInnerTexts();
const settled = (page) => page.waitForFunction(() => /\d|found|No /.test(document.querySelector("[data-status]").innerText));

/** A reader who has typed the code in at a report. */
async function subscriber(server) {
  const page = await open(browser, server.url("reports/1994/mx-float/"));
  await page.fill("[data-code]", code.text);
  await page.press("[data-code]", "Enter");
  await page.waitForSelector("[data-sealed] .judgments");
  return page;
}

describe("the search of a sealed edition", () => {
  test("tells the public nothing of what is gated, and subscribers all of it", async () => {
    const server = await serve(site.folder);
    const stranger = await open(browser, server.url("search/?q=tesobonos"));
    await settled(stranger);
    const inTheOpen = await found(stranger);
    assert.deepEqual((await stranger.seen()).violations, []);
    await stranger.leave();

    const page = await subscriber(server);
    await page.goto(server.url("search/?q=tesobonos"));
    await page.waitForFunction((count) => document.querySelectorAll("[data-rows] h3").length > count, inTheOpen.length);
    const all = await found(page);
    assert.ok(inTheOpen.every((title) => all.includes(title)), String(all));
    await page.locator(".hit mark").first().waitFor();
    assert.deepEqual((await page.seen()).violations, []);
    await page.leave();
    server.close();
  });

  test("keeps words, reports and readers' files apart from what is in the open", async () => {
    const contents = JSON.parse(readFileSync(join(site.folder, "search/index.json"), "utf8"));
    assert.deepEqual(contents.parts.map(({ name }) => name), ["public"]);
    assert.ok(contents.sealed.length > 1);
    for (const table of contents.sealed) assert.deepEqual(Object.keys(table).sort(), ["days", "file", "plan", "whole"]);
    for (const name of readdirSync(join(site.folder, "search/x"))) {
      const bytes = readFileSync(join(site.folder, "search/x", name));
      assert.equal(bytes.subarray(0, 5).toString("latin1"), "BPS\x01s");
    }
  });

  test("says so when a sealed file is damaged, or another stands in its place", async () => {
    for (const harm of [
      (bytes) => bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte)),
      (bytes, names, folder) => readFileSync(join(folder, names.at(-1))),
    ]) {
      const folder = mkdtempSync(join(scratch, "damaged-"));
      cpSync(site.folder, folder, { recursive: true });
      const sealed = join(folder, "search/x");
      const names = readdirSync(sealed);
      names.slice(0, -1).forEach((name) => writeFileSync(join(sealed, name), harm(readFileSync(join(sealed, name)), names, sealed)));
      const server = await serve(folder);
      const page = await subscriber(server);
      await page.goto(server.url("search/?q=tesobonos"));
      await page.waitForSelector("[data-status] button");
      await page.leave();
      server.close();
    }
  });
});
