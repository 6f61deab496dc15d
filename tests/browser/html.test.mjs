// Every page is valid HTML: the Nu HTML checker has neither an error nor a warning.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check } from "./support/checker.mjs";
import { elementsOf } from "./support/crawler.mjs";
import { isDate } from "./support/feeds.mjs";
import { AT_ROOT, BELOW, LANGUAGES, THEMES, oddSite, pagesOf, sampleSite, scratch, textOf } from "./support/sites.mjs";

const FORM = { form: "https://forms.example/join?list=1&from=site" };
const MAIL = { email: "desk@odd.example" };
const sites = {
  "the sample archive": sampleSite({ address: AT_ROOT }),
  "the sample archive in full below a path": sampleSite({ edition: "full", address: BELOW }),
  "the sample archive as wire": sampleSite({ theme: "wire", edition: "full", address: AT_ROOT }),
  "the sample archive as wire below a path": sampleSite({ theme: "wire", address: BELOW }),
  "the sample archive in Spanish": sampleSite({ language: "es" }),
  "the sample archive in Portuguese as wire": sampleSite({ theme: "wire", language: "pt" }),
  "the sample archive in French": sampleSite({ language: "fr" }),
  "the sample archive in Arabic as wire": sampleSite({ theme: "wire", language: "ar" }),
};
for (const theme of THEMES) {
  for (const language of LANGUAGES)
    sites[`odd content as ${theme} in ${language}, with a form for registration`] = oddSite({
      theme,
      language,
      register: FORM,
    });
  sites[`odd content as ${theme} in Arabic, in full`] = oddSite({ theme, language: "ar", edition: "full" });
  sites[`odd content as ${theme} in Arabic, with registration by mail`] = oddSite({
    theme,
    language: "ar",
    register: MAIL,
  });
}

// One run of the checker for all of them: starting it takes longer than checking a site.
const together = join(scratch, "together");
Object.values(sites).forEach((site, index) => cpSync(site.folder, join(together, `${index}`), { recursive: true }));
const findings = check(together);

Object.keys(sites).forEach((name, index) => {
  test(`every page of ${name} is valid`, () => {
    assert.ok(pagesOf(sites[name]).length > 20, "there are pages to check");
    const own = findings
      .filter((finding) => finding.startsWith(`${index}/`))
      .map((finding) => finding.slice(finding.indexOf("/") + 1));
    assert.deepEqual(own, []);
  });
});

/** Elements that are nothing without words, or a picture of them. */
const SPEAKING = new Set([
  "a",
  "button",
  "dd",
  "dt",
  "figcaption",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "label",
  "li",
  "p",
  "summary",
  "title",
]);

test("no heading, paragraph, link or item of a list is empty", () => {
  const empty = (node) =>
    node.nodeName === "#text"
      ? !node.value.trim()
      : node.nodeName !== "img" && node.nodeName !== "input" && (node.childNodes ?? []).every(empty);
  const found = Object.values(sites).flatMap((site) =>
    pagesOf(site).flatMap((path) =>
      elementsOf(textOf(site, path))
        .filter(({ name, node }) => SPEAKING.has(name) && empty(node))
        .map(({ name, attributes }) => `${path}: <${name} class="${attributes.class ?? ""}">`),
    ),
  );
  assert.deepEqual([...new Set(found)].sort(), []);
});

test("the structured data of every report is JSON with whole addresses, and says who may read it", () => {
  for (const site of Object.values(sites)) {
    // A page at an earlier address leads on, and tells nothing itself.
    const leadsOn = (path) => textOf(site, path).includes('http-equiv="refresh"');
    for (const path of pagesOf(site).filter((path) => path.startsWith("reports/") && !leadsOn(path))) {
      const [data] = [...textOf(site, path).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
        ([, json]) => JSON.parse(json),
      );
      assert.equal(data["@context"], "https://schema.org");
      const [report, way] = data["@graph"];
      assert.equal(way?.["@type"] === "BreadcrumbList", /class="breadcrumb"/.test(textOf(site, path)), path);
      assert.equal(report.url, site.address + path.replace("index.html", ""));
      assert.ok(report.headline && isDate(report.datePublished) && isDate(report.dateModified), path);
      for (const { name, url } of report.author ?? []) assert.ok(name && url.startsWith(site.address), path);
      const gate = /class="gate"/.test(textOf(site, path));
      assert.equal(gate, report.isAccessibleForFree === false && site.edition === "public", path);
      if (gate) assert.equal(report.hasPart.cssSelector, ".gate");
    }
  }
});

test("the checker has nothing to say that belongs to no page", () => {
  assert.deepEqual(
    findings.filter((finding) => !/^\d+\//.test(finding)),
    [],
  );
});
