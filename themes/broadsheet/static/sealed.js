// Opens what a sealed edition holds, as src/sealed does it. The format is in the guide on sealed files. The first half needs no page.

const FORMAT = 1;
const DEPTH = 16;
const LIMIT = 2 ** 26;
const KINDS = { body: "b", keyring: "k", file: "f", search: "s", shard: "d" };

/** Why something is not opened. The message is a word that src/sealed has too, or `old`: the browser cannot inflate. */
export class Refused extends Error {
  constructor(key, detail) {
    super(key);
    this.detail = detail;
  }
}

const subtle = globalThis.crypto?.subtle;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const damaged = () => { throw new Refused("damaged"); };

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const base64 = (text) => {
  try { return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); } catch { return damaged(); }
};
const number = (bytes) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
}

/** What a key is for, as bytes: the version, then every text behind its length. */
export const info = (...texts) => joined([[FORMAT], ...texts.flatMap((text) => {
  const bytes = encoder.encode(String(text).normalize());
  return [[24, 16, 8, 0].map((shift) => (bytes.length >>> shift) & 255), bytes];
})]);

// Keys are CryptoKeys that give nothing away; their bytes are there for as long as it takes to make these.

const hkdf = (purpose) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: purpose });
const derived = async (key, purpose, length) => new Uint8Array(await subtle.deriveBits(hkdf(purpose), key, length * 8));
const cipher = (key, purpose, use) => subtle.deriveKey(hkdf(purpose), key, { name: "AES-GCM", length: 256 }, false, [use]);

/** A key of these bytes, which are wiped. Nothing but other keys can be made of it. */
export async function secret(bytes) {
  const key = await subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits", "deriveKey"]);
  bytes.fill(0);
  return key;
}

// Codes.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 28;
const GIFT = "16,1,15,26";
const SPACE = /[\p{White_Space}\-\u00ad\u200b-\u2015\u202a-\u202e\u2060\u2066-\u2069\u2212\ufeff]/u;
const ALIKE = { I: "1", L: "1", O: "0" };

function digit(c) {
  const capital = /^[a-z]$/.test(c) ? c.toUpperCase() : c;
  const value = DIGITS.indexOf(ALIKE[capital] ?? capital);
  if (value < 0) throw new Refused("code-character", c);
  return value;
}

/** Reads a code, however it is typed: its key, what it is looked up by, and whether it is a gift's. */
export async function readCode(site, text) {
  let digits = [...text].filter((c) => !SPACE.test(c)).map(digit);
  const gift = digits.length > CHARACTERS && String(digits.slice(0, 4)) === GIFT;
  if (gift) digits = digits.slice(4);
  if (digits.length !== CHARACTERS) throw new Refused(digits.length < CHARACTERS ? "code-short" : "code-long", digits.length);
  const bytes = [];
  let [bits, count] = [0, 0];
  for (const value of digits) {
    bits = (bits << 5) | value;
    count += 5;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
    bits &= 255;
  }
  const own = Uint8Array.from(bytes.slice(0, 16));
  const label = (name) => info(gift ? `gift ${name}` : name, site);
  const hash = new Uint8Array(await subtle.digest("SHA-256", joined([label("check"), own])));
  const fits = hash[0] === bytes[16] && hash[1] >> 4 === (bits & 15);
  const key = await secret(own);
  if (!fits) throw new Refused("code-check");
  return { gift, key, lookup: hex(await derived(key, label("lookup"), 16)) };
}

// Sealed files.

/** What is behind the header of a file of a kind. */
function content(file, kind) {
  const [b, p, s, version, byte] = file;
  if (file.length < 5 || b !== 66 || p !== 80 || s !== 83 || !version) throw new Refused("not-sealed");
  if (version > FORMAT) throw new Refused("newer", version);
  if (byte !== KINDS[kind].charCodeAt(0)) throw new Refused("other-kind");
  return file.subarray(5);
}

