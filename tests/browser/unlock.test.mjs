// Reading with a code: what readers of a sealed edition do, what is told when it fails, and what is kept on the device.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open, walk } from "./support/browser.mjs";
import { ENDS, GIFT, HORIZON, RATES, REPLACED, REPORT, SUBSCRIBER, TODAY, dateOf, feed, month, sealedSite, site, written } from "./support/sealer.mjs";
import { serve } from "./support/server.mjs";
import { BELOW, LANGUAGES, THEMES, pagesOf, sampleSite, textOf } from "./support/sites.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const HOUR = 3_600_000;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A page of a sealed site on the day of its build. `tab(path)` is another page of the same reader, `go(time)` another time. */
async function opened(options = {}, path = "reports/a/", { at = dateOf(TODAY).getTime() + 10 * HOUR, ...context } = {}) {
  const made = options.folder ? options : await sealedSite(options);
  const server = await serve(made.folder);
  const page = await open(browser, server.url("framing/"), context);
  page.asked = [];
  page.context().on("request", (request) => page.asked.push(`${request.url()} ${request.postData() ?? ""}`));
  page.site = made;
  page.at = (path) => server.url(path);
  await page.context().clock.setFixedTime(at);
  page.time = (time) => page.context().clock.setFixedTime(time);
  page.tab = async (path) => {
    const other = await page.context().newPage();
    await other.goto(server.url(path));
    return other;
  };
  const { leave } = page;
  page.leave = async () => {
    assert.ok(!page.asked.some((asked) => asked.replaceAll("-", "").includes(SUBSCRIBER.text.replaceAll("-", ""))), "a code was sent");
    await leave();
    server.close();
  };
  await page.goto(server.url(path));
  return page;
}
async function type(page, code, { remember } = {}) {
  await page.locator("[data-code]").fill(code);
  if (remember) await page.locator("[data-remember]").check();
  await page.locator("[data-code]").press("Enter");
}
const isOpen = (page) => page.locator("#what-happened").waitFor();
const tells = (page, words) => page.waitForFunction((words) => document.querySelector("[data-told]")?.innerText.includes(words), words);
const form = (page) => page.locator(".unlock form");
async function violations(page, options = {}) {
  const { violations } = await page.evaluate(`${axe}; axe.run(${JSON.stringify({ runOnly: { type: "tag", values: RULES }, ...options })})`);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]);
}
const fine = async (page) => {
  assert.deepEqual(page.faults, []);
  assert.deepEqual((await page.seen()).violations, []);
};

