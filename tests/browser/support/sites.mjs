// Sites for the tests: the sample archive and a small one with odd content, built with the binary under test.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { oddFiles } from "./odd.mjs";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));
export const binary = process.env.BRIEFPRESS ?? join(repository, "target/debug/briefpress");

/** Everything that the tests of one file build lies here, and goes with them. */
export const scratch = mkdtempSync(join(tmpdir(), "briefpress-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** The address of a site that lies at a server's root, and of one below it. */
export const AT_ROOT = "https://org.example/";
export const BELOW = "https://org.example/repo/";

let built = 0;

export const THEMES = ["broadsheet", "wire"];
export const LANGUAGES = ["en", "es", "pt", "fr", "ar"];

/**
 * The sample archive, as a site of its own: a copy of what the repository has of one. In another language than English,
 * reports and pages say that they are English; if it is to `pretend` they do not, and all of it stands as that language does.
 */
export function sampleSite({
  edition = "public",
  address = AT_ROOT,
  theme = "broadsheet",
  language = "en",
  pretend = false,
} = {}) {
  const source = join(scratch, `sample-${theme}-${language}-${pretend}`);
  if (!existsSync(source)) {
    for (const part of ["briefpress.yaml", "content", "themes", "static"]) {
      if (existsSync(join(repository, part))) cpSync(join(repository, part), join(source, part), { recursive: true });
    }
    change(join(source, "briefpress.yaml"), (config) =>
      config.replace(/^theme: .*$/m, `theme: ${theme}`).replace(/^language: .*$/m, `language: ${language}`),
    );
    if (language !== "en" && !pretend) {
      for (const path of ["reports", "pages"].map((part) => join(source, "content", part)))
        for (const file of filesOf(path).filter((file) => file.endsWith(".md")))
          change(join(path, file), (text) => (/^lang:/m.test(text) ? text : text.replace(/^---$/m, "---\nlang: en")));
    }
  }
  return build(source, { edition, address });
}

const change = (path, how) => writeFileSync(path, how(readFileSync(path, "utf8")));

/** The site with odd content; `content` is what `oddFiles` is asked for. */
export function oddSite({ edition = "public", address = AT_ROOT, language = "en", register = {}, ...content } = {}) {
  const source = join(scratch, `odd-${(built += 1)}`);
  for (const [path, text] of Object.entries(oddFiles({ language, register, ...content }))) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  return build(source, { edition, address });
}

function build(source, { edition, address }) {
  const folder = join(scratch, `output-${(built += 1)}`);
  const options = [
    "build",
    "--quiet",
    "--root",
    source,
    "--output",
    folder,
    "--edition",
    edition,
    "--base-url",
    address,
  ];
  execFileSync(binary, options, { stdio: ["ignore", "ignore", "inherit"] });
  return { source, folder, edition, address, files: () => filesOf(folder) };
}

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
