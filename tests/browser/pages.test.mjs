// What every kind of page promises to every reader: accessible, narrow, still, quiet, and readable without scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { addressOf, oddSite, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const sample = sampleSite();
const odd = oddSite({ register: { form: "https://forms.example/join" } });
const arabic = oddSite({ language: "ar", register: { email: "desk@odd.example" } });

/** What is opened: the page's name, the site, the address. */
const pages = [
  ["home", sample, ""],
  ["a public report", sample, "reports/1991/in-budget/"],
  ["a report with a picture", sample, "reports/1973/sa-two-levers/"],
  ["a gated report", sample, "reports/1997/kr-imf/"],
  ["a report in Arabic", sample, "reports/2011/eg-council-ar/"],
  ["a country", sample, "countries/mexico/"],
  ["the index of countries", sample, "countries/"],
  ["a region", sample, "regions/asia/"],
  ["the index of regions", sample, "regions/"],
  ["an author", sample, "authors/ines-arrieta-colomer/"],
  ["the index of authors", sample, "authors/"],
  ["a topic", sample, "topics/debt/"],
  ["the index of topics", sample, "topics/"],
  ["a topic in a country", sample, "countries/mexico/currency/"],
  ["the archive", sample, "archive/"],
  ["a month", sample, "archive/1994/12/"],
  ["the log of corrections", sample, "corrections/"],
  ["events to come", odd, "watch/"],
  ["a series", sample, "series/debt-and-default/"],
  ["a kind", sample, "kinds/report/"],
  ["a plain page", sample, "probability-scale/"],
  ["the register page", sample, "register/"],
  ["the page for lost addresses", sample, "never/written/"],
  ["an odd report with everything", odd, "reports/2025/everything/"],
  ["a report with nothing but a headline", odd, "reports/2025/bare/"],
  ["a gated report with a form", odd, "reports/2025/gated/"],
  ["a country with its view", odd, "countries/mexico/"],
  ["a second page of a list", odd, "page/2/"],
  ["the home page of an Arabic site", arabic, ""],
  ["an English report on an Arabic site", arabic, "reports/2025/everything/"],
  ["an Arabic report on an Arabic site", arabic, "reports/2025/arabic/"],
];

let browser;
const servers = new Map();
before(async () => {
  browser = await launch();
  // Pictures and scripts come late, so that what they push away is seen to move.
  const late = (path) => (/\.png$|\/site\.[^/]*js$/.test(path) ? 200 : 0);
  for (const site of [sample, odd, arabic]) servers.set(site, await serve(site.folder, { late }));
});
after(async () => {
  await browser?.close();
  servers.forEach((server) => server.close());
});

const urlOf = (site, address) => servers.get(site).url(address);

describe("every kind of page", () => {
  for (const [name, site, address] of pages) {
    test(`${name}: accessible in both colour schemes, and quiet`, async () => {
      const page = await open(browser, urlOf(site, address));
      await page.evaluate(axe);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        assert.deepEqual(await violations(page), [], colorScheme);
      }
      assert.deepEqual(page.faults, []);
      assert.deepEqual((await page.seen()).violations, []);
      await page.leave();
    });

    test(`${name}: fits a narrow screen, with letters set wide too, and nothing on it moves`, async () => {
      const page = await open(browser, urlOf(site, address), { viewport: { width: 320, height: 640 } });
      await throughTheWholePage(page);
      assert.deepEqual((await page.seen()).shifts, []);
      assert.deepEqual(await tooWide(page), []);
      await page.evaluate(setWide);
      assert.deepEqual(await tooWide(page), []);
      await page.leave();
    });

    test(`${name}: holds the same text without scripts, and nothing moves when they come`, async () => {
      const [plain, scripted] = await Promise.all([
        open(browser, urlOf(site, address), { javaScriptEnabled: false }),
        open(browser, urlOf(site, address)),
      ]);
      await throughTheWholePage(scripted);
      assert.deepEqual((await scripted.seen()).shifts, []);
      const text = await readable(plain);
      assert.ok(text.length > 10, "there is text to read");
      assert.equal(text, await readable(scripted));
      await Promise.all([plain.leave(), scripted.leave()]);
    });
  }
});

