// What an editor and an author of themes see of `briefpress serve`: the page as it was saved, the bar, the overlay.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./support/browser.mjs";
import {
  LOOKS,
  RIVER,
  SITE,
  close,
  folderOf,
  mark,
  marked,
  openPreview,
  picture,
  preview,
  reloads,
  served,
  violations,
} from "./support/preview.mjs";

const STYLES = "themes/own/static/site.css";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const rebuilt = (page) => page.bar.locator(".unseen");
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
    await reloads(page, () =>
      site.change("content/reports/2026/summit.md", (text) => text.replace("agreed", "signed")),
    );
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
    await heading(page, "The dam").evaluate((element) =>
      scrollTo(0, scrollY + element.getBoundingClientRect().top + 120),
    );
    const before = await topOf(heading(page, "The dam"));
    await reloads(page, () =>
      site.change(RIVER, (text) => text.replace("## The course", `${"A new beginning. ".repeat(90)}\n\n## The course`)),
    );
    assert.ok(Math.abs((await topOf(heading(page, "The dam"))) - before) <= 1);
    assert.ok((await atTop()) > 600);
    await close(page);
  });

  test("takes new styles without being loaded, time and again", async () => {
    const page = await openPreview(browser, site.url("about/"));
    await mark(page);
    const letters = () => page.evaluate(() => getComputedStyle(document.querySelector("main p")).letterSpacing);
    const sheets = () =>
      page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map(({ href }) => href));
    const [first] = await sheets();
    for (const width of ["2px", "3px"]) {
      site.change(STYLES, (text) => `${text}\nmain p { letter-spacing: ${width}; }\n`);
      await page.waitForFunction(
        (wide) => getComputedStyle(document.querySelector("main p")).letterSpacing === wide,
        width,
      );
      await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
      assert.equal(await letters(), width);
    }
    assert.notDeepEqual(await sheets(), [first]);
    assert.ok(await marked(page));
    await reloads(page, () =>
      site.change("content/pages/about.md", (text) => text.replace("Who we are", "What we do")),
    );
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
    assert.match(
      await link.getAttribute("href"),
      /^vscode:\/\/file\/.*\/content\/reports\/2025\/river\/index\.md:2:\d+$/,
    );
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
    assert.equal(
      await page.evaluate(() => document.querySelector("briefpress-preview").shadowRoot.activeElement.name),
      "edition",
    );
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
    assert.ok(await page.bar.locator(".mark", { hasText: "Draft" }).isVisible());
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
    assert.ok(await page.bar.locator(".mark", { hasText: "Embargoed" }).isVisible());
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
    assert.match(
      await page.bar.getByRole("link", { name: "Open in editor" }).getAttribute("href"),
      /^vscode:.*river\/index\.md:1:1$/,
    );
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
      const page = await openPreview(browser, site.url("about/"), { colorScheme, viewport: { width, height: 700 } });
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

test("a site that cannot be made yet says why, and is shown when it can", async () => {
  const site = folderOf({ ...SITE, "briefpress.yaml": "title: [\n" });
  Object.assign(site, await preview(site));
  const page = await openPreview(browser, site.url("about/"));
  await page.overlay.waitFor();
  assert.match(await page.overlay.innerText(), /briefpress\.yaml:\d/);
  assert.match(await page.overlay.innerText(), /There is no good page to show yet/);
  await reloads(page, () => site.write("briefpress.yaml", SITE["briefpress.yaml"].replace("/desk/", "/")));
  assert.ok(await reads(page, "Who we are."));
  assert.ok(!(await page.overlay.isVisible()));
  page.faults = page.faults.filter((fault) => !/500/.test(fault)); // the browser writes down how the page was answered
  await close(page);
  assert.equal(await site.stop(), 0);
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
