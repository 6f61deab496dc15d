// The search: what readers find, by keyboard and by mouse, on a slow network, without scripts, and when files are missing.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync, cpSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { launch, open, walk } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { BELOW, THEMES, binary, repository, sampleSite, scratch } from "./support/sites.mjs";
import { Index } from "../../themes/broadsheet/static/search.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const full = sampleSite({ edition: "full" });
const sites = Object.fromEntries(THEMES.map((theme) => [theme, sampleSite({ theme })]));
const below = sampleSite({ address: BELOW });
const arabic = sampleSite({ language: "ar" });

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const fromDisk = async (url) => new Uint8Array(readFileSync(new URL(url)));
const indexOf = (site) => Index.open(pathToFileURL(join(site.folder, "search/index.json")), fromDisk);
const queries = () =>
  readFileSync(join(repository, "tests/quality/sample.tsv"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"));

/** The page of search, with a query typed into its address. */
async function asked(site, query, { late, under, ...options } = {}) {
  const server = await serve(site.folder, { late, under });
  const page = await open(browser, server.url(`search/${query}`), options);
  const leave = page.leave;
  page.leave = async () => {
    await leave();
    server.close();
  };
  return page;
}
const told = (page) => page.locator("[data-status]").innerText();
const headlines = (page) => page.locator("[data-rows] h3").allInnerTexts();
const settled = (page, words) => page.waitForFunction((words) => document.querySelector("[data-status]").innerText.includes(words), words);

describe("the reader's side and the command line", () => {
  test("put all reports in the same order, for every query of the set", async () => {
    const index = await indexOf(full);
    const ids = JSON.parse(readFileSync(join(full.folder, "archive/reports.json"), "utf8")).map(({ id }) => id).reverse();
    for (const sort of ["relevance", "date"]) {
      const options = ["search", "--root", full.source, "--format", "json", "--limit", "100000", "--sort", sort, "-"];
      const lines = execFileSync(binary, options, { input: queries().map(([query]) => query).join("\n"), encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
      const answers = lines.trim().split("\n").map((line) => JSON.parse(line));
      assert.equal(answers.length, queries().length);
      for (const { query, reports, asked, held } of answers) {
        const own = await index.search(query, { sort: sort === "date" ? "date" : "" });
        assert.deepEqual([own.reports.map((report) => ids[report]), own.words], [reports.map(({ id }) => id), [asked, held]], `${query}, by ${sort}`);
      }
    }
  });

  test("the script is small", () => {
    const name = readdirSync(join(full.folder, "assets")).find((name) => /^search\..*js$/.test(name));
    const size = gzipSync(readFileSync(join(full.folder, "assets", name))).length;
    assert.ok(size <= 12 * 1024, `${size} bytes`);
  });
});

for (const theme of THEMES) {
  describe(`the page of search as ${theme}`, () => {
    test("a three-year-old judgment is found by keyboard alone, from any page", async () => {
      const server = await serve(sites[theme].folder);
      const page = await open(browser, server.url("countries/mexico/"));
      await page.keyboard.press("/");
      await page.keyboard.type("mexican banks principal");
      await page.keyboard.press("Enter");
      await page.waitForURL(/search\/\?q=/);
      await settled(page, "Reports found");
      await page.keyboard.press("/");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.evaluate(() => document.activeElement.innerText), (await headlines(page))[0]);
      await page.keyboard.press("Enter");
      await page.waitForURL(/reports\/1982\/mx-moratorium/);
      await page.goBack();
      await settled(page, "Reports found");
      assert.equal(await page.inputValue("#_q"), "mexican banks principal", "the search is there again");
      assert.deepEqual(page.faults, []);
      await page.leave();
      server.close();
    });

    test("the box at the head completes countries, authors, topics and ids", async () => {
      const server = await serve(sites[theme].folder);
      const page = await open(browser, server.url("authors/"));
      const offers = async (text, first) => {
        await page.fill("#_find", text);
        await page.locator("#_offers li:first-child", { hasText: first }).waitFor();
      };
      await page.focus("#_find");
      await offers("burm", /Country\s*Myanmar/);
      await offers("arrieta", /Author\s*Inés Arrieta Colomer/);
      await offers("default", /Debt/);
      await offers("MX-1982", /Report\s*Debt: Mexico stops paying/);
      await offers("mexi", /Mexico/);
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.getAttribute("#_find", "aria-activedescendant"), "_offer0");
      await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
      await page.keyboard.press("Escape");
      assert.equal(await page.isHidden("#_offers"), true);
      await page.fill("#_find", "");
      await offers("mexi");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/countries\/mexico\/$/);
      await page.leave();
      server.close();
    });

    test("facets narrow down by mouse, with counts, an address of their own, and a way back", async () => {
      const page = await asked(sites[theme], "?q=currency");
      await settled(page, "Reports found");
      const before = (await headlines(page)).length;
      const mexico = page.locator('[data-facet="country"] label', { hasText: "Mexico" });
      const count = Number(await mexico.locator(".count").innerText());
      await mexico.click();
      await settled(page, `Reports found: ${count}`);
      assert.ok(count < before);
      assert.match(page.url(), /\?q=currency&country=mexico$/);
      await page.goBack();
      await page.waitForFunction((before) => document.querySelectorAll("[data-rows] h3").length === before, before);
      await page.selectOption("#_order", "date");
      await page.waitForURL(/sort=date/);
      await page.waitForFunction(() => {
        const days = [...document.querySelectorAll("[data-rows] time")].map((time) => time.dateTime);
        return days.length > 1 && days.every((day, at) => at === 0 || day <= days[at - 1]);
      });
      assert.deepEqual(page.faults, []);
      await page.leave();
    });

    test("passages are taken from the report's page, with words marked and the heading above", async () => {
      const page = await asked(sites[theme], "?q=gold+reserves+india");
      const hit = page.locator(".hit", { hasText: "India buys time" });
      await hit.locator("mark").first().waitFor();
      assert.match((await hit.locator("mark").allInnerTexts()).join(" "), /gold|reserves/i);
      const { pathname, hash } = new URL(await hit.locator("a.heading").getAttribute("href"));
      assert.match(pathname, /reports\/1991\/in-budget\/$/);
      assert.ok(readFileSync(join(sites[theme].folder, "reports/1991/in-budget/index.html"), "utf8").includes(`id="${decodeURIComponent(hash.slice(1))}"`));
      await page.leave();
    });

    test("has no violation that axe finds, with results and without, in both colour schemes and on a narrow screen", async () => {
      for (const [query, options] of [["", {}], ["?q=peso", {}], ["?q=peso", { colorScheme: "dark" }], ["?q=debt&country=mexico", { viewport: { width: 320, height: 640 } }]]) {
        const page = await asked(sites[theme], query, options);
        if (query) await settled(page, "Reports found");
        await page.waitForTimeout(400);
        await page.evaluate(axe);
        const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), RULES);
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${query} ${JSON.stringify(options)}`);
        assert.deepEqual(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        assert.deepEqual((await page.seen()).violations, []);
        await page.leave();
      }
    });

    test("every control is reached by the tabulator key", async () => {
      const page = await asked(sites[theme], "?q=peso");
      await settled(page, "Reports found");
      await page.waitForTimeout(400);
      const { stops, reached, faults } = await walk(page);
      assert.deepEqual([reached, faults], [stops, []]);
      await page.leave();
    });
  });
}

describe("searches", () => {
  test("are kept on the device and forgotten", async () => {
    const page = await asked(sites.broadsheet, "?q=peso&year=1994");
    await settled(page, "Reports found");
    await page.click("[data-save]");
    await page.reload();
    const link = page.locator("[data-saved] a");
    assert.equal(await link.innerText(), "peso year:1994");
    await page.fill("#_q", "something else");
    await link.click();
    await settled(page, "Reports found");
    assert.equal(await page.inputValue("#_q"), "peso");
    await page.click("[data-saved] button");
    assert.equal(await page.isHidden("[data-saved]"), true);
    await page.leave();
  });

  test("work under a base path, and say what names nothing", async () => {
    const page = await asked(below, "?q=country:atlantis+peso", { under: "/repo/" });
    await settled(page, "No report");
    assert.match(await told(page), /Nothing here is called atlantis/);
    await page.fill("#_q", "Zedilo");
    await settled(page, "Reports found");
    await page.locator("[data-rows] h3 a").first().click();
    await page.waitForURL(/\/repo\/reports\/1994\//);
    await page.leave();
  });

  test("answer as a reader types, and say when only some words are held", async () => {
    const page = await asked(sites.broadsheet, "");
    await page.focus("#_q");
    await page.keyboard.type("xylophone");
    await settled(page, "No report holds");
    await page.fill("#_q", "xylophone peso");
    await settled(page, "No report holds all 2 words");
    await page.fill("#_q", "");
    await page.waitForFunction(() => document.querySelector("[data-results]").hidden);
    assert.equal(await page.isVisible("[data-lists]"), true);
    await page.leave();
  });

  test("speak the language of the site", async () => {
    const page = await asked(arabic, "?q=" + encodeURIComponent("مصر"));
    await settled(page, "التقارير");
    assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
    assert.ok((await headlines(page)).length >= 1);
    await page.leave();
  });
});

describe("when something is wrong", () => {
  test("without scripts the form leads to the lists", async () => {
    const page = await asked(sites.broadsheet, "", { javaScriptEnabled: false });
    assert.match(await page.locator(".notice").innerText(), /The search needs JavaScript/);
    await page.fill("#_q", "peso");
    await page.click("form.ask button");
    await page.waitForURL(/\?q=peso/);
    for (const name of ["Countries", "Topics", "Authors", "Archive"]) assert.equal(await page.locator("[data-lists] a", { hasText: name }).count(), 1);
    await page.leave();
  });

  test("a slow network is told, and the answer comes", async () => {
    const page = await asked(sites.broadsheet, "?q=peso", { late: (path) => (path.includes("/search/p/") ? 4500 : 0) });
    await settled(page, "Searching");
    await settled(page, "The connection is slow");
    await settled(page, "Reports found");
    await page.leave();
  });

  const damaged = (name, change) => {
    const folder = join(scratch, name);
    cpSync(sites.broadsheet.folder, folder, { recursive: true });
    const files = join(folder, "search/p");
    for (const file of readdirSync(files)) change(join(files, file));
    return { folder };
  };

  test("a damaged file is an error in words, and can be tried again", async () => {
    const site = damaged("damaged", (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 9] ^= 0xff;
      writeFileSync(file, bytes);
    });
    const page = await asked(site, "?q=peso");
    await settled(page, "missing or damaged");
    assert.equal(await page.isVisible("[data-lists]"), true, "the lists help on");
    const files = join(site.folder, "search/p");
    for (const file of readdirSync(files)) cpSync(join(sites.broadsheet.folder, "search/p", file), join(files, file));
    await page.click("[data-status] button");
    await settled(page, "Reports found");
    await page.leave();
  });

  test("a missing file is an error in words", async () => {
    const site = damaged("missing", () => {});
    const server = await serve(site.folder);
    const page = await open(browser, server.url("search/"));
    await page.route(/\/search\/p\//, (route) => route.fulfill({ status: 404 }));
    await page.fill("#_q", "peso");
    await settled(page, "missing or damaged");
    await page.leave();
    server.close();
  });

  test("a file of another version asks for the page to be loaded again", async () => {
    const site = damaged("older", (file) => {
      const content = gunzipSync(readFileSync(file));
      content[3] = 9;
      writeFileSync(file, gzipSync(content));
    });
    const page = await asked(site, "?q=peso");
    await settled(page, "published anew");
    await page.leave();
  });

  test("files that are gone since the site was published anew are found by the new table of contents", async () => {
    const server = await serve(sites.broadsheet.folder);
    const page = await open(browser, server.url("search/"));
    let stale = true;
    await page.route(/\/search\/index\.json/, async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({ response: answer, body: stale ? text.replace(/("postings":.*?"positions")/, (part) => part.replace(/"[0-9a-f]{8}"/g, '"00000000"')) : text });
      stale = false;
    });
    await page.fill("#_q", "peso");
    await settled(page, "Reports found");
    await page.leave();
    server.close();
  });
});
