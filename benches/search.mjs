// The search beside Pagefind, on the same pages: what readers wait for, and what they find.
//
//     npm --prefix tests/browser ci
//     node benches/search.mjs SITE [PAGEFIND [QUERIES]]
//
// SITE is a built site; PAGEFIND the folder that Pagefind wrote for it, if it is not SITE/pagefind. Queries are those of a file like
// tests/quality/sample.tsv, or four words of the headlines of a hundred reports. Bytes are as they are sent by a host that compresses texts; pages and style sheets are left out.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "../tests/browser/support/browser.mjs";

const [site, other = join(site, "pagefind"), set] = process.argv.slice(2);
const TEXTS = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css" };

const reports = JSON.parse(readFileSync(join(site, "archive/reports.json"), "utf8"));
const step = Math.max(1, Math.floor(reports.length / 100));
const asked = reports.filter((_, index) => index % step === 0).slice(0, 100);
const address = ({ url }) => new URL(url).pathname.replace(/^.*(?=\/reports\/)/, "");
const addressOf = (id) => reports.filter((report) => report.id === id).map(address);
const lines = set ? readFileSync(set, "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t")) : [];
const queries = set
  ? lines.map(([query, ...ids]) => [query, ids.flatMap(addressOf)])
  : asked.map((report) => [report.title.replace(/^[^:]*: /, "").split(" ").slice(1, 5).join(" "), [address(report)]]);

let sent = [];
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const inner = pathname.startsWith("/pagefind/") ? join(other, pathname.slice(10)) : join(site, decodeURIComponent(pathname));
  const file = pathname.endsWith("/") ? join(inner, "index.html") : inner;
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  const type = TEXTS[extname(file)];
  const body = type ? gzipSync(readFileSync(file)) : readFileSync(file);
  sent.push([pathname, body.length]);
  const headers = { "content-type": type ?? (extname(file) === ".wasm" ? "application/wasm" : "application/octet-stream"), "cache-control": "max-age=3600" };
  response.writeHead(200, type ? { ...headers, "content-encoding": "gzip" } : headers).end(body);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();
const bytes = (fits) => sent.filter(([path]) => fits(path)).reduce((sum, [, size]) => sum + size, 0);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const kilobytes = (count) => `${(count / 1024).toFixed(1)} KB`;
const fresh = async (path) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin + path);
  return page;
};

/** Types a query into the page and waits for its rows; gives the milliseconds. */
const type = (page, text) =>
  page.evaluate(
    (text) =>
      new Promise((found) => {
        const rows = document.querySelector("[data-rows]");
        const started = performance.now();
        const seen = new MutationObserver(() => {
          seen.disconnect();
          found(performance.now() - started);
        });
        seen.observe(rows, { childList: true });
        const input = document.querySelector("#_q");
        input.value = text;
        input.dispatchEvent(new Event("input"));
      }),
    text,
  );

const isIndex = (path) => /^\/search\/(?!$)|search\.[0-9a-f]+\.js/.test(path);
// Facets are asked for behind the rows.
const { tables: named } = JSON.parse(readFileSync(join(site, "search/index.json"), "utf8"));
const isFacet = (path) => Object.entries(named).some(([name, file]) => !["names", "reports"].includes(name) && path.includes(`/t/${file}`));
async function own() {
  const [first, tables, next, times] = [[], [], [], []];
  for (const [query] of queries.slice(0, 10)) {
    const words = query.split(" ");
    const page = await fresh("/search/");
    await page.waitForTimeout(300);
    const script = bytes((path) => /search\.[0-9a-f]+\.js/.test(path));
    sent = [];
    await type(page, words[0]);
    first.push(script + bytes((path) => isIndex(path) && !isFacet(path)));
    await page.waitForTimeout(1500);
    tables.push(script + bytes(isIndex));
    for (let count = 2; count <= words.length; count += 1) {
      sent = [];
      const time = await type(page, words.slice(0, count).join(" "));
      times.push(time);
      await page.waitForTimeout(600);
      next.push(bytes((path) => isIndex(path) && !path.includes("/r/")));
    }
    await page.context().close();
    sent = [];
  }
  console.log(`own: first query ${kilobytes(median(first))} (most ${kilobytes(Math.max(...first))}), with the facets in sight ${kilobytes(median(tables))}; next word ${kilobytes(median(next))} (most ${kilobytes(Math.max(...next))}); from key to rows ${median(times).toFixed(0)} ms (most ${Math.max(...times).toFixed(0)} ms)`);
}

async function ownQuality() {
  const page = await fresh("/search/");
  const script = sent.map(([path]) => path).find((path) => /search\.[0-9a-f]+\.js/.test(path));
  const found = await page.evaluate(
    async ([script, queries]) => {
      const { Index } = await import(script);
      const index = await Index.open(new URL("/search/index.json", location.href));
      const places = [];
      for (const [query, addresses] of queries) {
        const { reports } = await index.search(query);
        const rows = await Promise.all(reports.slice(0, 3).map((report) => index.row(report)));
        places.push(rows.some((row) => addresses.some((address) => row.includes(`..${address}"`))));
      }
      return places.filter(Boolean).length;
    },
    [script, queries],
  );
  console.log(`own: ${found} of ${queries.length} queries with the right report among the first three`);
}

async function pagefind() {
  const [first, next, times] = [[], [], []];
  for (const [query] of queries.slice(0, 10)) {
    const words = query.split(" ");
    const page = await fresh("/search/");
    sent = [];
    const ask = (text) =>
      page.evaluate(async (text) => {
        const started = performance.now();
        globalThis.found ??= await import("/pagefind/pagefind.js");
        const { results } = await found.search(text);
        await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return performance.now() - started;
      }, text);
    await ask(words[0]);
    first.push(bytes((path) => path.startsWith("/pagefind/")));
    for (let count = 2; count <= words.length; count += 1) {
      sent = [];
      times.push(await ask(words.slice(0, count).join(" ")));
      next.push(bytes((path) => path.startsWith("/pagefind/") && !path.includes("/fragment/")));
    }
    await page.context().close();
    sent = [];
  }
  const page = await fresh("/search/");
  const found = await page.evaluate(async (queries) => {
    const { search } = await import("/pagefind/pagefind.js");
    let hits = 0;
    for (const [query, addresses] of queries) {
      const { results } = await search(query);
      const urls = await Promise.all(results.slice(0, 3).map(async (result) => (await result.data()).url));
      hits += urls.some((url) => addresses.some((address) => url.endsWith(address)));
    }
    return hits;
  }, queries);
  console.log(`Pagefind: first query ${kilobytes(median(first))} (most ${kilobytes(Math.max(...first))}); next word ${kilobytes(median(next))} (most ${kilobytes(Math.max(...next))}); from key to rows ${median(times).toFixed(0)} ms (most ${Math.max(...times).toFixed(0)} ms)`);
  console.log(`Pagefind: ${found} of ${queries.length} queries with the right report among the first three`);
}

await own();
await ownQuality();
if (existsSync(join(other, "pagefind.js"))) await pagefind();
await browser.close();
server.close();
