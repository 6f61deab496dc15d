// What every kind of page promises to every reader: accessible, narrow, still, quiet, and readable without scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, open, walk } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { THEMES, addressOf, oddSite, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules that look at colours, for the second colour scheme. */
const COLOURS = ["color-contrast", "link-in-text-block"];
/** A window of 1280 by 1024 pixels at 400 %. */
const ZOOMED = { width: 320, height: 256 };

const FORM = { form: "https://forms.example/join" };
const MAIL = { email: "desk@odd.example" };

/** The sites by name. Those whose names begin with `right` pretend to be in Arabic, so that every page is read from the right. */
const sites = Object.fromEntries(
  THEMES.map((theme) => [
    theme,
    {
      sample: sampleSite({ theme }),
      odd: oddSite({ theme, register: FORM }),
      rightSample: sampleSite({ theme, language: "ar", pretend: true }),
      rightOdd: oddSite({ theme, language: "ar", pretend: true, register: FORM }),
      arabicSample: sampleSite({ theme, language: "ar" }),
      arabicOdd: oddSite({ theme, language: "ar", register: MAIL }),
    },
  ]),
);

/** What is opened in each theme and from either side: the page's name, the site's, the address. */
const KINDS = [
  ["home", "sample", ""],
  ["a public report", "sample", "reports/1991/in-budget/"],
  ["a report with a picture", "sample", "reports/1973/sa-two-levers/"],
  ["a gated report", "sample", "reports/1997/kr-imf/"],
  ["a country", "sample", "countries/mexico/"],
  ["the index of countries", "sample", "countries/"],
  ["a region", "sample", "regions/asia/"],
  ["the index of regions", "sample", "regions/"],
  ["an author", "sample", "authors/ines-arrieta-colomer/"],
  ["the index of authors", "sample", "authors/"],
  ["a topic", "sample", "topics/debt/"],
  ["the index of topics", "sample", "topics/"],
  ["a topic in a country", "sample", "countries/mexico/currency/"],
  ["the archive", "sample", "archive/"],
  ["a month", "sample", "archive/1994/12/"],
  ["the log of corrections", "sample", "corrections/"],
  ["events to come", "odd", "watch/"],
  ["a series", "sample", "series/debt-and-default/"],
  ["a kind", "sample", "kinds/report/"],
  ["a plain page", "sample", "probability-scale/"],
  ["the register page", "sample", "register/"],
  ["the search page", "sample", "search/"],
  ["the page for lost addresses", "sample", "never/written/"],
  ["an odd report with everything", "odd", "reports/2025/everything/"],
  ["a report with nothing but a headline", "odd", "reports/2025/bare/"],
  ["a gated report with a form", "odd", "reports/2025/gated/"],
  ["a country with its view", "odd", "countries/mexico/"],
  ["a country of which nothing is said", "odd", "countries/egypt/"],
  ["an author with a long name", "odd", "authors/bartholomew-featherstonehaugh-cholmondeley/"],
  ["a second page of a list", "odd", "page/2/"],
];
const RIGHT = { sample: "rightSample", odd: "rightOdd" };
/** What has both directions on it. */
const MIXED = [
  ["a report in Arabic", "sample", "reports/2011/eg-council-ar/"],
  ["the home page of an Arabic site, with English reports", "arabicSample", ""],
  ["a country on an Arabic site, with English reports", "arabicSample", "countries/egypt/"],
  ["an English report on an Arabic site", "arabicSample", "reports/1997/kr-imf/"],
  ["an English report with everything on an Arabic site", "arabicOdd", "reports/2025/everything/"],
  ["an Arabic report on an Arabic site, with registration by mail", "arabicOdd", "reports/2025/arabic/"],
];

const pages = THEMES.flatMap((theme) =>
  [...KINDS, ...KINDS.map(([name, site, address]) => [`${name}, from the right`, RIGHT[site], address]), ...MIXED].map(
    ([name, site, address]) => [`${theme}, ${name}`, sites[theme][site], address],
  ),
);

let browser, withoutScripts;
/** Pages without scripts that no test uses now: nothing of what was in them stays when they go elsewhere. */
const idle = [];
const servers = new Map();
before(async () => {
  browser = await launch();
  withoutScripts = await browser.newContext({ viewport: { width: 1200, height: 900 }, javaScriptEnabled: false });
  // Pictures and scripts come late, so that what they push away is seen to move.
  const late = (path) => (/\.png$|\/site\.[^/]*js$/.test(path) ? 150 : 0);
  for (const site of Object.values(sites).flatMap(Object.values)) servers.set(site, await serve(site.folder, { late }));
});
after(async () => {
  await browser?.close();
  servers.forEach((server) => server.close());
});

const urlOf = (site, address) => servers.get(site).url(address);

