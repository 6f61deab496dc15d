// A plain static server: index.html for a folder, 404.html for what is not there, nothing else.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves a folder below the path `under`. `late(path)` gives the milliseconds that an answer is held back.
 * The result's `url(path)` is the address of a path of the site, `close()` ends the server.
 */
export async function serve(folder, { under = "/", late = () => 0 } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const answer = answerTo(folder, under, decodeURIComponent(pathname));
    const send = () => response.writeHead(answer.status, answer.headers).end(answer.body);
    const wait = late(pathname);
    if (wait) setTimeout(send, wait);
    else send();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  server.unref(); // a test that fails before it closes its server still ends
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: (path = "") => `${origin}${under}${path.replace(/^\//, "")}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerTo(folder, under, pathname) {
  const path = pathname.startsWith(under) ? normalize(`/${pathname.slice(under.length)}`) : null;
  const file = path === null ? null : fileAt(folder, path);
  if (file === "folder") return { status: 301, headers: { location: `${pathname}/` }, body: "" };
  if (file) return { status: 200, headers: headersOf(file), body: readFileSync(file) };
  const lost = path === null ? null : fileAt(folder, "/404.html");
  return { status: 404, headers: headersOf("404.html"), body: lost ? readFileSync(lost) : "" };
}

function fileAt(folder, path) {
  const place = join(folder, path);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isFile()) return place;
  if (!found?.isDirectory()) return null;
  return path.endsWith("/") ? fileAt(folder, `${path}index.html`) : "folder";
}

const headersOf = (file) => ({
  "content-type": TYPES[extname(file)] ?? "application/octet-stream",
  "cache-control": "no-store",
});