test("no kind of page is left out", () => {
  const kindOf = (site, path) => textOf(site, path).match(/<body class="([^"]*)"/)?.[1];
  const opened = new Set(
    pages.map(([, site, address]) =>
      kindOf(site, pagesOf(site).find((path) => addressOf(path) === address) ?? "404.html"),
    ),
  );
  const all = new Set([sample, odd].flatMap((site) => pagesOf(site).map((path) => kindOf(site, path))).filter(Boolean));
  assert.deepEqual(
    [...all].filter((kind) => !opened.has(kind)),
    [],
  );
});

test("a report in Arabic, on an English site, says of what stands around it that it is English", async () => {
  const page = await open(browser, urlOf(sample, "reports/2011/eg-council-ar/"));
  assert.deepEqual(
    await page.evaluate(
      englishAsArabic,
      ".skip, [aria-label], h2, dt, time, summary, .row p, .row h3, .about p, .turn p",
    ),
    [],
  );
  await page.leave();
});

test("a long word makes no column wider than its share", async () => {
  for (const [site, address] of [
    [odd, "reports/2025/gated/"],
    [arabic, "reports/2025/arabic/"],
  ]) {
    const page = await open(browser, urlOf(site, address));
    const widths = await page
      .locator(".related .row")
      .evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().width)));
    assert.ok(widths.length > 1);
    assert.ok(Math.max(...widths) - Math.min(...widths) <= 1, `related reports are ${widths.join(", ")} px wide`);
    const beyond = await page.locator(".turn").evaluate((turn) => turn.scrollWidth - turn.clientWidth);
    assert.equal(beyond, 0, "previous and next stay in their place");
    await page.leave();
  }
});

async function violations(page) {
  const { violations } = await page.evaluate(
    (values) =>
      globalThis.axe.run({
        runOnly: { type: "tag", values },
        rules: { "target-size": { enabled: true } },
        resultTypes: ["violations"],
      }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id} (${help}): ${target.join(" ")} ${any[0]?.message ?? ""}`),
  );
}

/** Runs in the page: texts in Latin script that are said to be Arabic, in the elements that `selector` names. */
function englishAsArabic(selector) {
  const said = (element) => (element.ariaLabel ?? element.textContent).trim().replace(/\s+/g, " ");
  const english = (text) => /[A-Za-z]{3}/.test(text) && !/\p{Script=Arabic}/u.test(text);
  const spoken = (element) =>
    element.ariaLabel !== null || [...element.childNodes].some((node) => node.nodeType === 3 && english(node.data));
  const found = [...document.querySelectorAll(selector)].filter(
    (element) => spoken(element) && english(said(element)) && element.closest("[lang]").lang === "ar",
  );
  return [...new Set(found.map((element) => `${element.nodeName}: ${said(element).slice(0, 60)}`))];
}

/** What makes the page scroll sideways. */
function tooWide(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = ({ left, right }) => left < -1 || right > clientWidth + 1;
    const wide = [...document.body.querySelectorAll("*")].filter((element) => beyond(element.getBoundingClientRect()));
    const innermost = wide.filter(
      (element) => !wide.includes(element.firstElementChild) && !wide.includes(element.lastElementChild),
    );
    return [
      `${scrollWidth} px`,
      ...innermost.map(
        (element) =>
          `${element.parentElement.className} ${element.nodeName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`,
      ),
    ];
  });
}

/** Runs in the page: the spacing that readers may choose (WCAG 2.2, 1.4.12). */
function setWide() {
  const style = new CSSStyleSheet();
  style.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }",
  );
  document.adoptedStyleSheets = [style];
}

async function throughTheWholePage(page) {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
}

/** The text of a page's main part, without the buttons that scripts add. */
function readable(page) {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    main.querySelectorAll("details").forEach((details) => (details.open = true));
    main.querySelectorAll(".js, .copies").forEach((added) => added.remove());
    return main.innerText;
  });
}