async function inflated(pressed) {
  let stream;
  try { stream = new DecompressionStream("deflate-raw"); } catch { throw new Refused("old"); }
  const reader = new Blob([pressed]).stream().pipeThrough(stream).getReader();
  const parts = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read().catch(damaged);
    if (done) return joined(parts);
    parts.push(value);
    length += value.length;
    if (length <= LIMIT) continue;
    reader.cancel().catch(() => {});
    throw new Refused("too-large");
  }
}

/** The key of a file of a kind, below the key of what it belongs to. */
export const objectKey = async (parent, kind, site, ...fields) => ({ kind, site, cipher: await cipher(parent, info(kind, site, ...fields), "decrypt") });

/** The text of a sealed file. `fields` are what was vouched for when it was sealed. */
export async function open(key, file, ...fields) {
  const rest = content(file, key.kind);
  if (rest.length < 28) damaged();
  const additionalData = joined([file.subarray(0, 5), info("vouched", key.site, ...fields)]);
  const way = { name: "AES-GCM", iv: rest.subarray(0, 12), additionalData };
  const text = new Uint8Array(await subtle.decrypt(way, key.cipher, rest.subarray(12)).catch(damaged));
  const length = number(text.subarray(0, 4));
  if (text.length < 4 + length || text.length < 4) damaged();
  return inflated(text.subarray(4, 4 + length));
}

// Keyrings.

/** The name of the shard that a lookup id is in. */
export const shardName = (lookup, bits) => (parseInt(lookup.slice(0, 4), 16) & (0xffff << (16 - bits))).toString(16).padStart(4, "0");

/** The sealed keyring of a lookup id in its shard, or `null`. */
export async function find(shard, lookup) {
  const rest = content(shard, "shard");
  const body = rest.subarray(8);
  const sum = new Uint8Array(await subtle.digest("SHA-256", body));
  const length = number(body.subarray(0, 2));
  if (rest.length < 10 || rest.subarray(0, 8).some((byte, at) => byte !== sum[at])) damaged();
  if (length <= 16 || (body.length - 2) % length) damaged();
  for (let at = 2; at < body.length; at += length) {
    if (hex(body.subarray(at, at + 16)) === lookup) return body.subarray(at + 16, at + length);
  }
  return null;
}

/** The key of a subscriber's keyring. */
export const keyringKey = (code, site) => objectKey(code.key, "keyring", site);

/** What a keyring holds of each plan: nodes of its tree, with their keys. */
export async function openKeyring(key, lookup, sealed) {
  return readKeyring(await open(key, sealed, lookup));
}

export async function readKeyring(bytes) {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) damaged();
    at += count;
    return bytes.subarray(at - count, at);
  };
  const figure = (count) => number(take(count));
  const many = (make) => Array.from({ length: figure(1) }, make);
  const version = figure(1);
  if (version !== FORMAT) throw version ? new Refused("newer", version) : new Refused("damaged");
  const keyring = { generation: figure(4), horizon: figure(2), ends: figure(2) };
  const grants = many(() => {
    let plan;
    try { plan = decoder.decode(take(figure(1))); } catch { damaged(); }
    return { plan, nodes: many(() => ({ number: figure(3), key: take(16) })) };
  });
  if (at !== bytes.length) damaged();
  for (const node of grants.flatMap(({ nodes }) => nodes)) {
    if (!node.number || depth(node.number) > DEPTH) damaged();
    node.key = await secret(node.key);
  }
  return { ...keyring, grants };
}

// The tree over the days of a plan. The number of a node is a one and the steps from the root.

const depth = (node) => 31 - Math.clz32(node);
export const nodeOf = (day) => 2 ** DEPTH + day;

const steps = (node, wanted) => depth(wanted) - depth(node.number);

/** What is held of a node: itself, or one above it. */
export const holder = (nodes, wanted) => nodes.find((node) => steps(node, wanted) >= 0 && wanted >> steps(node, wanted) === node.number);

/** The key of a node that is held or below one that is; `null` if it is neither. */
export async function nodeKey(site, nodes, wanted) {
  const above = holder(nodes, wanted);
  if (!above) return null;
  let { key } = above;
  for (let left = steps(above, wanted) - 1; left >= 0; left -= 1) {
    key = await secret(await derived(key, info("node", site, (wanted >> left) & 1), 16));
  }
  return key;
}