describe("a code", () => {
  test("opens a report by keyboard alone; the text takes its place and the focus its heading", async () => {
    const page = await opened();
    await page.locator("[data-code]").focus();
    await page.keyboard.type(SUBSCRIBER.text.toLowerCase().replaceAll("-", " "));
    await page.keyboard.press("Enter");
    await isOpen(page);
    assert.equal(await page.evaluate(() => document.activeElement.outerHTML), '<h1 tabindex="-1">The reform</h1>');
    assert.equal(await page.locator("[data-unlock-words]").innerText(), "The text is open.");
    assert.equal(await page.title(), "The reform");
    assert.equal(await page.locator(".gate, [data-sealed]").count(), 0);
    assert.equal(await page.locator(".access span").innerText(), `Subscriber access until ${written(ENDS)}`);
    await page.waitForFunction(() => document.querySelector("figure img").src.startsWith("blob:"));
    assert.equal(await page.locator("figure img").evaluate(async (image) => (await image.decode(), image.naturalWidth)), 1);
    const download = page.waitForEvent("download");
    await page.click("text=The rates");
    assert.equal((await download).suggestedFilename(), "rates.csv");
    assert.equal(readFileSync(await (await download).path(), "utf8"), RATES);
    await fine(page);
    await page.leave();
  });

  test("gives a text that can be sorted, copied and linked to", async () => {
    const page = await opened({}, "reports/a/#outlook", { permissions: ["clipboard-read", "clipboard-write"] });
    await type(page, SUBSCRIBER.text);
    await isOpen(page);
    assert.ok(await page.evaluate(() => document.querySelector("#outlook").getBoundingClientRect().top < innerHeight && scrollY > 0), "the address's heading is in sight");
    await page.click("th button");
    assert.equal(await page.locator("tbody").innerText(), "1\n2\n3\n4\n5");
    await page.click("[data-copy]");
    await page.waitForFunction(() => document.querySelector("[data-copy]").textContent === "Copied");
    await fine(page);
    await page.leave();
  });

  test("comes by a link, is taken off the address, and is used on a click", async () => {
    const page = await opened({}, `reports/a/#code=${SUBSCRIBER.text}`);
    await tells(page, "The link has brought your code");
    assert.equal(page.url(), page.at("reports/a/"));
    assert.equal(await page.inputValue("[data-code]"), SUBSCRIBER.text);
    await page.waitForTimeout(300);
    assert.equal(await page.locator("#what-happened").count(), 0, "nothing opens of itself");
    assert.ok(!page.asked.some((asked) => asked.includes("/keys/")), "and nothing is asked for");
    await page.keyboard.press("Enter");
    await isOpen(page);
    await page.evaluate((code) => { location.hash = `code=${code}`; }, SUBSCRIBER.text);
    await page.waitForFunction(() => !location.hash);
    await fine(page);
    await page.leave();
  });

  test("of a gift opens its report, and again when the page is loaded again", async () => {
    const page = await opened({ access: null });
    await type(page, GIFT.text);
    await isOpen(page);
    assert.equal(await page.locator(".access span").innerText(), "You are reading this report as a gift.");
    await page.reload();
    await isOpen(page);
    const other = await page.tab("reports/a/");
    await form(other).waitFor();
    await fine(page);
    await page.leave();
  });

  for (const [name, code, words, options] of [
    ["with a character that no code has", "U".repeat(28), "No code has the character U"],
    ["that is too short", SUBSCRIBER.text.slice(0, -1), "this has only 27"],
    ["that is too long", `${SUBSCRIBER.text}0`, "this has 29"],
    ["with a slip", SUBSCRIBER.text.split("").reverse().join(""), "typing mistake"],
    ["that is not known", REPLACED.text, "not known here", {}],
    ["whose access has ended", SUBSCRIBER.text, `Access ended on ${written(REPORT - 300)}`, { access: { ends: REPORT - 300, grants: { all: [] } } }],
    ["whose access ended before the report, with a back catalogue", SUBSCRIBER.text, `Access ended on ${written(REPORT - 300)}`, { access: { ends: REPORT - 300, grants: { all: [month(REPORT - 301)] } } }],
    ["whose access is to begin", SUBSCRIBER.text, "has not begun yet", { access: { ends: 65_535, grants: {} } }],
    ["of another plan", SUBSCRIBER.text, "not part of your subscription", { access: { grants: { mexico: [month(REPORT)] } } }],
    ["that begins behind the report", SUBSCRIBER.text, "not part of your subscription", { access: { grants: { all: [month(TODAY)] } } }],
    ["of a gift that has ended", GIFT.text, "This gift has ended", { text: { gifts: {} } }],
    ["whose keyring is of a later version", SUBSCRIBER.text, "published anew", { access: { version: 2 } }],
  ]) {
    test(`${name} is told in words`, async () => {
      const page = await opened(options ?? {});
      await type(page, code);
      await tells(page, words);
      const renew = /ended|begun|known|subscription/.test(words);
      assert.equal(await page.locator("[data-renew]").isVisible(), renew, "how to renew");
      assert.equal(await page.locator("[data-code]").getAttribute("aria-invalid"), /ended|begun|subscription|anew/.test(words) ? null : "true");
      assert.deepEqual(await violations(page), []);
      await page.leave();
    });
  }
});

/** Changes all files of a folder of the site. */
function changed(page, folder, how) {
  for (const name of readdirSync(join(page.site.folder, folder)).filter((name) => name.endsWith(".bps"))) {
    const path = join(page.site.folder, folder, name);
    writeFileSync(path, how(readFileSync(path)));
  }
}
const flipped = (bytes) => {
  bytes[bytes.length - 9] ^= 1;
  return bytes;
};

