// What a reader does with a page, in each theme: choosing colours, copying, citing, sorting, skipping to the text, printing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { extractText } from "unpdf";
import { launch, open } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { THEMES, oddSite, sampleSite } from "./support/sites.mjs";

const REPORT = "reports/1973/sa-two-levers/";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const scheme = (page, state = {}) => page.getByRole("button", { name: "Dark colours", ...state });

for (const theme of THEMES) {
  describe(theme, () => {
    const sample = sampleSite({ theme });
    const odd = oddSite({ theme });
    let server, oddServer;
    before(async () => {
      // The script that adds conveniences comes long after the page is painted.
      server = await serve(sample.folder, { late: (path) => (/\/site\.[^/]*js$/.test(path) ? 300 : 0) });
      oddServer = await serve(odd.folder);
    });
    after(async () => {
      server?.close();
      oddServer?.close();
    });

    test("the colours follow the system until the reader chooses", async () => {
      const page = await open(browser, server.url(REPORT), { colorScheme: "light" });
      const light = await ground(page);
      await scheme(page, { pressed: false }).waitFor();
      await page.emulateMedia({ colorScheme: "dark" });
      await scheme(page, { pressed: true }).waitFor();
      assert.notEqual(await ground(page), light);
      await scheme(page).click();
      await scheme(page, { pressed: false }).waitFor();
      assert.equal(await ground(page), light);
      await page.leave();
    });

    test("a chosen colour scheme is remembered on the next page, from its first frame on", async () => {
      const everyFrame = () => {
        globalThis.grounds = [];
        const note = () => {
          if (document.body) grounds.push(getComputedStyle(document.body).backgroundColor);
          if (grounds.length < 60) requestAnimationFrame(note);
        };
        requestAnimationFrame(note);
      };
      const page = await open(browser, server.url(REPORT), { colorScheme: "light", before: everyFrame });
      const light = await ground(page);
      await scheme(page).click();
      const dark = await ground(page);
      assert.notEqual(dark, light);
      for (const address of [REPORT, ""]) {
        await page.goto(server.url(address));
        await page.waitForFunction(() => grounds.length > 2);
        const grounds = await page.evaluate(() => grounds);
        assert.deepEqual([...new Set(grounds)], [dark]);
        await scheme(page, { pressed: true }).waitFor();
      }
      await scheme(page).click();
      await page.reload();
      assert.equal(await ground(page), light);
      assert.equal(await page.evaluate(() => localStorage.length), 0, "the system's own choice needs no memory");
      await page.leave();
    });

    test("the address of a report can be copied", async () => {
      const page = await open(browser, server.url(REPORT), { permissions: ["clipboard-read", "clipboard-write"] });
      const button = page.getByRole("button", { name: "Copy link" });
      await button.click();
      assert.equal(await clipboard(page), sample.address + REPORT);
      assert.equal(await page.locator("[data-copy]").textContent(), "Copied");
      await button.waitFor({ timeout: 5000 });
      await page.leave();
    });

    test("every form of the citation can be read, copied and downloaded", async () => {
      const page = await open(browser, server.url(REPORT), {
        permissions: ["clipboard-read", "clipboard-write"],
        acceptDownloads: true,
      });
      const details = page.locator("details.cite");
      assert.equal(await details.getByText("@techreport{").isVisible(), false);
      await page.getByText("For reference managers").click();
      await page.getByRole("button", { name: "Copy citation" }).click();
      await page.locator(".actions").getByText("Copied").waitFor();
      assert.equal(await clipboard(page), await page.locator(".colophon").textContent());
      const forms = await details.locator("[data-cite]").all();
      assert.equal(forms.length, 3);
      for (const form of forms) {
        assert.ok(await form.isVisible());
        const bar = form.locator("xpath=following-sibling::*[1]");
        await bar.getByRole("button", { name: "Copy" }).click();
        await bar.getByText("Copied").waitFor();
        assert.equal(await clipboard(page), await form.textContent());
        const ending = await form.getAttribute("data-cite");
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          bar.getByRole("link", { name: "Download" }).click(),
        ]);
        assert.equal(download.suggestedFilename(), `sa-two-levers.${ending}`);
        assert.equal(readFileSync(await download.path(), "utf8"), await form.textContent());
      }
      assert.deepEqual(page.faults, []);
      await page.leave();
    });

    test("a long table can be sorted by each column, by keyboard too, and put back", async () => {
      const page = await open(browser, oddServer.url("reports/2025/everything/"));
      const column = (index) =>
        page.locator(".body tbody tr").evaluateAll((rows, at) => rows.map((row) => row.cells[at].textContent), index);
      const head = page.locator(".body th").nth(2);
      const before = await column(2);
      await head.getByRole("button").click();
      assert.deepEqual(await column(2), ["-2", "3", "4", "5", "1,234.5"]);
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      await head.getByRole("button").press("Enter");
      assert.deepEqual(await column(2), ["1,234.5", "5", "4", "3", "-2"]);
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      await head.getByRole("button").press("Space");
      assert.deepEqual(await column(2), before);
      assert.equal(await head.getAttribute("aria-sort"), null);
      await page.leave();
    });

    test("the keyboard reaches the skip link first, and it leads to the text", async () => {
      const page = await open(browser, server.url(REPORT));
      await page.keyboard.press("Tab");
      const skip = page.locator(":focus");
      assert.equal(await skip.textContent(), "Skip to the text");
      const box = await skip.boundingBox();
      assert.ok(box.y >= 0 && box.x >= 0 && box.height >= 24, "it is seen when it has the focus");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.ok(await page.locator("main :focus").count(), "what comes next is in the text");
      await page.leave();
    });

    test("nothing is animated for who asks for less motion", async () => {
      const page = await open(browser, server.url(""), { reducedMotion: "reduce" });
      const moving = await page
        .locator("*")
        .evaluateAll((all) =>
          all
            .filter((element) =>
              ["transitionDuration", "animationDuration"].some(
                (key) => Number.parseFloat(getComputedStyle(element)[key]) > 0.01,
              ),
            )
            .map(({ nodeName }) => nodeName),
        );
      assert.deepEqual(moving, []);
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
      await page.leave();
    });

    test("a printed report has its text, history, citation and addresses, and no navigation", async () => {
      const page = await open(browser, server.url(REPORT));
      const paragraphs = await page.locator(".body > p").allTextContents();
      const cited = await page.locator(".colophon").textContent();
      const { totalPages, text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })), {
        mergePages: true,
      });
      const printed = words(text);
      const holds = (passage) => printed.includes(words(passage));
      assert.ok(totalPages > 1);
      for (const paragraph of paragraphs) assert.ok(holds(paragraph.slice(0, 60)), paragraph.slice(0, 60));
      for (const wanted of [
        "Riyadh holds two levers and will release only one",
        "SA-1973-001",
        "27 Dec 1973",
        "Key judgments",
        "very likely (80-95%)",
        "Sources and method",
        "Update history",
        cited,
        "Printed on",
      ]) {
        assert.ok(holds(wanted), `${wanted} is printed`);
      }
      for (const furniture of [
        "Skip to the text",
        "Dark colours",
        "Countries Topics Authors",
        "Related reports",
        "Copy link",
        "Send by mail",
        "Cite this report",
        "JSON Feed",
      ]) {
        assert.ok(!holds(furniture), `${furniture} is not printed`);
      }
      assert.ok(
        printed.split(words("Riyadh holds two levers and will release only one")).length > totalPages,
        "the headline is on every sheet",
      );
      await page.leave();
    });

    test("a printed report writes out the addresses of its links, and what can be unfolded", async () => {
      const page = await open(browser, oddServer.url("reports/2025/everything/"));
      const { text } = await extractText(new Uint8Array(await page.pdf({ format: "Letter" })), { mergePages: true });
      assert.ok(words(text).includes(words("https://elsewhere.example/")));
      assert.ok(words(text).includes(words("Behind a summary.")));
      await page.leave();
    });
  });
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const words = (text) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join("");