/** The key of a span of days, which needs those of all its nodes; `null` if one is not held. */
export async function spanKey(site, nodes, wanted) {
  let above = new Uint8Array(32);
  for (const number of wanted) {
    const key = await nodeKey(site, nodes, number);
    if (!key) return null;
    const part = await derived(key, info("span part", site), 32);
    above = await derived(await secret(joined([above, part])), info("span", site), 32);
  }
  return secret(above);
}

/** The fewest nodes over the days from a first to a last. */
export function cover(first, last) {
  const nodes = [];
  for (let at = first; at <= last;) {
    const fits = depth(last + 1 - at);
    const steps = at ? Math.min(depth(at & -at), fits) : fits;
    nodes.push(2 ** (DEPTH - steps) + (at >> steps));
    at += 2 ** steps;
  }
  return nodes;
}

/** What unseals the files of a part of the search, for those who hold all of its days; `null` for others. */
export async function partKey(site, nodes, plan, days) {
  const key = await spanKey(site, nodes, cover(...days));
  return key && objectKey(key, "search", site, [plan, ...days].join(" "));
}

/** A file of the search. Its name is made of its bytes, so that no other takes its place. */
export async function openNamed(key, file, name) {
  if (hex(new Uint8Array(await subtle.digest("SHA-256", file))).slice(0, 16) !== name) damaged();
  return open(key, file);
}

// Reports. `page` tells site, report, seal and generation.

async function unwrapped(key, purpose, bytes) {
  if (bytes.length !== 48) damaged();
  const wrapping = await cipher(key, purpose, "unwrapKey");
  const way = { name: "AES-GCM", iv: new Uint8Array(12) };
  return subtle.unwrapKey("raw", bytes, wrapping, way, "HKDF", false, ["deriveBits", "deriveKey"]).catch(damaged);
}

/** The content key of a report, by the key of its day. */
export const unwrap = ({ site, report, seal }, day, bytes) => unwrapped(day, info("wrap", site, report, seal), bytes);

/** The content key of a report, by the code of a gift. */
export const unwrapGift = ({ site, report, seal, generation }, { key }, bytes) =>
  unwrapped(key, info("gift wrap", site, report, seal, generation), bytes);

// The page: a form for codes, texts that open, and what is kept on the device.

const DAY = 864e5;
const HOUR = DAY / 24;
const SESSION = DAY / 2;
const LONGEST = 90 * DAY;
/** The last day there is: an access without an end. */
const FOREVER = 2 ** DEPTH - 1;

const make = (name, properties, ...content) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
};