describe("what goes wrong", () => {
  for (const [name, words, prepare] of [
    ["no connection", "The connection failed", (page) => page.route("**/keys/*", (route) => route.abort())],
    ["a server that fails", "The connection failed", (page) => page.route("**/keys/*", (route) => route.fulfill({ status: 503, body: "" }))],
    ["a damaged shard", "a file of this site is damaged", (page) => changed(page, "keys", flipped)],
    ["a page of the host in place of a shard", "a file of this site is damaged", (page) => changed(page, "keys", () => "<!doctype html><title>Welcome</title>")],
    ["no shards at all", "a file of this site is damaged", (page) => rmSync(join(page.site.folder, "keys"), { recursive: true })],
    ["a shard of a later version", "published anew", (page) => changed(page, "keys", (bytes) => { bytes[3] = 2; return bytes; })],
    ["no table of contents of keyrings", "a file of this site is damaged", (page) => rmSync(join(page.site.folder, "keys/index.json"))],
    ["a table of contents that is none", "a file of this site is damaged", (page) => page.site.write("keys/index.json", "<!doctype html>")],
    ["a table of contents of a later version", "published anew", (page) => page.site.write("keys/index.json", '{"format":2}')],
    ["other content keys since", "published anew", (page) => sealedSite({ folder: page.site.folder, settings: { generation: 2 } })],
  ]) {
    test(`${name}: is told, and can be tried again`, async () => {
      const page = await opened();
      await prepare(page);
      await type(page, SUBSCRIBER.text);
      await tells(page, words);
      assert.deepEqual(await violations(page), []);
      await page.unroute("**/keys/*");
      await sealedSite({ folder: page.site.folder });
      await type(page, SUBSCRIBER.text);
      await isOpen(page);
      await page.leave();
    });
  }

  test("a damaged text, a text of a later version, and one of another report", async () => {
    const { sealed } = await sealedSite();
    const bytes = Buffer.from(sealed.body, "base64");
    const later = Buffer.from(bytes);
    later[3] = 2;
    for (const [text, words] of [
      [{ body: flipped(bytes).toString("base64") }, "damaged"],
      [{ body: later.toString("base64") }, "published anew"],
      [{ body: "*" }, "damaged"],
      [{ report: "MX-2" }, "damaged"],
      [{ seal: 2 }, "damaged"],
    ]) {
      const page = await opened({ text });
      await type(page, SUBSCRIBER.text);
      await tells(page, words);
      assert.equal(await page.locator("[data-sealed] p").first().innerText(), "Everybody reads this.", "the teaser stays");
      await page.leave();
    }
  });

  test("a picture that cannot be opened is told, and its words stand for it", async () => {
    const page = await opened();
    changed(page, "reports/a", flipped);
    await type(page, SUBSCRIBER.text);
    await isOpen(page);
    await page.waitForFunction(() => document.querySelector("[data-unlock-words]").textContent === "A picture or an attachment cannot be opened.");
    assert.equal(await page.locator("figure img").getAttribute("src"), null);
    await page.click("text=The rates");
    assert.equal(page.url(), page.at("reports/a/"));
    await page.leave();
  });

  test("a slow connection is told", async () => {
    const page = await opened();
    await page.route("**/keys/*", async (route) => {
      await new Promise((done) => setTimeout(done, 600));
      await route.continue();
    });
    await type(page, SUBSCRIBER.text);
    await tells(page, "Opening…");
    await isOpen(page);
    await page.leave();
  });

  test("no secure context: the form stays away, and the reason is told", async () => {
    const page = await opened({}, `reports/a/#code=${SUBSCRIBER.text}`, { before: () => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }) });
    await tells(page, "secure connections only");
    assert.equal(await form(page).isVisible(), false);
    assert.equal(page.url(), page.at("reports/a/"));
    await page.leave();
  });

  test("in a frame of another page there is no form, and a code is taken off the address all the same", async () => {
    const page = await opened({}, "framing/");
    await page.evaluate((code) => {
      const frame = Object.assign(document.createElement("iframe"), { src: `../reports/a/#code=${code}` });
      document.body.append(frame);
      return new Promise((done) => { frame.onload = done; });
    }, SUBSCRIBER.text);
    const frame = page.frames().find((frame) => frame !== page.mainFrame());
    await frame.waitForFunction(() => !location.hash && document.querySelector("[data-sealed]"));
    await page.waitForTimeout(200);
    assert.equal(frame.url(), page.at("reports/a/"));
    assert.equal(await frame.locator(".unlock").isVisible(), false);
    assert.equal(await frame.locator("[data-code]").inputValue(), "");
    await page.leave();
  });

  test("without JavaScript there are words, and no form", async () => {
    const page = await opened({}, "reports/a/", { javaScriptEnabled: false });
    assert.match(await page.locator(".gate .notice").innerText(), /Codes need JavaScript.*briefpress open.*register/);
    assert.equal(await form(page).isVisible(), false);
    await page.leave();
  });
});

