// A preview of a small site of its own, that tests may edit as an editor does.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { open } from "./browser.mjs";
import { repository, scratch } from "./sites.mjs";

const binary = process.env.BRIEFPRESS ?? join(repository, "target/debug/briefpress");

/** A folder with a site: `write`, `change`, `rename` and `remove` are what an editor does with its files. */
export function folderOf(files) {
  const folder = mkdtempSync(join(scratch, "preview-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  cpSync(join(repository, "themes/broadsheet/static/site.css"), join(folder, STYLES), { recursive: true });
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    change: (path, how) => write(path, how(readFileSync(join(folder, path), "utf8"))),
    rename: (from, to) => renameSync(join(folder, from), join(folder, to)),
    remove: (path) => rmSync(join(folder, path)),
  };
}

/** Starts `briefpress serve`; the result's `url(path)` is the address of a page of the site, `stop()` presses Ctrl-C. */
export async function preview({ folder }, ...options) {
  const port = options.includes("--port") ? [] : ["--port", "0"];
  const server = spawn(binary, ["--root", folder, "serve", ...port, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(server, "exit");
  process.on("exit", () => server.kill("SIGKILL")); // a test that fails before it stops its server leaves none behind
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const said = [];
  server.stderr.on("data", (text) => said.push(text));
  const home = await new Promise((found, failed) => {
    createInterface(server.stdout).on("line", (line) => {
      const address = /^Preview of .* at (http:\S+)$/.exec(line);
      if (address) found(address[1]);
    });
    ended.then(([code]) => failed(new Error(`the preview ended with ${code}: ${said.join("")}`)));
  });
  return {
    port: new URL(home).port,
    url: (path = "") => new URL(path, home).href,
    async stop() {
      server.kill("SIGINT");
      const [code] = await ended;
      return code;
    },
  };
}

/** Opens a page of a preview, and waits until its bar knows everything. `bar`, `about`, `overlay` are parts of it. */
export async function openPreview(browser, url, options) {
  const page = await open(browser, url, options);
  page.setDefaultTimeout(15_000);
  page.bar = page.getByRole("complementary", { name: "Preview" });
  page.about = page.bar.locator("button.about");
  page.overlay = page.getByRole("alert");
  await page.about.filter({ hasText: /warning/ }).waitFor({ state: "attached" });
  return page;
}

/** Does something of which the page is loaded anew, and waits for that and for its bar. */
export async function reloads(page, action) {
  const loaded = page.waitForEvent("load");
  await action();
  await loaded;
  await page.about.filter({ hasText: /warning/ }).waitFor({ state: "attached" });
}

/** What goes on in a page that is not loaded anew survives in it: `mark` it, and ask whether it is `marked`. */
export const mark = (page) => page.evaluate(() => void (globalThis.survives = true));
export const marked = (page) => page.evaluate(() => globalThis.survives === true);

const STYLES = "themes/own/static/site.css";
const front = (fields) => `---\n${Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n")}\n---\n`;
const paragraph = (word) => `The ${word} of the river is a matter of ${"negotiation and patience, of dams and of years, ".repeat(12)}and of rain.\n`;
const sections = ["source", "course", "dam", "delta"].map((word) => `## The ${word}\n\n${`${paragraph(word)}\n`.repeat(4)}`);

export const SITE = {
  "briefpress.yaml": JSON.stringify({
    title: "The River Desk",
    url: "https://river.example/desk/",
    theme: "own",
    kinds: { note: { name: "Note" } },
    navigation: [{ text: "About", url: "/about/" }],
  }),
  "themes/own/theme.yaml": 'name: Own\ndescription: One of its own.\nbriefpress: "0.1"\nparent: broadsheet\n',
  "content/pages/about.md": `${front({ title: "About" })}Who we are.\n`,
  "content/authors/ana-sa.md": `${front({ name: "Ana Sá" })}Ana Sá writes.\n`,
  "content/reports/2025/river/index.md": `${front({ title: "The river", date: "2025-03-01", authors: ["Ana Sá"] })}First words.\n\n![The river's course](map.svg)\n\n${sections.join("\n")}`,
  "content/reports/2025/river/map.svg": picture("teal"),
  "content/reports/2025/treaty.md": `${front({ title: "The treaty", date: "2025-04-01", access: "subscribers" })}Everybody reads this.\n\n<!-- more -->\n\nOnly some read that.\n`,
  "content/reports/2026/summit.md": `${front({ title: "The summit", date: "2026-01-15", review_by: "2026-02-01" })}What was agreed.\n`,
  "content/reports/2026/sketch.md": `${front({ title: "A sketch", date: "2026-01-20", status: "draft" })}Not yet.\n`,
  "content/reports/2099/dam.md": `${front({ title: "The new dam", date: "2099-05-01" })}Not before its day.\n`,
};

export function picture(colour) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200" viewBox="0 0 640 200"><rect width="640" height="200" fill="${colour}"/></svg>\n`;
}
