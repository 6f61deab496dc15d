// A small sealed site, made by hand: what the build writes, as the format is told. The codes are those of the vectors.

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { info, shardName } from "../../../themes/broadsheet/static/sealed.js";
import { repository, scratch, vectors } from "./sites.mjs";

const { subtle } = webcrypto;
export { vectors };
export const { site } = vectors;
export const bytesOf = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const joined = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const numbers = (length, ...list) => list.map((number) => bytesOf(number.toString(16).padStart(2 * length, "0")));

/** The codes of a subscriber, of the same after their code was replaced, and of a gift. */
export const [SUBSCRIBER, REPLACED, GIFT] = vectors.codes.map(({ text, bits, lookup }) => ({ text, bits: bytesOf(bits), lookup }));
/** Days: of a report, of the site's build, up to which keyrings reach, and of the end of an access. */
export const [REPORT, TODAY, HORIZON, ENDS] = [20_339, 20_440, 20_455, 20_450];
export const dateOf = (day) => new Date(day * 864e5);
export const written = (day, lang = "en-GB") => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(dateOf(day));

export async function derive(parent, length, ...texts) {
  const key = await subtle.importKey("raw", parent, "HKDF", false, ["deriveBits"]);
  const way = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: info(...texts) };
  return new Uint8Array(await subtle.deriveBits(way, key, length * 8));
}

async function encrypted(bytes, text, iv, additionalData = new Uint8Array()) {
  const key = await subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, text));
}

export async function seal(parent, kind, fields, text, vouched = []) {
  const header = joined([66, 80, 83, 1, { body: 98, file: 102, keyring: 107, search: 115 }[kind]]);
  const pressed = deflateRawSync(text);
  const padded = joined(...numbers(4, pressed.length), pressed, new Uint8Array(Math.max(0, 1020 - pressed.length)));
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const aad = joined(header, info("vouched", site, ...vouched));
  return joined(header, iv, await encrypted(await derive(parent, 32, kind, site, ...fields), padded, iv, aad));
}

const wrap = async (parent, content, ...texts) => base64(await encrypted(await derive(parent, 32, ...texts), content, new Uint8Array(12)));

/** The root of a plan's tree: another for each generation of content keys. */
const rootOf = (plan, generation) => derive(new Uint8Array(32).fill(generation), 16, "plan", site, plan);

/** The key of a node. */
async function node(plan, number, generation) {
  let key = await rootOf(plan, generation);
  for (const step of number.toString(2).slice(1)) key = await derive(key, 16, "node", site, step);
  return key;
}

/** The node of 32 days in which a day is. */
export const month = (day) => (65_536 + day) >> 5;

async function keyring({ bits, lookup }, { generation, horizon, ends, grants, version = 1 }) {
  const plans = await Promise.all(
    Object.entries(grants).map(async ([plan, nodes]) => {
      const keys = await Promise.all(nodes.map(async (number) => joined(...numbers(3, number), await node(plan, number, generation))));
      return joined([plan.length], Buffer.from(plan), [keys.length], ...keys);
    }),
  );
  const text = joined([version], ...numbers(4, generation), ...numbers(2, horizon, ends), [plans.length], ...plans);
  return seal(bits, "keyring", [], text, [lookup]);
}

async function shard(lookup, sealed) {
  const rest = joined(...numbers(2, 16 + sealed.length), bytesOf(lookup), sealed);
  const sum = new Uint8Array(await subtle.digest("SHA-256", rest)).subarray(0, 8);
  return joined([66, 80, 83, 1, 100], sum, rest);
}

