// The preview's own pages: all pages by kind, what a template sees, dates to come.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { LOOKS, RIVER, SITE, close, served, violations } from "./support/preview.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

describe("the desk", () => {
  const site = served("--drafts");
  const openDesk = async (path, options) => {
    const page = await open(browser, new URL(`/_preview/${path}`, site.url()).href, options);
    await page.locator("#content > *").first().waitFor();
    return page;
  };

  test("lists all pages by kind, finds them, and follows what changes", async () => {
    const page = await openDesk("");
    const reports = page.locator("section", { has: page.getByRole("heading", { name: /^report/ }) });
    assert.match(await reports.getByRole("heading").innerText(), /report\.html · 4 pages/);
    site.write(
      "content/reports/2026/flood.md",
      SITE["content/reports/2026/summit.md"].replace("The summit", "The flood"),
    );
    await reports.getByRole("link", { name: "The flood", exact: true }).waitFor();
    await page.getByLabel("Find").fill("flood");
    await page.getByText("1 page of").waitFor();
    await page.getByRole("link", { name: "Data of The flood" }).click();
    await page.getByText("What report.html sees for /desk/reports/2026/flood/").waitFor();
    await close(page);
  });

  test("shows what a template sees, with the words to write for it", async () => {
    const page = await openDesk(`data/?path=${encodeURIComponent("/desk/reports/2025/river/")}`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const item = (name) =>
      page.locator("li", { has: page.locator(`:scope > details > summary > .name:text-is("${name}")`) });
    await item("report").locator("summary").first().click();
    const title = page.locator("li:has(> .leaf > .name:text-is('title'))", { hasText: '"The river"' });
    assert.match(await title.innerText(), /string/);
    await title.getByRole("button").click();
    await title.getByText("Copied").waitFor();
    assert.equal(await copied(), "report.title");
    await page.getByLabel("Find").fill("site.css");
    const found = page.locator(".matches li", { hasText: "assets" });
    await found.getByRole("button").click();
    await found.getByText("Copied").waitFor();
    assert.equal(await copied(), 'site.assets["site.css"]');
    await page.getByLabel("Find").fill("");
    // What was open stays open when the data changes.
    site.change(RIVER, (text) => text.replace("The river", "The great river"));
    await page.getByText('"The great river"').first().waitFor();
    await close(page);
  });

  test("has a calendar of what is to come", async () => {
    const page = await openDesk("calendar/");
    const dam = page.getByRole("row", { name: /The new dam/ });
    assert.match(await dam.innerText(), /1 May 2099\s+Embargo ends/);
    assert.ok(
      await page
        .getByRole("row", { name: /The summit/ })
        .getByText("Review", { exact: true })
        .isVisible(),
    );
    assert.ok(
      await page
        .getByRole("row", { name: /A sketch/ })
        .getByText("Draft", { exact: true })
        .isVisible(),
    );
    await page.getByRole("checkbox", { name: "Embargo ends" }).uncheck();
    await dam.waitFor({ state: "detached" });
    await close(page);
  });

  for (const [colorScheme, width] of LOOKS)
    test(`has no fault of access, ${colorScheme} at ${width} pixels`, async () => {
      for (const path of ["", `data/?path=${encodeURIComponent("/desk/reports/2025/river/")}`, "calendar/"]) {
        const page = await openDesk(path, { colorScheme, viewport: { width, height: 700 } });
        assert.deepEqual(await violations(page), [], path);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, path);
        await close(page);
      }
    });
});
