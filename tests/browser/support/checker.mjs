// The Nu HTML checker over whole folders.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

/**
 * What the checker says that is wrong about valid pages:
 * it reads files, not a server's answers, so that `'self'` matches nothing that a page asks for (in a browser, the tests
 * of pages see that the policy allows what is needed); it holds data such as JSON-LD, which is never run, for scripts;
 * and it does not know container queries.
 */
const MISTAKEN = [
  /^Resource violates Content Security Policy \(meta tag\): (external script|external stylesheet|image) “(?!\/\/)[^:”]*” blocked by “(script-src|style-src|img-src)” directive\.$/,
  /^Inline script violates Content Security Policy \(meta tag\): blocked by “script-src” directive/,
  /^CSS: (“container-type”: Property “container-type” doesn't exist\.|Unrecognized at-rule “@container”)$/,
];

/** Errors and warnings about pages, pictures and style sheets in `folder`, each as `path:line: message`. */
export function check(folder) {
  const options = [
    "-Xss4m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-jar",
    jar,
    "--also-check-css",
    "--also-check-svg",
    "--skip-non-html",
    "--format",
    "json",
    "--stdout",
    folder,
  ];
  const { stdout, error, stderr } = spawnSync("java", options, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error || !stdout.startsWith("{")) throw new Error(`the HTML checker did not run: ${error ?? stderr}`);
  return JSON.parse(stdout)
    .messages.filter(({ message }) => !MISTAKEN.some((pattern) => pattern.test(message)))
    .map(
      ({ url, lastLine, message }) =>
        `${url ? fileURLToPath(url).slice(folder.length + 1) : ""}:${lastLine}: ${message}`,
    );
}