/** A part of a template, with the words of a language. Of conditions, what they are about is there. */
function template(text, lang, values = {}) {
  const words = Object.fromEntries(
    [...readFileSync(join(repository, `templates/locales/${lang}.ftl`), "utf8").matchAll(/^(\w+) = (.+)$/gm)].map(([, key, word]) => [key, word]),
  );
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return text
    .replace(/\{#.*?#\}/gs, "")
    .replace(/\{%-? if site\.register\.way.*?\{% else %\}(.*?)\{% endif %\}/gs, "$1")
    .replace(/\{%.*?%\}/gs, "")
    .replace(/\{\{ (.*?) \}\}/g, (_, what) => {
      const [, word] = /^words\.(\w+)$/.exec(what) ?? [];
      const [, asked] = /^t\(key="(\w+)"/.exec(what) ?? [];
      if (word) return escaped(words[word]);
      if (asked) return escaped(words[asked].replace(/\{ \$\w+ \}/, "{value}"));
      return values[what] ?? assert.fail(what);
    });
}

const partial = (name) => readFileSync(join(repository, `templates/partials/${name}.html`), "utf8");

/** The report as its subscribers see it. */
export const ARTICLE = `<article class="report"><header class="report-head"><h1>The reform</h1></header>
<div class="body"><p>Everybody reads this.</p><h2 id="what-happened">What happened</h2><p>The court was <em>dissolved</em>. ${"It is a long story. ".repeat(120)}</p>
<figure><img src="chart.png" alt="A chart" width="640" height="200"></figure><p><a href="tables/rates.csv">The rates</a></p>
<h2 id="outlook">Outlook</h2><p>Nothing changes.</p><div class="table-scroll"><table><thead><tr><th>Year</th></tr></thead><tbody>${[3, 1, 5, 2, 4].map((n) => `<tr><td>${n}</td></tr>`).join("")}</tbody></table></div></div>
<section class="part tools"><ul class="actions"><li><button type="button" data-copy="https://org.example/" data-done="Copied" data-failed="Not copied">Copy link</button></li></ul></section></article>`;
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=", "base64");
export const RATES = "year,rate\n1994,5.3\n";

/**
 * Writes a sealed site. `access` is what the subscriber holds; none is there if it is null. `settings` are those of the
 * site, `text` changes the sealed text of the report. What is written again stands for a later build.
 */
export async function sealedSite({ folder = mkdtempSync(join(scratch, "sealed-")), theme = "broadsheet", lang = "en", code = SUBSCRIBER, access = {}, settings = {}, text = {}, seal: no = 1 } = {}) {
  const write = (path, content) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const own = { format: 1, site, bits: 2, generation: 1, horizon: HORIZON, remember: true, ...settings };
  const { generation } = own;
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const name of ["broadsheet/static/sealed.js", "broadsheet/static/site.js", `${theme}/static/site.css`])
    copyFileSync(join(repository, "themes", name), join(folder, "assets", name.split("/").pop()));

  const content = await derive(new Uint8Array(32).fill(generation), 32, "report", site, "MX-1", no);
  const about = [site, "MX-1", no];
  const day = await node("all", 65_536 + REPORT, generation);
  const files = { "chart.png": [`chart-${generation}.bps`, "image/png"], "tables/rates.csv": ["rates.bps", "text/csv"] };
  const body = await seal(content, "body", [], JSON.stringify({ html: ARTICLE, files }));
  const sealed = {
    report: "MX-1",
    seal: no,
    generation,
    wraps: [["all", REPORT, await wrap(day, content, "wrap", ...about)]],
    gifts: { [GIFT.lookup]: await wrap(GIFT.bits, content, "gift wrap", ...about, generation) },
    body: base64(body),
    ...text,
  };
  write(`reports/a/${files["chart.png"][0]}`, await seal(content, "file", ["chart.png"], PIXEL));
  write("reports/a/rates.bps", await seal(content, "file", ["tables/rates.csv"], RATES));
  write("keys/index.json", JSON.stringify({ ...own, remember: undefined }));
  for (let number = 0; number < 1 << own.bits; number += 1)
    write(`keys/${(number << (16 - own.bits)).toString(16).padStart(4, "0")}.bps`, await shard("00".repeat(16), new Uint8Array(1200)));
  if (access) {
    const held = { generation, horizon: own.horizon, ends: ENDS, grants: { all: [month(REPORT), month(TODAY)] }, ...access };
    write(`keys/${shardName(code.lookup, own.bits)}.bps`, await shard(code.lookup, await keyring(code, held)));
  }

  const values = { word_line: "", "site.sealed.json": JSON.stringify({ site, remember: own.remember }), 'site.assets["sealed.js"]': "ASSETS/sealed.js", "site.register.url": "/register/" };
  const unlock = template(partial("unlock"), lang, values);
  const page = (path, kind, main, more = "") => {
    const up = "../".repeat(path.split("/").length - 1) || "./";
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types briefpress";
    write(path, `<!DOCTYPE html>
<html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>The reform</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}assets/site.css"><script src="${up}assets/site.js" defer></script></head>
<body class="${kind}-page"><header class="masthead"><p class="nameplate"><a href="${up}">The Briefing</a></p></header>
<main id="_main" tabindex="-1">${main}${more}</main>
<footer class="foot">${template(/<p class="access".*?<\/p>/s.exec(partial("footer"))[0], lang)}<p class="imprint">The publisher.</p></footer>
${template(partial("sealed"), lang, values).replaceAll("ASSETS/", `${up}assets/`)}</body></html>\n`);
  };
  const gate = `<section class="gate"><h2>Now read on</h2><p class="call">Register.</p>${unlock}</section>`;
  const teaser = '<header class="report-head"><h1>The reform</h1></header><div class="body"><p>Everybody reads this.</p></div>';
  page("reports/a/index.html", "report", `<article class="report" data-sealed>${teaser}${gate}</article>`, `<script type="application/json" id="_text">${JSON.stringify(sealed)}</script>`);
  write("framing/index.html", '<!DOCTYPE html><html lang="en"><title>Another page</title><link rel="icon" href="data:,"><h1>Another page</h1>');
  const row = (name, day, plans) => `<article class="row" data-day="${day}" data-plans="${plans}"><p class="slug"><b class="badge">Subscribers</b></p><h3><a href="reports/${name}/">Report ${name}</a></h3></article>`;
  const rows = [row("a", REPORT, "all"), row("b", REPORT, "mexico"), row("c", REPORT - 400, "all mexico")].join("");
  const mine = template(/<section class="mine".*?<\/section>/s.exec(readFileSync(join(repository, "templates/home.html"), "utf8"))[0], lang);
  page("index.html", "home", `<h1>Home</h1><section class="latest"><h2>Latest</h2><div class="rows">${rows}</div></section>${mine}${gate}`);
  write("feed.json", feed());
  return { folder, write, sealed, settings: own };
}

/** A feed with these reports: name, and day and plans if it is gated. */
export const feed = (...items) =>
  JSON.stringify({
    home_page_url: "https://org.example/",
    items: items.map(([name, ...gated]) => ({ id: name, url: `https://org.example/reports/${name}/`, title: `Report ${name}`, ...(gated.length && { _briefpress: { day: gated[0], plans: gated[1] } }) })),
  });