describe("what is kept", () => {
  test("for a tab: until it is closed, and for twelve hours at most", async () => {
    const page = await opened();
    await type(page, SUBSCRIBER.text);
    await isOpen(page);
    await page.reload();
    await isOpen(page);
    assert.equal(await page.evaluate(() => document.activeElement.nodeName), "BODY", "the focus stays where it was");
    await form(await page.tab("reports/a/")).waitFor();
    await page.time(dateOf(TODAY).getTime() + 23 * HOUR);
    await page.reload();
    await form(page).waitFor();
    assert.deepEqual(await kept(page), []);
    await fine(page);
    await page.leave();
  });

  /** All records, and whether one of their keys gives its bytes away. */
  const kept = (page) => page.evaluate((name) => new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => {
      if (!asked.result.objectStoreNames.length) return done([]);
      const all = asked.result.transaction("access").objectStore("access").getAll();
      all.onsuccess = () => {
        asked.result.close();
        const keys = (value) => (value instanceof CryptoKey ? [value.extractable] : typeof value === "object" && value ? Object.values(value).flatMap(keys) : []);
        done(all.result.map((record) => ({ keys: keys(record), text: JSON.stringify(record) })));
      };
    };
  }), `briefpress:${site}`);

  test("on a device: for other tabs and later days, as keys that give nothing away; and is forgotten in all tabs", async () => {
    const page = await opened();
    const waiting = await page.tab("reports/a/");
    await type(page, SUBSCRIBER.text, { remember: true });
    await isOpen(page);
    await isOpen(waiting);
    await page.time(dateOf(TODAY + 5).getTime());
    const other = await page.tab("reports/a/");
    await isOpen(other);
    const [{ keys, text }, ...more] = await kept(other);
    assert.deepEqual([keys, more], [[false, false, false], []]);
    assert.ok(!text.includes(SUBSCRIBER.text.slice(0, 4)) && !text.includes("html"));
    await other.locator(".keep").click();
    await other.locator(".access button").click();
    for (const tab of [page, waiting, other]) await form(tab).waitFor();
    assert.deepEqual(await kept(other), []);
    assert.deepEqual(await other.evaluate((name) => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith(name)), `briefpress:${site}`), []);
    await fine(page);
    await page.leave();
  });

  for (const [name, ends, days] of [["to the end of the access", TODAY + 10, 13], ["for ninety days at most", TODAY + 300, 91]]) {
    test(`on a device: ${name}`, async () => {
      const page = await opened({ access: { ends } });
      await type(page, SUBSCRIBER.text, { remember: true });
      await isOpen(page);
      await page.time(dateOf(TODAY + days - 3).getTime());
      await page.reload();
      await isOpen(page);
      await page.time(dateOf(TODAY + days).getTime());
      await page.reload();
      if (ends < TODAY + days) await tells(page, `Access ended on ${written(ends)}`);
      else await form(page).waitFor();
      assert.deepEqual(await kept(page), []);
      await page.leave();
    });
  }

  test("nothing, for readers without a code", async () => {
    const page = await opened();
    await form(page).waitFor();
    await page.waitForTimeout(200);
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
    await page.leave();
  });

  test("nothing on a device, where other sites share the origin", async () => {
    const page = await opened({ settings: { remember: false } });
    await form(page).waitFor();
    assert.equal(await page.locator("[data-remember]").isVisible(), false);
    await type(page, SUBSCRIBER.text);
    await isOpen(page);
    await form(await page.tab("reports/a/")).waitFor();
    await page.leave();
  });

  test("is renewed after a day, without the code", async () => {
    const page = await opened();
    await type(page, SUBSCRIBER.text, { remember: true });
    await isOpen(page);
    await sealedSite({ folder: page.site.folder, settings: { bits: 3, horizon: HORIZON + 8 }, access: { ends: ENDS + 365 } });
    await page.time(dateOf(TODAY + 2).getTime());
    await page.reload();
    await isOpen(page);
    await page.waitForFunction((until) => document.querySelector(".access span").textContent.endsWith(until), written(ENDS + 365));
    const asked = page.asked.length;
    await page.reload();
    await isOpen(page);
    assert.ok(!page.asked.slice(asked).some((asked) => asked.includes("/keys/")), "once");
    await sealedSite({ folder: page.site.folder, settings: { generation: 2 } });
    await page.reload();
    await isOpen(page);
    await fine(page);
    await page.leave();
  });

  test("is renewed after an hour where it does not suffice: the subscriber may have bought more", async () => {
    const page = await opened({ access: { grants: { mexico: [month(REPORT)] } } });
    await type(page, SUBSCRIBER.text, { remember: true });
    await tells(page, "not part of your subscription");
    await sealedSite({ folder: page.site.folder });
    await page.reload();
    await tells(page, "not part of your subscription");
    await page.time(dateOf(TODAY).getTime() + 12 * HOUR);
    await page.reload();
    await isOpen(page);
    await page.leave();
  });

  test("has no end where the access has none", async () => {
    const page = await opened({ access: { ends: 65_535 } });
    await type(page, SUBSCRIBER.text, { remember: true });
    await isOpen(page);
    assert.equal(await page.locator(".access span").innerText(), "Subscriber access");
    await page.leave();
  });

  test("is renewed without a connection as soon as there is one", async () => {
    const page = await opened();
    await type(page, SUBSCRIBER.text, { remember: true });
    await isOpen(page);
    await page.time(dateOf(TODAY + 2).getTime());
    await page.route("**/keys/*", (route) => route.abort());
    await page.reload();
    await isOpen(page);
    await page.leave();
  });

  test("is forgotten when the code was replaced or the access ended", async () => {
    for (const [access, words] of [[null, "not known here"], [{ ends: TODAY - 1, grants: { all: [] } }, "Access ended on"]]) {
      const page = await opened();
      await type(page, SUBSCRIBER.text, { remember: true });
      await isOpen(page);
      await sealedSite({ folder: page.site.folder, access });
      await page.time(dateOf(TODAY + 2).getTime());
      await page.reload();
      await tells(page, words);
      assert.deepEqual(await kept(page), []);
      await page.leave();
    }
  });

  test("opens a page that is older than the keys no more, and says so", async () => {
    const page = await opened();
    await sealedSite({ folder: page.site.folder, settings: { generation: 2 } });
    const other = await page.tab("reports/a/");
    await type(other, SUBSCRIBER.text, { remember: true });
    await isOpen(other);
    await tells(page, "published anew");
    await page.reload();
    await isOpen(page);
    await page.leave();
  });

  test("the place in the text, when a reader comes back to it", async () => {
    const page = await opened();
    await type(page, SUBSCRIBER.text);
    await isOpen(page);
    await page.evaluate(() => scrollTo(0, 400));
    await page.waitForFunction(() => history.state?.y === 400);
    for (const way of [() => page.reload(), async () => { await page.click(".nameplate a"); await page.goBack(); }]) {
      await way();
      await isOpen(page);
      await page.waitForTimeout(200);
      assert.equal(Math.round(await page.evaluate(() => scrollY)), 400);
    }
    await page.leave();
  });
});

