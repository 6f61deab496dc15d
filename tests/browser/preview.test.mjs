// What an editor and an author of themes see of `briefpress serve`: the page as it was saved, the bar, the overlay, the desk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { SITE, folderOf, mark, marked, openPreview, picture, preview, reloads } from "./support/preview.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RIVER = "content/reports/2025/river/index.md";
const LOOKS = [["light", 320], ["dark", 1200]];
const STYLES = "themes/own/static/site.css";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A site that is served for as long as its tests take. */
function served(...options) {
  const site = folderOf(SITE);
  before(async () => Object.assign(site, await preview(site, ...options)));
  after(async () => assert.equal(await site.stop(), 0));
  return site;
}

/** Nothing went wrong in the page, and its policy was kept. */
async function close(page) {
  assert.deepEqual(page.faults, []);
  assert.deepEqual((await page.seen()).violations, []);
  await page.leave();
}

async function violations(page, within = "html") {
  await page.evaluate(axe);
  const found = await page.evaluate((part) => globalThis.axe.run(part, { resultTypes: ["violations"] }), within);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
}

const rebuilt = (page) => page.bar.getByText(/^Rebuilt/);
const heading = (page, name) => page.getByRole("main").getByRole("heading", { name });
const reads = (page, text) => page.getByRole("main").getByText(text).last().isVisible();
const topOf = (locator) => locator.evaluate((element) => element.getBoundingClientRect().top);

describe("a page that is open", () => {
  const site = served();

  test("shows a report as soon as it is saved", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    await reloads(page, () => site.change(RIVER, (text) => text.replace("First words.", "Second thoughts.")));
    assert.ok(await reads(page, "Second thoughts."));
    await rebuilt(page).waitFor();
    await close(page);
  });

  test("stays as it is if nothing changed in it, in one tab and in the other", async () => {
    const page = await openPreview(browser, site.url("reports/2026/summit/"));
    const other = await openPreview(browser, site.url("about/"));
    await mark(other);
    await reloads(page, () => site.change("content/reports/2026/summit.md", (text) => text.replace("agreed", "signed")));
    assert.ok(await reads(page, "What was signed."));
    await rebuilt(other).waitFor();
    assert.ok(await marked(other));
    await Promise.all([close(page), close(other)]);
  });

  test("keeps the place that is read, whatever is added above", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    await page.evaluate(() => scrollTo(0, 200));
    const atTop = () => page.evaluate(() => scrollY);
    await reloads(page, () => site.change(RIVER, (text) => `${text}\nOne line more.\n`));
    assert.equal(await atTop(), 200);
    await heading(page, "The dam").evaluate((element) => scrollTo(0, scrollY + element.getBoundingClientRect().top + 120));
    const before = await topOf(heading(page, "The dam"));
    await reloads(page, () => site.change(RIVER, (text) => text.replace("## The course", `${"A new beginning. ".repeat(90)}\n\n## The course`)));
    assert.ok(Math.abs((await topOf(heading(page, "The dam"))) - before) <= 1);
    assert.ok((await atTop()) > 600);
    await close(page);
  });

  test("takes new styles without being loaded, time and again", async () => {
    const page = await openPreview(browser, site.url("about/"));
    await mark(page);
    const letters = () => page.evaluate(() => getComputedStyle(document.querySelector("main p")).letterSpacing);
    const sheets = () => page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map(({ href }) => href));
    const [first] = await sheets();
    for (const width of ["2px", "3px"]) {
      site.change(STYLES, (text) => `${text}\nmain p { letter-spacing: ${width}; }\n`);
      await page.waitForFunction((wide) => getComputedStyle(document.querySelector("main p")).letterSpacing === wide, width);
      await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
      assert.equal(await letters(), width);
    }
    assert.notDeepEqual(await sheets(), [first]);
    assert.ok(await marked(page));
    await reloads(page, () => site.change("content/pages/about.md", (text) => text.replace("Who we are", "What we do")));
    await close(page);
  });

  test("takes a new picture without being loaded", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    await mark(page);
    const image = page.locator("main img");
    const before = await image.getAttribute("src");
    site.write("content/reports/2025/river/map.svg", picture("maroon"));
    await page.waitForFunction((old) => document.querySelector("main img").getAttribute("src") !== old, before);
    const shown = await page.evaluate(async () => (await fetch(document.querySelector("main img").src)).text());
    assert.equal(shown, picture("maroon"));
    assert.ok(await marked(page));
    await close(page);
  });

  test("says that it is gone when it was renamed, and comes back with its report", async () => {
    const path = "content/reports/2026/summit.md";
    const page = await openPreview(browser, site.url("reports/2026/summit/"));
    const title = await page.title();
    await reloads(page, () => site.rename(path, "content/reports/2026/meeting.md"));
    assert.notEqual(await page.title(), title);
    await reloads(page, () => site.rename("content/reports/2026/meeting.md", path));
    assert.equal(await page.title(), title);
    page.faults = page.faults.filter((fault) => !/404/.test(fault)); // the browser writes down that the page was not there
    await close(page);
  });

  test("gives its connection back while nobody sees it, and catches up", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    const see = (isHidden) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    const ended = page.waitForEvent("requestfailed", (request) => request.url().includes("/_preview/events"));
    await see(true);
    await ended;
    site.change(RIVER, (text) => text.replace("Second thoughts.", "Third time."));
    await reloads(page, () => see(false));
    assert.ok(await reads(page, "Third time."));
    await close(page);
  });

  test("finds the preview again after it was started anew, and is not loaded for that", async () => {
    const page = await openPreview(browser, site.url("about/"));
    await mark(page);
    assert.equal(await site.stop(), 0);
    await page.bar.getByText("Reconnecting…").waitFor();
    const again = page.waitForResponse((response) => response.url().includes("/_preview/page.json"));
    Object.assign(site, await preview(site, "--port", site.port));
    await again;
    await page.bar.getByText("Reconnecting…").waitFor({ state: "detached" });
    assert.ok(await marked(page));
    page.faults = page.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/.test(fault));
    await close(page);
  });
});

