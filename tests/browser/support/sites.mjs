// Sites for the tests: the sample archive and a small one with odd content, built with the binary under test.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { oddFiles } from "./odd.mjs";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));
export const binary = process.env.BRIEFPRESS ?? join(repository, "target/debug/briefpress");

/** What the tests of one file write lies here, and goes with them. */
export const scratch = mkdtempSync(join(tmpdir(), "briefpress-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Sites lie here: a folder that all test files share, so that each site is built once, or the file's own. */
const shared = process.env.BRIEFPRESS_SITES ?? scratch;

/** The address of a site that lies at a server's root, and of one below it. */
export const AT_ROOT = "https://org.example/";
export const BELOW = "https://org.example/repo/";

/** Vectors of sealed files, with a master key and codes. */
export const vectors = JSON.parse(readFileSync(join(repository, "tests/vectors/sealed-1.json"), "utf8"));

export const THEMES = ["broadsheet", "wire"];
export const LANGUAGES = ["en", "es", "pt", "fr", "ar"];

/**
 * The sample archive, as a site of its own: a copy of what the repository has of one. In another language than English,
 * reports and pages say that they are English; if it is to `pretend` they do not, and all of it stands as that language does.
 * In the sealed edition, keys are those of the vectors: all of it opens with the code of their subscriber, `s-17`.
 */
export function sampleSite({
  edition = "public",
  address = AT_ROOT,
  theme = "broadsheet",
  language = "en",
  pretend = false,
} = {}) {
  const sealed = edition === "sealed";
  const source = once(`sample-${theme}-${language}-${pretend}${sealed ? "-plans" : ""}`, (folder) => {
    for (const part of ["briefpress.yaml", "content", "themes", "static"]) {
      if (existsSync(join(repository, part))) cpSync(join(repository, part), join(folder, part), { recursive: true });
    }
    change(join(folder, "briefpress.yaml"), (config) =>
      config.replace(/^theme: .*$/m, `theme: ${theme}`).replace(/^language: .*$/m, `language: ${language}`),
    );
    if (sealed) {
      change(join(folder, "briefpress.yaml"), (config) => `${config}plans: {all: {name: Everything, covers: all}}\nsealed: {site: the-briefing}\n`);
      writeFileSync(join(folder, "subscribers.yaml"), "- {id: s-17, plans: [all]}\n");
    }
    if (language !== "en" && !pretend) {
      for (const path of ["reports", "pages"].map((part) => join(folder, "content", part)))
        for (const file of filesOf(path).filter((file) => file.endsWith(".md")))
          change(join(path, file), (text) => (/^lang:/m.test(text) ? text : text.replace(/^---$/m, "---\nlang: en")));
    }
  });
  return build(source, { edition, address });
}

const change = (path, how) => writeFileSync(path, how(readFileSync(path, "utf8")));

/** The site with odd content; `content` is what `oddFiles` is asked for. */
export function oddSite({ edition = "public", address = AT_ROOT, language = "en", register = {}, ...content } = {}) {
  const files = Object.entries(oddFiles({ language, register, ...content }));
  const source = once(`odd-${digest(files.map(([path, text]) => `${path}\n${text}`).join())}`, (folder) => {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  return build(source, { edition, address });
}

function build(source, { edition, address }) {
  const folder = once(`${basename(source)}-${edition}-${digest(address)}`, (output) => {
    const options = ["--root", source, "--output", output, "--edition", edition, "--base-url", address];
    const env = { ...process.env, BRIEFPRESS_KEY: edition === "sealed" ? vectors.master.text : "" };
    execFileSync(binary, ["build", "--quiet", ...options], { env, stdio: ["ignore", "ignore", "inherit"] });
  });
  return { source, folder, edition, address, files: () => filesOf(folder) };
}

/**
 * The folder `name` among the sites: `fill` writes it unless it is there. It gets its name when it is whole, so that a
 * test file that asks at the same time finds all of it or nothing.
 */
function once(name, fill) {
  const folder = join(shared, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  fill(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true }); // another test file was faster
  }
  return folder;
}

const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The paths of all files below a folder, as addresses write them. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}

export const textOf = (site, path) => readFileSync(join(site.folder, path), "utf8");

/** Pages of a site as paths: `reports/2025/a/index.html`. */
export const pagesOf = (site) => site.files().filter((path) => path.endsWith(".html"));

/** The address, below the site's own, that a page's file answers to. */
export const addressOf = (path) => path.replace(/(^|\/)index\.html$/, "$1");