describe("lists", () => {
  const open = (page) => page.locator(".row.open h3").allInnerTexts();

  test("mark what is open, also in rows that come later", async () => {
    const page = await opened({}, "");
    assert.deepEqual(await open(page), []);
    await type(page, SUBSCRIBER.text, { remember: true });
    await tells(page, `Subscriber access until ${written(ENDS)}`);
    assert.deepEqual(await open(page), ["Report a"]);
    assert.equal(await page.locator(".row.open .badge.open").innerText(), "OPEN TO YOU");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), `Subscriber access until ${written(ENDS)}`);
    assert.equal(await form(page).isVisible(), false);
    await page.locator(".row").last().evaluate((row, day) => { const other = row.cloneNode(true); other.dataset.day = day; other.querySelector("h3").textContent = "Later"; row.after(other); }, TODAY);
    await page.locator(".row.open", { hasText: "Later" }).waitFor();
    await page.reload();
    await page.locator(".row.open").waitFor();
    assert.equal(await page.locator(".unlock").isVisible(), false);
    assert.deepEqual(await violations(page), []);
    await page.leave();
  });

  test("of the reader's own: reports that are kept, and what is new since the last visit", async () => {
    const page = await opened({}, "reports/a/");
    page.site.write("feed.json", feed(["a", REPORT, ["all"]], ["b", REPORT, ["mexico"]]));
    await type(page, SUBSCRIBER.text, { remember: true });
    await isOpen(page);
    await page.click(".keep");
    assert.equal(await page.locator(".keep").getAttribute("aria-pressed"), "true");
    await page.goto(page.at(""));
    await page.locator("[data-kept] a").waitFor();
    assert.deepEqual(await page.locator(".mine a").allInnerTexts(), ["The reform"], "at first nothing is new");
    page.site.write("feed.json", feed(["e", TODAY, ["all"]], ["d"], ["c", TODAY, ["mexico"]], ["a", REPORT, ["all"]]));
    await page.time(dateOf(TODAY + 1).getTime());
    for (const _ of ["", "again, on the same visit"]) {
      await page.reload();
      await page.locator("[data-fresh] a").first().waitFor();
      assert.deepEqual(await page.locator("[data-fresh] a").allInnerTexts(), ["Report e", "Report d"]);
    }
    assert.deepEqual(await page.locator("[data-fresh] a").evaluateAll((links) => links.map(({ href }) => new URL(href).pathname)), ["/reports/e/", "/reports/d/"]);
    assert.deepEqual(await violations(page), []);
    await page.click("[data-kept] button");
    assert.equal(await page.locator("[data-kept]").isVisible(), false);
    await page.leave();
  });
});

