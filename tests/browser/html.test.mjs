// Every page is valid HTML: the Nu HTML checker has neither an error nor a warning.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check } from "./support/checker.mjs";
import { AT_ROOT, BELOW, oddSite, pagesOf, sampleSite, scratch } from "./support/sites.mjs";

const FORM = { form: "https://forms.example/join?list=1&from=site" };
const sites = {
  "the sample archive": sampleSite({ address: AT_ROOT }),
  "the sample archive below a path": sampleSite({ address: BELOW }),
  "the sample archive in full": sampleSite({ edition: "full", address: AT_ROOT }),
  "the sample archive in full below a path": sampleSite({ edition: "full", address: BELOW }),
  "odd content with a form for registration": oddSite({ register: FORM }),
  "odd content in full": oddSite({ register: FORM, edition: "full" }),
  "odd content on an Arabic site with registration by mail": oddSite({ language: "ar", register: { email: "desk@odd.example" } }),
};

// One run of the checker for all of them: starting it takes longer than checking a site.
const together = join(scratch, "together");
Object.values(sites).forEach((site, index) => cpSync(site.folder, join(together, `${index}`), { recursive: true }));
const findings = check(together);

Object.keys(sites).forEach((name, index) => {
  test(`every page of ${name} is valid`, () => {
    assert.ok(pagesOf(sites[name]).length > 20, "there are pages to check");
    const own = findings.filter((finding) => finding.startsWith(`${index}/`)).map((finding) => finding.slice(finding.indexOf("/") + 1));
    assert.deepEqual(own, []);
  });
});

test("the checker has nothing to say that belongs to no page", () => {
  assert.deepEqual(findings.filter((finding) => !/^\d+\//.test(finding)), []);
});
