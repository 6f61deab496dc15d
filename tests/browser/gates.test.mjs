// What the public gets of a gated report: the teaser, the way in, and not one sentence more.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { filesOf, oddSite, sampleSite, textOf } from "./support/sites.mjs";

const RUN = 8;
const sample = sampleSite();
const full = sampleSite({ edition: "full" });
const ways = {
  form: oddSite({ register: { form: "https://forms.example/join" } }),
  mail: oddSite({ register: { email: "desk@odd.example" } }),
  link: oddSite({ register: { url: "/register/" } }),
};

let browser;
const servers = new Map();
before(async () => {
  browser = await launch();
  for (const site of [sample, ...Object.values(ways)]) servers.set(site, await serve(site.folder));
});
after(async () => {
  await browser?.close();
  servers.forEach((server) => server.close());
});

/** What a gate says, by language. */
const SAID = {
  en: { heading: "Now read on…", length: /about [\d,]+ words/ },
  es: { heading: "Siga leyendo…", length: /unas [\d.]+ palabras/ },
};

/** The sample's reports: the text that everybody may read, and what is behind the mark if there is one. */
const reports = filesOf(join(sample.source, "content/reports"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => {
    const [, front, body] = readFileSync(join(sample.source, "content/reports", file), "utf8").split(/^---$/m);
    const [teaser, hidden = ""] = /^access: subscribers$/m.test(front) ? body.split("<!-- more -->") : [body];
    // The kind `report` opts in to showing the headings of what is gated.
    const headings = /^kind: report$/m.test(front) ? hidden.match(/^#+ .*$/gm) ?? [] : [];
    return {
      page: `reports/${file.replace(/(\/index)?\.md$/, "")}/`,
      language: /^lang: (.*)$/m.exec(front)?.[1] ?? "en",
      open: [teaser, ...headings],
      hidden: hidden.replace(/\]\([^)]*\)/g, "] "),
    };
  });

/** What may be said, since it is said in the open too. */
const known = new Set(reports.flatMap(({ open }) => open.flatMap((text) => runsOf(words(text)))));
const gated = reports
  .filter(({ hidden }) => hidden)
  .map((report) => ({
    ...report,
    secret: new Set(runsOf(words(report.hidden)).filter((run) => !known.has(run))),
  }));

function words(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function runsOf(list) {
  return list.slice(RUN - 1).map((_, index) => list.slice(index, index + RUN).join(" "));
}

const decoded = (html) =>
  html.replace(
    /&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);/gi,
    (entity) =>
      ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " " })[entity] ??
      String.fromCodePoint(Number(entity.slice(2, -1).replace(/^x/i, "0x"))),
  );

/** Which of the runs of words `secret` a text has: as it is written, and without its tags. */
function leaks(secret, text) {
  const plain = decoded(text);
  return [
    ...new Set(
      [...runsOf(words(plain)), ...runsOf(words(plain.replace(/<[^>]*>/g, " ")))].filter((run) => secret.has(run)),
    ),
  ];
}

test("the sample archive has gated reports with a text worth gating", () => {
  assert.ok(gated.length >= 4);
  for (const { page, secret } of gated) assert.ok(secret.size > 100, page);
});

for (const { page: address, secret, language } of gated) {
  test(`${address} tells the public where to register, and holds nothing gated`, async () => {
    const page = await open(browser, servers.get(sample).url(address));
    const gate = page.locator(".gate");
    assert.ok(await gate.getByRole("heading", { name: SAID[language].heading }).isVisible());
    assert.ok(await gate.getByText("Register to sample a report", { exact: true }).isVisible());
    assert.ok(await gate.getByRole("link", { name: "Register", exact: true }).isVisible());
    assert.match(await gate.innerText(), SAID[language].length);
    assert.deepEqual(
      leaks(secret, await page.evaluate(() => document.documentElement.outerHTML + document.body.innerText)),
      [],
    );
    assert.deepEqual(leaks(secret, textOf(sample, `${address}index.html`)), []);
    await page.leave();
  });
}

test("no file of the public edition holds anything gated", () => {
  const all = new Set(gated.flatMap(({ secret }) => [...secret]));
  const texts = sample.files().filter((path) => !path.endsWith(".png"));
  assert.deepEqual(
    texts.flatMap((path) => leaks(all, textOf(sample, path)).map((run) => `${path}: ${run}`)),
    [],
  );
});

test("the full edition holds what is gated, in clear and without a gate", () => {
  for (const { page, secret, language } of gated) {
    const html = textOf(full, `${page}index.html`);
    assert.ok(leaks(secret, html).length > 0.8 * secret.size, page);
    assert.ok(!html.includes(SAID[language].heading), page);
    assert.match(html, /<meta name="robots" content="noindex">/);
  }
});

test("a form for registration is labelled, and sends the reader's address and the report", async () => {
  const page = await open(browser, servers.get(ways.form).url("reports/2025/gated/"));
  let asked;
  await page.route("https://forms.example/**", (route, request) => {
    asked = request;
    return route.fulfill({ contentType: "text/html", body: "<title>Thanks</title>" });
  });
  await page.getByLabel("Email address").fill("reader@example.org");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL("https://forms.example/join");
  assert.equal(asked.method(), "POST");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(asked.postData())), {
    email: "reader@example.org",
    report: "ODD-3",
    address: "https://org.example/reports/2025/gated/",
  });
  assert.deepEqual(
    page.faults.filter((fault) => !fault.startsWith("leaves the site: https://forms.example/")),
    [],
  );
  await page.leave();
});

test("a mail for registration names the report", async () => {
  const page = await open(browser, servers.get(ways.mail).url("reports/2025/gated/"));
  const link = new URL(
    await page.locator(".gate").getByRole("link", { name: "Register", exact: true }).getAttribute("href"),
  );
  assert.equal(link.protocol + link.pathname, "mailto:desk@odd.example");
  assert.equal(link.searchParams.get("subject"), "Register to sample a report: ODD-3");
  await page.leave();
});

test("a link for registration leads to the register page", async () => {
  const server = servers.get(ways.link);
  const page = await open(browser, server.url("reports/2025/gated/"));
  await page.locator(".gate").getByRole("link", { name: "Register", exact: true }).click();
  await page.waitForURL(server.url("register/"));
  assert.deepEqual(page.faults, []);
  await page.leave();
});

test("nothing lies over the teaser, and nothing in it is blurred", async () => {
  const page = await open(browser, servers.get(sample).url(gated[0].page));
  const styles = await page
    .locator("main *")
    .evaluateAll((all) =>
      all
        .map((element) => getComputedStyle(element))
        .map(({ filter, position, backdropFilter }) => `${filter} ${backdropFilter} ${position}`),
    );
  assert.deepEqual(
    styles.filter((style) => /blur|fixed/.test(style)),
    [],
  );
  await page.leave();
});