describe("every kind of page, in each theme and from either side", { concurrency: 2 }, () => {
  for (const [name, site, address] of pages) {
    test(name, async (t) => {
      const url = urlOf(site, address);
      const page = await open(browser, url, { viewport: { width: 320, height: 640 } });
      await t.test("fits a narrow screen, with letters set wide too, and nothing on it moves", async () => {
        await throughTheWholePage(page);
        assert.deepEqual((await page.seen()).shifts, []);
        assert.deepEqual(await tooWide(page), []);
        await page.evaluate(setWide);
        assert.deepEqual(await tooWide(page), []);
        await page.evaluate(() => (document.adoptedStyleSheets = []));
      });
      await page.setViewportSize(ZOOMED);
      await t.test("can be gone through by keyboard at 400 %, with the focus in sight", async () => {
        assert.deepEqual(await tooWide(page), []);
        const { stops, reached, faults } = await walk(page);
        assert.deepEqual(faults, []);
        assert.equal(reached, stops, "every control can be reached, and none holds the focus");
      });
      await page.setViewportSize({ width: 1200, height: 900 });
      await page.reload({ waitUntil: "load" });
      await t.test("nothing on it moves when scripts come", async () => {
        await throughTheWholePage(page);
        assert.deepEqual((await page.seen()).shifts, []);
      });
      await t.test("no part of it lies over another, however wide the window", async () => {
        for (const width of [800, 1500, 1900, 2100, 1200]) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await page.evaluate(overlaps), [], `${width} px`);
        }
      });
      await t.test("accessible in both colour schemes", async () => {
        await page.evaluate(axe);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        const rules = { runOnly: { type: "tag", values: RULES }, rules: { "target-size": { enabled: true } } };
        assert.deepEqual(await violations(page, rules), [], "light");
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const light = await ground();
        await page.emulateMedia({ colorScheme: "dark" });
        assert.notEqual(await ground(), light);
        assert.deepEqual(await violations(page, { runOnly: { type: "rule", values: COLOURS } }), [], "dark");
      });
      await t.test("holds the same text without scripts", async () => {
        const plain = idle.pop() ?? (await withoutScripts.newPage());
        await plain.goto(url);
        const text = await readable(plain);
        idle.push(plain);
        assert.ok(text.length > 10, "there is text to read");
        assert.equal(text, await readable(page));
      });
      await t.test("quiet: no error, no request to elsewhere, nothing against its policy", async () => {
        assert.deepEqual(page.faults, []);
        assert.deepEqual((await page.seen()).violations, []);
      });
      await page.leave();
    });
  }
});

test("no kind of page is left out", () => {
  const { sample, odd } = sites[THEMES[0]];
  const kindOf = (site, path) => textOf(site, path).match(/<body class="([^"]*)"/)?.[1];
  const opened = new Set(
    KINDS.map(([, name, address]) => {
      const site = sites[THEMES[0]][name];
      return kindOf(site, pagesOf(site).find((path) => addressOf(path) === address) ?? "404.html");
    }),
  );
  const all = new Set([sample, odd].flatMap((site) => pagesOf(site).map((path) => kindOf(site, path))).filter(Boolean));
  assert.deepEqual(
    [...all].filter((kind) => !opened.has(kind)),
    [],
  );
});

test("a report in Arabic, on an English site, says of what stands around it that it is English", async () => {
  const page = await open(browser, urlOf(sites.broadsheet.sample, "reports/2011/eg-council-ar/"));
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
  for (const [site, address] of THEMES.flatMap((theme) => [
    [sites[theme].odd, "reports/2025/gated/"],
    [sites[theme].arabicOdd, "reports/2025/arabic/"],
  ])) {
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

async function violations(page, what) {
  const { violations } = await page.evaluate(
    (options) => globalThis.axe.run({ ...options, resultTypes: ["violations"] }),
    what,
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

/** Runs in the page: parts that lie over one another. */
function overlaps() {
  const parts = [...document.querySelectorAll("main > *, main > .pair > *, .report > *, .row > *")]
    .map((part) => ({ part, box: part.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const beside = (a, b) =>
    a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return parts.flatMap(({ part, box }, index) =>
    parts
      .slice(index + 1)
      .filter(({ part: other, box: its }) => !beside(box, its) && !part.contains(other) && !other.contains(part))
      .map(({ part: other }) => `${part.nodeName}.${part.className} and ${other.nodeName}.${other.className}`),
  );
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

/** The text of a page's main part, without the buttons that scripts add and what is said where there are none. */
function readable(page) {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    main.querySelectorAll("details").forEach((details) => (details.open = true));
    main.querySelectorAll(".js, .copies, noscript").forEach((added) => added.remove());
    return main.innerText;
  });
}