function page(settings) {
  const { site } = settings;
  const NAME = `briefpress:${site}`;
  const $ = (selector, within = document) => within.querySelector(selector);
  const sealed = $("#_text");
  const text = sealed && { site, ...JSON.parse(sealed.textContent) };
  const live = $("[data-unlock-words]");
  const place = $("[data-unlock]");
  const form = place && $("form", place);
  const policy = globalThis.trustedTypes?.createPolicy("briefpress", { createHTML: (html) => html });
  const { lang } = document.documentElement;
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  let [opened, working, timer, rest, channel, lapsed] = [false, false, 0, 0, null, 0];

  const now = () => Math.floor(Date.now() / DAY);
  const word = (key, value) =>
    live.dataset[key.replace(/-(.)/g, (_, c) => c.toUpperCase())].replace("{value}", () => (/^(ended|access)$/.test(key) ? dates.format(value * DAY) : value));

  // What is kept: keys that give nothing away, with an end; for this tab alone under a token that goes with it.

  function attempt(use, ...what) {
    try { return use(...what); } catch { return null; }
  }
  const token = () => attempt(() => sessionStorage.getItem(NAME));
  const idOf = ({ token, gift, lookup }) => [token, gift && lookup].join(" ");
  const last = ({ token, since, ends, gift }) => {
    if (token) return since + SESSION;
    return Math.min(since + LONGEST, gift ? Infinity : Math.max((ends + 2) * DAY, since + SESSION));
  };

  /** Does something with what is kept. Nothing is laid out for readers who keep nothing. */
  const store = (use, write = true) => new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => (write ? asked.result.createObjectStore("access") : asked.transaction.abort());
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const base = asked.result;
      base.onversionchange = () => base.close();
      const job = base.transaction("access", "readwrite");
      job.oncomplete = () => { base.close(); done(); };
      job.onabort = () => { base.close(); failed(job.error); };
      use(job.objectStore("access"));
    };
  });
  const save = (record) => store((kept) => kept.put(record, idOf(record))).catch(() => {});
  const drop = (record) => store((kept) => kept.delete(idOf(record)), false).catch(() => {});

  async function recalled() {
    const found = [];
    await store((kept) => {
      kept.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (last(cursor.value) <= Date.now()) {
          lapsed = cursor.value.ends;
          cursor.delete();
        } else if (!cursor.value.token || cursor.value.token === token()) found.push(cursor.value);
        cursor.continue();
      };
    }, false).catch(() => {});
    return found.reverse();
  }

  function clear() {
    attempt(() => sessionStorage.removeItem(NAME));
    attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(`${NAME}:`)).forEach((key) => localStorage.removeItem(key)));
  }
  async function forget() {
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    });
    clear();
    channel?.postMessage("forget");
    location.reload();
  }
  const noted = (name) => attempt(() => JSON.parse(localStorage.getItem(`${NAME}:${name}`)));
  const write = (name, value) => attempt(() => localStorage.setItem(`${NAME}:${name}`, JSON.stringify(value)));

  // Files of the site.

  /** A file's bytes; `null` if there is none. */
  async function load(url, cache = "default") {
    const answer = await fetch(url, { cache }).catch(() => null);
    if (answer?.status === 404) return null;
    if (!answer?.ok) throw new Refused("network");
    return new Uint8Array(await answer.arrayBuffer().catch(() => { throw new Refused("network"); }));
  }

  /** What is kept, with the keyring as it is on the site now. */
  async function renewed(record) {
    const keys = new URL("../keys/", import.meta.url);
    const file = async (name) => (await load(new URL(name, keys), "no-cache")) ?? damaged();
    const index = attempt((bytes) => JSON.parse(decoder.decode(bytes)), await file("index.json")) ?? damaged();
    if (index.format > FORMAT) throw new Refused("newer");
    const entry = await find(await file(`${shardName(record.lookup, index.bits)}.bps`), record.lookup);
    if (!entry) throw new Refused("unknown");
    const keyring = await openKeyring(record.cipher, record.lookup, entry);
    if (!keyring.grants.some(({ nodes }) => nodes.length)) throw keyring.ends < FOREVER ? new Refused("ended", keyring.ends) : new Refused("early");
    return { ...record, ...keyring, checked: Date.now() };
  }

  /** What is kept, renewed after so long a time; without a connection the old keys have to do. */
  async function current(record, after) {
    if (record.gift || (Date.now() - record.checked < after && record.horizon >= now())) return record;
    try {
      const fresh = await renewed(record);
      await save(fresh);
      return fresh;
    } catch (error) {
      if (!/^(unknown|ended|early)$/.test(error.message)) return record;
      await drop(record);
      throw error;
    }
  }

  // Texts.

  const own = (map, key) => (Object.hasOwn(map ?? {}, key) ? map[key] : null);

  async function contentKey(record, text) {
    if (record.gift) {
      const wrapped = own(text.gifts, record.lookup);
      if (!wrapped) throw new Refused("gift");
      return unwrapGift(text, { key: record.gift }, base64(wrapped));
    }
    if (record.generation !== text.generation) throw new Refused("newer");
    for (const [plan, day, wrapped] of text.wraps) {
      const nodes = record.grants.filter((grant) => grant.plan === plan).flatMap(({ nodes }) => nodes);
      const key = await nodeKey(site, nodes, nodeOf(day));
      if (key) return unwrap(text, key, base64(wrapped));
    }
    if (text.wraps.length && text.wraps.every(([, day]) => day > record.ends)) throw new Refused("ended", record.ends);
    throw new Refused("plan");
  }

  /** A sealed text as an element, with its key and its files. */
  async function textOf(record, text) {
    const content = await contentKey(record, text);
    const body = await open(await objectKey(content, "body", site), base64(text.body));
    const { html, files } = JSON.parse(decoder.decode(body));
    const frame = document.createElement("template");
    frame.innerHTML = policy ? policy.createHTML(html) : html;
    return { article: frame.content.firstElementChild, content, files: files ?? {} };
  }

  /** What other scripts may ask of a reader's keys. */
  const asked = (record) => ({
    /** Adds to an index of the search the parts that are open to the reader. */
    parts: (index) => index.unseal(async ({ plan, days }) => {
      const nodes = record.grants.filter((grant) => grant.plan === plan).flatMap(({ nodes }) => nodes);
      const key = await partKey(site, nodes, plan, days);
      return key && ((file, name) => openNamed(key, file, name));
    }),
    /** Opens the text of another page of the site, if the reader may read it. */
    async open(other) {
      const sealed = other.getElementById("_text");
      if (!sealed) return;
      const { article } = await textOf(record, { site, ...JSON.parse(sealed.textContent) }).catch(() => ({}));
      if (article) other.querySelector("[data-sealed]").replaceWith(article);
    },
  });

  /** Puts the text in its place. The focus follows if a reader asked for it just now. */
  async function show(record, asked) {
    const { article, content, files } = await textOf(record, text);
    if (opened) return;
    wire(article, content, files);
    if (article.matches(".report")) keeper(article);
    $("[data-sealed]").replaceWith(article);
    opened = true;
    document.dispatchEvent(new CustomEvent("briefpress:opened", { detail: article }));
    live.textContent = word("opened");
    if (location.hash) location.replace(location.hash);
    else if (!asked) scrollTo(0, history.state?.y ?? scrollY);
    else {
      const heading = $("h1, h2", article) ?? article;
      heading.tabIndex = -1;
      heading.focus();
    }
  }

  /** Pictures are shown when they are opened; attachments are opened when they are asked for. */
  function wire(article, content, files) {
    const made = new Map();
    const blob = (address) => {
      if (!made.has(address)) made.set(address, fetched(address).catch((error) => { made.delete(address); throw error; }));
      return made.get(address);
    };
    const fetched = async (address) => {
      const [name, type] = files[address];
      const bytes = (await load(new URL(name, document.baseURI))) ?? damaged();
      return URL.createObjectURL(new Blob([await open(await objectKey(content, "file", site, address), bytes)], { type }));
    };
    const failed = () => { live.textContent = word("file"); };
    const blank = ({ attributes: { width, height } }) =>
      `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width.value}" height="${height.value}"/>`)}`;
    for (const part of article.querySelectorAll("[src], [srcset]")) {
      for (const name of ["src", "srcset"]) {
        const choices = (part.getAttribute(name) ?? "").split(/,\s+/).map((choice) => choice.trim().split(/\s+/));
        if (!choices.some(([address]) => own(files, address))) continue;
        // Its place is kept meanwhile, so that nothing moves.
        if (name === "src" && part.hasAttribute("width") && part.hasAttribute("height")) part.src = blank(part);
        else part.removeAttribute(name);
        const opened = choices.map(async ([address, ...size]) => [own(files, address) ? await blob(address) : address, ...size].join(" "));
        Promise.all(opened).then((list) => part.setAttribute(name, list.join(", ")), () => { part.removeAttribute(name); failed(); });
      }
    }
    for (const link of article.querySelectorAll("a[href]")) {
      const address = link.getAttribute("href");
      if (!own(files, address)) continue;
      link.download = attempt(() => decodeURIComponent(address.split("/").pop())) ?? "";
      link.addEventListener("click", async (event) => {
        if (link.protocol === "blob:") return;
        event.preventDefault();
        await blob(address).then((url) => { link.href = url; link.click(); }, failed);
      });
    }
  }

  // Lists: rows that are open to this reader say so, those that a script brings later too.

  const covers = ({ grants }, day, plans) => grants.some(({ plan, nodes }) => plans.includes(plan) && holder(nodes, nodeOf(day)));
  function mark(record) {
    for (const row of document.querySelectorAll("[data-day][data-plans]:not(.open)")) {
      if (!covers(record, Number(row.dataset.day), row.dataset.plans.split(" "))) continue;
      row.classList.add("open");
      ($(".slug", row) ?? row).append(" ", make("b", { className: "badge open", textContent: word("mark") }));
    }
  }

  // The reader's own: reports that they keep, and what is new since they were here.

  const kept = () => noted("kept") ?? [];
  function keeper(article) {
    const address = location.pathname;
    const is = () => kept().some(([other]) => other === address);
    const button = make("button", { type: "button", className: "keep", textContent: word("keep"), ariaPressed: is() });
    button.addEventListener("click", () => {
      const others = kept().filter(([other]) => other !== address);
      write("kept", is() ? others : [[address, $("h1", article)?.textContent ?? document.title], ...others].slice(0, 200));
      button.ariaPressed = is();
    });
    const actions = $(".actions", article);
    if (actions) actions.append(make("li", {}, button));
    else article.append(make("p", {}, button));
  }
  async function mine(section, record) {
    const home = new URL("../", import.meta.url);
    const { items = [], home_page_url: base = "" } = await fetch(new URL("feed.json", home)).then((answer) => answer.json()).catch(() => ({}));
    // Whoever comes back after half an hour is on another visit.
    const visit = noted("visit") ?? { at: 0 };
    const before = Date.now() - visit.at > HOUR / 2 ? visit.seen : visit.before;
    write("visit", { at: Date.now(), before, seen: items.map(({ id }) => id) });
    const isOpen = ({ _briefpress: own }) => !own?.plans || covers(record, own.day, own.plans);
    const fresh = before ? items.filter((item) => !before.includes(item.id) && isOpen(item)) : [];
    const list = (name, rows) => {
      const part = $(`[data-${name}]`, section);
      part.hidden = !rows.length;
      $("ul", part).replaceChildren(...rows.map(([href, textContent, ...more]) => make("li", {}, make("a", { href, textContent }), ...more)));
      section.hidden = [...section.querySelectorAll("[data-fresh], [data-kept]")].every(({ hidden }) => hidden);
    };
    const keep = () => list("kept", kept().map(([href, title]) => [href, title, make("button", {
      type: "button", textContent: "×", ariaLabel: word("remove", title),
      onclick: () => { write("kept", kept().filter(([other]) => other !== href)); keep(); },
    })]));
    list("fresh", fresh.slice(0, 10).map(({ url, title }) => [url.startsWith(base) ? new URL(url.slice(base.length), home) : url, title]));
    keep();
  }

  // The form.

  const told = place && $("[data-told]", place);
  function tell(key, value) {
    clearTimeout(timer);
    if (!place) return;
    place.hidden = false;
    told.textContent = word(key, value);
    const renew = $("[data-renew]", place);
    if (renew) renew.hidden = !/^(ended|early|unknown|plan|gift)$/.test(key);
  }
  function refused(error, asked) {
    if (!(error instanceof Refused)) console.error(error);
    const known = error instanceof Refused ? error.message : "damaged";
    tell(/^(not-sealed|other-kind|too-large)$/.test(known) ? "damaged" : known, error.detail);
    if (asked && /^(code|unknown)/.test(known)) {
      $("[data-code]", form).setAttribute("aria-invalid", "true");
      $("[data-code]", form).focus();
    }
  }

  const standing = ({ ends }) => (ends < FOREVER ? [ends < now() ? "ended" : "access", ends] : ["endless"]);

  function known(record) {
    const line = $("[data-reader]");
    if (line) {
      $("span", line).textContent = record.gift ? word("gifted") : word(...standing(record));
      $("button", line).onclick = forget;
      line.hidden = false;
    }
    if (record.gift) return;
    document.briefpress = asked(record);
    document.dispatchEvent(new Event("briefpress:reader"));
    mark(record);
    new MutationObserver(() => mark(record)).observe($("main"), { childList: true, subtree: true });
    const section = $("[data-mine]");
    if (section) mine(section, record);
  }

  async function unlock(typed, remember) {
    const code = await readCode(site, typed.replace(/^.*#code=/s, ""));
    if (!remember && !token()) attempt(() => sessionStorage.setItem(NAME, crypto.randomUUID()));
    let record = { token: remember ? null : token() ?? "none", since: Date.now(), lookup: code.lookup };
    if (code.gift) {
      if (!own(text?.gifts, code.lookup)) throw new Refused("gift");
      record.gift = code.key;
    } else {
      record.cipher = await keyringKey(code, site);
      record = await renewed(record);
    }
    if (remember || token()) await save(record);
    if (remember) channel?.postMessage("known");
    return record;
  }

  async function submit() {
    if (working) return;
    working = true;
    timer = setTimeout(tell, 200, "working");
    const input = $("[data-code]", form);
    input.removeAttribute("aria-invalid");
    try {
      const record = await unlock(input.value, settings.remember && $("[data-remember]", form).checked);
      known(record);
      if (text) await show(record, true);
      else {
        form.hidden = true;
        tell(...standing(record));
        told.tabIndex = -1;
        told.focus();
      }
      input.value = "";
    } catch (error) {
      refused(error, true);
    }
    clearTimeout(timer);
    working = false;
  }

  function offer() {
    if (!place) return;
    place.hidden = false;
    $("[data-remember]", form).closest("label").hidden = !settings.remember;
  }

  /** A code that a link brought is taken off the address before anything else, and used when the reader says so. */
  function take() {
    const [, code] = /^#code=(.*)$/.exec(location.hash) ?? [];
    if (code === undefined) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    if (!form || opened || top !== window) return;
    $("[data-code]", form).value = attempt(() => decodeURIComponent(code)) ?? code;
    place.hidden = false;
    tell("link");
    $("button", form).focus();
  }

  async function start() {
    let reason = null;
    let reader = null;
    for (const record of await recalled()) {
      try {
        let fresh = await current(record, DAY);
        if (!reader || reader.gift) reader = fresh;
        if (!text || opened) continue;
        await show(fresh).catch(async (error) => {
          // The site may give more by now.
          if (!/^(plan|ended|newer)$/.test(error.message)) throw error;
          fresh = await current(record, error.message === "newer" ? 0 : HOUR);
          if (!reader.gift) reader = fresh;
          await show(fresh);
        });
      } catch (error) {
        reason ??= error;
      }
    }
    if (reader) known(reader);
    if (opened || (reader && !text && !reader.gift)) return;
    offer();
    if (!reader && lapsed < now() && lapsed) reason ??= new Refused("ended", lapsed);
    if (reason) refused(reason);
  }

  if (top !== window) return take();
  if (!subtle) {
    take();
    if (form) form.hidden = true;
    return tell("insecure");
  }
  form?.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  const listen = () => {
    channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
    if (!channel) return;
    channel.onmessage = ({ data }) => {
      if (data === "forget") { clear(); location.reload(); }
      else if (!opened && !working) start();
    };
  };
  addEventListener("hashchange", take);
  // Where a reader was in a text that is not there until it is opened again.
  addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = setTimeout(() => opened && attempt(() => history.replaceState({ ...history.state, y: scrollY }, "")), 300);
  }, { passive: true });
  // A page that comes back as it was left may have been forgotten since.
  addEventListener("pagehide", () => channel?.close());
  addEventListener("pageshow", async ({ persisted }) => {
    if (!persisted) return;
    listen();
    if (opened && !(await recalled()).length) location.reload();
  });
  listen();
  take();
  start();
}

const settings = globalThis.document?.getElementById("_sealed");
if (settings) page(JSON.parse(settings.textContent));