describe("the overlay", () => {
  const site = served();
  const breakIt = () => site.change(RIVER, (text) => text.replace("title:", "titel:"));
  const mendIt = () => site.change(RIVER, (text) => text.replace("titel:", "title:"));

  test("tells errors over the last good page, and vanishes when they are mended", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    await mark(page);
    breakIt();
    await page.overlay.waitFor();
    assert.match(await page.overlay.innerText(), /content\/reports\/2025\/river\/index\.md:2/);
    assert.match(await page.overlay.innerText(), /titel/);
    assert.match(await page.overlay.innerText(), /The page beneath is the last good one/);
    const link = page.overlay.getByRole("link", { name: /^Open content\/reports\/2025\/river\/index\.md:2/ }).first();
    assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*\/content\/reports\/2025\/river\/index\.md:2:\d+$/);
    assert.ok(await heading(page, "The river").isVisible());
    mendIt();
    await page.overlay.waitFor({ state: "hidden" });
    assert.ok(await marked(page));
    await close(page);
  });

  test("is over other pages too, and stays away once it was hidden, until there is something new to say", async () => {
    const page = await openPreview(browser, site.url("about/"));
    breakIt();
    await page.overlay.waitFor();
    await page.keyboard.press("Escape");
    await page.overlay.waitFor({ state: "hidden" });
    await page.reload();
    await page.bar.getByRole("button", { name: /^\d errors?$/ }).waitFor();
    assert.ok(!(await page.overlay.isVisible()));
    site.change("content/reports/2025/treaty.md", (text) => text.replace("title:", "titel:"));
    await page.overlay.waitFor();
    assert.match(await page.overlay.innerText(), /treaty/);
    await page.overlay.getByRole("button", { name: "Hide the errors" }).click();
    await page.bar.getByRole("button", { name: /^\d errors?$/ }).click();
    await page.overlay.waitFor();
    mendIt();
    site.change("content/reports/2025/treaty.md", (text) => text.replace("titel:", "title:"));
    await page.overlay.waitFor({ state: "hidden" });
    await close(page);
  });

  test("tells an error of a template", async () => {
    const page = await openPreview(browser, site.url("about/"));
    site.write("themes/own/templates/page.html", "{% if %}");
    await page.overlay.waitFor();
    assert.match(await page.overlay.innerText(), /themes\/own\/templates\/page\.html/);
    site.remove("themes/own/templates/page.html");
    await page.overlay.waitFor({ state: "hidden" });
    await close(page);
  });
});