describe("looks", () => {
  for (const theme of THEMES) {
    for (const [name, lang, context] of [
      ["light and wide", "en", {}],
      ["dark and narrow", "en", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
      ["from right to left", "ar", { viewport: { width: 320, height: 640 } }],
      ["from right to left, dark", "ar", { colorScheme: "dark" }],
    ]) {
      test(`${theme}, ${name}: nothing that axe finds, nothing cut off, everything by keyboard`, async () => {
        const page = await opened({ theme, lang }, "reports/a/", context);
        const check = async (what) => {
          assert.deepEqual(await violations(page), [], what);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, what);
        };
        await form(page).waitFor();
        const { stops, reached, faults } = await walk(page);
        assert.deepEqual([reached, faults], [stops, []]);
        await check("the form");
        await type(page, "1");
        await page.waitForFunction(() => document.querySelector("[data-told]").textContent);
        await check("an error");
        await type(page, SUBSCRIBER.text, { remember: true });
        await isOpen(page);
        await check("the text");
        await page.click(".keep");
        await page.goto(page.at(""));
        await page.locator(".mine a").waitFor();
        await check("the home page");
        await fine(page);
        await page.leave();
      });
    }
  }

  for (const lang of LANGUAGES.filter((lang) => !["en", "ar"].includes(lang))) {
    test(`in ${lang}, days and words are those of the language`, async () => {
      const page = await opened({ lang });
      await type(page, SUBSCRIBER.text);
      await isOpen(page);
      assert.ok((await page.locator(".access span").innerText()).includes(written(ENDS, lang)));
      await page.leave();
    });
  }
});

describe("the sample archive, sealed", () => {
  for (const [theme, address, under] of [["broadsheet", undefined, "/"], ["wire", BELOW, "/repo/"]]) {
    test(`as ${theme}: a subscriber reads gated reports and countries, sees what is open, and comes back`, async () => {
      const made = sampleSite({ edition: "sealed", theme, address });
      const server = await serve(made.folder, { under });
      const gated = pagesOf(made).filter((path) => textOf(made, path).includes('id="_text"'));
      const reports = gated.filter((path) => path.startsWith("reports/"));
      assert.ok(reports.length > 3, `${gated}`);
      const page = await open(browser, server.url(reports[0].replace("index.html", "")));
      await form(page).waitFor();
      assert.deepEqual(await violations(page), []);
      await type(page, SUBSCRIBER.text, { remember: true });
      await page.locator(".gate").waitFor({ state: "detached" });
      await page.waitForFunction(() => document.querySelector(".access span").textContent === "Subscriber access");
      assert.deepEqual(await violations(page), []);
      for (const path of gated) {
        await page.goto(server.url(path.replace("index.html", "")));
        await page.waitForFunction(() => ((live) => live.textContent === live.dataset.opened)(document.querySelector("[data-unlock-words]")));
        assert.equal(await page.locator(".gate").count(), 0, path);
        await page.waitForFunction(() => [...document.querySelectorAll("main img")].every((image) => !image.src.startsWith("data:")));
      }
      await page.goto(server.url(""));
      await page.locator("[data-day].open").first().waitFor();
      assert.equal(await page.locator("[data-day]").count(), await page.locator("[data-day].open").count());
      assert.deepEqual(await violations(page), []);
      await fine(page);
      await page.leave();
      server.close();
    });
  }
});