describe("the bar", () => {
  const site = served();

  test("switches the edition, and keeps the focus where it was", async () => {
    const page = await openPreview(browser, site.url("reports/2025/treaty/"));
    const edition = page.bar.getByRole("combobox", { name: "Edition" });
    assert.ok(await reads(page, "Only some read that."));
    assert.equal(await edition.inputValue(), "full");
    await edition.focus();
    await reloads(page, () => edition.selectOption("Public"));
    assert.ok(!(await reads(page, "Only some read that.")));
    assert.equal(await edition.inputValue(), "public");
    assert.equal(await page.evaluate(() => document.querySelector("briefpress-preview").shadowRoot.activeElement.name), "edition");
    await reloads(page, () => page.bar.getByRole("button", { name: "Usual view" }).click());
    assert.ok(await reads(page, "Only some read that."));
    await close(page);
  });

  test("shows drafts, and what is embargoed as it will be, and marks them", async () => {
    const page = await openPreview(browser, site.url("reports/"));
    const drafts = page.bar.getByRole("checkbox", { name: "Drafts" });
    await page.goto(site.url("reports/2026/sketch/"));
    await reloads(page, () => drafts.check());
    assert.ok(await heading(page, "A sketch").isVisible());
    assert.ok(await page.bar.getByText("Draft", { exact: true }).isVisible());
    await reloads(page, () => drafts.uncheck());
    await page.goto(site.url("reports/2099/dam/"));
    const day = page.bar.getByLabel("As of");
    // A date that is typed is not taken before it is complete.
    await reloads(page, async () => {
      await day.focus();
      await day.fill("2099-05-02");
      await day.press("Enter");
    });
    assert.ok(await heading(page, "The new dam").isVisible());
    assert.ok(await page.bar.getByText("Embargoed", { exact: true }).isVisible());
    assert.equal(await day.inputValue(), "2099-05-02");
    page.faults = page.faults.filter((fault) => !/404/.test(fault)); // pages that are not there yet
    await close(page);
  });

  test("tells what is known of the page", async () => {
    const page = await openPreview(browser, site.url("reports/2025/river/"));
    assert.match(await page.about.innerText(), /^[\d,]+ words · [\d.]+ of 50 kB.* · (no|\d+) warnings?$/);
    await page.about.click();
    const panel = page.getByRole("region", { name: "This page in the preview" });
    assert.match(await panel.innerText(), /report\.html/);
    assert.match(await panel.innerText(), /content\/reports\/2025\/river\/index\.md/);
    assert.match(await panel.getByRole("row", { name: /^HTML/ }).innerText(), /[\d.]+ kB\s+of 15 kB/);
    await page.keyboard.press("Escape");
    assert.ok(!(await panel.isVisible()));
    assert.match(await page.bar.getByRole("link", { name: "Open in editor" }).getAttribute("href"), /^vscode:.*river\/index\.md:1:1$/);
    await page.bar.getByRole("link", { name: "Data" }).click();
    await page.getByRole("heading", { name: "Data" }).waitFor();
    await close(page);
  });

  test("can be put away, and stays away on the next page; it is never on paper", async () => {
    const page = await openPreview(browser, site.url("about/"));
    await page.bar.getByRole("button", { name: "Hide the preview bar" }).click();
    assert.ok(!(await page.bar.isVisible()));
    await page.goto(site.url("reports/2025/river/"));
    const tab = page.getByRole("button", { name: "Preview: show the bar" });
    await tab.waitFor();
    assert.ok(!(await page.bar.isVisible()));
    await tab.click();
    assert.ok(await page.bar.isVisible());
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.bar.isVisible()));
    await close(page);
  });

  for (const [colorScheme, width] of LOOKS)
    test(`has no fault of access with panel and overlay, ${colorScheme} at ${width} pixels`, async () => {
      const page = await openPreview(browser, site.url("reports/2025/river/"), { colorScheme, viewport: { width, height: 700 } });
      if (width < 400) await page.bar.getByRole("button", { name: "More" }).click();
      assert.ok(await page.bar.getByLabel("As of").isVisible());
      await page.about.click();
      site.change(RIVER, (text) => text.replace("title:", "titel:"));
      await page.overlay.waitFor();
      assert.deepEqual(await violations(page), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      site.change(RIVER, (text) => text.replace("titel:", "title:"));
      await page.overlay.waitFor({ state: "hidden" });
      await page.bar.getByRole("button", { name: "Hide the preview bar" }).click();
      assert.deepEqual(await violations(page, "briefpress-preview"), []);
      await close(page);
    });
});

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
    site.write("content/reports/2026/flood.md", SITE["content/reports/2026/summit.md"].replace("The summit", "The flood"));
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
    const item = (name) => page.locator("li", { has: page.locator(`:scope > details > summary > .name:text-is("${name}")`) });
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
    assert.ok(await page.getByRole("row", { name: /The summit/ }).getByText("Review", { exact: true }).isVisible());
    assert.ok(await page.getByRole("row", { name: /A sketch/ }).getByText("Draft", { exact: true }).isVisible());
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

test("with --follow, the browser goes to the report that was saved, and the reader may go on from there", async () => {
  const site = folderOf(SITE);
  Object.assign(site, await preview(site, "--follow"));
  const page = await openPreview(browser, site.url("about/"));
  const arrived = page.waitForURL(site.url("reports/2025/treaty/"));
  site.change("content/reports/2025/treaty.md", (text) => text.replace("Everybody", "Each reader"));
  await arrived;
  assert.ok(await reads(page, "Each reader reads this."));
  const told = page.waitForResponse((response) => response.url().includes("/_preview/page.json"));
  await page.goto(site.url("about/"));
  await told;
  assert.equal(page.url(), site.url("about/"));
  await close(page);
  assert.equal(await site.stop(), 0);
});
